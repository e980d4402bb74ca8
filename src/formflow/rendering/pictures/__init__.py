"""Pictures for the papers where people would rather look: what happened when, and who is who."""
