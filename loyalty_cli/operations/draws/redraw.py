"""A place that was given up goes to the next reserve, or is drawn again from a new public number with a proof of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.draws.claiming import next_reserve
from loyalty_cli.draws.claiming import refuse_not_given_up
from loyalty_cli.draws.kept import facts_of
from loyalty_cli.draws.methods.all_methods import METHODS
from loyalty_cli.draws.numbers.source import source_differences
from loyalty_cli.draws.papers.claimed import passed_on
from loyalty_cli.draws.proof.claims import read_claim
from loyalty_cli.draws.proof.draw import PROOF
from loyalty_cli.draws.proof.draw import sha256_of
from loyalty_cli.draws.proof.redraw import Again
from loyalty_cli.draws.proof.redraw import again_differences
from loyalty_cli.draws.proof.redraw import again_json
from loyalty_cli.draws.proof.redraw import drawn_again
from loyalty_cli.draws.proof.redraw import FIRST_NUMBER
from loyalty_cli.draws.proof.redraw import proof_name
from loyalty_cli.draws.proof.redraw import read_again
from loyalty_cli.draws.proof.redraw import REDRAWS
from loyalty_cli.draws.proof.redraw import redraws_txt
from loyalty_cli.model.draw import Winner
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.kept_draw import Redraw
from loyalty_cli.operations.draws.folder import clear_aside
from loyalty_cli.operations.draws.folder import frozen_text
from loyalty_cli.operations.draws.folder import frozen_urn
from loyalty_cli.operations.draws.folder import publish
from loyalty_cli.operations.draws.run import refuse_not_published
from loyalty_cli.operations.draws.run import refuse_too_few
from loyalty_cli.operations.draws.run import with_kept_secret
from loyalty_cli.operations.draws.state import as_text
from loyalty_cli.operations.draws.state import folder_of
from loyalty_cli.operations.draws.state import made_draw
from loyalty_cli.operations.shop_language import shop_facts
from loyalty_cli.store.draws import draws
from loyalty_cli.store.draws import life as draw_life

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from loyalty_cli.draws.kept import MadeDraw
    from loyalty_cli.model.draw import DrawResult
    from loyalty_cli.model.draw import Randomness
    from loyalty_cli.model.kept_draw import KeptPlace
    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection


def draw_redraw(shop: Shop, name: str, place: int, *, chance: Randomness | None = None, by: str = "") -> Outcome:
    """Give a place to the next reserve; with a new number, draw it again and publish the proof of that."""
    with shop.changing() as connection:
        made = made_draw(connection, name)
        clear_aside(folder_of(shop, made.kept))
        one = made.place(place)
        recorded = next((each for each in draw_life.redraws(connection, made.kept.id) if each.place == place), None)
        if recorded is not None and chance is not None and recorded.proof:
            finish_publishing(connection, made, folder_of(shop, made.kept), recorded=recorded, chance=chance)
        else:
            refuse_not_given_up(made, one)
            if chance is None:
                to_the_next_reserve(connection, shop, made, one, by=by)
            else:
                draw_afresh(connection, shop, made, place=one, chance=chance, by=by)
        made = made_draw(connection, name)
        redraw = next(each for each in draw_life.redraws(connection, made.kept.id) if each.place == place)
        language = shop_facts(shop, connection).language
        return passed_on(made, redraw, str(folder_of(shop, made.kept) / proof_name(redraw.number)), language)


def to_the_next_reserve(connection: Connection, shop: Shop, made: MadeDraw, place: KeptPlace, *, by: str) -> None:
    """The prize goes to the first reserve who has none."""
    reserve = next_reserve(made)
    redraw = Redraw(
        place=place.place,
        new_place=reserve.place,
        prize=place.prize,
        day=draws.today(connection, shop.now),
        at=shop.moment,
        by=by,
    )
    draw_life.save_redraw(connection, made.kept.id, redraw)


def draw_afresh(connection: Connection, shop: Shop, made: MadeDraw, *, place: KeptPlace, chance: Randomness, by: str) -> None:
    """Draw the place, record who has it now, and publish the proof."""
    if made.rules.contest:
        raise Refused("{name} is a contest: nobody is drawn, the next in the ranking moves up.", name=made.kept.name)
    folder = folder_of(shop, made.kept)
    before = proofs_of(connection, made)
    if METHODS[made.rules.method].one_time_codes:
        chance = with_kept_secret(connection, made.rules, chance, number=len(before) + 1)
    again = Again(
        number=FIRST_NUMBER + len(before) - 1,
        place=place.place,
        given_up_at=place.claimed_at,
        moved_up=[(one.place, one.prize) for one in made.places if one.reserve and one.instead_of],
        chance=chance,
    )
    refuse_wrong_number(shop, made, again, before)
    result, text = result_of(made, folder, again, before)
    texts = later_texts({**before, proof_name(again.number): text})
    draw_life.add_winner(connection, made.kept.id, result.winners[0])
    redraw = Redraw(
        place=place.place,
        new_place=result.winners[0].place,
        prize=place.prize,
        day=draws.today(connection, shop.now),
        at=shop.moment,
        by=by,
        number=again.number,
        proof=text,
    )
    draw_life.save_redraw(connection, made.kept.id, redraw)
    publish(folder, texts, keep=lambda: draws.keep(connection, shop.moment))


def proofs_of(connection: Connection, made: MadeDraw) -> dict[str, str]:
    """Every proof of the draw by its file, the first one first."""
    later = {proof_name(each.number): each.proof for each in draw_life.redraws(connection, made.kept.id) if each.proof}
    return {PROOF: made.kept.proof or "", **later}


def later_texts(proofs: Mapping[str, str]) -> dict[str, str]:
    """The files of all later proofs; their list comes last, so that where it lies, the rest lies too."""
    later = {name: text for name, text in proofs.items() if name != PROOF}
    return {**later, REDRAWS: redraws_txt(later)}


def refuse_wrong_number(shop: Shop, made: MadeDraw, again: Again, before: Mapping[str, str]) -> None:
    """The new number is one that nobody could choose, comes from the announced source, and is published by now."""
    first, *later = before.values()
    chances = [read_claim(first).chance]
    chances += [read_again(text, number).chance for number, text in enumerate(later, FIRST_NUMBER)]
    for difference in (
        *source_differences(made.rules, again.chance, later=True),
        *again_differences(again, made.rules, chances),
    ):
        raise Refused("Place {place} can not be drawn again: {what}", place=again.place, what=difference)
    refuse_not_published(again.chance, shop)


def result_of(made: MadeDraw, folder: Path, again: Again, before: Mapping[str, str]) -> tuple[DrawResult, str]:
    """Draw the place from the frozen files, which must be as frozen to the byte, and make its proof."""
    facts = facts_of(made.kept)
    frozen_text(folder, PROOF, sha256_of(before[PROOF]))
    so_far = [
        Winner(one.place, "" if one.reserve else one.prize, bool(one.reserve), one.pseudonym, one.ticket, one.pick) for one in made.places
    ]
    with frozen_urn(folder, facts, later=len(before) + 1) as urn:
        result = drawn_again(again, made.rules, facts, urn=urn, so_far=so_far)
    refuse_too_few(made.rules, result)
    if not result.winners:
        raise Refused("Nobody is left who could win place {place}.", place=again.place)
    hashes = {**read_claim(before[PROOF]).files, **{name: sha256_of(text) for name, text in before.items()}}
    return result, again_json(again, facts, result, hashes=hashes)


def finish_publishing(connection: Connection, made: MadeDraw, folder: Path, *, recorded: Redraw, chance: Randomness) -> None:
    """Publish a recorded redraw whose files are not all in place; refuse a second one of the same place."""
    texts = later_texts(proofs_of(connection, made))
    is_whole = all(as_text(folder, name) == text for name, text in texts.items())
    if is_whole or read_again(recorded.proof, recorded.number).chance.public != chance.public:
        raise Refused(
            "The prize of place {place} has gone to place {other} already.",
            place=recorded.place,
            other=recorded.new_place,
        )
    publish(folder, texts)
