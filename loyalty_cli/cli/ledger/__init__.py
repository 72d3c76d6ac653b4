"""`loyalty recalc` and `loyalty explain`."""
