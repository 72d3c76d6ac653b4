"""What is said and signed of a draw, made from plain values: announcement, poster, winners, minutes, handover note."""
