"""What to hang up when a draw is closed: the hashes, and where the number will come from."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from loyalty_cli.draws.numbers.drand import first_round_after
from loyalty_cli.draws.numbers.drand import QUICKNET
from loyalty_cli.draws.proof.facts import read_rules
from loyalty_cli.draws.proof.facts import source_text
from loyalty_cli.draws.reasons import reason_said
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.draw import DrawRules
    from loyalty_cli.model.kept_draw import KeptDraw
    from loyalty_cli.model.shown.phrase import AtMoment
    from loyalty_cli.model.shown.phrase import Phrase


def closed(kept: KeptDraw, folder: str, *, since: AtMoment, warnings: Sequence[Phrase] = (), quiet: bool = False) -> Outcome:
    """What to hang up: the hashes, and from which round on numbers may come."""
    rules = read_rules(kept.rules)
    first_round = first_round_after(QUICKNET, int(datetime.fromisoformat(kept.closed_at).timestamp()))
    return Outcome(
        said=(
            phrase("{name} is closed since {at}.", name=kept.name, at=since),
            phrase("Tickets: {tickets}. Entrants: {entrants}.", tickets=kept.tickets, entrants=kept.entrants)
            if not rules.contest
            else phrase("Members in the ranking: {entrants}.", entrants=kept.entrants),
            *left_out_said(rules.excluded),
            phrase("The frozen files lie in {folder}.", folder=folder),
            *hashes_said(kept),
            number_said(rules, first_round),
        ),
        warnings=warnings,
        data={
            "draw": kept.name,
            "folder": folder,
            "closed_at": kept.closed_at,
            "tickets": kept.tickets,
            "entrants": kept.entrants,
            "contest": bool(rules.contest),
            "excluded": dict(rules.excluded),
            "entries_sha256": kept.entries_sha256,
            "void_sha256": kept.void_sha256,
            "rules_sha256": kept.rules_sha256,
            "number_from": source_text(rules.source),
            "first_drand_round": first_round,
        },
        quiet=quiet,
    )


def left_out_said(excluded: Sequence[tuple[str, int]]) -> Iterator[Phrase]:
    """How many members with tickets are left out, for each reason."""
    for reason, count in excluded:
        yield phrase(
            "Left out, {reason}: {count} member.",
            "Left out, {reason}: {count} members.",
            reason=reason_said(reason),
            count=count,
        )


def hashes_said(kept: KeptDraw) -> Sequence[Phrase]:
    """The hashes as they go on the poster."""
    return (
        phrase("For the poster, before any number is known:"),
        phrase("  entries.txt  {hash}", hash=kept.entries_sha256),
        phrase("  void.txt     {hash}", hash=kept.void_sha256),
        phrase("  rules.txt    {hash}", hash=kept.rules_sha256),
    )


def number_said(rules: DrawRules, first_round: int) -> Phrase:
    """Where the number will come from, or that this must be said now."""
    if rules.contest:
        return phrase("The ranking is final: {command}", command=f'loyalty draw claim "{rules.name}"')
    if rules.method == "external":
        return phrase("The numbers are drawn outside and typed in.")
    if rules.source.kind:
        return phrase("The number will come from: {source}.", source=source_text(rules.source))
    return phrase(
        "Say now where the number will come from: dice, lottery, drand quicknet from round {round}.",
        round=str(first_round),
    )
