"""What a target should know: a row for each card, member or coupon, and who can not be told, with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.exporters.facts import first_and_last
from loyalty_cli.exporters.writing import fits
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.told import Told
from loyalty_cli.rules.coupons.kept import read_terms
from loyalty_cli.rules.only import EVERYTHING
from loyalty_cli.store.coupons.bearer import batch_keys
from loyalty_cli.store.coupons.bearer import bearer_coupons_to_print
from loyalty_cli.store.coupons.printing import coupons_to_print
from loyalty_cli.store.tills.exports import cards_of_members
from loyalty_cli.store.tills.exports import emails_of

if TYPE_CHECKING:
    from loyalty_cli.exporters.target import Target
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.money import Currency
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.told import Value
    from loyalty_cli.rules.coupons.terms import CouponTerms
    from loyalty_cli.store.coupons.printing import Printable
    from loyalty_cli.store.database import Connection

LACKING = {"nominal": phrase("it is not worth a whole amount of money, which is all that the file can say")}


class NotCarried(NamedTuple):
    """Who is not in the file, by the number of the record, with the card or code."""

    member: int | None
    card: str
    why: Phrase


@dataclass(slots=True)
class Wanted:
    """The rows by their keys, and what is left out."""

    rows: dict[str, Told] = field(default_factory=dict)
    left_out: list[NotCarried] = field(default_factory=list)

    def add(self, target: Target, told: Told, card: str) -> None:
        """Add a row unless something that the target needs is missing, or the key is another row's."""
        why = lacking(target, told)
        other = self.rows.get(told.key)
        if why is None and other is not None:
            why = phrase("{key} is the {word} of another row, too", key=told.key, word=target.key)
        if why is None:
            self.rows[told.key] = told
        else:
            self.left_out.append(NotCarried(told.member, card, why))


def lacking(target: Target, told: Told) -> Phrase | None:
    """What is missing that the target can not do without."""
    for need in dict.fromkeys((target.key, *target.needs)):
        if not any(told.facts.get(word) not in (None, "") for word in need.split(" or ")):
            return LACKING.get(need) or phrase("no {word} is known", word=need)
    if not fits(target, told.key):
        return phrase("{key} has letters that {encoding} has not", key=told.key, encoding=target.encoding)
    return None


def wanted_of(connection: Connection, target: Target, day: Day, money: Currency) -> Wanted:
    """What the target should know on a day."""
    return coupons_wanted(connection, target, day, money) if target.about == "coupons" else members_wanted(connection, target, day)


def members_wanted(connection: Connection, target: Target, day: Day) -> Wanted:
    """The members with their cards; of a target that knows members the first card is theirs."""
    wanted = Wanted()
    seen: set[int] = set()
    for row in cards_of_members(connection, day):
        member, card_id, card, number, name, email, phone, birthday, discount, tier, points, groups, shares = row
        if (target.per == "member" and member in seen) or not is_meant(target, tier, groups):
            continue
        seen.add(member)
        if target.adds and shares:
            # What is added for the account would be there once more for each of its cards.
            wanted.left_out.append(NotCarried(member, card, phrase("the points are added for the card whose account it shares")))
            continue
        first, last = first_and_last(name)
        known: dict[str, Value] = {
            "member": member, "card": card, "card_id": card_id, "number": number, "name": name, "first_name": first,
            "last_name": last, "email": email, "phone": phone, "birthday": "" if birthday.startswith("--") else birthday,
            "discount": discount, "tier": tier, "groups": groups, "points": points, "active": 1,
            "note": note_of(tier, discount, points),
        }  # fmt: skip
        asked = {*target.carries, *target.needs, target.key, *(("points",) if target.adds else ())} - {"change"}
        facts = {word: known[word] for need in sorted(asked) for word in need.split(" or ")}
        wanted.add(target, Told(str(known[target.key] or ""), member, facts), card)
    return wanted


def is_meant(target: Target, tier: str, groups: str) -> bool:
    """Whether the target is told of members of this tier and these groups."""
    in_groups = not target.groups or not set(target.groups).isdisjoint(groups.split(", "))
    return (not target.tiers or tier in target.tiers) and in_groups


def note_of(tier: str, discount: int, points: int) -> str:
    """What a cashier can read where a till shows a note: `friend 5% | 120`."""
    percent = f"{discount / 100:g}%" if discount else ""
    return " | ".join(part for part in (f"{tier} {percent}".strip(), str(points) if points else "") if part)


def coupons_wanted(connection: Connection, target: Target, day: Day, money: Currency) -> Wanted:
    """Coupons that can be used on a day or later, those of members and those of whoever brings them."""
    wanted = Wanted()
    emails = emails_of(connection)
    printed = [coupon for key in batch_keys(connection) for coupon in bearer_coupons_to_print(connection, key, day)]
    for coupon in [*coupons_to_print(connection, day), *printed]:
        terms = read_terms(coupon.terms)
        why = (beyond_the_file(terms) or not_said(target, terms)) if target.needs or target.refused else None
        if why is not None:
            wanted.left_out.append(NotCarried(coupon.member or None, coupon.code, why))
            continue
        known = facts_of_coupon(coupon, terms, emails.get(coupon.member, ""), money)
        asked = {*target.carries, *target.needs, target.key}
        wanted.add(target, Told(coupon.code, coupon.member or None, {word: known[word] for word in sorted(asked)}), coupon.code)
    return wanted


def facts_of_coupon(coupon: Printable, terms: CouponTerms, email: str, money: Currency) -> dict[str, Value]:
    """What can be told of a coupon."""
    worth = "" if terms.worth is None else money.plain(terms.worth)
    unit = 10**money.digits
    percent = "" if terms.discount is None else f"{terms.discount / 100:g}"
    return {
        "code": coupon.code,
        "length": len(coupon.code),
        "coupon": coupon.coupon,
        "number": coupon.number,
        "worth": terms.worth,
        "nominal": terms.worth // unit if terms.worth and terms.worth % unit == 0 else None,
        "discount": terms.discount,
        "kind": "fixed_cart" if worth else "percent" if percent else "",
        "value": worth or percent,
        "basket_at_least": terms.basket_at_least or None,
        "from": coupon.from_day,
        "until": coupon.until_day,
        "uses": terms.uses,
        "card": coupon.card,
        "email": email if terms.held_by == "member" else "",
        "active": 1,
    }


def not_said(target: Target, terms: CouponTerms) -> Phrase | None:
    """What a coupon asks for and this target's file has no place for, with the reason."""
    asks = {"basket_at_least": bool(terms.basket_at_least), "uses": terms.uses > 1}
    return next((target.refused[word] for word, asked in asks.items() if asked and word in target.refused), None)


def beyond_the_file(terms: CouponTerms) -> Phrase | None:
    """What a coupon says that a webshop's file can not."""
    if terms.only != EVERYTHING:
        return phrase("it holds for some goods, days, stores or members only, which the file can not say")
    if terms.pays_a_part or terms.keeps_the_rest:
        return phrase("it pays a part only or keeps a remainder, which the file can not say")
    return None
