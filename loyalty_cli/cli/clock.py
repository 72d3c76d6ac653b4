"""The one place that knows what time it is, and where chance comes from."""

from __future__ import annotations

import os
import time
from datetime import datetime
from datetime import UTC

BEGUN = time.monotonic()


def seconds_taken() -> float:
    """How long this command has been at work."""
    return time.monotonic() - BEGUN


def now() -> datetime:
    """The moment of this command in UTC; LOYALTY_NOW (ISO, with zone) sets it for rehearsals and tests."""
    fixed = os.environ.get("LOYALTY_NOW")
    return datetime.fromisoformat(fixed).astimezone(UTC) if fixed else datetime.now(UTC)


def chance() -> str:
    """256 bits from the operating system, as hex digits."""
    return os.urandom(32).hex()
