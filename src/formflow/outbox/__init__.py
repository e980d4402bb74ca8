"""Putting papers where people collect them, whole or not at all."""
