"""Small shops, each prepared for one command, so that the command makes as few calls as its work allows."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from typing import TYPE_CHECKING

import xlsxwriter

from loyalty_cli.operations.shop.samples import sample_folder
from tests.struck import talking_shop
from tests.struck.case import BY
from tests.struck.case import Case
from tests.struck.case import HEAD
from tests.struck.commands import loyalty
from tests.struck.commands import SMALL_SAMPLE
from tests.struck.further_shops import further_cases

if TYPE_CHECKING:
    from pathlib import Path


FIRST = HEAD + "".join(
    f"2026-{7 + n % 3:02}-{1 + n % 28:02},10:{n % 60:02}:00,Market,N{n},29{n % 20:05},P{n % 9},1,{20 + n % 90}.50\n" for n in range(120)
)
DAILY = HEAD + "".join(
    f"2026-11-20,11:{n % 60:02}:00,Market,D{n},29{n % 25:05},P{n % 9},1,{'x' if n == 7 else 60 + n}.50\n" for n in range(40)
)
FILES = {
    "first": FIRST,
    "daily": DAILY,
    "changed": FIRST.replace("N5,2900005,P5,1,25.50", "N5,2900005,P5,1,26.50"),
    "mended": DAILY.replace(",x.50", ",67.50"),
    "second": FIRST.replace("Market,N", "Station,S"),
    "people": "card,name,birthday,groups\n2900001,Zofia Lis,1980-05-06,pensioner\n2900002,Jan Bąk,,\n2999999,Ewa Sowa,,\n",
    "goods": "code,name,category\nP1,Thread,thread\nP2,Cloth,cloth\n",
    "used": "date,time,store,kind,card,points,coupon,key\n2026-11-19,10:00,Market,points,2900001,20,,u1\n"
    "2026-11-19,11:00,Market,points,2900002,30,,u2\n",
    "brought": "card,date,points,key\n2900001,2026-11-01,100,b1\n2900003,2026-11-01,50,b2\n",
    "totals": "date,store,total,receipts\n2026-07-01,Market,20.50,1\n",
}
PROGRAM = """\
program: Killed
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
stores:
  Market: {files: till/*.csv, layout: plain}
points:
  earn:
    basic: {points: 1, for_every: 1.00}
  one_point_pays: 0.01
coupons:
  thanks: {discount: 5%, valid_for: 90 days}
rewards:
  thanks: {when: {one_purchase: 50.00}, give: {coupon: thanks}}
draws:
  autumn:
    dates: 2026-07-01 to 2026-10-31
    one_ticket_for_every: 20.00
    prizes: {machine: 1, box: 2}
    reserves: 2
  winter:
    dates: 2026-11-01 to 2026-12-31
    one_ticket_for_every: 20.00
    prizes: {oven: 1}
    claim_within: 14 days
    randomness: {from: drand quicknet, at: 2027-01-10 20:00}
nightly: [backup, import, recalc, coupons]
"""
IMPORT = "import purchases first.csv --store Market --another-store"
WORKED = (IMPORT, "recalc --as-of 2026-11-19")
SET_ASIDE = (*WORKED, "import purchases daily.csv --store Market")
CONFLICT = (*WORKED, "import purchases changed.csv --store Market")
CLOSED = (*WORKED, "draw close autumn --accept-late")
RUN = (*CLOSED, "draw run autumn --public 1-2-3-4")
CLOSE = "month close 2026-07 --yes --yes-without all --accept-open"
ISSUED = (*SET_ASIDE, "recalc --as-of 2026-11-20", "coupons issue")


def case(words: str, before: tuple[str, ...] = (), *, parts: bool = False) -> Case:
    """A command in this shop."""
    return Case(words, before, PROGRAM, FILES, parts)


CASES = {
    "init": case("init new", parts=True),
    "demo": case("demo new", parts=True)._replace(anew="new/.demo-begun"),
    "import first": case(IMPORT),
    "import with rejects": case("import purchases daily.csv --store Market", WORKED),
    "import mended file": case("import purchases mended.csv --store Market", SET_ASIDE),
    "import with conflicts": case("import purchases changed.csv --store Market", WORKED),
    "import of a workbook": case("import purchases daily.xlsx --store Market", WORKED),
    "import members": case("import members people.csv", WORKED),
    "import products": case("import products goods.csv", WORKED),
    "import redemptions": case("import redemptions used.csv --store Market", WORKED),
    "import balances": case("import balances brought.csv", WORKED),
    "import reconcile": case("import reconcile totals.csv --from 2026-07-01 --to 2026-07-01", WORKED),
    "conflicts accept": case(f"import conflicts --accept all --yes {BY}", CONFLICT),
    "conflicts reject": case(f"import conflicts --reject all {BY}", CONFLICT),
    "rejects drop": case(f"import rejects 2 --drop all {BY} --reason old", SET_ASIDE),
    "import revert": case("import revert 1 --yes", WORKED),
    "recalc first": case("recalc --as-of 2026-11-20", (IMPORT,)),
    "recalc a day": case("recalc --as-of 2026-11-20", SET_ASIDE),
    "recalc all": case("recalc --as-of 2026-11-20 --all", SET_ASIDE),
    "recalc take-back": case("recalc --take-back 1 --reason wrong", WORKED),
    "coupons issue": case("coupons issue", ISSUED[:-1]),
    "coupons void": case(f"coupons void {{code}} --yes --reason lost {BY}", ISSUED),
    "coupons print": case("coupons print -o coupons.html", ISSUED),
    "redeem coupon": case("redeem coupon {code} --basket 100.00 --store Market --key k2", ISSUED),
    "redeem points": case("redeem points 2900001 50 --store Market --key k1", WORKED),
    "program adopt": case(f"program adopt {BY}", (*WORKED, "change program")),
    "month close": case(CLOSE, WORKED),
    "month evidence": case("month evidence 2026-07 -o evidence.zip", (*WORKED, CLOSE)),
    "draw open": case(f"draw open winter --commit-secret {BY}", WORKED),
    "draw entry": case(f"draw entry autumn --key e1 --card 2900001 --on 2026-10-30 {BY}", WORKED),
    "draw close": case("draw close autumn --accept-late", WORKED),
    "draw void": case(f"draw void autumn --yes --card 2900001 --because blocked --reason x {BY}", CLOSED),
    "draw run": case("draw run autumn --public 1-2-3-4", CLOSED),
    "draw claim": case(f"draw claim autumn 1 --accept --identity-checked {BY} -o handover.html", RUN),
    "draw handed over": case(f"draw claim autumn 1 --handed-over {BY}", RUN),
    "draw redraw": case(f"draw redraw autumn 1 {BY}", (*RUN, f"draw claim autumn 1 --refuse {BY}")),
    "draw redraw fresh": case(f"draw redraw autumn 1 --fresh --public 5-6 {BY}", (*RUN, f"draw claim autumn 1 --refuse {BY}")),
    "draw protocol": case("draw protocol autumn -o minutes.html", RUN),
    "store rename": case("store rename Market Corner", WORKED),
    "store merge": case("store merge Station Market", (*WORKED, "import purchases second.csv --store Station --another-store")),
    "member add": case(f"member add --card 2990001 --name 'Ola Mak' {BY}", WORKED),
    "member set": case(f"member set 2900001 --name 'Ola Mak' {BY}", WORKED),
    "member merge": case("member merge 2900001 2900002 --yes", WORKED),
    "cards make": case(f"cards make --count 5 --prefix 29012 --key c1 -o cards.csv {BY}", WORKED),
    "report": case("report members -o members.csv", WORKED),
    "give": case(f"give 2900001 points 10 {BY} --reason r --key g1", WORKED),
    "member household": case(f"member household 2900001 2900002 {BY} --reason r --key h1", WORKED),
    "points move": case(f"points move 2900001 2900002 5 {BY} --reason r --key m1", WORKED),
    "revert": case(f"revert 1 --yes {BY} --reason r --key r1", (*WORKED, f"give 2900001 points 10 {BY} --reason r --key g1")),
    "till export": case("till export lightspeed-adjustment", WORKED),
    "backup": case("backup", WORKED),
    "restore": case("restore kept.zip --yes", (*WORKED, "keep a backup", "recalc --as-of 2026-11-20"), parts=True),
    "nightly": case("nightly", (*WORKED, "till leaves daily"), parts=True),
    **talking_shop.CASES,
    **further_cases(PROGRAM, FILES, WORKED, CLOSE),
}


def prepared(folder: Path, case: Case) -> tuple[Path, str]:
    """A shop in which the command can run, and its words with what only the shop knows."""
    shop = folder / "prepared"
    (shop / "till").mkdir(parents=True)
    if case.words == "demo new":
        small_sample(folder / SMALL_SAMPLE)
    if case.words.split()[0] in {"init", "demo"}:
        return shop, case.words
    (shop / "program.yaml").write_text(case.program, encoding="utf-8")
    for name, text in case.files.items():
        (shop / (name if "." in name else f"{name}.csv")).write_text(text, encoding="utf-8")
    workbook(shop / "daily.xlsx", DAILY)
    for words in ("init", *case.before):
        if words in BY_HAND:
            BY_HAND[words](shop)
            continue
        done = loyalty(shop, words)
        assert done.code in {0, 100}, (words, done.out, done.err)
    return shop, case.words.replace("{code}", first_code(shop))


def small_sample(folder: Path) -> None:
    """The sample data with the first and the last receipts of each till, which are those of the draw's weeks."""
    shutil.copytree(sample_folder("sample_data") / "shop", folder / "shop")
    for path in (folder / "shop" / "exports").glob("*.csv"):
        lines = path.read_bytes().splitlines(keepends=True)
        path.write_bytes(b"".join([*lines[:40], *lines[40:][-120:]]))


def workbook(path: Path, text: str) -> None:
    """The same rows as a spreadsheet."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(text.splitlines()):
            sheet.write_row(number, 0, line.split(","))


def first_code(shop: Path) -> str:
    """A coupon's code, if one is issued."""
    with contextlib.closing(sqlite3.connect(shop / "loyalty.db")) as connection:
        row = connection.execute("SELECT code FROM coupon ORDER BY id LIMIT 1").fetchone()
    return row[0] if row else ""


def keep_a_backup(shop: Path) -> None:
    """A backup in the shop's folder, under a name that does not change."""
    assert not loyalty(shop, "backup keep").code
    next((shop / "keep").glob("*.zip")).rename(shop / "kept.zip")
    (shop / "keep").rmdir()


def till_leaves_daily(shop: Path) -> None:
    """The export of the day where the till leaves it."""
    shutil.copy(shop / "daily.csv", shop / "till" / "daily.csv")


def change_program(shop: Path) -> None:
    """Another rule in the program file."""
    (shop / "program.yaml").write_text(PROGRAM.replace("points: 1,", "points: 2,"), encoding="utf-8")


def work_in_the_lake(shop: Path) -> None:
    """The chain's folder in the place of the shop's."""
    for path in [path for path in shop.iterdir() if path.name.startswith("loyalty.db")]:
        path.unlink()
    shutil.copytree(shop / "lake", shop, dirs_exist_ok=True)
    shutil.rmtree(shop / "lake")


BY_HAND = {
    "keep a backup": keep_a_backup,
    "till leaves daily": till_leaves_daily,
    "change program": change_program,
    "work in the lake": work_in_the_lake,
}
