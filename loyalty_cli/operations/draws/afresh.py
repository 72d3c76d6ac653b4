"""Drawing one place again from a new public number: its own proof joins the published folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.draws.numbers.drand import round_of
from loyalty_cli.draws.numbers.source import source_differences
from loyalty_cli.draws.proof.claims import read_claim
from loyalty_cli.draws.proof.draw import PROOF
from loyalty_cli.draws.proof.draw import sha256_of
from loyalty_cli.draws.proof.files import ENTRIES
from loyalty_cli.draws.proof.files import HASHES
from loyalty_cli.draws.proof.files import hashes_txt
from loyalty_cli.draws.proof.files import RULES
from loyalty_cli.draws.proof.files import urn_of
from loyalty_cli.draws.proof.files import VOID
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
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.draws.folder import add_in_place
from loyalty_cli.operations.draws.folder import made_aside
from loyalty_cli.operations.draws.folder import write_texts
from loyalty_cli.operations.draws.run import frozen_text
from loyalty_cli.operations.draws.run import not_as_frozen
from loyalty_cli.operations.draws.run import refuse_too_few
from loyalty_cli.operations.draws.run import with_kept_secret
from loyalty_cli.operations.draws.state import facts_of
from loyalty_cli.operations.draws.state import folder_of
from loyalty_cli.reading.csv.tickets import ticket_file
from loyalty_cli.store.draws import draws
from loyalty_cli.store.draws import life as draw_life

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from loyalty_cli.model.draw import DrawResult
    from loyalty_cli.model.draw import Randomness
    from loyalty_cli.model.kept_draw import KeptPlace
    from loyalty_cli.operations.draws.places import MadeDraw
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection


def draw_afresh(
    connection: Connection, shop: Shop, made: MadeDraw, *, place: KeptPlace, chance: Randomness, by: str
) -> None:
    """Draw the place, record who has it now, and publish the proof."""
    if made.rules.contest:
        raise Refused("{name} is a contest: nobody is drawn, the next in the ranking moves up.", name=made.kept.name)
    folder = folder_of(shop, made.kept)
    before = proofs_of(connection, made)
    if made.rules.method == "vrs":
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
    with made_aside(folder) as aside:
        write_texts(aside, texts)
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
        draws.keep(connection)
        add_in_place(folder, texts)


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
    named = round_of(again.chance.public)
    if named is not None and named.at > shop.now.timestamp():
        raise Refused(
            "drand round {round} has not been published yet.",
            hint=phrase("Check the number of the round, and this computer's clock."),
            round=str(named.number),
        )


def result_of(made: MadeDraw, folder: Path, again: Again, before: Mapping[str, str]) -> tuple[DrawResult, str]:
    """Draw the place from the frozen files, which must be as frozen to the byte, and make its proof."""
    facts = facts_of(made.kept)
    void = frozen_text(folder, VOID, facts.void)
    frozen_text(folder, RULES, facts.rules)
    frozen_text(folder, HASHES, sha256_of(hashes_txt(facts)))
    frozen_text(folder, PROOF, sha256_of(before[PROOF]))
    so_far = [
        Winner(one.place, "" if one.reserve else one.prize, bool(one.reserve), one.pseudonym, one.ticket, one.pick)
        for one in made.places
    ]
    with (folder / ENTRIES).open("rb") as file:
        tickets = ticket_file(file)
        if tickets.sha256 != facts.entries:
            raise not_as_frozen(folder / ENTRIES)
        urn = urn_of(tickets, void, made.rules, later=len(before) + 1)
        result = drawn_again(again, made.rules, facts, urn=urn, so_far=so_far)
    refuse_too_few(made.rules, result)
    if not result.winners:
        raise Refused("Nobody is left who could win place {place}.", place=again.place)
    hashes = {**read_claim(before[PROOF]).files, **{name: sha256_of(text) for name, text in before.items()}}
    return result, again_json(again, facts, result, hashes=hashes)


def finish_publishing(
    connection: Connection, made: MadeDraw, folder: Path, *, recorded: Redraw, chance: Randomness
) -> None:
    """Publish a recorded redraw whose files are not all in place; refuse a second one of the same place."""
    texts = later_texts(proofs_of(connection, made))
    is_whole = all((folder / name).is_file() and text_in(folder, name) == text for name, text in texts.items())
    if is_whole or read_again(recorded.proof, recorded.number).chance.public != chance.public:
        raise Refused(
            "The prize of place {place} has gone to place {other} already.",
            place=recorded.place,
            other=recorded.new_place,
        )
    with made_aside(folder) as aside:
        write_texts(aside, texts)
        add_in_place(folder, texts)


def text_in(folder: Path, name: str) -> str:
    """A published text as it lies there."""
    return (folder / name).read_bytes().decode("utf-8", "replace")
