"""Run a closed draw: bind the frozen files and the public number into a seed, pick, and publish the proof."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from loyalty_cli.engine.drand import MARGIN
from loyalty_cli.engine.drand import round_of
from loyalty_cli.engine.draw import drawn
from loyalty_cli.engine.draw import seed_lines
from loyalty_cli.engine.draw import seed_of
from loyalty_cli.engine.draw_claim import read_claim
from loyalty_cli.engine.draw_files import ENTRIES
from loyalty_cli.engine.draw_files import HASHES
from loyalty_cli.engine.draw_files import hashes_txt
from loyalty_cli.engine.draw_files import read_rules
from loyalty_cli.engine.draw_files import RULES
from loyalty_cli.engine.draw_files import VOID
from loyalty_cli.engine.draw_proof import PROOF
from loyalty_cli.engine.draw_proof import published
from loyalty_cli.engine.draw_proof import sha256_of
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.phrase import phrase
from loyalty_cli.operations.draw_folder import add_in_place
from loyalty_cli.operations.draw_folder import made_aside
from loyalty_cli.operations.draw_folder import tools
from loyalty_cli.operations.draw_folder import write_texts
from loyalty_cli.operations.draw_state import facts_of
from loyalty_cli.operations.draw_state import folder_of
from loyalty_cli.operations.draw_state import kept_draw
from loyalty_cli.operations.draw_state import restore_frozen_files
from loyalty_cli.operations.draw_urn import urn_of
from loyalty_cli.operations.draw_winners import winners_shown
from loyalty_cli.reading.ticket_file import ticket_file
from loyalty_cli.store import draws

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from loyalty_cli.model.draw import DrawResult
    from loyalty_cli.model.draw import Randomness
    from loyalty_cli.model.outcome import Outcome
    from loyalty_cli.operations.shop import Shop
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.draws import KeptDraw


def draw_run(shop: Shop, name: str, *, chance: Randomness) -> Outcome:
    """Draw the winners, once; a run that was stopped while its files were published is finished."""
    with shop.changing() as connection:
        kept = kept_draw(connection, name)
        folder = folder_of(shop, kept)
        if kept.proof is not None:
            finish_publishing(connection, kept, folder, chance)
            return winners_shown(connection, kept, folder, kept.seed or "")
        restore_frozen_files(connection, kept, folder)
        refuse_wrong_time(chance, kept, shop)
        with made_aside(folder) as place:
            result, texts = result_of(kept, folder, chance)
            write_texts(place, texts)
            run = draws.Run(
                public=chance.public,
                secret=chance.secret,
                seed=result.seed,
                run_at=shop.moment,
                proof=texts[PROOF],
            )
            draws.save_run(connection, kept.id, run, result.winners)
            draws.keep(connection)
            add_in_place(folder, texts)
        return winners_shown(connection, kept, folder, result.seed)


def finish_publishing(connection: Connection, kept: KeptDraw, folder: Path, chance: Randomness) -> None:
    """Publish a recorded run whose files are not all in place; refuse a second run."""
    proof = folder / PROOF
    recorded = read_claim(kept.proof or "").chance
    if (proof.exists() and proof.read_bytes() == (kept.proof or "").encode()) or recorded.public != chance.public:
        raise Refused("The draw {name} was run on {at}; a draw is run once.", name=kept.name, at=kept.run_at)
    restore_frozen_files(connection, kept, folder)
    with made_aside(folder) as place:
        _, texts = result_of(kept, folder, recorded)
        write_texts(place, texts)
        add_in_place(folder, texts)


def refuse_wrong_time(chance: Randomness, kept: KeptDraw, shop: Shop) -> None:
    """A beacon's round must come after the close, when its value was known to nobody."""
    named = round_of(chance.public)
    if named is None:
        return
    if named.at < datetime.fromisoformat(kept.closed_at).timestamp() + MARGIN:
        raise Refused(
            "drand round {round} was published before {at}, or less than {margin} seconds after the close.",
            round=str(named.number),
            at=kept.closed_at,
            margin=MARGIN,
        )
    if named.at > shop.now.timestamp():
        raise Refused(
            "drand round {round} has not been published yet.",
            hint=phrase("Check the number of the round, and this computer's clock."),
            round=str(named.number),
        )


def result_of(kept: KeptDraw, folder: Path, chance: Randomness) -> tuple[DrawResult, Mapping[str, str]]:
    """Draw from the frozen files, which must be as frozen to the byte, and make every text of the proof."""
    facts = facts_of(kept)
    void = frozen_text(folder, VOID, facts.void)
    rules = read_rules(frozen_text(folder, RULES, facts.rules))
    frozen_text(folder, HASHES, sha256_of(hashes_txt(facts)))
    with (folder / ENTRIES).open("rb") as file:
        tickets = ticket_file(file)
        if tickets.sha256 != facts.entries:
            raise not_as_frozen(folder / ENTRIES)
        result = drawn(seed_of(seed_lines(facts, chance)), urn_of(tickets, void, rules), rules)
    return result, published(facts, chance, result, tools=tools())


def frozen_text(folder: Path, name: str, sha256: str) -> str:
    """A frozen text, if it is still what was frozen."""
    content = (folder / name).read_bytes() if (folder / name).exists() else b""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise not_as_frozen(folder / name)
    return content.decode()


def not_as_frozen(file: Path) -> Refused:
    """Why a draw can not be run from changed files, and what to do."""
    return Refused(
        "{file} is not what was frozen when the draw was closed.",
        hint=phrase("Remove the folder {folder}; closing the draw again writes it as it was.", folder=str(file.parent)),
        file=str(file),
    )
