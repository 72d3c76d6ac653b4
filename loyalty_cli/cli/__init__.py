"""The command line: options become plain values, one operation is called, its Outcome is shown.

The only folder that knows Typer, the clock and the environment.
"""
