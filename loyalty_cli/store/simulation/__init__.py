"""What another program would have given: books beside the kept ones, and what was sold."""
