"""The tax on prizes, each figure worked by hand, and what each country asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyalty_cli.countries.all_countries import ALL_COUNTRIES
from loyalty_cli.countries.all_countries import country_named
from loyalty_cli.countries.draw_law import formalities
from loyalty_cli.countries.prize_tax import prize_tax
from loyalty_cli.model.days import day_from_iso

if TYPE_CHECKING:
    from loyalty_cli.model.law import DrawKind
    from loyalty_cli.model.law import TaxLine

TODAY = day_from_iso("2026-11-22")
PURPOSES: tuple[DrawKind, ...] = ("draw", "contest")


def line(country: str, worth: int, *, purpose: DrawKind = "draw", earlier: int = 0, on: int = TODAY) -> TaxLine:
    found = prize_tax(country, worth=worth, purpose=purpose, on=on, earlier=earlier)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("worth", "tax"),
    [
        (228_000, 0),  # 2280.00 is still free
        (228_001, 22_800),  # 10 % of the whole: 228.001, so 228.00
        (228_100, 22_810),  # 10 % of 2281.00
        (228_105, 22_811),  # 228.105, half up
    ],
)
def test_a_polish_lottery_prize_is_taxed_as_a_whole_above_2280(worth: int, tax: int) -> None:
    assert line("PL", worth).tax == tax


def test_a_polish_contest_has_its_own_free_amount() -> None:
    assert line("PL", 200_000, purpose="contest").tax == 0
    assert line("PL", 200_100, purpose="contest").tax == 20_010  # 10 % of 2001.00
    assert line("PL", 200_100, purpose="draw").tax == 0


def test_a_russian_prize_is_taxed_above_4000_a_year() -> None:
    assert line("RU", 400_000).tax == 0
    assert line("RU", 1_000_000).tax == 210_000  # 35 % of 6000.00
    # Two prizes of 3000.00 in one year: 35 % of (6000 - 4000) = 700.00, all of it on the second.
    assert line("RU", 300_000).tax == 0
    assert line("RU", 300_000, earlier=300_000).tax == 70_000


def test_a_romanian_prize_is_taxed_above_600_each() -> None:
    assert line("RO", 60_000).tax == 0
    assert line("RO", 100_000).tax == 4_000  # 10 % of 400.00
    assert line("RO", 60_000, earlier=60_000).tax == 0  # each prize has its own free amount
    assert line("RO", 100_000, on=day_from_iso("2025-06-01")).verified
    assert not line("RO", 100_000).verified  # no public text for 2026 was found


def test_money_added_for_the_tax_pays_the_tax_on_itself() -> None:
    # 10000.00 with 4000.00 free at 35 %: N = 6000 x 35 / 65 = 3230.769, up to 3230.77;
    # the tax on 13230.77 is 35 % of 9230.77 = 3230.7695, so 3230.77: covered.
    russian = line("RU", 1_000_000)
    assert russian.to_add == 323_077
    assert line("RU", 1_000_000 + russian.to_add).tax == russian.to_add
    # 9000.00 at 10 % of the whole: N = 9000 / 9 = 1000.00, and 10 % of 10000.00 is 1000.00.
    polish = line("PL", 900_000)
    assert polish.to_add == 100_000
    assert line("PL", 900_000 + polish.to_add).tax == polish.to_add
    assert line("PL", 228_000).to_add == 0


def test_no_tax_is_not_the_same_as_not_verified() -> None:
    assert (line("UK", 1_000_000).kind, line("UK", 1_000_000).tax) == ("no tax", 0)
    assert line("MD", 1_000_000).kind == "not verified"
    assert line("MD", 1_000_000, on=day_from_iso("2017-08-01")).kind == "no tax"


def test_a_country_or_a_day_without_data_has_no_tax_line() -> None:
    assert prize_tax("Atlantis", worth=100, purpose="draw", on=TODAY) is None
    assert prize_tax("PL", worth=100, purpose="draw", on=day_from_iso("1999-01-01")) is None
    assert formalities("Atlantis", "draw", TODAY) == ()


def test_a_country_may_be_written_as_the_owner_says_it() -> None:
    polish = formalities("PL", "draw", TODAY)
    assert formalities("Polska", "draw", TODAY) == formalities(" poland ", "draw", TODAY) == polish
    assert "promotional lottery" in str(polish[0].text)
    assert all("permit before" not in str(each.text) for each in formalities("PL", "contest", TODAY))


def test_a_formality_counts_from_its_day_on() -> None:
    def auditable(day: str) -> bool:
        return any("auditable" in str(each.text) for each in formalities("UK", "draw", day_from_iso(day)))

    assert (auditable("2026-05-19"), auditable("2026-05-20")) == (False, True)


@pytest.mark.parametrize("code", ALL_COUNTRIES)
def test_every_row_of_every_country_names_its_source_and_the_day_it_was_read(code: str) -> None:
    country = country_named(code)
    assert country is not None
    rows = [(row.text, row.source, row.as_of, row.verified) for row in country.FORMALITIES]
    rows += [(row.text, row.source, row.as_of, row.verified) for row in country.TAXES]
    for text, source, as_of, verified in rows:
        assert source
        assert day_from_iso(as_of) <= TODAY
        # What nobody has read the words of says so, in English or in the language of the law.
        assert verified or any(f" {word} " in f"{text} {source}" for word in ("not", "(not", "nie", "nu"))
    for purpose in PURPOSES:
        assert formalities(code, purpose, TODAY)
        assert sum(purpose in row.kinds and not row.until for row in country.TAXES) == 1
