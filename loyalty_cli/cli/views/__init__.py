"""The owner's own questions to the data: `loyalty query` and `loyalty export`."""
