"""The shop's goals: how each is measured, how it went, and whether it is on the way."""
