"""Draws from their opening to the claims, a file for each table or question."""
