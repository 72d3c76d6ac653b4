"""One customer after another at the counter: what was typed or scanned, what is known, what is booked.

Nothing is held open between two keys: each look reads the shop's database and lets it go, each booking is one transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.message import AT_THE_TILL
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.by_hand.hand_out import AtTheCounter
from loyalty_cli.operations.by_hand.hand_out import hand_out
from loyalty_cli.operations.by_hand.hand_out import owed_to
from loyalty_cli.operations.by_hand.receipts import receipt_assign
from loyalty_cli.operations.by_hand.receipts import Wish
from loyalty_cli.operations.counter.asked import asked_of
from loyalty_cli.operations.counter.booking import book_quote
from loyalty_cli.operations.counter.missing import first_asked
from loyalty_cli.operations.counter.missing import keep
from loyalty_cli.operations.counter.missing import Wording
from loyalty_cli.operations.counter.notes import gifts_on_offer
from loyalty_cli.operations.counter.notes import Notes
from loyalty_cli.operations.counter.notes import notes_of
from loyalty_cli.operations.counter.notes import with_basket
from loyalty_cli.operations.counter.till import Till
from loyalty_cli.operations.counter.typed import card_meant
from loyalty_cli.operations.counter.typed import is_amount
from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.redeem_gift import redeem_gift
from loyalty_cli.operations.feedback.add import feedback_add
from loyalty_cli.operations.feedback.add import Told
from loyalty_cli.operations.messages.at_the_till import told
from loyalty_cli.operations.stores.meant import store_of_counter
from loyalty_cli.replay.discount import personal_discount
from loyalty_cli.store.gifts import save_gift_move
from loyalty_cli.store.members.households import people_of
from loyalty_cli.store.members.records import owner_of_card

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.money import Currency
    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.counter.asked import Asked as Basket
    from loyalty_cli.operations.counter.notes import OnOffer
    from loyalty_cli.operations.counter.quote import Quote
    from loyalty_cli.operations.open_shop import Shop

Wanted = Literal["card", "amount", "coupon", "points", "receipt", "gift", "opinion", "forgotten", "missing"]
# A scanner's number is a card's, however an amount may be typed.
SHORTEST_SCAN = 7
NOBODY_KNOWN = Notes()
NO_WORDING = Wording()


@dataclass(kw_only=True)
class Session:
    """What the counter knows now. `shop` gives the shop at this moment, with fresh randomness for keys."""

    shop: Callable[[], Shop]
    store: str = ""
    by: str = ""
    wording: Wording = NO_WORDING
    wanted: Wanted = "card"
    card: str = ""
    amount: str = ""
    coupons: list[str] = field(default_factory=list)
    points: str = ""
    receipt: str = ""
    paid: bool = False
    missing: str = ""
    known: Quote | None = None
    notes: Notes = NOBODY_KNOWN
    discount: int = 0
    quote: Quote | None = None
    gifts: list[OnOffer] = field(default_factory=list)
    said: list[Phrase] = field(default_factory=list)
    trouble: LoyaltyError | None = None

    def __post_init__(self) -> None:
        """A store that is not known is refused before the first customer."""
        if self.store:
            with self.shop().reading() as connection:
                self.store = store_of_counter(connection, self.store)

    def next_customer(self) -> None:
        """Forget the customer."""
        self.wanted = "card"
        self.card = self.amount = self.points = self.receipt = ""
        self.coupons, self.paid = [], False
        self.known = self.quote = self.trouble = None
        self.notes, self.said, self.discount = NOBODY_KNOWN, [], 0

    def back(self) -> None:
        """Take back what is asked; where nothing in particular is, the next customer comes."""
        if self.wanted in {"card", "amount"}:
            self.next_customer()
        else:
            self.ask("amount" if self.card or self.amount else "card")

    def ask(self, wanted: Wanted) -> None:
        """The next thing that is typed is this."""
        self.trouble, self.said = None, []
        if wanted in {"coupon", "points"} and not self.amount:
            self.trouble = LoyaltyError("First type what the purchase costs.")
        elif wanted in {"opinion", "forgotten", "missing"} and not self.card:
            self.trouble = LoyaltyError("First scan the card, or type the name.")
        elif wanted == "gift" and not self.gifts:
            self.trouble = LoyaltyError("No gift is due to this card, and the program has none for points.")
        elif wanted == "missing" and not first_asked(self.notes.missing):
            self.trouble = LoyaltyError("Nothing is missing of this member.")
        else:
            self.missing = first_asked(self.notes.missing)
            self.wanted = wanted

    def enter(self, text: str) -> None:
        """Something was typed or scanned, with Enter behind it."""
        self.trouble, self.said = None, []
        wanted: Wanted = self.wanted
        try:
            self.take(wanted, text.strip())
        except LoyaltyError as error:
            self.forget_last(wanted)
            self.trouble = error
            if wanted == "missing":
                return  # it is asked for again
        if wanted == "missing":
            self.missing = first_asked(self.notes.missing, self.missing)
            if self.missing:
                return
        self.wanted = "amount" if self.card or self.amount else "card"

    def take(self, wanted: Wanted, text: str) -> None:
        """What was typed as what was wanted."""
        does = {"gift": self.hand_out, "opinion": self.hear, "forgotten": self.assign, "missing": self.learn}.get(wanted)
        if wanted == "points":
            self.points = text or "most"
        elif not text:
            return
        elif does is not None:
            does(text)
        elif wanted == "coupon":
            self.coupons.append(text)
        elif wanted == "receipt":
            self.receipt, self.paid = text, False
        elif self.is_card(text):
            self.next_customer()
            with self.shop().reading() as connection:
                self.card = card_meant(connection, text)
        else:
            if self.paid:  # the next purchase has a receipt of its own
                self.receipt, self.paid = "", False
            self.amount, self.coupons, self.points = text, [], ""
        self.look()

    def forget_last(self, wanted: Wanted) -> None:
        """What was not understood is as if it had not been typed."""
        if wanted == "coupon":
            self.coupons.pop()
        elif wanted == "points":
            self.points = ""
        elif wanted in {"card", "amount"}:
            self.amount, self.quote = "", None

    def is_card(self, text: str) -> bool:
        """Whether it is a card: one that is known, or too long for an amount; without a customer whatever is no amount."""
        digits = "".join(text.split())
        if len(digits) >= SHORTEST_SCAN and digits.isalnum():
            return True
        with self.shop().reading() as connection:
            known = owner_of_card(connection, digits) is not None
        return not is_amount(text) or (known and not self.card)

    def look(self) -> None:
        """Read what is known now: who it is, and the quote if there is an amount. Others may have changed it."""
        if not (self.card or self.amount):
            return
        shop = self.shop()
        with shop.reading() as connection:
            till = Till(connection, shop.now)
            known = till.quote(asked_of({"card": self.card or "-", "amount": "0", "store": self.store}, till.currency))
            notes, quote = notes_of(connection, known), None
            # As they stand before any purchase, not after the one that was quoted.
            stands = None if known.member is None else till.brought(known.member, till.now)
            if self.amount:
                quote = till.quote(self.basket(till.currency))
                notes = with_basket(notes, notes_of(connection, quote))
        self.known, self.quote, self.notes = known, quote, notes
        self.gifts = gifts_on_offer(known, notes) if self.card else []
        self.discount = personal_discount(stands.member) if stands else 0
        refused = (quote or known).refused
        self.coupons = [code for code in self.coupons if code not in {each.name for each in refused}]
        self.trouble = refused[0].error if refused else None

    def basket(self, currency: Currency) -> Basket:
        """The basket that is to be paid, with what is shown."""
        said = {"card": self.card or "-", "amount": self.amount, "store": self.store, "points": self.points}
        return asked_of({**said, "coupons": list(self.coupons)}, currency)

    def book(self) -> None:
        """Use the coupons and points of the quote, all or none, and what was to be said has been said."""
        self.trouble, self.said = None, []
        quote = self.quote
        waits = any(about in AT_THE_TILL for about, _ in self.notes.says)
        uses = quote is not None and (quote.priced.coupons or quote.priced.points_used)
        if not (waits or uses):
            self.trouble = LoyaltyError("There is nothing to book: show a coupon or points first.")
            return
        try:
            if waits:
                self.done(told(self.shop(), self.card, by=self.by))
            if quote is None or not uses:
                self.look()
                return
            basket = self.basket(quote.program.currency)
            self.said += book_quote(self.shop(), quote, basket, receipt=self.receipt, by=self.by)
        except LoyaltyError as error:
            self.look_after(error)
            return
        # It is paid: what the quote said of this purchase is over, and what is known is read again.
        self.amount, self.points, self.coupons, self.paid = "", "", [], True
        self.look()

    def hand_out(self, text: str) -> None:
        """A gift by its number in the list or its name: one that is due, else one of the catalogue for its points."""
        names = [each.name for each in self.gifts]
        chosen = int(text) - 1 if text.isdigit() and 0 < int(text) <= len(names) else names.index(text) if text in names else -1
        if chosen < 0:
            raise LoyaltyError("There is no gift {name} in the list.", name=text)
        gift, shop = self.gifts[chosen], self.shop()
        if gift.points is not None:
            self.done(redeem_gift(shop, self.card, gift.name, self.at()))
        with shop.changing() as connection:
            till = Till(connection, shop.now)
            program, where = till.plan.in_force(till.now[0]), self.where(gift, till.now, shop)
            where = replace(where, member=owed_to(connection, people_of(connection, where.member, where.day), gift.name))
            if gift.points is None:
                hand_out(connection, program, where)
                self.said.append(phrase("Handed out: {gift}.", gift=gift.name))
            else:
                # The night has not written yet that it is due: its points have just been used for it.
                terms = program.gifts.get(gift.name)
                save_gift_move(connection, where.move(gift.name, "handed out", cost=terms.costs if terms else 0))

    def hear(self, text: str) -> None:
        """What the customer says of the shop: a score, words, or a score and then words."""
        score, _, words = text.partition(" ") if text[:1].isdigit() else ("", "", text)
        told = Told(int(score) if score.isdigit() else None, (words if score.isdigit() else text).strip(), self.store or None, self.receipt)
        self.done(feedback_add(self.shop(), self.card, told, self.asked("said at the counter")))

    def assign(self, number: str) -> None:
        """A receipt that was paid without the card becomes the customer's."""
        wish = Wish(number, self.card, self.store or None)
        self.done(receipt_assign(self.shop(), [wish], self.asked("the card was forgotten")))

    def learn(self, text: str) -> None:
        """What the customer says of themselves, which the shop did not know."""
        self.said += keep(self.shop(), self.card, self.missing, text, by=self.by, wording=self.wording)

    def asked(self, reason: str) -> Asked:
        """Who does something at the counter, and why; each key press is a request of its own."""
        return Asked(by=self.by or self.store or "counter", reason=reason)

    def where(self, gift: OnOffer, now: tuple[Day, int], shop: Shop) -> AtTheCounter:
        """A gift that goes over the counter to the customer, now."""
        member = (self.known.member if self.known else None) or 0
        day, clock = now
        key = f"counter|{shop.secret[:24]}"
        return AtTheCounter(member=member, gift=gift.name, day=day, clock=clock, at=shop.moment, key=key, by=self.by)

    def at(self) -> AtTheTill:
        """Where and by whom something is used."""
        return AtTheTill(store=self.store or None, receipt=self.receipt, by=self.by)

    def done(self, outcome: Outcome) -> None:
        """Keep what was said of something that was booked."""
        self.said += outcome.said

    def look_after(self, error: LoyaltyError) -> None:
        """Read again what is left after a booking that was refused, and keep why."""
        self.look()
        self.trouble = error
