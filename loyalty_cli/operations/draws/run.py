"""Run a closed draw: bind the frozen files and the public number into a seed, pick, and publish the proof."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from loyalty_cli.draws.kept import facts_of
from loyalty_cli.draws.methods.all_methods import METHODS
from loyalty_cli.draws.methods.all_methods import revealed
from loyalty_cli.draws.methods.prizedraw import drawn
from loyalty_cli.draws.numbers.drand import MARGIN
from loyalty_cli.draws.numbers.drand import round_of
from loyalty_cli.draws.numbers.source import source_differences
from loyalty_cli.draws.papers.winners import winners_shown
from loyalty_cli.draws.proof.claims import read_claim
from loyalty_cli.draws.proof.draw import PROOF
from loyalty_cli.draws.proof.draw import published
from loyalty_cli.draws.proof.facts import read_rules
from loyalty_cli.model.draw import NO_SECRET
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.draws.folder import clear_aside
from loyalty_cli.operations.draws.folder import frozen_urn
from loyalty_cli.operations.draws.folder import publish
from loyalty_cli.operations.draws.folder import tools
from loyalty_cli.operations.draws.state import folder_of
from loyalty_cli.operations.draws.state import kept_draw
from loyalty_cli.operations.draws.state import restore_frozen_files
from loyalty_cli.operations.draws.state import with_proof
from loyalty_cli.store.draws import draws
from loyalty_cli.store.draws.life import places
from loyalty_cli.store.draws.openings import opening_of
from loyalty_cli.store.settings import at_moment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from loyalty_cli.model.draw import DrawResult
    from loyalty_cli.model.draw import DrawRules
    from loyalty_cli.model.draw import Randomness
    from loyalty_cli.model.kept_draw import KeptDraw
    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection


def draw_run(shop: Shop, name: str, *, chance: Randomness) -> Outcome:
    """Draw the winners, once; a run that was stopped while its files were published is finished."""
    with shop.changing() as connection:
        kept = kept_draw(connection, name)
        folder = folder_of(shop, kept)
        clear_aside(folder)
        chance = with_kept_secret(connection, read_rules(kept.rules), chance)
        if kept.run_at is not None:
            result = finish_publishing(connection, kept, folder, chance)
        else:
            result = run_now(connection, shop, kept, folder, chance=chance)
        won, currency = places(connection, kept.id), draws.currency(connection)
        return with_proof(connection, winners_shown(kept, str(folder), result, won=won, currency=currency))


def run_now(connection: Connection, shop: Shop, kept: KeptDraw, folder: Path, *, chance: Randomness) -> DrawResult:
    """Draw, record the run and publish it."""
    rules = read_rules(kept.rules)
    restore_frozen_files(connection, kept, folder)
    refuse_other_source(rules, chance)
    refuse_wrong_time(connection, chance, kept, shop)
    result, texts = result_of(kept, folder, chance)
    run = draws.Run(public=chance.public, secret=chance.secret, seed=result.seed, run_at=shop.moment, proof=texts[PROOF])
    draws.save_run(connection, kept.id, run, result.winners)
    publish(folder, texts, keep=lambda: draws.keep(connection, shop.moment))
    return result


def with_kept_secret(connection: Connection, rules: DrawRules, chance: Randomness, *, number: int = 1) -> Randomness:
    """The randomness with the secret that the draw's announcement committed to, if the shop keeps it."""
    opening = opening_of(connection, rules.name)
    if chance.secret != NO_SECRET or not rules.commitment or opening is None or not opening.secret:
        return chance
    return replace(chance, secret=revealed(rules.method, opening.secret, number=number))


def refuse_other_source(rules: DrawRules, chance: Randomness) -> None:
    """The number comes from where it was announced, and a secret is the one that was committed to."""
    for difference in source_differences(rules, chance):
        raise Refused("The draw {name} can not be run: {what}", name=rules.name, what=difference)


def finish_publishing(connection: Connection, kept: KeptDraw, folder: Path, chance: Randomness) -> DrawResult:
    """Publish a recorded run whose files are not all in place; refuse a second run."""
    recorded = read_claim(kept.proof).chance if kept.proof else None
    proof = folder / PROOF
    is_whole = proof.exists() and proof.read_bytes() == (kept.proof or "").encode()
    if recorded is None or is_whole or recorded.public != chance.public:
        raise Refused("The draw {name} was run on {at}; a draw is run once.", name=kept.name, at=at_moment(connection, kept.run_at or ""))
    restore_frozen_files(connection, kept, folder)
    result, texts = result_of(kept, folder, recorded)
    publish(folder, texts)
    return result


def refuse_wrong_time(connection: Connection, chance: Randomness, kept: KeptDraw, shop: Shop) -> None:
    """A number must come after the close, when nobody knew it, and not before the moment that was announced."""
    rules = read_rules(kept.rules)
    if rules.source.at and shop.now < datetime.fromisoformat(rules.source.at):
        raise Refused(
            "The number of {name} was announced for {at}; it is not yet that time.",
            name=rules.name,
            at=at_moment(connection, rules.source.at),
        )
    named = round_of(chance.public)
    if named is None:
        return
    if named.at < datetime.fromisoformat(kept.closed_at).timestamp() + MARGIN:
        raise Refused(
            "drand round {round} was published before {at}, or less than {margin} seconds after the close.",
            round=str(named.number),
            at=at_moment(connection, kept.closed_at),
            margin=MARGIN,
        )
    refuse_not_published(chance, shop)


def refuse_not_published(chance: Randomness, shop: Shop) -> None:
    """A beacon's number is used once it is there."""
    named = round_of(chance.public)
    if named is not None and named.at > shop.now.timestamp():
        raise Refused(
            "drand round {round} has not been published yet.",
            hint=phrase("Check the number of the round, and this computer's clock."),
            round=str(named.number),
        )


def result_of(kept: KeptDraw, folder: Path, chance: Randomness) -> tuple[DrawResult, Mapping[str, str]]:
    """Draw from the frozen files, which must be as frozen to the byte, and make every text of the proof."""
    facts, rules = facts_of(kept), read_rules(kept.rules)
    refuse_too_many(rules, facts.tickets)
    with frozen_urn(folder, facts) as urn:
        result = drawn(METHODS[rules.method].seed(facts, chance), urn, rules)
    refuse_too_few(rules, result)
    return result, published(facts, chance, result, tools=tools(rules.method))


def refuse_too_many(rules: DrawRules, tickets: int) -> None:
    """A method may count no further than so many, as RFC 3797 does, which counts in 16 bits."""
    most = METHODS[rules.method].most_tickets
    if most is not None and tickets > most:
        raise Refused(
            "Tickets from which the method {method} can draw: at most {largest}; {name} has {count}.",
            method=rules.method,
            largest=most,
            name=rules.name,
            count=tickets,
        )


def refuse_too_few(rules: DrawRules, result: DrawResult) -> None:
    """Whoever draws numbers outside goes on until every place is filled that can be."""
    if METHODS[rules.method].drawn_by_others and result.ended:
        raise Refused(
            "Numbers said: {count}, places that they fill: {places}; others stay empty.",
            hint=phrase("Draw further numbers, and give all of them in the order they were drawn."),
            count=len(result.picks),
            places=len(result.winners),
        )
