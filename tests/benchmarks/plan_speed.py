"""How long it takes to plan the messages of many members, and how much memory: `python -m tests.benchmarks.plan_speed 100000`.

Ten messages, each due to every member; every second one agrees to e-mail. CPU seconds of this process, and its largest memory.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.operations.messages.preview import preview_messages
from loyalty_cli.operations.messages.send import send_messages
from tests.operations.small_shop import small_shop

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.operations.small_shop import SmallShop

DAY = day_from_iso("2026-10-10")
MESSAGE = "  m{}: {{when: {{one_purchase: {}.00}}, by: [email, sms], purpose: {}, text: 'Hello {{first_name}}'}}\n"


def shop_of(folder: Path, members: int) -> SmallShop:
    """A shop of so many members to whom ten messages are due."""
    there = small_shop(folder)
    program = there.folder / "program.yaml"
    messages = "".join(MESSAGE.format(i, 20 + i, "service" if i < 3 else "advertising") for i in range(10))
    program.write_text(f"{program.read_text()}\nmessages:\n{messages}contact: {{at_most: 2 in 7 days}}\n")
    everybody = range(1, members + 1)
    with there.shop.changing() as connection:
        people = ((i, f"Anna {i}", f"a{i}@example.com", f"+4860{i:07}") for i in everybody)
        connection.executemany("INSERT INTO member (id, name, email, phone) VALUES (?, ?, ?, ?)", people)
        connection.executemany("INSERT INTO card (number, member_id) VALUES (?, ?)", ((f"29{i:011}", i) for i in everybody))
        agree = ((i,) for i in everybody if i % 2)
        connection.executemany("INSERT INTO consent (member_id, channel, given, from_day) VALUES (?, 'email', 1, 1)", agree)
        for i in range(10):
            connection.execute("INSERT INTO rule (id, name) VALUES (?, ?)", (1000 + i, f"message m{i}"))
            connection.execute("INSERT INTO asset (id, name) VALUES (?, ?)", (1000 + i, f"message:m{i}"))
        due = ((member, 1000 + i, member, 1000 + i, DAY, DAY) for member in everybody for i in range(10))
        connection.executemany(
            "INSERT INTO ledger (member_id, rule_id, cause_kind, cause_id, asset_id, quantity, effective_on, booked_on, run_id)"
            " VALUES (?, ?, 2, ?, ?, 1, ?, ?, 1)",
            due,
        )
    return there


def timed(what: str, done: Callable[[], object]) -> None:
    """Say how long something took and how large the process has become."""
    begun = time.process_time()
    done()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(f"{what}: {time.process_time() - begun:.1f} s, {most} MB at most\n")


def main() -> None:
    """Preview, and a dry run of sending."""
    members = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        shop = shop_of(Path(folder) / "shop", members).at("2026-10-10T12:00")
        timed(f"{members} members laid out", lambda: None)
        timed("preview", lambda: preview_messages(shop))
        timed("send --dry-run", lambda: send_messages(shop, {}, dry_run=True))


if __name__ == "__main__":
    main()
