"""Reports on what members do: who is active, in what rhythm they come, what they buy together, what the next months bring."""
