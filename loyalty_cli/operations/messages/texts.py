"""A message's text for a member: the fields filled in, in the member's language, as a person reads amounts and days."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.message import Message
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.program.blocks.messages import Contact
from loyalty_cli.program.message_texts import fields_in
from loyalty_cli.program.message_texts import filled
from loyalty_cli.render.words import spoken

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping

    from loyalty_cli.operations.messages.plan import For
    from loyalty_cli.program.program import Program
    from loyalty_cli.store.messages.fields import OfMember


class Written(NamedTuple):
    """A text and its subject in a language, and the fields that nothing is known for."""

    language: str
    subject: str
    text: str
    missing: tuple[str, ...]


def written(program: Program, name: str, of: OfMember, language: str) -> Written:
    """A message's text for a member who speaks a language ('' is the program's)."""
    terms = program.messages[name]
    spoken_in = language if language and language in {*terms.text, program.language} else program.language
    text, subject = terms.text_in(language, program.language), terms.subject_in(language, program.language)
    values = {name: VALUES[name](program, of, spoken_in) for name in fields_in(text) | fields_in(subject)}
    form = form_of(program.contact or Contact(), of)
    own, about = filled(text, values, form), filled(subject, values, form)
    return Written(spoken_in, " ".join(about.text.split()), own.text.strip(), (*own.missing, *about.missing))


def form_of(contact: Contact, of: OfMember) -> int | None:
    """Which of two forms a member gets, by the groups that the program names for it."""
    groups = set(of.groups)
    first, second = groups & set(contact.says_first), groups & set(contact.says_second)
    return None if bool(first) == bool(second) else 0 if first else 1


def worth_of_points(program: Program, of: OfMember, language: str) -> str:
    """What a member's points pay; '' where points do not pay."""
    pays = program.currency.money(program.points_pay(of.points))
    return spoken(pays, language) if program.point_worth() else ""


# What stands for each field of a text in a language; '' where there is nothing.
VALUES: Mapping[str, Callable[[Program, OfMember, str], str]] = {
    "first_name": lambda _, of, __: (of.name.split() or [""])[0],
    "name": lambda _, of, __: of.name,
    "card": lambda _, of, __: of.card,
    "points": lambda _, of, language: spoken(of.points, language),
    "points_worth": worth_of_points,
    "tier": lambda _, of, __: of.tier,
    "discount": lambda _, of, __: f"{of.discount / 100:g}%" if of.discount else "",
    "lapsing": lambda _, of, language: spoken(of.lapsing, language) if of.lapse_on else "",
    "lapse_day": lambda _, of, language: spoken(OnDay(of.lapse_on), language) if of.lapse_on else "",
    "coupons": lambda _, of, __: ", ".join(each.code for each in of.coupons),
    "coupon_day": lambda _, of, language: spoken(OnDay(min(each.until for each in of.coupons)), language) if of.coupons else "",
    "progress": lambda _, of, language: "; ".join(f"{name}: {spoken(far, language)}" for name, far in of.progress),
    "club": lambda program, _, __: program.name,
}


def message_for(program: Program, each: For, of: OfMember, token: str) -> Message:
    """A planned message as its way out gets it."""
    one = each.planned
    own = written(program, one.due.name, of.about(one.due.coupon), each.reach.language)
    return Message(
        key=one.due.key,
        member=one.due.member,
        channel=one.channel,
        purpose=program.messages[one.due.name].purpose,
        address=one.address,
        name=each.reach.name,
        language=own.language,
        subject=own.subject or program.name,
        text=own.text,
        unsubscribe=token,
    )
