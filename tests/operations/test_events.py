"""Events from a list to the books: known again by their key, and rewarded each."""

from __future__ import annotations

from typing import cast
from typing import TYPE_CHECKING

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.shown.kept_phrase import said_again
from loyalty_cli.operations.by_hand.gifts import event_add
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.imports.events import import_events
from loyalty_cli.operations.imports.revert import import_revert
from loyalty_cli.operations.ledger.check_books import proven_books
from loyalty_cli.operations.ledger.explain import explain
from loyalty_cli.operations.ledger.recalc import recalc
from tests.shop_builder import balances
from tests.shop_builder import make_shop

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

PROGRAM = """
program: P
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points: {earn: {}}
rewards:
  survey: {when: {event: survey}, give: {points: 50}}
"""


def listed(shop: Shop, *rows: str) -> dict[str, object]:
    """The figures of an import of these rows."""
    path = shop.program.parent / "events.csv"
    path.write_text("\n".join(["card,date,event,key", *rows]) + "\n", encoding="utf-8")
    recalc(shop)
    files = cast("list[dict[str, object]]", import_events(shop, [str(path)]).data["files"])
    return files[0]


def causes_told(shop: Shop) -> list[str]:
    """The causes of the entries of 2901."""
    return [str(said_again(str(row[2]))) for row in explain(shop, "2901").tables[1].rows]


def test_an_event_counts_once_and_bad_rows_are_set_aside(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM)
    good = ("2901,2026-03-02,survey,a", "2901,2026-03-02,survey,b", "2902,2026-03-03,lottery,c")
    # No such card, no event, and the key of another event.
    bad = ("7777,2026-03-02,survey,d", "2902,2026-03-02,,e", "2902,2026-03-02,survey,a")
    told = listed(shop, *good, *bad)
    assert (told["new"], told["set_aside"], told["conflicts"]) == (3, 3, 1)
    told = listed(shop, *good)
    assert (told["new"], told["known"]) == (0, 3)
    recalc(shop)
    # Two surveys of 50 for 2901; nothing is given for a lottery.
    assert [balances(shop, 1), balances(shop, 2)] == [{"points": 100}, {}]
    assert causes_told(shop) == ["survey 2026-03-02"] * 2
    assert proven_books(shop).entries == ()


def test_what_was_entered_by_hand_is_told_by_its_name_and_day_and_by_no_key_of_ours(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM + "  heard: {when: {feedback: given}, give: {points: 5}}\n")
    asked = Asked(by="Ola", reason="on paper", day=day_from_iso("2026-03-02"))
    event_add(shop, "2901", "survey", asked)
    event_add(shop, "2901", "feedback", Asked(by="Ola", reason="on paper", key="letter 3", day=asked.day))
    recalc(shop)
    assert sorted(causes_told(shop)) == ["feedback 2026-03-02", "survey 2026-03-02"]


def test_a_name_that_is_nearly_waited_for_is_told_and_any_other_is_not(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM + "segments: {readers: {not: {event: newsletter}}}\n")
    (tmp_path / "events.csv").write_text("card,date,event\n2901,2026-03-02,surveyy\n2901,2026-03-02,lottery\n2901,2026-03-02,newsletter\n")
    recalc(shop)
    told = ["Nothing in the program waits for the event surveyy. Did you mean survey?"]
    assert [str(each) for each in import_events(shop, [str(tmp_path / "events.csv")]).warnings] == told
    by_hand = [event_add(shop, "2901", name, Asked(by="Ola", reason="on paper", key=name)) for name in ("surveyy", "lottery", "survey")]
    assert [str(each) for done in by_hand for each in done.warnings] == told


def test_without_a_key_one_event_of_a_day_is_one(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM)
    told = listed(shop, "2901,2026-03-02,survey,", "2901,2026-03-02,survey,", "2901,2026-03-04,survey,")
    assert (told["new"], told["known"]) == (2, 1)
    recalc(shop)
    assert balances(shop, 1) == {"points": 100}


def test_an_import_of_events_can_be_taken_back_and_come_again(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM)
    listed(shop, "2901,2026-03-02,survey,a", "2902,2026-03-02,survey,b")
    listed(shop, "2902,2026-03-02,survey,b", "2902,2026-03-03,survey,c")
    recalc(shop)
    # 50 for a; 50 + 50 for b and c.
    assert [balances(shop, 1), balances(shop, 2)] == [{"points": 50}, {"points": 100}]
    said = import_revert(shop, 1).said
    assert [str(each) for each in said] == ["Import 1 was taken back: events of 1 member."]
    recalc(shop)
    # The second list tells b as well, so only a is gone.
    assert [balances(shop, 1), balances(shop, 2)] == [{}, {"points": 100}]
    import_revert(shop, 2)
    recalc(shop)
    assert [balances(shop, 1), balances(shop, 2)] == [{}, {}]
    told = listed(shop, "2901,2026-03-02,survey,a", "2902,2026-03-03,survey,c")
    assert told["new"] == 2
    recalc(shop)
    assert [balances(shop, 1), balances(shop, 2)] == [{"points": 50}, {"points": 50}]
    assert proven_books(shop).entries == ()
