"""The shop's months: closing them, and what stands in the way of that."""
