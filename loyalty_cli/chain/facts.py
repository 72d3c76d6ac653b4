"""What is known of a member as one row of Arrow, and the way back.

The many plain purchases are columns. What is rare (returns, items, payments, what was done by hand) is JSON beside them,
so that a file can be read whatever a later release adds.
"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any
from typing import TYPE_CHECKING

import pyarrow as pa

from loyalty_cli.model.facts import ADJUSTMENT
from loyalty_cli.model.facts import Adjustment
from loyalty_cli.model.facts import HANDED_OVER
from loyalty_cli.model.facts import HandedOver
from loyalty_cli.model.facts import InGroup
from loyalty_cli.model.facts import Item
from loyalty_cli.model.facts import MemberFacts
from loyalty_cli.model.facts import Payment
from loyalty_cli.model.facts import PURCHASE
from loyalty_cli.model.facts import Purchase
from loyalty_cli.model.facts import REDEMPTION
from loyalty_cli.model.facts import Redemption
from loyalty_cli.model.facts import RETURN
from loyalty_cli.model.facts import Return

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.facts import Fact

# Money of each class of products, as (class, minor units).
PART = pa.struct([("class", pa.int64()), ("money", pa.int64())])
FACT = pa.struct(
    [
        ("day", pa.int32()),
        ("clock", pa.int32()),
        ("kind", pa.int8()),
        ("id", pa.int64()),
        ("store", pa.string()),
        ("amount", pa.int64()),
        ("parts", pa.list_(PART)),
        ("rest", pa.string()),
    ]
)
SCHEMA = pa.schema([("member", pa.int64()), ("known", pa.string()), ("facts", pa.list_(FACT))])
KINDS = {REDEMPTION: Redemption, ADJUSTMENT: Adjustment, HANDED_OVER: HandedOver}

dumps = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


def batch_of(members: Iterable[MemberFacts]) -> pa.RecordBatch:
    """Members as rows."""
    rows = [
        {"member": each.member, "known": known_of(each), "facts": [row_of(fact) for fact in each.facts]} for each in members
    ]
    return pa.RecordBatch.from_pylist(rows, schema=SCHEMA)


def known_of(member: MemberFacts) -> str:
    """What is known of a member besides the facts."""
    rest = member._replace(facts=(), places=None)._asdict()
    del rest["member"], rest["facts"]
    return dumps({**rest, "places": None if member.places is None else sorted(member.places)})


def row_of(fact: Fact) -> tuple[Any, ...]:
    """A fact as a row."""
    if isinstance(fact, Purchase):
        rare = any((fact.items, fact.payments, fact.units))
        rest = dumps([fact.items, fact.payments, fact.units]) if rare else None
        return (*fact[:6], fact.parts, rest)
    return (*fact[:4], None, None, None, dumps(fact[4:]))


def members_in(batch: pa.RecordBatch) -> Iterator[MemberFacts]:
    """The members of a batch; by columns, for most of what there is are plain purchases."""
    lists = batch.column("facts")
    facts = lists.flatten()
    columns = [facts.field(place).to_pylist() for place in range(6)]
    rests = facts.field(7).to_pylist()
    found = [fact_of(row, parts, rest) for row, parts, rest in zip(zip(*columns), parts_in(facts.field(6)), rests)]
    ends = bounds(lists)
    members, knowns = batch.column("member").to_pylist(), batch.column("known").to_pylist()
    for member, known, (first, end) in zip(members, knowns, pairwise(ends)):
        yield MemberFacts(member, found[first:end], **known_from(known))


def bounds(lists: pa.ListArray) -> list[int]:
    """Where each row's list begins in the flattened values, and the end of the last; a batch may be a slice of a file."""
    offsets: list[int] = lists.offsets.to_pylist()
    return [offset - offsets[0] for offset in offsets]


def parts_in(lists: pa.ListArray) -> list[tuple[tuple[int, int], ...]]:
    """The money by class of each fact."""
    flat = lists.flatten()
    pairs = list(zip(flat.field(0).to_pylist(), flat.field(1).to_pylist()))
    return [tuple(pairs[first:end]) for first, end in pairwise(bounds(lists))]


def fact_of(row: tuple[Any, ...], parts: Sequence[tuple[int, int]], rest: str | None) -> Fact:
    """A row as the fact it was."""
    day, clock, kind, id_, store, amount = row
    if kind == PURCHASE:
        items, payments, units = json.loads(rest) if rest else ((), (), ())
        known = tuple(Item(*item) for item in items), tuple(Payment(*payment) for payment in payments)
        return Purchase(day, clock, kind, id_, store, amount, parts, *known, tuple((of, count) for of, count in units))
    values = json.loads(rest or "[]")
    if kind == RETURN:
        store, items, sale = values
        return Return(day, clock, kind, id_, store, tuple(Item(*item) for item in items), sale)
    fact: Fact = KINDS[kind](day, clock, kind, id_, *values)
    return fact


def known_from(text: str) -> dict[str, Any]:
    """What `known_of` wrote."""
    known = json.loads(text)
    places = known["places"]
    return {
        **known,
        "birthday": tuple(known["birthday"]) if known["birthday"] else None,
        "name_day": tuple(known["name_day"]) if known["name_day"] else None,
        "groups": tuple(InGroup(*group) for group in known["groups"]),
        "cards": tuple(known["cards"]),
        "places": None if places is None else frozenset((reward, cause, id_) for reward, cause, id_ in places),
    }
