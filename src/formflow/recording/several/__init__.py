"""A register that several machines share: the database, and what only it has."""
