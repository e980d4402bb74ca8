"""Word templates: made ready once, filled as often as like, and what was written looked at again."""
