"""The formflow command."""
