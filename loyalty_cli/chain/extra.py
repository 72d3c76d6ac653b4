"""What this room needs, Parquet and Spark, is an optional extra: who has not installed it is told how."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def extra() -> Iterator[None]:
    """Around an import of the room: what it needs may not be installed."""
    try:
        yield
    except ImportError as error:
        hint = phrase("Install it once: {command}", command='pipx install "loyalty-cli[cluster]"')
        raise LoyaltyError("Books of a chain need Apache Spark, which is not installed here.", hint=hint) from error
