"""Close a draw: freeze tickets and rules, and publish their hashes before any number is known."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from loyalty_cli.engine.drand import first_round_after
from loyalty_cli.engine.drand import QUICKNET
from loyalty_cli.engine.draw_files import HASHES
from loyalty_cli.engine.draw_files import hashes_txt
from loyalty_cli.engine.draw_files import RULES
from loyalty_cli.engine.draw_files import rules_txt
from loyalty_cli.engine.draw_files import VOID
from loyalty_cli.engine.draw_names import draw_key
from loyalty_cli.engine.draw_names import pseudonym
from loyalty_cli.engine.draw_names import slug
from loyalty_cli.engine.draw_proof import sha256_of
from loyalty_cli.model.days import iso
from loyalty_cli.model.draw import Frozen
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.outcome import Outcome
from loyalty_cli.model.phrase import phrase
from loyalty_cli.operations.draw_folder import made_aside
from loyalty_cli.operations.draw_folder import put_in_place
from loyalty_cli.operations.draw_folder import write_entries
from loyalty_cli.operations.draw_folder import write_texts
from loyalty_cli.operations.draw_rules import draw_rules
from loyalty_cli.operations.draw_state import folder_of
from loyalty_cli.operations.draw_state import folder_text
from loyalty_cli.operations.draw_state import kept_draw
from loyalty_cli.operations.draw_state import restore_frozen_files
from loyalty_cli.store import draws

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.draw import DrawRules
    from loyalty_cli.model.phrase import Phrase
    from loyalty_cli.operations.shop import Shop
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.draws import KeptDraw


def draw_close(
    shop: Shop,
    name: str,
    *,
    folder: Path | None = None,
    accept_late: bool = False,
    by: str = "",
    dry_run: bool = False,
) -> Outcome:
    """Freeze a draw; again with the same tickets and rules changes nothing, with others it is refused."""
    with shop.changing(dry_run=dry_run) as connection:
        rules = draw_rules(connection, name)
        kept = draws.draw_called(connection, name)
        if kept is None:
            refuse_too_early(rules, draws.today(connection, shop.now))
            late = open_matters(connection, rules, accepted=accept_late)
            where = folder or shop.database.parent / "draws" / free_slug(connection, name)
            draw_id = add_draw(connection, shop, rules, folder=where, by=by)
            with made_aside(where) as place:
                kept = freeze(connection, rules, draw_id, place=place, closed_at=shop.moment)
                if not dry_run:
                    draws.keep(connection)
                    put_in_place(where)
            return closed(kept, where, warnings=late)
        refuse_other_data(connection, kept, rules)
        where = folder_of(shop, kept)
        again = [] if dry_run else restore_frozen_files(connection, kept, where)
        return closed(kept, where, warnings=again, quiet=not again)


def refuse_too_early(rules: DrawRules, today: Day) -> None:
    """A draw closes after its last day, when no purchase can add a ticket any more."""
    if today <= rules.last_day:
        raise Refused(
            "The draw {name} runs until {day}; it can be closed from the next day on.",
            name=rules.name,
            day=iso(rules.last_day),
        )


def open_matters(connection: Connection, rules: DrawRules, *, accepted: bool) -> Sequence[Phrase]:
    """Refuse while tickets may still change; if that is accepted, what was open, as warnings."""
    matters = draws.open_matters(connection, rules.first_day, rules.last_day)
    said = []
    if matters.members:
        said.append(
            phrase("{count} member waits for recalc.", "{count} members wait for recalc.", count=matters.members)
        )
    if matters.conflicts:
        said.append(
            phrase(
                "{count} receipt is in conflict.",
                "{count} receipts are in conflict.",
                count=matters.conflicts,
            )
        )
    if said and not accepted:
        raise Refused(
            "The tickets of {name} may still change: {matters}",
            hint=phrase("Run recalc and settle the conflicts, or close all the same with --accept-late."),
            name=rules.name,
            matters=" ".join(map(str, said)),
        )
    return said


def free_slug(connection: Connection, name: str) -> str:
    """The draw's short name; a name that would share another draw's gets a number."""
    short = slug(name)
    return f"{short}-{sha256_of(name)[:8]}" if draws.draw_of_slug(connection, short) else short


def add_draw(connection: Connection, shop: Shop, rules: DrawRules, *, folder: Path, by: str) -> int:
    """Record a new draw and its entrants in the open transaction."""
    if folder.exists():
        text = "There is a folder {folder} already; name another one with --folder."
        raise Refused(text, folder=str(folder))
    short = free_slug(connection, rules.name)
    kept_as = folder_text(shop, folder)
    draw_id = draws.add_draw(connection, rules, slug=short, folder=kept_as, closed_at=shop.moment, by=by)
    key = draw_key(draws.secret(connection), short)
    draws.add_entrants(connection, draw_id, rules, partial(pseudonym, key))
    return draw_id


def freeze(connection: Connection, rules: DrawRules, draw_id: int, *, place: Path, closed_at: str) -> KeptDraw:
    """Write the frozen files aside, and their hashes into the open transaction."""
    entries = write_entries(place, draws.entrants_by_pseudonym(connection, draw_id))
    if not entries.tickets:
        raise Refused("Nobody has a ticket for {name}.", name=rules.name)
    text = published_rules(rules)
    facts = Frozen(
        draw=kept_draw(connection, rules.name).slug,
        tickets=entries.tickets,
        closed_at=closed_at,
        entries=entries.sha256,
        void=sha256_of(""),
        rules=sha256_of(text),
    )
    write_texts(place, {VOID: "", RULES: text, HASHES: hashes_txt(facts)})
    draws.freeze(connection, draw_id, facts, rules=text)
    return kept_draw(connection, rules.name)


def published_rules(rules: DrawRules) -> str:
    """The text of rules.txt."""
    try:
        return rules_txt(rules)
    except ValueError as error:
        raise Refused(
            "{text} can not be published: a name must be one line of letters.", text=repr(str(error))
        ) from error


def refuse_other_data(connection: Connection, kept: KeptDraw, rules: DrawRules) -> None:
    """A closed draw stays as it is: other tickets or other rules are refused."""
    if rules_txt(rules) != kept.rules:
        raise Refused("The draw {name} was closed on {at} with other rules.", name=kept.name, at=kept.closed_at)
    changed = draws.members_with_other_tickets(connection, kept, rules.last_day)
    if changed:
        raise Refused(
            "The draw {name} was closed on {at}; since then the tickets of {members} members have changed.",
            hint=phrase("What was frozen holds."),
            name=kept.name,
            at=kept.closed_at,
            members=changed,
        )


def closed(kept: KeptDraw, folder: Path, *, warnings: Sequence[Phrase], quiet: bool = False) -> Outcome:
    """What to hang up: the hashes, and from which round on numbers may come."""
    first_round = first_round_after(QUICKNET, int(datetime.fromisoformat(kept.closed_at).timestamp()))
    return Outcome(
        said=(
            phrase("{name} is closed since {at}.", name=kept.name, at=kept.closed_at),
            phrase("Tickets: {tickets}. Entrants: {entrants}.", tickets=kept.tickets, entrants=kept.entrants),
            phrase("The frozen files lie in {folder}.", folder=str(folder)),
            phrase("For the poster, before any number is known:"),
            phrase("  entries.txt  {hash}", hash=kept.entries_sha256),
            phrase("  void.txt     {hash}", hash=kept.void_sha256),
            phrase("  rules.txt    {hash}", hash=kept.rules_sha256),
            phrase(
                "Say now where the number will come from: dice, lottery, drand quicknet from round {round}.",
                round=str(first_round),
            ),
        ),
        warnings=warnings,
        data={
            "draw": kept.name,
            "folder": str(folder),
            "closed_at": kept.closed_at,
            "tickets": kept.tickets,
            "entrants": kept.entrants,
            "entries_sha256": kept.entries_sha256,
            "void_sha256": kept.void_sha256,
            "rules_sha256": kept.rules_sha256,
            "first_drand_round": first_round,
        },
        quiet=quiet,
    )
