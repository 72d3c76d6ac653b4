"""What people do by hand, and `revert`, which undoes it."""
