"""The life of a prize draw, a file for each step: open, tickets, entry, close, void, run, claim, redraw, verify, protocol.

Every step that changes something is one transaction with the published folder written beside it; folder.py puts files in
place, state.py finishes what a stopped command left undone. `published/` has the texts that go into every folder.
"""
