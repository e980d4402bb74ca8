"""Saying what a form must hold, and what is wrong with this one."""
