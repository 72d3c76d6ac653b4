"""Programs that between them have every kind of window, review, life of points and rounding."""

from __future__ import annotations

from loyalty_cli.program.load import program_of
from loyalty_cli.replay.plan import Plan
from loyalty_cli.replay.replayer import Replayer

HEAD = """\
program: Any Shop
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-10
before_start: counts for tiers and growing discounts
"""

LIFETIME = """\
tiers:
  by: spend
  counted_over: lifetime
  going_down: never
  ladder: {guest: {at_least: 0}, friend: {at_least: 50.00}, patron: {at_least: 150.00}}
points:
  earn:
    basic: {points: 1, for_every: 3.00}
    tea: {multiply: 2, only: {categories: [tea]}}
    patrons: {multiply: 1.5, only: {tiers: [patron]}}
  usable_after: 9 days
  lapse_after: 2 months
  lapse_at: end of month
coupons:
  next: {worth: 5.00, valid_for: 30 days}
rewards:
  big: {when: {one_purchase: 60.00}, give: {coupon: next, points: 3}}
draws:
  spring: {dates: 2026-02-01 to 2026-05-31, one_ticket_for_every: 20.00, at_most: 7, prizes: {car: 1}}
"""

ROLLING = """\
tiers:
  by: spend
  counted_over: 2 months
  going_down: one step
  grace: 1 month
  ladder: {guest: {at_least: 0}, friend: {at_least: 50.00, discount: 3%}, patron: {at_least: 150.00, one_purchase: 60.00}}
points:
  round: half up
  earn:
    basic: {points: 1, for_every: 2.00}
    tea: {multiply: 3, only: {categories: [tea]}}
    friends: {multiply: 1.25, only: {tiers: [friend, patron]}}
  lapse_after: 45 days
discounts:
  offers:
    growing: {by: spend so far, discount: {100: 5%, 300: 8%}}
    this month: {by: spend so far, counted_over: 40 days, discount: {60: 3%, 150: 6%}}
    visits: {by: visits so far, discount: {3: 2%}}
"""

CALENDAR_YEAR = """\
tiers:
  by: points
  counted_over: calendar year
  going_down: at once
  ladder: {guest: {at_least: 0}, friend: {at_least: 20}, patron: {at_least: 60}}
points:
  earn:
    basic: {points: 1, for_every: 5.00}
    visit: {points: 2, for_each: visit, basket_at_least: 10.00}
    patrons: {multiply: 2, only: {tiers: [patron]}}
  usable_after: 1 month
  lapse_after: 3 months
  lapse_at: end of year
"""

MEMBERSHIP_YEAR = """\
tiers:
  by: visits
  counted_over: membership year
  going_down: one step
  ladder: {guest: {at_least: 0}, friend: {at_least: 2}, patron: {at_least: 4}}
points:
  round: up
  earn:
    basic: {points: 1, for_every: 7.00}
    tea: {multiply: 2, only: {categories: [tea], tiers: [friend, patron]}}
  lapse_after: 1 month
"""

# The tiers count money: points that other goods have used up under a cap would leave fewer for what counts.
CAPPED = """\
tiers:
  by: spend
  counted_over: 3 months
  going_down: one step
  only: {categories: [tea]}
  ladder: {guest: {at_least: 0}, friend: {at_least: 40.00}, patron: {at_least: 120.00}}
points:
  together: best
  at_most: {receipt: 25, day: 30, month: 40}
  earn:
    basic: {points: 1, for_every: 3.00}
    pieces: {points: 4, for_quantity: 1, only: {categories: [tea]}}
    hello: {points: 3, for_each: visit, basket_below: 60.00}
    fridays: {multiply: 2, only: {weekdays: [friday, first monday]}}
    friends: {multiply: 3, only: {tiers: [friend, patron]}}
  usable_after: 3 days
  lapse_after: 2 months
"""

SLIDING = """\
points:
  earn:
    basic: {points: 1, for_every: 4.00}
    tea: {multiply: 2, only: {categories: [tea]}}
  usable_after: 5 days
  lapse_after: 4 months
  lapse_without_purchase: 1 month
"""

WALLETS = """\
points:
  wallets: {bonus: {lapse_after: 25 days}, later: {usable_after: 12 days}}
  earn:
    basic: {points: 1, for_every: 9.00}
    hello: {points: 4, for_each: visit, into: bonus}
    tea: {points: 1, for_every: 2.00, only: {categories: [tea]}, into: later}
    tea bonus: {points: 2, for_quantity: 1, only: {categories: [tea]}, into: bonus}
  lapse_after: 2 months
"""

# Rewards that change the tier, hear of it, of points and of what was bought: all of them in one day's order.
FEEDING = """\
tiers:
  by: spend
  counted_over: calendar quarter
  going_down: one step
  ladder: {guest: {at_least: 0}, friend: {at_least: 50.00, discount: 3%}, patron: {at_least: 150.00}}
points:
  earn:
    basic: {points: 1, for_every: 3.00}
    patrons: {multiply: 2, only: {tiers: [patron]}}
  usable_after: 6 days
  lapse_after: 2 months
rewards:
  taste: {when: {one_purchase: 60.00}, give: {tier: {tier: patron, valid_for: 20 days}}}
  two things: {when: {different: 2 categories, counted_over: calendar month}, give: {tier: {tier: friend, valid_for: 1 month}}}
  kept: {when: {kept_tier: friend}, give: {badge: faithful}}
  reached: {when: {tier: patron}, give: {gift: mug}}
  collector: {when: {points_reached: 40, times: every time}, give: {badge: collector}}
  purse: {when: {points_reached: {points: 25, of: balance, times: every time}}, give: {message: points to use}}
  voucher: {when: {spend: 100.00, times: every time}, give: {voucher: {worth: 5.00, valid_for: 30 days}}}
"""

PROGRAMS = {
    "lifetime": LIFETIME,
    "rolling": ROLLING,
    "calendar year": CALENDAR_YEAR,
    "membership year": MEMBERSHIP_YEAR,
    "capped": CAPPED,
    "sliding": SLIDING,
    "wallets": WALLETS,
    "feeding": FEEDING,
}


def replayer(text: str) -> Replayer:
    """A program's text ready to replay."""
    return Replayer(Plan(((0, program_of(HEAD + text, "program.yaml")),)))


REPLAYERS = {name: replayer(text) for name, text in PROGRAMS.items()}
