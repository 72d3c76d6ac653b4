"""What a reward gives."""
