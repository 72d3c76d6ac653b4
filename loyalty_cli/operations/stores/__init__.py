"""Stores: which one is meant, and giving one another name."""
