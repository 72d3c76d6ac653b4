"""Percents off at the till: standing, growing with what was bought, by the basket."""
