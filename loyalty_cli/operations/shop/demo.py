"""`loyalty demo`: a whole sample shop, made by the operations that its commands call, step by step."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

from loyalty_cli.draws.numbers.chance import from_public
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import day_of
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.coupons.issue import issue_coupons
from loyalty_cli.operations.draws.close import draw_close
from loyalty_cli.operations.draws.run import draw_run
from loyalty_cli.operations.draws.verify import draw_verify
from loyalty_cli.operations.feedback.settle import feedback_answer
from loyalty_cli.operations.feedback.settle import gift_said
from loyalty_cli.operations.feedback.settle import Reply
from loyalty_cli.operations.imports.consents import import_consents
from loyalty_cli.operations.imports.feedback import import_feedback
from loyalty_cli.operations.imports.members import import_members
from loyalty_cli.operations.imports.products import import_products
from loyalty_cli.operations.imports.purchases import import_purchases
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.messages.listed import list_messages
from loyalty_cli.operations.messages.send import send_messages
from loyalty_cli.operations.open_shop import Shop
from loyalty_cli.operations.program.check import check_program
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.operations.shop.samples import sample_folder
from loyalty_cli.store import database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from loyalty_cli.model.shown.phrase import Phrase

# The morning after the last day of the sample's exports; the demo looks the same whenever it is run.
MORNING = datetime(2026, 11, 1, 6, 0, tzinfo=UTC)
LAST_DAY = "2026-10-31"
MORNING_DAY = day_of(MORNING.date())
# A real shop's secret is random. This one is known, so that everybody's demo has the same codes and winners.
SECRET = "6c6f79616c74792064656d6f" + "0" * 40
DRAW = "autumn draw"
PUBLIC = "tombola of the town festival, 1 November 2026: 4 18 23 31 40"
SINCE = "2026-05-01"
WRITTEN_TO = "2900041106564"
ANSWER = "We are sorry. Bring the fabric, we exchange it."
# Lies in the folder of a demo that is not through; such a folder holds invented data only.
BEGUN = ".demo-begun"
DATABASE = "loyalty.db"
# What a demo makes besides the files of the sample, and the database with what stands beside it: journal, locks, parts.
MADE = frozenset({BEGUN, "draws", "outbox", "set-aside"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A command of the demo as a person would type it, why it is there, and what it did."""

    command: str
    why: Phrase
    outcome: Outcome


def demo_shop(folder: Path, *, language: str = "en") -> Shop:
    """Make the sample shop's folder, with an empty database; its program speaks the language."""
    sample = sample_folder("sample_data") / "shop"
    remove_begun_demo(folder, sample)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(
            "{folder} is there already, and not empty.",
            folder=str(folder),
            hint=phrase("Name another folder: loyalty demo my-demo"),
        )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / BEGUN).touch()
    shutil.copytree(sample, folder, dirs_exist_ok=True, copy_function=shutil.copyfile)
    # The copies of folders have the rights of those of the sample.
    for path in (folder, *(each for each in folder.rglob("*") if each.is_dir())):
        path.chmod(0o700)
    program = folder / "program.yaml"
    text = program.read_text(encoding="utf-8")
    program.write_text(text.replace("language: en", f"language: {language}", 1), encoding="utf-8", newline="\n")
    shop = Shop(program=program, database=folder / DATABASE, now=MORNING, secret=SECRET)
    database.create(shop.database).close()
    return shop


def remove_begun_demo(folder: Path, sample: Path) -> None:
    """A demo that was stopped begins again, as long as nothing is in its folder but what it makes itself."""
    if not (folder / BEGUN).is_file():
        return
    made = {path.name for path in sample.iterdir()} | MADE
    if all(path.name in made or path.name.removeprefix(".").startswith(DATABASE) for path in folder.iterdir()):
        for path in sorted(folder.iterdir(), key=lambda path: path.name == BEGUN):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()


def demo(shop: Shop) -> Iterator[Step]:
    """The steps of the demo, each when it is asked for."""
    yield Step(
        command="loyalty program check",
        why=phrase("The program is one file, program.yaml. The examples beside it say what it should give."),
        outcome=check_program(shop),
    )
    yield from lists(shop)
    yield from purchases(shop)
    yield from said(shop)
    yield from promises(shop)
    yield from prizes(shop)
    yield from talk(shop)
    yield from look(shop)
    (shop.folder / BEGUN).unlink()


def lists(shop: Shop) -> Iterator[Step]:
    """Members and products."""
    yield Step(
        command="loyalty import members members.csv --layout members",
        why=phrase("The members, from a spreadsheet: cards, names, birthdays, groups."),
        outcome=import_members(shop, [str(shop.folder / "members.csv")], layout="members"),
    )
    yield Step(
        command="loyalty import products products.csv --layout products",
        why=phrase("The products: the tills know codes and prices, this list knows categories."),
        outcome=import_products(shop, [str(shop.folder / "products.csv")], layout="products"),
    )


def purchases(shop: Shop) -> Iterator[Step]:
    """Two years of three tills, and what one till sent late; rows that can not be read are shown."""
    exports = ("exports/rynek.csv", "exports/dworzec.csv", "exports/ogrody.csv")
    yield Step(
        command=f"loyalty import purchases {' '.join(exports)}",
        why=phrase("Two years of three tills. The program says which layout each store has."),
        outcome=import_purchases(shop, [str(shop.folder / export) for export in exports]),
    )
    yield Step(
        command="loyalty import purchases exports/ogrody-late.csv",
        why=phrase("What one till sent late. Receipts that are known already change nothing."),
        outcome=import_purchases(shop, [str(shop.folder / "exports" / "ogrody-late.csv")]),
    )
    yield Step(
        command="loyalty report set-aside",
        why=phrase("No row is lost: what could not be read waits here, with the reason."),
        outcome=report(shop, "set-aside", Wanted()),
    )


def said(shop: Shop) -> Iterator[Step]:
    """What members agreed to, and what they think of the shop."""
    yield Step(
        command="loyalty import consents consents.csv --layout consents",
        why=phrase("Who may be written to: without a consent nobody gets advertising."),
        outcome=import_consents(shop, [str(shop.folder / "consents.csv")], layout="consents"),
    )
    yield Step(
        command="loyalty import feedback opinions.csv --layout opinions",
        why=phrase("What members answered to the survey; a bad score opens a case."),
        outcome=import_feedback(shop, [str(shop.folder / "opinions.csv")], layout="opinions"),
    )


def promises(shop: Shop) -> Iterator[Step]:
    """Points, tiers and discounts; then coupons get their codes."""
    yield Step(
        command=f"loyalty recalc --as-of {LAST_DAY}",
        why=phrase("Work out what every member should have. Without --as-of: through yesterday."),
        outcome=recalc(shop, as_of=day_from_iso(LAST_DAY)),
    )
    yield Step(
        command="loyalty coupons issue",
        why=phrase("Coupons get their codes. What became due long ago is only noted as missed."),
        outcome=issue_coupons(shop),
    )


def prizes(shop: Shop) -> Iterator[Step]:
    """Freeze the tickets, draw, and prove it from the published folder alone."""
    yield Step(
        command=f'loyalty draw close "{DRAW}"',
        why=phrase("Freeze the tickets. From here on nobody can change the list without being noticed."),
        outcome=draw_close(shop, DRAW),
    )
    yield Step(
        command=f'loyalty draw run "{DRAW}" --public "{PUBLIC}"',
        why=phrase("This number is made up. A real draw takes one that nobody could know before."),
        outcome=draw_run(shop, DRAW, chance=from_public(PUBLIC)),
    )
    yield Step(
        command="loyalty draw verify draws/autumn-draw",
        why=phrase("Anybody can check the draw from its published folder alone."),
        outcome=draw_verify(shop.folder / "draws" / "autumn-draw"),
    )


def talk(shop: Shop) -> Iterator[Step]:
    """What is due is written, and the complaint is settled; until then its member gets no advertising."""
    yield Step(
        command="loyalty messages send",
        why=phrase("Thanks, greetings and questions go out; here into a file that a mail program opens."),
        outcome=send_messages(shop, {}),
    )
    yield Step(
        command=f"loyalty messages list --card {WRITTEN_TO} --why",
        why=phrase("What one member was written, and what for."),
        outcome=list_messages(shop, first=MORNING_DAY, last=MORNING_DAY, doubtful=False, card=WRITTEN_TO, why=True),
    )
    yield Step(
        command=f'loyalty feedback answer 1 --text "{ANSWER}" --give "points: 50" --settles --by Ola',
        why=phrase("Who complains and is answered at once mostly stays."),
        outcome=feedback_answer(shop, 1, Reply(ANSWER, gift_said("points: 50"), settles=True), Asked(by="Ola")),
    )


def look(shop: Shop) -> Iterator[Step]:
    """The four reports."""
    yield Step(
        command="loyalty report tiers",
        why=phrase("Four reports. How many members has each tier?"),
        outcome=report(shop, "tiers", Wanted()),
    )
    yield Step(
        command="loyalty report near-tier --within 3 --limit 20",
        why=phrase("Who needs little to rise, and who is about to drop?"),
        outcome=report(shop, "near-tier", Wanted(within=3, limit=20)),
    )
    yield Step(
        command="loyalty report coupons --limit 12",
        why=phrase("Which coupons are out?"),
        outcome=report(shop, "coupons", Wanted(limit=12)),
    )
    yield Step(
        command=f"loyalty report liability --from {SINCE} --to {LAST_DAY}",
        why=phrase("What does the shop owe in points?"),
        outcome=report(shop, "liability", Wanted(first=day_from_iso(SINCE), last=day_from_iso(LAST_DAY))),
    )


def before(folder: Path) -> Outcome:
    """What is said before the first step."""
    return Outcome(
        said=(
            phrase(
                "A sample shop in {folder}: three stores in Poland, two years, all invented.",
                folder=str(folder),
            ),
            phrase("Its clock stands at 1 November 2026. Each step shows the command that does it."),
        )
    )


def after(folder: Path) -> Outcome:
    """What is said behind the last step."""
    return Outcome(
        said=(
            phrase("The folder is a working shop now. Go on there:"),
            phrase("  cd {folder}", folder=str(folder)),
            phrase("  loyalty report members --limit 20"),
            phrase("  loyalty explain 2900041047362"),
            phrase("  loyalty report activity --month 2026-10"),
            phrase("  loyalty report members -o members.xlsx"),
            phrase("  loyalty import conflicts"),
            phrase("By today's date its tills are silent. A night as on the day after its last: loyalty nightly --as-of 2026-11-01"),
            phrase("Its program is program.yaml; change it and see what would change: loyalty program diff"),
        )
    )
