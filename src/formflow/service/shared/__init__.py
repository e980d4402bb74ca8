"""The work that several machines share, on a register in PostgreSQL."""
