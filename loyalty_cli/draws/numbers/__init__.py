"""Public numbers that nobody can choose: a drand round, lottery results, dice, and how each is written down."""
