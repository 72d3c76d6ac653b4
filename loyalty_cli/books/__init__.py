"""The accountant's reckoning: what points are owed, by when they were earned, and what each day adds to the books."""
