"""Close a draw: freeze tickets and rules, and publish their hashes before any number is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from loyalty_cli.draws.announced import published_rules
from loyalty_cli.draws.announced import refuse_number_known
from loyalty_cli.draws.kept import rules_as_announced
from loyalty_cli.draws.names import slug
from loyalty_cli.draws.papers.poster import closed
from loyalty_cli.draws.proof.draw import sha256_of
from loyalty_cli.model.device_names import is_device
from loyalty_cli.model.draw import Frozen
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.draws.folder import frozen_texts
from loyalty_cli.operations.draws.folder import made_aside
from loyalty_cli.operations.draws.folder import put_in_place
from loyalty_cli.operations.draws.folder import write_entries
from loyalty_cli.operations.draws.folder import write_texts
from loyalty_cli.operations.draws.ready import still_open
from loyalty_cli.operations.draws.rules import as_opened
from loyalty_cli.operations.draws.rules import draw_rules
from loyalty_cli.operations.draws.run import refuse_too_many
from loyalty_cli.operations.draws.state import entry_lines
from loyalty_cli.operations.draws.state import folder_of
from loyalty_cli.operations.draws.state import folder_text
from loyalty_cli.operations.draws.state import kept_draw
from loyalty_cli.operations.draws.state import proof_so_far
from loyalty_cli.operations.draws.state import pseudonyms
from loyalty_cli.operations.draws.state import restore_frozen_files
from loyalty_cli.operations.draws.state import with_proof
from loyalty_cli.store.draws import draws
from loyalty_cli.store.draws import entrants as draw_entrants
from loyalty_cli.store.draws import ranking as draw_ranking
from loyalty_cli.store.settings import at_moment
from loyalty_cli.store.settings import kept_facts

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.draw import DrawRules
    from loyalty_cli.model.kept_draw import KeptDraw
    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection


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
        rules = as_opened(connection, draw_rules(connection, name))
        kept = draws.draw_called(connection, name)
        if kept is None:
            today = draws.today(connection, shop.now)
            refuse_too_early(rules, today)
            refuse_number_known(rules, shop.now, kept_facts(connection).timezone)
            late = still_open(connection, rules, today=today, accepted=accept_late)
            where = folder or shop.database.parent / "draws" / free_slug(connection, name)
            refuse_folder_in_use(where)
            with made_aside(where) as place:
                kept = freeze(connection, shop, rules, where=where, place=place, by=by)
                if not dry_run:
                    draws.keep(connection, shop.moment)
                    put_in_place(where)
            done = closed(kept, str(where), since=at_moment(connection, kept.closed_at), warnings=late)
            return done if dry_run else with_proof(connection, done)
        refuse_other_data(connection, kept, rules)
        where = folder_of(shop, kept)
        again = [] if dry_run else restore_frozen_files(connection, kept, where)
        return closed(kept, str(where), since=at_moment(connection, kept.closed_at), warnings=again, quiet=not again)


def refuse_too_early(rules: DrawRules, today: Day) -> None:
    """A draw closes after its last day, when no purchase can add a ticket any more."""
    if today <= rules.last_day:
        raise Refused(
            "The draw {name} runs until {day}; it can be closed from the next day on.",
            name=rules.name,
            day=OnDay(rules.last_day),
        )


def free_slug(connection: Connection, name: str) -> str:
    """The draw's short name; one that another draw has, or that Windows keeps for a device, gets a number."""
    short = slug(name)
    return f"{short}-{sha256_of(name)[:8]}" if is_device(short) or draws.draw_of_slug(connection, short) else short


def refuse_folder_in_use(folder: Path) -> None:
    """Nothing that is there already is written over."""
    if folder.exists():
        text = "There is a folder {folder} already; name another one with --folder."
        raise Refused(text, folder=str(folder))


def freeze(connection: Connection, shop: Shop, rules: DrawRules, *, where: Path, place: Path, by: str) -> KeptDraw:
    """Record a new draw in the open transaction and write its frozen files aside."""
    kept_as = folder_text(shop, where)
    short = free_slug(connection, rules.name)
    draw_id = draws.add_draw(connection, rules, slug=short, folder=kept_as, closed_at=shop.moment, by=by)
    rules = add_entrants(connection, draw_id, rules, short=short, moment=shop.moment)
    text = published_rules(rules)
    draws.keep_rules(connection, draw_id, text)
    entries = write_entries(place, entry_lines(connection, kept_draw(connection, rules.name)))
    if not entries.tickets:
        raise Refused("Nobody has a ticket for {name}.", name=rules.name)
    refuse_too_many(rules, entries.tickets)
    facts = Frozen(
        draw=short,
        tickets=entries.tickets,
        closed_at=shop.moment,
        entries=entries.sha256,
        void=sha256_of(""),
        rules=sha256_of(text),
        method=rules.method,
        records=proof_so_far(connection),
    )
    write_texts(place, frozen_texts(place, facts, text))
    draws.freeze(connection, draw_id, facts)
    if rules.contest:
        draw_ranking.save_ranked_winners(connection, draw_id, rules, at=shop.moment)
    return kept_draw(connection, rules.name)


def add_entrants(connection: Connection, draw_id: int, rules: DrawRules, *, short: str, moment: str) -> DrawRules:
    """Find who enters, or who stands where; the rules with how many are left out."""
    closing = draws.today(connection, datetime.fromisoformat(moment))
    hidden = pseudonyms(connection, short)
    if rules.contest:
        draw_ranking.find_scores(connection, rules, closing, moment=moment)
        draw_ranking.add_ranking(connection, draw_id, rules, hidden, closing=closing)
    else:
        draw_entrants.find_holders(connection, rules, closing, moment=moment)
        draw_entrants.add_entrants(connection, draw_id, hidden)
    return replace(rules, excluded=draw_entrants.left_out(connection))


def refuse_other_data(connection: Connection, kept: KeptDraw, rules: DrawRules) -> None:
    """A closed draw stays as it is: other tickets or other rules are refused."""
    refuse_other_rules(connection, kept, rules)
    changed = changed_members(connection, kept, rules)
    if changed:
        raise Refused(
            "The draw {name} was closed on {at}; members whose tickets have changed since then: {members}.",
            hint=phrase("What was frozen holds."),
            name=kept.name,
            at=at_moment(connection, kept.closed_at),
            members=changed,
        )


def refuse_other_rules(connection: Connection, kept: KeptDraw, rules: DrawRules) -> None:
    """The rules are those that were frozen."""
    if published_rules(rules) != rules_as_announced(kept):
        raise Refused("The draw {name} was closed on {at} with other rules.", name=kept.name, at=at_moment(connection, kept.closed_at))


def changed_members(connection: Connection, kept: KeptDraw, rules: DrawRules) -> int:
    """How many members would have other tickets or another score if the draw were closed with what is known now."""
    closing = draws.today(connection, datetime.fromisoformat(kept.closed_at))
    if rules.contest:
        draw_ranking.find_scores(connection, rules, closing, moment=kept.closed_at)
        return draw_ranking.members_with_other_scores(connection, kept.id, rules)
    draw_entrants.find_holders(connection, rules, closing, moment=kept.closed_at)
    return draw_entrants.members_with_other_tickets(connection, kept.id)
