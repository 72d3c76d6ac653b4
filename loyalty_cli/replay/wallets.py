"""More than one kind of points: each wallet has its own earn rules, lots, life and worth.

A wallet's points are the asset `wallet:NAME`, those that wait `waiting:NAME`. Everything that holds for points holds for
them: they lapse, are taken back line by line, are used soonest-lapsing first, and what is missing is a debt of the wallet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.model.entry import Cause
from loyalty_cli.model.entry import Entry
from loyalty_cli.replay.debiting import Life
from loyalty_cli.replay.earning import Earning
from loyalty_cli.replay.lots import Lots

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.facts import Purchase
    from loyalty_cli.program.blocks.points import Wallet
    from loyalty_cli.program.program import Program
    from loyalty_cli.replay.bought import Bought
    from loyalty_cli.replay.plan import Plan
    from loyalty_cli.rules.only import Moment

RECEIPT = int(Cause.RECEIPT)
WALLET, WAITING = "wallet:", "waiting:"


class WalletTerms:
    """One wallet of one version of a program: its earn rules, and the life of its points."""

    def __init__(self, name: str, program: Program, plan: Plan, terms: Wallet) -> None:
        self.name, self.asset = name, WALLET + name
        self.earning = Earning(program, plan, into=name)
        self.terms = terms
        self.last_redemption = program.last_redemption

    def life(self, earned: Day) -> Life:
        """When points earned on a day can be used."""
        return Life(self.terms.usable_on(earned), self.last_day(earned))

    def last_day(self, earned: Day) -> Day:
        """The last day on which points earned on a day can be used."""
        return max(earned, min(self.terms.last_day(earned), self.last_redemption))


class Purse(Lots):
    """A member's points of one wallet."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.asset, self.waiting = WALLET + name, WAITING + name

    def fill(self, terms: WalletTerms, fact: Purchase, moment: Moment, bought: Bought | None) -> list[Entry]:
        """What a purchase brings into the wallet."""
        earning = terms.earning
        held = earning.filled(earning.holding(moment), fact.parts)
        shares = earning.points(fact.parts, held, fact.units)
        if bought and shares:
            bought.purses[terms.name] = (held, dict(shares), {})
        cause, day = (RECEIPT, fact.id), fact.day
        usable, last = terms.life(day)
        points = sum(share for _, share in shares)
        if points and usable > day:
            self.wait(cause, points, usable=usable, earned=day, last=max(last, usable))
        elif points:
            self.credit(cause, points, day, last)
        asset = self.waiting if usable > day else self.asset
        return [Entry(rule, *cause, asset, day, share) for rule, share in shares]


class Purses:
    """A member's purses by the names of their wallets; most programs have none."""

    def __init__(self) -> None:
        self.by_name: dict[str, Purse] = {}

    def of(self, name: str) -> Purse:
        """The points of a wallet."""
        return self.by_name.setdefault(name, Purse(name))

    def of_asset(self, asset: str) -> Purse | None:
        """The points that the ledger calls so, if they are a wallet's."""
        return self.of(asset.removeprefix(WALLET)) if asset.startswith(WALLET) else None

    def fill(self, wallets: Iterable[WalletTerms], fact: Purchase, moment: Moment, bought: Bought | None) -> Iterator[Entry]:
        """What a purchase brings into the wallets of a version."""
        for wallet in wallets:
            yield from self.of(wallet.name).fill(wallet, fact, moment, bought)

    @property
    def next_usable(self) -> Day:
        """The next day on which points of a wallet can be used, or NEVER."""
        return min((purse.next_usable for purse in self.by_name.values()), default=NEVER)

    @property
    def next_lapse(self) -> Day:
        """The next day on which points of a wallet have lapsed, or NEVER."""
        return min((purse.next_lapse for purse in self.by_name.values()), default=NEVER)


def taken_from_wallet(terms: WalletTerms, bought: Bought) -> list[tuple[str, int]]:
    """What a return takes out of a wallet, by rule: what the goods gave that came back so far, less what was taken."""
    held, earned, taken = bought.purses[terms.name]
    back = dict(earned)
    if not bought.whole:
        some = dict(terms.earning.points_of_some(bought.some_back, held, of=bought.some))
        back = some if sum(some.values()) < sum(earned.values()) else back
    bought.purses[terms.name] = held, earned, back
    return [(rule, back.get(rule, 0) - taken.get(rule, 0)) for rule in {**taken, **back}]
