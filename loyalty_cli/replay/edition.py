"""The edition of the reckoning: another number where members may get other entries for the same facts than before.

Whoever changes replay so raises it: the next recalculation of each shop then works everybody out anew, once. Closed months stay closed.
"""

from __future__ import annotations

EDITION = "6"
