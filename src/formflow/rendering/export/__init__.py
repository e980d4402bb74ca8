"""Lists of cases for other bodies' own trackers."""
