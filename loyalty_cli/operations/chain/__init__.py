"""What a head office does with the books of a chain."""
