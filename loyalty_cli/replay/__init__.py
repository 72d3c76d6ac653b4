"""The heart: one member's facts in order, replayed through the program, give what that member should have.

Pure functions and the small machines they drive. No clock, no disk, no chance: see replayer.py first.
"""
