"""Who would recommend the shop, and may be asked to say so in public: by the last answer, and with no complaint open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.in_force import program_on
from loyalty_cli.reports.question import basis_happened
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.by_hand import erased_by
from loyalty_cli.store.feedback.answers import scores_of_many
from loyalty_cli.store.feedback.complaints import complaining
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"dates", "limit"})
COLUMNS = (
    Column(name="day", heading="Day", kind="day"),
    Column(name="card", heading="Card", kind="code"),
    Column(name="name", heading="Name"),
    Column(name="email", heading="E-mail"),
    Column(name="phone", heading="Telephone", kind="code"),
    Column(name="score", heading="Score", kind="count"),
)
MEMBER = """
SELECT (SELECT number FROM card WHERE member_id = m.id ORDER BY id LIMIT 1), m.name, m.email, m.phone
FROM member AS m WHERE m.id = :member"""


def table(connection: Connection, question: Question) -> Table:
    """One row for each member whose last answer is a 9 or a 10, or a 5 of 5, the latest first."""
    page = Page(
        name="reviews",
        title=phrase("Who may be asked for a public review"),
        basis=basis_happened(question),
        empty=phrase("Nobody's last answer was a 9 or a 10."),
        notes=[*links(connection, question), phrase("Asking is advertising: only those who agreed to it may be written to.")],
    )
    silent, span = complaining(connection) | erased_by(connection, question.today), question.span
    last = dict(scores_of_many(connection))
    glad = [(answer.day, member, answer.score) for member, answer in last.items() if answer.promotes and member not in silent]
    rows = [
        (day, *rows_of(connection, MEMBER, {"member": member})[0], score)
        for day, member, score in sorted(glad, key=lambda each: (-each[0], each[1]))
        if span["first"] <= day <= span["last"]
    ]
    return tabled(question, page, COLUMNS, rows)


def links(connection: Connection, question: Question) -> list[Phrase]:
    """Where the shop wants to be reviewed, as its program says."""
    program = program_on(connection, question.today)
    known = program.feedback.reviews if program and program.feedback else {}
    return [phrase("{name}: {link}", name=name, link=link) for name, link in known.items()]
