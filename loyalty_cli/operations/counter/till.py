"""The till's end: one shop opened for any number of quotes, each basket looked up and quoted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from loyalty_cli.model.days import day_of
from loyalty_cli.model.days import NEVER
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.facts import MemberFacts
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.counter.members_asked import stand
from loyalty_cli.operations.counter.members_asked import Standing
from loyalty_cli.operations.counter.quote import AtTheCounter
from loyalty_cli.operations.counter.quote import quoted
from loyalty_cli.operations.counter.quote import Refusal
from loyalty_cli.operations.counter.quote import stands
from loyalty_cli.operations.in_force import adopted_plan
from loyalty_cli.operations.member_meant import member_of_card
from loyalty_cli.operations.shopper import nobody_of
from loyalty_cli.operations.shopper import shopper_of
from loyalty_cli.operations.stores.meant import store_meant
from loyalty_cli.replay.one_more import OneMore
from loyalty_cli.replay.progress import offered_on
from loyalty_cli.replay.replayer import Replayer
from loyalty_cli.store.imports.goods import goods_of
from loyalty_cli.store.members.at_the_counter import card_known
from loyalty_cli.store.members.at_the_counter import CardKnown
from loyalty_cli.store.members.households import shares
from loyalty_cli.store.members.records import is_blocked
from loyalty_cli.store.members.records import near_cards

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from loyalty_cli.baskets.basket import Line
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.facts import Place
    from loyalty_cli.operations.counter.asked import Asked
    from loyalty_cli.operations.counter.quote import Quote
    from loyalty_cli.operations.counter.quote import Ready
    from loyalty_cli.operations.counter.quote import Stands
    from loyalty_cli.program.program import Program
    from loyalty_cli.replay.progress import Offered
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.imports.goods import Goods
    from loyalty_cli.store.members.households import Share

# A card that the shop does not know joins with its first receipt: a member of whom nothing is known.
NOBODY = 0
NO_PLACES: frozenset[Place] = frozenset()

# How many days ahead a basket may lie: what a program brings by then is still worked out at once.
FURTHEST = 366


class Till:
    """A shop at a moment, ready to quote."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self.connection = connection
        self.plan, self.version = adopted_plan(connection)
        latest = self.plan.versions[-1][1]
        self.currency = latest.currency
        local = now.astimezone(ZoneInfo(latest.timezone))
        self.now = day_of(local.date()), local.hour * 3600 + local.minute * 60 + local.second
        self.replayer = Replayer(self.plan)
        self.asks_the_month = any(program.asks_the_month for _, program in self.plan.versions)
        self.goods: dict[str, Goods] = {}
        self.stores: dict[str, str] = {"": ""}
        self.shares: dict[int, list[Share]] = {}
        for share in shares(connection):
            self.shares.setdefault(share.member, []).append(share)
        # The members who were looked up together for a day.
        self.standings: dict[tuple[Day, int], Standing] = {}
        # What several baskets share: cards, the rewards of a day, how a member stands before a basket.
        self.cards: dict[tuple[str, Day], CardKnown | None] = {}
        self.offered: dict[Day, list[Offered]] = {}
        self.before: dict[tuple[int, Day, int], Stands] = {}

    def moment_of(self, asked: Asked) -> tuple[Day, int]:
        """The day and the time of a basket: now, unless it says another; a day far ahead is a slip."""
        if asked.day is None:
            return self.now
        if asked.day > self.now[0] + FURTHEST:
            hint = phrase("Write the day of the purchase, or leave it out: then it is now.")
            raise LoyaltyError("{day} lies more than a year ahead.", day=OnDay(asked.day), hint=hint)
        return asked.day, asked.clock

    def look_up(self, members: Collection[int], day: Day) -> None:
        """Read some members at once."""
        found = stand(self.connection, self.plan, self.version, members, day, from_start=self.asks_the_month)
        self.standings |= {(day, member): standing for member, standing in found.items()}

    def quote(self, asked: Asked) -> Quote:
        """One basket; what only so many get is promised as far as the last recalculation has left room for it."""
        quote, taken, places = self.with_places(asked, NO_PLACES), None, NO_PLACES
        while self.plan.limits and (more := quote.asked.more) and (claims := more.claims()):
            from loyalty_cli.operations.ledger.between_members import room_left

            # What was claimed before takes room, and is given by the night only.
            taken = taken or room_left(self.connection, self.plan, more.claims(earlier=True))
            got = taken.places_got(claims)
            if not got:
                break
            places |= got
            quote = self.with_places(asked, places)
        return quote

    def with_places(self, asked: Asked, places: frozenset[Place]) -> Quote:
        """One basket of a member who has these places among those that only so many get."""
        day, clock = self.moment_of(asked)
        program = self.plan.in_force(day)
        store = self.store(asked.store)
        member, refused = self.member(asked.card, day, join=program.unknown_cards_join)
        known = [self.goods_of(line) for line in asked.lines]
        lines = [as_known(line, goods) for line, goods in zip(asked.lines, known, strict=True)]
        more, before = None if member is None else self.brought(member, (day, clock), places), None
        if more is None:
            shopper = nobody_of(day, clock, store)
        else:
            shopper = shopper_of(more.member, day, clock, store)
            before = self.stands(more, member or NOBODY, (day, clock))
        if more and self.asks_the_month:
            from loyalty_cli.operations.counter.month_so_far import month_so_far

            shopper = replace(shopper, this_month=month_so_far(self.connection, self.plan, more))
        coupons, spoiled = self.coupons(asked, day, known=bool(member))
        points = asked.points
        over = program.why_no_points(day)
        if points and over is not None:
            refused.append(Refusal("points", str(points), Refused.of(over)))
            points = 0
        at = AtTheCounter(
            lines=lines,
            known=known,
            shopper=shopper,
            coupons=coupons,
            points=points,
            more=more,
            offered=self.offered_on(program, day) if more else (),
            before=before,
            refused=[*refused, *spoiled],
            card=asked.card,
            member=member,
        )
        return quoted(program, self.plan, at)

    def coupons(self, asked: Asked, day: Day, *, known: bool) -> tuple[list[Ready], list[Refusal]]:
        """The coupons that are shown. Most baskets have none, and their start pays nothing for what `redeem` needs."""
        if not asked.coupons:
            return [], []
        from loyalty_cli.operations.counter.coupons_shown import coupons_shown

        return coupons_shown(self.connection, asked.coupons, asked.card if known else None, day)

    def account(self, member: int, day: Day) -> int:
        """For whose account a member's cards count on a day: the member's own, or that of the household."""
        return next((share.account for share in self.shares.get(member, ()) if share.holds_on(day)), member)

    def member(self, card: str, day: Day, *, join: bool) -> tuple[int | None, list[Refusal]]:
        """Whose account is meant; a card that is unknown, lost or blocked gets what anybody gets, and is refused."""
        if not card:
            return None, []
        try:
            return self.account_meant(card, day, join=join), []
        except Refused as error:
            return None, [Refusal("card", card, error)]

    def account_meant(self, card: str, day: Day, *, join: bool) -> int:
        """The same; LoyaltyError says why a card or a name is refused."""
        known = self.card(card, day) or self.called(card)
        if known is not None:
            account = self.account(known.member, day)
            if known.lost:
                raise Refused("Card {card} is lost.", card=card)
            if known.blocked or (account != known.member and is_blocked(self.connection, account)):
                raise Refused("The card {card} is blocked.", card=card)
            return account
        near = near_cards(self.connection, card)
        if join and not near:
            return NOBODY
        hint = phrase("Did you mean {name}?", name=near) if near else phrase("The members: loyalty report members")
        raise Refused("There is no card {card}.", card=card, hint=hint)

    def called(self, name: str) -> CardKnown | None:
        """Who is called so; None for what may be a card, as every card has a digit. Refused if nobody is, or several are."""
        if any(map(str.isdigit, name)):
            return None
        try:
            member = member_of_card(self.connection, name)
        except LoyaltyError as error:
            raise Refused.of(error.phrase, hint=error.hint) from error
        return CardKnown(member, lost=False, blocked=is_blocked(self.connection, member))

    def brought(self, member: int, moment: tuple[Day, int], places: frozenset[Place] = NO_PLACES) -> OneMore | None:
        """A member at a moment, with some more places."""
        day = moment[0]
        if member == NOBODY:
            nobody = MemberFacts(NOBODY, (), since=NEVER, places=places if self.plan.limits else None)
            return OneMore(self.replayer, nobody, None, moment)
        if (day, member) not in self.standings:
            self.look_up([member], day)
        facts, state = self.standings[day, member]
        try:
            return OneMore(self.replayer, more_places(facts, places), state, moment)
        except ValueError:  # a state that another release has saved
            found = stand(self.connection, self.plan, self.version, [member], day, from_start=True)
            return OneMore(self.replayer, more_places(found[member].facts, places), None, moment)

    def card(self, card: str, day: Day) -> CardKnown | None:
        """A card on a day."""
        if (card, day) not in self.cards:
            self.cards[card, day] = card_known(self.connection, card, day)
        return self.cards[card, day]

    def offered_on(self, program: Program, day: Day) -> list[Offered]:
        """The rewards of a day."""
        if day not in self.offered:
            self.offered[day] = offered_on(program, day)
        return self.offered[day]

    def stands(self, more: OneMore, member: int, moment: tuple[Day, int]) -> Stands:
        """How a member stands before a basket."""
        if (member, *moment) not in self.before:
            program = self.plan.in_force(more.day)
            self.before[member, *moment] = stands(program, more.member, more.day, self.offered_on(program, more.day))
        return self.before[member, *moment]

    def store(self, name: str) -> str:
        """The store's present name; one that is not known is refused."""
        if name not in self.stores:
            stores = self.plan.versions[-1][1].stores
            self.stores[name] = store_meant(self.connection, name, in_program=stores)
        return self.stores[name]

    def goods_of(self, line: Line) -> Goods:
        """What the shop knows of a line's goods."""
        if line.product not in self.goods:
            self.goods[line.product] = goods_of(self.connection, line.product)
        return self.goods[line.product]


def more_places(facts: MemberFacts, places: frozenset[Place]) -> MemberFacts:
    """A member with some more places."""
    return facts._replace(places=(facts.places or NO_PLACES) | places) if places else facts


def as_known(line: Line, goods: Goods) -> Line:
    """A line with the category and the floor price that the shop knows; what the till says of the category holds less."""
    category, floor = goods.category or line.category, max(line.floor, goods.floor)
    return line if (category, floor) == (line.category, line.floor) else replace(line, category=category, floor=floor)


def most_grave(refused: Collection[Refusal]) -> LoyaltyError | None:
    """The refusal that a script is told of: the first."""
    return next((refusal.error for refusal in refused), None)
