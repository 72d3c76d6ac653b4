"""Consents of members in the database: only added to, the same for one member and for many, together after a merge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.consent import Consent
from loyalty_cli.model.consent import may
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.members.add import member_add
from loyalty_cli.operations.members.merge import member_merge
from loyalty_cli.operations.members.set import member_set
from loyalty_cli.operations.members.wishes import MemberWishes
from loyalty_cli.store.members.addresses import note_address
from loyalty_cli.store.members.addresses import reach_of_many
from loyalty_cli.store.members.consents import consents_of
from loyalty_cli.store.members.consents import consents_of_many
from loyalty_cli.store.members.members import Hand
from tests.operations.small_shop import ANA
from tests.operations.small_shop import BORIS
from tests.operations.small_shop import CORA

if TYPE_CHECKING:
    from tests.operations.small_shop import SmallShop

DAY = 2461000
HAND = Hand(at="2026-10-08T10:00:00", today=DAY, by="Ola")


def consenting(*said: tuple[str, bool]) -> MemberWishes:
    return MemberWishes(consents=said)


def test_two_answers_of_one_day_both_stay_and_the_later_one_holds(there: SmallShop) -> None:
    member_add(there.shop, ANA, consenting(("email", True), ("sms:survey", True)))
    member_set(there.shop, ANA, consenting(("email", False)), Asked(by="Ola"))
    assert there.ask("SELECT channel, purpose, given, source FROM consent ORDER BY id") == [
        ("email", "advertising", 1, ""),
        ("sms", "survey", 1, ""),
        ("email", "advertising", 0, "Ola"),
    ]
    with there.shop.reading() as connection:
        own = consents_of(connection, 1)
        assert not may(own, "email", "advertising", own[-1].day).allowed
        assert may(own, "sms", "survey", own[-1].day).allowed


def test_many_members_at_once_have_what_each_has_alone(there: SmallShop) -> None:
    for card, said in ((ANA, ("email", True)), (BORIS, ("sms", True)), (CORA, ("email", False))):
        member_add(there.shop, card, MemberWishes(consents=(said,)))
    member_set(there.shop, ANA, consenting(("email", False)))
    with there.shop.reading() as connection:
        alone = {member: consents_of(connection, member) for member in (1, 2, 3)}
        assert dict(consents_of_many(connection)) == alone
        assert dict(consents_of_many(connection, [3, 1, 99])) == {1: alone[1], 3: alone[3]}


def test_merged_members_keep_every_answer_and_of_one_day_the_no_holds(there: SmallShop) -> None:
    member_add(there.shop, ANA, consenting(("email", True), ("sms", False)))
    member_add(there.shop, BORIS, consenting(("email", False), ("sms", True)))
    member_merge(there.shop, BORIS, ANA)
    with there.shop.reading() as connection:
        own = consents_of(connection, 1)
        today = own[0].day
        assert not may(own, "email", "advertising", today).allowed
        assert not may(own, "sms", "advertising", today).allowed
        assert consents_of(connection, 2) == []


def test_an_address_that_does_not_work_is_dead_until_it_is_another_one(there: SmallShop) -> None:
    member_add(there.shop, ANA, MemberWishes(name="Ana", email="ana@x.example", phone="+48 1", address="Long 1, 00-001 Town"))
    with there.shop.changing() as connection:
        assert note_address(connection, 1, ("email", "ana@x.example"), HAND, works=False)
        assert not note_address(connection, 1, ("email", "ana@x.example"), HAND, works=False)
        assert note_address(connection, 1, ("letter", "Long 1, 00-001 Town"), HAND, works=False)
        (reach,) = reach_of_many(connection)
        assert (reach.at("email"), reach.at("letter"), reach.at("sms"), reach.at("phone")) == ("", "", "+48 1", "+48 1")
        assert note_address(connection, 1, ("letter", "Long 1, 00-001 Town"), HAND, works=True)
    member_set(there.shop, ANA, MemberWishes(email="new@x.example"))
    with there.shop.reading() as connection:
        (reach,) = reach_of_many(connection, [1, 7])
        assert (reach.at("email"), reach.at("letter")) == ("new@x.example", "Long 1, 00-001 Town")


def test_an_answer_that_is_known_is_not_kept_twice(there: SmallShop) -> None:
    member_add(there.shop, ANA, consenting(("email", True)))
    assert member_set(there.shop, ANA, consenting(("email", True))).data["changes"] == 0
    assert there.ask("SELECT count(*) FROM consent") == [(1,)]
    assert Consent("email", "advertising", True, DAY).state == "given"
