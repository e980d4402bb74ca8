"""Opening a file and saying what is written in it, and where."""
