"""The draft's settings of states: a column that says which receipts were paid, which wait, and which were called off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.importers.called_off import CALLED_OFF
from loyalty_cli.importers.called_off import CANCELLED
from loyalty_cli.importers.called_off import DONE
from loyalty_cli.importers.called_off import SAY_CALLED_OFF
from loyalty_cli.importers.inspecting.header_words import NO
from loyalty_cli.importers.inspecting.header_words import YES
from loyalty_cli.importers.inspecting.labels import counted
from loyalty_cli.importers.inspecting.labels import labels
from loyalty_cli.importers.inspecting.labels import of_kinds
from loyalty_cli.importers.inspecting.seen_columns import MOST_LABELS
from loyalty_cli.importers.layouts.labels import calls_off
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from loyalty_cli.importers.inspecting.inspection import Inspection
    from loyalty_cli.importers.inspecting.seen_columns import SeenColumn

Labels = dict[str, tuple[str, ...]]


def states_settled(of: Inspection) -> None:
    """What says that a receipt does not count, whatever its column is called; what could say so is asked."""
    flagged: Labels = {}
    column = of.means.get("cancelled")
    if column is not None and column.texts:
        flagged |= flag_settled(of, column)
    kind = of_kinds(of)
    if kind is not None and kind.texts and (gone := gone_of(kind)):
        flagged[of.place_of(kind)] = gone
    told: list[str] = []
    unknown: Labels = {}
    certain = True
    for status in columns_of_states(of):
        place = of.place_of(status)
        gone = gone_of(status)
        others = tuple(label for label in status.texts if label not in gone and label not in labels(status, DONE))
        of.found("status", phrase("Status"), counted(status), phrase("In the column {name}.", name=status.name))
        told.append(counted(status))
        flagged[place] = gone or CALLED_OFF
        # Words that all are known are no question; what one of them leaves out is said beside it.
        certain = certain and (not gone or not others)
        if others:
            unknown[place] = others
    said = "; ".join(told)
    if unknown:
        with_unknown = {place: (*(gone if gone is not CALLED_OFF else ()), *unknown.get(place, ())) for place, gone in flagged.items()}
        ask = phrase("Which receipts do not count? Those of the status you write here. Status: {labels}", labels=said)
        of.draft.ask("cancelled", ask, [with_unknown, flagged])
    elif told and not certain:
        ask = phrase("Does this say which receipts do not count? Status: {labels}", labels=said)
        of.draft.ask("cancelled", ask, [flagged], flagged)
    elif flagged:
        so_far = phrase("Receipts whose status begins with one of these do not count, once there are such.")
        known = phrase("Receipts of this status do not count. Status: {labels}", labels=said)
        remark = None if not told else so_far if all(each is CALLED_OFF for each in flagged.values()) else known
        of.draft.settle("cancelled", flagged, remark)


def flag_settled(of: Inspection, column: SeenColumn) -> Labels:
    """A column that is called cancelled: with yes and no, with the word itself, or filled where it is so."""
    place = of.place_of(column)
    said_yes, said_no = labels(column, YES), labels(column, NO)
    if said_yes or said_no:
        return {place: said_yes or ("yes", "tak", "да", "da", "1", "true", "x")}
    if gone := gone_of(column):
        return {place: gone}
    if column.empty:
        remark = phrase("A receipt with anything in this column does not count.")
        of.draft.settle("columns.cancelled", place, remark)
        return {}
    ask = phrase("Does this say which receipts do not count? Status: {labels}", labels=counted(column))
    least = column.texts.most_common()[-1][0]
    of.draft.ask("cancelled", ask, [{place: (least,)}])
    return {}


def gone_of(column: SeenColumn) -> tuple[str, ...]:
    """The labels that say that a receipt was called off."""
    known = labels(column, CANCELLED)
    return tuple(label for label in column.texts if label in known or calls_off(label, SAY_CALLED_OFF))


def columns_of_states(of: Inspection) -> list[SeenColumn]:
    """The columns of few labels that name states, by their name or by the labels."""
    named = of.means.get("status")
    used = [value for entry in of.draft.entries for value in entry.places]
    found = []
    for column in of.columns:
        if not column.texts or len(column.texts) > MOST_LABELS or column in {of.means.get("cancelled"), of.means.get("kind")}:
            continue
        free = not of.means.word_of(column)
        says = gone_of(column) or labels(column, DONE)
        if column is named or (free and says and of.place_of(column) not in used):
            found.append(column)
    return found
