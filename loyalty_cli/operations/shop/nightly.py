"""`loyalty nightly`: the steps that the program lists, in order; each is its own, may fail alone, and can be repeated."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from typing import TYPE_CHECKING

from loyalty_cli.model.days import local_day
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Mistakes
from loyalty_cli.model.errors import StoreTrouble
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.feedback.listed import overdue_said
from loyalty_cli.operations.in_force import program_file
from loyalty_cli.operations.ledger.left_out import code_of
from loyalty_cli.operations.ledger.left_out import left_out
from loyalty_cli.operations.ledger.left_out import mistakes_among
from loyalty_cli.operations.messages.doubtful import doubtful_said
from loyalty_cli.program.load import program_of
from loyalty_cli.program.program import TILL_EXPORT
from loyalty_cli.store import nights
from loyalty_cli.store.versions import versions_in_force

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping

    from loyalty_cli.model.days import Day
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.program.program import Program
    from loyalty_cli.store.versions import Adopted


@dataclass(frozen=True, slots=True, kw_only=True)
class Tonight:
    """What every step of a night knows; without a day it works through yesterday. In a dry run a step keeps and sends nothing."""

    shop: Shop
    program: Program
    as_of: Day | None
    environment: Mapping[str, str] = field(default_factory=dict)
    dry_run: bool = False


@dataclass(slots=True)
class Told:
    """What a night has to tell."""

    done: list[str] = field(default_factory=list)
    said: list[Phrase] = field(default_factory=list)
    warnings: list[Phrase] = field(default_factory=list)
    steps: list[dict[str, object]] = field(default_factory=list)
    codes: list[ExitCode] = field(default_factory=list)
    mistakes: list[Exception] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    loud: bool = False

    def add(self, step: str, outcome: Outcome) -> None:
        """Add what one step did. Only an import can have something to say besides its warnings; those of messages are told at once."""
        self.done.append(step)
        self.said += outcome.said
        self.warnings += outcome.warnings
        self.mistakes += outcome.mistakes
        self.steps.append({"step": step, "exit_code": int(outcome.exit_code), **outcome.data})
        if outcome.exit_code:
            # Our own mistake comes before what somebody should look at.
            self.codes.insert(0 if outcome.mistakes else len(self.codes), outcome.exit_code)
        told = (step == "import" and not outcome.quiet) or (step == "messages" and bool(outcome.warnings))
        self.loud = self.loud or bool(outcome.exit_code) or told

    def add_overdue(self, shop: Shop, timezone: str) -> None:
        """Complaints that should have been settled are told every night until they are, and messages that may have gone."""
        late: list[Phrase] = []
        # Where the database can not be read, a step has said so, or the end of the night will.
        with contextlib.suppress(StoreTrouble), shop.reading() as connection:
            open_ = [*overdue_said(connection, local_day(shop.now, timezone)), *doubtful_said(connection)]
            late = [each for each in open_ if each not in self.warnings]
        self.warnings += late
        self.loud = self.loud or bool(late)

    def leave_out(self, step: str, error: Exception) -> None:
        """Name a step that failed. How the night ended comes before what somebody should look at."""
        code = code_of([error])
        self.failed.append(step)
        self.warnings += [left_out(phrase("The step {step}", step=step), error), *details(error)]
        self.mistakes += mistakes_among([error])
        self.steps.append({"step": step, "exit_code": int(code)})
        worse = len(self.failed) == 1 or code == ExitCode.INTERNAL_ERROR
        self.codes.insert(0 if worse else len(self.codes), code)


# What every later step would meet, too: the night ends there, and what was done before stays.
ENDS_THE_NIGHT = {ExitCode.NO_DATABASE, ExitCode.LOCKED, ExitCode.DAMAGED, ExitCode.NEWER_VERSION}


def nightly(shop: Shop, *, as_of: Day | None = None, environment: Mapping[str, str] | None = None) -> Outcome:
    """Do every step; one that fails is named, the others are done, and the exit code says so."""
    with shop.changing() as connection:
        night = nights.begin_night(connection, shop.moment)
        adopted = versions_in_force(connection)
    told = Told(loud=not adopted)
    program = program_of_the_night(shop, adopted, told)
    do_steps(Tonight(shop=shop, program=program, as_of=as_of, environment=environment or {}), told)
    told.add_overdue(shop, program.timezone)
    code = told.codes[0] if told.codes else ExitCode.OK
    # Where the disk is full this fails, too; the step's own trouble is the one to tell.
    with (
        contextlib.suppress(LoyaltyError) if told.failed else contextlib.nullcontext(),
        shop.changing() as connection,
    ):
        nights.end_night(connection, night, told.done, code)
    return Outcome(
        said=told.said,
        warnings=told.warnings,
        data={"steps": told.steps, "failed": told.failed[0] if told.failed else None},
        exit_code=code,
        quiet=not told.loud and not told.failed,
        language=program.language,
        mistakes=told.mistakes,
    )


EACH_BY_ITSELF = phrase("Each step was tried on what is booked now; what an import would bring in is not among it.")


def rehearse(shop: Shop, *, as_of: Day | None = None, environment: Mapping[str, str] | None = None) -> Outcome:
    """What the night would do, step by step, each on the books as they are; nothing is kept, written or sent."""
    with shop.reading() as connection:
        adopted = versions_in_force(connection)
    told = Told(loud=True)
    program = program_of_the_night(shop, adopted, told)
    do_steps(Tonight(shop=shop, program=program, as_of=as_of, environment=environment or {}, dry_run=True), told)
    told.add_overdue(shop, program.timezone)
    return Outcome(
        said=[*told.said, EACH_BY_ITSELF],
        warnings=told.warnings,
        data={"steps": told.steps, "failed": told.failed[0] if told.failed else None, "dry_run": True},
        exit_code=told.codes[0] if told.codes else ExitCode.OK,
        language=program.language,
        mistakes=told.mistakes,
    )


def do_steps(tonight: Tonight, told: Told) -> None:
    """Every step by itself."""
    for step in tonight.program.nightly:
        try:
            outcome = done(tonight, step)
            told.add(step, as_tried(step, outcome) if tonight.dry_run else outcome)
        except StoreTrouble as error:
            told.leave_out(step, error)
            if error.exit_code in ENDS_THE_NIGHT:
                told.warnings.append(phrase("The night stopped at the step {step}.", step=step))
                return
        except Exception as error:  # noqa: BLE001 -- whatever it is, the other steps are done
            told.leave_out(step, error)


def as_tried(step: str, outcome: Outcome) -> Outcome:
    """What a step would do, each sentence with the step's name before it."""
    said = [phrase("{name}: {what}", name=step, what=each) for each in outcome.said]
    return replace(outcome, said=said or [phrase("{name}: {what}", name=step, what=phrase("nothing to do."))])


def done(tonight: Tonight, step: str) -> Outcome:
    """One step by its words."""
    if step.startswith(TILL_EXPORT):
        return tell_till(tonight, step.removeprefix(TILL_EXPORT).strip())
    return STEPS[step](tonight)


def program_of_the_night(shop: Shop, adopted: list[Adopted], told: Told) -> Program:
    """The program file; while it has mistakes, the adopted version, and that is said every night."""
    try:
        return program_file(shop)
    except LoyaltyError as error:
        if not adopted:
            raise
        told.warnings += [*described(error), phrase("The night goes on with the version that was adopted.")]
        told.codes.append(error.exit_code)
        return program_of(adopted[-1].source, shop.program.name, adopted=True)


def described(error: LoyaltyError) -> list[Phrase]:
    """A trouble with its hint, and each of the mistakes in a file."""
    return [*mistakes_in(error), error.phrase, *([error.hint] if error.hint else [])]


def details(error: Exception) -> list[Phrase]:
    """What can be told of a failure besides its sentence: the mistakes in a file, what to do."""
    if not isinstance(error, LoyaltyError):
        return []
    return [*mistakes_in(error), *([error.hint] if error.hint else [])]


def mistakes_in(error: LoyaltyError) -> list[Phrase]:
    """Each of the mistakes in a file."""
    problems = error.problems if isinstance(error, Mistakes) else ()
    return [phrase("{where}: {what}", where=problem.where, what=problem.what) for problem in problems]


# The steps import what they need when they are done: a night without a backup pays nothing for it.


def back_up(tonight: Tonight) -> Outcome:
    """A copy of the folder as it was before this night."""
    from loyalty_cli.operations.shop.backup import backup

    if tonight.dry_run:
        return Outcome(said=[phrase("a copy of the folder would be made.")])
    return backup(tonight.shop)


def send_messages_due(tonight: Tonight) -> Outcome:
    """Thanks, greetings and questions that may go now."""
    from loyalty_cli.operations.messages.send import send_messages

    return send_messages(tonight.shop, tonight.environment, dry_run=tonight.dry_run)


def import_exports(tonight: Tonight) -> Outcome:
    """What the tills have left."""
    from loyalty_cli.operations.shop.night_import import import_of_the_night

    return import_of_the_night(tonight.shop, tonight.program, dry_run=tonight.dry_run)


def recalculate(tonight: Tonight) -> Outcome:
    """Everybody who is due, through yesterday."""
    from loyalty_cli.operations.ledger.recalc import recalc

    return recalc(tonight.shop, as_of=tonight.as_of, program=tonight.program, dry_run=tonight.dry_run)


def issue(tonight: Tonight) -> Outcome:
    """The coupons that became due, issued on the day after: the night works through yesterday."""
    from loyalty_cli.operations.coupons.issue import issue_coupons

    as_of = None if tonight.as_of is None else tonight.as_of + 1
    return issue_coupons(tonight.shop, as_of=as_of, dry_run=tonight.dry_run)


def tell_till(tonight: Tonight, name: str) -> Outcome:
    """What changed, as a file for a till or a webshop; the usual words are no news."""
    from loyalty_cli.operations.tills.export import ExportWishes
    from loyalty_cli.operations.tills.export import till_export

    return replace(till_export(tonight.shop, name, ExportWishes(by="nightly"), dry_run=tonight.dry_run), warnings=())


def draw_page(tonight: Tonight) -> Outcome:
    """The page of numbers and pictures, beside the program."""
    from loyalty_cli.operations.shop.night_page import PAGE
    from loyalty_cli.operations.shop.night_page import write_dashboard

    if tonight.dry_run:
        return Outcome(said=[phrase("{file} would be written anew.", file=PAGE)])
    return write_dashboard(tonight.shop, tonight.program)


STEPS: dict[str, Callable[[Tonight], Outcome]] = {
    "backup": back_up,
    "import": import_exports,
    "recalc": recalculate,
    "coupons": issue,
    "messages": send_messages_due,
    "dashboard": draw_page,
}
