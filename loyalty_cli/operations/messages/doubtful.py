"""Messages of which nobody knows whether they went: told by `messages send`, `status` and every night until a person says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.store.messages.messages import count_doubtful

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.store.reading import Connection


def doubtful_said(connection: Connection) -> Iterator[Phrase]:
    """How many there are, and what to do; nothing where there is none."""
    if count := count_doubtful(connection):
        yield phrase(
            "Of {count} message nobody knows whether it went: loyalty messages list --doubtful, then messages resolve.",
            "Of {count} messages nobody knows whether they went: loyalty messages list --doubtful, then messages resolve.",
            count=count,
        )
