"""`loyalty doctor`: everything that can be wrong with a shop's folder, looked at in one go, each with what to do. Changes nothing."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Mistakes
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.kept_phrase import kept
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.operations.program.check import check_program
from loyalty_cli.operations.shop.check import check
from loyalty_cli.operations.shop.status import status

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.problem import Problem
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.open_shop import Shop

IN_ORDER, LOOK, TROUBLE = "in order", "look here", "trouble"
COLUMNS = (
    Column(name="what", heading="What", kind="word"),
    Column(name="state", heading="State", kind="word"),
    Column(name="detail", heading="What was found, and what to do", kind="said"),
)


class Finding(NamedTuple):
    """What one look has found: what was looked at, how it is, and a sentence."""

    what: str
    state: str
    said: Phrase


def doctor(shop: Shop, computer: Mapping[str, str]) -> tuple[Outcome, Sequence[Problem]]:
    """Look at the program, the folder and its nights, and the database; `computer` says which versions are at work.

    Besides what was found, the mistakes in files, each to be shown with its line.
    """
    looks: dict[str, Callable[[Shop], Outcome]] = {
        "program file": check_program,
        "folder and nights": status,
        "database and books": check,
    }
    versions = ", ".join(version if name == "system" else f"{name} {version}" for name, version in computer.items())
    findings, codes = [Finding("this computer", IN_ORDER, phrase("{name}", name=versions))], []
    problems: list[Problem] = []
    for what, look in looks.items():
        found, code = looked(what, look, shop, problems)
        findings += found
        codes += [code] if code else []
    amiss = sum(finding.state != IN_ORDER for finding in findings)
    said = phrase("{count} thing to look at.", "{count} things to look at.", count=amiss)
    data: dict[str, object] = {
        "computer": dict(computer),
        "findings": [{"what": each.what, "state": each.state} for each in findings],
        "amiss": amiss,
        "problems": [problem.data for problem in problems],
    }
    rows = [(each.what, each.state, kept(each.said)) for each in findings]
    table = Table(name="doctor", title=phrase("How everything is"), columns=COLUMNS, rows=rows, currency="")
    outcome = Outcome(
        said=[said if amiss else phrase("Everything is as it should be.")],
        tables=[table],
        data=data,
        exit_code=codes[0] if codes else ExitCode.OK,
    )
    return outcome, problems


def looked(what: str, look: Callable[[Shop], Outcome], shop: Shop, problems: list[Problem]) -> tuple[list[Finding], ExitCode]:
    """One look by itself: what it can not look at is its finding, and the others go on; mistakes in a file go to `problems`."""
    try:
        outcome = look(shop)
    except LoyaltyError as error:
        if isinstance(error, Mistakes):
            problems += error.problems
        said = phrase("{where} {what}", where=error.phrase, what=error.hint) if error.hint else error.phrase
        return [Finding(what, TROUBLE, said)], error.exit_code
    amiss = [*outcome.warnings, *differing(outcome)]
    if amiss:
        return [Finding(what, LOOK, each) for each in amiss], outcome.exit_code
    return [Finding(what, IN_ORDER, outcome.said[0])], ExitCode.OK


def differing(outcome: Outcome) -> Iterator[Phrase]:
    """What a check found that differs: where the whole list is."""
    if outcome.tables and outcome.exit_code == ExitCode.DIFFERENCES:
        yield phrase("Something differs. The whole list: loyalty check")
