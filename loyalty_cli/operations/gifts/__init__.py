"""Gifts at the counter: what a member chooses, and what is handed out."""
