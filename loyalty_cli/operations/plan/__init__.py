"""A shop's first program: proposed in three sizes, written, and launched."""
