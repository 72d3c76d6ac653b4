"""What stands in a program beside rules: each block's place, its shape, and a sample to begin with."""

from __future__ import annotations

import importlib
from typing import Any
from typing import NamedTuple


class Block(NamedTuple):
    """Where a block stands, the module and the name of its shape, and a sample of it."""

    place: str
    module: str
    name: str
    sample: str

    @property
    def shape(self) -> Any:
        """The shape, whose first paragraph says what it is and whose fields are the settings."""
        return getattr(importlib.import_module(self.module), self.name)

    @property
    def meaning(self) -> str:
        """What it is, in one paragraph."""
        return " ".join((self.shape.__doc__ or "").partition("\n\n")[0].split())


def of_program(place: str, module: str, name: str, sample: str) -> Block:
    """A block of the room of blocks."""
    return Block(place, f"loyalty_cli.program.blocks.{module}", name, sample)


BLOCKS = {
    "points": of_program(
        "points:",
        "points",
        "Points",
        """\
    points:
      earn:
        basic:  {points: 1, for_every: 1.00}
        advent: {multiply: 2, only: {dates: 2027-12-01 to 2027-12-24}}
      at_most: {receipt: 500}
      usable_after: 14 days
      lapse_after: 12 months
      one_point_pays: 0.01
      pays_up_to: 50%
      gifts: {mug: 400}""",
    ),
    "wallets": of_program(
        "points: wallets: NAME:",
        "points",
        "Wallet",
        """\
    points:
      earn:
        basic: {points: 1, for_every: 1.00}
        bonus: {points: 5, for_each: visit, into: bonus}
      wallets:
        bonus: {lapse_after: 30 days, one_point_pays: 1.00, pays_up_to: 50%}""",
    ),
    "discounts": of_program(
        "discounts:",
        "discounts",
        "Discounts",
        """\
    discounts:
      together: best
      never_above: 25%
      at_most: {receipt: 50.00}
      groups:
        clubs: {together: add, never_above: 10%}
      offers:
        pensioners: {discount: 5%, group: clubs, only: {groups: [pensioner]}}
        growing:    {by: spend so far, discount: {2000: 5%, 5000: 8%, 10000: 12%}}""",
    ),
    "coupons": Block(
        "coupons: NAME:",
        "loyalty_cli.rules.coupons.terms",
        "CouponTerms",
        "    coupons:\n      next visit: {worth: 20.00, basket_at_least: 60.00, valid_for: 30 days, held_by: member}",
    ),
    "gifts": of_program(
        "gifts: NAME:",
        "gifts",
        "GiftTerms",
        "    gifts:\n      mug: {costs: 8.00, stock: {2026-12-01: 40, 2027-03-01: 25}, points: 400}",
    ),
    "rewards": of_program(
        "rewards: NAME:",
        "rewards",
        "RewardBlock",
        "    rewards:\n      regular: {when: {visits: 4, counted_over: calendar month}, give: {points: 50}, at_most: once in 90 days}",
    ),
    "only": Block(
        "only:",
        "loyalty_cli.rules.only",
        "Only",
        "    points:\n      earn:\n        tea: {points: 2, for_every: 1.00, only: {weekdays: saturday, groups: [pensioner]}}",
    ),
    "messages": of_program(
        "messages: NAME:",
        "messages",
        "MessageTerms",
        """\
    messages:
      thanks:
        when: {one_purchase: 20.00}
        after: 1 day
        purpose: service
        by: [email, sms]
        subject: {en: Thank you, pl: Dziękujemy}
        text: {en: "Thank you, {first_name}!", pl: "Dziękujemy, {first_name}!"}
      birthday:   {when: {birthday: 1 day before}, after: 1 day, text: "Happy birthday, {first_name}!"}
      how was it: {when: {one_purchase: 50.00}, after: 1 month, purpose: survey, text: "How content are you with us, 0 to 10?"}""",
    ),
    "contact": of_program(
        "contact:",
        "messages",
        "Contact",
        "    contact: {at_most: 2 in 7 days, surveys: once in 90 days, hours: 9:00 to 20:00, no_advertising_on: sunday}",
    ),
    "senders": of_program(
        "senders:",
        "senders",
        "Senders",
        """\
    senders:
      email:  {by: eml, sender: Corner Club <club@example.com>}
      sms:    {by: plain, sender: CLUB, country_code: 48}
      letter: {by: letters, sender: "Corner Club, Long Street 1, 00-001 Town"}
      phone:  {by: calls}""",
    ),
    "feedback": of_program(
        "feedback:",
        "feedback",
        "FeedbackTerms",
        """\
    feedback: {scale: 0-10, complaint_at: 6, settle_within: 14 days, reviews: {Map: "https://example.com/review"}}""",
    ),
    "stores": of_program(
        "stores: NAME:",
        "stores",
        "StoreFiles",
        "    stores:\n      Market:  {files: C:/till/market/*.csv}\n      Station: {files: C:/till/station/*.csv, layout: plain}",
    ),
    "cards": of_program("cards:", "cards", "Cards", "    cards: {prefix: 29012, check: ean, digits: 13}"),
    "books": of_program(
        "books:",
        "books",
        "Books",
        """\
    books:
      policy: provision
      expected_use: estimated
      accounts: {points: "Liabilities:Points"}
      vat: {A: 23%, B: 8%}""",
    ),
    "costs": of_program(
        "costs:",
        "costs",
        "CostsBlock",
        """\
    costs:
      set_up: {cards: 1200.00, printing: {amount: 300.00, on: 2026-01-05}}
      each_month: {tool: {amount: 49.00, since: 2026-02-01}}
      margin: 30%
      uplift: 5%""",
    ),
    "goals": of_program(
        "goals: NAME:",
        "goals",
        "GoalBlock",
        """\
    goals:
      with card: {turnover_with_card: 60%}
      back soon: {come_back: 40%, within: 60 days}
      cheap:     {cost_below: 3%}""",
    ),
    "stages": of_program("stages:", "stages", "Stages", "    stages: {client_from: 3, sleeping_after: 60 days, lost_after: 180 days}"),
    "rfm": of_program(
        "rfm:",
        "rfm",
        "Rfm",
        "    rfm: {recency: [30, 60, 120, 240], frequency: [2, 4, 8, 16], money: [50.00, 100.00, 200.00, 500.00]}",
    ),
}

# What shops call several kinds of rule together: the family, and its words.
SUBJECTS = {
    "referrals": ("when", ("friend_joins", "friend_buys", "friend_spends")),
    "games": ("when", ("units", "set", "different", "streak", "all_of", "badge")),
    "tasks": ("when", ("all_of", "event", "feedback")),
}
