"""What was done by hand: each once by its key, by whom and why, and with what undoes it."""

from __future__ import annotations

import json
from itertools import chain
from itertools import count
from typing import Any
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import Refused
from loyalty_cli.store.coupons.coupons import put_back

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection


class Done(NamedTuple):
    """One thing: its number and key, what it was, whose, with what in particular, when, by whom, why; what it undoes."""

    id: int
    key: str
    what: str
    member: int | None
    detail: dict[str, Any]
    day: Day
    at: str
    by: str
    reason: str
    reverts: int | None = None


# What in particular was done, in a few words, of a row that is called h.
DETAIL = """
  coalesce(h.detail ->> 'count' || ' ', '') || coalesce(h.detail ->> 'points' || ' ', '') || coalesce(h.detail ->> 'asset',
    h.detail ->> 'receipt', h.detail ->> 'number', h.detail ->> 'gift',
    h.detail ->> 'event', h.detail ->> 'undoes',
    (SELECT r.points || ' points' FROM redemption r WHERE r.key = h.detail ->> 'key' AND r.kind = 'points'),
    (SELECT '1 ' || a.name FROM coupon c JOIN asset a ON a.id = c.asset_id WHERE c.id = h.detail ->> 'coupon'),
    (SELECT '1 coupon:' || b.name FROM bearer_coupon c JOIN coupon_batch b ON b.id = c.batch_id WHERE c.id = -(h.detail ->> 'coupon')),
    h.detail ->> 'kind', h.detail ->> 'fields', h.detail ->> 'file', '')"""
SELECT = "SELECT id, key, what, member_id, detail, day, at, by, reason, reverts FROM by_hand"
ASSIGN = "UPDATE receipt SET member_id = ? WHERE id = ?"
# The part of a key under which points go home to an account; all its forms lie before the other.
HOME, HOME_ENDS = "|home ", "|home!"
# A lost card's receipts from its day on are nobody's, whenever they come in; what came back goes where its sale goes.
OF_LOST_CARDS = """
SELECT r.id, r.member_id, r.day FROM lost_card l CROSS JOIN card c ON c.id = l.card_id
CROSS JOIN receipt r ON r.day >= l.from_day AND r.card_id = l.card_id
  AND r.member_id IN (SELECT c.member_id UNION ALL SELECT account_id FROM household h WHERE h.member_id = c.member_id)
WHERE NOT EXISTS (SELECT 1 FROM return_of f WHERE f.return_id = r.id)"""
NUMBERED = """
SELECT r.id, s.name, r.number, r.day, r.member_id FROM receipt r JOIN store s ON s.id = r.store_id
WHERE r.number = ? AND r.gone = 0 AND (? IS NULL OR r.store_id = ?) ORDER BY r.day"""


def done_by_key(connection: Connection, key: str) -> Done | None:
    """What was done under a key."""
    return done_of(connection.execute(SELECT + " WHERE key = ?", (key,)).fetchone())


def key_of_use(connection: Connection, key: str) -> str:
    """The key under which the use of something is noted: a till's key is free again once its use was undone."""
    keys = chain([f"redeem {key}"], (f"redeem|{times} {key}" for times in count(2)))
    return next(one for one in keys if done_by_key(connection, one) is None)


# Nobody can be asked, reminded or surprised any more of whom it is forgotten who they were.
ERASED = "SELECT member_id FROM by_hand WHERE what = 'erase' AND day <= :day"


def erased_by(connection: Connection, day: Day) -> set[int]:
    """Of whom it was forgotten by a day who they were."""
    return {member for (member,) in connection.execute(ERASED, {"day": day})}


def is_erased(connection: Connection, member: int) -> bool:
    """Whether it is forgotten who a member was."""
    return connection.execute("SELECT 1 FROM by_hand WHERE what = 'erase' AND member_id = ?", (member,)).fetchone() is not None


def refuse_if_erased(connection: Connection, members: Iterable[int]) -> None:
    """Nothing changes any more for somebody who is forgotten."""
    if any(is_erased(connection, member) for member in members):
        raise Refused("Whose this was is forgotten: their books stay as they are.")


def done_numbered(connection: Connection, number: int) -> Done | None:
    """What has a number."""
    return done_of(connection.execute(SELECT + " WHERE id = ?", (number,)).fetchone())


def next_number(connection: Connection) -> int:
    """The number that the next thing gets."""
    return int(connection.execute("SELECT coalesce(max(id), 0) + 1 FROM by_hand").fetchone()[0])


def undone_by(connection: Connection, number: int) -> Done | None:
    """What has undone a thing."""
    return done_of(connection.execute(SELECT + " WHERE reverts = ?", (number,)).fetchone())


def done_of(row: tuple[Any, ...] | None) -> Done | None:
    """A row of the table."""
    return None if row is None else Done._make((*row[:4], json.loads(row[4]), *row[5:]))


def save_done(connection: Connection, done: Done) -> int:
    """Keep it; its number."""
    row = connection.execute(
        "INSERT INTO by_hand (key, what, member_id, detail, day, at, by, reason, reverts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (*done[1:4], json.dumps(done.detail, ensure_ascii=False, sort_keys=True), *done[5:]),
    ).fetchone()
    return int(row[0])


def save_adjustment(connection: Connection, done: Done, asset: str, quantity: int, *, last: Day | None = None, part: str = "") -> int:
    """Give or take an asset by hand; the number of the adjustment."""
    row = connection.execute(
        "INSERT INTO adjustment (member_id, asset, quantity, day, at, by, reason, key, until_day) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "RETURNING id",
        (done.member, asset, quantity, done.day, done.at, done.by, done.reason, f"by hand {done.key}{part}", last),
    ).fetchone()
    return int(row[0])


def brought_home(connection: Connection, key: str) -> list[int]:
    """What a thing done by hand brought home to an account: the parts of its key begin so, and no other's do."""
    select = f"SELECT id FROM adjustment WHERE key >= 'by hand ' || ?1 || '{HOME}' AND key < 'by hand ' || ?1 || '{HOME_ENDS}' ORDER BY id"
    return [number for (number,) in connection.execute(select, (key,))]


def take_back_adjustments(connection: Connection, numbers: list[int]) -> list[tuple[int, Day]]:
    """Adjustments count no more; whose they are, and from which day."""
    taken = "UPDATE adjustment SET gone = 1 WHERE id = ? AND gone = 0 RETURNING member_id, day"
    return [row for number in numbers for row in connection.execute(taken, (number,))]


def receipts_named(connection: Connection, number: str, store: int | None) -> list[tuple[int, str, str, Day, int | None]]:
    """The receipts with a number: number of the row, store, number, day, member."""
    return connection.execute(NUMBERED, (number, store, store)).fetchall()


def assign_receipt(connection: Connection, receipt: int, member: int | None) -> int | None:
    """Let a receipt be somebody's, or nobody's; whose it was."""
    was = connection.execute("SELECT member_id FROM receipt WHERE id = ?", (receipt,)).fetchone()[0]
    connection.execute(ASSIGN, (member, receipt))
    return None if was is None else int(was)


def lose_card(connection: Connection, card: str, day: Day, reason: str) -> bool:
    """A card is lost from a day on; False if it is already."""
    lost = "INSERT INTO lost_card (card_id, from_day, reason) SELECT id, ?, ? FROM card WHERE number = ? ON CONFLICT DO NOTHING"
    return connection.execute(lost, (day, reason, card)).rowcount == 1


def find_card(connection: Connection, card: str) -> None:
    """A lost card is found again."""
    connection.execute("DELETE FROM lost_card WHERE card_id = (SELECT id FROM card WHERE number = ?)", (card,))


def is_lost(connection: Connection, card: str, day: Day) -> bool:
    """Whether a card was lost by a day."""
    select = "SELECT 1 FROM lost_card WHERE from_day <= ? AND card_id = (SELECT id FROM card WHERE number = ?)"
    return connection.execute(select, (day, card)).fetchone() is not None


def part_from_lost_cards(connection: Connection) -> list[tuple[int, int, Day]]:
    """Receipts on lost cards become nobody's: number, whose they were, day."""
    rows = connection.execute(OF_LOST_CARDS).fetchall()
    connection.executemany(ASSIGN, [(None, number) for number, _, _ in rows])
    return rows


def receipts_of_card(connection: Connection, card: str, day: Day) -> list[tuple[int, Day]]:
    """The receipts of a card since a day that are nobody's."""
    select = """
SELECT id, day FROM receipt
WHERE member_id IS NULL AND gone = 0 AND day >= ? AND card_id = (SELECT id FROM card WHERE number = ?)"""
    return connection.execute(select, (day, card)).fetchall()


def undo_redemption(connection: Connection, key: str, done: Done) -> list[tuple[int, Day]]:
    """A use is taken back by a row of its own; whose it was, and from which day. Nothing if a bearer showed no card."""
    row = connection.execute("SELECT id, member_id, kind, points, amount, coupon_id, day FROM redemption WHERE key = ?", (key,)).fetchone()
    if row is None:
        return []
    id_, member, kind, points, amount, coupon, day = row
    # The coupon's first use names it; where there are further uses, the next one does.
    connection.execute("UPDATE redemption SET coupon_id = NULL, key = key || ', taken back ' || id WHERE id = ?", (id_,))
    connection.execute("DELETE FROM further_use WHERE redemption_id = ?", (id_,))
    further = connection.execute("SELECT min(redemption_id) FROM further_use WHERE coupon_id = ?", (coupon,)).fetchone()[0]
    if further is not None:
        connection.execute("DELETE FROM further_use WHERE redemption_id = ?", (further,))
        connection.execute("UPDATE redemption SET coupon_id = ? WHERE id = ?", (coupon, further))
    connection.execute(
        "INSERT INTO redemption (member_id, kind, points, amount, store_id, receipt, day, clock, at, by, key, reverts) "
        "VALUES (?, ?, ?, ?, NULL, '', ?, 0, ?, ?, ?, ?)",
        (member, kind, points, amount, done.day, done.at, done.by, f"back {done.key}", id_),
    )
    if coupon is not None:
        put_back(connection, coupon, day=done.day, at=done.at, by=done.by)
    return [(member, day)]


def undo_bearer_use(connection: Connection, key: str) -> None:
    """The use of a coupon of no member is taken back."""
    connection.execute("DELETE FROM bearer_use WHERE key = ?", (key,))


def members_in(connection: Connection, group: str, tier: str, day: Day) -> list[int]:
    """The members who are in a group or in a tier on a day."""
    select = """
SELECT m.id FROM member m LEFT JOIN standing s ON s.member_id = m.id WHERE m.merged_into IS NULL AND (?1 = '' OR s.tier = ?1)
AND (?2 = '' OR EXISTS (SELECT 1 FROM member_group g WHERE g.member_id = m.id AND g.name = ?2 AND g.ended = 0
  AND g.from_day <= ?3 AND (g.until_day IS NULL OR g.until_day >= ?3))) ORDER BY m.id"""
    return [number for (number,) in connection.execute(select, (tier, group, day))]


def gifts_to_be_posted(connection: Connection, gift: str, after: Day) -> int:
    """How many of a gift were given since the books were last brought up to date: the ledger has them after the night."""
    select = """
SELECT (SELECT count(*) FROM points_used u JOIN redemption d ON d.id = u.redemption_id WHERE u.gift = ?1 AND d.day > ?2
  AND NOT EXISTS (SELECT 1 FROM redemption back WHERE back.reverts = d.id))
+ (SELECT coalesce(sum(quantity), 0) FROM adjustment WHERE asset = 'gift:' || ?1 AND day > ?2 AND gone = 0)"""
    return int(connection.execute(select, (gift, after)).fetchone()[0])
