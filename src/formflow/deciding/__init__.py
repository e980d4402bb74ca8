"""Holding a case against the law and guidance in force on a day; opens nothing."""
