"""Backups, how long cases are kept, and taking one away."""
