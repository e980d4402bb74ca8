"""Keeping the tracker and the status page up to date, with what people typed."""
