"""What people do by hand: give, move, assign, lose a card; each by whom, why, and once by its key, and `revert` undoes it."""
