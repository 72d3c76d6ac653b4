"""The database of a chain: which files hold what grows with purchases, how it is seen, and what goes to those who replay."""
