"""Messages that are due by the ledger, many members at once: the ledger is read in one pass, all else asked for together.

What `messages send` has looked through and given up is not looked at again (`looked_through`), so that a night costs what is
new, however many messages went out in years.
"""

from __future__ import annotations

import json
from itertools import groupby
from itertools import islice
from operator import itemgetter
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.days import iso
from loyalty_cli.model.entry import Cause
from loyalty_cli.model.message import DueMessage
from loyalty_cli.model.message import short_key
from loyalty_cli.store.coupons.coupons import IN_HAND
from loyalty_cli.store.messages.messages import LAST
from loyalty_cli.store.settings import save_settings
from loyalty_cli.store.settings import settings

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.reading import Connection as Reading

# In the order of the ledger's index by member, so that nothing has to be sorted; what belongs together is summed by `open_ones`.
DUE = """
SELECT member_id, rule_id, asset_id, cause_kind, cause_id, effective_on, quantity, id FROM ledger
 WHERE asset_id IN (SELECT id FROM asset WHERE name LIKE 'message:%'){whose} ORDER BY member_id
"""
MESSAGES = "SELECT id, substr(name, 9) FROM asset WHERE name LIKE 'message:%'"
RULES = "SELECT id, name FROM rule"
# What a message is for, in words that stay: a receipt by its number and card, else whose it is.
RECEIPTS = """
SELECT r.id, s.name || '|' || r.number || '|' || coalesce(c.number, ''), ', ' || s.name || ' ' || r.number || ' ' || date(r.day)
  FROM receipt r JOIN store s ON s.id = r.store_id LEFT JOIN card c ON c.id = r.card_id
 WHERE r.id IN (SELECT value FROM json_each(?))
"""
CARDS = "SELECT member_id, number FROM card WHERE member_id IN (SELECT value FROM json_each(?)) ORDER BY id"
ENDED = f"SELECT key FROM message WHERE key IN (SELECT value FROM json_each(?)) AND {LAST} <> 'again'"
ANY_KEPT = "SELECT EXISTS (SELECT 1 FROM message)"
LAST_ENTRY = "SELECT coalesce(max(id), 0) FROM ledger"
LOOKED_THROUGH = "messages looked through"
# As a plain number: it is compared with every row.
RECEIPT = int(Cause.RECEIPT)
# Of what a message is about, that which still stands: coupons in hand on a day, consents that nobody has answered.
STANDS = {
    int(Cause.COUPON): f"SELECT id FROM coupon WHERE id IN (SELECT value FROM json_each(:causes)) AND until_day >= :day AND {IN_HAND}",
    int(Cause.CONSENT): """
SELECT id FROM consent WHERE id IN (SELECT value FROM json_each(:causes)) AND gone = 0 AND NOT EXISTS (
  SELECT 1 FROM consent later WHERE later.member_id = consent.member_id AND later.channel = consent.channel AND later.gone = 0
    AND later.purpose = consent.purpose AND (later.from_day, later.id) > (consent.from_day, consent.id) AND later.from_day <= :day)""",
}


Owed = tuple[int, int, int, int, int, "Day"]
"""What is due: member, rule, asset, kind of the cause, the cause, since when."""
# A row of DUE up to the cause, and what follows.
KEY, DAY, QUANTITY, NUMBER = slice(5), 5, 6, 7
key_of = itemgetter(KEY)


class Words(NamedTuple):
    """Messages by the numbers of their assets, and rules by their own."""

    message: Mapping[int, str]
    rule: Mapping[int, str]


class DueTogether:
    """What is due to some members, in the order of their numbers."""

    def __init__(self, connection: Reading, words: Words, owed: dict[int, list[Owed]]) -> None:
        self.words = words
        self.owed = owed
        self.names = names_of(connection, owed)
        bought = [cause for own in owed.values() for _, _, _, kind, cause, _ in own if kind == RECEIPT]
        found = connection.execute(RECEIPTS, (json.dumps(bought),)) if bought else ()
        self.receipts = {number: (what, said) for number, what, said in found}

    def message(self, row: Owed) -> DueMessage:
        """A row as a message with its key and its reason."""
        member, rule, asset, kind, cause, since = row
        called, name = self.words.rule[rule], self.words.message[asset]
        if kind == RECEIPT:
            receipt, said = self.receipts.get(cause, ("", ""))
            return DueMessage(f"{called}|{kind}|{receipt}", member, name, since, called + said)
        what, said = f"{called}|{kind}|{cause}|", f"{called}, {iso(since)}"
        return DueMessage(what, member, name, since, said, self.names[member][0], (kind, cause))

    def without_past(self, connection: Reading, day: Day) -> None:
        """Leave out what nobody needs to be told any more: of a coupon that was used, of a consent that was answered."""
        kinds = {row[3] for own in self.owed.values() for row in own}
        for kind in kinds & STANDS.keys():
            causes = {cause for own in self.owed.values() for _, _, _, of, cause, _ in own if of == kind}
            if past := causes - standing_causes(connection, kind, causes, day):
                for member, own in self.owed.items():
                    self.owed[member] = [row for row in own if row[3] != kind or row[4] not in past]

    def without_ended(self, connection: Reading) -> None:
        """Leave out what was begun, sent or given up, under any of a member's names: a card comes late, members become one."""
        keys = {row: keys_of(self.message(row), self.names[member]) for member, own in self.owed.items() for row in own}
        asked = json.dumps([key for each in keys.values() for key in each])
        ended = frozenset(key for (key,) in connection.execute(ENDED, (asked,)))
        for member, own in self.owed.items():
            self.owed[member] = [row for row in own if ended.isdisjoint(keys[row])]


def messages_due(connection: Reading, day: Day, at_once: int, members: Collection[int] | None = None) -> Iterator[DueTogether]:
    """What is due on a day to everybody or some and neither begun, sent nor given up: so many members at once."""
    words = Words(dict(connection.execute(MESSAGES)), dict(connection.execute(RULES)))
    (kept,) = connection.execute(ANY_KEPT).fetchone()
    whose = "" if members is None else f" AND member_id IN ({', '.join(map(str, members))})"
    rows = connection.execute(DUE.format(whose=whose))
    since = looked_through(connection)
    every = ((member, open_ones(list(own), *since)) for member, own in groupby(rows, key=itemgetter(0)))
    by_member = (each for each in every if each[1])
    while owed := dict(islice(by_member, at_once)):
        due = DueTogether(connection, words, owed)
        due.without_past(connection, day)
        if kept:
            due.without_ended(connection)
        yield due


def open_ones(rows: list[tuple[int, ...]], day: Day, entry: int) -> list[Owed]:
    """What of a member's rows is due since a day or has come after an entry; what was taken back is not."""
    if len(set(map(key_of, rows))) < len(rows):
        rows = summed(rows)
    return sorted([row[: DAY + 1] for row in rows if row[QUANTITY] > 0 and (row[DAY] >= day or row[NUMBER] > entry)])  # type: ignore[misc]


def summed(rows: Iterable[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Rows of the same cause as one: the sum, with the latest day and number."""
    sums: dict[tuple[int, ...], tuple[int, int, int]] = {}
    for row in rows:
        day, quantity, number = sums.get(row[KEY], (0, 0, 0))
        sums[row[KEY]] = max(day, row[DAY]), quantity + row[QUANTITY], max(number, row[NUMBER])
    return [(*key, *sum_) for key, sum_ in sums.items()]


def standing_causes(connection: Reading, kind: int, causes: Collection[int], day: Day) -> set[int]:
    """Those causes of a kind in STANDS about which there still is something to tell on a day."""
    asked = {"causes": json.dumps(sorted(causes)), "day": day}
    return {cause for (cause,) in connection.execute(STANDS[kind], asked)} if causes else set()


def still_stands(connection: Reading, due: DueMessage, day: Day) -> bool:
    """Whether what a message is about still is as it was when it was planned."""
    kind, cause = due.cause
    return kind not in STANDS or bool(standing_causes(connection, kind, [cause], day))


def names_of(connection: Reading, members: Collection[int]) -> dict[int, list[str]]:
    """By what members are known in keys: their cards, oldest first, and at last their number with us."""
    names: dict[int, list[str]] = {member: [] for member in members}
    for member, number in connection.execute(CARDS, (json.dumps(list(members)),)):
        names[member].append(number)
    for member, own in names.items():
        own.append(f"member {member}")
    return names


def keys_of(due: DueMessage, names: Sequence[str]) -> list[str]:
    """A message's key, and those that it would have had by a member's other names."""
    return [short_key(due.what + name) for name in names] if due.whose else [due.key]


def looked_through(connection: Reading) -> tuple[Day, int]:
    """What became due before this day and stands in the ledger up to this entry has gone or was given up."""
    day, _, entry = settings(connection).get(LOOKED_THROUGH, "0 0").partition(" ")
    return int(day), int(entry)


def last_entry(connection: Reading) -> int:
    """The number of the ledger's last entry."""
    return int(connection.execute(LAST_ENTRY).fetchone()[0])


def note_looked_through(connection: Connection, before: Day, entry: int) -> None:
    """All that became due before a day and stands in the ledger up to an entry has been looked through; never less than so far."""
    day, known = looked_through(connection)
    save_settings(connection, {LOOKED_THROUGH: f"{max(day, before)} {max(known, entry)}"})
