"""A merge that is undone leaves both as if they had never been one: the record, what is theirs, and after a recalculation the books."""

from __future__ import annotations

import random
import shutil
from contextlib import suppress
from itertools import product
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import iso
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.listed import ListedGroup
from loyalty_cli.operations.by_hand.cards import member_block
from loyalty_cli.operations.by_hand.erase import member_erase
from loyalty_cli.operations.by_hand.give import Gift
from loyalty_cli.operations.by_hand.give import give
from loyalty_cli.operations.by_hand.give import ToWhom
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.by_hand.household import member_household
from loyalty_cli.operations.by_hand.revert import revert
from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.redeem_coupon import redeem_coupon
from loyalty_cli.operations.coupons.redeem_points import redeem_points
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.members.add import member_add
from loyalty_cli.operations.members.merge import member_merge
from loyalty_cli.operations.members.set import member_set
from loyalty_cli.operations.members.wishes import MemberWishes
from loyalty_cli.operations.shop.check import check
from loyalty_cli.operations.shop.nightly import nightly
from loyalty_cli.store.chain.extracts import COMMON
from loyalty_cli.store.chain.extracts import write_common
from loyalty_cli.store.database import create
from tests.operations.small_shop import ANA
from tests.operations.small_shop import BORIS
from tests.operations.small_shop import CORA
from tests.operations.small_shop import opened
from tests.operations.small_shop import sold

if TYPE_CHECKING:
    from pathlib import Path

    from tests.operations.small_shop import Row
    from tests.operations.small_shop import SmallShop

PROGRAM = """\
program: Corner Club
currency: PLN
timezone: UTC
starts: 2026-09-01
unknown_cards: become members
stores: {Market: {files: till/market-*.csv}}
tiers: {by: spend, counted_over: lifetime, going_down: never, ladder: {guest: {at_least: 0}, friend: {at_least: 300}}}
points: {earn: {basic: {points: 1, for_every: 1.00}}, lapse_after: 12 months, one_point_pays: 0.05}
coupons: {next visit: {worth: 20.00, valid_for: 60 days}, third: {worth: 5.00, valid_for: 60 days}}
rewards:
  coupon for 100: {when: {one_purchase: 100.00}, give: {coupon: next visit}}
  every third: {when: {visits: 3, times: every time}, give: {coupon: third}}
  month: {when: {spend: 200.00, counted_over: calendar month}, give: {points: 50}}
  friend: {when: {friend_spends: 100.00}, give: {points: 30, to_friend: {points: 10}}}
nightly: [import, recalc, coupons]
"""
BY = Asked(by="Ewa", reason="a mistake")
CARDS = (ANA, BORIS, CORA)
FIRST = day_from_iso("2026-09-02")
# All that is kept of members; of what is worked out, what it comes to.
KEPT = {
    "member": "SELECT * FROM member",
    "card": "SELECT * FROM card",
    "member_group": "SELECT * FROM member_group",
    "block": "SELECT * FROM block",
    "consent": "SELECT member_id, channel, purpose, given, from_day FROM consent WHERE gone = 0",
    "household": "SELECT member_id, account_id, from_day, until_day FROM household",
    "receipt": "SELECT number, member_id, gone FROM receipt",
    "adjustment": "SELECT member_id, asset, sum(quantity) FROM adjustment WHERE gone = 0 GROUP BY 1, 2",
    "redemption": "SELECT member_id, kind, points, amount, day FROM redemption",
    "referral": "SELECT * FROM referral",
    "hand_over": """SELECT from_id, to_id, reward, cause, cause_id, day, sum(times) FROM hand_over
      GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(times)""",
    "standing": "SELECT member_id, tier, points, pending, debt, spent, visits, qualifying FROM standing",
    # What was given by hand is compared above; the households' carrying home has numbers in another order.
    "ledger": """SELECT e.member_id, u.name, e.cause_kind, e.cause_id, a.name, sum(e.quantity) FROM ledger e
      JOIN rule u ON u.id = e.rule_id JOIN asset a ON a.id = e.asset_id
      WHERE e.cause_kind <> 4 GROUP BY 1, 2, 3, 4, 5 HAVING sum(e.quantity) <> 0""",
    "coupon": """SELECT c.key, c.member_id FROM coupon c WHERE (SELECT what FROM coupon_event v WHERE v.coupon_id = c.id
      AND v.what IN ('issued', 'withdrawn', 'lapsed') ORDER BY v.id DESC LIMIT 1) = 'issued'""",
}


def kept(shop: SmallShop) -> dict[str, list[tuple[object, ...]]]:
    return {name: sorted(shop.ask(select), key=repr) for name, select in KEPT.items()}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop that has adopted the program."""
    folder = tmp_path_factory.mktemp("unmerging") / "shop"
    (folder / "till").mkdir(parents=True)
    (folder / "program.yaml").write_text(PROGRAM, encoding="utf-8")
    create(folder / "loyalty.db").close()
    recalc(opened(folder, now="2026-09-01T02:00").shop)
    return folder


def copy_of(folder: Path, to: Path, now: str) -> SmallShop:
    shutil.copytree(folder, to)
    return opened(to, now=now)


def bought(chance: random.Random, day: int, first: int, count: int) -> list[Row]:
    """Purchases of ten days; a few are returned in part on the next day."""
    rows: list[Row] = []
    for number in range(first, first + count):
        on, card = day + chance.randrange(10), chance.choice(CARDS)
        rows.append(sold(number, f"{iso(on)} 10:{number % 60:02}", card, f"{chance.randrange(10, 160)}.00"))
    return rows


def wishes(chance: random.Random, number: int) -> MemberWishes:
    def some(*values: str) -> str | None:
        return chance.choice([None, *values])

    groups = tuple(
        ListedGroup(name=name, first=FIRST + chance.randrange(3), last=chance.choice([None, FIRST + 60]))
        for name in ("student", "pensioner") if chance.random() < 0.5
    )  # fmt: skip
    consents = tuple((channel, chance.random() < 0.5) for channel in ("email", "sms") if chance.random() < 0.6)
    return MemberWishes(
        name=some("Ana", "Anna"), phone=some("1", "2"), email=some("a@x.example"), number=chance.choice([None, f"N{number}"]),
        birthday=some("1990-05-17", "1991-06-01"), joined=FIRST + chance.randrange(5), groups=groups, consents=consents,
    )  # fmt: skip


def history(shop: SmallShop, chance: random.Random) -> None:
    """Three members: purchases, records, blocks, a household, gifts, uses of points and coupons, who brought whom."""
    shop.export("market-1.csv", bought(chance, FIRST, 100, 14))
    nightly(shop.shop)
    for number, card in enumerate(CARDS):
        with suppress(LoyaltyError):
            member_set(shop.shop, card, wishes(chance, number))
    if chance.random() < 0.6:
        with suppress(LoyaltyError):
            member_set(shop.shop, CORA, MemberWishes(referred_by=chance.choice([ANA, BORIS, "N0", "N1"])))
    if chance.random() < 0.4:
        member_block(shop.shop, chance.choice([ANA, BORIS]), BY)
    if chance.random() < 0.4:
        with suppress(LoyaltyError):
            one, other = chance.sample(CARDS, 2)
            member_household(shop.shop, one, other, BY)
    give(shop.shop, Gift(kind="points", count=chance.randrange(1, 40)), ToWhom(card=chance.choice(CARDS)), BY)
    with suppress(LoyaltyError):
        redeem_points(shop.shop, chance.choice(CARDS), 5, AtTheTill(by="till"))
    for (code,) in shop.ask("SELECT code FROM coupon ORDER BY key"):
        if chance.random() < 0.3:
            with suppress(LoyaltyError):
                redeem_coupon(shop.shop, str(code), AtTheTill(by="till", basket="80.00"))
    nightly(shop.shop)


def both_ways(folder: Path, seed: int, to: Path) -> tuple[dict[str, list[tuple[object, ...]]], dict[str, list[tuple[object, ...]]]]:
    """What is kept where two were made one and two again, and where they never were; purchases came in while they were one."""
    chance = random.Random(seed)
    shop = copy_of(folder, to / "one", "2026-09-14T12:00")
    history(shop, chance)
    other = copy_of(shop.folder, to / "other", "2026-09-14T12:00")
    later = bought(chance, FIRST + 13, 200, 8)
    number = member_merge(shop.shop, BORIS, ANA, BY).data["number"]
    for one in (shop, other):
        one.export("market-2.csv", later)
        nightly(one.at("2026-09-26T02:00"))
    assert isinstance(number, int)
    revert(shop.at("2026-09-26T12:00"), number, Asked(by="Ewa", reason="two people"))
    # What a household's members have of their own goes home the night after.
    for one, night in product((shop, other), (27, 28, 29)):
        nightly(one.at(f"2026-09-{night}T02:00"))
    assert check(shop.at("2026-09-29T03:00"), full=True).exit_code == 0
    return kept(shop), kept(other)


@pytest.mark.parametrize("seed", [4, 8, 18])
def test_both_are_as_if_they_had_never_been_one(empty: Path, tmp_path: Path, seed: int) -> None:
    once_merged, never = both_ways(empty, seed, tmp_path)
    assert once_merged == never


@pytest.fixture
def shop(empty: Path, tmp_path: Path) -> SmallShop:
    """Ana bought for 150.00 and Boris for 40.00; both have a name and a number."""
    there = copy_of(empty, tmp_path / "shop", "2026-09-14T12:00")
    there.export("market-1.csv", [sold(1, "2026-09-02 10:00", ANA, "150.00"), sold(2, "2026-09-03 10:00", BORIS, "40.00")])
    nightly(there.shop)
    member_add(there.shop, ANA, MemberWishes(name="Ana", number="7"))
    member_add(there.shop, BORIS, MemberWishes(name="Boris", number="8", phone="+48 600 700 800"))
    return there


def merged(shop: SmallShop) -> int:
    number = member_merge(shop.shop, BORIS, ANA, BY).data["number"]
    assert isinstance(number, int)
    return number


def test_what_changed_again_stays_and_all_else_comes_back(shop: SmallShop) -> None:
    number = merged(shop)
    # Boris' phone had become Ana's.
    member_set(shop.shop, ANA, MemberWishes(phone="123"))
    revert(shop.shop, number, BY)
    assert shop.ask("SELECT name, number, phone FROM member ORDER BY id") == [("Ana", "7", "123"), ("Boris", "8", "+48 600 700 800")]
    assert shop.ask("SELECT number, member_id FROM receipt ORDER BY 1") == [("1", 1), ("2", 2)]
    recalc(shop.shop)
    assert shop.ask("SELECT member_id, points FROM standing ORDER BY 1") == [(1, 150), (2, 40)]


def test_merges_in_a_row_are_undone_from_the_last(shop: SmallShop) -> None:
    before = kept(shop)
    first = merged(shop)
    member_add(shop.shop, CORA, MemberWishes(name="Cora"))
    with_cora = member_merge(shop.shop, ANA, CORA, BY).data["number"]
    assert isinstance(with_cora, int)
    with pytest.raises(Refused, match="made one with another since"):
        revert(shop.shop, first, BY)
    revert(shop.shop, with_cora, BY)
    revert(shop.shop, first, Asked(by="Ewa", reason="a mistake", key="again"))
    found = kept(shop)
    assert {row for row in found["member"] if row[2] != "Cora"} == set(before["member"])
    assert found["receipt"] == before["receipt"]


def test_of_who_is_forgotten_nothing_comes_back_and_no_note_of_it_is_left(shop: SmallShop) -> None:
    number = merged(shop)
    member_erase(shop.shop, ANA, BY)
    # whose card was whose says nothing of a person
    assert {name for (name,) in shop.ask("SELECT name FROM merge_step")} <= {"card", "coupon"}
    with pytest.raises(Refused, match="is forgotten"):
        revert(shop.shop, number, BY)
    assert b"+48 600 700 800" not in shop.shop.database.read_bytes()


def test_what_a_merge_changed_goes_to_no_task_of_a_chain(shop: SmallShop, tmp_path: Path) -> None:
    merged(shop)
    with shop.shop.reading() as connection:
        write_common(connection, tmp_path)
    assert b"+48 600 700 800" not in (tmp_path / COMMON).read_bytes()


def test_a_merge_by_an_older_release_says_what_to_do(shop: SmallShop) -> None:
    number = merged(shop)
    shop.change("UPDATE by_hand SET detail = json_remove(detail, '$.old') WHERE id = ?", number)
    with pytest.raises(Refused, match="did not keep what was whose") as refused:
        revert(shop.shop, number, BY)
    assert "loyalty restore" in str(refused.value.hint)
