"""`loyalty recalc`: replay whoever is due, post the differences, remember how everyone stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from loyalty_cli.model.days import iso
from loyalty_cli.model.days import local_day
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.engine_room import cost_of
from loyalty_cli.operations.engine_room import look_at_what_is_asked
from loyalty_cli.operations.engine_room import said_of
from loyalty_cli.operations.how_many import entries_said
from loyalty_cli.operations.how_many import members_said
from loyalty_cli.operations.in_force import adopt
from loyalty_cli.operations.in_force import adopted_plan
from loyalty_cli.operations.in_force import differs
from loyalty_cli.operations.in_force import keep_words
from loyalty_cli.operations.in_force import program_file
from loyalty_cli.operations.ledger.best import rank_the_best
from loyalty_cli.operations.ledger.best_share import rank_shares
from loyalty_cli.operations.ledger.between_members import settle_between_members
from loyalty_cli.operations.ledger.books import Books
from loyalty_cli.operations.ledger.brought_home import bring_home
from loyalty_cli.operations.ledger.by_edition import note_edition
from loyalty_cli.operations.ledger.by_edition import reckoned_otherwise
from loyalty_cli.operations.ledger.freezing import forget_persons
from loyalty_cli.operations.ledger.joined import join_all
from loyalty_cli.operations.ledger.left_out import code_of
from loyalty_cli.operations.ledger.left_out import left_out_said
from loyalty_cli.operations.ledger.left_out import mistakes_among
from loyalty_cli.operations.ledger.left_out import unfit_said
from loyalty_cli.operations.ledger.strange_clock import look_at_clock
from loyalty_cli.store.known import last_bought
from loyalty_cli.store.ledger.due import anybody_due
from loyalty_cli.store.ledger.ledger import last_run_day
from loyalty_cli.store.ledger.standings import members_worked_on
from loyalty_cli.store.members.frozen import erased
from loyalty_cli.store.versions import versions_in_force

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.operations.ledger.run import Posted
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.program.program import Program
    from loyalty_cli.store.database import Connection


def yesterday(shop: Shop, timezone: str) -> Day:
    """The last whole day in the shop's time zone."""
    return local_day(shop.now, timezone) - 1


def due_through(connection: Connection, last_whole_day: Day) -> Day:
    """The day through which a run works that is told none: one recalculated before its end is not left behind by the night after it."""
    return max(last_whole_day, min(last_run_day(connection), last_whole_day + 1))


def anything_waits(shop: Shop, program: Program) -> bool:
    """Whether facts came in that a run would take in now."""
    with shop.reading() as connection:
        return anybody_due(connection, due_through(connection, yesterday(shop, program.timezone)))


def recalc(
    shop: Shop,
    *,
    as_of: Day | None = None,
    everyone: bool = False,
    dry_run: bool = False,
    program: Program | None = None,
) -> Outcome:
    """Bring the ledger and the standings up to the end of a day (yesterday, unless told)."""
    program = program or program_file(shop)
    last_whole_day = yesterday(shop, program.timezone)
    if as_of is not None and as_of > last_whole_day + 1 and not dry_run:
        raise Refused("{day} has not come yet.", day=OnDay(as_of), hint=phrase("Look ahead with --dry-run."))
    with shop.changing(dry_run=dry_run) as connection:
        look_at_what_is_asked(connection)
        asked = look_at_clock(connection, last_whole_day + 1) if as_of is None and not dry_run else []
        until = as_of or due_through(connection, last_whole_day)
        said, warnings = adopt_first(connection, program, shop)
        warnings += asked
        if differs(connection, program):
            warnings.append(NOT_ADOPTED)
        before = last_run_day(connection)
        if until < before and not dry_run:
            raise Refused(
                "{day} lies before {last}, the last day that has been recalculated.",
                day=OnDay(until),
                last=OnDay(before),
                hint=phrase("Leave --as-of out, or look without changing anything: --dry-run"),
            )
        join_all(connection)
        plan, version = adopted_plan(connection)
        keep_words(connection, shop, plan.in_force(last_whole_day + 1), program)
        books = Books(connection, plan, version=version, until=until, at=shop.moment, progress=shop.progress)
        outdated = reckoned_otherwise(connection)
        posted = books.bring_up_to_date(everyone=everyone or outdated)
        bring_home(books, posted)
        # An order is told once: of a day that has not ended, by the night after it.
        ended = last_whole_day if until == last_whole_day + 1 else until
        told = rank_the_best(connection, plan.in_force(until), ended, at=shop.moment)
        if rank_shares(connection, plan.in_force(until), ended, at=shop.moment) or told:
            posted.add(books.bring_up_to_date())
        warnings += settle_between_members(books, posted)
        bring_home(books, posted)  # what others brought them
        warnings += left_out_said(connection, posted)
        warnings += unfit_said(connection, posted, program)
        said += end_of_edition(books, posted) if outdated else []
        note_edition(connection)
        done = outcome(posted, until, members=members_worked_on(connection), said=said, warnings=warnings, dry_run=dry_run)
        cost = cost_of(connection)
        return replace(done, said=[*done.said, *said_of(cost)], data={**done.data, **cost}) if cost else done


NOT_ADOPTED = phrase(
    "program.yaml differs from the version in force, which goes on. Look: loyalty program diff; adopt it: loyalty program adopt"
)


REWORKED = phrase("This release of loyalty works out some things otherwise than the one before: everybody was worked out anew.")


def end_of_edition(books: Books, posted: Posted) -> list[Phrase]:
    """What another release has worked out is over: in the states that it kept of who is erased it may have left the person."""
    forget_persons(books.connection, erased(books.connection), books.replayer)
    return [REWORKED] if posted.entries else []


def adopt_first(connection: Connection, program: Program, shop: Shop) -> tuple[list[Phrase], list[Phrase]]:
    """A new shop adopts the file it finds, for all earlier days too; its examples must hold as for any adoption."""
    if versions_in_force(connection):
        return [], []
    promised: list[Phrase] = []
    examples = shop.folder / "examples.yaml"
    if examples.exists():
        # Imported here because a shop adopts its first version once.
        from loyalty_cli.operations.worked_examples import checked

        _, promised = checked(program, examples)
    adopt(connection, program, from_day=0, shop=shop, by="")
    said = phrase("The program {name} is adopted as the first version.", name=program.name)
    return [said], [*promised[-1:], *all_before(connection, program)]


def all_before(connection: Connection, program: Program) -> list[Phrase]:
    """A new shop whose purchases are all older than its program: nobody has points, and somebody will ask why."""
    last = last_bought(connection)
    if last is None or last >= program.starts:
        return []
    text = (
        "The program starts on {day}, and everything bought so far is older: it brings no points. If it started earlier, write that "
        "day after starts: in program.yaml and say: loyalty program adopt --from YYYY-MM-DD"
    )
    return [phrase(text, day=OnDay(program.starts))]


def outcome(posted: Posted, until: Day, *, members: int, said: list[Phrase], warnings: list[Phrase], dry_run: bool) -> Outcome:
    """What a run says of itself."""
    text = "Through {day}: {members} replayed, {entries} posted."
    if dry_run:
        text = "Through {day}: {members} would be replayed, {entries} posted."
    failures = [failure.error for failure in posted.failed]
    counts = {"members": members_said(members), "entries": entries_said(posted.entries)}
    return Outcome(
        said=[*said, phrase(text, day=OnDay(until), **counts)],
        warnings=warnings,
        data={
            "until": iso(until),
            "members": members,
            "entries": posted.entries,
            "by_asset": dict(sorted(posted.by_asset.items())),
            "left_out": len(posted.failed),
            "dry_run": dry_run,
        },
        quiet=not posted.entries and not said and not posted.failed,
        exit_code=code_of(failures),
        mistakes=mistakes_among(failures),
    )
