"""The draft for a file that a known till claims: like that till, and what its own columns leave open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.importers.inspecting.discounts import BEFORE
from loyalty_cli.importers.inspecting.discounts import is_price_times_quantity
from loyalty_cli.importers.inspecting.draft import Draft
from loyalty_cli.importers.inspecting.labels import gone_of
from loyalty_cli.importers.inspecting.return_words import is_return
from loyalty_cli.importers.inspecting.row_numbers import RowNumbers
from loyalty_cli.importers.inspecting.seen_receipts import cell
from loyalty_cli.importers.layouts.places import folded
from loyalty_cli.importers.receipts.shaping import TotalRows
from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.likely.dates import either_way
from loyalty_cli.reading.likely.dates import fits

if TYPE_CHECKING:
    from loyalty_cli.importers.inspecting.inspection import Inspection
    from loyalty_cli.importers.recognised import Claim
    from loyalty_cli.reading.likely.encodings import LikelyEncoding

# What is seen of the file itself; what its columns mean is known of the till.
OF_FILE = {
    "encoding", "delimiter", "quote", "header", "lines_above", "total_rows", "kind_of_list", "date_form", "time_form", "numbers",
    "currency", "goods",
}  # fmt: skip


def draft_for_claims(of: Inspection, found: list[Claim], encoding: LikelyEncoding | None) -> None:
    """Put a draft in place of the one made from the columns, which a known till has no need of."""
    of.kind = "purchases"
    of.draft = Draft()
    of.findings = [finding for finding in of.findings if finding.name in OF_FILE]
    names = [claim.till.name for claim in found]
    if len(found) > 1:
        ask = phrase("Several known tills write this header: {names}. Which is yours?", names=", ".join(names))
        of.draft.ask("like", ask, names)
    else:
        title = Phrase(found[0].till.title)
        of.draft.settle("like", names[0], phrase("loyalty knows this export: {title}. Write here only what differs.", title=title))
        if encoding is not None:
            encoding_differs(of, found[0], encoding)
        dates_differ(of, found[0])
        cards_found(of, found[0])


def cards_found(of: Inspection, claim: Claim) -> None:
    """Which column the till's layout takes cards from, so that what is said of them is what the import does."""
    columns = [name for name in claim.layout.columns.card or () if name]
    what = claim.layout.card_is
    names = ", ".join(columns)
    if not columns:
        of.found("card", phrase("Cards"), phrase("none"), phrase("This till's export tells no member."))
    elif what == "number":
        of.found("card", phrase("Cards"), names)
    else:
        said = {"e-mail": phrase("e-mail address"), "phone": phrase("phone number")}.get(what, phrase("e-mail address or phone number"))
        of.found("card", phrase("Cards"), names, phrase("They are members' {what}.", what=said))


def overlooks_returns(of: Inspection, claim: Claim) -> bool:
    """Whether a column tells sales from returns, and the till's layout does not look at it."""
    kind = of.means.get("kind")
    if kind is None or not any(map(is_return, kind.texts)):
        return False
    return folded(kind.name) not in deciding_columns(claim)


def overlooks_cancelled(of: Inspection, claim: Claim) -> bool:
    """Whether a column says of receipts here that they were called off, and the till's layout does not look at it."""
    entries = [entry for entry in of.draft.entries if entry.setting in {"cancelled", "columns.cancelled", "ignore"}]
    states = {place for entry in entries for place in entry.places}
    saying = [column for column in of.columns if of.place_of(column) in states and gone_of(column)]
    return any(folded(column.name) not in deciding_columns(claim) for column in saying)


def overlooks_discount(of: Inspection, claim: Claim) -> bool:
    """Whether the sum that the till's layout takes for paid is price times quantity here, with a discount beside it."""
    amount = of.means.get("amount")
    taken = claim.layout.columns.named().get("amount", "")
    if amount is None or folded(amount.name) != folded(taken) or claim.layout.amounts_are == BEFORE:
        return False
    return any(entry.setting == "amounts_are" for entry in of.draft.entries) and is_price_times_quantity(of, RowNumbers(of), amount)


def overlooks_goods(of: Inspection, claim: Claim) -> bool:
    """Whether the till's layout takes rows of receipts for sums of others, because their goods are called so."""
    totals = TotalRows(claim.layout.total_rows)
    goods, number = of.means.get("product_name") or of.means.get("product"), of.means.get("receipt")
    if not claim.layout.total_rows or goods is None or number is None or not totals.among([list(goods.texts)]):
        return False
    return any(cell(row, number) and totals.has([cell(row, goods)]) for row in of.table.rows)


def deciding_columns(claim: Claim) -> set[str]:
    """The columns by which the till's layout decides what a row is and whether it counts, as names are compared."""
    layout = claim.layout
    columns = (*(layout.columns.kind or ()), *(layout.columns.cancelled or ()))
    return {folded(name) for name in (*columns, *layout.ignore, *layout.keep, *layout.cancelled) if name}


def encoding_differs(of: Inspection, claim: Claim, encoding: LikelyEncoding) -> None:
    """An encoding that is not the till's usual one."""
    if encoding.reason not in {"letters", "zero bytes"} or encoding.name == claim.encoding:
        return
    if encoding.rivals or not encoding.name:
        names = dict.fromkeys([encoding.name, claim.encoding, *(each.name for each in encoding.rivals)])
        of.draft.ask(
            "encoding",
            phrase("Which is it? The letters fit several."),
            [name for name in names if name],
            claim.encoding,
        )
    elif claim.encoding not in encoding.alike:
        of.draft.settle("encoding", encoding.name)


def dates_differ(of: Inspection, claim: Claim) -> None:
    """The till's forms of dates that all fit this file and give different days."""
    forms = claim.till.settings.get("date_form", ())
    place = (claim.layout.columns.date or ("",))[0]
    column = next((each for each in of.columns if each.name == place), None)
    if isinstance(forms, str) or column is None:
        return
    whole = [form for form in forms if all(fits(form, text) for text in column.texts)]
    if len(whole) > 1 and either_way(whole, column.texts):
        text = next(iter(column.texts))
        of.draft.ask("date_form", phrase("{text}: which day is it? Several forms fit. Take one line:", text=text), whole)
