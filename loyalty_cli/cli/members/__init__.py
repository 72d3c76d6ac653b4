"""`loyalty member` and `loyalty cards`."""
