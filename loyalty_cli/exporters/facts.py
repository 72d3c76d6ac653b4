"""What can be told of a member or a coupon, in words that columns of any target name."""

from __future__ import annotations

from typing import Literal

Kind = Literal["text", "whole", "percent", "money", "day", "yes"]

# Of a member: one row for a card, or for a member by the first card.
OF_MEMBERS: dict[str, Kind] = {
    "member": "whole",
    "card": "text",
    "card_id": "whole",
    "number": "text",
    "name": "text",
    "first_name": "text",
    "last_name": "text",
    "email": "text",
    "phone": "text",
    "birthday": "text",
    "discount": "percent",
    "tier": "text",
    "groups": "text",
    "points": "whole",
    "change": "whole",
    "note": "text",
    "active": "yes",
}
# Of a coupon that can be used; `kind` and `value` are its worth as webshops say it: fixed_cart or percent, and how much;
# `nominal` is a worth in whole units of money, `number` is unique among all coupons.
OF_COUPONS: dict[str, Kind] = {
    "code": "text",
    "length": "whole",
    "number": "whole",
    "coupon": "text",
    "worth": "money",
    "nominal": "whole",
    "discount": "percent",
    "kind": "text",
    "value": "text",
    "basket_at_least": "money",
    "from": "day",
    "until": "day",
    "uses": "whole",
    "card": "text",
    "email": "text",
    "active": "yes",
}
# Facts that are the reason for a row: where one of them is asked for and can not be carried, that is refused.
PROMISES = ("discount", "tier", "points")
KIND_OF = {"members": OF_MEMBERS, "coupons": OF_COUPONS}


def first_and_last(name: str) -> tuple[str, str]:
    """A name in two parts; one word is a first name."""
    first, _, last = name.strip().partition(" ")
    return first, last.strip()
