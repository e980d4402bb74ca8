"""Steps that bring an older register up to date; Alembic goes them."""
