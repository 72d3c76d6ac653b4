"""What is due is read once: what has gone or was given up is not looked at again, and what comes late still is."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from loyalty_cli.messages.planning import Clock
from loyalty_cli.messages.planning import Person
from loyalty_cli.messages.planning import planned
from loyalty_cli.messages.planning import Planner
from loyalty_cli.model.consent import Consent
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.message import DueMessage
from loyalty_cli.model.shown.phrase import Money
from loyalty_cli.operations.messages.preview import MOST_SHOWN
from loyalty_cli.operations.messages.preview import preview_messages
from loyalty_cli.operations.messages.send import send_messages
from loyalty_cli.operations.shop.nightly import nightly
from loyalty_cli.program.blocks.messages import Contact
from loyalty_cli.program.blocks.messages import MessageTerms
from loyalty_cli.store.messages.due import looked_through
from loyalty_cli.store.messages.due import messages_due
from tests.operations.messages.test_send import shop as shop  # noqa: PLC0414 -- the shop that has sold to Ana and Boris
from tests.operations.small_shop import ANA
from tests.operations.small_shop import sold

if TYPE_CHECKING:
    from tests.operations.small_shop import SmallShop


def looked_at(there: SmallShop) -> int:
    with there.shop.reading() as connection:
        return sum(len(own) for due in messages_due(connection, day_from_iso("2026-10-20"), 100) for own in due.owed.values())


def test_what_was_given_up_is_not_looked_at_again(shop: SmallShop) -> None:
    assert looked_at(shop) == 3  # thanks to both, news to Ana
    # 20 October: thanks (2 October + 7 days) and news (1 + 7) are too late; looked through is 20 October - 1 - 7 - 7 days.
    assert send_messages(shop.at("2026-10-20T10:00"), {}).data["dropped"] == 3
    with shop.shop.reading() as connection:
        assert looked_through(connection)[0] == day_from_iso("2026-10-05")
        (owed,) = connection.execute("SELECT count(*) FROM ledger JOIN asset a ON a.id = asset_id WHERE a.name LIKE 'message:%'").fetchone()
    assert (looked_at(shop), owed) == (0, 3)


def test_what_comes_late_is_still_dropped_and_told(shop: SmallShop) -> None:
    assert send_messages(shop.at("2026-10-20T10:00"), {}).data["dropped"] == 3
    shop.export("market-late.csv", [sold(9, "2026-10-02 10:00", ANA, "25.00")])
    nightly(shop.at("2026-10-21T10:00"))
    assert looked_at(shop) == 1
    assert send_messages(shop.at("2026-10-21T10:00"), {}).data["dropped"] == 1
    assert looked_at(shop) == 0


def test_what_has_no_text_for_a_while_goes_when_it_has_one_again(shop: SmallShop) -> None:
    program = shop.folder / "program.yaml"
    whole = program.read_text(encoding="utf-8").replace("after: 1 day", "after: 1 day\n    drop_after: 30 days")
    program.write_text(whole.replace("  thanks:", "  thanked:"), encoding="utf-8")
    assert send_messages(shop.at("2026-10-20T10:00"), {}).data["sent"] == 0
    program.write_text(whole, encoding="utf-8")
    assert send_messages(shop.at("2026-10-20T11:00"), {}).data["sent"] == 1


def test_parts_of_text_messages_are_counted_of_all(shop: SmallShop) -> None:
    program = shop.folder / "program.yaml"
    text = program.read_text(encoding="utf-8").replace("by: email\n", "by: sms\n").replace("contact: {", "contact: {sms_part_costs: 0.10, ")
    program.write_text(text, encoding="utf-8")
    more = MOST_SHOWN + 200
    with shop.shop.changing() as connection:
        (rule, asset, run) = connection.execute(
            "SELECT rule_id, asset_id, run_id FROM ledger JOIN asset ON asset.id = asset_id WHERE name = 'message:thanks'"
        ).fetchone()
        people = range(1001, 1001 + more)
        connection.executemany("INSERT INTO member (id, name, phone) VALUES (?, 'Eve', '+48600000000')", ((each,) for each in people))
        day = day_from_iso("2026-10-01")
        connection.executemany(
            "INSERT INTO ledger (member_id, rule_id, cause_kind, cause_id, asset_id, quantity, effective_on, booked_on, run_id)"
            " VALUES (?, ?, 3, 1, ?, 1, ?, ?, ?)",
            ((each, rule, asset, day, day, run) for each in people),
        )
    preview = preview_messages(shop.at("2026-10-03T10:00"))
    (table,) = preview.tables
    assert len(table.rows) == MOST_SHOWN
    # Each of them "Thank you, Eve!", one part at 0.10; Ana and Boris have no telephone.
    (said,) = [note for note in table.notes if "parts" in (note.plural or "")]
    assert (said.values["count"], said.values["money"]) == (more, Money(more * 10, "PLN"))


def test_members_in_the_same_situation_get_what_each_alone_would() -> None:
    """What is remembered of a situation against each member by itself: 400 members with random dues, consents, addresses."""
    chance = random.Random(13)
    monday = day_from_iso("2026-11-30")
    messages = {
        "offer": MessageTerms.model_validate({"text": "a", "by": ["sms", "email"], "after": "2 days"}),
        "thanks": MessageTerms.model_validate({"text": "b", "purpose": "service", "by": "email", "priority": "1"}),
        "asked": MessageTerms.model_validate({"text": "c", "purpose": "survey", "by": "email", "drop_after": "2 days"}),
    }
    contact = Contact.model_validate({"at_most": "2 in 7 days"})
    planner = Planner(messages, contact, Clock(monday, 43_200))
    states = set()
    for member in range(400):
        consents = tuple(
            Consent(channel, purpose, chance.random() < 0.7, monday - chance.randrange(3), number)
            for number, (channel, purpose) in enumerate([("email", "advertising"), ("sms", "advertising"), ("email", "survey")])
            if chance.random() < 0.7
        )
        channels = [channel for channel in ("email", "sms") if chance.random() < 0.7]
        written = [monday - chance.randrange(10) for _ in range(chance.randrange(3))]
        complains = chance.random() < 0.2
        names = [chance.choice([*messages, "gone"]) for _ in range(chance.randrange(1, 5))]
        days = [monday - chance.randrange(6) for _ in names]
        for twin in (member, member + 1000):
            addresses = {channel: f"{channel} of {twin}" for channel in channels}
            person = Person(addresses=addresses, consents=consents, complains=complains, written=written)
            dues = [DueMessage(f"{name} {place}", twin, name, days[place]) for place, name in enumerate(names)]
            found = planner.planned(dues, person)
            assert found == planned(dues, messages, contact, person, Clock(monday, 43_200))
            assert [one.address for one in found] == [addresses.get(one.channel, "") for one in found]
        going = [one for one in found if one.state == "ready" and one.due.name != "thanks"]
        assert len(going) <= max(0, 2 - sum(day > monday - 7 for day in written))
        states |= {one.state for one in found}
    assert states >= {"ready", "not yet", "too late", "an open complaint", "enough for now"}
    assert states >= {"no consent", "no address", "no text in the program"}
    assert len(planner.remembered) <= 400
