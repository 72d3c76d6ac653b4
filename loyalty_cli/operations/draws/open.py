"""Open a draw: check its rules, print the announcement, fix where the number comes from, commit to a secret."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from loyalty_cli.countries.draw_law import formalities
from loyalty_cli.draws.announced import hints_about
from loyalty_cli.draws.announced import mistakes_in
from loyalty_cli.draws.announced import published_rules
from loyalty_cli.draws.methods.all_methods import commitment_to
from loyalty_cli.draws.methods.all_methods import METHODS
from loyalty_cli.draws.papers.announcement import announcement
from loyalty_cli.draws.papers.announcement import formalities_said
from loyalty_cli.draws.proof.draw import sha256_of
from loyalty_cli.model.errors import Hindered
from loyalty_cli.model.errors import Obstacle
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.kept_draw import Opening
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.draws.rules import draw_rules
from loyalty_cli.operations.draws.state import refuse_closed
from loyalty_cli.operations.in_force import adopted_program
from loyalty_cli.operations.shop_language import shop_facts
from loyalty_cli.store.draws import draws
from loyalty_cli.store.draws.openings import opening_of
from loyalty_cli.store.draws.openings import save_opening
from loyalty_cli.store.settings import at_moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.draw import DrawRules
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection


def draw_open(
    shop: Shop,
    name: str,
    *,
    commit_secret: bool = False,
    changed: bool = False,
    by: str = "",
    dry_run: bool = False,
) -> Outcome:
    """Announce a draw; again with the same rules only prints it, with other rules it must be said to be changed."""
    with shop.changing(dry_run=dry_run) as connection:
        rules = draw_rules(connection, name)
        refuse_closed(connection, name)
        refuse_secret_in_contest(rules, wanted=commit_secret)
        before = opening_of(connection, name)
        secret = secret_of(before, shop, rules, wanted=commit_secret or rules.wants_secret or METHODS[rules.method].one_time_codes)
        if secret:
            rules = replace(rules, commitment=commitment_to(rules.method, secret))
        text = published_rules(rules)
        same = before is not None and before.rules == text
        if not same:
            refuse_unsound(connection, shop, rules)
            refuse_silent_change(connection, before, changed=changed)
            save_opening(connection, Opening(name, shop.moment, by, sha256_of(text), text, secret))
        today, country = draws.today(connection, shop.now), rules.formalities.country
        said = announcement(block_of(connection, name), rules)
        law = formalities_said(country, formalities(country, rules.purpose, today))
        language = shop_facts(shop, connection).language
        without = [each for each in rules.exclusions.winners_of if not has_winners(connection, each)]
        warnings = list(hints_about(rules, today=today, without_winners=without))
        since = at_moment(connection, before.opened_at if same and before else shop.moment)
    return Outcome(
        said=[
            phrase("{name} is announced since {at}.", name=name, at=since),
            *said,
            phrase("SHA-256 of these rules: {hash}", hash=sha256_of(text)),
            *law,
        ],
        warnings=warnings,
        data=data_of(rules, text, law),
        language=language,
    )


def refuse_secret_in_contest(rules: DrawRules, *, wanted: bool) -> None:
    """Where nothing is drawn, a secret has nothing to go into."""
    if wanted and rules.contest:
        raise Refused(
            "{name} is a contest: the ranking decides, and there is no number that a secret could go into.",
            hint=phrase("Open it without --commit-secret."),
            name=rules.name,
        )


def secret_of(before: Opening | None, shop: Shop, rules: DrawRules, *, wanted: bool) -> str:
    """The secret that was committed to, else a fresh one if one is wanted, else ''."""
    if before is not None and before.secret:
        return before.secret
    if not wanted or rules.contest:
        return ""
    return hashlib.sha256(f"draw secret\n{rules.name}\n{shop.secret}".encode()).hexdigest()


def refuse_unsound(connection: Connection, shop: Shop, rules: DrawRules) -> None:
    """Rules that would make trouble later are not announced."""
    mistakes = list(mistakes_in(rules, adopted_program(connection), now=shop.now))
    if mistakes:
        hint = phrase("Complete the draw in the program file, then: loyalty program adopt")
        raise Hindered("The draw {name} can not be announced yet.", list(map(Obstacle, mistakes)), hint=hint, name=rules.name)


def refuse_silent_change(connection: Connection, before: Opening | None, *, changed: bool) -> None:
    """What was announced is changed only knowingly."""
    if before is not None and not changed:
        raise Refused(
            "The draw {name} was announced with other rules on {at}.",
            hint=phrase("If the change is announced to everybody, too: loyalty draw open --changed"),
            name=before.name,
            at=at_moment(connection, before.opened_at),
        )


def block_of(connection: Connection, name: str) -> object:
    """The draw as the program has it."""
    program = adopted_program(connection)
    return program.draws.get(name) if program else None


def data_of(rules: DrawRules, text: str, law: Sequence[Phrase]) -> dict[str, object]:
    """The announcement for a script."""
    return {
        "draw": rules.name,
        "rules": text,
        "rules_sha256": sha256_of(text),
        "number_from": rules.source.kind,
        "number_round": rules.source.round,
        "number_at": rules.source.at,
        "secret_sha256": rules.commitment,
        "formalities": [str(each) for each in law],
    }


def has_winners(connection: Connection, name: str) -> bool:
    """Whether the draw of a name has been made."""
    kept = draws.draw_called(connection, name)
    return kept is not None and kept.run_at is not None
