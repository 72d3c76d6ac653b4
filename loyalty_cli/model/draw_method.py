"""How winners are drawn, in the words that a program has for it."""

from __future__ import annotations

from typing import Literal

Method = Literal["prizedraw/1", "rfc3797", "vrs", "external"]
"""The methods of drawing that a program can name; `external` are numbers from an urn or a certified device."""

METHOD: Method = "prizedraw/1"
"""The method of drawing where the rules name none."""
