"""Who has how many tickets in a draw, who is left out and why, and who was frozen as an entrant.

`temp.holder` has every member with tickets; `reason` says why a member is left out, '' is an entrant.
"""

from __future__ import annotations

import json
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.consent import DRAWS
from loyalty_cli.model.days import iso
from loyalty_cli.model.days import Span
from loyalty_cli.model.telephones import telephone_end

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.draw import DrawRules
    from loyalty_cli.store.database import Connection

FORGOTTEN, BLOCKED, OPTED_OUT, UNKNOWN_AGE, WON_BEFORE, HOUSEHOLD = (
    "forgotten",
    "blocked",
    "opted out",
    "birthday not known",
    "won before",
    "same household",
)

HOLDERS = """
CREATE TEMP TABLE holder (member_id INTEGER PRIMARY KEY, tickets INTEGER NOT NULL, reason TEXT NOT NULL DEFAULT '')
"""
# Full passes over the ledger: going by its index of members would jump to and fro in a file of any size.
IN_TIME = """
INSERT INTO holder (member_id, tickets)
SELECT member_id, sum(quantity) FROM ledger NOT INDEXED
WHERE asset_id = :asset {more}AND effective_on BETWEEN :first_day AND :last_day GROUP BY member_id
"""
# Tickets count that came by the last day; what is taken back counts until the close, however late a return was.
TAKEN_BACK = """
INSERT INTO holder (member_id, tickets)
SELECT member_id, sum(quantity) FROM ledger NOT INDEXED
WHERE asset_id = :asset {more}AND effective_on > :last_day AND effective_on <= :closing
GROUP BY member_id, rule_id, cause_kind, cause_id, effective_on HAVING sum(quantity) < 0
ON CONFLICT (member_id) DO UPDATE SET tickets = tickets + excluded.tickets
"""
# A member by a record, or by a card; who only wrote for a free entry is neither.
FOR_EVERYONE = """
INSERT INTO holder (member_id, tickets)
SELECT id, :everyone FROM member
WHERE CASE WHEN joined IS NULL THEN EXISTS (SELECT 1 FROM card WHERE card.member_id = member.id)
      ELSE joined <= :last_day END
ON CONFLICT (member_id) DO UPDATE SET tickets = tickets + excluded.tickets
"""
LEAVE_OUT = "UPDATE holder SET reason = :reason WHERE reason = '' AND member_id IN ({members})"
# Nobody knows any more whom to hand a prize to. Who was frozen was known at the close, or an older release asked for no more.
FORGOTTEN_ONES = """
SELECT member_id FROM by_hand WHERE what = 'erase' AND day <= :closing AND member_id NOT IN (
  SELECT member_id FROM draw JOIN draw_entrant ON draw_id = draw.id WHERE name = :name
  UNION ALL SELECT member_id FROM draw JOIN draw_rank ON draw_id = draw.id WHERE name = :name)
"""
BLOCKED_ONES = """
SELECT member_id FROM block WHERE from_day <= :closing AND (until_day IS NULL OR until_day >= :closing)
"""
OPTED_OUT_ONES = """
SELECT member_id FROM consent one WHERE channel = :channel AND given = 0 AND gone = 0 AND from_day <= :closing AND NOT EXISTS (
  SELECT 1 FROM consent later WHERE later.member_id = one.member_id AND later.channel = one.channel AND later.gone = 0
  AND later.from_day <= :closing AND (later.from_day, later.id) > (one.from_day, one.id))
"""
OF_A_GROUP = """
SELECT member_id FROM member_group WHERE name = :group AND from_day <= :closing AND ended = 0
AND (until_day IS NULL OR until_day >= :first_day)
"""
# A birthday with its year is written 1980-05-17, one without it 05-17.
YOUNG_ONES = "SELECT id FROM member WHERE length(birthday) = 10 AND birthday > :born"
OF_NO_KNOWN_AGE = "SELECT id FROM member WHERE length(birthday) <> 10"
# Who gave the prize up, or let it lapse, has not won; who stands in for such a winner has. Only what had happened by
# the moment of the close counts, so that a later draw changes nothing of this one: what was closed after it has a
# higher number, even within the same second.
WINNERS_OF = """
SELECT coalesce(won.merged_into, winner.member_id) FROM draw_winner winner JOIN draw ON draw.id = winner.draw_id
LEFT JOIN member won ON won.id = winner.member_id
LEFT JOIN draw_redraw given ON given.draw_id = winner.draw_id AND given.place = winner.place
  AND given.at <= :moment
LEFT JOIN draw_redraw stands ON stands.draw_id = winner.draw_id AND stands.new_place = winner.place
  AND stands.at <= :moment
WHERE given.place IS NULL AND (stands.place IS NOT NULL OR winner.reserve = 0 AND winner.place NOT IN (
  SELECT new_place FROM draw_redraw later WHERE later.draw_id = winner.draw_id AND later.at > :moment))
AND draw.run_at <= :moment AND draw.id < coalesce((SELECT id FROM draw own WHERE own.name = :name), draw.id + 1)
AND (draw.name IN (SELECT value FROM json_each(:draws)) OR substr(draw.run_at, 1, 10) >= :since)
"""
FIND_SHARED = """
INSERT INTO shared SELECT telephone_end(phone) AS ending FROM member WHERE phone <> '' GROUP BY ending HAVING ending <> '' AND count(*) > 1
UNION ALL SELECT lower(email) FROM member WHERE email <> '' GROUP BY 1 HAVING count(*) > 1
UNION ALL SELECT DISTINCT name FROM member_group WHERE name LIKE 'household %'
UNION ALL SELECT DISTINCT 'account ' || account_id FROM household
"""
SHARED = """
SELECT member_id FROM (
  SELECT member_id, row_number() OVER (PARTITION BY contact ORDER BY tickets DESC, member_id) AS place FROM (
    SELECT member_id, tickets, telephone_end(phone) AS contact FROM holder JOIN member ON member.id = member_id
    WHERE reason = '' AND phone <> '' AND contact IN (SELECT contact FROM shared)
    UNION ALL
    SELECT member_id, tickets, lower(email) AS contact FROM holder JOIN member ON member.id = member_id
    WHERE reason = '' AND email <> '' AND contact IN (SELECT contact FROM shared)
    UNION ALL
    SELECT member_id, tickets, name AS contact FROM holder JOIN member_group USING (member_id)
    WHERE reason = '' AND name LIKE 'household %' AND from_day <= :closing AND ended = 0
    AND (until_day IS NULL OR until_day >= :closing)
    UNION ALL
    SELECT DISTINCT holder.member_id, tickets, 'account ' || account_id AS contact
    FROM household JOIN holder ON holder.member_id IN (household.member_id, account_id)
    WHERE reason = '' AND from_day <= :closing AND coalesce(until_day, :closing) >= :closing
  )
) WHERE place > 1
"""
CHANGED = """
WITH now AS (SELECT member_id, tickets FROM holder WHERE reason = ''),
  frozen AS (SELECT member_id, tickets FROM draw_entrant WHERE draw_id = :draw)
SELECT count(DISTINCT member_id) FROM (
  SELECT * FROM (SELECT * FROM now EXCEPT SELECT * FROM frozen)
  UNION ALL
  SELECT * FROM (SELECT * FROM frozen EXCEPT SELECT * FROM now)
)
"""
ADD_ENTRANTS = """
INSERT INTO draw_entrant (draw_id, member_id, pseudonym, tickets)
SELECT :draw, member_id, pseudonym_of(member_id) AS hidden, tickets FROM holder WHERE reason = '' ORDER BY hidden
"""


class Entrant(NamedTuple):
    """A frozen entrant and the numbers of the tickets: `first` and so many from it on."""

    member: int
    pseudonym: str
    first: int
    tickets: int


def find_holders(connection: Connection, rules: DrawRules, closing: Day, *, moment: str) -> None:
    """Everybody with tickets as of a day and a moment (ISO, UTC) of it, and who of them is left out."""
    values = {
        "asset": asset_of(connection, f"ticket:{rules.name}"),
        "first_day": rules.first_day,
        "last_day": rules.last_day,
        "closing": closing,
        "at_most": rules.at_most,
        "everyone": rules.everyone,
    }
    start_holders(connection)
    for statement in (IN_TIME, TAKEN_BACK):
        connection.execute(statement.format(more=""), values)
    if rules.everyone:
        connection.execute(FOR_EVERYONE, values)
    connection.execute("DELETE FROM holder WHERE tickets <= 0")
    if rules.at_most is not None:
        connection.execute("UPDATE holder SET tickets = :at_most WHERE tickets > :at_most", values)
        connection.execute("DELETE FROM holder WHERE tickets = 0")
    leave_out(connection, rules, closing, moment=moment)


def start_holders(connection: Connection) -> None:
    """An empty list of holders."""
    connection.execute("DROP TABLE IF EXISTS temp.holder")
    connection.execute(HOLDERS)


def asset_of(connection: Connection, name: str) -> int:
    """The number of an asset, 0 if nobody has any."""
    row = connection.execute("SELECT id FROM asset WHERE name = ?", (name,)).fetchone()
    return int(row[0]) if row else 0


def leave_out(connection: Connection, rules: DrawRules, closing: Day, *, moment: str) -> None:
    """Note the first reason, in this order, for which a member can not win."""
    asked = rules.exclusions
    values = {"closing": closing, "first_day": rules.first_day, "channel": DRAWS, "name": rules.name}

    def out(reason: str, members: str, **more: object) -> None:
        connection.execute(LEAVE_OUT.format(members=members), {**values, **more, "reason": reason})

    out(FORGOTTEN, FORGOTTEN_ONES)
    out(BLOCKED, BLOCKED_ONES)
    out(OPTED_OUT, OPTED_OUT_ONES)
    for group in asked.groups:
        out(f"group {group}", OF_A_GROUP, group=group)
    if asked.youngest:
        age = Span(count=asked.youngest, unit="years")
        out(f"younger than {age}", YOUNG_ONES, born=iso(age.before(rules.last_day)))
        if asked.unknown_birthday == "is excluded":
            out(UNKNOWN_AGE, OF_NO_KNOWN_AGE)
    if asked.winners_of or asked.winners_within:
        since = iso(asked.winners_within.before(rules.last_day)) if asked.winners_within else "9999"
        out(WON_BEFORE, WINNERS_OF, draws=json.dumps(list(asked.winners_of)), since=since, moment=moment)
    if asked.one_per_household:
        connection.execute("DROP TABLE IF EXISTS temp.shared")
        connection.execute("CREATE TEMP TABLE shared (contact PRIMARY KEY) WITHOUT ROWID")
        connection.create_function("telephone_end", 1, telephone_end, deterministic=True)
        connection.execute(FIND_SHARED)
        if connection.execute("SELECT 1 FROM shared LIMIT 1").fetchone():
            out(HOUSEHOLD, SHARED)


def left_out(connection: Connection) -> tuple[tuple[str, int], ...]:
    """How many were left out for each reason."""
    rows = connection.execute("SELECT reason, count(*) FROM holder WHERE reason <> '' GROUP BY reason ORDER BY reason")
    return tuple((str(reason), int(count)) for reason, count in rows)


def members_with_other_tickets(connection: Connection, draw_id: int) -> int:
    """How many members have another number of tickets now than was frozen."""
    changed: int = connection.execute(CHANGED, {"draw": draw_id}).fetchone()[0]
    return changed


def add_entrants(connection: Connection, draw_id: int, pseudonym: Callable[[int], str]) -> None:
    """Every entrant, under a pseudonym; so sorted that a million rows are only appended."""
    connection.create_function("pseudonym_of", 1, pseudonym)
    connection.execute(ADD_ENTRANTS, {"draw": draw_id})


def entrants_by_pseudonym(connection: Connection, draw_id: int) -> Iterator[tuple[str, int]]:
    """Pseudonyms and their tickets in the order of bytes."""
    return connection.execute("SELECT pseudonym, tickets FROM draw_entrant WHERE draw_id = ? ORDER BY pseudonym", (draw_id,))


def entrant_of(connection: Connection, draw_id: int, member: int) -> Entrant | None:
    """A member's frozen tickets."""
    row = connection.execute(
        "SELECT member_id, pseudonym, 1 + (SELECT coalesce(sum(tickets), 0) FROM draw_entrant before"
        " WHERE before.draw_id = one.draw_id AND before.pseudonym < one.pseudonym), tickets"
        " FROM draw_entrant one WHERE draw_id = ? AND member_id = ?",
        (draw_id, member),
    ).fetchone()
    return Entrant(*row) if row else None
