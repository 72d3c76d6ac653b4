"""What plain counts of the receipts say, after nights at random, late files, closed months and another version of the program.

The counts are those of `tests/replay`, which know nothing of nights: they look at the receipts as they stand in the end.
"""

from __future__ import annotations

import random
from collections import Counter
from collections import defaultdict
from datetime import datetime
from datetime import time
from datetime import UTC
from typing import NamedTuple
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import date_of
from loyalty_cli.model.days import iso
from loyalty_cli.operations.ledger.check_books import proven_books
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.months.close import month_close
from loyalty_cli.operations.months.obstacles import Accepted
from loyalty_cli.operations.program.adopt import adopt_program
from loyalty_cli.program.example_buyers import ExampleMember
from loyalty_cli.program.examples import ExampleCoupon
from loyalty_cli.program.examples import ExampleEvent
from loyalty_cli.store.ledger.due import mark_due
from tests.replay import test_counted_by_counting as counted
from tests.replay import test_fed_by_reckoning as fed
from tests.replay import test_moments_by_reckoning as moments
from tests.replay import test_more_than_usual_by_reckoning as usual
from tests.replay import test_points_that_lapse_soon_by_reckoning as lapse
from tests.replay import test_segments_by_reckoning as segments
from tests.replay.any_program import HEAD
from tests.replay.test_versions_by_reckoning import given_of_both
from tests.shop_builder import balances
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.model.days import Day
    from loyalty_cli.operations.open_shop import Shop

MEMBERS = 4
# Another version that counts everything alike, and has something nobody reaches.
MORE = "  unheard of: {when: {one_purchase: 99999.00}, give: {badge: unheard of}}\n"


# What else is told of members besides receipts: an event, a consent that was asked for, a coupon that came into hand and left it.
EVENT = "INSERT INTO adjustment (member_id, asset, quantity, day, at, by, reason, key) VALUES (:member, :what, 1, :day, '', '', '', :key)"
ANSWER = f"""
{EVENT};
INSERT INTO feedback (member_id, adjustment_id, day, score, top, text)
  SELECT member_id, id, day, :score, 10, '' FROM adjustment WHERE key = :key"""
GROUP = "INSERT INTO member_group (member_id, name, from_day, until_day) VALUES (:member, :what, :day, :until)"
USED = """
INSERT INTO redemption (member_id, kind, points, amount, day, clock, at, by, key)
VALUES (:member, 'points', :points, 0, :day, 80000, '', '', :key)"""
ASKED = "INSERT INTO consent (member_id, channel, from_day) VALUES (:member, :what, :day)"
COUPON = """
INSERT OR IGNORE INTO rule (name) VALUES ('by hand');
INSERT OR IGNORE INTO asset (name) VALUES (:what);
INSERT INTO coupon (key, code, member_id, rule_id, asset_id, cause_kind, cause_id, due_on, issued_on, from_day, until_day, terms)
  SELECT :key, :key, :member, rule.id, asset.id, 0, 0, :day, :day, :day, :until, '{}' FROM rule, asset
   WHERE rule.name = 'by hand' AND asset.name = :what;
INSERT INTO coupon_event (coupon_id, what, day, at) SELECT id, 'issued', :day, '' FROM coupon WHERE key = :key;
INSERT INTO coupon_event (coupon_id, what, day, at) SELECT id, 'voided', :gone, '' FROM coupon WHERE key = :key AND :gone NOTNULL
"""


class Person(NamedTuple):
    """A member's first day, who brought them, and the days of their year."""

    member: int
    joined: Day | None
    by: int = 0
    birthday: Day | None = None
    name_day: Day | None = None


class Told(NamedTuple):
    """Something told of a member on a day, as what stands in the shop's database then."""

    day: Day
    statement: str
    values: dict[str, object]


def over_nights(
    folder: Path,
    text: str,
    receipts: list[Receipt],
    dice: random.Random,
    last: Day,
    *,
    people: tuple[Person, ...] = (),
    told: tuple[Told, ...] = (),
    changed: tuple[str, Day] | None = None,
) -> Shop:
    """A shop whose files come in any order, some weeks late; it works on some nights, closes months and changes its program."""
    now = datetime.combine(date_of(last + 2), time(12), tzinfo=UTC)
    shop = make_shop(folder / "shop", text, members=MEMBERS, now=now)
    with shop.changing() as connection:
        for person in people:
            by = f"29{person.by:02}" if person.by else ""
            days = [iso(day)[5:] if day else "" for day in (person.birthday, person.name_day)]
            connection.execute(
                "UPDATE member SET joined = ?, referred_by = ?, birthday = ?, name_day = ? WHERE id = ?",
                (person.joined, by, *days, person.member),
            )
    first = min(receipt.day for receipt in receipts)
    nights = [*sorted(dice.sample(range(first, last), 3)), last]
    after, change = changed or (text + MORE, dice.choice(nights[:3]))
    nights = sorted({*nights, change})
    everything: list[Receipt | Told] = [*receipts, *told]
    coming = [(each.day + dice.choice((0, 0, 3, 40)), each) for each in everything]
    dice.shuffle(coming)
    for night in nights:
        came = [each for day, each in coming if day <= night or night == last]
        coming = [each for each in coming if each[0] > night]
        put_receipts(shop, *(each for each in came if isinstance(each, Receipt)))
        put_told(shop, [each for each in came if isinstance(each, Told)])
        recalc(shop, as_of=night)
        if night != last:
            close_before(shop, night)
        if night == change:
            shop.program.write_text(after, encoding="utf-8")
            adopt_program(shop, from_day=night + 1, by="Ewa")
    return shop


def put_told(shop: Shop, told: list[Told]) -> None:
    """What is told comes in, as imports and the counter bring it."""
    with shop.changing() as connection:
        for each in sorted(told, key=lambda one: one.day):
            for statement in each.statement.split(";"):
                connection.execute(statement, each.values)
            if each.statement in {EVENT, ANSWER, GROUP, USED}:
                mark_due(connection, [(int(str(each.values["member"])), each.day)])


def close_before(shop: Shop, night: Day) -> None:
    """Close the months before the one of a night, if anything was booked in one of them."""
    with shop.reading() as connection:
        booked = connection.execute("SELECT strftime('%Y-%m', max(booked_on)) FROM ledger WHERE booked_on < ?", (night - 31,)).fetchone()[0]
        shut = connection.execute("SELECT max(month) FROM month").fetchone()[0]
    if booked and (shut is None or booked > shut):
        month_close(shop, through=booked, accepted=Accepted(without=["all"], open_matters=True))


def coupon_of(dice: random.Random) -> ExampleCoupon:
    """A coupon in a member's hand, which may leave it before its last day or after."""
    on = moments.FIRST + dice.randrange(500)
    gone = on + dice.randrange(1, 41) if dice.random() < 0.5 else None
    return ExampleCoupon(on=on, coupon=dice.choice(("five", "ten")), until=on + dice.randrange(41), gone=gone)


def badges(shop: Shop, member: int) -> Counter[str]:
    return Counter({name.removeprefix("badge:"): count for name, count in balances(shop, member).items() if name.startswith("badge:")})


def proven(shop: Shop) -> None:
    proof = proven_books(shop)
    assert (proof.entries, proof.standings, proof.told) == ((), (), ())


def receipts_of(member: int, place: int, day: Day, lines: dict[str, int], back: list[tuple[Day, dict[str, int]]]) -> list[Receipt]:
    """A sale, and what came back of it after all that was sold on the day; money by category."""
    number = f"S{member}-{place}"
    found = [Receipt(number, member, day, tuple((name, money) for name, money in lines.items() if money), 36_000 + place)]
    for at, (on, gone) in enumerate(back):
        came = tuple((name, -money) for name, money in gone.items() if money)
        found += [Receipt(f"R{member}-{place}-{at}", member, on, came, 72_000 + place, number)] if came else []
    return found


def receipts_with_return(member: int, place: int, sale: counted.Sale) -> list[Receipt]:
    """A sale of tea and bread and what comes back of it."""
    day = counted.FIRST + sale.day
    gone = {"tea": 100 * min(sale.tea, sale.tea_back), "bread": 100 * min(sale.bread, sale.bread_back)}
    later = [] if sale.back_after is None else [(day + sale.back_after, gone)]
    return receipts_of(member, place, day, {"tea": 100 * sale.tea, "bread": 100 * sale.bread}, later)


@pytest.mark.parametrize("seed", range(3))
def test_windows_streaks_and_sets_end_as_counting_says(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    rules = [
        counted.Rule(what, dice.randrange(2, 7), window, dice.random() < 0.5, dice.random() < 0.3)
        for what in ("spend", "visits", "days")
        for window in counted.WINDOWS
    ]
    rules += [counted.Rule("streak", size, "lifetime", size == 2, False) for size in (2, 3)]
    rules += [counted.Rule("set", 2, window, False, False) for window in counted.WINDOWS[:4]]
    rules.append(counted.Rule("units", 1, "calendar month", False, True))
    rewards = (rule.text(f"r{number}").replace("points: 1", f"badge: r{number}") for number, rule in enumerate(rules))
    text = counted.HEAD.lstrip() + "".join(rewards)
    lives: dict[int, list[counted.Sale]] = defaultdict(list)
    receipts: list[Receipt] = []
    for member in range(1, MEMBERS + 1):
        for _ in range(dice.randrange(2, 9)):
            back = dice.choice((None, None, dice.randrange(0, 40)))
            sale = counted.Sale(dice.randrange(60), dice.randrange(1, 9), dice.randrange(9), back, dice.randrange(9), dice.randrange(9))
            lives[member].append(sale)
        for place, sale in enumerate(sorted(lives[member], key=lambda each: each.day)):
            receipts += receipts_with_return(member, place, sale)
    last = counted.LAST + 40
    shop = over_nights(tmp_path, text, receipts, dice, last)
    for member, sales in lives.items():
        expected = {f"r{number}": counted.times(rule, sales, last) for number, rule in enumerate(rules)}
        # A unit of the shop is a line, not a zloty: of tea there is one in each receipt of which none came back.
        kept = [sale for sale in sales if sale.tea and (sale.back_after is None or not sale.tea_back)]
        months = {counted.period("calendar month", counted.FIRST + sale.day) for sale in kept}
        expected[f"r{len(rules) - 1}"] = len(months)
        assert badges(shop, member) == +Counter(expected)
    proven(shop)


@pytest.mark.parametrize("seed", range(2))
def test_what_feeds_on_points_tiers_and_goods_ends_as_counting_says(tmp_path: Path, seed: int) -> None:
    dice, receipts = random.Random(seed), list[Receipt]()
    lives: dict[int, list[fed.Sale]] = {}
    for member in range(1, MEMBERS + 1):
        lives[member] = [
            fed.sale(
                dice.randrange(fed.DAYS - 60), (dice.choice((10_00, 50_00)), dice.choice((0, 25_00)), dice.choice((0, 70_00))),
                [(dice.randrange(1, 60), dice.randrange(3))] * (dice.random() < 0.4),
            )
            for _ in range(dice.randrange(1, 9))
        ]  # fmt: skip
        for place, sale in enumerate(lives[member]):
            back = [(day, {fed.GOODS[sort]: sale.money[sort]}) for day, sort in sale.back]
            receipts += receipts_of(member, place, sale.day, dict(zip(fed.GOODS, sale.money, strict=True)), back)
    shop = over_nights(tmp_path, HEAD + fed.PROGRAM, receipts, dice, fed.LAST)
    for member, sales in lives.items():
        expected = Counter({name.removeprefix("badge:"): count for name, count in fed.expected(sales).items()})
        assert badges(shop, member) == +expected
    proven(shop)


@pytest.mark.parametrize("seed", range(2))
def test_months_better_than_usual_end_as_counting_says(tmp_path: Path, seed: int) -> None:
    dice, receipts, asked = random.Random(seed), list[Receipt](), (10, 2, 0)
    text = usual.PROGRAM.lstrip().replace("MORE", "10").replace("MONTHS", "2").replace("LEAST", "0").replace("points: 1", "badge: usual")
    lives = {member: usual.history(dice) for member in range(1, MEMBERS + 1)}
    for member, sales in lives.items():
        for place, sale in enumerate(sales):
            back = [] if sale.back_on is None else [(sale.back_on, {"bread": sale.back})]
            receipts += receipts_of(member, place, sale.day, {"bread": sale.paid}, back)
    last = usual.FIRST + usual.DAYS + 60
    shop = over_nights(tmp_path, text, receipts, dice, last)
    assert [badges(shop, member)["usual"] for member in lives] == [usual.good_months(sales, last, asked) for sales in lives.values()]
    proven(shop)


@pytest.mark.parametrize("seed", range(3))
def test_joining_and_friends_end_as_a_look_at_every_day_says(tmp_path: Path, seed: int) -> None:
    dice, receipts, last = random.Random(seed), list[Receipt](), moments.FIRST + 400
    people = tuple(Person(member, moments.FIRST + dice.randrange(200), by=1 if member > 1 else 0) for member in range(1, MEMBERS + 1))
    lives: dict[int, list[moments.Sale]] = {}
    for member in range(1, MEMBERS + 1):
        bought = [(moments.FIRST + dice.randrange(300), dice.choice((20_00, 30_00, 50_00, 80_00)), dice.randrange(1, 20)) for _ in range(4)]
        lives[member] = [
            moments.Sale(day, paid, day + later if dice.random() < 0.4 else moments.NEVER_BACK, 20_00) for day, paid, later in bought
        ]
        for place, sale in enumerate(lives[member]):
            back = [(sale.back_on, {"tea": sale.back})] if sale.back_on < moments.NEVER_BACK else []
            receipts += receipts_of(member, place, sale.day, {"tea": sale.paid}, back)
    shop = over_nights(tmp_path, HEAD + "points: {earn: {}}\n" + moments.PROGRAM.lstrip(), receipts, dice, last, people=people)
    friends = {person.member: moments.has_bought(lives[person.member]) for person in people[1:]}
    spends = {person.member: moments.has_spent(person.joined, lives[person.member]) for person in people[1:]}
    for person in people:
        own = badges(shop, person.member)
        expected = Counter({"hello": 1, "basket": sum(sale.left(last) >= 50_00 for sale in lives[person.member])})
        expected["year"] = int((person.joined or 0) + 365 <= last)
        expected["after a year"] = int((person.joined or 0) + 367 <= last)
        if person.by:
            expected += Counter({"brought": 1, "first purchase": friends[person.member]})
        else:
            expected += Counter({"a friend": MEMBERS - 1, "friend buys": sum(friends.values()), "friend spends": sum(spends.values())})
        assert own == +expected, iso(person.joined or 0)
    proven(shop)


@pytest.mark.parametrize("seed", range(2))
def test_events_consents_coupons_and_days_of_the_year_end_as_a_look_at_every_day_says(tmp_path: Path, seed: int) -> None:
    dice, receipts, told = random.Random(seed), list[Receipt](), list[Told]()
    expected: dict[int, Counter[str]] = {}
    people: list[Person] = []
    for member in range(1, MEMBERS + 1):
        joined, birthday, name_day = (moments.FIRST + dice.randrange(-900, 300) for _ in range(3))
        people.append(Person(member, joined, 0, birthday, name_day))
        events = [
            ExampleEvent(on=moments.FIRST + dice.randrange(60), event=dice.choice(("survey", "survey", "feedback", "other")))
            for _ in range(dice.randrange(9))
        ]
        asked = [(moments.FIRST + dice.randrange(700), channel) for channel in dice.sample(("email", "letter", "sms"), dice.randrange(3))]
        told += [
            Told(event.on, EVENT, {"member": member, "what": f"event:{event.event}", "day": event.on, "key": f"{member} {place}"})
            for place, event in enumerate(events)
        ]
        told += [Told(day, ASKED, {"member": member, "what": channel, "day": day}) for day, channel in asked]
        coupons = [coupon_of(dice) for _ in range(dice.randrange(4))]
        told += [
            Told(coupon.on, COUPON, {
                "member": member, "what": f"coupon:{coupon.coupon}", "day": coupon.on, "key": f"{member}-{place}",
                "until": coupon.until, "gone": coupon.gone,
            })
            for place, coupon in enumerate(coupons)
        ]  # fmt: skip
        baskets = dice.randrange(1, 4)
        receipts += [
            receipt
            for place in range(baskets)
            for receipt in receipts_of(member, place, moments.FIRST + dice.randrange(300), {"tea": 50_00}, [])
        ]
        person = ExampleMember(joined=joined, birthday=birthday, name_day=name_day)
        own = Counter(moments.of_the_days(person)) + Counter(moments.of_events(events))
        own += Counter(f"by {channel}" for _, channel in asked if channel != "sms")
        own += Counter(name for coupon in coupons for name in moments.of_a_coupon(coupon))
        quests = min(baskets, own["opinion"])
        expected[member] = own + Counter({"basket": baskets, "quests": quests, "quest": min(1, quests)})
    text = HEAD + "points: {earn: {}}\n" + moments.PROGRAM.lstrip()
    shop = over_nights(tmp_path, text, receipts, dice, moments.LAST, people=tuple(people), told=tuple(told))
    assert {member: badges(shop, member) for member in expected} == expected
    proven(shop)


@pytest.mark.parametrize("seed", range(3))
def test_rewards_that_a_version_changes_are_given_as_often_as_counting_says(tmp_path: Path, seed: int) -> None:
    dice, receipts = random.Random(seed), list[Receipt]()
    windows = counted.WINDOWS[:4]
    before = [
        counted.Rule(kind, dice.randrange(1, 9), window, dice.random() < 0.5, dice.random() < 0.3)
        for kind in ("spend", "visits", "days")
        for window in windows
    ]
    before += [counted.Rule("set", 2, window, every_time=False, tea_only=False) for window in windows]
    # Half of them count the same towards another target, the others something else.
    after = [
        rule._replace(window=dice.choice(windows), tea_only=rule.counts != "set" and dice.random() < 0.5)
        if rule.counts == "set" or dice.random() < 0.5
        else rule._replace(target=dice.randrange(1, 9), every_time=dice.random() < 0.5)
        for rule in before
    ]
    # A streak becomes something else, and something else a streak.
    visits = counted.Rule("visits", 2, "lifetime", every_time=True, tea_only=False)
    before += [visits._replace(counts="streak"), visits]
    after += [visits, visits._replace(counts="streak", every_time=False)]
    texts = [
        counted.HEAD.lstrip() + "".join(rule.text(f"r{place}").replace("points: 1", f"badge: r{place}") for place, rule in enumerate(rules))
        for rules in (before, after)
    ]
    lives: dict[int, list[counted.Sale]] = {}
    for member in range(1, MEMBERS + 1):
        days = sorted(dice.randrange(60) for _ in range(dice.randrange(2, 12)))
        backs = (None, None, *range(0, 40, 4))
        lives[member] = [
            counted.Sale(day, dice.randrange(1, 9), dice.randrange(9), dice.choice(backs), dice.randrange(9), dice.randrange(9))
            for day in days
        ]
        for place, sale in enumerate(lives[member]):
            receipts += receipts_with_return(member, place, sale)
    night = counted.FIRST + dice.randrange(5, 50)
    shop = over_nights(tmp_path, texts[0], receipts, dice, counted.LAST + 40, changed=(texts[1], night))
    for member, sales in lives.items():
        each = [given_of_both(*pair, sales, night + 1) for pair in zip(before, after, strict=True)]
        assert badges(shop, member) == +Counter({f"r{number}": count for number, count in enumerate(each)})
    proven(shop)


@pytest.mark.parametrize("seed", range(2))
def test_segments_and_statements_end_as_a_look_at_every_morning_says(tmp_path: Path, seed: int) -> None:
    dice, receipts, told, last = random.Random(seed), list[Receipt](), list[Told](), segments.LAST + 40
    lives: dict[int, list[segments.Sale]] = {}
    answers: dict[int, list[tuple[Day, str]]] = {}
    student: dict[int, tuple[Day, Day] | None] = {}
    for member in range(1, MEMBERS + 1):
        lives[member] = []
        for place in range(dice.randrange(2, 9)):
            day = segments.FIRST + dice.randrange(segments.DAYS)
            money = dice.choice(((10_00, 0), (25_00, 10_00), (50_00, 50_00)))
            back = None if dice.random() < 0.7 else day + dice.randrange(1, 30)
            lives[member].append(segments.Sale(day, "Market", money, back))
            goods = dict(zip(segments.GOODS, money, strict=True))
            receipts += receipts_of(member, place, day, goods, [] if back is None else [(back, goods)])
        answered = sorted(dice.sample(range(segments.FIRST, segments.LAST), dice.randrange(4)))
        answers[member] = [(day, dice.choice(("promoter", "passive", "detractor"))) for day in answered]
        scores = {"promoter": 9, "passive": 8, "detractor": 6}
        told += [
            Told(day, ANSWER, {"member": member, "what": "event:feedback", "day": day, "key": f"{member} {day}", "score": scores[said]})
            for day, said in answers[member]
        ]
        since = dice.randrange(segments.FIRST, last)
        student[member] = (since, since + dice.randrange(200)) if dice.random() < 0.6 else None
        if span := student[member]:
            told.append(Told(since, GROUP, {"member": member, "what": "student", "day": span[0], "until": span[1]}))
    shop = over_nights(tmp_path, HEAD + segments.PROGRAM, receipts, dice, last, told=tuple(told))
    for member, sales in lives.items():
        history = segments.History(sorted(sales, key=lambda sale: sale.day), answers[member], student[member])
        own = badges(shop, member)
        # What the end of points brings has a reckoning of its own, below.
        assert own - Counter(soon=own["soon"]) == segments.statements(history, last)
        held = {name.removeprefix("segment:") for name in balances(shop, member) if name.startswith("segment:")}
        # A point for each 1.00 that was not brought back, through the 45th day after.
        points = sum(sum(sale.left(last)) // 100 for sale in sales if sale.day + 45 >= last)
        assert held == segments.segments_on(history, last, points)
    proven(shop)


@pytest.mark.parametrize("seed", range(2))
def test_the_end_of_points_is_told_as_a_look_at_every_evening_says(tmp_path: Path, seed: int) -> None:
    dice, receipts, used = random.Random(seed), list[Receipt](), list[Told]()
    lives: dict[int, list[tuple[Day, int]]] = {}
    for member in range(1, MEMBERS + 1):
        happened = [(lapse.FIRST + dice.randrange(lapse.DAYS), dice.randrange(1, 10)) for _ in range(dice.randrange(2, 9))]
        for place, (day, points) in enumerate(happened):
            receipts += receipts_of(member, place, day, {"tea": 100 * points}, [])
        for place in range(dice.randrange(4)):
            day, points = lapse.FIRST + dice.randrange(lapse.DAYS), dice.randrange(1, 7)
            # Nobody uses more than there is.
            there = sum(came for on, came in happened if came < 0 or day - lapse.LIVE <= on <= day)
            if there >= points:
                happened.append((day, -points))
                used.append(Told(day, USED, {"member": member, "points": points, "day": day, "key": f"{member} {place}"}))
        lives[member] = sorted(happened, key=lambda each: (each[0], each[1] < 0))
    shop = over_nights(tmp_path, HEAD + lapse.PROGRAM, receipts, dice, lapse.LAST, told=tuple(used))
    for member, happened in lives.items():
        assert badges(shop, member) == +Counter(soon=lapse.told(happened).total()), member
    proven(shop)
