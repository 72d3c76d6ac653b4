"""Stages from visitor to advocate: the bounds between them, as a program says them and as reports keep them."""

from __future__ import annotations

import json
from dataclasses import dataclass

from loyalty_cli.model.days import Span

VISITOR, BUYER, CLIENT, ADVOCATE, SLEEPING, LOST = STAGES = ("visitor", "buyer", "client", "advocate", "sleeping", "lost")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """From how many days with a purchase a buyer is a client, and after how long without one a member sleeps or is lost."""

    client_from: int = 3
    sleeping_after: Span = Span(count=60, unit="days")  # noqa: RUF009 -- frozen
    lost_after: Span = Span(count=180, unit="days")  # noqa: RUF009 -- frozen

    def kept(self) -> str:
        """As JSON."""
        spans = (self.sleeping_after, self.lost_after)
        return json.dumps([self.client_from, *([span.count, span.unit] for span in spans)])


def bounds_from(kept: str) -> Bounds:
    """What was kept; a shop that has said nothing has the usual bounds."""
    if not kept:
        return Bounds()
    client_from, sleeping, lost = json.loads(kept)
    spans = [Span(count=count, unit=unit) for count, unit in (sleeping, lost)]
    return Bounds(client_from=client_from, sleeping_after=spans[0], lost_after=spans[1])
