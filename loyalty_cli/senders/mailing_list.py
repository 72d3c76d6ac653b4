"""Lists for a mailing service: only who agrees, and a second file of who has withdrawn, so that nobody is subscribed again.

A service is a file of mailing/ with the columns its import takes; its docstring has the evidence (A: the service's own page).
"""

from __future__ import annotations

import csv
import importlib
import io
from dataclasses import dataclass
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.senders.files import FORMULA

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

SERVICES = ("mailchimp", "brevo", "mailerlite", "getresponse", "unisender", "sendsay")


class Subscriber(NamedTuple):
    """Who is written to; the birthday is `1980-05-17`, `05-17` or ''."""

    email: str
    first_name: str
    last_name: str
    language: str
    birthday: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What is known of a service's import.

    `columns` are headings with what stands under them: email, first_name, last_name, language, birthday, month_day. Texts are
    cut at `longest` bytes. `withdrawn` are the columns of the second file; without a header where the service takes none.
    """

    name: str
    evidence: str
    columns: Mapping[str, str]
    withdrawn: Mapping[str, str]
    withdrawn_header: bool = True
    delimiter: str = ","
    longest: int | None = None
    date_mark: str = "-"
    ending: str = "csv"


def service_named(name: str) -> Service:
    """What is known of one."""
    found: Service = importlib.import_module(f"loyalty_cli.senders.mailing.{name}").SERVICE
    return found


def subscribers_file(service: Service, people: Iterable[Subscriber]) -> bytes:
    """Who agrees."""
    return rows_of(service, service.columns, people, header=True)


def withdrawn_file(service: Service, people: Iterable[Subscriber]) -> bytes:
    """Who does not any more."""
    return rows_of(service, service.withdrawn, people, header=service.withdrawn_header)


def rows_of(service: Service, columns: Mapping[str, str], people: Iterable[Subscriber], *, header: bool) -> bytes:
    """A file of people."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=service.delimiter)
    if header:
        writer.writerow(columns)
    for one in people:
        writer.writerow([cut(cell_of(one, what, service), service.longest) for what in columns.values()])
    return text.getvalue().encode()


def cell_of(one: Subscriber, what: str, service: Service) -> str:
    """What stands in a cell."""
    if what.startswith("="):
        return what[1:]
    if what == "month_day":
        return one.birthday[-5:].replace("-", service.date_mark)
    if what == "birthday":
        return one.birthday if len(one.birthday) == len("1980-05-17") else ""
    text = str(getattr(one, what))
    return f"'{text}" if text.startswith(FORMULA) else text


def cut(text: str, longest: int | None) -> str:
    """A text of so many bytes at most, never in the middle of a letter.

    >>> cut("Łucja", 3), cut("Ana", None)
    ('Łu', 'Ana')
    """
    return text if longest is None else text.encode()[:longest].decode("utf-8", "ignore")
