"""The rules of a draw as its block in the program says them."""

from __future__ import annotations

import json
from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from loyalty_cli.draws.numbers.drand import first_round_from
from loyalty_cli.draws.numbers.drand import published_at
from loyalty_cli.draws.numbers.drand import QUICKNET
from loyalty_cli.model.draw import DrawRules
from loyalty_cli.model.draw import NumberSource
from loyalty_cli.reading.problems import Problems
from loyalty_cli.rules.draws.prizes import counts
from loyalty_cli.rules.draws.prizes import worths

if TYPE_CHECKING:
    from loyalty_cli.program.program import Program
    from loyalty_cli.rules.draws.block import DrawBlock
    from loyalty_cli.rules.draws.number import Number

# What rules.txt states above the owner's wording.
STATED = {
    "dates",
    "prizes",
    "reserves",
    "one_member_wins",
    "contest",
    "ties",
    "method",
    "randomness",
    "claim_within",
    "country",
    "organiser",
    "permit",
    "notary",
    "commission",
    "place",
    "results_on",
}


def rules_from(draw: DrawBlock, program: Program, name: str, *, text: str = "") -> DrawRules:
    """The rules of a program's draw; `text` is the owner's wording of the rest."""
    return DrawRules(
        name=name,
        first_day=draw.dates.first,
        last_day=draw.dates.last,
        prizes=counts(draw.prizes),
        reserves=draw.reserves,
        wins=draw.one_member_wins,
        rules_text=text,
        method=draw.method,
        contest=draw.ranked_by,
        ties=draw.ties_go_by,
        worth=worths(draw.prizes),
        currency=program.currency.code,
        digits=program.currency.digits,
        claim_within=draw.claim_within,
        source=source_of(draw.randomness, program.timezone),
        formalities=draw.formalities,
        wants_secret=draw.secret,
        at_most=draw.at_most,
        everyone=draw.for_everyone,
        exclusions=draw.excluded.exclusions(),
    )


def source_of(number: Number | None, timezone: str) -> NumberSource:
    """Where the number comes from; a moment for drand is the first round from it on."""
    if number is None:
        return NumberSource()
    at = datetime.fromisoformat(number.at).replace(tzinfo=ZoneInfo(timezone)) if number.at else None
    if number.source != "drand quicknet" or (at is None and number.round is None):
        return NumberSource(kind=number.source, at=at.astimezone(UTC).isoformat(timespec="seconds") if at else "")
    round_ = number.round or first_round_from(QUICKNET, int(at.timestamp()) if at else 0)
    moment = datetime.fromtimestamp(published_at(QUICKNET, round_), UTC)
    return NumberSource(kind=number.source, round=round_, at=moment.isoformat(timespec="seconds"))


def wording(source: str, name: str) -> str:
    """What else the owner wrote about a draw, a line for each setting; comments are not rules."""
    # Imported here because other draws are looked at without a file.
    from loyalty_cli.reading.yaml.nodes import found
    from loyalty_cli.reading.yaml.nodes import plain
    from loyalty_cli.reading.yaml.nodes import read_yaml

    root = read_yaml(source, Problems("program.yaml", source))
    block = plain(found(root, ("draws", name))) if root is not None else {}
    return "\n".join(
        f"{word}: {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}"
        for word, value in block.items()
        if word not in STATED
    )
