"""Sweeping the inbox, once or for ever, and keeping the tracker up to date."""
