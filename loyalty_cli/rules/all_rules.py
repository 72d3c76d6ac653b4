"""Every kind of rule, by family and by the word that names it in the program file; imported when used."""

from __future__ import annotations

import importlib
from typing import Any

ALL_RULES: dict[str, dict[str, str]] = {
    # points: earn: NAME: {…}, by the word that says what points are given for
    "earn": {
        "for_every": "per_amount",
        "for_each": "per_visit",
        "for_quantity": "per_quantity",
        "multiply": "multiplier",
    },
    # tiers: by:
    "tiers": {
        "spend": "by_spend",
        "points": "by_points",
        "visits": "by_visits",
    },
    # discounts: offers: NAME: {…}, by its `by:`, else by the word that says what comes off
    "discounts": {
        "anything": "standing",
        "spend so far": "growing",
        "visits so far": "by_visits",
        "this basket": "by_basket",
        "units in this basket": "by_units",
        "take_off": "amount",
        "every": "every_nth",
        "take": "n_for_m",
        "cheapest": "cheapest",
        "set": "set_price",
        "buy": "with_other",
    },
    # rewards: NAME: when:
    "when": {
        "one_purchase": "one_purchase",
        "joined": "joined",
        "spend": "spend",
        "more_than_usual": "more_than_usual",
        "visits": "visits",
        "units": "pieces",
        "set": "one_of_each",
        "different": "different",
        "streak": "streak",
        "all_of": "all_of",
        "birthday": "birthday",
        "name_day": "name_day",
        "anniversary": "anniversary",
        "absence": "absence",
        "tier": "tier",
        "badge": "badge",
        "kept_tier": "kept_tier",
        "enters": "enters",
        "leaves": "leaves",
        "points_reached": "points_reached",
        "points_lapse": "points_lapse",
        "coupon_lapses": "coupon_lapses",
        "each_month": "each_month",
        "event": "event",
        "feedback": "feedback",
        "consent": "consent",
        "friend_joins": "friend_joins",
        "friend_buys": "friend_buys",
        "friend_spends": "friend_spends",
    },
    # rewards: NAME: give:
    "give": {
        "points": "points",
        "coupon": "coupon",
        "voucher": "voucher",
        "free_item": "free_item",
        "gift_for": "gift_for",
        "tickets": "tickets",
        "gift": "gift",
        "message": "message",
        "badge": "badge",
        "tier": "tier",
    },
    # segments: NAME: {…}, as many conditions as there are
    "segments": {
        "spend": "spend",
        "visits": "visits",
        "not_here_for": "not_here_for",
        "member_for": "member_for",
        "points": "points",
        "tiers": "tiers",
        "groups": "groups",
        "badge": "badge",
        "usual_store": "usual_store",
        "birthday_in": "birthday_in",
        "opinion": "opinion",
        "answered_within": "answered_within",
        "event": "event",
        "best": "best",
    },
    # draws: NAME: {…}, by the word that says what gives a ticket
    "draws": {
        "one_ticket_for_every": "per_amount",
        "tickets_per_receipt": "per_receipt",
        "tickets_per_visit": "per_visit",
        "tickets_per_member": "per_member",
        "tickets_from": "from_rewards",
        "contest": "contest",
    },
}


def module_of(family: str, word: str) -> Any:
    """The module of a kind."""
    return importlib.import_module(f"loyalty_cli.rules.{family}.{ALL_RULES[family][word]}")


def kind_of(family: str, word: str) -> Any:
    """The settings class of a kind; a kind's module names it RULE."""
    return module_of(family, word).RULE
