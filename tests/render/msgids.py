"""Finds every English text of the program that people see: read out of the code, so none is forgotten."""

from __future__ import annotations

import ast
from pathlib import Path

from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.errors import StoreTrouble
from loyalty_cli.reports.all_reports import ALL_REPORTS
from loyalty_cli.store.database import TROUBLES

PACKAGE = Path(__file__).parents[2] / "loyalty_cli"
# Which argument of a call is the text: phrase(text, plural), StoreTrouble(code, text), Column(heading=text).
FIRST = {"phrase", "Phrase", LoyaltyError.__name__, Refused.__name__, ExportRefused.__name__, "word"}
SECOND = {StoreTrouble.__name__}

# Fixed words that come out of the database or are put together from parts.
WORDS = [
    *("up", "down", "can rise", "may drop"),
    *("issued", "used", "lapsed", "withdrawn", "voided", "owed", "no longer owed"),
    *("winner", "reserve", "purchases", "members", "products", "redemptions"),
    *("open", "accepted", "rejected", "yes", "no"),
    "{file} has mistakes: {count}.",
]
SPANS = [("{count} day", "{count} days"), ("{count} week", "{count} weeks")]
SPANS += [("{count} month", "{count} months"), ("{count} year", "{count} years")]

# Modules outside those folders whose words are everybody's.
MODULES = (
    *("cli/show.py", "cli/troubles.py", "cli/streams.py", "cli/written_file.py", "cli/dates_said.py"),
    *("operations/report.py", "store/database.py", "store/lock.py"),
)

Texts = dict[str, str | None]


def texts_in(path: Path) -> Texts:
    """The texts of one module, each with its plural."""
    found: Texts = {}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            found.update(texts_of(node))
    return found


def texts_of(call: ast.Call) -> Texts:
    """The texts in one call."""
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    arguments = [literal(argument) for argument in call.args]
    if name == "Column":
        headings = [literal(keyword.value) for keyword in call.keywords if keyword.arg == "heading"]
        return {heading: None for heading in headings if heading}
    if name in SECOND:
        arguments = arguments[1:]
    elif name not in FIRST:
        return {}
    text = arguments[0] if arguments else None
    plural = arguments[1] if name in {"phrase", "Phrase"} and len(arguments) > 1 else None
    return {text: plural} if text else {}


def literal(node: ast.expr) -> str | None:
    """A text that is written out."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def every_text() -> Texts:
    """What must be in every catalogue: reports, pages, and what the command line says about itself."""
    found: Texts = {}
    for folder in ("reports", "render"):
        for path in sorted((PACKAGE / folder).glob("*.py")):
            found.update(texts_in(path))
    for name in MODULES:
        found.update(texts_in(PACKAGE / name))
    found.update({text: None for _, text in TROUBLES.values()})
    found.update(catalogue_lines())
    found.update(dict.fromkeys(WORDS))
    found.update(SPANS)
    return found


def catalogue_lines() -> Texts:
    """The one line of help of each report, shown by `loyalty report`."""
    return {line: None for _, line in ALL_REPORTS.values()}
