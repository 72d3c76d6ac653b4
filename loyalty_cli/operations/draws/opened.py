"""What was announced of a draw, and that what comes later is still the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import zip_longest
from typing import TYPE_CHECKING

from loyalty_cli.draws.methods.all_methods import commitment_to
from loyalty_cli.draws.proof.files import rules_txt
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.store.draws.openings import opening_of

if TYPE_CHECKING:
    from loyalty_cli.model.draw import DrawRules
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection


def published_rules(rules: DrawRules) -> str:
    """The text of rules.txt."""
    try:
        return rules_txt(rules)
    except ValueError as error:
        raise Refused(
            "{text} can not be published: a name must be one line of letters.", text=repr(str(error))
        ) from error


def as_opened(connection: Connection, rules: DrawRules) -> DrawRules:
    """The rules with the secret they commit to, if the draw was opened; refused if it was opened with others."""
    opening = opening_of(connection, rules.name)
    if opening is None:
        if rules.wants_secret:
            raise Refused(
                "The rules of {name} promise a secret, and the draw was not opened.",
                hint=phrase('The secret is made and announced with: loyalty draw open "{name}"', name=rules.name),
                name=rules.name,
            )
        return rules
    if opening.secret:
        rules = replace(rules, commitment=commitment_to(rules.method, opening.secret))
    text = published_rules(rules)
    if text != opening.rules:
        was, now = next(
            (was, now) for was, now in zip_longest(opening.rules.split("\n"), text.split("\n")) if was != now
        )
        raise Refused(
            "The draw {name} was announced with other rules: {was}, and the program says now: {now}.",
            hint=phrase("Put the program back, or announce the change first: loyalty draw open --changed"),
            name=rules.name,
            was=repr(was or ""),
            now=repr(now or ""),
        )
    return rules


def refuse_number_known(rules: DrawRules, shop: Shop) -> None:
    """Tickets are frozen before the announced number can be known, else closing proves nothing."""
    source = rules.source
    if source.at and datetime.fromisoformat(source.at) <= shop.now:
        raise Refused(
            "The number of {name} is known since {at}; tickets that are frozen now would prove nothing.",
            hint=phrase(
                "Name a later moment under randomness in the program, adopt it, and announce it: "
                "loyalty draw open --changed"
            ),
            name=rules.name,
            at=datetime.fromisoformat(source.at),
        )
