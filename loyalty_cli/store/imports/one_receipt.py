"""A receipt that is kept as JSON or put together by ourselves, as a batch of one."""

from __future__ import annotations

from typing import Any

from loyalty_cli.model.purchase_batch import Article
from loyalty_cli.model.purchase_batch import Desk
from loyalty_cli.model.purchase_batch import PurchaseBatch


def as_batch(incoming: dict[str, Any]) -> PurchaseBatch:
    """A receipt that was kept as JSON, as a batch of one."""
    lines = incoming["lines"]
    return PurchaseBatch(
        stores=[incoming["store"]],
        numbers=[incoming["number"]],
        cards=[1 if incoming["card"] else 0],
        at=[incoming["at"]],
        days=[incoming["day"]],
        clocks=[incoming["clock"]],
        totals=[incoming["total"]],
        returned=[incoming["returned"]],
        loyalty=[incoming["loyalty"]],
        originals=[incoming["original"]],
        desks=[Desk(*incoming["desk"])],
        contents=[incoming["content"]],
        file_lines=[0],
        starts=[0, len(lines)],
        articles=list(range(len(lines))),
        quantities=[line[4] for line in lines],
        amounts=[line[5] for line in lines],
        discounts=[line[6] for line in lines],
        line_loyalty=[line[7] for line in lines],
        card_numbers=["", incoming["card"]],
        catalogue=[Article(*line[:4]) for line in lines],
    )
