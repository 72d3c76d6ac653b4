"""The names under which the books keep things, in words: `pending`, `coupon:next visit`, `points.basic`, `usable`."""

from __future__ import annotations

from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase

# What somebody has, and why it changes; names from the program file stand behind a colon or a point.
ALONE = {
    "points": phrase("points"),
    "pending": phrase("pending points"),
    "usable": phrase("waiting time over"),
    "lapse": phrase("points lapsed"),
    "redeem": phrase("points used"),
    "reinstate": phrase("given back"),
    "by hand": phrase("by hand"),
    "tiers": phrase("tier"),
    "segments": phrase("segment"),
    "claim": phrase("reached"),
    "opening": phrase("brought along"),
    "prizes": phrase("prizes"),
    "discount": phrase("discount"),
}

NAMED = {
    "coupon": "coupon {name}",
    "tier": "tier {name}",
    "held": "tier {name}",
    "segment": "segment {name}",
    "ticket": "ticket for {name}",
    "badge": "badge {name}",
    "gift": "gift {name}",
    "voucher": "smallest coins on voucher {name}",
    "message": "message {name}",
    "wallet": "wallet {name}",
    "waiting": "waiting for wallet {name}",
    "points": "points: {name}",
    "rewards": "reward {name}",
    "draws": "draw {name}",
    "coupons": "printed coupons {name}",
    "discounts": "discount {name}",
}


def posted_said(text: str) -> Phrase:
    """A rule, an asset or so many of one as people say it; a name that is nobody's stays as it is."""
    return known(text) or counted(text) or phrase("{text}", text=text)


def counted(text: str) -> Phrase | None:
    """So many of an asset: `50 points`, `1 coupon:sorry`."""
    count, _, asset = text.partition(" ")
    what = known(asset) if count.removeprefix("-").isdecimal() else None
    if what is None:
        return None
    if asset == "points":
        return phrase("{count} point", "{count} points", count=int(count))
    return phrase("{count} × {what}", count=int(count), what=what)


def known(text: str) -> Phrase | None:
    """A rule or an asset, if it is one."""
    if text in ALONE:
        return ALONE[text]
    for sign in (":", "."):
        head, _, name = text.partition(sign)
        if name and head in NAMED:
            kind, _, inner = name.partition(" ")
            if (head, kind) == ("rewards", "message") and inner:
                # A message is given as a reward is, under its own name.
                return phrase(NAMED["message"], name=inner)
            return phrase(NAMED[head], name=name.replace(" | ", ", "))
    return None
