"""What gives a ticket in a prize draw."""
