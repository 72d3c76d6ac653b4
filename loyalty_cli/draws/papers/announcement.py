"""The announcement of a draw, sentence by sentence, and what its country asks for."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.model.law import NOT_ADVICE
from loyalty_cli.model.shown.phrase import Money
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.draw import DrawRules
    from loyalty_cli.model.draw import Exclusions
    from loyalty_cli.model.law import Formality
    from loyalty_cli.model.shown.phrase import Phrase


def announcement(block: Any, rules: DrawRules) -> Iterator[Phrase]:
    """Everything that members must know beforehand. `block` is the draw as the program has it."""

    def money(amount: int) -> Money:
        return Money(amount, rules.currency, rules.digits)

    title = phrase("Contest: {name}", name=rules.name) if rules.contest else phrase("Prize draw: {name}", name=rules.name)
    yield title
    yield from said_of_people(rules)
    yield phrase("It runs from {first} through {last}.", first=OnDay(rules.first_day), last=OnDay(rules.last_day))
    if block is not None:
        yield block.announced(money)
    if rules.at_most is not None:
        yield phrase("No member has more than {count} ticket.", "No member has more than {count} tickets.", count=rules.at_most)
    worth = dict(rules.worth)
    for prize, count in rules.prizes:
        if prize in worth:
            yield phrase("Prize: {number} x {prize}, worth {worth} each", number=count, prize=prize, worth=money(worth[prize]))
        else:
            yield phrase("Prize: {number} x {prize}", number=count, prize=prize)
    yield from said_of_winning(rules)
    yield from said_of_exclusions(rules.exclusions)
    yield from said_of_number(rules)


def said_of_people(rules: DrawRules) -> Iterator[Phrase]:
    """Who holds the draw, under which permit, and who watches over it."""
    said = rules.formalities
    if said.organiser:
        yield phrase("Organiser: {text}", text=said.organiser)
    if said.permit:
        yield phrase("Permit: {text}", text=said.permit)
    if said.notary:
        yield phrase("Notary: {text}", text=said.notary)
    if said.commission:
        yield phrase("Commission: {names}", names=list(said.commission))
    if said.place:
        yield phrase("Place: {text}", text=said.place)


WINS = {
    "one prize": phrase("A member wins at most one prize."),
    "one of each kind": phrase("A member wins at most one prize of each kind."),
    "any number": phrase("A member can win several prizes, a ticket one."),
}


def said_of_winning(rules: DrawRules) -> Iterator[Phrase]:
    """How many prizes one can win, the reserves, the deadline."""
    yield WINS[rules.wins]
    if rules.reserves:
        yield phrase("{count} reserve follows the winners.", "{count} reserves follow the winners.", count=rules.reserves)
    if rules.formalities.results_on is not None:
        yield phrase("The results are published on {day}.", day=OnDay(rules.formalities.results_on))
    if rules.claim_within and rules.formalities.results_on is not None:
        yield phrase(
            "A prize can be claimed within {span} of the results; then it goes to the next reserve.",
            span=rules.claim_within,
        )
    elif rules.claim_within:
        yield phrase(
            "A prize can be claimed within {span} of the draw; then it goes to the next reserve.",
            span=rules.claim_within,
        )


def said_of_exclusions(excluded: Exclusions) -> Iterator[Phrase]:
    """Who can not win."""
    if excluded.groups:
        yield phrase("Left out are members of: {groups}.", groups=list(excluded.groups))
    if excluded.youngest:
        yield phrase(
            "Left out is who is younger than {count} year on the last day.",
            "Left out is who is younger than {count} years on the last day.",
            count=excluded.youngest,
        )
        if excluded.unknown_birthday == "is excluded":
            yield phrase("Whose year of birth is not known is left out, too.")
        else:
            yield phrase("Whose year of birth is not known is admitted.")
    if excluded.one_per_household:
        yield phrase("Of members who share a telephone, an e-mail address or a household only one enters.")
    if excluded.winners_of:
        yield phrase("Left out are winners of: {names}.", names=list(excluded.winners_of))
    if excluded.winners_within:
        yield phrase("Left out is who has won within {span} before the last day.", span=excluded.winners_within)


SOURCES = {
    "drand quicknet": phrase("drand quicknet"),
    "dice": phrase("dice"),
    "lottery": phrase("a lottery"),
    "external": phrase("a draw outside"),
}


def said_of_number(rules: DrawRules) -> Iterator[Phrase]:
    """Where the number will come from, and the secret that is committed to."""
    source = rules.source
    if rules.contest:
        return
    at = datetime.fromisoformat(source.at) if source.at else None
    if source.kind == "drand quicknet" and source.round:
        yield phrase("The number is that of drand quicknet round {round}, published at {at} UTC.", round=str(source.round), at=at)
    elif source.kind and at:
        yield phrase("The number comes from: {source}, at {at} UTC.", source=SOURCES[source.kind], at=at)
    elif source.kind:
        yield phrase("The number comes from: {source}.", source=SOURCES[source.kind])
    elif rules.method == "external":
        yield phrase("The numbers are drawn from an urn or by a certified device, before witnesses.")
    yield phrase("Method: {method}", method=rules.method)
    if rules.commitment:
        yield phrase("A secret of the shop goes in, too. Its SHA-256, published now: {hash}", hash=rules.commitment)


def formalities_said(country: str, known: Sequence[Formality]) -> list[Phrase]:
    """What the country asks for, each with its source and its date."""
    if not country:
        return []
    if not known:
        return [phrase("Nothing is known here about what {country} asks for.", country=country), NOT_ADVICE]
    said = [phrase("What {country} asks for:", country=country)]
    for each in known:
        form = phrase("- {text} ({source}, {as_of})", text=each.text, source=each.source, as_of=each.as_of)
        said.append(form)
    return [*said, NOT_ADVICE]
