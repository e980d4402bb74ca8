"""One file for each step, named by the schema it leads to."""
