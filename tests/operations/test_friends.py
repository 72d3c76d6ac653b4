"""Friends who were brought: what is handed over to whoever brought them, whatever comes late, is merged, returned or closed."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.kept_phrase import said_again
from loyalty_cli.operations.coupons.issue import issue_coupons
from loyalty_cli.operations.imports.members import import_members
from loyalty_cli.operations.ledger.check_books import proven_books
from loyalty_cli.operations.ledger.explain import explain
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.members.add import member_add
from loyalty_cli.operations.members.merge import member_merge
from loyalty_cli.operations.members.set import member_set
from loyalty_cli.operations.members.wishes import MemberWishes
from loyalty_cli.operations.months.close import month_close
from loyalty_cli.operations.months.obstacles import Accepted
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.render.words import say
from tests.shop_builder import balances
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.model.days import Day
    from loyalty_cli.operations.open_shop import Shop

PROGRAM = """
program: P
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points: {earn: {}}
coupons: {thanks: {worth: 10.00, valid_for: 900 days, issue_within: 900 days}}
rewards:
  friend: {when: {friend_spends: 100.00, settled_after: 3 days}, give: {points: 10, to_friend: {points: 3}}, at_most: 2}
"""
FIRST = day("2026-03-01")
MEMBERS = 5


def joined(shop: Shop, *brought: tuple[int, str], on: Day = FIRST) -> None:
    """Member by member with the card or number of whoever brought them."""
    with shop.changing() as connection:
        for member, by in brought:
            connection.execute("UPDATE member SET joined = ?, referred_by = ? WHERE id = ?", (on, by, member))
            connection.execute("INSERT OR IGNORE INTO due VALUES (?, 0)", (member,))


def bought(member: int, after: int, zlotys: int, number: int = 0) -> Receipt:
    return Receipt(f"{member}-{after}-{number}", member, FIRST + after, (("tea", 100 * zlotys),), 40_000 + number)


def back(sale: Receipt, after: int) -> Receipt:
    lines = tuple((category, -amount) for category, amount in sale.lines)
    return Receipt(f"R{sale.number}", sale.member, FIRST + after, lines, 60_000, sale.number)


def points(shop: Shop) -> list[int]:
    return [balances(shop, member).get("points", 0) for member in range(1, MEMBERS + 1)]


def test_what_a_friend_did_is_given_to_both_and_taken_back_from_both(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM, members=MEMBERS)
    joined(shop, (2, "2901"), (3, "2901"))
    sale = bought(2, 1, 100)
    put_receipts(shop, sale, bought(3, 2, 99))
    recalc(shop, as_of=FIRST + 3)
    assert points(shop) == [0, 0, 0, 0, 0]
    recalc(shop, as_of=FIRST + 4)
    # 2 spent 100.00 on the 2nd, and three days later nothing had come back: 10 for 1, 3 for 2.
    assert points(shop) == [10, 3, 0, 0, 0]
    assert [row[1:5] for row in explain(shop, "2901").tables[1].rows] == [("rewards.friend", "2902", "points", 10)]
    put_receipts(shop, back(sale, 6), bought(3, 6, 1))
    recalc(shop, as_of=FIRST + 6)
    assert points(shop) == [0, 0, 0, 0, 0]
    recalc(shop, as_of=FIRST + 20)
    assert points(shop) == [10, 0, 3, 0, 0]
    proof = proven_books(shop)
    assert (proof.entries, proof.standings, proof.told) == ((), (), ())


def test_a_late_receipt_of_a_friend_moves_it_in_a_closed_month_by_a_row_of_today(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM, members=MEMBERS)
    joined(shop, (2, "2901"), (4, "2905"))
    put_receipts(shop, bought(2, 1, 50), bought(4, 1, 100))
    recalc(shop, as_of=day("2026-04-10"))
    month_close(shop, "2026-03", accepted=Accepted(without=["all"], open_matters=True))
    put_receipts(shop, bought(2, 2, 50))
    recalc(shop, as_of=day("2026-04-11"))
    assert points(shop) == [10, 3, 0, 3, 10]
    with shop.reading() as connection:
        dates = "SELECT member_id, date(effective_on), date(booked_on) FROM ledger WHERE member_id < 3 ORDER BY 1"
        rows = connection.execute(dates).fetchall()
    assert rows == [(1, "2026-03-06", "2026-04-01"), (2, "2026-03-06", "2026-04-01")]
    assert proven_books(shop).told == ()


def test_who_is_named_may_become_known_later_and_is_told_by_card_or_by_number(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM, members=2)
    path = tmp_path / "members.csv"
    path.write_text("card,number,joined,referred_by\n2902,,2026-03-01,MAGDA\n", encoding="utf-8")
    import_members(shop, [str(path)])
    put_receipts(shop, bought(2, 1, 100))
    recalc(shop, as_of=FIRST + 9)
    assert points(shop)[:2] == [0, 0]
    path.write_text("card,number,joined,referred_by\n2901,MAGDA,2026-02-01,\n", encoding="utf-8")
    import_members(shop, [str(path)])
    recalc(shop, as_of=FIRST + 9)
    assert points(shop)[:2] == [10, 3]


def test_nobody_brings_themselves_and_no_circle_gives_anything(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM, members=MEMBERS)
    joined(shop, (1, "2902"), on=FIRST - 3)
    joined(shop, (2, "2903"), on=FIRST - 2)
    joined(shop, (3, "2901"), (4, "2904"), on=FIRST - 1)
    put_receipts(shop, *(bought(member, 1, 100) for member in range(1, 5)))
    recalc(shop, as_of=FIRST + 9)
    # 1, 2 and 3 make a circle: 1 joined first and was brought by nobody. So 2 brings 3 points, 3 brings 1; 4 brings nobody.
    assert points(shop) == [10, 3, 13, 0, 0]
    assert recalc(shop, as_of=FIRST + 9, everyone=True).data["entries"] == 0
    with pytest.raises(Refused, match="Nobody brings themselves"):
        member_set(shop, "2905", MemberWishes(referred_by="2905"))
    with pytest.raises(Refused, match="was brought by this member"):
        member_set(shop, "2901", MemberWishes(referred_by="2903"))
    member_add(shop, "2906", MemberWishes(referred_by="2905"))
    member_set(shop, "2906", MemberWishes(referred_by="2901"))
    with shop.reading() as connection:
        assert connection.execute("SELECT referred_by FROM member WHERE id = 6").fetchone() == ("2901",)


def test_members_who_are_merged_keep_what_they_brought_and_the_coupon_its_code(tmp_path: Path) -> None:
    program = PROGRAM.replace("{points: 10,", "{points: 10, coupon: thanks,")
    shop = make_shop(tmp_path / "shop", program, members=MEMBERS)
    joined(shop, (2, "2901"))
    put_receipts(shop, bought(2, 1, 60), bought(3, 1, 50))
    recalc(shop, as_of=FIRST + 9)
    assert points(shop) == [0, 0, 0, 0, 0]
    # 3 is 2 under another card: 60.00 + 50.00 together.
    member_merge(shop, "2903", "2902")
    recalc(shop, as_of=FIRST + 9)
    assert points(shop) == [10, 3, 0, 0, 0]
    issue_coupons(shop, as_of=FIRST + 10)
    codes = codes_of(shop)
    # The friend becomes 4, whoever brought them becomes 5: nothing is lost, and the coupon is the same.
    member_merge(shop, "2902", "2904")
    member_merge(shop, "2901", "2905")
    recalc(shop, as_of=FIRST + 10)
    issue_coupons(shop, as_of=FIRST + 10)
    assert points(shop) == [0, 0, 0, 3, 10]
    assert codes_of(shop) == codes
    assert proven_books(shop).entries == ()


def test_the_tree_says_who_brought_whom_how_many_bought_and_what_it_gave(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM, members=MEMBERS)
    joined(shop, (2, "2901"))
    joined(shop, (3, "2901"), (4, "2903"), (5, "2999"), on=FIRST + 1)
    put_receipts(shop, bought(2, 1, 100), bought(4, 2, 40))
    recalc(shop, as_of=FIRST + 9)
    rows = report(shop, "referrals", Wanted()).tables[0].rows
    # Card, brought by, receipts, friends, of these bought, points it gave, state
    assert [(row[0], *row[1:3], *row[4:8], row[9]) for row in rows] == [
        ("2905", "2905", "2999", 0, 0, 0, 0, "not found"),
        ("2901", "2901", "", 0, 2, 1, 0, "brought by nobody"),
        ("└─ 2902", "2902", "2901", 1, 0, 0, 10, "brought"),
        ("└─ 2903", "2903", "2901", 0, 1, 1, 0, "brought"),
        ("   └─ 2904", "2904", "2903", 1, 0, 0, 0, "brought"),
    ]


def test_whom_their_own_friend_or_their_own_card_is_said_to_have_brought_nobody_brought(tmp_path: Path) -> None:
    """Two records that name each other, and one that names itself since its friend and who brought them are one."""
    shop = make_shop(tmp_path / "shop", PROGRAM, members=MEMBERS)
    joined(shop, (1, "2902"), (4, "2903"))
    joined(shop, (2, "2901"), on=FIRST + 1)
    member_merge(shop, "2904", "2903")
    recalc(shop, as_of=FIRST + 9)
    rows = report(shop, "referrals", Wanted()).tables[0].rows
    assert [(row[0], row[2], row[9]) for row in rows] == [
        ("2901", "", "brought by nobody"),
        ("└─ 2902", "2901", "brought"),
        ("2903", "", "brought by nobody"),
    ]


def test_what_friends_brought_besides_points_is_said_in_words(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", BROUGHT, members=MEMBERS)
    joined(shop, (2, "2901"))
    recalc(shop, as_of=FIRST + 9)
    (friend,) = (row for row in report(shop, "referrals", Wanted()).tables[0].rows if row[1] == "2902")
    assert say(said_again(str(friend[8])), "pl") == "1 × odznaka host, 1 × kupon thanks"


BROUGHT = """\
program: Friends
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
coupons: {thanks: {worth: 5.00, valid_for: 30 days}}
rewards: {friend: {when: {friend_joins: yes}, give: {coupon: thanks, badge: host}}}
"""


def codes_of(shop: Shop) -> list[tuple[str, str]]:
    """The codes of coupons with what happened to them."""
    with shop.reading() as connection:
        return connection.execute("SELECT c.code, v.what FROM coupon_event v JOIN coupon c ON c.id = v.coupon_id").fetchall()


class Story(NamedTuple):
    """A receipt: whose, how many days after the first, zlotys; when all of it comes back; the night its file comes."""

    member: int
    after: int
    zlotys: int
    back_after: int | None
    night: int


NIGHTS = 3
STORIES = st.lists(
    st.builds(
        Story, st.integers(1, MEMBERS), st.integers(0, 9), st.sampled_from((40, 60, 100)), st.one_of(st.none(), st.integers(0, 6)),
        st.integers(0, NIGHTS - 1),
    ),
    max_size=9,
)  # fmt: skip
# Who brought each member but the first, somebody with a lower number or nobody.
TREES = st.tuples(*(st.integers(0, member - 1) for member in range(2, MEMBERS + 1)))


def reckoned(tree: dict[int, int], receipts: list[Receipt], until: Day) -> list[int]:
    """What everybody has at the end of a day, reckoned day by day and receipt by receipt from the start, each time from scratch."""
    told: dict[int, bool] = dict.fromkeys(tree, False)
    got: dict[int, list[int]] = defaultdict(list)
    waiting: dict[int, list[int]] = defaultdict(list)
    for today in range(FIRST, until + 1):
        # Whoever is told something hears it after their own receipts, friend by friend.
        for friend, change in sorted(changes_of(today, tree, receipts, told).items()):
            tell(got[tree[friend]], waiting[tree[friend]], friend, change)
    return [10 * len(got[member]) + 3 * told.get(member, False) for member in range(1, MEMBERS + 1)]


def changes_of(today: Day, tree: dict[int, int], receipts: list[Receipt], told: dict[int, bool]) -> dict[int, int]:
    """Of which friends it is told on a day, or no longer true; what comes back takes it back with its receipt."""
    changes: dict[int, int] = defaultdict(int)
    for clock, friend in sorted((one.clock, one.member) for one in receipts if one.day == today):
        if told.get(friend) and reached(friend, receipts, today, clock) is None:
            told[friend] = False
            changes[friend] -= 1
    for friend in tree:
        since = reached(friend, receipts, today, 86_400)
        if not told[friend] and since is not None and since + 3 <= today:
            told[friend] = True
            changes[friend] += 1
    return changes


def tell(got: list[int], waiting: list[int], friend: int, change: int) -> None:
    """Two friends count; who undoes it leaves the place to the first who waits."""
    if change > 0:
        (got if len(got) < 2 else waiting).append(friend)
    elif change < 0 and friend in waiting:
        waiting.remove(friend)
    elif change < 0:
        got.remove(friend)
        got += [waiting.pop(0)] if waiting else []


def reached(friend: int, receipts: list[Receipt], today: Day, clock: int) -> Day | None:
    """The day on which what a friend has not brought back by a moment came to 100.00."""
    known = sorted((one for one in receipts if one.member == friend and (one.day, one.clock) <= (today, clock)), key=lambda one: one[2::2])
    gone = {one.original for one in known if one.original}
    total = 0
    for one in sorted(known, key=lambda one: (one.day, one.clock)):
        total += 0 if one.original or one.number in gone else one.lines[0][1]
        if total >= 10_000:
            return one.day
    return None


@settings(max_examples=12)
@given(tree=TREES, stories=STORIES, chance=st.randoms(use_true_random=False))
def test_whatever_comes_when_everybody_has_what_counting_from_the_start_says(
    tmp_path_factory: pytest.TempPathFactory, tree: tuple[int, ...], stories: list[Story], chance: object
) -> None:
    shop = make_shop(tmp_path_factory.mktemp("friends") / "shop", PROGRAM, members=MEMBERS)
    brought = {member: by for member, by in enumerate(tree, 2) if by}
    joined(shop, *((member, f"290{by}") for member, by in brought.items()))
    nights: dict[int, list[Receipt]] = defaultdict(list)
    for number, story in enumerate(stories):
        sale = bought(story.member, story.after, story.zlotys, number)
        nights[story.night].append(sale)
        if story.back_after is not None:
            nights[story.night].append(back(sale, story.after + story.back_after + 1))
    known: list[Receipt] = []
    for night in range(NIGHTS):
        chance.shuffle(nights[night])  # type: ignore[attr-defined]
        put_receipts(shop, *nights[night])
        known += nights[night]
        until = FIRST + 12 + 4 * night
        recalc(shop, as_of=until)
        assert points(shop) == reckoned(brought, known, until)
    proof = proven_books(shop)
    assert (proof.entries, proof.standings, proof.told) == ((), (), ())
