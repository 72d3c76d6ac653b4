"""How the shop trades: as it was said, as its own receipts say, else as a branch usually does."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.money import rounded
from loyalty_cli.model.money import WHOLE
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.paying.break_even import margin_of
from loyalty_cli.paying.proposal import nice
from loyalty_cli.paying.trade import PARTS
from loyalty_cli.paying.trade import Trade
from loyalty_cli.reading.owners_words import nearest_of
from loyalty_cli.reading.problems import did_you_mean
from loyalty_cli.store.known import last_bought
from loyalty_cli.store.paying import brought_and_cost
from loyalty_cli.store.paying import receipts_from
from loyalty_cli.store.paying import traded

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.paying import Traded


class Branch(NamedTuple):
    """A place to begin with where the owner says nothing: margin in basis points, visits a month in hundredths. A guess, no source."""

    margin: int
    visits: int
    called: Phrase


BRANCHES = {
    "café": Branch(60_00, 4_00, phrase("café")),
    "grocery": Branch(20_00, 5_00, phrase("grocery")),
    "fashion": Branch(45_00, 50, phrase("fashion")),
    "beauty": Branch(55_00, 80, phrase("beauty")),
    "books": Branch(35_00, 75, phrase("books")),
    "home": Branch(35_00, 40, phrase("home")),
    "other": Branch(30_00, 1_00, phrase("other")),
}
# Of the last quarter, or of all there is; a month of it is a third.
QUARTER, A_MONTH = 91, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the owner says: money in minor units, visits in hundredths, margin in basis points; None is not said."""

    branch: str = "other"
    receipt: int | None = None
    visits: int | None = None
    members: int | None = None
    margin: int | None = None


def branch_known(text: str) -> str:
    """A branch by its name in any of our languages; `cafe` is a café."""
    if name := nearest_of(text, BRANCHES):
        return name
    all_there_are = phrase("Known here: {names}.", names=[each.called for each in BRANCHES.values()])
    raise LoyaltyError("There is no branch {name}.", name=text, hint=did_you_mean(text, BRANCHES, otherwise=all_there_are))


def trade_said(said: Said) -> Trade:
    """The trade without a history: what is not said is as a branch usually has it; receipt and members must be said."""
    usual = BRANCHES[said.branch]
    if not said.receipt:
        hint = phrase("Say it: --receipt 45.00, or let the shop's own receipts say it: --from-history")
        raise Refused("The average receipt is not known.", hint=hint)
    if not said.members:
        raise Refused("How many members you expect is not known.", hint=phrase("Say it: --members 300"))
    return Trade(
        receipt=said.receipt,
        visits=said.visits or usual.visits,
        members=said.members,
        margin=said.margin or usual.margin,
        supposed=not (said.visits and said.margin),
    )


def trade_of_history(shop: Shop, said: Said) -> Trade:
    """The trade of the last quarter; what is said goes before it."""
    with shop.reading() as connection:
        last = last_bought(connection)
        if last is None:
            hint = phrase("Bring them in first: loyalty import purchases FILE")
            raise Refused("There are no purchases yet.", hint=hint)
        first = last - QUARTER + 1
        own = traded(connection, first, last, everybody=False)
        everybody = not own.receipts
        found = traded(connection, first, last, everybody=True) if everybody else own
        margin = said.margin or margin_of(*brought_and_cost(connection, first, last))
        return of_receipts(connection, replace(said, margin=margin), found, (first, last), everybody=everybody)


def of_receipts(connection: Connection, said: Said, found: Traded, days: tuple[Day, Day], *, everybody: bool) -> Trade:
    """The trade that some days' receipts show."""
    if not found.receipts:
        raise Refused("There are no purchases in the last quarter.", hint=phrase("Say how you trade: --receipt 45.00 --members 300"))
    members = found.members or None
    visits = rounded(found.receipts * PARTS, members * A_MONTH, "half up") if members else None
    receipt = said.receipt or rounded(found.paid, found.receipts, "half up")
    known = trade_said(replace(said, receipt=receipt, members=said.members or members, visits=said.visits or visits))
    big = receipts_from(connection, *days, nice(3 * receipt), everybody=everybody)
    quiet, paid = found.weekdays[0]
    return known._replace(
        big=rounded(big * WHOLE, found.receipts, "half up"),
        quiet=quiet,
        quiet_share=rounded(paid * WHOLE, found.paid, "half up"),
    )
