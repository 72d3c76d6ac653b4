"""`loyalty program terms`: the whole program in plain sentences, as it is computed."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.operations.program.terms import program_terms
from loyalty_cli.program.as_read import program_of_text
from loyalty_cli.program.block_samples import BLOCKS
from loyalty_cli.program.block_samples import SUBJECTS
from loyalty_cli.program.canonical import canonical
from loyalty_cli.program.kinds import kinds_text
from loyalty_cli.program.kinds import kinds_texts
from loyalty_cli.program.kinds import WHERE
from loyalty_cli.program.load import program_of
from loyalty_cli.program.schema import schema
from loyalty_cli.render.document import as_page
from loyalty_cli.render.document_text import as_text
from loyalty_cli.render.words import catalogue_of
from loyalty_cli.rules.all_rules import ALL_RULES
from tests.operations.imports.till_shop import PROGRAM
from tests.operations.imports.till_shop import shop_in

if TYPE_CHECKING:
    from pathlib import Path

RULES = """\
terms:
  - The shop can end the program with a month's notice.
tiers:
  by: spend
  counted_over: 12 months
  going_down: at once
  grace: 30 days
  ladder: {guest: {at_least: 0}, patron: {at_least: 500.00, discount: 5%, benefits: [free hemming]}}
points:
  earn:
    basic: {points: 1, for_every: 10.00}
    fridays: {multiply: 2, only: {weekdays: [last friday], stores: [Market]}}
  usable_after: 14 days
  lapse_after: 12 months
  lapse_at: end of month
  one_point_pays: 0.005
  pays_up_to: 50%
discounts:
  never_above: 20%
  offers: {growing: {by: spend so far, discount: {2000: 5%, 10000: 8%}}}
coupons:
  next visit: {worth: 50.00, basket_at_least: 200.00, valid_for: 30 days}
rewards:
  ten: {when: {visits: 10, times: every time}, at_most: once in calendar month, give: {coupon: next visit, points: 1}}
  days: {when: {visits: 4, a_visit_is: a day, basket_at_least: 5.00}, give: {points: 2}}
  months: {when: {streak: 2 months, with_at_least: 30.00, times: every time}, give: {points: 3}}
  weeks: {when: {streak: 3 weeks}, give: {points: 4}}
  quest: {when: {all_of: [tea, cake], times: every time}, give: {points: 5}}
  cakes: {when: {spend: 50.00, only: {categories: [cake]}}, give: {badge: cake}}
  hidden: {when: {spend: 99.00}, give: {points: 7}, surprise: yes}
  kept: {when: {spend: 100.00, only: {categories: [tea]}}, on_return: keep, give: {badge: tea}}
draws:
  spring: {dates: 2027-03-01 to 2027-05-31, one_ticket_for_every: 500.00, prizes: {bike: 1}}
stores: {Market: {}}
"""


def text(tmp_path: Path, language: str = "en") -> str:
    _, document = program_terms(shop_in(tmp_path / "shop", PROGRAM + RULES))
    return " ".join(as_text(document, language).decode().split())


@pytest.mark.parametrize(
    "sentence",
    [
        "basic: 1 point for every 10.00 PLN; a part of it gives its part.",
        "fridays: 2 times the points above. Only on: Friday (the last of the month). In: Market.",
        # 0.005 for a point: 10 of them pay 0.05, the first that come to whole groszy
        "New points can be used after 14 days. 10 points pay 0.05 PLN. Points pay up to 50% of a purchase.",
        "Points can be used for 12 months from the day they were earned; then they lapse. They lapse together at the end of that month.",
        "Your tier goes by what you have paid within 12 months.",
        "Who no longer reaches the tier goes down to the one that is reached.",
        "There are 30 days more to reach it again before it is lost.",
        "patron: from 500.00 PLN on. 5% off. Besides: free hemming.",
        "growing: The more you have bought, the more is off: 2,000.00 PLN: 5%, 10,000.00 PLN: 8%.",
        "Never more than 20% together.",
        "ten: For every 10 visits: the coupon next visit, 1 point. No more than 1 time in a calendar month.",
        "days: For 4 visits: 2 points. A day counts once, however often you come. A purchase counts from 5.00 PLN on.",
        "months: For 2 months in a row with purchases of 30.00 PLN or more in each: 3 points. And again after 2 months more in a row.",
        "weeks: For 3 weeks in a row with a visit in each: 4 points.",
        "quest: For all of the badges tea, cake: 5 points. And again each time all of them have come once more.",
        "kept: For purchases of 100.00 PLN together: the badge tea. It holds for: tea. It stays yours when goods come back.",
        "next visit: 50.00 PLN. For a purchase of 200.00 PLN or more. It can be used for 30 days.",
        "Prize draw: spring",
        "One ticket for every 500.00 PLN bought.",
        "Points that you have used already are owed; the next ones you earn pay for them.",
        "The shop can end the program with a month's notice.",
        "Registration number: ____",
    ],
)
def test_a_member_reads(sentence: str, tmp_path: Path) -> None:
    assert sentence in text(tmp_path)


def test_what_only_so_many_get_says_how_many(tmp_path: Path) -> None:
    limited = """points: {earn: {}}
gifts: {mug: {costs: 9.00, stock: 3, points: 100}, bag: {}}
rewards:
  opening: {when: {visits: 2}, at_most: once, in_all: 100, give: {gift: mug}}
"""
    _, document = program_terms(shop_in(tmp_path / "shop", PROGRAM + limited))
    said = " ".join(as_text(document, "en").decode().split())
    assert "opening: For 2 visits: a gift: mug. No more than 1 time. It is given 100 times in all: whoever comes first has it." in said
    assert "mug: For 100 points. There are 3; whoever comes first has one." in said
    assert "bag: There is enough for everybody." in said


def test_a_surprise_is_not_told(tmp_path: Path) -> None:
    assert "99.00" not in text(tmp_path)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("pl", "ten: Za każde 10 wizyt: kupon next visit, 1 punkt. Nie więcej niż 1 raz w miesiącu kalendarzowym."),
        ("ru", "Уровень зависит от суммы покупок"),
        ("ro", "Nivelul depinde de suma cumpărăturilor"),
    ],
)
def test_it_is_written_in_four_languages(language: str, sentence: str, tmp_path: Path) -> None:
    said = text(tmp_path, language)
    assert sentence in said
    assert "Your tier" not in said


def test_the_page_is_one_file_that_loads_nothing(tmp_path: Path) -> None:
    _, document = program_terms(shop_in(tmp_path / "shop", PROGRAM + RULES))
    page = as_page(document, "en").decode()
    assert "<h1>Terms of the loyalty program</h1>" in page
    assert "http" not in page.replace("http-equiv", "")


def test_the_shops_own_paragraphs_make_no_other_version(tmp_path: Path) -> None:
    with_terms = program_of(PROGRAM + RULES, "program.yaml")
    without = program_of(PROGRAM + RULES.partition("tiers:")[1] + RULES.partition("tiers:")[2], "program.yaml")
    assert canonical(with_terms) == canonical(without)


def test_kinds_have_a_line_each_and_a_word_or_a_family_says_more() -> None:
    lines = [" ".join(line.split()) for line in kinds_text(None).splitlines()]
    assert "spend When purchases together come to an amount within a window." in lines
    assert "discount" not in kinds_text("joined")
    assert "Settings:" in kinds_text("joined") or "rewards:" in kinds_text("joined")
    assert kinds_text("when").count("(rewards: NAME: when:)") == len(ALL_RULES["when"])


@pytest.mark.parametrize("word", BLOCKS)
def test_a_block_that_is_no_rule_is_explained_with_a_sample_and_every_setting(word: str) -> None:
    sample = dedent(BLOCKS[word].sample)
    points = "" if sample.startswith("points:") else "points: {earn: {basic: {points: 1, for_every: 1.00}}}\n"
    program_of_text(f"program: P\ncurrency: PLN\ntimezone: UTC\nstarts: 2026-01-01\n{points}{sample}\n")
    said = kinds_text(word)
    assert BLOCKS[word].sample in said
    assert [name for name in BLOCKS[word].shape.model_fields if f"  {name} " not in said] == []


@pytest.mark.parametrize("word", SUBJECTS)
def test_what_shops_call_several_kinds_together_shows_each_of_them(word: str) -> None:
    family, words = SUBJECTS[word]
    assert [line.split()[0] for line in kinds_text(word).splitlines() if line.endswith(f"({WHERE[family]})")] == [
        known for known in ALL_RULES[family] if known in words
    ]
    assert len(words) == len(set(words) & set(ALL_RULES[family]))


@pytest.mark.parametrize("word", [None, "points", "when"])
def test_kinds_fit_a_narrow_window_without_a_word_cut(word: str | None) -> None:
    wide, narrow = kinds_text(word), kinds_text(word, width=79)
    assert wide.split() == narrow.split()
    samples = {line for line in wide.splitlines() if line.startswith("    ")}
    assert [line for line in narrow.splitlines() if len(line) > 79 and line not in samples] == []


def test_every_block_of_a_program_has_a_sample_under_its_own_name() -> None:
    blocks = {name for name, about in schema()["properties"].items() if "$ref" in about or about.get("type") == "object"}
    assert blocks - {*BLOCKS, *ALL_RULES} == set()


@pytest.mark.parametrize("language", ["pl", "ru", "ro"])
def test_kinds_are_said_in_every_language_and_their_samples_stay(language: str) -> None:
    said = kinds_text("spend", catalogue_of(language).gettext)
    assert [text for text in kinds_texts() if " " in text and text in said] == []
    assert "      spring: {when: {spend: 5000.00, counted_over: calendar month}, give: {points: 200}}" in said
    assert max(map(len, said.splitlines())) <= 140
