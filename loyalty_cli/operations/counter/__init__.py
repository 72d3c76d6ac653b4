"""What the counter asks: a quote for a basket, many of them, and what is put on paper for one member."""
