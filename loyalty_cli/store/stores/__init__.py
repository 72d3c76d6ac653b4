"""Stores: what they are called, which was another one, and receipts that are in under two names."""
