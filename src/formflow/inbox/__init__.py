"""Finding the files that people dropped, once they have settled."""
