"""The audit chain, and checking a register against it."""
