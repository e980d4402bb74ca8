"""The papers of a case: which are due, and the words they may ask for."""
