"""Members, their cards, groups, consents, and every change of them."""
