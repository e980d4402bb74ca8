"""Names in papers: who a case names, how each paper shows them, and what is left of them in a finished one."""
