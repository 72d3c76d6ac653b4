"""Work on millions of small tuples that make no cycles: the collector would only look for what is not there."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def uncollected() -> Iterator[None]:
    """Let the collector rest, and have it begin again however the work ends."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
