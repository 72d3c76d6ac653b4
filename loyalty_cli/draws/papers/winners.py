"""A draw's winners and reserves as the owner sees them, with names; the published folder has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.draws.proof.facts import read_rules
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.model.shown.typed import typed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.draw import DrawResult
    from loyalty_cli.model.draw_method import Method
    from loyalty_cli.model.kept_draw import KeptDraw
    from loyalty_cli.model.kept_draw import KeptPlace
    from loyalty_cli.model.shown.phrase import Phrase

WON = (
    Column(name="place", heading="Place", kind="count"),
    Column(name="prize", heading="Prize"),
    Column(name="place_kind", heading="Drawn as", kind="word"),
    Column(name="card", heading="Card", kind="code"),
    Column(name="name", heading="Name"),
)
"""The columns that every list of winners begins with."""
COLUMNS = (
    *WON,
    Column(name="ticket", heading="Ticket", kind="count"),
    Column(name="pseudonym", heading="Number on the list", kind="code"),
)

DIGEST_COLUMNS = (
    Column(name="pick", heading="Pick", kind="count"),
    Column(name="digest", heading="Digest", kind="code"),
    Column(name="ticket", heading="Ticket", kind="count"),
    Column(name="pseudonym", heading="Number on the list", kind="code"),
    Column(name="result", heading="Result", kind="word"),
)
RESULTS = (
    phrase("win"),
    phrase("reserve"),
    phrase("void"),
    phrase("already-won"),
    phrase("ticket-won"),
    phrase("already-reserve"),
    phrase("no-ticket"),
)
"""What can become of a pick, for the catalogues."""


def seed_said(method: Method, seed: str) -> Phrase:
    """What the picks follow from, by the name the method has for it."""
    match method:
        case "rfc3797":
            return phrase("Key: {seed}", seed=seed)
        case "external":
            return phrase("Numbers: {seed}", seed=seed)
        case _:
            return phrase("Seed: {seed}", seed=seed)


def winners_shown(kept: KeptDraw, folder: str, result: DrawResult, *, won: Sequence[KeptPlace], currency: str) -> Outcome:
    """The result of a run."""
    method = read_rules(kept.rules).method
    return Outcome(
        said=(
            phrase("{name}: the draw is made.", name=kept.name),
            seed_said(method, result.seed),
            phrase(
                "The proof lies in {folder}; anybody can check it: loyalty draw verify {folder}",
                folder=typed(folder),
            ),
        ),
        warnings=empty_places(kept, won),
        tables=(winners_table(kept, won, currency), *digests_shown(result, method)),
        data={
            "draw": kept.name,
            "folder": folder,
            "method": method,
            "seed": result.seed,
            **({"digests": list(result.marks)} if result.marks else {}),
            "winners": [winner.pseudonym for winner in won if not winner.reserve],
            "reserves": [winner.pseudonym for winner in won if winner.reserve],
        },
    )


def digests_shown(result: DrawResult, method: Method) -> tuple[Table, ...]:
    """For RFC 3797 every digest and what it selected, as the RFC prints its example."""
    if method != "rfc3797":
        return ()
    table = Table(
        name="digests",
        title=phrase("Digests"),
        columns=DIGEST_COLUMNS,
        rows=[
            (pick.number, digest, pick.ticket, pick.entrant, pick.result) for pick, digest in zip(result.picks, result.marks, strict=True)
        ],
        currency="",
    )
    return (table,)


def winners_table(kept: KeptDraw, won: Sequence[KeptPlace], currency: str) -> Table:
    """Winners in the order they were drawn, then the reserves."""
    return Table(
        name="draw",
        title=phrase("Winners of {name}", name=kept.name),
        columns=COLUMNS,
        rows=[
            (
                one.place,
                "" if one.reserve else one.prize,
                "reserve" if one.reserve else "winner",
                one.card,
                one.name,
                one.ticket,
                one.pseudonym,
            )
            for one in won
        ],
        currency=currency,
        empty=phrase("Nobody has won."),
    )


def empty_places(kept: KeptDraw, won: Sequence[KeptPlace]) -> list[Phrase]:
    """Which prizes and reserves nobody was left for."""
    rules = read_rules(kept.rules)
    said = []
    for prize, count in rules.prizes:
        missing = count - sum(one.prize == prize and not one.reserve for one in won)
        if missing:
            said.append(phrase("{prize}: nobody is left to win {missing} of them.", prize=prize, missing=missing))
    missing = rules.reserves - sum(one.reserve for one in won)
    if missing:
        said.append(phrase("Reserves: nobody is left for {missing} of the places.", missing=missing))
    return said
