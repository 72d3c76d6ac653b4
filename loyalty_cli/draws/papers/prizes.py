"""The part of a draw's minutes about prizes: what they are worth, who has won, what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.kept_draw import state_of
from loyalty_cli.model.shown.document import Fact
from loyalty_cli.model.shown.document import Section
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.draws.kept import MadeDraw
    from loyalty_cli.model.kept_draw import KeptPlace
    from loyalty_cli.model.kept_draw import Redraw
    from loyalty_cli.model.law import TaxLine
    from loyalty_cli.model.shown.phrase import Phrase

MASK = "***"
LAST_DIGITS = 4

PRIZE_COLUMNS = (
    Column(name="prize", heading="Prize"),
    Column(name="count", heading="Count", kind="count"),
    Column(name="worth", heading="Worth each", kind="money"),
    Column(name="tax", heading="Tax each", kind="money"),
)
WINNER_COLUMNS = (
    Column(name="place", heading="Place", kind="count"),
    Column(name="prize", heading="Prize"),
    Column(name="winner", heading="Winner"),
    Column(name="pseudonym", heading="Number on the list", kind="code"),
    Column(name="ticket", heading="Ticket", kind="count"),
)
CLAIM_COLUMNS = (
    Column(name="place", heading="Place", kind="count"),
    Column(name="prize", heading="Prize"),
    Column(name="winner", heading="Winner"),
    Column(name="state", heading="State", kind="word"),
    Column(name="on", heading="On", kind="day"),
    Column(name="until", heading="Claim until", kind="day"),
)


def masked_name(name: str) -> str:
    """Each word of a name by its first letter: `A*** K***`."""
    return " ".join(f"{word[0]}{MASK}" for word in name.split())


def masked_card(number: str) -> str:
    """The last digits of a card number; nothing of one that is too short to hide the rest."""
    return f"{MASK}{number[-LAST_DIGITS:]}" if len(number) >= 2 * LAST_DIGITS else ""


def prizes_and_tax(made: MadeDraw, taxes: Mapping[str, TaxLine]) -> Section:
    """The prizes with their worth, and the tax as the table of the country has it."""
    rules = made.rules
    worth = dict(rules.worth)
    known = {name: tax.figure for name, tax in taxes.items()}
    table = Table(
        name="prizes",
        title=phrase("Prizes"),
        columns=PRIZE_COLUMNS,
        rows=[(name, count, worth.get(name), known.get(name)) for name, count in rules.prizes],
        currency=rules.currency,
        digits=rules.digits,
    )
    sentences = list({str(tax.text): tax.rule_said for tax in taxes.values()}.values())
    total = sum(worth.get(name, 0) * count for name, count in rules.prizes)
    facts = [Fact(label=phrase("Worth of all prizes"), value=made.money(total))] if worth else []
    return Section(heading=phrase("Prizes"), sentences=sentences, facts=facts, table=table)


def winners_and_reserves(made: MadeDraw) -> Iterator[Section]:
    """Who has won, as the draw left it, by pseudonyms and masked names."""
    drawn = [one for one in made.places if not one.instead_of or one.reserve]
    # In a contest nobody has a ticket.
    columns = [column for column in WINNER_COLUMNS if not made.rules.contest or column.name != "ticket"]
    yield Section(
        heading=phrase("Winners"),
        table=Table(
            name="winners",
            title=phrase("Winners"),
            columns=columns,
            rows=[(one.place, one.prize, who(one), one.pseudonym, one.ticket)[: len(columns)] for one in drawn if not one.reserve],
            currency="",
            empty=phrase("Nobody has won."),
        ),
    )
    reserves = [one for one in drawn if one.reserve]
    if reserves or made.rules.reserves:
        yield Section(
            heading=phrase("Reserves"),
            table=Table(
                name="reserves",
                title=phrase("Reserves"),
                columns=[column for column in columns if column.name != "prize"],
                rows=[(one.place, who(one), one.pseudonym, one.ticket)[: len(columns) - 1] for one in reserves],
                currency="",
                empty=phrase("There are no reserves."),
            ),
        )


def who(place: KeptPlace) -> str:
    """A winner's masked name and card."""
    return " ".join(part for part in (masked_name(place.name), masked_card(place.card)) if part)


def what_became(made: MadeDraw, redraws: Sequence[Redraw]) -> Iterator[Section]:
    """Claims so far, and places that went to somebody else; nothing where nobody has claimed yet."""
    touched = [one for one in made.places if one.claim or one.instead_of]
    if not touched:
        return
    yield Section(
        heading=phrase("What became of the prizes"),
        sentences=[passed_on(each) for each in redraws],
        table=Table(
            name="claims",
            title=phrase("What became of the prizes"),
            columns=CLAIM_COLUMNS,
            rows=[(one.place, one.prize, who(one), state_of(one), one.claimed_on or None, made.deadline(one)) for one in touched],
            currency="",
        ),
    )


def passed_on(redraw: Redraw) -> Phrase:
    """Who stands in for whom."""
    values = {"prize": redraw.prize, "place": redraw.place, "other": redraw.new_place}
    if redraw.proof:
        return phrase("{prize} of place {place} was drawn again and went to place {other}.", **values)
    return phrase("{prize} of place {place} went to the reserve at place {other}.", **values)
