"""`loyalty draw`: before the numbers, by hand, after them."""
