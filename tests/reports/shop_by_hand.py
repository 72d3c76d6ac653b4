"""A tiny shop written straight into the database, so small that every figure can be worked by hand.

One point for each whole zloty, usable after 14 days, worth 0.05. Tiers: guest, friend, patron.
"""

from __future__ import annotations

from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.operations.open_shop import Shop
from loyalty_cli.store import database

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.store.database import Connection

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
ANA, BORIS, CARD_ONLY = 1, 2, 3
RECEIPT, REDEMPTION, A_DAY, ADJUSTMENT = 1, 2, 3, 4

SETTINGS = {
    "planned_draws": "[]",
    "program": "Fabric Corner Club",
    "currency": "PLN",
    "digits": "2",
    "language": "en",
    "timezone": "Europe/Warsaw",
    "one_point_worth": "5000",  # 5 groszy x 1000
    "base_tier": "guest",
    "ladder": '{"guest": 0, "friend": 10000, "patron": 40000}',
    "tiers_by": "spend",
}
MEMBERS = (
    (ANA, "Ana Popescu", "2900000000016"),
    (BORIS, "=Борис", "2900000000023"),
    (CARD_ONLY, "", "2900000000030"),
)
# number, store, member, day, total, returned
RECEIPTS = (
    (1, 1, ANA, "2026-09-10", 120_00, 0),
    (2, 2, BORIS, "2026-09-20", 80_00, 0),
    (3, 2, ANA, "2026-10-05", 300_00, 0),
    (4, 1, ANA, "2026-10-12", -20_00, 20_00),
    (5, 1, None, "2026-10-15", 50_00, 0),
    (6, 1, BORIS, "2026-11-03", 45_50, 0),
)
# member, rule, kind of cause, cause, asset, quantity, day
ENTRIES = (
    (ANA, "points.basic", RECEIPT, 1, "pending", 120, "2026-09-10"),
    (ANA, "usable", RECEIPT, 1, "pending", -120, "2026-09-24"),
    (ANA, "usable", RECEIPT, 1, "points", 120, "2026-09-24"),
    (BORIS, "points.basic", RECEIPT, 2, "pending", 80, "2026-09-20"),
    (BORIS, "usable", RECEIPT, 2, "pending", -80, "2026-10-04"),
    (BORIS, "usable", RECEIPT, 2, "points", 80, "2026-10-04"),
    (ANA, "points.basic", RECEIPT, 3, "pending", 300, "2026-10-05"),
    (ANA, "usable", RECEIPT, 3, "pending", -300, "2026-10-19"),
    (ANA, "usable", RECEIPT, 3, "points", 300, "2026-10-19"),
    (ANA, "points.basic", RECEIPT, 4, "points", -20, "2026-10-12"),
    (ANA, "redeem", REDEMPTION, 1, "points", -100, "2026-10-25"),
    (BORIS, "points.basic", RECEIPT, 6, "pending", 45, "2026-11-03"),
    (BORIS, "usable", RECEIPT, 6, "pending", -45, "2026-11-17"),
    (BORIS, "usable", RECEIPT, 6, "points", 45, "2026-11-17"),
    (BORIS, "lapse", A_DAY, 1, "points", -80, "2026-11-10"),
    (ANA, "given", ADJUSTMENT, 1, "points", 10, "2026-11-12"),
    (BORIS, "tiers", RECEIPT, 2, "tier:friend", 1, "2026-09-20"),
    (ANA, "tiers", RECEIPT, 3, "tier:friend", 1, "2026-10-05"),
    (BORIS, "tiers", A_DAY, 1, "tier:friend", -1, "2026-11-01"),
    (ANA, "tiers", RECEIPT, 3, "tier:friend", -1, "2026-11-15"),
    (ANA, "tiers", RECEIPT, 3, "tier:patron", 1, "2026-11-15"),
    # A late export took a move of the 8th back the same day: nobody moved.
    (ANA, "tiers", A_DAY, 2, "tier:patron", 1, "2026-11-08"),
    (ANA, "tiers", A_DAY, 2, "tier:patron", -1, "2026-11-08"),
    (ANA, "draws.spring draw", RECEIPT, 3, "ticket:spring draw", 3, "2026-10-05"),
    (BORIS, "draws.spring draw", RECEIPT, 2, "ticket:spring draw", 1, "2026-10-05"),
)
# member, tier, next, missing, keep until, keep missing, points, lapsing, lapse on,
# qualifying, spent, visits, discount, last
STANDINGS = (
    (
        ANA,
        "patron",
        "",
        None,
        "2026-12-31",
        50_00,
        310,
        200,
        "2026-12-05",
        400_00,
        400_00,
        2,
        800,
        "2026-10-05",
    ),
    (BORIS, "guest", "friend", 10_00, None, None, 45, 0, None, 90_00, 125_50, 2, 0, "2026-11-03"),
    (CARD_ONLY, "guest", "friend", 100_00, None, None, 0, 0, None, 0, 0, 0, 250, None),
)
# code, member, asset, issued, until, terms, events
COUPONS = (
    (
        "2222CCCCFFFF2",
        ANA,
        "coupon:next visit",
        "2026-10-05",
        "2026-11-04",
        '{"worth": 5000}',
        ("issued", "used"),
    ),
    ("3333CCCCFFFF3", BORIS, "coupon:next visit", "2026-10-10", "2026-11-09", '{"worth": 5000}', ("issued",)),
    (
        "4444CCCCFFFF4",
        CARD_ONLY,
        "coupon:birthday",
        "2026-11-15",
        "2026-11-29",
        '{"discount": 2000}',
        ("issued",),
    ),
)
OLD = "there is no day 2026-13-01"
NEW = '{"say":"amount: {text} is not a number","with":{"text":"x"}}'


def shop_by_hand(folder: Path, *, settings: dict[str, str] | None = None) -> Shop:
    """The tiny shop in a folder, as an operation takes it."""
    path = folder / "loyalty.db"
    connection = database.create(path)
    connection.execute("BEGIN")
    for part in (put_settings, put_people, put_receipts, put_ledger, put_standings, put_coupons, put_imports):
        part(connection)
    for name, value in (settings or {}).items():
        connection.execute("UPDATE setting SET value = ? WHERE name = ?", (value, name))
    connection.execute("COMMIT")
    connection.close()
    return Shop(program=folder / "program.yaml", database=path, now=NOW, secret="")


def put_settings(connection: Connection) -> None:
    """The adopted program's settings, the stores and the last run."""
    connection.executemany("INSERT INTO setting VALUES (?, ?)", SETTINGS.items())
    connection.executemany("INSERT INTO store (id, name) VALUES (?, ?)", [(1, "Market"), (2, "Station")])
    run = (day_from_iso("2026-11-20"),)
    connection.execute("INSERT INTO run VALUES (1, '2026-11-21T02:00:00+00:00', ?, 1, 3, 0)", run)


def put_people(connection: Connection) -> None:
    """The members with a card each."""
    for member, name, card in MEMBERS:
        connection.execute("INSERT INTO member (id, number, name) VALUES (?, ?, ?)", (member, str(member), name))
        connection.execute("INSERT INTO card VALUES (?, ?, ?)", (member, card, member))


def put_receipts(connection: Connection) -> None:
    """The receipts, all of import 1."""
    for number, store, member, day, total, returned in RECEIPTS:
        connection.execute(
            "INSERT INTO receipt (id, store_id, number, card_id, member_id, at, day, clock, total, returned,"
            " loyalty, import_id, content, gone) VALUES (?, ?, ?, ?, ?, 0, ?, 36000, ?, ?, 0, 1, 0, 0)",
            (number, store, str(number), member, member, day_from_iso(day), total, returned),
        )


def put_ledger(connection: Connection) -> None:
    """The entries, booked on the day they happened."""
    for table, position in (("rule", 1), ("asset", 4)):
        names = list(dict.fromkeys(str(entry[position]) for entry in ENTRIES))
        names += ["rewards.any", *sorted({coupon[2] for coupon in COUPONS})]
        connection.executemany(f"INSERT INTO {table} (name) VALUES (?)", [(name,) for name in names])
    for member, rule, kind, cause, asset, quantity, day in ENTRIES:
        connection.execute(
            "INSERT INTO ledger (member_id, rule_id, cause_kind, cause_id, asset_id, quantity, effective_on,"
            " booked_on, run_id) SELECT ?, rule.id, ?, ?, asset.id, ?, ?, ?, 1 FROM rule, asset"
            " WHERE rule.name = ? AND asset.name = ?",
            (member, kind, cause, quantity, day_from_iso(day), day_from_iso(day), rule, asset),
        )


def put_standings(connection: Connection) -> None:
    """How each member stands at the end of 20 November."""
    until = day_from_iso("2026-11-20")
    for row in STANDINGS:
        member, tier, following, missing, keep, keep_missing, points, lapsing, lapse, *rest = row
        qualifying, spent, visits, discount, last = rest
        connection.execute(
            "INSERT INTO standing VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, '{}')",
            (
                *(
                    member,
                    until,
                    tier,
                    until,
                    following,
                    missing,
                    day_or_none(keep),
                    keep_missing,
                    points,
                    lapsing,
                ),
                *(
                    day_or_none(lapse),
                    qualifying,
                    spent,
                    visits,
                    discount,
                    None,
                    day_or_none(last),
                    until + 1,
                ),
            ),
        )


def day_or_none(text: object) -> int | None:
    """The day number of an ISO date."""
    return day_from_iso(str(text)) if text is not None else None


def put_coupons(connection: Connection) -> None:
    """The coupons with their events."""
    for number, (code, member, asset, issued, until, terms, events) in enumerate(COUPONS, start=1):
        day = day_from_iso(issued)
        connection.execute(
            "INSERT INTO coupon SELECT ?, ?, ?, ?, rule.id, asset.id, 1, 1, ?, ?, ?, ?, ?"
            " FROM rule, asset WHERE rule.name = 'rewards.any' AND asset.name = ?",
            (number, f"key {number}", code, member, day, day, day, day_from_iso(until), terms, asset),
        )
        for event in events:
            connection.execute(
                "INSERT INTO coupon_event (coupon_id, what, day, at) VALUES (?, ?, ?, '')",
                (number, event, day),
            )


def put_imports(connection: Connection) -> None:
    """Two files, of which the second was reverted, with a row set aside and a conflict."""
    first = ("till/market/1.csv", "2026-11-20T01:15:00+00:00", None)
    second = ("till/market/2.csv", "2026-11-21T01:15:00+00:00", "2026-11-21T08:00:00+00:00")
    for number, (file, at, reverted) in enumerate((first, second), start=1):
        connection.execute(
            "INSERT INTO import VALUES (?, 'purchases', ?, '', 'Market', 'till', ?, 9, 6, 8, 0, 1, 0, 1, 57550, ?, NULL, NULL)",
            (number, file, at, reverted),
        )
    # The first as an earlier release kept it; a mended row and one that was left wait no more.
    connection.execute("INSERT INTO set_aside (import_id, line, row, reason) VALUES (1, 7, '2026-13-01;5', ?)", (OLD,))
    connection.execute("INSERT INTO set_aside (import_id, line, row, reason) VALUES (1, 8, '2026-12-01;x', ?)", (NEW,))
    connection.execute("INSERT INTO set_aside (import_id, line, row, reason, mended_by) VALUES (1, 9, 'a', 'b', 2)")
    connection.execute("INSERT INTO set_aside (import_id, line, row, reason, dropped_at) VALUES (1, 10, 'a', 'b', '2026-11-20')")
    incoming = '{"day": 2461348, "total": 5450, "card": "", "lines": [[], []]}'  # 2026-11-03
    connection.execute("INSERT INTO conflict VALUES (1, 1, 6, 8, ?, NULL, NULL, NULL, NULL)", (incoming,))
    # Boris's coupon again, three days later in the other store.
    for number, store, day, coupon in ((1, 1, "2026-10-25", 2), (2, 2, "2026-10-28", None)):
        connection.execute(
            "INSERT INTO redemption (id, member_id, kind, points, amount, coupon_id, store_id, receipt, day, clock, at, by, "
            "key, import_id) VALUES (?, 2, 'coupon', 0, 5000, ?, ?, '77', ?, 0, '', '', ?, 1)",
            (number, coupon, store, day_from_iso(day), str(number)),
        )
    connection.execute("INSERT INTO second_use VALUES (2, 2)")
