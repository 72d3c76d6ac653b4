"""Finds every English text of the program that people see: read out of the code, so none is forgotten."""

from __future__ import annotations

import ast
import functools
import re
from pathlib import Path

from loyalty_cli.cli.group import first_sentence
from loyalty_cli.exporters.all_targets import all_targets
from loyalty_cli.exporters.layout import TillFile
from loyalty_cli.importers.all_importers import all_tills
from loyalty_cli.importers.column_words import SAID
from loyalty_cli.importers.layouts.columns import Columns
from loyalty_cli.importers.layouts.layout import Layout
from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.errors import StoreTrouble
from loyalty_cli.operations.shop.init import TEMPLATES
from loyalty_cli.program.kinds import kinds_texts
from loyalty_cli.reports.all_reports import ALL_REPORTS
from loyalty_cli.reports.knowing.joined import WITHIN
from loyalty_cli.store.seals.tables import OTHERWISE
from loyalty_cli.store.troubles import TROUBLES

PACKAGE = Path(__file__).parents[2] / "loyalty_cli"
# Which argument of a call is the text: phrase(text, plural), StoreTrouble(code, text), Column(heading=text).
PHRASES = {"phrase", "Phrase"}
FIRST = {*PHRASES, "BadParameter", LoyaltyError.__name__, Refused.__name__, ExportRefused.__name__, "word"}
SECOND = {StoreTrouble.__name__}

# Fixed words that come out of the database or are put together from parts.
WORDS = [
    *("up", "down", "can rise", "may drop"),
    *("issued", "used", "lapsed", "withdrawn", "voided", "owed", "no longer owed", "used in part"),
    *("winner", "reserve", "purchases", "members", "products", "redemptions"),
    *("open", "accepted", "rejected", "yes", "no"),
    *("balances", "totals", "mended", "left"),
    *("flat tax", "income tax", "no tax", "not verified", "not claimed", "refused", "expired"),
    *("broken link", "receipt", "lines", "closed month", "pack", "entry", "standing", "structure"),
    *("file", "default"),
    *("give", "move", "assign", "redeem", "lost", "block", "event", "choose", "hand out", "revert", "tier", "erase"),
    *("new member", "merge", "other facts", "later changes", "a place in closed months"),
    *("groups", "consent", "blocked", "card", "receipts", "entries", "coupons"),
    *("discount", "points", "many in an hour", "two stores at once", "one card all day", "round amounts", "returned after redeeming"),
    *("deferral", "provision", "sold", "discount of the till", "coupon"),
    *("proofs that do not hold", "months before that changed", "ties of closed months that do not hold"),
    *("program", "month", "made on", "release of loyalty", "policy", "version of the program", "entries", "proof"),
    *("given by hand", "use undone", "member changed", "coupon voided", "conflict accepted", "conflict rejected", "row dropped"),
    *("import reverted", "program adopted", "month closed", "run taken back", "draw closed", "ticket voided", "store merged"),
    *("prize accepted", "prize refused", "prize expired", "till total typed"),
    *("Counted for the tier", "Pending points", "Next tier", "Missing", "Benefits", "Used since that day"),
    *("reached", "on the way", "not on the way", "not known yet", "at least", "below"),
    *("ready", "not yet", "not at this hour", "no advertising on this day", "enough for now", "an open complaint"),
    *("no address", "no consent", "too late", "no text in the program", "begun", "sent", "again", "doubtful", "dropped"),
    *("when they come", "cashier", "slip"),
    *("email", "sms", "letter", "phone", "advertising", "service", "survey"),
    *("birthday", "name day"),
    *("visitor", "buyer", "client", "advocate", "sleeping", "lost"),
    *TEMPLATES.values(),
    *SAID,
    *(f"In {days} days" for days in WITHIN),
    *(each.description for block in (Layout, Columns, TillFile) for each in block.model_fields.values() if each.description),
    "{file} has mistakes: {count}.",
]
SPANS = [("{count} day", "{count} days"), ("{count} week", "{count} weeks")]
SPANS += [("{count} month", "{count} months"), ("{count} year", "{count} years")]

# What Typer says around our words.
TYPERS = {"Options", "Arguments", "Commands", "default: {default}", "env var: {var}", "Show this message and exit."}
TYPERS |= {"Install completion for the current shell.", "Show completion for the current shell, to copy it or customize the installation."}

# Functions whose arguments are all sentences: the refusal and its hint.
EVERY = {"refuse", "note"}

Texts = dict[str, str | None]


class Collector(ast.NodeVisitor):
    """The texts of one module, each with its plural; names are followed to what is assigned to them."""

    def __init__(self, module: ast.Module) -> None:
        self.found: Texts = {}
        self.assigned: dict[str, set[str]] = {}
        for node in ast.walk(module):
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                for target, value in ((each, node.value) for each in targets):
                    pairs = [(target, value)]
                    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):  # first, text = rows[0], "…"
                        pairs = list(zip(target.elts, value.elts, strict=False))
                    for one, said in pairs:
                        self.assigned.setdefault(ast.unparse(one), set()).update(sentences(said))
        self.visit(module)

    def visit_Call(self, call: ast.Call) -> None:
        """The texts in one call, and in the calls inside it."""
        name = called(call)
        if name == "Column":
            headings = [keyword.value for keyword in call.keywords if keyword.arg == "heading"]
            self.found.update(dict.fromkeys(text for heading in headings for text in self.texts(heading)))
        elif name in EVERY:
            said = [text for argument in call.args for text in self.texts(argument)]
            self.found.update(dict.fromkeys(text for text in said if text[:1] in "{&*`" or " " in text))
        elif name in FIRST or name in SECOND:
            self.text_and_plural(name, call.args[1:] if name in SECOND else call.args)
        self.generic_visit(call)

    def text_and_plural(self, name: str, arguments: list[ast.expr]) -> None:
        """The first argument is the text; a phrase may have its plural behind it."""
        texts = self.texts(arguments[0]) if arguments else set()
        plurals = self.texts(arguments[1]) if name in PHRASES and len(arguments) > 1 else set()
        for text in texts - {""}:
            self.found[text] = next(iter(plurals), None)

    def texts(self, node: ast.expr) -> set[str]:
        """What is written out, or assigned to the name that stands here."""
        name = node.value if isinstance(node, ast.Subscript) else node
        return sentences(node) or self.assigned.get(ast.unparse(name), set())


def called(call: ast.Call) -> str:
    """The name of the function or method."""
    if isinstance(call.func, ast.Name):
        return call.func.id
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def sentences(node: ast.expr | None) -> set[str]:
    """Every text an expression can be: written out, one of two, or one of a table's values."""
    match node:
        case ast.Constant(value=str() as text):
            return {text}
        case ast.IfExp(body=first, orelse=second):
            return sentences(first) | sentences(second)
        case ast.Dict(values=values) | ast.Tuple(elts=values):
            return {text for value in values for text in sentences(value)}
        case _:
            return set()


@functools.cache
def every_text() -> Texts:
    """What must be in every catalogue: whatever the program can say to people."""
    found: Texts = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for text, plural in Collector(ast.parse(path.read_text(encoding="utf-8"))).found.items():
            found[text] = found.get(text) or plural
    found.update({text: None for _, text in TROUBLES.values()})
    found.update(catalogue_lines())
    found.update(dict.fromkeys(WORDS))
    found.update(SPANS)
    found.update(dict.fromkeys(kinds_texts()))
    found.update(dict.fromkeys([*(till.title for till in all_tills()), *(target.title for target in all_targets())]))
    found.update(dict.fromkeys(OTHERWISE.values()))
    return found


def catalogue_lines() -> Texts:
    """The one line of help of each report, shown by `loyalty report`."""
    return {line: None for _, line in ALL_REPORTS.values()}


@functools.cache
def whatever_is_written() -> frozenset[str]:
    """Every text that stands anywhere in the code, and every word in capitals: nothing else can ever be looked up."""
    found = {*every_text(), *TYPERS}
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= {node.value, " ".join(node.value.split()), first_sentence(node.value), *re.findall("[A-Z]+", node.value)}
            elif isinstance(node, ast.arg):
                found.add(node.arg.upper())
    return frozenset(found)
