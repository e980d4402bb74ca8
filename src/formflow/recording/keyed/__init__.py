"""The key that is kept apart, and what is done with it."""
