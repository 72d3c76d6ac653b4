"""What somebody wants to be known of a member, and whether it can be."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import fields
from typing import TYPE_CHECKING

from loyalty_cli.importers.cells import clean_text
from loyalty_cli.importers.lists.members import birthday_of
from loyalty_cli.importers.lists.members import name_day_of
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import iso
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.listed import ListedGroup
from loyalty_cli.model.listed import ListedMember
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.member_meant import member_of_card
from loyalty_cli.store.members import records as member_records
from loyalty_cli.store.members.referrals import brought_by
from loyalty_cli.store.members.referrals import chain_above
from loyalty_cli.store.members.referrals import join_referrals

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.store.database import Connection

MONTH_AND_DAY = len("02-29")


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberWishes:
    """What is to be set; None leaves a thing as it is, '' forgets it."""

    number: str | None = None
    name: str | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None
    language: str | None = None
    birthday: str | None = None
    name_day: str | None = None
    joined: Day | None = None
    referred_by: str | None = None
    groups: tuple[ListedGroup, ...] = ()
    left_groups: tuple[ListedGroup, ...] = ()
    consents: tuple[tuple[str, bool], ...] = ()
    card: str | None = None
    blocked: bool | None = None

    def said(self) -> dict[str, object]:
        """What is to be set, by its name; what stays as it is is left out."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if value not in (None, ())}


def listed(wishes: MemberWishes, cards: tuple[str, ...] = ()) -> ListedMember:
    """The plain fields among the wishes, in the form in which they are kept."""
    return ListedMember(
        cards=cards,
        number=tidy(wishes.number),
        name=tidy(wishes.name),
        phone=tidy(wishes.phone),
        email=email_of(tidy(wishes.email)),
        address=tidy(wishes.address),
        language=language_of(tidy(wishes.language)),
        birthday=birthday_said(tidy(wishes.birthday)),
        name_day=name_day_said(tidy(wishes.name_day)),
        joined=wishes.joined,
        referred_by=tidy(wishes.referred_by),
    )


def tidy(text: str | None) -> str | None:
    """A text without blanks around it and control characters in it."""
    return None if text is None else clean_text(text)


def email_of(text: str | None) -> str | None:
    """An e-mail address has a sign in its middle."""
    if text and "@" not in text[1:-1]:
        raise LoyaltyError("{text} is not an e-mail address.", text=text)
    return text


def language_of(text: str | None) -> str | None:
    """A language by its two letters."""
    if text and not (len(text) == 2 and text.isascii() and text.isalpha()):
        hint = phrase("Write its two letters, such as pl, ru, ro or en.")
        raise LoyaltyError("{text} is not a language.", text=text, hint=hint)
    return text.lower() if text else text


def birthday_said(text: str | None) -> str | None:
    """A birthday with its year, or as month and day."""
    if not text:
        return text
    birthday = birthday_of(text, "YYYY-MM-DD")
    if birthday is None:
        hint = phrase("Write it as 1980-05-17, or as 05-17 if the year is not known.")
        raise LoyaltyError("{text} is not a birthday.", text=text, hint=hint)
    return birthday


def birthday_shown(text: str) -> OnDay | str:
    """A kept birthday as a day, if its year is known."""
    return OnDay(day_from_iso(text)) if len(text) > MONTH_AND_DAY else text


def day_to_come(listed: ListedMember, today: Day) -> Phrase | None:
    """Nobody was born, or joined, on a day that has not come; a birthday without its year comes every year."""
    if listed.birthday and len(listed.birthday) > MONTH_AND_DAY and listed.birthday > iso(today):
        return phrase("birthday: {day} has not come yet", day=OnDay(day_from_iso(listed.birthday)))
    if listed.joined is not None and listed.joined > today:
        return phrase("joined: {day} has not come yet", day=OnDay(listed.joined))
    return None


def refuse_day_to_come(wishes: MemberWishes, today: Day) -> None:
    """The same of what somebody typed."""
    why = day_to_come(listed(wishes), today)
    if why is not None:
        raise LoyaltyError.of(why)


def name_day_said(text: str | None) -> str | None:
    """A name day as month and day."""
    if not text:
        return text
    name_day = name_day_of(text, "YYYY-MM-DD")
    if name_day is None:
        raise LoyaltyError("{text} is not a name day.", text=text, hint=phrase("Write its month and day: {example}.", example="06-24"))
    return name_day


def refuse_number_of_other(connection: Connection, number: str | None, member: int | None) -> None:
    """A member's number belongs to one member."""
    owner = member_records.owner_of_number(connection, number) if number else None
    if owner is not None and owner != member:
        raise Refused(
            "The number {number} belongs to {name}.",
            number=number,
            name=member_records.name_of(connection, owner) or phrase("another member"),
        )


def refuse_recommender(connection: Connection, text: str | None, member: int) -> None:
    """Whoever brought a member is known, is another one, and was not brought by this one."""
    if not text:
        return
    by = member_records.owner_of_card(connection, text) or member_records.owner_of_number(connection, text)
    if by is None:
        by = brought_by(connection, text)
    if by is None:
        by = member_of_card(connection, text)
    if by == member:
        raise Refused("Nobody brings themselves: {card} is a card of this member.", card=text)
    join_referrals(connection)
    if member in chain_above(connection, by):
        raise Refused("{card} was brought by this member, directly or by way of others.", card=text)
