"""Who is erased is in no table and in no page of the file any more, and every report says what it said before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import Span
from loyalty_cli.model.errors import StoreTrouble
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.by_hand.erase import member_erase
from loyalty_cli.operations.by_hand.forget import length_of
from loyalty_cli.operations.by_hand.forget import member_forget
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.consents.given import Answer
from loyalty_cli.operations.consents.given import consent_set
from loyalty_cli.operations.imports.members import import_members
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.members.add import member_add
from loyalty_cli.operations.members.export import member_export
from loyalty_cli.operations.members.merge import member_merge
from loyalty_cli.operations.members.set import member_set
from loyalty_cli.operations.members.wishes import MemberWishes
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.operations.shop.check import check
from loyalty_cli.render.document import as_page
from loyalty_cli.render.words import say
from loyalty_cli.store.members.addresses import note_address
from loyalty_cli.store.members.members import Hand
from tests.operations.small_shop import ANA
from tests.operations.small_shop import BORIS
from tests.operations.small_shop import CORA
from tests.operations.small_shop import sold

if TYPE_CHECKING:
    from tests.operations.small_shop import SmallShop

SECRETS = ("Zofia Lisowska", "zofia@lisy.example", "+48 600 700 800", "Leśna 7", "old-address@lisy.example", "form ZL-77")
BOOKS = ("turnover", "points", "points-owed", "coupons", "tiers", "ledger", "imports", "stores", "products")
REASON = Asked(by="Ewa", reason="asked for by letter")


@pytest.fixture
def shop(there: SmallShop) -> SmallShop:
    """Ana's card is Zofia's: bought, changed her address, agreed, came back by post, and stands in a row that could not be read."""
    wishes = MemberWishes(name="Zofia Lisowska", email="old-address@lisy.example", phone="+48 600 700 800", address="Leśna 7")
    member_add(there.shop, ANA, wishes)
    member_add(there.shop, BORIS, MemberWishes(name="Boris"))
    member_set(there.shop, ANA, MemberWishes(email="zofia@lisy.example"), Asked(reason="Zofia Lisowska rang"))
    consent_set(there.shop, ANA, "email", Answer(True, proof="form ZL-77"), by="Ola")
    with there.shop.changing() as connection:
        hand = Hand(at=there.shop.moment, today=day_from_iso("2026-10-05"))
        note_address(connection, 1, ("letter", "Leśna 7"), hand, works=False)
    there.export("market-10.csv", [sold(1, "2026-10-01 10:00", ANA, "150.00"), sold(2, "2026-10-02 10:00", BORIS, "40.00")])
    from loyalty_cli.operations.shop.nightly import nightly

    nightly(there.shop)
    lists = there.folder / "list.csv"
    lists.write_text(f"card,name,email\n{ANA},Zofia Lisowska,zofia-lisy\n{CORA},Cora,c@x.example\n", encoding="utf-8")
    import_members(there.shop, [str(lists)])
    return there


def figures(shop: SmallShop) -> dict[str, list[object]]:
    """The reports' rows but the person's own."""
    from loyalty_cli.reports.all_reports import ALL_REPORTS

    tables = {name: report(shop.shop, name, Wanted()).tables for name in BOOKS if name in ALL_REPORTS}
    return {name: [row for table in found for row in table.rows if ANA not in row] for name, found in tables.items()}


def test_nothing_of_the_person_is_in_the_file_and_the_books_say_what_they_said(shop: SmallShop) -> None:
    before = figures(shop)
    assert len(before) >= 4
    database = shop.shop.database
    assert all(word.encode() in database.read_bytes() for word in SECRETS)
    done = member_erase(shop.shop, ANA, REASON)
    left = database.read_bytes()
    assert [word for word in SECRETS if word.encode() in left] == []
    assert not list(database.parent.glob(f"{database.name}-*"))
    assert figures(shop) == before
    recalc(shop.shop)
    assert check(shop.shop, full=True).exit_code == 0
    # The shop's own list and the rows set aside of it are files: they are named.
    (named,) = (str(line) for line in done.warnings)
    assert "list.csv" in named
    assert "backups" not in named


def test_a_rehearsal_forgets_nothing(shop: SmallShop) -> None:
    before = shop.shop.database.read_bytes()
    assert member_erase(shop.shop, ANA, REASON, dry_run=True).data["dry_run"]
    assert shop.shop.database.read_bytes() == before


def test_everything_is_on_the_page_that_somebody_may_ask_for(shop: SmallShop) -> None:
    outcome, document = member_export(shop.shop, ANA)
    page = as_page(document, "pl").decode("utf-8")
    assert all(word in page for word in SECRETS)
    assert all(word in str(outcome.data) for word in SECRETS)
    assert "150,00" in page


def test_the_page_calls_the_member_by_a_number_and_says_days_as_the_language_does(shop: SmallShop) -> None:
    member_set(shop.shop, ANA, MemberWishes(number="0129", birthday="1980-05-17"))
    member_set(shop.shop, BORIS, MemberWishes(birthday="05-17"))
    page = as_page(member_export(shop.shop, ANA)[1], "pl").decode("utf-8")
    assert ("Nr uczestnika" in page, "0129" in page, "17.05.1980" in page) == (True, True, True)
    # Without its year it stands as it is kept.
    assert "05-17" in as_page(member_export(shop.shop, BORIS)[1], "pl").decode("utf-8")
    said = [say(each, "pl") for each in member_merge(shop.shop, BORIS, ANA).said]
    assert any("17.05.1980" in each and "05-17" in each for each in said)


def test_what_two_members_differ_in_is_called_as_a_shop_would(shop: SmallShop) -> None:
    member_set(shop.shop, ANA, MemberWishes(number="0129", name_day="05-24"))
    member_set(shop.shop, BORIS, MemberWishes(number="0130", name_day="08-15"))
    for card, brought_by in ((ANA, "F-1"), (BORIS, "F-2")):
        shop.change("UPDATE member SET referred_by = ? WHERE id = (SELECT member_id FROM card WHERE number = ?)", brought_by, card)
    merged = member_merge(shop.shop, BORIS, ANA, dry_run=True).said
    assert {"Oboje mieli różne dane (Nr uczestnika): zostaje 0129, odpada 0130."} < {say(each, "pl") for each in merged}
    told = {str(each) for each in merged}
    assert {"They differ in Member no.: 0129 stays, 0130 is given up.", "They differ in name day: 05-24 stays, 08-15 is given up."} < told
    assert "They differ in Brought by: F-1 stays, F-2 is given up." in told


@pytest.mark.parametrize(("moment", "forgotten"), [("2029-10-04T10:00", 0), ("2029-10-07T10:00", 2)])
def test_members_are_forgotten_when_nothing_was_heard_of_them_for_three_years(shop: SmallShop, moment: str, forgotten: int) -> None:
    # The last that happened: changes and consents of 5 October 2026; three years later is 5 October 2029. Of Cora, whom a
    # list brought, no day is known at all.
    later = shop.at(moment)
    assert member_forget(later, Span(count=3, unit="years"), REASON, dry_run=True).data["members"] == forgotten
    assert shop.ask("SELECT count(*) FROM member WHERE name <> ''") == [(3,)]
    said = member_forget(later, Span(count=3, unit="years"), REASON)
    assert (said.data["members"], len(said.tables[0].rows)) == (forgotten, forgotten)
    assert shop.ask("SELECT count(*) FROM member WHERE name <> ''") == [(3 - forgotten,)]
    assert b"Zofia" in shop.shop.database.read_bytes() or forgotten


@pytest.mark.parametrize(("other", "left"), [(BORIS, ""), (CORA, "1,Zofia Lisowska\n")])
def test_rows_with_the_name_of_two_go_once_both_are_forgotten(shop: SmallShop, other: str, left: str) -> None:
    """Of Boris nothing was heard for three years, as of Zofia; Cora, who has the same name since yesterday, stays."""
    member_set(shop.at("2026-10-05T11:00" if other == BORIS else "2029-10-06T10:00"), other, MemberWishes(name="Zofia Lisowska"))
    rows = shop.folder / "set-aside" / "a.1.csv"
    rows.write_text("card,name\n1,Zofia Lisowska\n9,Else\n", encoding="utf-8")
    member_forget(shop.at("2029-10-07T10:00"), Span(count=3, unit="years"), REASON)
    assert rows.read_text(encoding="utf-8") == f"card,name\n{left}9,Else\n"


def test_a_length_may_be_written_short() -> None:
    assert [str(length_of(text)) for text in ("3y", "36m", "90 days")] == ["3 years", "36 months", "90 days"]


def test_erasing_without_room_to_write_the_file_anew_says_what_is_done_and_ends_when_there_is_room(
    shop: SmallShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise StoreTrouble(ExitCode.NO_SPACE, "There is no space left for {file}; nothing was changed.", file="loyalty.db")

    asked = Asked(by="Ewa", reason="asked for by letter", key="e1")
    monkeypatch.setattr("loyalty_cli.operations.by_hand.erase.rewrite", full)
    with pytest.raises(StoreTrouble, match=r"It is forgotten who it was, but .* could not be written anew"):
        member_erase(shop.shop, ANA, asked)
    assert shop.ask("SELECT count(*) FROM member WHERE name <> ''") == [(2,)]
    monkeypatch.undo()
    assert member_erase(shop.shop, ANA, asked).data["again"]
    assert not any(word.encode() in shop.shop.database.read_bytes() for word in SECRETS)


def test_who_is_forgotten_for_being_away_is_frozen_as_who_is_erased(shop: SmallShop) -> None:
    member_forget(shop.at("2029-10-07T10:00"), Span(count=3, unit="years"), REASON)
    erased = shop.ask("SELECT member_id FROM by_hand WHERE what = 'erase' ORDER BY 1")
    assert erased == shop.ask("SELECT id FROM member WHERE name = '' ORDER BY 1")
