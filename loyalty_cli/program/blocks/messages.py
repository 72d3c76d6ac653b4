"""The blocks `messages:` and `contact:`: what members are written, when and by which way, and how much of it is too much."""

from __future__ import annotations

from typing import Annotated
from typing import Literal

from loyalty_cli.model.consent import CHANNELS
from loyalty_cli.model.days import Span
from loyalty_cli.model.message import AT_THE_TILL
from loyalty_cli.model.shown.phrase import LANGUAGES
from loyalty_cli.program.message_texts import FIELDS
from loyalty_cli.program.message_texts import mistakes_in
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import field_validator
from loyalty_cli.reading.fields import PlainValidator
from loyalty_cli.reading.fields import WithJsonSchema
from loyalty_cli.reading.settings import Amount
from loyalty_cli.reading.settings import Hours
from loyalty_cli.reading.settings import Length
from loyalty_cli.reading.settings import Names
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.settings import Whole
from loyalty_cli.reading.values import refuse
from loyalty_cli.reading.values import text_of
from loyalty_cli.rules.at_most import Times
from loyalty_cli.rules.only import Periods
from loyalty_cli.rules.weekdays import Weekdays


def read_texts(value: object) -> dict[str, str]:
    """One text for everybody (under ''), or one for each language."""
    texts = value if isinstance(value, dict) else {"": value}
    if not texts:
        raise refuse("There is no text here.", "Write {example}.", example='{pl: "Dzień dobry!", ru: "Здравствуйте!"}')
    for language, text in texts.items():
        if language not in {"", *LANGUAGES}:
            raise refuse("{name} is no language known here.", "One of: {names}.", name=language, names=", ".join(LANGUAGES))
        for wrong in mistakes_in(text_of(text, "Dzień dobry, {first_name}!")):
            example = ", ".join(f"{{{name}}}" for name in FIELDS)
            hint = "Known here: {names}; two forms stand like this: {forms}."
            raise refuse("{name} is no field of a text.", hint, name=f"{{{wrong}}}", names=example, forms="{Pan|Pani}")
    return {str(language): str(text) for language, text in texts.items()}


Texts = Annotated[
    dict[str, str],
    PlainValidator(read_texts),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": {"type": "string"}}]}),
]


class MessageTerms(Settings):
    """One message: its text, by which way it goes, and when. `when:` beside it says what it is for; rewards may give it, too."""

    text: Texts = Field(description='what it says: "Dziękujemy, {first_name}!", or a text for each language {pl: …, ru: …}')
    subject: Texts | None = Field(None, description="the subject of an e-mail, likewise")
    purpose: Literal["advertising", "service", "survey"] = Field(
        "advertising", description="advertising and survey need a consent; service is about what the member has or asked for"
    )
    by: Names = Field(
        ("email", "sms"), description="the ways it may go, the first that is possible: `email, sms, letter, phone, cashier, slip`"
    )
    after: Length = Field(Span(count=0, unit="days"), description="how long after what it is for: 1 day, 1 month")
    drop_after: Length = Field(Span(count=7, unit="days"), description="how late it may go out at most; later it is dropped")
    priority: Whole = Field(0, description="which message goes first where there may not be so many; more goes first")

    @field_validator("by")
    @classmethod
    def known_ways(cls, ways: tuple[str, ...]) -> tuple[str, ...]:
        """Channels that exist, each once."""
        known = (*CHANNELS, *AT_THE_TILL)
        for way in ways:
            if way not in known or ways.count(way) > 1:
                raise refuse("{name} is no way of a message, or stands twice.", "One of: {names}.", name=way, names=", ".join(known))
        return ways

    def text_in(self, language: str, usual: str) -> str:
        """The text for a member's language, else for the program's, else the first there is."""
        return chosen(self.text, language, usual)

    def subject_in(self, language: str, usual: str) -> str:
        """The subject likewise; '' where there is none."""
        return chosen(self.subject, language, usual) if self.subject else ""


def chosen(texts: dict[str, str], language: str, usual: str) -> str:
    """The text for a language."""
    return texts.get(language) or texts.get(usual) or texts.get("") or next(iter(texts.values()))


class Contact(Settings):
    """How much is too much. Messages of service are never held back by `at_most`."""

    at_most: Times | None = Field(None, description="how many messages of advertising and surveys a member gets: 2 in 7 days")
    surveys: Times | None = Field(None, description="how often a member is asked for an opinion, whichever survey it is: once in 90 days")
    hours: Hours | None = Field(None, description="when messages go out, by the shop's clocks: 9:00 to 20:00")
    no_advertising_on: Weekdays = Field((), description="weekdays without advertising: sunday")
    no_advertising_during: Periods = Field((), description="days without advertising: 2026-12-24, or a list with A to B")
    sms_part_costs: Amount = Field(0, description="what one part of a text message costs, for `messages preview`")
    says_first: Names = Field((), description="groups whose members get the first of two forms: {Pan|Pani}")
    says_second: Names = Field((), description="groups whose members get the second of two forms")
