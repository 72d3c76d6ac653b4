"""What is published of a draw: its files, and that they fit each other."""
