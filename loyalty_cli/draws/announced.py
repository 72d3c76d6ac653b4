"""What is announced of a draw: that its rules are complete, and that what comes later still goes by them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import zip_longest
from typing import TYPE_CHECKING

from loyalty_cli.draws.methods.all_methods import commitment_to
from loyalty_cli.draws.proof.facts import rules_txt
from loyalty_cli.model.days import local_day
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.phrase import AtMoment
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.draw import DrawRules
    from loyalty_cli.model.kept_draw import Opening
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.program.program import Program


def mistakes_in(rules: DrawRules, program: Program | None, *, now: datetime) -> Iterator[Phrase]:
    """What is missing or contradicts itself."""
    timezone = program.timezone if program else "UTC"
    if rules.claim_within is None:
        yield phrase("It does not say how long a prize can be claimed (such as {line}).", line="claim_within: 14 days")
    if rules.last_day < local_day(now, timezone):
        yield phrase("Its last day {day} is over.", day=OnDay(rules.last_day))
    results_on = rules.formalities.results_on
    if results_on is not None and results_on <= rules.last_day:
        yield phrase("The results are announced for {day}, before the draw can be closed.", day=OnDay(results_on))
    if not rules.contest:
        yield from number_mistakes(rules, timezone)
    if program is not None:
        yield from ticket_mistakes(rules, program)


def number_mistakes(rules: DrawRules, timezone: str) -> Iterator[Phrase]:
    """Whether it is fixed where the number comes from, at a moment after the close can be made."""
    source = rules.source
    if not source.kind and rules.method != "external":
        line = "randomness: {from: drand quicknet, at: 2027-06-05 20:00}"
        yield phrase("It does not say where the number comes from (such as {line}).", line=line)
    if rules.method == "rfc3797" and source.kind not in {"", "lottery"}:
        yield phrase("The method rfc3797 draws from lottery numbers ({line}).", line="randomness: lottery")
    if source.kind == "drand quicknet" and not source.round:
        yield phrase("drand publishes a number every 3 seconds; say which ({line}).", line="at: 2027-06-05 20:00")
    if source.at and local_day(datetime.fromisoformat(source.at), timezone) <= rules.last_day:
        yield phrase("The number is known at {at}, before the draw can be closed.", at=AtMoment(source.at, timezone))


def ticket_mistakes(rules: DrawRules, program: Program) -> Iterator[Phrase]:
    """Whether anything gives a ticket, where rewards are to."""
    draw = program.draws.get(rules.name)
    if getattr(draw, "tickets_from", "") != "rewards":
        return
    given = {getattr(give, "draw", "") for reward in program.rewards.values() for give in reward.all_gives}
    if rules.name not in given:
        yield phrase("Its tickets come from rewards, and no reward gives any.")


def hints_about(rules: DrawRules, *, today: Day, without_winners: Iterable[str]) -> Iterator[Phrase]:
    """What an owner should think about; none of it forbids anything."""
    if today > rules.first_day:
        yield phrase("Its first day {day} has passed before the announcement.", day=OnDay(rules.first_day))
    if not rules.formalities.country:
        line = "country: PL"
        yield phrase("It does not say whose law it is under; with {line} its formalities are listed.", line=line)
    if not rules.contest and not rules.reserves:
        yield phrase("There are no reserves for prizes that nobody claims.")
    for name in without_winners:
        yield phrase("Winners of {name} are left out, and that draw has no winners yet.", name=name)


def published_rules(rules: DrawRules) -> str:
    """The text of rules.txt."""
    try:
        return rules_txt(rules)
    except ValueError as error:
        raise Refused("{text} can not be published: a name must be one line of letters.", text=repr(str(error))) from error


def as_announced(rules: DrawRules, opening: Opening | None) -> DrawRules:
    """The rules with the secret they commit to, if the draw was opened; refused if it was opened with others."""
    if opening is None:
        if rules.wants_secret:
            raise Refused(
                "The rules of {name} promise a secret, and the draw was not opened.",
                hint=phrase('The secret is made and announced with: loyalty draw open "{name}"', name=rules.name),
                name=rules.name,
            )
        return rules
    if opening.secret:
        rules = replace(rules, commitment=commitment_to(rules.method, opening.secret))
    text = published_rules(rules)
    if text != opening.rules:
        was, now = next((was, now) for was, now in zip_longest(opening.rules.split("\n"), text.split("\n")) if was != now)
        raise Refused(
            "The draw {name} was announced with other rules: {was}, and the program says now: {now}.",
            hint=phrase("Put the program back, or announce the change first: loyalty draw open --changed"),
            name=rules.name,
            was=repr(was or ""),
            now=repr(now or ""),
        )
    return rules


def refuse_number_known(rules: DrawRules, now: datetime, timezone: str) -> None:
    """Tickets are frozen before the announced number can be known, else closing proves nothing."""
    source = rules.source
    if source.at and datetime.fromisoformat(source.at) <= now:
        raise Refused(
            "The number of {name} is known since {at}; tickets that are frozen now would prove nothing.",
            hint=phrase("Name a later moment under randomness in the program, adopt it, and announce it: loyalty draw open --changed"),
            name=rules.name,
            at=AtMoment(source.at, timezone),
        )
