"""What a member said to being written to or called: for one channel and one purpose, from a day on; answers are only added.

The front of what is asked everywhere before anything goes out: `may(consents, channel, purpose, day)`.
"""

from __future__ import annotations

from typing import Literal
from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyalty_cli.model.days import Day

EMAIL, SMS, LETTER, PHONE = CHANNELS = ("email", "sms", "letter", "phone")
ADVERTISING, SERVICE, SURVEY = PURPOSES = ("advertising", "service", "survey")
# Messages about what a member has asked for or owns: the shop owes them, unless the member wants none.
WITHOUT_CONSENT = frozenset({SERVICE})
WITH_CONSENT = (ADVERTISING, SURVEY)
DRAWS = "draws"
"""What is said about taking part in draws is a consent as well, with a channel and a purpose of its own."""
# How people and lists call channels besides our words; letters as they are compared, small.
CALLED = {
    **dict.fromkeys(("e-mail", "mail", "e-mailing", "newsletter", "эл. почта", "email marketing"), EMAIL),
    **dict.fromkeys(("text", "смс", "sms marketing"), SMS),
    **dict.fromkeys(("post", "list", "poczta", "письмо", "почта", "scrisoare", "poștă"), LETTER),
    **dict.fromkeys(("telephone", "call", "telefon", "телефон", "звонок"), PHONE),
}

State = Literal["given", "withdrawn", "asked", "never"]


class Consent(NamedTuple):
    """One answer. `given` is None where the member was asked and has not confirmed yet (double opt-in).

    `number` is its place in the order of entering: of two answers of one day the later one holds. `day` is the first day
    on which it holds, `at` the moment of entering (ISO, UTC); `by` is who took it, `source` where, `proof` what shows it.
    """

    channel: str
    purpose: str
    given: bool | None
    day: Day
    number: int = 0
    wording: str = ""
    version: str = ""
    source: str = ""
    proof: str = ""
    by: str = ""
    at: str = ""

    @property
    def state(self) -> State:
        """As a word."""
        return "asked" if self.given is None else "given" if self.given else "withdrawn"


class May(NamedTuple):
    """Whether something may go out, the state of the consent that says so, and since which day (None: never asked)."""

    allowed: bool
    state: State
    since: Day | None


def may(consents: Iterable[Consent], channel: str, purpose: str, day: Day) -> May:
    """Whether a member may get something for a purpose on a channel on a day, by the last answer given by then."""
    last = None
    # A loop of its own: this is asked for every member and way.
    for one in consents:
        fits = one.channel == channel and one.purpose == purpose and one.day <= day
        if fits and (last is None or (one.day, one.number) > (last.day, last.number)):
            last = one
    if last is None:
        return May(purpose in WITHOUT_CONSENT, "never", None)
    return May(bool(last.given), last.state, last.day)


def consent_called(text: str) -> tuple[str, str]:
    """Channel and purpose of `email`, `SMS`, `sms:survey`, `draws`; a purpose that is not said is advertising.

    >>> consent_called("E-Mail"), consent_called("sms:survey"), consent_called("draws")
    (('email', 'advertising'), ('sms', 'survey'), ('draws', 'draws'))
    """
    said, _, purpose = text.partition(":")
    word = " ".join(said.split())
    known = word.casefold()
    channel = known if known in {*CHANNELS, DRAWS} else CALLED.get(known, word)
    return channel, DRAWS if channel == DRAWS else purpose.strip().casefold() or ADVERTISING


def channel_in(text: str) -> str:
    """The channel that a text names among other words, as the heading of a column does; '' if it names none or several.

    >>> channel_in("Zgoda SMS"), channel_in("Acord e-mail"), channel_in("Zgoda marketingowa")
    ('sms', 'email', '')
    """
    words = text.casefold().replace("(", " ").replace(")", " ").replace(":", " ").split()
    found = {channel for word in words if (channel := consent_called(word)[0]) in CHANNELS}
    return found.pop() if len(found) == 1 else ""


def consent_said(channel: str, purpose: str) -> str:
    """A channel and a purpose as they are written: `email`, `sms:survey`."""
    return channel if purpose in {ADVERTISING, DRAWS} else f"{channel}:{purpose}"
