"""The program file and the versions of it that the shop has adopted."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from loyalty_cli.model.days import local_day
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.program.as_read import as_read
from loyalty_cli.program.as_read import content_of
from loyalty_cli.program.as_read import content_written
from loyalty_cli.program.as_read import program_kept
from loyalty_cli.program.as_read import program_of_content
from loyalty_cli.program.as_read import program_of_text
from loyalty_cli.program.canonical import canonical
from loyalty_cli.program.examples_as_read import examples_as_read
from loyalty_cli.program.examples_as_read import examples_kept
from loyalty_cli.reading.remembered import forms_of
from loyalty_cli.reading.remembered import MEMORY
from loyalty_cli.reading.text_files import read_text
from loyalty_cli.replay.plan import Plan
from loyalty_cli.rules.draws.prizes import planned
from loyalty_cli.store.settings import save_settings
from loyalty_cli.store.settings import secret_of
from loyalty_cli.store.settings import settings
from loyalty_cli.store.versions import Adopted
from loyalty_cli.store.versions import save_form
from loyalty_cli.store.versions import save_source
from loyalty_cli.store.versions import save_version
from loyalty_cli.store.versions import versions_in_force

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.program.program import Program
    from loyalty_cli.reading.remembered import Forms
    from loyalty_cli.store.database import Connection


# Versions as they can be told to another process: from which day, the text, and that text as it was read.
Texts = tuple[tuple[int, str, str], ...]
# Under which word the database keeps the worked examples as they were read.
EXAMPLES = "examples_as_read"
# And what other texts were read as.
READINGS = "read_before"


def program_file(shop: Shop) -> Program:
    """The shop's program as its file says now; a text that was adopted as it stands was read then, and needs no YAML now."""
    if not shop.program.exists():
        raise LoyaltyError(
            "There is no program file {file}.",
            file=str(shop.program),
            hint=phrase("Run the command in the shop's folder, or make a new one with: loyalty init"),
        )
    text = read_text(shop.program)
    kept = adopted_as(shop, text)
    if kept is not None:
        return program_of_version(kept)
    return MEMORY.value(
        "program", text, partial(program_of_text, text, shop.program.name), make=partial(program_of_content, text), write=content_written
    )


def adopted_as(shop: Shop, text: str) -> Adopted | None:
    """The version in force that was adopted from this very text; None also where the database can not say.

    What the shop remembers of other texts is recalled on the way.
    """
    MEMORY.recall({})
    if not shop.database.is_file():
        return None
    with contextlib.suppress(LoyaltyError), replace(shop, wait=0.0).reading() as connection:
        MEMORY.recall(readings_kept(connection))
        return next((version for version in versions_in_force(connection) if version.source == text), None)
    return None


def readings_kept(connection: Connection) -> Forms:
    """What the shop keeps of the texts that were read before."""
    return forms_of(settings(connection).get(READINGS, ""))


def keep_readings(connection: Connection) -> None:
    """Keep what the texts that this command was the first to read were read as, so that the next one needs not read them."""
    if MEMORY.learned:
        kept = MEMORY.kept()
        save_settings(connection, {READINGS: kept})
        MEMORY.recall(forms_of(kept))


def adopted_program(connection: Connection) -> Program | None:
    """The latest adopted version."""
    versions = versions_in_force(connection)
    return program_of_version(versions[-1]) if versions else None


def program_of_version(version: Adopted) -> Program:
    """The program that a version was adopted as."""
    return program_kept(version.source, version.form)


def program_in_force(shop: Shop) -> Program:
    """The latest adopted version; before there is one, the file."""
    with shop.reading() as connection:
        return adopted_program(connection) or program_file(shop)


def adopted_plan(connection: Connection) -> tuple[Plan, int]:
    """The adopted versions ready for replay, and the number of the latest."""
    versions = versions_in_force(connection)
    if not versions:
        raise LoyaltyError("No program has been adopted yet.", hint=phrase("Run: loyalty recalc (or: loyalty program adopt)"))
    return plan_of(versions), max(version.id for version in versions)


def plan_of(versions: list[Adopted]) -> Plan:
    """Stored versions as a plan; the first one covers all earlier days."""
    programs = [(version.from_day, program_of_version(version)) for version in versions]
    return Plan(((0, programs[0][1]), *programs[1:]))


def texts_of(plan: Plan) -> Texts:
    """A plan's versions as texts."""
    return tuple((day, program.source, as_read(program)) for day, program in plan.versions)


def plan_of_texts(texts: Texts) -> Plan:
    """The same versions ready for replay."""
    return Plan(tuple((day, program_kept(source, form)) for day, source, form in texts))


def adopt(connection: Connection, program: Program, *, from_day: Day, shop: Shop, by: str) -> int:
    """Make a program the version in force from a day; everyone stands by an older version and is replayed."""
    version = Adopted(0, from_day, program.source, as_read(program))
    number = save_version(connection, version, rules=canonical(program), at=shop.moment, by=by)
    plan, _ = adopted_plan(connection)
    first_day = from_day if len(plan.versions) == 1 else 0
    keep_words(connection, shop, plan.in_force(max(first_day, today_of(shop, program))), program)
    return number


def today_of(shop: Shop, program: Program) -> Day:
    """The shop's local day."""
    return local_day(shop.now, program.timezone)


def keep_words(connection: Connection, shop: Shop, in_force: Program, file: Program) -> None:
    """What reports need to know: rules of the version in force on a day, all that is no rule as the file says.

    The draws to come are those of the newest version.
    """
    latest = versions_in_force(connection)[-1]
    newest = file if latest.source == file.source else program_of_version(latest)
    # Imported here because who looks keeps nothing.
    from loyalty_cli.operations.days_off import holidays_kept
    from loyalty_cli.operations.silence.watched import may_need_excusing
    from loyalty_cli.operations.silence.watched import watched_in

    today = today_of(shop, file)
    draws = json.dumps(planned(newest.draws), ensure_ascii=False)
    words = words_of(connection, in_force, secret=shop.secret) | no_rules_of(file) | {"planned_draws": draws}
    if may_need_excusing(connection, watched_in(file), today):
        words["holidays"] = holidays_kept(settings(connection).get("holidays", ""), words["country"], today)
    words[EXAMPLES] = examples_of(shop, file, settings(connection).get(EXAMPLES, ""))
    save_settings(connection, words)
    if latest.source != file.source and same_rules(latest, file):
        save_source(connection, latest.id, file.source)
    for version in versions_in_force(connection):
        if content_of(version.source, version.form) is None:
            save_form(connection, version.id, as_read(program_of_version(version)))


def examples_of(shop: Shop, file: Program, before: str) -> str:
    """The worked examples beside the file as they are read; '' where there are none, or some that can not be read."""
    path = shop.folder / "examples.yaml"
    currency = file.currency
    if not path.exists():
        return ""
    with contextlib.suppress(LoyaltyError):
        text = read_text(path)
        if examples_kept(before, text, currency=currency.code) is not None:
            return before
        # Imported here because examples change seldom, and reading them costs more than a night has to do otherwise.
        from loyalty_cli.program.examples import Examples

        examples = Examples(path, currency=currency)
        examples.problems.stop_if_any()
        return examples_as_read((example for example, _ in examples.read), text, currency=currency.code)
    return ""


def no_rules_of(file: Program) -> dict[str, str]:
    """What holds as soon as the file says it, for nobody has anything else by it: name, language, stores, books, the night."""
    # Imported here because who looks keeps nothing.
    from loyalty_cli.model.goal import goals_kept
    from loyalty_cli.operations.days_off import country_meant
    from loyalty_cli.operations.silence.watched import watched_in

    return {
        "program": file.name,
        "language": file.language,
        "country": country_meant(file.country, file.timezone),
        "books": file.books.bookkeeping().kept() if file.books else "",
        "goals": goals_kept([block.goal(name) for name, block in file.goals.items()]),
        "costs": file.costs.costs(file.starts).kept() if file.costs else "",
        "stages": file.stages.bounds().kept() if file.stages else "",
        "rfm": file.rfm.bounds().kept() if file.rfm else "",
        "watched": watched_in(file).kept(),
    }


def words_of(connection: Connection, program: Program, *, secret: str) -> dict[str, str]:
    """What reports need to know of a program's rules, so that they never read it."""
    return {
        "currency": program.currency.code,
        "digits": str(program.currency.digits),
        "timezone": program.timezone,
        "base_tier": program.base_tier,
        "ladder": json.dumps(list(program.tiers), ensure_ascii=False),
        "benefits": json.dumps({name: rung.benefits for name, rung in program.tiers.items() if rung.benefits}, ensure_ascii=False),
        "segments": json.dumps(who_belongs(program), ensure_ascii=False) if program.segments else "",
        "tiers_by": program.ladder.by if program.ladder else "",
        "points_called": program.points.called if program.points else "",
        "one_point_worth": str(program.point_worth()),
        # The key of coupon codes and of the pseudonyms of draws: made once, kept in the database alone.
        "secret": secret_of(connection) or secret,
    }


def who_belongs(program: Program) -> dict[str, str]:
    """Each segment of a program with who belongs to it, as a kept phrase."""
    # Imported here because few programs have segments.
    from loyalty_cli.model.shown.kept_phrase import kept
    from loyalty_cli.rules.segment import together

    money = program.currency.money
    return {name: kept(together(segment.announced(money))) for name, segment in program.segments.items()}


def differs(connection: Connection, program: Program) -> bool:
    """Whether members may have something else by the file than by the latest adopted version."""
    versions = versions_in_force(connection)
    return bool(versions) and not same_rules(versions[-1], program)


def same_rules(version: Adopted, program: Program) -> bool:
    """Whether a program decides the same as a version; what the version says is written as this release writes it."""
    return version.source == program.source or canonical(program_of_version(version)) == canonical(program)
