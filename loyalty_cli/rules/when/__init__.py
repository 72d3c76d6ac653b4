"""What starts a reward."""
