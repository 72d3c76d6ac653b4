"""The doors by which files come in, each with its samples: what opens a damaged file and shows what came of it."""

from __future__ import annotations

import shutil
import warnings
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl

from loyalty_cli.importers.layouts.layout import read_layout
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.operations.imports.balances import import_balances
from loyalty_cli.operations.imports.inspect_file import inspect_file
from loyalty_cli.operations.imports.members import import_members
from loyalty_cli.operations.imports.products import import_products
from loyalty_cli.operations.imports.purchases import import_purchases
from loyalty_cli.operations.imports.reconcile import import_reconcile
from loyalty_cli.operations.imports.redemptions import import_redemptions
from loyalty_cli.operations.program.check import check_program
from loyalty_cli.operations.shop.backup import backup
from loyalty_cli.operations.shop.restore import restore
from tests.fuzz.doors_of_commands import DoorsOfCommands
from tests.fuzz.doors_of_talk import DoorsOfTalk
from tests.fuzz.shown import seen
from tests.fuzz.shown import told
from tests.operations.imports.till_shop import NOW
from tests.operations.imports.till_shop import shop_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fuzz.mutations import Damage

ROOT = Path(__file__).parents[2]
TILLS = sorted((ROOT / "sample_data" / "tills").glob("*.csv"))
PROGRAMS = [ROOT / "programs" / name for name in ("levels", "something-for-everyone", "spend-and-get")]
KINDS = sorted((ROOT / "tests" / "rules").glob("*/*/program.yaml")) + sorted((ROOT / "tests" / "replay").glob("*/*/program.yaml"))
WITH_EXAMPLES = [*PROGRAMS, *(path.parent for path in KINDS)]
ENCODINGS = ("utf-8", "utf-8", "utf-8", "utf-8-sig", "cp1250", "cp1251", "cp866", "utf-16", "utf-16-le")
PLAIN = """\
date,time,store,receipt,card,product,quantity,amount
2026-03-01,10:00:00,Market,1,2900041000008,H01,1,10.00
2026-03-01,10:00:00,Market,1,2900041000008,H02,2,5.50
2026-03-29,02:30:00,Market,2,,H01,1,10.00
2026-03-30,12:00:00,Station,3,2900041000015,H01,-1,-10.00
"""
SPOILED = """\
2026-03-30,12:00:00,Market,4,2900041000015,H01,1,ten
2026-03-30,12:00:00,Market,4,2900041000015,H02,1,10.00
2026-13-30,12:00:00,Market,5,2900041000015,H02,1,10.00
"""
PROGRAM = """\
program: Corner Club
language: ru
currency: PLN
timezone: Europe/Warsaw
starts: 2023-01-01
tiers: {by: spend, counted_over: lifetime, going_down: never, ladder: {guest: {at_least: 0}, friend: {at_least: 300}}}
points: {earn: {basic: {points: 1, for_every: 1.00}}, lapse_after: 12 months, one_point_pays: 0.05}
"""
MEMBERS = """\
card,number,name,phone,email,birthday,joined,groups,consents,language
2900041000008,1,Maria I.,+48 600 100 200,maria@example.org,1948-11-27,2024-11-26,pensioner,email,pl
2900041000015,2,Jan K.,,,03-04,2025-01-05,staff 2025-01-01 to 2026-01-01;pensioner,,ru
"""
PRODUCTS = """\
code,name,category,cost,floor_price,excluded
H01,Black tea,tea,3.10,4.00,no
H02,Thread,thread,1.00,,yes
"""
BALANCES = """\
card,points,spent,visits,tier,usable_through,tier_since,date
2900041000008,120,340.50,3,friend,2027-01-01,2025-02-03,2026-01-01
2900041000015,-4,,,,,,2026-01-01
"""
REDEMPTIONS = """\
date,time,store,card,points,amount,receipt,key
2026-03-01,10:00:00,Market,2900041000008,5,0.25,1,a
2026-03-02,10:00:00,Market,2900041000008,500,25.00,2,b
"""
TOTALS = """\
date,store,total,receipts,first_receipt,last_receipt
2026-03-01,Market,21.00,1,1,1
2026-03-30,Station,-10.00,1,3,3
"""
LAYOUT = """\
kind: purchases
encoding: utf-8
delimiter: ";"
decimal_mark: ","
thousands_mark: space
date_form: [DD.MM.YYYY, YYYY-MM-DD]
time_form: [HH:mm, "h:mm A"]
skip_top: until header
skip_bottom: 1
receipt_key: [date, receipt]
currency_signs: [zł, PLN]
return_labels: [R]
sale_labels: [S, "Sp*"]
ignore: {Type: [X]}
cancelled: {State: ["void*"]}
total_rows: ["Razem*"]
rates: {EUR: 4.30}
card_lengths: [13, 10]
card_check: ean
timezone: Europe/Bucharest
columns:
  receipt: Receipt
  date: Date
  time: Time
  card: [Card, Type]
  kind: Type
  cancelled: State
  currency: Currency
  product: Code
  quantity: Quantity
  amount: Amount
"""
LAYOUT_FILE = """\
Report;of;the;till
Date;Time;Receipt;Card;Code;Quantity;Amount;Type;State;Currency
01.02.2026;10:31;1204;2900041000008;H01;2;1 137,80 zł;S;;PLN
01.02.2026;10:31;1204;2900041000008;N02;1;9,90;Sp;;PLN
03.02.2026;09:12;1310;2900041000015;N02;-1;-9,90;R;;EUR
03.02.2026;09:13;1311;;N02;1;9,90;S;void;
Razem;;;;;;;;;
"""


class Doors:
    """A shop in a folder, and every way by which a file can come into it. `names` are the doors."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.shop = shop_in(folder / "shop", PROGRAM)
        (self.shop.folder / "layouts").mkdir()
        self.programs = [(path / "program.yaml").read_text("utf-8") for path in WITH_EXAMPLES]
        self.tills = [*map(text_of, TILLS), PLAIN, LAYOUT_FILE]
        self.set_aside = self.made_set_aside()
        self.backup = self.made_backup()
        self.commands = DoorsOfCommands(folder)
        self.doors: dict[str, Callable[[Damage], None]] = {
            "program": self.program, "examples": self.examples, "layout": self.layout, "laid_out": self.laid_out,
            "till": self.till, "inspect": self.inspect, "list": self.list, "mended": self.mended, "workbook": self.workbook,
            "inspected_workbook": self.inspected_workbook, "archive": self.archive,
            **DoorsOfTalk(folder, self.check).doors, **self.commands.doors,
        }  # fmt: skip

    @property
    def names(self) -> list[str]:
        return list(self.doors)

    def ready(self, name: str) -> None:
        """Make what a door needs besides a damaged file, so that it does not count as that file's cost."""
        if name in self.commands.doors:
            self.commands.prepare()

    def open(self, name: str, damage: Damage) -> None:
        """Bring a damaged file in by one door: it comes in, or is refused in words. Anything else is raised."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self.doors[name](damage)
        except LoyaltyError as error:
            told(error)

    def written(self, name: str, data: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(data)
        return path

    def program(self, damage: Damage) -> None:
        folder = damage.chance.choice(WITH_EXAMPLES)
        text = (folder / "program.yaml").read_text("utf-8")
        self.check(damage.tree(text, self.programs), (folder / "examples.yaml").read_bytes())

    def examples(self, damage: Damage) -> None:
        folder = damage.chance.choice(WITH_EXAMPLES)
        text = (folder / "examples.yaml").read_text("utf-8")
        self.check((folder / "program.yaml").read_bytes(), damage.tree(text, [text]))

    def check(self, program: bytes, examples: bytes) -> None:
        home = self.folder / "checked"
        home.mkdir(exist_ok=True)
        (home / "program.yaml").write_bytes(program)
        (home / "examples.yaml").write_bytes(examples)
        shop = type(self.shop)(program=home / "program.yaml", database=home / "no.db", now=NOW, secret="ab" * 32)
        seen(check_program(shop))

    def layout(self, damage: Damage) -> None:
        """A damaged layout, and the file that the whole one reads."""
        (self.shop.folder / "layouts" / "mine.yaml").write_bytes(damage.tree(LAYOUT, [LAYOUT]))
        file = self.written("laid.csv", LAYOUT_FILE.encode())
        read_layout(self.shop.folder / "layouts" / "mine.yaml")
        seen(import_purchases(self.shop, [str(file)], layout="mine", store="Market", dry_run=True))

    def laid_out(self, damage: Damage) -> None:
        """A whole layout, and a damaged file."""
        (self.shop.folder / "layouts" / "mine.yaml").write_text(LAYOUT, "utf-8")
        file = self.written("laid.csv", damage.table(LAYOUT_FILE, self.tills))
        seen(import_purchases(self.shop, [str(file)], layout="mine", store="Market", dry_run=True))

    def till(self, damage: Damage) -> None:
        file = self.written("till.csv", damage.table(damage.chance.choice(self.tills), self.tills, ENCODINGS))
        seen(import_purchases(self.shop, [str(file)], store="Market", dry_run=True))

    def inspect(self, damage: Damage) -> None:
        texts = [*self.tills, MEMBERS, PRODUCTS, BALANCES]
        file = self.written("seen.csv", damage.table(damage.chance.choice(texts), texts, ENCODINGS))
        seen(inspect_file(self.shop, str(file)))

    def list(self, damage: Damage) -> None:
        text, take = damage.chance.choice(
            (
                (MEMBERS, import_members),
                (PRODUCTS, import_products),
                (BALANCES, import_balances),
                (REDEMPTIONS, import_redemptions),
                (TOTALS, import_reconcile),
            )
        )
        file = self.written("list.csv", damage.table(text, [text], ("utf-8", "utf-8", "utf-16", "cp1250")))
        seen(take(self.shop, [str(file)], dry_run=True))

    def mended(self, damage: Damage) -> None:
        """Rows that were set aside, and came back worse than they were."""
        file = self.written("back.csv", damage.table(self.set_aside, [self.set_aside]))
        seen(import_purchases(self.shop, [str(file)], dry_run=True))

    def workbook(self, damage: Damage) -> None:
        file = self.written("till.xlsx", self.damaged_workbook(damage))
        seen(import_purchases(self.shop, [str(file)], store="Market", dry_run=True))

    def inspected_workbook(self, damage: Damage) -> None:
        file = self.written("seen.xlsx", self.damaged_workbook(damage))
        seen(inspect_file(self.shop, str(file)))

    def damaged_workbook(self, damage: Damage) -> bytes:
        text = damage.chance.choice([PLAIN, *self.tills[:4]])
        if damage.chance.random() < 0.5:
            return damage.archive(workbook_of(text))
        return damage.made(workbook_of(damage.text(text)))

    def archive(self, damage: Damage) -> None:
        file = self.written("backup.zip", damage.archive(self.backup))
        into = self.folder / "restored"
        shutil.rmtree(into, ignore_errors=True)
        seen(restore(self.shop, file, into=into))

    def made_set_aside(self) -> str:
        import_purchases(self.shop, [str(self.written("first.csv", (PLAIN + SPOILED).encode()))])
        (made,) = (self.shop.folder / "set-aside").glob("*.csv")
        return made.read_text("utf-8-sig")

    def made_backup(self) -> bytes:
        backup(self.shop, self.folder / "backups")
        (made,) = (self.folder / "backups").glob("*.zip")
        return made.read_bytes()


def text_of(path: Path) -> str:
    """A sample, whichever way its till saves it."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1251")


def workbook_of(text: str) -> bytes:
    """A workbook whose cells are numbers where they look like some."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for line in text.splitlines()[:30]:
        sheet.append([cell_of(cell) for cell in line.split(",")])
    whole = BytesIO()
    book.save(whole)
    return whole.getvalue()


def cell_of(text: str) -> float | str:
    """A number, or a text without the signs that no workbook holds."""
    try:
        if len(text) < 12:
            return float(text)
    except ValueError:
        pass
    return "".join(letter for letter in text[:2000] if letter.isprintable())
