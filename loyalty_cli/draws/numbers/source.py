"""Whether a public number comes from where the draw's rules said it would, and a secret is the one committed to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.draws.methods.all_methods import commitment_of
from loyalty_cli.draws.methods.external import PREFIX
from loyalty_cli.draws.methods.rfc3797 import is_key
from loyalty_cli.draws.numbers.drand import QUICKNET
from loyalty_cli.draws.numbers.drand import round_of
from loyalty_cli.model.draw import NO_SECRET
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.model.draw import DrawRules
    from loyalty_cli.model.draw import NumberSource
    from loyalty_cli.model.draw import Randomness
    from loyalty_cli.model.shown.phrase import Phrase

FIRST_WORDS = {"dice": "dice", "lottery": "lotto"}
"""With which word the public line of a source begins."""


def source_differences(rules: DrawRules, chance: Randomness, *, later: bool = False) -> Iterator[Phrase]:
    """What of the number is not as the rules announced it; `later` is a draw made again, whose round is another."""
    yield from form_differences(rules, chance.public)
    if rules.method in {"prizedraw/1", "vrs"}:
        yield from kind_differences(rules.source, chance.public, later=later)
    if rules.commitment and not later and chance.secret == NO_SECRET:
        yield phrase("The rules commit to a secret, and none was revealed.")
    elif rules.commitment and not later and commitment_of(rules.method, chance.secret) != rules.commitment:
        yield phrase("The secret is not the one whose SHA-256 the rules state.")


def form_differences(rules: DrawRules, public: str) -> Iterator[Phrase]:
    """Numbers in the form that the method needs."""
    first = public.partition(" ")[0]
    if rules.method == "rfc3797" and not is_key(public):
        yield phrase("The method rfc3797 needs the numbers of its sources; {text} is no key of them.", text=public)
    if (rules.method == "external") != (first == PREFIX):
        yield phrase("Numbers drawn outside belong to the method external, and this draw has {name}.", name=rules.method)


def kind_differences(source: NumberSource, public: str, *, later: bool) -> Iterator[Phrase]:
    """The source that was announced against the one that the public line names."""
    first = public.partition(" ")[0]
    match source.kind:
        case "drand quicknet":
            named = round_of(public)
            if named is None or named.chain != QUICKNET:
                yield phrase("The rules announced {source}; the number is {public}.", source=source.kind, public=public)
            elif source.round and not later and named.number != source.round:
                yield phrase(
                    "The rules announced drand round {round}, not {other}.",
                    round=str(source.round),
                    other=str(named.number),
                )
        case "dice" | "lottery":
            if first != FIRST_WORDS[source.kind]:
                yield phrase("The rules announced {source}; the number is {public}.", source=source.kind, public=public)
        case "external":
            if first in {"drand", *FIRST_WORDS.values()}:
                yield phrase("The rules announced {source}; the number is {public}.", source=source.kind, public=public)
        case _:
            return
