"""What the program costs and what it leaves: the figures, and how a person and a script are told."""
