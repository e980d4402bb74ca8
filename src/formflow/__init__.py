"""formflow turns a completed safeguarding form into a case, its deadlines, its papers and a line in the tracker."""

__version__ = "0.1.0"
