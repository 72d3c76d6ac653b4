"""Days on which messages could go wrong: 29 February, a birthday entered late, a week without nights, clocks put back, a month's end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.members.add import member_add
from loyalty_cli.operations.members.set import member_set
from loyalty_cli.operations.members.wishes import MemberWishes
from loyalty_cli.operations.messages.send import send_messages
from loyalty_cli.operations.program.adopt import adopt_program
from loyalty_cli.operations.shop.nightly import nightly
from tests.operations.small_shop import ANA
from tests.operations.small_shop import sold

if TYPE_CHECKING:
    from tests.operations.small_shop import SmallShop

NIGHTS = "nightly: [backup, import, recalc, coupons]"
TALKS = """nightly: [import, recalc]
senders: {email: {by: eml, sender: Club <club@example.com>}}
messages:
  birthday: {when: {birthday: 1 day before}, after: 1 day, purpose: service, by: email, text: "Happy birthday!"}
  thanks: {when: {one_purchase: 20.00}, after: 1 day, purpose: service, by: email, text: "Thank you!"}
  question: {when: {one_purchase: 20.00}, after: 1 month, purpose: service, by: email, text: "Are you content?"}
"""


@pytest.fixture
def shop(there: SmallShop) -> SmallShop:
    """Ana can be written to; a night only finds out what is due, and sending is asked for."""
    program = there.folder / "program.yaml"
    program.write_text(program.read_text(encoding="utf-8").replace(NIGHTS, TALKS), encoding="utf-8")
    member_add(there.at("2026-09-02T10:00"), ANA, MemberWishes(name="Ana", email="ana@example.com"))
    adopt_program(there.shop, from_day=day_from_iso("2026-09-01"), by="")
    return there


def sent(there: SmallShop, moment: str) -> tuple[int, int]:
    """A night and what it sends: how many went, how many were given up."""
    now = there.at(moment)
    nightly(now)
    done = send_messages(now, {})
    return done.data["sent"], done.data["dropped"]  # type: ignore[return-value]


def born(there: SmallShop, moment: str, birthday: str) -> None:
    member_set(there.at(moment), ANA, MemberWishes(birthday=birthday), Asked(reason="said so"))


def bought(there: SmallShop, day: str, amount: str = "30.00") -> None:
    there.export(f"market-{day}.csv", [sold(int(day.replace("-", "")), f"{day} 10:00", ANA, amount)])


def test_who_was_born_on_29_february_is_greeted_every_year(shop: SmallShop) -> None:
    born(shop, "2026-09-03T10:00", "2000-02-29")
    bought(shop, "2027-02-25", "5.00")
    # 2027 has no such day: 28 February stands for it, as everywhere in the program. 2028 has it.
    assert [sent(shop, f"2027-02-{day}T10:00") for day in (27, 28)] == [(0, 0), (1, 0)]
    assert sent(shop, "2027-03-01T10:00") == (0, 0)
    bought(shop, "2028-02-25", "5.00")
    assert [sent(shop, f"2028-02-{day}T10:00") for day in (28, 29)] == [(0, 0), (1, 0)]
    assert sent(shop, "2028-03-01T10:00") == (0, 0)


@pytest.mark.parametrize(("entered", "becomes"), [("2026-10-05", (1, 0)), ("2026-10-10", (1, 0)), ("2026-10-11", (0, 1))])
def test_a_birthday_entered_late_is_greeted_for_seven_days_and_then_given_up(
    shop: SmallShop, entered: str, becomes: tuple[int, int]
) -> None:
    # The third of October; seven days late is the tenth.
    assert sent(shop, "2026-10-04T10:00") == (0, 0)
    born(shop, f"{entered}T08:00", "1990-10-03")
    assert sent(shop, f"{entered}T10:00") == becomes
    assert sent(shop, "2026-10-12T10:00") == (0, 0)


def test_after_a_week_without_nights_what_is_late_is_given_up_and_the_rest_goes_once(shop: SmallShop) -> None:
    bought(shop, "2026-10-01")
    assert sent(shop, "2026-10-02T01:00") == (1, 0)
    # Thanks may go from the day after through seven days later: of the 3rd until the 11th, of the 2nd until the 10th.
    bought(shop, "2026-10-02")
    bought(shop, "2026-10-03")
    assert sent(shop, "2026-10-11T01:00") == (1, 1)
    assert sent(shop, "2026-10-11T01:05") == (0, 0)


def test_the_hour_that_comes_twice_sends_once_and_hours_are_those_of_the_shops_clocks(shop: SmallShop) -> None:
    bought(shop, "2026-10-24")
    # On 25 October 2:30 comes twice in Warsaw: at 0:30 and at 1:30 UTC.
    assert [sent(shop, f"2026-10-25T0{hour}:30") for hour in (0, 1)] == [(1, 0), (0, 0)]
    program = shop.folder / "program.yaml"
    text = program.read_text(encoding="utf-8")
    program.write_text(f"{text}contact: {{hours: 9:00 to 20:00}}\n", encoding="utf-8")
    bought(shop, "2026-10-26")
    # Winter time: 9:00 is 8:00 UTC.
    assert [sent(shop, f"2026-10-27T0{clock}") for clock in ("7:59", "8:00")] == [(0, 0), (1, 0)]
    # On 28 March 2:30 does not come at all, and 9:00 is 7:00 UTC from then on.
    bought(shop, "2027-03-27")
    assert [sent(shop, f"2027-03-28T0{clock}") for clock in ("6:59", "7:00")] == [(0, 2), (1, 0)]


def test_a_month_after_the_last_of_january_is_the_last_of_february(shop: SmallShop) -> None:
    bought(shop, "2027-01-31")
    assert [sent(shop, f"2027-{day}T10:00") for day in ("02-01", "02-27", "02-28", "03-01")] == [(1, 0), (0, 0), (1, 0), (0, 0)]
