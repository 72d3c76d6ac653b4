"""Ways to measure a member for a tier; the ladder itself, its window and how it is reviewed are in ladder.py."""
