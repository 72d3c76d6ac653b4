"""Where the law lets no program send advertising by itself, and where nights never fall into the hours of messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.countries.advertising import advertising_rule
from loyalty_cli.countries.all_countries import ALL_COUNTRIES
from loyalty_cli.model.consent import Consent
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.operations.messages.preview import preview_messages
from loyalty_cli.operations.messages.send import send_messages
from loyalty_cli.operations.program.check import check_program
from loyalty_cli.operations.shop.nightly import nightly
from loyalty_cli.store.members.consents import add_consent
from loyalty_cli.store.members.members import Hand
from tests.operations.messages.test_send import shop as shop  # noqa: PLC0414 -- the shop that has sold to Ana and Boris
from tests.operations.small_shop import ANA

if TYPE_CHECKING:
    from tests.operations.small_shop import SmallShop


NIGHTS = "nightly: [backup, import, recalc, coupons]"


def test_every_country_says_whether_advertising_may_go_by_itself() -> None:
    day = day_from_iso("2026-10-03")
    rules = {code: advertising_rule(code, day) for code in ALL_COUNTRIES}
    assert all(rule is not None and rule.source and rule.as_of for rule in rules.values())
    assert [code for code, rule in rules.items() if rule and not rule.automatic] == ["RU"]
    assert advertising_rule("DE-BY", day) is None
    assert advertising_rule("PL", day_from_iso("2024-11-09")) is None


def says(there: SmallShop, old: str, new: str) -> None:
    program = there.folder / "program.yaml"
    text = program.read_text(encoding="utf-8")
    assert old in text
    program.write_text(text.replace(old, new), encoding="utf-8")


def agreed(there: SmallShop, country: str) -> None:
    """Ana agrees to e-mail, nights send messages, and the program says the country."""
    says(there, NIGHTS, f"nightly: [recalc, messages]\ncountry: {country}")
    with there.shop.changing() as connection:
        (member,) = connection.execute("SELECT member_id FROM card WHERE number = ?", (ANA,)).fetchone()
        day = day_from_iso("2026-10-01")
        add_consent(connection, member, Consent("email", "advertising", given=True, day=day), Hand(at=there.shop.moment, today=day))


def test_where_a_person_must_send_it_nightly_prepares_and_says_so_every_night(shop: SmallShop) -> None:
    agreed(shop, "RU")
    now = shop.at("2026-10-03T10:00")
    (table,) = preview_messages(now).tables
    assert {(str(row[0]), str(row[2])): str(row[3]) for row in table.rows}["news", "Ana Nowak"] == "a person sends it, by name"
    for hour in (11, 12):
        night = nightly(shop.at(f"2026-10-03T{hour}:00"))
        assert not night.quiet
        assert sum("--by NAME" in warning.text and warning.values["count"] == 1 for warning in night.warnings) == 1
    assert sum("nightly only prepares advertising" in warning.text for warning in check_program(now).warnings) == 1
    assert send_messages(now, {}, by="Olga").data["sent"] == 1
    with shop.shop.reading() as connection:
        found = "SELECT e.by FROM message m JOIN message_event e ON e.message_id = m.id WHERE m.name = 'news' AND e.what = 'sent'"
        assert connection.execute(found).fetchall() == [("Olga",)]


def test_where_it_may_go_by_itself_nightly_sends_it(shop: SmallShop) -> None:
    agreed(shop, "PL")
    night = nightly(shop.at("2026-10-03T11:00"))
    assert (night.data["steps"][1]["sent"], night.quiet) == (2, True)  # type: ignore[index]


def test_hours_that_no_night_falls_into_are_told_until_one_does(shop: SmallShop) -> None:
    says(shop, "contact: {", "contact: {hours: 9:00 to 20:00, ")
    says(shop, NIGHTS, "nightly: [recalc, messages]")

    def told(moment: str) -> list[str]:
        return [str(each.values.get("began", "")) for each in check_program(shop.at(moment)).warnings if "Messages go out" in each.text]

    # The fixture's night began at 10:00 UTC, which is 12:00 in Warsaw: inside.
    assert told("2026-10-03T10:00") == []
    with shop.shop.changing() as connection:
        connection.execute("DELETE FROM night")
    assert told("2026-10-03T10:00") == [""]
    nightly(shop.at("2026-10-04T00:30"))  # 2:30 in Warsaw
    assert told("2026-10-04T10:00") == ["02:30"]
    nightly(shop.at("2026-10-04T07:30"))  # 9:30
    assert told("2026-10-04T10:00") == []
