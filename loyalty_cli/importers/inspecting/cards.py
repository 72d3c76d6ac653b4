"""The draft's settings of cards: their column, what they are, their check digit; cards that a spreadsheet has spoiled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.importers.cards import is_spoiled
from loyalty_cli.importers.cells import SPREADSHEET_NUMBER
from loyalty_cli.importers.inspecting.column_meanings import fits
from loyalty_cli.importers.inspecting.column_meanings import meanings
from loyalty_cli.importers.inspecting.column_meanings import said_of
from loyalty_cli.importers.inspecting.column_meanings import words_of_kind
from loyalty_cli.importers.inspecting.seen_columns import MOST_LABELS
from loyalty_cli.importers.inspecting.seen_columns import SHORTEST_IDENTIFIER
from loyalty_cli.model.check_digits import ean_holds
from loyalty_cli.model.check_digits import luhn_holds
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.importers.inspecting.inspection import Inspection
    from loyalty_cli.importers.inspecting.seen_columns import SeenColumn

# So many different cards whose last digit fits by chance are one case in 10 to the 12th.
ENOUGH = 12
NEARLY_ALL = 0.9
SHOWN = 3
# A name that says card so well, or a customer's whose column has numbers.
SAYS_CARD = 60
# What members may be known by instead of a card, in the reader's words.
SAID = {"e-mail": phrase("e-mail"), "phone": phrase("phone")}


def cards_settled(of: Inspection) -> None:
    """The column of cards."""
    column = of.means.get("card")
    if column is not None and not column.texts and (filled := filled_instead(of)) is not None:
        of.means.of_word["card"] = column = filled
    if column is not None and column.texts:
        of.draft.settle("columns.card", of.place_of(column))
        contacts_settled(of, column)
        what_cards_are(of, column)
        spoiled_noted(of, column)
        return
    way = None if "number" in of.means or "card" not in words_of_kind(of.kind) else way_to_reach(of.columns, of.kind)
    if way is not None:
        other, what = way
        ask = phrase("No column is called a card. Are members known by {what}? If not, take the line out.", what=SAID[what])
        place = of.place_of(other)
        of.draft.ask("columns.card", ask, [place], place)
        of.draft.settle("card_is", what)
        of.found("card", phrase("Cards"), other.name, phrase("They are members' {what}.", what=SAID[what]))
        return
    if of.kind != "purchases":
        return
    unnamed = [each for each in of.columns if may_tell_members(each) and not of.means.word_of(each)]
    if unnamed:
        ask = phrase("No column is called a card. Does {name} tell the member? If not, take the line out.", name=unnamed[0].name)
        places = [of.place_of(each) for each in unnamed]
        of.draft.ask("columns.card", ask, places, places[0])
        of.found("card", phrase("Cards"), phrase("not certain"))
        return
    name = of.means.get("name")
    why = phrase("{name} is a name; it tells no member.", name=name.name) if name else None
    of.found("card", phrase("Cards"), phrase("none"), why)


def contacts_settled(of: Inspection, column: SeenColumn) -> None:
    """Cards that are mail addresses or telephones; figures alone may be either."""
    if column.look == "phone" and all(map(str.isdigit, column.texts)):
        ask = phrase("{text}: is that a telephone, or the number of a card?", text=next(iter(column.texts)))
        of.draft.ask("card_is", ask, ["phone", "number"])
    elif column.look in {"e-mail", "phone"}:
        of.draft.settle("card_is", column.look)


def way_to_reach(columns: Sequence[SeenColumn], kind: str) -> tuple[SeenColumn, str] | None:
    """The column of e-mail addresses, else of phone numbers, by which members are known where they have no cards, and which it is."""
    people = meanings(columns, "purchases" if kind == "purchases" else "members")
    ways = ((people.get(word), what) for word, what in (("email", "e-mail"), ("phone", "phone")))
    return next(((column, what) for column, what in ways if column is not None and column.texts), None)


def filled_instead(of: Inspection) -> SeenColumn | None:
    """Another column that tells members, where the one that is called a card is empty."""
    filled = [each for each in of.columns if each.texts and said_of(each).get("card", 0) >= SAYS_CARD and fits(each, "card")]
    free = [each for each in filled if of.means.word_of(each) in {"", "name"}]
    return max(free, key=lambda each: said_of(each)["card"], default=None)


def may_tell_members(column: SeenColumn) -> bool:
    """Whether a column that nobody knows has numbers as members have them: of one length, many, each on several rows or on few."""
    alike = column.identifies and len(column.usual_length) == 1 and column.usual_length[0] >= SHORTEST_IDENTIFIER
    comes_back = column.empty > 0 or 2 * len(column.texts) < column.filled
    return alike and comes_back and len(column.texts) > MOST_LABELS and not column.counts_rows


def what_cards_are(of: Inspection, column: SeenColumn) -> None:
    """Their lengths and their check digit."""
    check = max(column.checks, key=lambda name: column.checks[name])
    share = column.checks[check]
    lengths = phrase("{count} digits", count=", ".join(map(str, sorted(column.usual_length))))
    if len(column.texts) < ENOUGH or share < NEARLY_ALL:
        of.found("card", phrase("Cards"), column.name, lengths if column.usual_length else None)
        return
    why = phrase("{percent} of 100 end with the check digit {check}.", percent=int(share * 100), check=check)
    of.found("card", phrase("Cards"), column.name, why)
    if share == 1:
        of.draft.settle("card_check", check, phrase("All cards of this file hold it; others will be set aside."))
    else:
        ask = phrase("Most cards end with this check digit. Are the others misread (so that they are set aside)?")
        of.draft.ask("card_check", ask, [check, "none"], "none")
        bad = [text for text in column.texts if not holds(text, check)]
        what = phrase("{texts}: the check digit does not hold.", texts=", ".join(bad[:SHOWN]))
        of.damaged(of.line_of(column, bad[0]), what)


def holds(text: str, check: str) -> bool:
    """Whether a card's check digit holds."""
    return ean_holds(text) if check == "ean" else luhn_holds(text)


def spoiled_noted(of: Inspection, column: SeenColumn) -> None:
    """Cards that went through a spreadsheet."""
    if column.look in {"e-mail", "phone"}:
        return
    spoiled = [text for text in column.texts if is_spoiled(text.removeprefix("'"))]
    if spoiled:
        scientific = any(SPREADSHEET_NUMBER.fullmatch(text) for text in spoiled)
        text = ", ".join(spoiled[:SHOWN])
        what = (
            phrase("{texts}: a spreadsheet has spoiled these cards; export the file anew.", texts=text)
            if scientific
            else phrase("{texts}: these are no cards; such receipts are set aside.", texts=text)
        )
        of.damaged(of.line_of(column, spoiled[0]), what)
    usual = column.usual_length
    short = [text for text in column.texts if text.isdigit() and len(usual) == 1 and len(text) < usual[0]]
    if short and len(short) < len(column.texts) * (1 - NEARLY_ALL):
        what = phrase("{texts}: shorter than the other cards; were zeros lost at the front?", texts=", ".join(short[:SHOWN]))
        of.damaged(of.line_of(column, short[0]), what)
