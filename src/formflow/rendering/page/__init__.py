"""The page that shows answers beside pictures of the form."""
