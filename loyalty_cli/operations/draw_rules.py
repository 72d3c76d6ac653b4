"""A draw's rules as the program in force says them: the one place where draws meet the program."""

from __future__ import annotations

import json
from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from loyalty_cli.engine.drand import first_round_from
from loyalty_cli.engine.drand import published_at
from loyalty_cli.engine.drand import QUICKNET
from loyalty_cli.model.draw import DrawRules
from loyalty_cli.model.draw import NumberSource
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.phrase import phrase
from loyalty_cli.program.load import program_of
from loyalty_cli.reading.problems import Problems
from loyalty_cli.reading.yaml_nodes import found
from loyalty_cli.reading.yaml_nodes import plain
from loyalty_cli.reading.yaml_nodes import read_yaml
from loyalty_cli.rules.draws.prizes import counts
from loyalty_cli.rules.draws.prizes import worths
from loyalty_cli.store.versions import versions_in_force

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.program.program import Program
    from loyalty_cli.rules.draws.block import DrawBlock
    from loyalty_cli.rules.draws.number import Number
    from loyalty_cli.store.database import Connection

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


def draw_rules(connection: Connection, name: str) -> DrawRules:
    """The rules of the draw of this name in the latest adopted version."""
    program = program_in_force(connection)
    draw = program.draws.get(name) if program else None
    if program is None or draw is None:
        names = ", ".join(program.draws) if program else ""
        raise LoyaltyError(
            "The program in force has no draw {name}.",
            hint=phrase(
                "It has: {names}. A changed file counts once adopted: loyalty program adopt",
                names=names or "-",
            ),
            name=name,
        )
    return rules_from(draw, program, name, text=wording(program.source, name))


def program_in_force(connection: Connection) -> Program | None:
    """The latest adopted version."""
    versions = versions_in_force(connection)
    return program_of(versions[-1].source, "program.yaml") if versions else None


def stores_with_files(connection: Connection) -> Sequence[str]:
    """The stores whose till exports the program names, so that their days can be missing."""
    program = program_in_force(connection)
    return [name for name, store in program.stores.items() if store.files] if program else ()


def rules_from(draw: DrawBlock, program: Program, name: str, *, text: str) -> DrawRules:
    """The rules of a program's draw."""
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
    root = read_yaml(source, Problems("program.yaml", source))
    block = plain(found(root, ("draws", name))) if root is not None else {}
    return "\n".join(
        f"{word}: {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}"
        for word, value in block.items()
        if word not in STATED
    )
