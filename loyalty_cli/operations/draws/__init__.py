"""The life of a prize draw, a file for each step: open, tickets, entry, result, close, void, run, claim, redraw, verify, protocol.

Every step that changes something is one transaction with the published folder written beside it; what it computes, refuses
and says is in `loyalty_cli.draws`. rules.py asks the program in force, ready.py what is still to come in, state.py the
database; folder.py puts files in place and reads what was frozen. `published/` has the texts that go into every folder.
"""
