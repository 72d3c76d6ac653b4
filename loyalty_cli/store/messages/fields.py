"""What texts can name of members; points, tier and discount are those of the account for which their cards count."""

from __future__ import annotations

import json
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.store.coupons.coupons import IN_HAND
from loyalty_cli.store.members.households import ACCOUNT_OF

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.store.reading import Connection

FIELDS = f"""
SELECT member.id, member.name, coalesce((SELECT number FROM card WHERE card.member_id = member.id ORDER BY card.id LIMIT 1), ''),
       coalesce(points, 0), coalesce(tier, ''), coalesce(discount, 0), coalesce(lapsing, 0), lapse_on,
       (SELECT json_group_array(json_array(id, code, until_day)) FROM (
         SELECT id, code, until_day FROM coupon
          WHERE coupon.member_id = member.id AND from_day <= :day AND until_day >= :day AND {IN_HAND} ORDER BY coupon.id)),
       (SELECT json_group_array(name) FROM member_group WHERE member_group.member_id = member.id
         AND (from_day IS NULL OR from_day <= :day) AND (until_day IS NULL OR until_day >= :day))
  FROM member LEFT JOIN standing ON standing.member_id = {ACCOUNT_OF.format(member="member.id")}
 WHERE member.id IN (SELECT value FROM json_each(:members))
"""


class OpenCoupon(NamedTuple):
    """A coupon that can be used: its number, its code, its last day."""

    number: int
    code: str
    until: Day


class OfMember(NamedTuple):
    """A member's name, first card, points, tier, discount (basis points), what lapses next, open coupons, groups.

    `progress` are rewards that were begun, each with how far, where somebody has worked it out.
    """

    member: int
    name: str
    card: str
    points: int
    tier: str
    discount: int
    lapsing: int
    lapse_on: Day | None
    coupons: Sequence[OpenCoupon]
    groups: list[str]
    progress: Sequence[tuple[str, Phrase]] = ()

    def about(self, coupon: int) -> OfMember:
        """As a message about one coupon names them; 0 is about all."""
        return self._replace(coupons=[each for each in self.coupons if each.number == coupon]) if coupon else self


def fields_of_many(connection: Connection, members: Collection[int], day: Day) -> Mapping[int, OfMember]:
    """What is known of some members, by member."""
    rows = connection.execute(FIELDS, {"day": day, "members": json.dumps(list(members))})
    found: dict[int, OfMember] = {}
    for *own, coupons, groups in rows:
        found[own[0]] = OfMember._make((*own, [OpenCoupon(*each) for each in json.loads(coupons)], json.loads(groups), ()))
    return found
