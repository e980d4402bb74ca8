"""The design that all Word templates of formflow share, and one file for each kind of paper."""
