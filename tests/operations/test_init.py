"""A new shop's folder."""

from __future__ import annotations

from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.importers.layouts.layout import read_layout
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Mistakes
from loyalty_cli.model.errors import Refused
from loyalty_cli.operations.imports.purchases import import_purchases
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.members.add import member_add
from loyalty_cli.operations.members.wishes import MemberWishes
from loyalty_cli.operations.messages.preview import preview_messages
from loyalty_cli.operations.open_shop import Shop
from loyalty_cli.operations.program.adopt import adopt_program
from loyalty_cli.operations.program.check import check_program
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.operations.shop.init import currency_known
from loyalty_cli.operations.shop.init import init
from loyalty_cli.operations.shop.init import language_known
from loyalty_cli.operations.shop.init import list_of_templates
from loyalty_cli.operations.shop.init import TEMPLATES
from loyalty_cli.operations.shop.init import zone_known
from loyalty_cli.operations.shop.samples import sample_folder
from loyalty_cli.operations.shop.template import Answers
from loyalty_cli.operations.shop.template import parted
from loyalty_cli.operations.shop.template import SLEEPING
from loyalty_cli.operations.shop.template import words_of_templates

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def shop_in(folder: Path) -> Shop:
    """A shop's folder in January 2027."""
    return Shop(
        program=folder / "program.yaml",
        database=folder / "loyalty.db",
        now=datetime(2027, 1, 31, 8, tzinfo=UTC),
        secret="0" * 64,
    )


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_new_shop_is_in_order_and_can_be_recalculated(template: str, tmp_path: Path) -> None:
    shop = shop_in(tmp_path / "my-shop")
    init(shop, template=template)
    examples = check_program(shop).data["examples"]
    assert isinstance(examples, int)
    assert examples >= 6
    assert recalc(shop).data["members"] == 0


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_is_a_sample_with_its_three_files(template: str) -> None:
    folder = sample_folder("programs") / template
    assert {path.name for path in folder.iterdir()} == {"program.yaml", "examples.yaml", "README.md"}
    assert template in [row[0] for row in list_of_templates().tables[0].rows]


def test_the_layouts_of_a_new_shop_are_in_order(tmp_path: Path) -> None:
    init(shop_in(tmp_path), template="levels")
    kinds = {path.stem: read_layout(path).kind for path in (tmp_path / "layouts").iterdir()}
    assert kinds == {"till": "purchases", "members": "members"}


@pytest.mark.parametrize("name", ["examples.yaml", "loyalty.db", "layouts/till.yaml"])
def test_nothing_that_is_there_is_overwritten(name: str, tmp_path: Path) -> None:
    mine = tmp_path / name
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("mine")
    with pytest.raises(Refused):
        init(shop_in(tmp_path), template="levels")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [mine]
    assert mine.read_text() == "mine"


def test_a_folder_with_a_program_gets_its_database(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    shop.program.write_text("mine")
    init(shop, template="levels")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["loyalty.db", "program.yaml"]
    assert shop.program.read_text() == "mine"


ANSWERS = [("pl", "PLN"), ("ru", "RUB"), ("ro", "RON"), ("en", "EUR"), ("ru", "KZT"), ("pl", "JPY")]


@pytest.mark.parametrize(("language", "currency"), ANSWERS)
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_is_in_order_in_every_language_whenever_it_starts(
    template: str, language: str, currency: str, tmp_path: Path
) -> None:
    shop = shop_in(tmp_path / "my-shop")
    answers = Answers(name="U Ani: Klub", language=language, currency=currency, timezone="Europe/Warsaw", starts=day_from_iso("2026-08-15"))
    init(shop, template=template, answers=answers)
    checked = check_program(shop)
    assert checked.warnings == []
    assert checked.language == language
    assert checked.data["program"] == "U Ani: Klub"
    text = shop.program.read_text(encoding="utf-8")
    assert f"currency: {currency}\n" in text
    assert "starts: 2026-08-15 " in text


@pytest.mark.parametrize("language", ["pl", "ru", "ro"])
def test_nothing_of_a_template_is_left_in_english(language: str) -> None:
    words = words_of_templates(language)
    programs = sample_folder("programs")
    notes = {parted(line)[1] for path in programs.glob("*/program.yaml") for line in path.read_text(encoding="utf-8").splitlines()}
    notes = {parted(note)[1] if SLEEPING.match(note) else note for note in notes} - {""}
    titles = {
        line.removeprefix("- example: ")
        for path in programs.glob("*/examples.yaml")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("- example: ")
    }
    assert [text for text in sorted(notes | titles) if text not in words] == []
    assert [text for text, said in words.items() if not said or (said == text and text.isalpha() and len(text) > 6)] == []


@pytest.mark.parametrize(("language", "thanks"), [("en", "Thank you for coming, Ewa!"), ("pl", "Dziękujemy za wizytę, Ewa!")])
def test_a_new_shop_of_the_template_with_messages_sees_one_that_is_due(language: str, thanks: str, tmp_path: Path) -> None:
    shop = shop_in(tmp_path / "my-shop")
    answers = Answers(language=language, currency="PLN", timezone="Europe/Warsaw", starts=day_from_iso("2026-08-15"))
    init(shop, template="something-for-everyone", answers=answers)
    member_add(shop, "2901", MemberWishes(name="Ewa Nowak", email="ewa@example.com", language=language))
    (shop.folder / "till.csv").write_text("receipt,date,card,product,quantity,amount\n1,2026-08-20 10:00:00,2901,A,1,80.00\n")
    import_purchases(shop, [str(shop.folder / "till.csv")])
    recalc(shop, as_of=day_from_iso("2026-08-21"))
    (table,) = preview_messages(shop, as_of=day_from_iso("2026-08-21")).tables
    assert [(row[3], row[5], row[-1]) for row in table.rows if row[1] == "2901"] == [("ready", "email", thanks)]


def test_a_promise_of_the_template_that_does_not_hold_is_a_warning_everywhere_and_an_own_one_a_mistake(tmp_path: Path) -> None:
    shop = shop_in(tmp_path / "my-shop")
    init(shop, template="levels", answers=Answers(currency="PLN", timezone="Europe/Warsaw", starts=day_from_iso("2026-08-15")))
    text = shop.program.read_text(encoding="utf-8")
    shop.program.write_text(text.replace("at_least: 500.00", "at_least: 600.00"), encoding="utf-8")
    told = [str(warning) for warning in check_program(shop).warnings]
    assert any("exactly the amount of a tier is enough: tier is guest, not friend." in line for line in told)
    assert told[-1].endswith(
        "examples that came with the template levels do not hold in your program (shown by: loyalty program check). If you mean "
        "it so, take them out of examples.yaml."
    )
    assert [str(warning) for warning in adopt_program(shop, from_day=None, by="", dry_run=True).warnings] == told[-1:]
    assert [str(warning) for warning in recalc(shop, dry_run=True).warnings] == told[-1:]
    examples = shop.program.with_name("examples.yaml")
    own = examples.read_text(encoding="utf-8").replace("  template: {name: levels, starts: 2027-01-01}\n", "", 3)
    examples.write_text(own, encoding="utf-8")
    for does in (check_program, recalc, lambda shop: adopt_program(shop, from_day=None, by="")):
        with pytest.raises(Mistakes):
            does(shop)


def test_a_new_shop_whose_purchases_are_older_than_its_program_is_told_why_nobody_has_points(tmp_path: Path) -> None:
    shop = shop_in(tmp_path / "my-shop")
    init(shop, template="levels", answers=Answers(currency="PLN", timezone="Europe/Warsaw", starts=day_from_iso("2026-11-20")))
    export = shop.folder / "a.csv"
    export.write_text("receipt,date,card,amount\n1,2026-11-03,2901,50.00\n", encoding="utf-8")
    import_purchases(shop, [str(export)], store="Market")
    told = [str(warning) for warning in recalc(shop).warnings]
    assert told[-1].startswith("The program starts on 2026-11-20, and everything bought so far is older: it brings no points.")
    text = shop.program.read_text(encoding="utf-8")
    shop.program.write_text(text.replace("starts: 2026-11-20", "starts: 2026-11-01"), encoding="utf-8")
    adopt_program(shop, from_day=day_from_iso("2026-11-01"), by="")
    recalc(shop)
    # 50.00 / 1.00 = 50 points that wait for 14 days, until 17 November
    assert [row[4] for row in report(shop, "members", Wanted()).tables[0].rows] == [50]


@pytest.mark.parametrize(
    ("known", "text", "meant"),
    [
        (language_known, "Polski", "pl"),
        (language_known, "ro", "ro"),
        (currency_known, "zł", "PLN"),
        (currency_known, "eur", "EUR"),
        (zone_known, "Europe/Warsaw", "Europe/Warsaw"),
    ],
)
def test_what_is_typed_is_understood(known: Callable[[str], str], text: str, meant: str) -> None:
    assert known(text) == meant


@pytest.mark.parametrize(("known", "text"), [(language_known, "xx"), (currency_known, "12"), (zone_known, "Warszawa"), (zone_known, "")])
def test_what_is_not_understood_is_said_with_what_would_be(known: Callable[[str], str], text: str) -> None:
    with pytest.raises(LoyaltyError) as caught:
        known(text)
    assert caught.value.hint is not None


def test_a_template_that_is_not_there_is_answered_with_the_one_that_is_meant(tmp_path: Path) -> None:
    with pytest.raises(LoyaltyError, match="levls") as refused:
        init(shop_in(tmp_path), template="levls")
    assert "levels" in str(refused.value.hint)
    assert not any(tmp_path.iterdir())
