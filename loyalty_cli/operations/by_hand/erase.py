"""`loyalty member erase`: forget who a member is, for good; the books stay as they are and the member is frozen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.consent import CHANNELS
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.errors import StoreTrouble
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.by_hand.hand import before
from loyalty_cli.operations.by_hand.hand import keep
from loyalty_cli.operations.by_hand.hand import made
from loyalty_cli.operations.in_force import adopted_plan
from loyalty_cli.operations.ledger.freezing import Freezer
from loyalty_cli.operations.member_meant import card_typed
from loyalty_cli.operations.member_meant import member_of_card
from loyalty_cli.program.blocks.senders import FOLDER as OUTBOX
from loyalty_cli.store.chain.control_book import place_of
from loyalty_cli.store.copies import BACKUPS
from loyalty_cli.store.imports.set_aside import FOLDER as SET_ASIDE
from loyalty_cli.store.members.erasing import erase
from loyalty_cli.store.members.erasing import targets_knowing
from loyalty_cli.store.members.households import people_of
from loyalty_cli.store.members.naming_files import files_naming
from loyalty_cli.store.members.own_files import take_out
from loyalty_cli.store.members.records import first_card
from loyalty_cli.store.members.scrubbing import forget_in_own_texts
from loyalty_cli.store.members.scrubbing import forget_in_texts
from loyalty_cli.store.members.scrubbing import names_in_any_case
from loyalty_cli.store.members.scrubbing import rewrite
from loyalty_cli.store.members.scrubbing import words_in_no_other_name
from loyalty_cli.store.members.scrubbing import words_of
from loyalty_cli.store.members.traces import traces_of
from loyalty_cli.store.versions import versions_in_force

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.by_hand import Done
    from loyalty_cli.store.database import Connection


def member_erase(shop: Shop, card: str, asked: Asked, *, dry_run: bool = False) -> Outcome:
    """Names, ways to reach somebody, birthday and groups go; receipts, points and draws stay without a name."""
    with shop.changing(dry_run=dry_run) as connection:
        number = card_typed(connection, card)
        done = asked.begun(shop, connection, "erase", card=number)
        kept = before(connection, done)
        if kept is None:
            member = member_of_card(connection, number)
            targets, words = targets_knowing(connection, member), words_of(connection, member)
            own, names = words_in_no_other_name(connection, {member: words}), names_in_any_case(connection, [member])
            freezer, others = Freezer(connection, done.day), people_of(connection, member, done.day)[1:]
            points = freezer.forget(member, lambda: erase(connection, member, done.day))
            if points and others:
                raise others_lose(number, [first_card(connection, other) for other in others])
            freezer.leave_nothing()
            id_ = keep(connection, done._replace(member=member))
            forget_in_texts(connection, words)
            forget_in_own_texts(connection, names)
            if not dry_run:
                take_out_of_files(shop, connection, done.day, own)
    if kept is not None:
        return made_before(shop, kept)
    line = phrase("Who card {card} belonged to is forgotten: no. {number}. Old backups still know it.", card=number, number=id_)
    if not dry_run:
        written_anew(shop)
    said = [line, *points_lapse(points, freezer.day + 1)]
    warnings = [phrase("These still know the member, take them off there: {names}", names=", ".join(targets))] if targets else []
    if not dry_run:
        warnings += still_named(shop, words)
    data = {"number": id_, "card": number, **points_lapsing(points), "known_by": targets, "dry_run": dry_run}
    return Outcome(said=said, warnings=warnings, data=data)


def others_lose(card: str, others: Sequence[str]) -> Refused:
    """Points that others of a household brought are not given up with the one whose account it is; who shares it decides before."""
    hint = "Let each of them leave first, then move what is theirs: {leave} and {move}"
    leave, move = f"loyalty member household {others[0]} --leave", f"loyalty points move {card} {others[0]} POINTS"
    text = "Others share the account of card {card}, and its points would lapse for them, too: {names}."
    return Refused(text, card=card, names=", ".join(others), hint=phrase(hint, leave=leave, move=move))


def points_lapse(points: Mapping[str, int], day: Day) -> Iterator[Phrase]:
    """What becomes of the points of who is forgotten, wallet by wallet."""
    for wallet, count in sorted(points.items()):
        said = phrase(
            "{count} point lapses on {day}: nobody can claim it any more.",
            "{count} points lapse on {day}: nobody can claim them any more.",
            count=count,
            day=OnDay(day),
        )
        yield phrase("{name}: {what}", name=wallet, what=said) if wallet else said


def points_lapsing(points: Mapping[str, int]) -> dict[str, int]:
    """The same as figures; the usual points also where there are none."""
    others = {f"wallet_{wallet}_lapsing": count for wallet, count in points.items() if wallet}
    return {"points_lapsing": points.get("", 0), **others}


def made_before(shop: Shop, kept: Done) -> Outcome:
    """The answer to a request that was made before; had it no room to end, it ends now."""
    written_anew(shop)
    return made(kept)


def written_anew(shop: Shop) -> None:
    """Write the database anew once somebody is forgotten in it; where that fails, that much is done."""
    try:
        with shop.changing():
            pass  # of a chain, this takes the files away that hold no more
        rewrite(shop.database, since=shop.moment, wait=shop.wait)
    except StoreTrouble as error:
        text = "It is forgotten who it was, but {file} could not be written anew, and its free places still hold the texts."
        hint = phrase("Make room for the file once more, then say the same again.")
        raise StoreTrouble(error.exit_code, text, file=str(shop.database), hint=hint) from error


def take_out_of_files(shop: Shop, connection: Connection, day: Day, words: Collection[str]) -> None:
    """Take who is forgotten out of the files that the tool made: what waits to be sent, rows set aside."""
    program = adopted_plan(connection)[0].in_force(day) if versions_in_force(connection) else None
    ways = [program.way_of(channel) for channel in CHANNELS] if program else []
    for folder in {OUTBOX, SET_ASIDE, *(way.folder for way in ways if way)}:
        take_out(shop.folder / folder, words)


def still_named(shop: Shop, words: Collection[str]) -> list[Phrase]:
    """The shop's own files that say or may say who somebody was, such as lists and exports. Backups are known to; the database forgot."""
    besides = [shop.folder / BACKUPS, shop.database]
    with shop.reading() as connection:
        if place := place_of(connection):
            besides.append(shop.folder / place.tables)
    told = (
        "These files still say who it was, take it out or delete them: {names}",
        "These files could not be looked into, see whether they say who it was: {names}",
    )
    found = files_naming(shop.folder, traces_of(words), besides)
    names = [", ".join(path.relative_to(shop.folder).as_posix() for path in paths) for paths in found]
    return [phrase(text, names=files) for text, files in zip(told, names, strict=True) if files]
