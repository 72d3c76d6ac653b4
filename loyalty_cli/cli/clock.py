"""The one place that knows what time it is, and where chance comes from."""

from __future__ import annotations

import os
import time
from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError

if TYPE_CHECKING:
    from collections.abc import Callable

BEGUN = time.monotonic()


def seconds_taken() -> float:
    """How long this command has been at work."""
    return time.monotonic() - BEGUN


def over_after(seconds: int) -> Callable[[], bool]:
    """Whether so many seconds have gone since this was asked for the first time."""
    begun: float | None = None

    def over() -> bool:
        nonlocal begun
        begun = begun or time.monotonic()
        return time.monotonic() > begun + seconds

    return over


def now() -> datetime:
    """The moment of this command in UTC; LOYALTY_NOW (ISO, with zone) sets it for rehearsals and tests."""
    fixed = os.environ.get("LOYALTY_NOW")
    try:
        return datetime.fromisoformat(fixed).astimezone(UTC) if fixed else datetime.now(UTC)
    except (ValueError, OverflowError) as error:
        text = "LOYALTY_NOW says {value}, which is no moment such as {example}."
        raise LoyaltyError(text, value=fixed, example="2026-11-21T10:00:00+00:00") from error


def chance() -> str:
    """256 bits from the operating system, as hex digits."""
    return os.urandom(32).hex()
