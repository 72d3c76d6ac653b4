"""Whether the rules of a draw are complete and fit together, before they are announced."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from loyalty_cli.model.days import iso
from loyalty_cli.model.days import local_day
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.store.draws.draws import draw_called

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.draw import DrawRules
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.program.program import Program
    from loyalty_cli.store.database import Connection


def mistakes_in(rules: DrawRules, program: Program | None, *, now: datetime) -> Iterator[Phrase]:
    """What is missing or contradicts itself."""
    timezone = program.timezone if program else "UTC"
    if rules.claim_within is None:
        yield phrase("It does not say how long a prize can be claimed; add: {line}", line="claim_within: 14 days")
    if rules.last_day < local_day(now, timezone):
        yield phrase("Its last day {day} is over.", day=iso(rules.last_day))
    results_on = rules.formalities.results_on
    if results_on is not None and results_on <= rules.last_day:
        yield phrase("The results are announced for {day}, before the draw can be closed.", day=iso(results_on))
    if not rules.contest:
        yield from number_mistakes(rules, timezone)
    if program is not None:
        yield from ticket_mistakes(rules, program)


def number_mistakes(rules: DrawRules, timezone: str) -> Iterator[Phrase]:
    """Whether it is fixed where the number comes from, at a moment after the close can be made."""
    source = rules.source
    if not source.kind and rules.method != "external":
        line = "randomness: {from: drand quicknet, at: 2027-06-05 20:00}"
        yield phrase("It does not say where the number comes from; add: {line}", line=line)
    if rules.method == "rfc3797" and source.kind not in {"", "lottery"}:
        yield phrase("The method rfc3797 draws from lottery numbers; write: {line}", line="randomness: lottery")
    if source.kind == "drand quicknet" and not source.round:
        yield phrase("drand publishes a number every 3 seconds; say which: {line}", line="at: 2027-06-05 20:00")
    if source.at and local_day(datetime.fromisoformat(source.at), timezone) <= rules.last_day:
        yield phrase("The number is known at {at}, before the draw can be closed.", at=source.at)


def ticket_mistakes(rules: DrawRules, program: Program) -> Iterator[Phrase]:
    """Whether anything gives a ticket, where rewards are to."""
    draw = program.draws.get(rules.name)
    if getattr(draw, "tickets_from", "") != "rewards":
        return
    given = {getattr(give, "draw", "") for reward in program.rewards.values() for give in reward.gives}
    if rules.name not in given:
        yield phrase("Its tickets come from rewards, and no reward gives any.")


def hints_about(connection: Connection, rules: DrawRules, *, today: Day) -> Iterator[Phrase]:
    """What an owner should think about; none of it forbids anything."""
    if today > rules.first_day:
        yield phrase("Its first day {day} has passed before the announcement.", day=iso(rules.first_day))
    if not rules.formalities.country:
        line = "country: PL"
        yield phrase("It does not say whose law it is under; with {line} its formalities are listed.", line=line)
    if not rules.contest and not rules.reserves:
        yield phrase("There are no reserves for prizes that nobody claims.")
    for name in rules.exclusions.winners_of:
        kept = draw_called(connection, name)
        if kept is None or kept.run_at is None:
            yield phrase("Winners of {name} are left out, and that draw has no winners yet.", name=name)
