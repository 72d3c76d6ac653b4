"""A folder of mails shows after a crash or a disk error what went: nothing stays doubtful, and nothing goes twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.errors import StoreTrouble
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.members.add import member_add
from loyalty_cli.operations.members.wishes import MemberWishes
from loyalty_cli.operations.messages import send
from loyalty_cli.operations.messages import ways_out
from loyalty_cli.operations.messages.listed import list_messages
from loyalty_cli.operations.messages.send import send_messages
from loyalty_cli.operations.messages.send import Sending
from loyalty_cli.operations.program.adopt import adopt_program
from loyalty_cli.operations.shop.nightly import nightly
from loyalty_cli.store.lock import one_at_a_time
from tests.operations.small_shop import ANA
from tests.operations.small_shop import sold

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from loyalty_cli.operations.open_shop import Shop
    from tests.operations.small_shop import SmallShop

BLOCKS = """
messages:
  thanks: {when: {one_purchase: 20.00}, purpose: service, by: email, text: "Thank you!"}
senders:
  email: {by: eml, sender: Club <club@example.com>}
"""


@pytest.fixture
def shop(there: SmallShop) -> Shop:
    """Ana is to be thanked for three purchases."""
    program = there.folder / "program.yaml"
    program.write_text(program.read_text(encoding="utf-8") + BLOCKS, encoding="utf-8")
    member_add(there.shop, ANA, MemberWishes(name="Ana Nowak", email="ana@example.com"))
    there.export("market-1.csv", [sold(number, f"2026-10-01 1{number}:00", ANA, "30.00") for number in (1, 2, 3)])
    adopt_program(there.shop, from_day=day_from_iso("2026-09-01"), by="")
    now = there.at("2026-10-03T10:00")
    nightly(now)
    return now


def mails(shop: Shop) -> int:
    return len(list((shop.folder / "outbox").glob("*.eml")))


def histories(shop: Shop) -> list[str]:
    """What became of each message, from the first event to the last."""
    events = "SELECT group_concat(what, ' ') FROM (SELECT * FROM message_event ORDER BY id) GROUP BY message_id ORDER BY message_id"
    with shop.reading() as connection:
        return [what for (what,) in connection.execute(events)]


def breaks(monkeypatch: pytest.MonkeyPatch, where: object, name: str, error: BaseException, *, at: int) -> None:
    """The call of a function, counted from one, at which an error comes instead."""
    does, calls = getattr(where, name), list[object]()

    def broken(*given: Any) -> Any:
        calls.append(given)
        if len(calls) == at:
            raise error
        return does(*given)

    monkeypatch.setattr(where, name, broken)


@pytest.mark.parametrize(
    ("where", "name", "left", "second"),
    [
        # Killed before the second file is there: two messages go in the next run.
        (ways_out, "put_begun", 1, "begun again begun sent"),
        # Killed before the second answer is noted: its file stands in the folder, and only the third goes.
        (Sending, "note", 2, "begun sent"),
    ],
)
def test_after_a_crash_the_folder_shows_what_went(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, where: object, name: str, left: int, second: str
) -> None:
    with monkeypatch.context() as once:
        breaks(once, where, name, KeyboardInterrupt(), at=2)
        with pytest.raises(KeyboardInterrupt):
            send_messages(shop, {})
    # One message at a time: the third was not begun.
    assert (mails(shop), histories(shop)) == (left, ["begun sent", "begun"])
    again = send_messages(shop, {})
    assert (again.data["sent"], again.data["doubtful"], again.warnings) == (3 - left, 0, [])
    assert (mails(shop), histories(shop)) == (3, ["begun sent", second, "begun sent"])
    assert list_messages(shop, first=0, last=10**7, doubtful=True).tables[0].rows == []


@pytest.mark.parametrize(("where", "name", "sent"), [(ways_out, "put_begun", 1), (Sending, "note", 2)])
def test_a_disk_error_ends_the_run_and_says_how_many_went(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, where: object, name: str, sent: int
) -> None:
    full = StoreTrouble(ExitCode.NO_SPACE, "There is no space left for {file}; nothing was changed.", file="the disk")
    with monkeypatch.context() as once:
        breaks(once, where, name, full, at=2)
        with pytest.raises(StoreTrouble) as told:
            send_messages(shop, {})
    assert told.value.exit_code == ExitCode.NO_SPACE
    waiting = 3 - sent
    said = f"Sending stopped at the disk: {sent} sent, 0 refused, 0 doubtful, {waiting} waiting for the next run."
    assert str(told.value.phrase) == said
    assert send_messages(shop, {}).data["sent"] == waiting
    assert (mails(shop), {each.split()[-1] for each in histories(shop)}) == (3, {"sent"})


@pytest.mark.parametrize(("fails", "sent"), [("fill_and_put_in_place", 1), ("nothing", 2)])
def test_a_disk_too_full_to_note_what_became_of_a_mail_leaves_none_doubtful(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, fails: str, sent: int
) -> None:
    full = StoreTrouble(ExitCode.NO_SPACE, "There is no space left for {file}; nothing was changed.", file="the disk")
    with monkeypatch.context() as once:
        # The second mail finds no room, or has just found it; then its answer finds none.
        if fails != "nothing":
            breaks(once, ways_out, fails, full, at=2)
        breaks(once, send, "note_answer", full, at=2)
        with pytest.raises(StoreTrouble) as told:
            send_messages(shop, {})
    assert f"{sent} sent, 0 refused, 0 doubtful, {3 - sent} waiting" in str(told.value.phrase)
    again = send_messages(shop, {})
    assert (again.data["sent"], again.data["doubtful"], again.warnings) == (3 - sent, 0, [])
    assert mails(shop) == 3


def test_a_mail_that_another_program_took_away_after_a_crash_does_not_go_again(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as once:
        breaks(once, Sending, "note", KeyboardInterrupt(), at=2)
        with pytest.raises(KeyboardInterrupt):
            send_messages(shop, {})
    # The mail program takes both: the second was there, only its answer had not been noted.
    for mail in (shop.folder / "outbox").glob("*.eml"):
        mail.unlink()
    again = send_messages(shop, {})
    assert (again.data["sent"], mails(shop)) == (1, 1)
    assert histories(shop) == ["begun sent", "begun", "begun sent"]
    # Whether it went is not for us to say: a person does.
    assert len(list_messages(shop, first=0, last=10**7, doubtful=True).tables[0].rows) == 1


def test_nothing_stays_aside(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def aside() -> list[str]:
        return [path.name for path in (shop.folder / "outbox").iterdir() if path.suffix != ".eml"]

    with monkeypatch.context() as once:
        breaks(once, Sending, "claim", KeyboardInterrupt(), at=2)
        with pytest.raises(KeyboardInterrupt):
            send_messages(shop, {})
    assert len(aside()) == 1
    with monkeypatch.context() as once:
        once.setattr(Sending, "claim", lambda *_: None)
        send_messages(shop, {})
    assert aside() == []
    assert send_messages(shop, {}).data["sent"] == 2
    assert (mails(shop), aside()) == (3, [])


def test_a_folder_that_can_not_be_made_is_no_mistake_of_ours(shop: Shop) -> None:
    outbox: Path = shop.folder / "outbox"
    outbox.write_text("in the way", encoding="utf-8")
    with pytest.raises(StoreTrouble, match="outbox: 0 sent, 0 refused, 0 doubtful, 3 waiting"):
        send_messages(shop, {})
    outbox.unlink()
    assert send_messages(shop, {}).data["sent"] == 3


def test_nobody_looks_while_another_command_sends(shop: Shop) -> None:
    sending = one_at_a_time(shop.database.with_name("loyalty.db.sending.lock"))
    with sending, pytest.raises(StoreTrouble, match="Another command is sending") as told:
        send_messages(shop, {})
    assert (told.value.exit_code, mails(shop)) == (ExitCode.LOCKED, 0)
    assert send_messages(shop, {}).data["sent"] == 3
