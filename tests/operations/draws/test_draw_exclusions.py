"""Who has tickets and still can not win: each reason, its count in the published rules, and the day it is judged on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import Span
from loyalty_cli.model.draw import Exclusions
from loyalty_cli.model.errors import Refused
from loyalty_cli.operations.draws.close import draw_close
from loyalty_cli.operations.draws.tickets import draw_tickets

if TYPE_CHECKING:
    from tests.operations.draws.conftest import DrawShop

# The members have 3, 1, 5, 3 and 8 tickets; the draw runs from 1 March to 18 April and is closed on 19 April 2026.
CLOSED_ON = day_from_iso("2026-04-19")


def leave_out(there: DrawShop, exclusions: Exclusions) -> None:
    """Set the exclusions of the draw."""
    object.__setattr__(there.rules, "exclusions", exclusions)


def close(there: DrawShop) -> tuple[dict[str, int], int]:
    """Close the draw; who was left out by reason, and how many tickets there are."""
    outcome = draw_close(there.shop, "spring draw")
    return dict(outcome.data["excluded"]), int(str(outcome.data["tickets"]))  # type: ignore[call-overload]


def test_blocked_members_and_those_who_want_no_draws_are_always_left_out(there: DrawShop) -> None:
    there.change("INSERT INTO block (member_id, from_day) VALUES (1, ?)", CLOSED_ON)
    there.change("INSERT INTO block (member_id, from_day, until_day) VALUES (2, 1, ?)", CLOSED_ON - 1)
    for member, given, day in ((3, 0, CLOSED_ON), (4, 0, CLOSED_ON - 2), (4, 1, CLOSED_ON - 1), (5, 0, CLOSED_ON + 1)):
        there.change("INSERT INTO consent (member_id, channel, given, from_day) VALUES (?, 'draws', ?, ?)", member, given, day)
    # Member 1 is blocked today, 2 was until yesterday; 3 opted out, 4 came back, 5 opts out tomorrow: 1 + 3 + 8 left.
    assert close(there) == ({"blocked": 1, "opted out": 1}, 12)


def test_who_was_forgotten_by_the_close_can_win_nothing(there: DrawShop) -> None:
    erased = "INSERT INTO by_hand (key, what, member_id, detail, day, at, by, reason) VALUES (?, 'erase', ?, '{}', ?, '', 'Ewa', 'asked')"
    there.change(erased, "a", 1, CLOSED_ON)
    there.change(erased, "b", 2, CLOSED_ON + 1)
    # Of 3 + 1 + 5 + 3 + 8 tickets those of member 1 are left out; who is forgotten a day later was known at the close.
    assert close(there) == ({"forgotten": 1}, 17)


def test_who_is_forgotten_on_the_day_of_the_close_after_it_stays_frozen(there: DrawShop) -> None:
    before = close(there)
    erased = "INSERT INTO by_hand (key, what, member_id, detail, day, at, by, reason) VALUES ('a', 'erase', 1, '{}', ?, '', 'Ewa', 'asked')"
    there.change(erased, CLOSED_ON)
    # So, too, who was forgotten before and whom an older release froze all the same.
    assert before == close(there) == ({}, 20)


def test_a_group_is_left_out_if_somebody_was_in_it_on_any_day_until_the_close(there: DrawShop) -> None:
    leave_out(there, Exclusions(groups=("staff", "relatives of staff")))
    days = (
        (1, "staff", 1, there.rules.first_day),  # left on the first day: was staff during the draw
        (2, "staff", 1, there.rules.first_day - 1),  # left the day before
        (3, "relatives of staff", CLOSED_ON, None),
        (4, "staff", CLOSED_ON + 1, None),
        (5, "pensioner", 1, None),
    )
    for row in days:
        there.change("INSERT INTO member_group (member_id, name, from_day, until_day) VALUES (?, ?, ?, ?)", *row)
    # 1 + 3 + 8 tickets of members 2, 4 and 5.
    assert close(there) == ({"group staff": 1, "group relatives of staff": 1}, 12)


@pytest.mark.parametrize(
    ("unknown", "excluded", "tickets"),
    [
        ("is excluded", {"younger than 18 years": 1, "birthday not known": 2}, 11),
        ("is admitted", {"younger than 18 years": 1}, 15),
    ],
)
def test_age_is_asked_on_the_last_day_and_an_unknown_year_as_the_rules_say(
    there: DrawShop, unknown: str, excluded: dict[str, int], tickets: int
) -> None:
    leave_out(there, Exclusions(youngest=18, unknown_birthday=unknown))  # type: ignore[arg-type]
    # The last day is 18 April 2026: born on 18 April 2008 is 18 that day, a day later is not.
    for member, birthday in ((1, "2008-04-18"), (3, "2008-04-19"), (4, "05-17"), (5, "1950-01-01")):
        there.change("UPDATE member SET birthday = ? WHERE id = ?", birthday, member)
    # Members 2 (nothing known) and 4 (no year) have 1 + 3 tickets; 1 and 5 have 3 + 8.
    assert close(there) == (excluded, tickets)


def test_of_a_household_the_one_with_most_tickets_enters(there: DrawShop) -> None:
    leave_out(there, Exclusions(one_per_household=True))
    there.change("UPDATE member SET phone = '+48 600 100 200' WHERE id = 1")
    there.change("UPDATE member SET phone = '600-100-200', email = 'dom@example.pl' WHERE id = 4")
    there.change("UPDATE member SET email = 'Dom@example.pl' WHERE id = 2")
    there.change("INSERT INTO member_group (member_id, name, from_day) VALUES (3, 'household 7', 1)")
    there.change("INSERT INTO member_group (member_id, name, from_day) VALUES (5, 'household 7', 1)")
    # 1 and 4 have 3 tickets each and one telephone: the first registered enters. 2 shares 4's e-mail and has fewer.
    # 5 has more than 3. So 3 + 8 tickets of members 1 and 5.
    assert close(there) == ({"same household": 3}, 11)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("+48 600 100 200", "0600/100.200", True),
        ("+373 69 123 456", "069 123 456", True),
        ("69123456", "00373 69123456", True),
        ("+373 69 123 456", "+48 369 123 456", False),
        ("none", "none yet", False),
    ],
)
def test_one_telephone_makes_a_household_however_it_is_written(there: DrawShop, one: str, other: str, *, same: bool) -> None:
    """Moldova's numbers have eight digits, others are known by nine."""
    leave_out(there, Exclusions(one_per_household=True))
    there.change(f"UPDATE member SET phone = '{one}' WHERE id = 1")
    there.change(f"UPDATE member SET phone = '{other}' WHERE id = 4")
    assert close(there)[0] == ({"same household": 1} if same else {})


def test_who_won_before_is_left_out_unless_the_prize_went_on_to_a_reserve(there: DrawShop) -> None:
    leave_out(there, Exclusions(winners_of=("winter draw",), winners_within=Span(count=90, unit="days")))
    # 18 April less 90 days is 18 January: winter counts by its name, carnival by its date, autumn neither.
    for id_, name, run_at in (
        (7, "winter draw", "2025-12-01"),
        (8, "carnival", "2026-01-18"),
        (9, "autumn", "2026-01-17"),
    ):
        there.change(
            "INSERT INTO draw (id, name, slug, first_day, last_day, tickets, entrants, entries_sha256, void_sha256,"
            " rules_sha256, rules, closed_at, folder, run_at) VALUES (?, ?, ?, 1, 2, 1, 1, '', '', '', '', ?, '', ?)",
            id_,
            name,
            str(id_),
            run_at,
            f"{run_at}T10:00:00+00:00",
        )
    # Winter: member 1 won, 2 is a reserve. Carnival: 3 gave the prize up and reserve 4 stands in. Autumn: 5 won.
    for draw, place, reserve, member in ((7, 1, 0, 1), (7, 2, 1, 2), (8, 1, 0, 3), (8, 2, 1, 4), (9, 1, 0, 5)):
        there.change(
            "INSERT INTO draw_winner (draw_id, place, prize, reserve, member_id, pseudonym, ticket, pick)"
            " VALUES (?, ?, '', ?, ?, '', 1, 1)",
            draw,
            place,
            reserve,
            member,
        )
    there.change(
        "INSERT INTO draw_redraw (draw_id, place, new_place, prize, day, at, by, number, proof) VALUES (8, 1, 2, '', 1, '', '', 0, '')"
    )
    # 1 + 5 + 8 tickets of members 2, 3 and 5.
    assert close(there) == ({"won before": 2}, 14)


def test_the_first_reason_counts_and_the_published_rules_state_the_counts_without_names(there: DrawShop) -> None:
    leave_out(there, Exclusions(groups=("staff",)))
    there.change("INSERT INTO block (member_id, from_day) VALUES (1, 1)")
    for member in (1, 2):
        there.change("INSERT INTO member_group (member_id, name, from_day) VALUES (?, 'staff', 1)", member)
    assert close(there)[0] == {"blocked": 1, "group staff": 1}
    text = (there.folder / "rules.txt").read_text(encoding="utf-8")
    assert "excluded: 1 x blocked\nexcluded: 1 x group staff\n" in text
    assert "Person" not in text


def test_closing_again_judges_by_the_day_of_the_close(there: DrawShop) -> None:
    draw_close(there.shop, "spring draw")
    later = there.at("2026-05-01T08:00:00+00:00")
    there.change("INSERT INTO block (member_id, from_day) VALUES (1, ?)", CLOSED_ON + 1)
    assert draw_close(later, "spring draw").quiet
    there.change("INSERT INTO block (member_id, from_day) VALUES (2, ?)", CLOSED_ON)
    with pytest.raises(Refused, match="tickets have changed since then: 1"):
        draw_close(later, "spring draw")


def test_the_preview_tells_each_reason_before_the_close(there: DrawShop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loyalty_cli.operations.draws.tickets.draw_rules", lambda _connection, _name: there.rules)
    leave_out(there, Exclusions(groups=("staff",)))
    there.change("INSERT INTO member_group (member_id, name, from_day) VALUES (5, 'staff', 1)")
    there.change("INSERT INTO block (member_id, from_day) VALUES (3, 1)")
    there.change("INSERT INTO member (id, number, name) VALUES (6, 'M0006', 'Person 6')")
    outcome = draw_tickets(there.shop, "spring draw", everybody=True)
    rows = {row[0]: row[2:] for row in outcome.tables[0].rows}
    assert rows == {
        "M0001": (3, 1, ""),
        "M0002": (1, 1, ""),
        "M0003": (5, 0, "blocked"),
        "M0004": (3, 1, ""),
        "M0005": (8, 0, "group staff"),
        "M0006": (0, 0, "nothing bought"),
    }
    assert outcome.data["excluded"] == {"blocked": 1, "group staff": 1}


def test_what_is_taken_back_between_the_last_day_and_the_close_counts_off(there: DrawShop) -> None:
    there.give({5: -2}, day=there.rules.last_day + 1)
    # 20 - 2 tickets; a ticket given after the last day counts for nothing.
    there.give({1: 7}, day=there.rules.last_day + 1)
    assert close(there) == ({}, 18)


def test_the_most_one_member_can_have_holds_for_all_sources_together(there: DrawShop) -> None:
    object.__setattr__(there.rules, "at_most", 4)
    # 3 + 1 + 4 + 3 + 4: five and eight are cut to four.
    assert close(there) == ({}, 15)


def test_tickets_for_every_member_need_no_purchase_but_a_record_or_a_card(there: DrawShop) -> None:
    object.__setattr__(there.rules, "everyone", 2)
    there.change("INSERT INTO member (id, joined) VALUES (6, ?)", there.rules.last_day)
    there.change("INSERT INTO member (id, joined) VALUES (7, ?)", there.rules.last_day + 1)
    there.change("INSERT INTO member (id, name) VALUES (8, 'wrote a letter')")
    there.change("INSERT INTO member (id) VALUES (9)")
    there.change("INSERT INTO card (number, member_id) VALUES ('2909', 9)")
    # 20 of the five, who have neither card nor joining day; 2 each for members 6 (joined in time) and 9 (a card).
    assert close(there) == ({}, 24)


def test_nobody_left_is_refused_and_leaves_nothing(there: DrawShop) -> None:
    for member in range(1, 6):
        there.change("INSERT INTO block (member_id, from_day) VALUES (?, 1)", member)
    with pytest.raises(Refused, match="Nobody has a ticket"):
        draw_close(there.shop, "spring draw")
    assert not there.folder.exists()


@pytest.mark.parametrize("run_at", ["2026-04-19T08:00:00+00:00", "2026-04-19T09:00:00+00:00"])
def test_a_draw_made_after_the_close_changes_nothing_of_it(there: DrawShop, run_at: str) -> None:
    leave_out(there, Exclusions(winners_within=Span(count=1, unit="years")))
    before = draw_close(there.shop, "spring draw").data["entries_sha256"]
    # Member 5 wins in another draw that is closed and made after this close at 8:00.
    there.change(
        "INSERT INTO draw (id, name, slug, first_day, last_day, tickets, entrants, entries_sha256, void_sha256,"
        " rules_sha256, rules, closed_at, folder, run_at) VALUES (7, 'other', 'o', 1, 2, 1, 1, '', '', '', '', '', '',"
        " ?)",
        run_at,
    )
    there.change(
        "INSERT INTO draw_winner (draw_id, place, prize, reserve, member_id, pseudonym, ticket, pick) VALUES (7, 1, 'mug', 0, 5, 'p', 1, 1)"
    )
    again = draw_close(there.at("2026-04-19T10:00:00+00:00"), "spring draw")
    assert (again.quiet, again.data["entries_sha256"]) == (True, before)
