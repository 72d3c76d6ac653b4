"""Who does something by hand, why, and under which key; a key that was used does nothing twice."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.in_force import adopted_plan
from loyalty_cli.operations.ledger.books import Books
from loyalty_cli.operations.local_day import today
from loyalty_cli.store.by_hand import Done
from loyalty_cli.store.by_hand import done_by_key
from loyalty_cli.store.by_hand import next_number
from loyalty_cli.store.by_hand import save_done
from loyalty_cli.store.ledger.due import mark_due
from loyalty_cli.store.ledger.ledger import last_run_day
from loyalty_cli.store.members.households import gather

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyalty_cli.model.days import Day
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection


# Behind it stands to whom or to what in particular a key did something, which nobody may type as a key of its own.
PARTS = "|"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who asks, why, under which key ('' makes one of its own), and for which day (None: today)."""

    by: str = ""
    reason: str = ""
    key: str = ""
    day: Day | None = None

    def begun(self, shop: Shop, connection: Connection, what: str, **detail: Any) -> Done:
        """What is to be done, with its key and day; who does it and why must be said."""
        if not self.by.strip() or not self.reason.strip():
            raise LoyaltyError("What is done by hand needs a hand and a reason.", hint=phrase("Say them with --by and --reason."))
        return self.asked_for(shop, connection, what, detail)

    def noted(self, shop: Shop, connection: Connection, what: str, **detail: Any) -> Done:
        """The same where a hand and a reason are welcome and may be missing; without a key each time is a new one."""
        done = self.asked_for(shop, connection, what, detail)
        return done if self.key else done._replace(key=f"{done.key}{PARTS}{next_number(connection)}")

    def asked_for(self, shop: Shop, connection: Connection, what: str, detail: dict[str, Any]) -> Done:
        """What is to be done."""
        if PARTS in self.key:
            raise LoyaltyError("A key has no | in it.", hint=phrase("It parts what one key gives to several. Write - instead."))
        now = today(shop, connection)
        day = now if self.day is None else self.day
        if day > now:
            raise Refused("{day} has not come yet.", day=OnDay(day))
        key = self.key or f"{what}{PARTS}{shop.secret[:24]}"
        return Done(0, key, what, None, detail, day, shop.moment, self.by, self.reason)


# Nobody in particular asks.
NOBODY = Asked()


def print_of(*words: object) -> str:
    """By which a request is known again whose words are a person's and are not kept; erasing the member takes it, too."""
    return sha256(repr(words).encode()).hexdigest()[:32]


def before(connection: Connection, done: Done) -> Done | None:
    """What was done under the same key; refused if that was something else."""
    kept = done_by_key(connection, done.key)
    if kept is None:
        return None
    # What was forgotten with a member is not compared any more.
    if kept.what != done.what or any(kept.detail.get(word, value) != value for word, value in done.detail.items()):
        raise Refused("With the key {text} something else was done: no. {number}.", text=done.key, number=kept.id)
    return kept


def made(done: Done) -> Outcome:
    """The answer to a request that was made before."""
    said = phrase("This request was made before, as no. {number}; nothing was changed.", number=done.id)
    return Outcome(said=[said], data={"number": done.id, "again": True}, quiet=True)


def keep(connection: Connection, done: Done, **detail: Any) -> int:
    """Write it down with what undoes it; its number."""
    return save_done(connection, done._replace(detail={**done.detail, **detail}))


def bring(shop: Shop, connection: Connection, changed: Iterable[tuple[int, Day]]) -> None:
    """Bring the books of some members up to the last recalculated day; what lies after it waits for the night."""
    members = [*changed, *gather(connection)]
    mark_due(connection, members)
    until = last_run_day(connection)
    if until and members:
        plan, version = adopted_plan(connection)
        Books(connection, plan, version=version, until=until, at=shop.moment).bring_members_up_to_date({one for one, _ in members})
