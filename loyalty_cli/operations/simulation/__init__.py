"""What another program would have given for the purchases there were."""
