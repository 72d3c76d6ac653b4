"""The doors by which people ask: what is typed at commands, questions in SQL, published draws, a damaged database, a program that runs."""

from __future__ import annotations

import contextlib
import io
import os
import shlex
import shutil
import signal
import sqlite3
import sys
from functools import cached_property
from typing import TYPE_CHECKING

from loyalty_cli.cli import main
from loyalty_cli.cli.examples import EXAMPLES
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.draws.verify import draw_verify
from loyalty_cli.operations.views.query import query
from loyalty_cli.reports.all_reports import ALL_REPORTS
from loyalty_cli.store import health
from loyalty_cli.store.views.all_views import ALL_VIEWS
from tests.fuzz import talk
from tests.fuzz.mutations import ODD
from tests.fuzz.shown import seen
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import shop_in
from tests.struck.commands import with_everything_imported
from tests.struck.shops import CASES
from tests.struck.shops import FILES
from tests.struck.shops import PROGRAM as WITH_DRAWS
from tests.struck.talking_shop import FILES as BROUGHT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop
    from tests.fuzz.mutations import Damage

DRAWS = "draws:" + WITH_DRAWS.partition("\ndraws:")[2].partition("\nnightly:")[0]
PROGRAM = talk.PROGRAM.replace("nightly:", f"{DRAWS}\nnightly:")
# They wait for somebody, take their time, or work in an engine that sets room aside.
NOT_TYPED = ("counter", "demo", "watch", "chain", "export")
LINES = sorted({line for lines in EXAMPLES.values() for line in lines} | {f"loyalty {case.words}" for case in CASES.values()})
TYPED = [shlex.split(line.partition(" > ")[0])[1:] for line in LINES if line.split()[1] not in NOT_TYPED]
OPTIONS = ("--on", "--as-of", "--from", "--to", "--month", "--limit", "--key", "--count", "--store", "--lang", "-O", "--card", "--until")
# What is typed is written nowhere but in the shop's own folder.
HARMLESS = tuple(word.replace("\0", "") for word in ODD if not word.startswith(("/", "~")) and ".." not in word)
LOOKS = (
    *("check --full", "check", "status", "doctor", "recalc --all", "coupons issue", "nightly", "explain 2900001", "explain N1"),
    *("quote 2900001 80.00", "messages preview", "messages list --month 2026-11", "draw list", "draw tickets autumn", "member find a"),
    *("member card 2900001 --slip 32", "member export 2900001 -O json", "till export members --whole", "program show", "program diff"),
    *("simulate", "feedback list --all", "books export --month 2026-10", "backup kept", "till audit", "revert 1 --yes --by Ewa --reason r"),
    *("import rejects 1", "import conflicts", "month close 2026-10 --yes --yes-without all --accept-open", "consent list"),
    *("program terms -o terms.html", "program posters -o posters.html", "plan --from-history --margin 30%"),
    *("draw close autumn --accept-late", "program adopt --by Ewa", "give 2900001 points 3 --by Ewa --reason r", "gift choose 2900001 mug"),
    *("import purchases bought.csv --store Market", "import members people.csv", "member merge 2900001 2900002 --yes --by Ewa"),
    *("member erase 2900001 --by Ewa --reason r --yes", "receipt assign N1 2900003 --store Market --by Ewa --reason r"),
    *(f"report {name}" for name in ALL_REPORTS),
)
OWN_FILES = {
    "bought": talk.BOUGHT, "people": talk.PEOPLE, "agreed": talk.AGREED,
    "again": FILES["used"].replace(",u1", ",u8").replace(",u2", ",u9"),
}  # fmt: skip
WEEKS = (
    *("import purchases first.csv bought.csv --store Market --another-store", "import members people.csv", "import consents agreed.csv"),
    *("import products goods.csv", "import purchases daily.csv --store Market", "import purchases changed.csv --store Market"),
    *("recalc --as-of 2026-11-20", "coupons issue", "messages send --by Ewa", "draw close autumn --accept-late --by Ewa"),
    "draw void autumn --card 2900002 --because blocked --reason r --by Ewa --yes",
    *("draw run autumn --public 1-2-3-4", "draw claim autumn 1 --refuse --by Ewa", "draw redraw autumn 1 --by Ewa"),
    *("month close 2026-01 --through 2026-09 --yes --yes-without all --accept-open", "give 2900001 points 30 --by Ewa --reason r --key g1"),
    *("redeem points 2900002 5 --store Market --key p1", "redeem voucher {code} 12.00 --basket 80.00 --store Market --key v1"),
    *("coupons void {next} --reason lost --by Ewa --yes", "feedback add 2900003 2 --text slow --by Ewa --key f1"),
    *("feedback answer 1 --text sorry --by Ewa", "event add 2900004 survey --by Ewa --reason r"),
    "import codes codes.csv --coupon sorry --by Ewa",
    *("cards make --count 3 --prefix 29012 --key c1 --by Ewa", "coupons make sorry --count 3 --key b1 --by Ewa"),
    "till export members --whole",
    *("member merge 2900005 2900006 --by Ewa --reason one --yes", "member household 2900007 2900008 --by Ewa --reason r --key h1"),
    *("member lost 2900009 --by Ewa --reason r --key l1", "receipt assign N1 2900003 --store Market --by Ewa --reason r --key a1"),
    *("import reconcile totals.csv --from 2026-07-01 --to 2026-07-01", "import balances brought.csv", "status"),
    *("draw open winter --commit-secret --by Ewa", "import events events.csv --by Ewa", "redeem gift 2900004 mug --store Market --key m1"),
    *("member block 2900010 --by Ewa --reason r --key b1", "member set 2900011 --group staff --by Ewa"),
    "import purchases changed.csv --store Market",
    *("import redemptions used.csv --store Market", "nightly", "recalc --take-back 3 --reason r --by Ewa"),
    *("member add --card 2990001 --name Ola --referred-by 2900001 --by Ewa --key o1", "revert 3 --yes --by Ewa --reason r", "recalc"),
    *("consent unsubscribed left.csv --channel email --by Ewa", "import redemptions again.csv --store Market"),
    *("redeem coupon {made} --basket 90.00 --store Market --key v9", "member erase 2900012 --yes --by Ewa --reason r --key e1", "nightly"),
)  # fmt: skip
QUESTIONS = (
    "SELECT name, points FROM members WHERE points > 5 ORDER BY points DESC",
    "WITH m AS (SELECT card, sum(amount) AS a FROM receipts GROUP BY card) SELECT a, count(*) FROM m GROUP BY 1 LIMIT 5",
    *(f"SELECT * FROM {name} LIMIT 3" for name in ALL_VIEWS),
)
SQL_WORDS = (
    *("1e999", "9223372036854775807 + 1", "x'00ff'", "zeroblob(10)", "char(0, 27, 8238)", "randomblob(3)", "NULL"),
    "abs(-9223372036854775808)",
    *("json('{')", "hex(1)", "printf('%d', 1)", "load_extension('x')", "readfile('x')", "UNION SELECT 1", "-- ", "/*", ";"),
    "; DROP TABLE member",
    *("ATTACH 'x' AS y", "PRAGMA user_version", "VACUUM INTO 'x'", "(SELECT 1, 2)", "1/0", "date('9999-12-31', '+1 day')"),
    "sum(9223372036854775807)",
    *("AS \"\"", "AS \"\x1b[31m\"", "AS a, 2 AS a", "count(*) OVER ()", "EXPLAIN SELECT 1", "VALUES (1)", "?", ":a", "@b"),
    "group_concat(name)",
)  # fmt: skip


class DoorsOfCommands:
    """A shop that has worked for a while, and what people and accidents do to it."""

    def __init__(self, folder: Path) -> None:
        # Modules take their room before it is measured.
        with_everything_imported()
        self.folder = folder
        self.doors: dict[str, Callable[[Damage], None]] = {
            "typed": self.typed, "question": self.question, "verified": self.verified, "database": self.database, "ran": self.ran,
        }  # fmt: skip

    @cached_property
    def shop(self) -> Shop:
        """The shop, made when the first of its doors opens."""
        shop = shop_in(self.folder / "asked", PROGRAM)
        for name, text in (BROUGHT | FILES | OWN_FILES).items():
            (shop.folder / (name if "." in name else f"{name}.csv")).write_text(text, encoding="utf-8")
        for words in WEEKS:
            codes = dict(zip(("{code}", "{next}"), self.codes_in(shop, "coupon"), strict=False))
            codes |= dict(zip(("{made}",), self.codes_in(shop, "bearer_coupon"), strict=False))
            code = typed(shop.folder, [codes.get(word, word) for word in shlex.split(words)])
            assert code in {0, 31, 100}, (code, words)
        return shop

    def prepare(self) -> None:
        """Make the shop, if it is not made yet."""
        assert self.codes

    @cached_property
    def published(self) -> list[Path]:
        return sorted((self.shop.folder / "draws").glob("*/"))

    @cached_property
    def codes(self) -> list[str]:
        return self.codes_in(self.shop, "coupon") + self.codes_in(self.shop, "bearer_coupon")

    @cached_property
    def columns(self) -> list[tuple[str, str]]:
        return columns_of(self.shop.database)

    def codes_in(self, shop: Shop, table: str) -> list[str]:
        """The first codes of coupons."""
        return [code for (code,) in asked(shop, f"SELECT code FROM {table} ORDER BY id LIMIT 4")]

    def copy(self) -> Path:
        """The shop's folder once more, as it was."""
        copy = self.folder / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.shop.folder, copy)
        return copy

    def typed(self, damage: Damage) -> None:
        """A command with odd words among its own."""
        chance = damage.chance
        words = [word.replace("{code}", chance.choice(self.codes)) for word in chance.choice(TYPED)]
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            at = chance.randrange(1, len(words) + 1)
            match chance.randrange(6):
                case 0:
                    words[at:at] = [chance.choice(OPTIONS), chance.choice(HARMLESS)]
                case 1:
                    del words[at:][:1]
                case 2:
                    words[at:at] = [chance.choice(HARMLESS)]
                case _:
                    of_another = chance.choice(chance.choice(TYPED))
                    words[at : at + 1] = [chance.choice((chance.choice(HARMLESS), chance.choice(HARMLESS), of_another))]
        # A machine starts no program with so long a word.
        damage.size = sum(map(len, words))
        typed(self.copy(), words)

    def question(self, damage: Damage) -> None:
        """A question in SQL."""
        text, chance = chance_text(damage), damage.chance
        end = iter(range(chance.choice((1, 10, 10))))
        seen(query(self.shop, text, limit=chance.choice((None, 1, 5)), over=lambda: next(end, None) is None))

    def verified(self, damage: Damage) -> None:
        """A published draw of which somebody changed a file."""
        folder = self.folder / "published"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(damage.chance.choice(self.published), folder)
        path = damage.chance.choice(sorted(path for path in folder.iterdir() if path.is_file()))
        path.write_bytes(damage.content(path.read_bytes()))
        seen(draw_verify(folder))

    def database(self, damage: Damage) -> None:
        """A database in which some program changed a value, or a disk some bytes."""
        chance, home = damage.chance, self.copy()
        path = home / "loyalty.db"
        damage.size = path.stat().st_size
        if chance.random() < 0.2:
            path.write_bytes(damage.raw(path.read_bytes()))
        else:
            with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
                for _ in range(chance.choice((1, 1, 2))):
                    change(connection, chance.choice(self.columns), damage)
        try:
            typed(home, shlex.split(chance.choice(LOOKS)))
        except Exception:
            # What stumbles over a value that loyalty has not written is not our mistake, if the check finds that value.
            if typed(home, ["check", "--full"]) not in {ExitCode.DAMAGED, ExitCode.DIFFERENCES}:
                raise

    def ran(self, damage: Damage) -> None:
        """A damaged program that is adopted and worked with."""
        home = self.copy()
        (home / "program.yaml").write_bytes(damage.tree(PROGRAM, [PROGRAM]))
        for words in ("recalc --all --as-of 2026-11-20", damage.chance.choice(LOOKS)):
            typed(home, shlex.split(words))


def chance_text(damage: Damage) -> str:
    """A question with some of its words changed."""
    text = damage.chance.choice(QUESTIONS)
    for _ in range(damage.chance.choice((1, 1, 2, 3))):
        words = text.split(" ")
        at = damage.chance.randrange(len(words) + 1)
        new = damage.chance.choice((damage.odd(), damage.chance.choice(SQL_WORDS)))
        words[at : at + damage.chance.randrange(2)] = [new]
        text = " ".join(words)
    damage.size = len(text)
    return text


def columns_of(database: Path) -> list[tuple[str, str]]:
    """Every column of every table that has rows."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        select = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%sqlite%'"
        tables = [name for (name,) in connection.execute(select)]
        return [
            (table, column)
            for table in tables
            if connection.execute(f'SELECT 1 FROM "{table}"').fetchone()
            for (column,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))
        ]


def change(connection: sqlite3.Connection, column: tuple[str, str], damage: Damage) -> None:
    """Another value in one row, whatever held it back; text where a number belongs, where SQLite lets it."""
    table, name = column
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute("PRAGMA foreign_keys = OFF")
    health.read_anything(connection)
    for (trigger,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        connection.execute(f'DROP TRIGGER "{trigger}"')
    (count,) = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()
    offset = damage.chance.randrange(count) if count else 0
    found = connection.execute(f'SELECT "{name}" FROM "{table}" LIMIT 1 OFFSET ?', (offset,)).fetchone()
    if found is None:
        return
    new: object = damage.odd()
    if isinstance(found[0], int):
        new = damage.chance.choice((0, -1, 1, found[0] + 1, -found[0], 2**31, 2**63 - 1, -(2**63), 10**9, 3_000_000, None))
    elif isinstance(found[0], str):
        new = damage.chance.choice((damage.text(found[0]), damage.odd(), "", None, "{}", "[]", "null"))
    where = f'"{name}" IS ?'
    with contextlib.suppress(sqlite3.Error):
        connection.execute(f'UPDATE "{table}" SET "{name}" = ? WHERE {where}', (new.encode() if new == "\0" else new, found[0]))


def typed(folder: Path, words: list[str]) -> int:
    """What is typed at a prompt in a folder: its exit code; what is a mistake of ours is raised."""
    kept = sys.argv
    os.environ.update(LOYALTY_NOW="2026-11-21T10:00:00+00:00", LOYALTY_TRACEBACK="1", NO_COLOR="1", LANG="C.UTF-8")
    sys.argv = ["loyalty", *words]
    said, told = io.StringIO(), io.StringIO()
    code: str | int | None = 0
    try:
        with contextlib.chdir(folder), contextlib.redirect_stdout(said), contextlib.redirect_stderr(told):
            main.run()
    except SystemExit as end:
        code = end.code
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        sys.argv = kept
    assert code != 1, told.getvalue()[-300:]
    assert "Traceback" not in told.getvalue(), told.getvalue()[-300:]
    return int(code or 0)
