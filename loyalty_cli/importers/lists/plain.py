"""The plain form of each list: headers are our own words, commas, UTF-8, ISO dates; columns a file lacks are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.importers.layouts.columns import lacking
from loyalty_cli.importers.layouts.layout import Layout
from loyalty_cli.importers.layouts.layout import layout_said
from loyalty_cli.importers.layouts.places import folded
from loyalty_cli.importers.layouts.places import not_found
from loyalty_cli.model.shown.phrase import one_of

if TYPE_CHECKING:
    from collections.abc import Sequence

WORDS = {
    "members": (
        "card", "number", "name", "phone", "email", "address", "birthday", "name_day", "joined", "groups", "group_from",
        "group_until", "proof", "language", "consents", "consent_date", "consent_source", "blocked", "referred_by",
    ),
    "products": ("code", "name", "category", "cost", "floor_price", "excluded"),
    "redemptions": (
        "date", "time", "store", "receipt", "card", "coupon", "code", "kind", "points", "wallet", "amount", "key",
    ),
    "balances": (
        "card", "number", "date", "points", "usable_through", "tier", "tier_since", "spent", "visits", "key",
    ),
    "consents": (
        "card", "number", "date", "channel", "purpose", "agreed", "wording", "version", "source", "proof", "taken_by",
    ),
    "feedback": ("card", "number", "email", "phone", "coupon", "date", "score", "text", "store", "receipt", "key"),
    "events": ("card", "number", "date", "event", "key"),
    "totals": ("date", "store", "till", "total", "receipts", "first_receipt", "last_receipt"),
}  # fmt: skip


def plain_list(kind: str, header: Sequence[str], file: str) -> Layout:
    """The plain layout for a header that has the columns it can not do without."""
    names = [folded(name) for name in header]
    missing = [one_of(group) for group in lacking(kind, names)]
    if missing:
        raise not_found(Layout(delimiter=","), list(header), missing, file)
    there = [word for word in WORDS[kind] if word in names]
    return layout_said({"kind": kind, "columns": {word: word for word in there}})


def is_plain_list(kind: str, header: Sequence[str]) -> bool:
    """Whether a list's header is written in our own words, and has nothing else that we would not read."""
    names = [folded(name) for name in header]
    return not lacking(kind, names) and set(names) <= set(WORDS[kind])
