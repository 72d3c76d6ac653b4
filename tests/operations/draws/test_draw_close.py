"""Closing a draw: what is frozen, when it is refused, and that it happens once."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.draws.names import draw_key
from loyalty_cli.draws.names import salt
from loyalty_cli.model.errors import Refused
from loyalty_cli.operations.draws import close as module
from loyalty_cli.operations.draws.close import draw_close
from loyalty_cli.render.words import say

if TYPE_CHECKING:
    from pathlib import Path

    from tests.operations.draws.conftest import DrawShop


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_the_frozen_files_hold_a_line_for_every_ticket_sorted_and_without_names(there: DrawShop) -> None:
    outcome = draw_close(there.shop, "spring draw")
    entries = (there.folder / "entries.txt").read_bytes()
    lines = entries.split(b"\n")[:-1]
    # 3 + 1 + 5 + 3 + 8 tickets of five members.
    assert (len(lines), len(set(lines))) == (20, 5)
    assert lines == sorted(lines)
    assert b"\r" not in entries
    assert (outcome.data["tickets"], outcome.data["entrants"]) == (20, 5)
    assert sorted(path.name for path in there.folder.iterdir()) == [
        "entries.txt",
        "hashes.txt",
        "rules.txt",
        "void.txt",
    ]
    assert not any(b"Person" in path.read_bytes() or b"M0" in path.read_bytes() for path in there.folder.iterdir())


def test_the_moment_of_the_close_is_said_by_the_shops_clocks(there: DrawShop) -> None:
    """Closed at 8:00 UTC, which is 10:00 of a summer's day in Warsaw."""
    first = draw_close(there.shop, "spring draw").said[0]
    assert say(first, "pl") == "spring draw: losowanie zamknięte od 19.04.2026 10:00."
    assert say(draw_close(there.shop, "spring draw").said[0], "pl") == say(first, "pl")


def test_the_rules_state_the_facts_and_then_the_owners_words(there: DrawShop) -> None:
    draw_close(there.shop, "spring draw")
    assert (there.folder / "rules.txt").read_bytes().decode() == (
        "draw: spring draw\ndates: 2026-03-01 to 2026-04-18\n"
        "prize: 1 x sewing machine\nprize: 2 x pudełko tkanin\n"
        "reserves: 2\nwins: one prize\n\nOne ticket for every 50.00.\n"
    )


def test_the_poster_and_the_database_have_the_hashes_of_the_files(there: DrawShop) -> None:
    ((before,),) = there.ask("SELECT sha256 FROM seal ORDER BY id DESC LIMIT 1")
    draw_close(there.shop, "spring draw")
    hashes = [sha256(there.folder / name) for name in ("entries.txt", "void.txt", "rules.txt")]
    assert (there.folder / "hashes.txt").read_bytes().decode() == (
        "# prizedraw/1\n# draw: spring-draw\n# closed: 2026-04-19T08:00:00+00:00\n# tickets: 20\n"
        f"# records: {before}\n{hashes[0]}  entries.txt\n{hashes[1]}  void.txt\n{hashes[2]}  rules.txt\n"
    )
    assert there.ask("SELECT entries_sha256, void_sha256, rules_sha256, folder FROM draw") == [(*hashes, "draws/spring-draw")]
    # SHA-256 of nothing, as every tool prints it.
    assert hashes[1] == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_a_members_slip_leads_to_the_pseudonym(there: DrawShop) -> None:
    draw_close(there.shop, "spring draw")
    slip = salt(draw_key(bytes.fromhex("07" * 32), "spring-draw"), 5)
    mine = hashlib.sha256(f"{slip} 5".encode()).hexdigest()[:20]
    assert (there.folder / "entries.txt").read_text().split("\n").count(mine) == 8


def test_tickets_after_the_last_day_do_not_count_and_taken_back_ones_do(there: DrawShop) -> None:
    there.give({1: 4, 9: 1}, day=there.rules.last_day + 1)
    there.give({2: -1, 3: -2}, day=there.rules.last_day)
    # 3 + (1 - 1) + (5 - 2) + 3 + 8 = 17 tickets of four members.
    outcome = draw_close(there.shop, "spring draw")
    assert (outcome.data["tickets"], outcome.data["entrants"]) == (17, 4)


def test_a_draw_is_not_closed_before_its_last_day_is_over_in_the_shop(there: DrawShop) -> None:
    # 18 April 21:59 UTC is 23:59 in Warsaw, still the last day; a minute later the 19th begins there.
    with pytest.raises(Refused, match="runs until 2026-04-18"):
        draw_close(there.at("2026-04-18T21:59:00+00:00"), "spring draw")
    draw_close(there.at("2026-04-18T22:00:00+00:00"), "spring draw")


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        ("INSERT INTO due (member_id, since) VALUES (1, ?)", ["last_day"]),
        (
            "INSERT INTO conflict (import_id, receipt_id, line, incoming) VALUES (1, 1, 2, '')",
            [],
        ),
    ],
    ids=["a member waits for recalc", "a receipt is in conflict"],
)
def test_a_draw_is_closed_only_when_told_while_tickets_may_change(there: DrawShop, statement: str, values: list[str]) -> None:
    there.change(
        "INSERT INTO import (id, kind, file, sha256, store, layout, at, rows_read, imported, lines, known,"
        " set_aside, ignored, conflicts, total)"
        " VALUES (1, 'purchases', '', '', '', '', '', 0, 0, 0, 0, 0, 0, 0, 0)"
    )
    there.change(
        "INSERT INTO receipt (id, store_id, number, at, day, clock, total, returned, loyalty, import_id,"
        " content, gone) VALUES (1, 1, 'A', 0, ?, 0, 100, 0, 0, 1, 0, 0)",
        there.rules.first_day,
    )
    there.change(statement, *(getattr(there.rules, value) for value in values))
    with pytest.raises(Refused, match="may still change"):
        draw_close(there.shop, "spring draw")
    outcome = draw_close(there.shop, "spring draw", accept_late=True)
    assert len(outcome.warnings) == 1


def test_what_happened_after_the_period_does_not_hold_up_the_close(there: DrawShop) -> None:
    there.change("INSERT INTO due (member_id, since) VALUES (1, ?)", there.rules.last_day + 1)
    assert not draw_close(there.shop, "spring draw").warnings


def test_closing_again_with_the_same_data_changes_nothing(there: DrawShop) -> None:
    draw_close(there.shop, "spring draw")
    before = {path.name: path.read_bytes() for path in there.folder.iterdir()}
    again = draw_close(there.at("2026-04-25T08:00:00+00:00"), "spring draw")
    assert again.quiet
    assert {path.name: path.read_bytes() for path in there.folder.iterdir()} == before
    assert there.ask("SELECT closed_at FROM draw") == [("2026-04-19T08:00:00+00:00",)]


def test_closing_again_with_other_tickets_or_rules_is_refused(there: DrawShop) -> None:
    draw_close(there.shop, "spring draw")
    there.give({6: 1, 1: -1})
    # Member 6 is new and member 1 has one ticket fewer.
    with pytest.raises(Refused, match="tickets have changed since then: 2"):
        draw_close(there.shop, "spring draw")
    there.give({6: -1, 1: 1})
    draw_close(there.shop, "spring draw")
    object.__setattr__(there.rules, "reserves", 3)
    with pytest.raises(Refused, match="with other rules"):
        draw_close(there.shop, "spring draw")


def test_the_order_in_which_tickets_were_posted_changes_nothing(there: DrawShop, tmp_path: Path) -> None:
    # Member 5 has 8 = 8 + 3 - 3, posted in other pieces; the file must be the same.
    draw_close(there.shop, "spring draw")
    first = (there.folder / "entries.txt").read_bytes()
    there.change("DELETE FROM draw_entrant")
    there.change("DELETE FROM draw")
    there.give({5: 3, 1: 1})
    there.give({1: -1, 5: -3}, day=there.rules.last_day)
    draw_close(there.shop, "spring draw", folder=tmp_path / "elsewhere")
    assert (tmp_path / "elsewhere" / "entries.txt").read_bytes() == first


def test_a_draw_without_tickets_is_refused_and_leaves_nothing(there: DrawShop) -> None:
    there.give({1: -3, 2: -1, 3: -5, 4: -3, 5: -8})
    with pytest.raises(Refused, match="Nobody has a ticket"):
        draw_close(there.shop, "spring draw")
    assert list(there.folder.parent.iterdir()) == []
    assert there.ask("SELECT count(*) FROM draw") == [(0,)]


def test_a_dry_run_tells_the_hashes_and_keeps_nothing(there: DrawShop) -> None:
    tried = draw_close(there.shop, "spring draw", dry_run=True)
    assert list(there.folder.parent.iterdir()) == []
    assert there.ask("SELECT count(*) FROM draw_entrant") == [(0,)]
    done = draw_close(there.shop, "spring draw").data
    assert {**done, "proof": ""} == {**tried.data, "proof": ""}
    assert "proof" not in tried.data


def test_a_prize_name_that_is_not_one_line_is_refused(there: DrawShop) -> None:
    object.__setattr__(there.rules, "prizes", (("sewing\tmachine", 1),))
    with pytest.raises(Refused, match="can not be published"):
        draw_close(there.shop, "spring draw")


def test_stopped_before_the_commit_nothing_has_happened(there: DrawShop, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("loyalty_cli.store.draws.draws.keep", killed)
        with pytest.raises(KeyboardInterrupt):
            draw_close(there.shop, "spring draw")
    assert not there.folder.exists()
    assert there.ask("SELECT count(*) FROM draw_entrant") == [(0,)]
    draw_close(there.shop, "spring draw")


def test_stopped_between_commit_and_rename_the_next_close_finishes_it(there: DrawShop, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(module, "put_in_place", killed)
        with pytest.raises(KeyboardInterrupt):
            draw_close(there.shop, "spring draw")
    assert not there.folder.exists()
    draw_close(there.at("2026-04-25T08:00:00+00:00"), "spring draw")
    hashes = there.ask("SELECT entries_sha256, void_sha256, rules_sha256, closed_at FROM draw")
    files = [sha256(there.folder / name) for name in ("entries.txt", "void.txt", "rules.txt")]
    assert hashes == [(*files, "2026-04-19T08:00:00+00:00")]
    assert b"2026-04-19T08:00:00" in (there.folder / "hashes.txt").read_bytes()


def killed(*_: object) -> None:
    raise KeyboardInterrupt
