"""Prize draws as they were kept: what was frozen, who won."""

from __future__ import annotations

from dataclasses import astuple
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyalty_cli.model.days import local_day
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.kept_draw import KeptDraw
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.store.seals import seals
from loyalty_cli.store.settings import kept_facts
from loyalty_cli.store.settings import secret_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.draw import DrawRules
    from loyalty_cli.model.draw import Frozen
    from loyalty_cli.model.draw import Winner
    from loyalty_cli.store.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run: its randomness, the seed, when, and its whole proof.json."""

    public: str
    secret: str
    seed: str
    run_at: str
    proof: str


VOIDED = """(SELECT coalesce(group_concat(ticket || ' ' || code, ','), '') FROM
  (SELECT ticket, code FROM draw_void WHERE draw_id = draw.id ORDER BY ticket))"""
KEPT = ", ".join(VOIDED if name == "voided" else name for name in KeptDraw.__slots__)

ADD_DRAW = """
INSERT INTO draw (name, slug, first_day, last_day, tickets, entrants, entries_sha256, void_sha256,
  rules_sha256, rules, closed_at, closed_by, folder)
VALUES (?, ?, ?, ?, 0, 0, '', '', '', '', ?, ?, ?)
"""

ADD_WINNER = """
INSERT INTO draw_winner (draw_id, place, prize, reserve, member_id, pseudonym, ticket, pick)
SELECT draw_id, ?, ?, ?, member_id, pseudonym, ?, ? FROM draw_entrant WHERE draw_id = ? AND pseudonym = ?
"""


def draw_called(connection: Connection, name: str) -> KeptDraw | None:
    """The frozen draw of a name."""
    row = connection.execute(f"SELECT {KEPT} FROM draw WHERE name = ?", (name,)).fetchone()
    return KeptDraw(**dict(zip(KeptDraw.__slots__, row, strict=True))) if row else None


def draw_of_slug(connection: Connection, slug: str) -> str | None:
    """The name of the frozen draw that has a short name."""
    row = connection.execute("SELECT name FROM draw WHERE slug = ?", (slug,)).fetchone()
    return str(row[0]) if row else None


def add_draw(connection: Connection, rules: DrawRules, *, slug: str, folder: str, closed_at: str, by: str) -> int:
    """A new draw, whose figures come with `freeze`."""
    values = (rules.name, slug, rules.first_day, rules.last_day, closed_at, by, folder)
    cursor = connection.execute(ADD_DRAW, values)
    assert cursor.lastrowid is not None  # noqa: S101
    return cursor.lastrowid


def keep_rules(connection: Connection, draw_id: int, rules: str) -> None:
    """Record the text of the published rules."""
    connection.execute("UPDATE draw SET rules = ? WHERE id = ?", (rules, draw_id))


def freeze(connection: Connection, draw_id: int, frozen: Frozen) -> None:
    """Record the figures and hashes of the frozen files."""
    connection.execute(
        "UPDATE draw SET tickets = ?, entries_sha256 = ?, void_sha256 = ?, rules_sha256 = ?, records = ?,"
        " entrants = (SELECT count(*) FROM draw_entrant WHERE draw_id = draw.id) WHERE id = ?",
        (frozen.tickets, frozen.entries, frozen.void, frozen.rules, frozen.records, draw_id),
    )


def save_run(connection: Connection, draw_id: int, run: Run, winners: Iterable[Winner]) -> None:
    """Record a run and its winners, once."""
    connection.execute(
        "UPDATE draw SET public = ?, secret = ?, seed = ?, run_at = ?, proof = ? WHERE id = ?",
        (*astuple(run), draw_id),
    )
    connection.executemany(
        ADD_WINNER,
        ((w.place, w.prize, w.reserve, w.ticket, w.pick, draw_id, w.entrant) for w in winners),
    )


def secret(connection: Connection) -> bytes:
    """The shop's secret, from which the salts of pseudonyms come."""
    kept = secret_of(connection)
    if not kept:
        raise Refused("No program has been adopted here yet.", hint=phrase("Adopt it: loyalty program adopt"))
    return bytes.fromhex(kept)


def today(connection: Connection, now: datetime) -> Day:
    """The shop's local day at a moment."""
    return local_day(now, kept_facts(connection).timezone)


def currency(connection: Connection) -> str:
    """The program's currency, which every table carries."""
    return kept_facts(connection).currency.code


def closed_since(connection: Connection, at: str) -> list[str]:
    """The names of the draws closed since a moment."""
    return [name for (name,) in connection.execute("SELECT name FROM draw WHERE closed_at >= ? ORDER BY id", (at,))]


def keep(connection: Connection, moment: str) -> None:
    """Commit now, inside the shop's lock, because files are renamed after it."""
    seals.commit(connection, at=moment)
