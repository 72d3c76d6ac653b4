"""What the till should charge, for examples and for the counter."""
