"""Recognising a form and finding each answer on it."""
