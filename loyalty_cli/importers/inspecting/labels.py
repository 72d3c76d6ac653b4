"""The draft's settings of labels: what is a sale, a return, or no row of goods at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.importers.called_off import CANCELLED
from loyalty_cli.importers.called_off import SAY_CALLED_OFF
from loyalty_cli.importers.inspecting.header_words import has_word_of
from loyalty_cli.importers.inspecting.header_words import is_one_of
from loyalty_cli.importers.inspecting.header_words import LINES
from loyalty_cli.importers.inspecting.header_words import NO
from loyalty_cli.importers.inspecting.header_words import PAID_OTHERWISE
from loyalty_cli.importers.inspecting.header_words import RETURN_FLAGS
from loyalty_cli.importers.inspecting.header_words import words_for
from loyalty_cli.importers.inspecting.header_words import YES
from loyalty_cli.importers.inspecting.return_words import has_return_word
from loyalty_cli.importers.inspecting.return_words import is_return
from loyalty_cli.importers.inspecting.return_words import RETURNS
from loyalty_cli.importers.inspecting.return_words import SALES
from loyalty_cli.importers.inspecting.seen_columns import MOST_LABELS
from loyalty_cli.importers.inspecting.seen_receipts import cell
from loyalty_cli.importers.inspecting.seen_receipts import negatives
from loyalty_cli.importers.inspecting.seen_receipts import rows_of_receipts
from loyalty_cli.importers.layouts.labels import calls_off
from loyalty_cli.importers.receipts.discount_rows import DISCOUNT
from loyalty_cli.model.shown.phrase import phrase

# A code such as R may mean anything in a column of another name.
SHORTEST_WORD = 3
# A longer text is a remark, not a label.
LONGEST_LABEL = 60
# A name that says kind so well is about sales and returns; the kind of payment is something else.
SAYS_KIND = 60

Sold = tuple[str, ...]
# What tells one row from another, and what tells only what was sold.
SOLD = ("product", "product_name", "quantity", "amount", "total")
GOODS = ("product", "product_name")

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.importers.inspecting.inspection import Inspection
    from loyalty_cli.importers.inspecting.seen_columns import SeenColumn
    from loyalty_cli.model.shown.phrase import Phrase


def kinds_settled(of: Inspection) -> bool:
    """The labels of sales and returns; whether returns are told by them."""
    column = of_kinds(of)
    if column is None or not column.texts or len(column.texts) > MOST_LABELS:
        return False
    flag = has_word_of(column.name, tuple(RETURN_FLAGS.split("; ")))
    returns = labels(column, YES) if flag else returns_of(of, column)
    sales = labels(column, NO) if flag else labels(column, SALES)
    goods, gone = labels(column, LINES), gone_of(column)
    paid = labels(column, PAID_OTHERWISE)
    of.found("kind", phrase("Kinds of rows"), counted(column), phrase("In the column {name}.", name=column.name))
    if goods and paid:
        ask = phrase("Rows are of several kinds: {labels}. Which of them are goods?", labels=counted(column))
        of.draft.ask("keep", ask, [{of.place_of(column): goods}])
        return False
    off = tuple(label for label in column.texts if DISCOUNT.search(label) and all(below_zero(of, column, {label})))
    unknown = tuple(label for label in column.texts if label not in (*returns, *sales, *gone, *off))
    if not returns:
        if len(column.texts) > 1 and unknown and not flag and words_for(column.name).get("kind", 0) >= SAYS_KIND:
            return returns_asked(of, column, unknown)
        return False
    of.draft.settle("columns.kind", of.place_of(column))
    of.draft.settle("sale_labels", (*(sales or unknown), *off))
    sure = tuple(label for label in returns if label not in gone or has_return_word(label))
    if len(sure) == len(returns) or is_told_by_sign(of, column, set(returns) - set(sure)):
        of.draft.settle("return_labels", returns)
    else:
        # A Storno with an amount of its own gives back what a sale says, or is that sale, called off.
        of.draft.ask("return_labels", which_are_returns(column), [returns, *filter(None, [sure])])
    if sales and unknown:
        ask = phrase("What are rows with {labels}? They are set aside unless they are left out here:", labels=", ".join(unknown))
        of.draft.ask("ignore", ask, [{of.place_of(column): unknown}])
    return True


def returns_asked(of: Inspection, column: SeenColumn, unknown: tuple[str, ...]) -> bool:
    """Labels of kinds of which none is known: some of them may be returns, unless a sign tells those."""
    if is_told_by_sign(of, column, column.texts):
        return False
    place = of.place_of(column)
    of.draft.settle("columns.kind", place)
    of.draft.ask("return_labels", which_are_returns(column), [(label,) for label in unknown])
    return True


def which_are_returns(column: SeenColumn) -> Phrase:
    """The question which labels say that goods came back."""
    return phrase("Which of these are returns: {labels}? If none is, leave the lines as they are.", labels=counted(column))


def is_told_by_sign(of: Inspection, column: SeenColumn, said: Collection[str]) -> bool:
    """Whether amounts or quantities below zero tell what came back on rows with some labels; so they do where no row is known."""
    if of.cells is None:
        return True
    return any(below_zero(of, column, said))


def below_zero(of: Inspection, column: SeenColumn, said: Collection[str]) -> list[bool]:
    """Of each row with some labels whether its amount or quantity is below zero."""
    below = negatives(of.cells, ("quantity", "amount", "total"), lambda _: False) if of.cells is not None else []
    return [minus for minus, row in zip(below, of.table.rows, strict=False) if cell(row, column) in said]


def of_kinds(of: Inspection) -> SeenColumn | None:
    """The column of kinds of rows: by its name, or one without a meaning whose labels say return."""
    named = of.means.get("kind")
    if named is not None and named.texts:
        return named
    free = [column for column in of.columns if column.texts and not of.means.word_of(column) and len(column.texts) <= MOST_LABELS]
    flags = [column for column in free if has_word_of(column.name, tuple(RETURN_FLAGS.split("; "))) and labels(column, YES)]
    says = [column for column in free if any(len(label) > SHORTEST_WORD for label in labels(column, RETURNS))]
    return next(iter([*flags, *says]), None)


def counted(column: SeenColumn) -> str:
    """A column's labels, each with how often it stands there."""
    return ", ".join(f"{label} ({count})" for label, count in column.texts.most_common())


def returns_of(of: Inspection, column: SeenColumn) -> tuple[str, ...]:
    """The labels of a column of kinds that say that goods came back, or that a row above is taken back, as Сторно below zero does."""
    back = {label for label in gone_of(column) if has_twins(of, column, (label,), words=GOODS) and all(below_zero(of, column, {label}))}
    return tuple(label for label in column.texts if len(label) <= LONGEST_LABEL and (is_return(label) or label in back))


def gone_of(column: SeenColumn) -> tuple[str, ...]:
    """The labels that say that a receipt was called off."""
    known = labels(column, CANCELLED)
    return tuple(label for label in column.texts if label in known or calls_off(label, SAY_CALLED_OFF))


def gone_beside_returns(of: Inspection, kind: SeenColumn) -> tuple[str, ...]:
    """The labels of a column of kinds that say that a receipt was called off, and not that goods came back, as Storno does."""
    returns = returns_of(of, kind)
    return tuple(label for label in gone_of(kind) if label not in returns)


def has_twins(of: Inspection, column: SeenColumn, gone: tuple[str, ...], words: Sequence[str] = SOLD) -> bool:
    """Whether a row that is called off stands beside as it was sold, too: then leaving one of them out is not enough."""
    return any(off & others for off, others in sold_on_receipts(of, column, gone, words))


def sold_on_receipts(
    of: Inspection, column: SeenColumn, gone: tuple[str, ...], words: Sequence[str] = SOLD
) -> Iterator[tuple[set[Sold], set[Sold]]]:
    """What each receipt has on rows that labels call off, and on its others, by some words; without a sign, which takes back."""
    if of.cells is None or of.key is None or not gone:
        return
    words = [word for word in words if word in of.cells.of_word] or [word for word in SOLD if word in of.cells.of_word]
    for rows in rows_of_receipts(of.cells, of.key):
        found: tuple[set[Sold], set[Sold]] = (set(), set())
        for row in rows:
            text = cell(of.table.rows[row], column)
            # Below the first row a blank may say the same as that; there it says that the row was sold.
            if text or row == rows[0]:
                found[text not in gone].add(tuple(of.cells.of_word[word][row].strip("- ") for word in words))
        yield found


def labels(column: SeenColumn, names: str) -> tuple[str, ...]:
    """The labels of a column that are among some words."""
    return tuple(label for label in column.texts if len(label) <= LONGEST_LABEL and is_one_of(label, names))
