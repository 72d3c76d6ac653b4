"""Reading program.yaml: each block against the kind its word names, all mistakes at once."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from typing import cast
from typing import TYPE_CHECKING

from loyalty_cli.model.days import Day
from loyalty_cli.model.days import NEVER
from loyalty_cli.model.money import Currency
from loyalty_cli.model.money import currency_named
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.program.blocks.gifts import GiftTerms
from loyalty_cli.program.blocks.goals import GoalBlock
from loyalty_cli.program.blocks.stores import StoreFiles
from loyalty_cli.program.cross_checks import cross_check
from loyalty_cli.program.head import Head
from loyalty_cli.program.messages_read import messages_of
from loyalty_cli.program.program import NIGHTLY_STEPS
from loyalty_cli.program.program import Program
from loyalty_cli.program.program import TILL_EXPORT
from loyalty_cli.program.reader import coupons_of
from loyalty_cli.program.reader import Reader
from loyalty_cli.program.segments_read import segments_of
from loyalty_cli.program.tasks import with_tasks
from loyalty_cli.reading.meant_days import is_zone
from loyalty_cli.reading.meant_days import zone_refused
from loyalty_cli.reading.owners_words import in_english
from loyalty_cli.reading.problems import did_you_mean
from loyalty_cli.reading.problems import Problems
from loyalty_cli.reading.text_files import read_text
from loyalty_cli.reading.validated import known_keys
from loyalty_cli.reading.validated import validated
from loyalty_cli.reading.values import day_from
from loyalty_cli.reading.values import more_than_one
from loyalty_cli.reading.values import names_of
from loyalty_cli.reading.values import NotUnderstood
from loyalty_cli.reading.yaml.nodes import found
from loyalty_cli.reading.yaml.nodes import Mapping
from loyalty_cli.reading.yaml.nodes import plain
from loyalty_cli.reading.yaml.nodes import read_yaml
from loyalty_cli.reading.yaml.nodes import Text

if TYPE_CHECKING:
    from pathlib import Path


def load_program(path: Path) -> Program:
    """The program of a file; Mistakes lists every mistake in it."""
    return program_of(read_text(path), path.name)


def program_of(text: str, file: str, *, adopted: bool = False) -> Program:
    """The program of a text; `file` names it in messages. One that was adopted keeps whatever money stands behind its amounts."""
    problems = Problems(file, text)
    root = read_yaml(text, problems)
    program = read_program(root, problems, text, adopted=adopted) if root is not None else None
    if program is None and not problems.found:
        problems.add(1, 1, phrase("The file is empty."), phrase("Make a program to start from: loyalty init"))
    problems.stop_if_any()
    return cast("Program", program)  # without a program there was a problem, and stop_if_any has raised it


def read_program(root: Any, problems: Problems, text: str, *, adopted: bool) -> Program | None:
    """The program of a node tree, or None with mistakes."""
    if isinstance(root, Mapping) and not root.entries:
        return None
    problems.at_margin = tuple(known_keys(Head))
    head = validated(Head, root, problems, where="A program")
    if not isinstance(root, Mapping):
        return None
    root = with_tasks(root, problems)
    code = root.get("currency")
    currency = currency_named(str(plain(code)) if code else "")
    reader = Reader(root, problems, replace(currency, code="") if adopted else currency)
    parts = {**parts_of(reader), "nightly": nightly_of(root, problems)}
    check_timezone(root, problems)
    days = {key: day_in(root, key, problems) for key in ("starts", "ends", "last_redemption")}
    # With mistakes in its first lines the program is still put together, so that the cross-checks can speak too.
    said = head or Head(program="?", currency="XXX", timezone="UTC", starts="")
    program = Program(
        name=said.program,
        language=said.language,
        currency=Currency(code=said.currency, digits=currency.digits),
        timezone=said.timezone,
        country=said.country,
        closed=said.closed,
        terms=said.terms,
        starts=days["starts"] or 0,
        counts_before_start=said.before_start != "counts for nothing",
        ends=days["ends"] or NEVER,
        last_redemption=days["last_redemption"] or NEVER,
        returns_by_line=said.returns != "by money",
        unknown_cards_join=said.unknown_cards == "become members",
        source=text,
        **parts,
    )
    cross_check(program, root, problems)
    return program


def parts_of(reader: Reader) -> dict[str, Any]:
    """The blocks of a program, by the names that the program has for them."""
    ladder, points, discounts = reader.ladder(), reader.points(), reader.discounts()
    rewards = reader.rewards()
    return {
        **reader.single(),
        "stores": reader.named("stores", StoreFiles),
        "ladder": ladder,
        "points": points[0],
        "earn": points[1],
        "discounts": discounts[0],
        "offers": discounts[1],
        "coupons": coupons_of(reader, rewards),
        "gifts": reader.named("gifts", GiftTerms),
        "messages": messages_of(reader, rewards),
        "segments": segments_of(reader),
        "rewards": rewards,
        "draws": reader.draws(),
        "goals": reader.named("goals", GoalBlock),
    }


def day_in(root: Mapping, key: str, problems: Problems) -> Day | None:
    """A date among the first lines of the program."""
    node = root.get(key)
    if node is None:
        return None
    try:
        return day_from(plain(node))
    except NotUnderstood as why:
        problems.add(node.line, node.column, why.what, why.hint)
        return None


def check_timezone(root: Mapping, problems: Problems) -> None:
    """The zone must be one that the system or tzdata knows."""
    node = root.get("timezone")
    if node is None:
        return
    if not is_zone(str(plain(node))):
        problems.add(node.line, node.column, *zone_refused(str(plain(node))))


def nightly_of(root: Mapping, problems: Problems) -> tuple[str, ...]:
    """The steps of the night, each known and once."""
    node = root.get("nightly")
    if node is None:
        return ("backup", "import", "recalc", "coupons")
    if isinstance(node, Text) and len(several := re.split(r"[,;]\s*|\s+", node.text.strip())) > 1:
        better = ", ".join(in_english(step, NIGHTLY_STEPS) or step for step in several)
        problems.add(node.line, node.column, *more_than_one(node.text, f"[{better}]"))
        return ()
    try:
        steps = names_of(plain(node))
    except NotUnderstood as why:
        problems.add(node.line, node.column, why.what, why.hint)
        return ()
    for index, step in enumerate(steps):
        at = found(node, (index,))
        if step not in NIGHTLY_STEPS and ";" in step:
            problems.add(at.line, at.column, *more_than_one(step, f"[{step.replace(';', ',')}]"))
        elif step not in NIGHTLY_STEPS and not (step.startswith(TILL_EXPORT) and step.removeprefix(TILL_EXPORT).strip()):
            problems.add(
                at.line,
                at.column,
                phrase("{step} is not a step of the night.", step=step),
                did_you_mean(step, NIGHTLY_STEPS),
            )
    return steps
