"""The draft's settings of labels: what is a sale, a return, a cancelled receipt, or no row of goods at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.importers.inspecting.header_words import CANCELLED
from loyalty_cli.importers.inspecting.header_words import is_one_of
from loyalty_cli.importers.inspecting.header_words import LINES
from loyalty_cli.importers.inspecting.header_words import NO
from loyalty_cli.importers.inspecting.header_words import PAID_OTHERWISE
from loyalty_cli.importers.inspecting.header_words import RETURNS
from loyalty_cli.importers.inspecting.header_words import SALES
from loyalty_cli.importers.inspecting.header_words import YES
from loyalty_cli.importers.inspecting.seen_columns import MOST_LABELS
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from loyalty_cli.importers.inspecting.inspection import Inspection
    from loyalty_cli.importers.inspecting.seen_columns import SeenColumn


def kinds_settled(of: Inspection) -> bool:
    """The labels of sales and returns; whether returns are told by them."""
    column = of.means.get("kind")
    if column is None or not column.texts or len(column.texts) > MOST_LABELS:
        return False
    returns = labels(column, RETURNS)
    sales = labels(column, SALES)
    goods = labels(column, LINES)
    paid = labels(column, PAID_OTHERWISE)
    counted = ", ".join(f"{label} ({count})" for label, count in column.texts.most_common())
    of.found("kind", phrase("Kinds of rows"), counted, phrase("In the column {name}.", name=column.name))
    if goods and paid:
        ask = phrase("Rows are of several kinds: {labels}. Which of them are goods?", labels=counted)
        of.draft.ask("keep", ask, [{of.place_of(column): goods}])
        return False
    if not returns:
        return False
    of.draft.settle("columns.kind", of.place_of(column))
    of.draft.settle("sale_labels", sales or tuple(set(column.texts) - set(returns)))
    of.draft.settle("return_labels", returns)
    unknown = [label for label in column.texts if label not in {*returns, *sales}]
    if sales and unknown:
        ask = phrase(
            "What are rows with {labels}? They are set aside unless they are left out here:", labels=", ".join(unknown)
        )
        of.draft.ask("ignore", ask, [{of.place_of(column): tuple(unknown)}])
    return True


def labels(column: SeenColumn, names: str) -> tuple[str, ...]:
    """The labels of a column that are among some words."""
    return tuple(label for label in column.texts if is_one_of(label, names))


def cancelled_settled(of: Inspection) -> None:
    """What says that a receipt does not count."""
    flagged: dict[str, tuple[str, ...]] = {}
    column = of.means.get("cancelled")
    if column is not None and column.texts:
        said_yes, said_no = labels(column, YES), labels(column, NO)
        if said_yes or said_no:
            flagged[of.place_of(column)] = said_yes or ("yes",)
        elif column.empty:
            of.draft.settle(
                "columns.cancelled",
                of.place_of(column),
                phrase("A receipt with anything in this column does not count."),
            )
    status = of.means.get("status")
    if status is not None and status.texts and len(status.texts) <= MOST_LABELS:
        status_asked(of, status, flagged)
    elif flagged:
        of.draft.settle("cancelled", flagged)


def status_asked(of: Inspection, status: SeenColumn, flagged: dict[str, tuple[str, ...]]) -> None:
    """The labels of a status, and which of them seem to say that a receipt does not count."""
    counted = ", ".join(f"{label} ({count})" for label, count in status.texts.most_common())
    gone = labels(status, CANCELLED)
    of.found("status", phrase("Status"), counted, phrase("In the column {name}.", name=status.name))
    if gone:
        flagged[of.place_of(status)] = gone
    if flagged:
        ask = phrase("Does this say which receipts do not count? Status: {labels}", labels=counted)
        of.draft.ask("cancelled", ask, [flagged], flagged)
    elif len(status.texts) > 1:
        ask = phrase(
            "Do receipts of every status count? Those of the status you write here do not: {labels}", labels=counted
        )
        least = status.texts.most_common()[-1][0]
        of.draft.ask("cancelled", ask, [{of.place_of(status): (least,)}])
