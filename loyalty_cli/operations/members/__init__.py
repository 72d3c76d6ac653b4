"""One member at a time, and cards."""
