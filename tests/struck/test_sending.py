"""Sending killed around a claim and around the lone dot: everything arrives once, or somebody is told that it may have gone.

A few moments that are always the same; `python -m tests.benchmarks.sends` strikes at every call, sends 500, and knows Postfix.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from tests.senders.mailroom import mail_server
from tests.senders.mailroom import Mailroom
from tests.struck import calls
from tests.struck.judging import WAYS
from tests.struck.sending import Mailing
from tests.struck.sending import shop_with_mail
from tests.struck.sending import wrong_in_mails

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [
    pytest.mark.skipif(not calls.POSSIBLE, reason=calls.WHY_NOT),
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning"),
]


@pytest.fixture
def mailing(tmp_path: Path) -> Iterator[Mailing]:
    """Two members who can be reached, one whom the server takes at the second try, and an address that does not exist."""
    room = Mailroom()
    with mail_server(room) as port:
        addresses = ("ana@x.example", "nobody@x.example", "grey@x.example", "jan@x.example")
        yield Mailing(shop_with_mail(tmp_path, addresses, port), room)


def test_wherever_sending_is_struck_everything_arrives_once_or_is_told_as_doubtful(mailing: Mailing) -> None:
    assert mailing.whole == {"ana@x.example": 1, "grey@x.example": 1, "jan@x.example": 1}
    assert wrong_in_mails(mailing.room) == []
    first, last = mailing.dots
    chance = random.Random(20261129)
    # Before the dot nothing has gone; the call after it is the first of noting the answer.
    around = [("killed", first), ("killed", first + 1), ("disk fails", last), ("full", last + 1)]
    struck = mailing.struck([*around, *chance.sample(mailing.moments(WAYS), 1)])
    assert struck.wrong == []
    assert struck.codes[137] >= 2
