"""Blank forms of our own, empty or filled in: Word and PDF."""
