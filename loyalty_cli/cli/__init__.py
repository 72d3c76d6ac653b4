"""The command line: options become plain values, one operation is called, its Outcome is shown.

The only folder that knows Typer, the clock and the environment.
"""

from __future__ import annotations

import gc

# A start makes a hundred thousand objects, and nearly all of them stay: to look for rubbish among them again and again
# takes a sixth of a short command.
gc.set_threshold(100_000, 50, 50)
