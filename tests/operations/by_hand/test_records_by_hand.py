"""Members who are added, changed and made one by hand: each once by its key, numbered, and undone while that can be exact."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.listed import ListedGroup
from loyalty_cli.operations.by_hand.cards import member_block
from loyalty_cli.operations.by_hand.erase import member_erase
from loyalty_cli.operations.by_hand.give import Gift
from loyalty_cli.operations.by_hand.give import give
from loyalty_cli.operations.by_hand.give import ToWhom
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.by_hand.revert import revert
from loyalty_cli.operations.members.add import member_add
from loyalty_cli.operations.members.merge import member_merge
from loyalty_cli.operations.members.set import member_set
from loyalty_cli.operations.members.wishes import MemberWishes
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.operations.shop.check import check
from loyalty_cli.operations.shop.nightly import nightly
from tests.operations.counter.conftest import PROGRAM
from tests.operations.small_shop import ANA
from tests.operations.small_shop import BORIS
from tests.operations.small_shop import CORA
from tests.operations.small_shop import sold
from tests.operations.test_month_pack import tables_of
from tests.shop_builder import make_shop

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from loyalty_cli.model.shown.outcome import Outcome
    from tests.operations.small_shop import SmallShop

BY = Asked(by="Ewa", reason="a mistake")
TODAY = day_from_iso("2026-10-05")
# What a member is, beside the trail of what was done.
STATE = {
    "member": "id, number, name, phone, email, address, language, birthday, name_day, joined, referred_by, merged_into",
    "card": "*",
    "member_group": "*",
    "block": "id, member_id, from_day, until_day",
    "consent": "*",
}


@pytest.fixture
def shop(there: SmallShop) -> SmallShop:
    """Ana bought for 150.00, Boris for 40.00; both have a name."""
    there.export("market-10.csv", [sold(1, "2026-10-01 10:00", ANA, "150.00"), sold(2, "2026-10-02 10:00", BORIS, "40.00")])
    nightly(there.shop)
    member_add(there.shop, ANA, MemberWishes(name="Ana", joined=TODAY - 90))
    member_add(there.shop, BORIS, MemberWishes(name="Boris", joined=TODAY - 30))
    return there


def number_of(done: Outcome) -> int:
    number = done.data["number"]
    assert isinstance(number, int)
    return number


def keyed(key: str) -> Asked:
    return Asked(by="Ewa", reason="a form", key=key)


def state(shop: SmallShop) -> dict[str, list[tuple[object, ...]]]:
    """Without answers that were taken back."""
    return {
        table: shop.ask(f"SELECT {columns} FROM {table} {'WHERE gone = 0' if table == 'consent' else ''} ORDER BY id")
        for table, columns in STATE.items()
    }


def test_each_is_done_once_by_its_key_and_numbered(shop: SmallShop) -> None:
    cora = MemberWishes(name="Cora", phone="700")
    added = member_add(shop.shop, CORA, cora, keyed("k1"))
    changed = member_set(shop.shop, CORA, MemberWishes(phone="701"), keyed("k2"))
    merged = member_merge(shop.shop, BORIS, ANA, keyed("k3"))
    # The fixture's two members are 1 and 2.
    assert [each.data["number"] for each in (added, changed, merged)] == [3, 4, 5]
    before = state(shop)
    again = [
        member_add(shop.shop, CORA, cora, keyed("k1")),
        member_set(shop.shop, CORA, MemberWishes(phone="701"), keyed("k2")),
        member_merge(shop.shop, BORIS, ANA, keyed("k3")),
    ]
    assert [each.data for each in again] == [{"number": number, "again": True} for number in (3, 4, 5)]
    assert state(shop) == before
    assert str(again[0].said[0]) == "This request was made before, as no. 3; nothing was changed."
    rows = [tuple(row) for row in report(shop.shop, "by-hand", Wanted()).tables[0].rows]
    assert [(row[0], row[2], row[4], row[5]) for row in rows[2:]] == [
        (3, "new member", "", "Ewa"), (4, "member changed", "phone", "Ewa"), (5, "merge", BORIS, "Ewa"),
    ]  # fmt: skip


def test_a_key_with_other_words_is_refused(shop: SmallShop) -> None:
    member_set(shop.shop, ANA, MemberWishes(phone="701"), keyed("k"))
    for other in (MemberWishes(phone="702"), MemberWishes(phone="701", name="Anna")):
        with pytest.raises(Refused, match="something else was done"):
            member_set(shop.shop, ANA, other, keyed("k"))
    with pytest.raises(Refused, match="something else was done"):
        member_merge(shop.shop, BORIS, ANA, keyed("k"))


def test_a_key_holds_even_where_nothing_was_different(shop: SmallShop) -> None:
    assert member_set(shop.shop, ANA, MemberWishes(name="Ana"), keyed("k")).data["changes"] == 0
    member_set(shop.shop, ANA, MemberWishes(name="Anna"))
    assert member_set(shop.shop, ANA, MemberWishes(name="Ana"), keyed("k")).data["again"] is True
    assert shop.ask("SELECT name FROM member WHERE id = 1") == [("Anna",)]
    assert member_set(shop.shop, ANA, MemberWishes(name="Anna")).data["number"] is None


def test_whoever_was_added_by_mistake_has_never_been(shop: SmallShop) -> None:
    before = state(shop)
    wishes = MemberWishes(
        name="Cora", email="cora@x.example", referred_by=ANA, groups=(ListedGroup(name="student"),), consents=(("sms", True),)
    )
    number = number_of(member_add(shop.shop, CORA, wishes, keyed("k")))
    nightly(shop.at("2026-10-06T02:00"))
    revert(shop.at("2026-10-06T09:00"), number, BY)
    assert state(shop) == before
    assert shop.ask("SELECT count(*) FROM member_change WHERE member_id = 3") == [(0,)]
    assert shop.ask("SELECT what, member_id FROM by_hand WHERE id >= 3 ORDER BY id") == [("new member", None), ("revert", None)]
    # A new member may get the same number in the database, and has nothing of the first one's.
    assert member_add(shop.at("2026-10-06T10:00"), CORA, MemberWishes(name="Celia")).data["member"] == 3
    nightly(shop.at("2026-10-07T02:00"))
    assert check(shop.at("2026-10-07T09:00"), full=True).exit_code == 0


def test_whoever_has_something_stays(shop: SmallShop) -> None:
    # 1 is Ana, who has receipts; her card had been used before.
    with pytest.raises(Refused, match=f"Card {ANA} stays: it has receipts"):
        revert(shop.shop, 1, BY)
    number = number_of(member_add(shop.shop, CORA, MemberWishes(name="Cora")))
    given = give(shop.shop, Gift(kind="points", count=5), ToWhom(card=CORA), BY).data["numbers"]
    assert isinstance(given, list)
    with pytest.raises(Refused, match=r"stays: it has .*later changes"):
        revert(shop.shop, number, BY)
    revert(shop.shop, given[0], keyed("b1"))
    with pytest.raises(Refused, match="stays: it has"):
        revert(shop.shop, number, BY)
    friend = number_of(member_add(shop.shop, "2900041000046", MemberWishes(name="Dan")))
    other = number_of(member_set(shop.shop, "2900041000046", MemberWishes(phone="1")))
    with pytest.raises(Refused, match="stays: it has later changes by now"):
        revert(shop.shop, friend, BY)
    revert(shop.shop, other, keyed("b2"))
    revert(shop.shop, friend, keyed("b3"))
    assert shop.ask("SELECT 1 FROM card WHERE number = '2900041000046'") == []


def test_a_change_is_undone_with_its_trail(shop: SmallShop) -> None:
    before = state(shop)
    wishes = MemberWishes(
        name="Anna", phone="700", joined=TODAY - 100, number="A-1", referred_by=BORIS, card=CORA, blocked=True,
        groups=(ListedGroup(name="student", first=TODAY, last=TODAY + 30),), consents=(("email", True),),
    )  # fmt: skip
    number = number_of(member_set(shop.shop, ANA, wishes, keyed("k")))
    assert state(shop) != before
    revert(shop.shop, number, BY)
    assert state(shop) == before
    trail = shop.ask("SELECT field, was, became FROM member_change WHERE by = 'Ewa' AND reason = 'a mistake' ORDER BY id")
    assert ("name", "Anna", "Ana") in trail
    assert ("card", CORA, None) in trail
    assert ("consent email", "yes", None) in trail
    # 2026-10-05 and 30 days: 2026-11-04
    assert ("group student", "2026-10-05 to 2026-11-04", None) in trail
    nightly(shop.at("2026-10-06T02:00"))
    assert check(shop.at("2026-10-06T09:00"), full=True).exit_code == 0


def test_what_changed_again_is_named_and_nothing_is_undone(shop: SmallShop) -> None:
    wishes = MemberWishes(phone="700", email="a@x.example", groups=(ListedGroup(name="student"),), consents=(("sms", True),))
    number = number_of(member_set(shop.shop, ANA, wishes))
    member_set(shop.shop, ANA, MemberWishes(phone="701", left_groups=(ListedGroup(name="student"),), consents=(("sms", False),)))
    before = state(shop)
    with pytest.raises(Refused) as refused:
        revert(shop.shop, number, BY)
    assert str(refused.value.phrase) == (f"Card {ANA}: phone, consent, groups changed again or is in use since; nothing is undone.")
    assert state(shop) == before


def test_a_number_that_is_anothers_now_does_not_come_back(shop: SmallShop) -> None:
    member_set(shop.shop, ANA, MemberWishes(number="7"))
    number = number_of(member_set(shop.shop, ANA, MemberWishes(number="8")))
    member_set(shop.shop, BORIS, MemberWishes(number="7"))
    with pytest.raises(Refused, match="number changed again"):
        revert(shop.shop, number, BY)


def test_a_card_that_brought_its_purchases_stays(shop: SmallShop) -> None:
    shop.export("market-11.csv", [sold(3, "2026-10-03 10:00", CORA, "20.00")])
    nightly(shop.at("2026-10-06T02:00"))
    number = number_of(member_set(shop.at("2026-10-06T09:00"), ANA, MemberWishes(card=CORA)))
    with pytest.raises(Refused, match="card changed again or is in use"):
        revert(shop.at("2026-10-06T10:00"), number, BY)


def test_what_was_changed_before_a_merge_is_undone_after_the_merge_alone(shop: SmallShop) -> None:
    changed = number_of(member_set(shop.shop, BORIS, MemberWishes(phone="5")))
    number = number_of(member_merge(shop.shop, BORIS, ANA, keyed("k")))
    with pytest.raises(Refused, match="made one with another"):
        revert(shop.shop, changed, BY)
    revert(shop.shop, number, BY)
    revert(shop.shop, changed, keyed("k2"))
    assert shop.ask("SELECT phone FROM member ORDER BY id") == [("",), ("",)]


def test_erasing_reaches_what_the_keys_and_earlier_registrations_know(shop: SmallShop) -> None:
    secrets = ("Zofia", "zofia@lisy.example", "+48 600 700 800", "Leśna 7")
    member_set(shop.shop, BORIS, MemberWishes(name="Zofia L", address="Leśna 7"), keyed("k1"))
    number = number_of(member_set(shop.shop, ANA, MemberWishes(name="Zofia", email=secrets[1], phone=secrets[2]), keyed("k2")))
    member_merge(shop.shop, BORIS, ANA, keyed("k3"))
    member_erase(shop.shop, ANA, BY)
    tables = [name for (name,) in shop.ask("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    rows = [str(row) for name in tables for row in shop.ask(f'SELECT * FROM "{name}"')]
    assert [row for row in rows if any(word in row for word in (*secrets, '"said"'))] == []
    # A retried script still does nothing, and nothing of it comes back.
    assert member_set(shop.shop, ANA, MemberWishes(name="Zofia"), keyed("k2")).data["again"] is True
    with pytest.raises(Refused, match="is forgotten"):
        revert(shop.shop, number, BY)


def random_wishes(chance: random.Random) -> MemberWishes:
    """Something of everything; names and groups often come again."""

    def some(*values: Any) -> Any:
        return chance.choice([None, *values])

    groups = tuple(
        ListedGroup(name=name, first=TODAY - chance.randrange(3), last=some(TODAY + 5, TODAY + 9))
        for name in ("student", "pensioner") if chance.random() < 0.4
    )  # fmt: skip
    return MemberWishes(
        name=some("Ana", "Anna", ""), phone=some("1", "2", ""), number=some("A", "B", ""), birthday=some("05-17", ""),
        joined=some(TODAY - 90, TODAY - 40), groups=groups, blocked=some(True, False),
        consents=tuple((channel, chance.random() < 0.5) for channel in ("email", "sms") if chance.random() < 0.4),
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_undone_from_the_last_to_the_first_everything_is_as_it_was(shop: SmallShop, seed: int) -> None:
    chance = random.Random(seed)
    steps: list[tuple[int, dict[str, list[tuple[object, ...]]]]] = []
    for _ in range(6):
        before = state(shop)
        done = member_set(shop.shop, ANA, random_wishes(chance))
        if done.data["changes"]:
            steps.append((number_of(done), before))
    blocked = number_of(member_block(shop.at("2026-10-06T09:00"), BORIS, BY))
    revert(shop.at("2026-10-06T09:00"), blocked, keyed("back"))
    boris = state(shop)["block"]
    for number, before in reversed(steps):
        revert(shop.shop, number, keyed(f"back {number}"))
        found = state(shop)
        assert {**found, "block": []} == {**before, "block": []}
        assert [row for row in found["block"] if row[1] == 1] == [row for row in before["block"] if row[1] == 1]
    assert [row for row in state(shop)["block"] if row[1] == 2] == [row for row in boris if row[1] == 2]
    assert len(steps) >= 3


def test_a_name_in_the_place_of_a_card_is_kept_nowhere(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "named", PROGRAM)
    with shop.changing() as connection:
        connection.execute("UPDATE member SET name = 'Zenobia Quux' WHERE id = 1")
    asked = Asked(by="Ewa", reason="asked for")
    assert member_block(shop, "zenobia", asked).data["card"] == "2901"
    member_erase(shop, "Zenobia Quux", asked)
    assert b"zenobia" not in shop.database.read_bytes().lower()


def test_what_was_done_under_no_key_is_told_by_its_number(shop: SmallShop) -> None:
    # The shop of these tests has two members added; the third thing has a key, the fourth none, the fifth undoes it.
    member_set(shop.shop, ANA, MemberWishes(name="Anna"), Asked(by="Ewa", reason="a wedding", key="call-5"))
    member_set(shop.shop, BORIS, MemberWishes(name="Borys"), BY)
    revert(shop.shop, 4, BY)
    rows = tables_of(report(shop.shop, "changes", Wanted()))["changes"]
    told = {row["subject"]: row["reason"] for row in rows if row["subject"] in {"call-5", "4", "5"} or "|" in row["subject"]}
    assert told == {"call-5": "a wedding", "4": "a mistake (5)", "5": "a mistake"}
