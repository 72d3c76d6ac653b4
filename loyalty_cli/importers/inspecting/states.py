"""The draft's settings of states: a column that says which receipts were paid, which wait, and which were called off."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from loyalty_cli.importers.called_off import CALLED_OFF
from loyalty_cli.importers.called_off import CANCELLED
from loyalty_cli.importers.called_off import DONE
from loyalty_cli.importers.called_off import SAY_CALLED_OFF
from loyalty_cli.importers.inspecting.header_words import NO
from loyalty_cli.importers.inspecting.header_words import YES
from loyalty_cli.importers.inspecting.labels import counted
from loyalty_cli.importers.inspecting.labels import gone_beside_returns
from loyalty_cli.importers.inspecting.labels import gone_of
from loyalty_cli.importers.inspecting.labels import has_twins
from loyalty_cli.importers.inspecting.labels import labels
from loyalty_cli.importers.inspecting.labels import of_kinds
from loyalty_cli.importers.inspecting.labels import sold_on_receipts
from loyalty_cli.importers.inspecting.seen_columns import MOST_LABELS
from loyalty_cli.importers.layouts.labels import calls_off
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from loyalty_cli.importers.inspecting.inspection import Inspection
    from loyalty_cli.importers.inspecting.seen_columns import SeenColumn

Labels = dict[str, tuple[str, ...]]

# What is asked and said where a state calls off whole receipts, and where single rows of them.
WHICH = {
    "cancelled": "Which receipts do not count? Those of the status you write here. Status: {labels}",
    "ignore": "Which rows do not count? Those of the status you write here; others of their receipts do. Status: {labels}",
}
DOES_IT = {
    "cancelled": "Does this say which receipts do not count? Status: {labels}",
    "ignore": "Does this say which rows do not count? Others of their receipts do. Status: {labels}",
}
KNOWN = {
    "cancelled": "Receipts of this status do not count. Status: {labels}",
    "ignore": "Rows of this status do not count; others of their receipts do. Status: {labels}",
}


@dataclass(slots=True)
class States:
    """What columns say of the same things, receipts or rows: what is called off by known words, and labels that are unknown.

    Rows that are called off may have twins, which are the same rows as they were sold.
    """

    flagged: Labels = field(default_factory=dict)
    unknown: Labels = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    certain: bool = True
    twins: bool = False


def states_settled(of: Inspection) -> None:
    """What says that a receipt or a row does not count, whatever its column is called; what could say so is asked."""
    found = {"cancelled": States(), "ignore": States()}
    column = of.means.get("cancelled")
    if column is not None and column.texts:
        flagged = flag_settled(of, column)
        found[setting_of(of, column, flagged.get(of.place_of(column), ()))].flagged |= flagged
    kind = of_kinds(of)
    if kind is not None and kind.texts and (gone := gone_beside_returns(of, kind)):
        states = found[setting_of(of, kind, gone)]
        states.flagged[of.place_of(kind)] = gone
        if has_twins(of, kind, gone):
            states.told.append(counted(kind))
            states.twins = True
    for status in columns_of_states(of):
        gone = gone_of(status)
        states, place = found[setting_of(of, status, gone)], of.place_of(status)
        others = tuple(label for label in status.texts if label not in gone and label not in labels(status, DONE))
        of.found("status", phrase("Status"), counted(status), phrase("In the column {name}.", name=status.name))
        states.told.append(counted(status))
        states.flagged[place] = gone or CALLED_OFF
        # Words that all are known are no question; what one of them leaves out is said beside it.
        states.certain = states.certain and (not gone or not others)
        states.twins = states.twins or has_twins(of, status, gone)
        if others:
            states.unknown[place] = others
    for setting, states in found.items():
        decided(of, setting, states)


def decided(of: Inspection, setting: str, states: States) -> None:
    """Settle what is certain of states, and ask about the rest."""
    flagged, said = states.flagged, "; ".join(states.told)
    if states.unknown:
        of_known = {place: gone if gone is not CALLED_OFF else () for place, gone in flagged.items()}
        with_unknown = {place: (*gone, *states.unknown.get(place, ())) for place, gone in of_known.items()}
        of.draft.ask(setting, phrase(WHICH[setting], labels=said), [with_unknown, flagged])
    elif said and (states.twins or not states.certain):
        of.draft.ask(setting, phrase(DOES_IT[setting], labels=said), [flagged], None if states.twins else flagged)
    elif flagged:
        so_far = phrase("Receipts whose status begins with one of these do not count, once there are such.")
        known = phrase(KNOWN[setting], labels=said)
        remark = None if not said else so_far if all(each is CALLED_OFF for each in flagged.values()) else known
        of.draft.settle(setting, flagged, remark)


def setting_of(of: Inspection, column: SeenColumn, gone: tuple[str, ...]) -> str:
    """Whether labels call off whole receipts, or single rows: then some receipt has others beside them."""
    return "ignore" if any(off and others for off, others in sold_on_receipts(of, column, gone)) else "cancelled"


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


def columns_of_states(of: Inspection) -> list[SeenColumn]:
    """The columns of few labels that name states, by their name or by the labels."""
    named = of.means.get("status")
    used = [value for entry in of.draft.entries for value in entry.places]
    found = []
    for column in of.columns:
        if not column.texts or len(column.texts) > MOST_LABELS or column in {of.means.get("cancelled"), of.means.get("kind")}:
            continue
        free = not of.means.word_of(column)
        # Within a remark, which few rows have, such a word may be about anything.
        known = SAY_CALLED_OFF if column.filled == len(of.table.rows) else CALLED_OFF
        says = any(calls_off(text, known) for text in column.texts) or labels(column, CANCELLED) or labels(column, DONE)
        if column is named or (free and says and of.place_of(column) not in used):
            found.append(column)
    return found
