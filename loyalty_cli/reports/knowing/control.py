"""Who is kept out of which rule by chance, and how that was worked out, so that anybody can check it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.chance import chance_of
from loyalty_cli.model.chance import number_for
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.in_force import program_on
from loyalty_cli.reports.knowing.groups import groups_of
from loyalty_cli.reports.knowing.groups import named
from loyalty_cli.reports.knowing.groups import not_known
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.ledger.chances import key_of
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.chance import KeptOut
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"about", "as-of", "limit"})
COLUMNS = (
    Column(name="card", heading="First card", kind="code"),
    Column(name="name", heading="Name"),
    Column(name="rule", heading="Rule", kind="posted"),
    Column(name="share", heading="Share", kind="percent"),
    Column(name="number", heading="Number", kind="number"),
    Column(name="group", heading="Group", kind="word"),
)
# Any card of a member finds them; it is the first one that chance goes by.
MEMBERS = """
SELECT first.number, member.name FROM member JOIN card first ON first.id = (SELECT min(id) FROM card WHERE member_id = member.id)
 WHERE :card = '' OR EXISTS (SELECT 1 FROM card WHERE card.member_id = member.id AND card.number = :card)
 ORDER BY first.number
"""


def table(connection: Connection, question: Question) -> Table:
    """Each member with each rule that has a control group; of one rule or one card, where one is named."""
    program = program_on(connection, question.day or question.today)
    groups = groups_of(program) if program else []
    rules = [group.rule for group in groups]
    meant = [group for group in groups if group.rule in named(rules, question.about)]
    card = "" if meant else question.about
    found = list(rows(connection, meant or groups, card))
    if card and groups and not found:
        raise not_known(card, rules)
    how = phrase(
        "The number of a card is the first 64 bits of HMAC-SHA256(HMAC-SHA256(key, card), rule), as a part of 100; below the share it "
        "is kept out. The key is {key}.",
        key=key_of(connection).hex(),
    )
    page = Page(
        name="control",
        title=phrase("Control groups"),
        basis=phrase("By the program in force on that day; a member's first card decides, for ever."),
        empty=phrase("Nobody is kept out of a rule by chance here; the word for it in the program is control."),
        notes=[how] if groups else [],
    )
    return tabled(question, page, COLUMNS, found)


def rows(connection: Connection, groups: Sequence[KeptOut], card: str) -> Iterator[tuple[Cell, ...]]:
    """One row for each member and rule."""
    key = key_of(connection)
    for first, name in rows_of(connection, MEMBERS, {"card": card}) if groups else ():
        chance = chance_of(key, str(first))
        for group in groups:
            number = number_for(chance, group.rule)
            yield first, name, group.rule, group.share, f"{number / 100:.2f}", "kept out" if group.has(chance) else "has it"
