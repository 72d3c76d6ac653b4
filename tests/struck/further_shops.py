"""Commands that write papers, files for others, or a chain's books, each with what comes before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.struck import talking_shop
from tests.struck.case import BY
from tests.struck.case import Case
from tests.struck.talking_shop import TOLD

if TYPE_CHECKING:
    from collections.abc import Mapping

MOVED = ("chain move lake --master here --buckets 2", "work in the lake")
BOOKS = "books: {policy: deferral}\n"
DROP = f"import rejects 2 --drop all {BY} --reason old"


def further_cases(program: str, files: Mapping[str, str], worked: tuple[str, ...], close: str) -> dict[str, Case]:
    """The cases in the shop of a program; `worked` is how it came to where it is, `close` closes its months."""

    def case(words: str, *before: str, parts: bool = False) -> Case:
        return Case(words, (*worked, *before), program, files, parts)

    def talking(words: str, *before: str, parts: bool = False) -> Case:
        return Case(words, before or TOLD, talking_shop.PROGRAM, talking_shop.FILES, parts)

    return {
        "month pack": case("month pack 2026-07 -o pack.xlsx", close),
        "books export": case("books export --month 2026-07 -o books.csv", close)._replace(program=f"{program}{BOOKS}"),
        "draw tickets": case("draw tickets autumn --everybody -o tickets.csv"),
        "import inspect": case("import inspect daily.csv --write layouts/mine.yaml"),
        "watch": case("watch --looks 1", "till leaves daily", parts=True),
        "posters": case("program posters -o posters.html"),
        "query": case("query 'SELECT * FROM receipts' -o rows.csv"),
        "rejects reopen": case(f"import rejects 2 --reopen all {BY}", "import purchases daily.csv --store Market", DROP),
        "redeem own receipt": case("redeem points 2900001 50 --store Market --receipt N1 --key k1"),
        "member export": talking("member export 2900001 -O json -o member.json"),
        "messages told": talking(f"messages told 2900001 {BY}"),
        "consent mailing": talking("consent mailing mailchimp --to mailing", parts=True),
        "receipt assign one": talking(f"receipt assign N1 2900005 --store Market {BY} --reason r --key k1"),
        "revert of a receipt": talking(
            f"revert 1 --yes {BY} --reason r --key k2", *TOLD, f"receipt assign N1 2900005 --store Market {BY} --reason r --key k1"
        ),
        "chain begun": case("init new --engine spark --master here --buckets 2 --yes", parts=True),
        "chain move": case(MOVED[0], parts=True),
        "chain import": case("import purchases daily.csv --store Market", *MOVED),
        "chain recalc": case("recalc --as-of 2026-11-20", *MOVED, "import purchases daily.csv --store Market"),
        "chain erase": case(f"member erase 2900001 --yes {BY} --reason r --key k1", *MOVED, parts=True),
    }
