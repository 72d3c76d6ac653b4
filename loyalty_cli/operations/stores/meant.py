"""Which store somebody means by a name: one that is known, or a new one; a slip of the pen is refused everywhere alike."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.look_alikes import look_of
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.typed import typed
from loyalty_cli.store.stores.names import known_stores
from loyalty_cli.store.stores.names import present_name
from loyalty_cli.store.stores.names import said_before
from loyalty_cli.store.stores.names import store_number

if TYPE_CHECKING:
    from collections.abc import Collection

    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.stores.twins import Twins

# The one store of a shop that has named none.
THE_STORE = "main"


def store_meant(connection: Connection, name: str, *, in_program: Collection[str] = ()) -> str:
    """The present name of a store that is known or stands in the program; any other name is refused."""
    if name in in_program and store_number(connection, name) is None:
        return name
    now = present_name(connection, name)
    known = known_stores(connection)
    if now in known:
        return now
    # Imported here because a name that is known needs no program.
    from loyalty_cli.operations.in_force import adopted_program

    program = adopted_program(connection)
    if program is not None and name in program.stores:
        raise LoyaltyError("Nothing has come from store {name} yet.", name=name, hint=phrase("The stores: loyalty report stores"))
    raise LoyaltyError("There is no store {name}.", name=name, hint=nearest(name, {*known, *in_program}))


def store_of_counter(connection: Connection, name: str) -> str:
    """The present name of a store where something is done now: also one of the program from which nothing has come yet."""
    from loyalty_cli.operations.in_force import adopted_program

    program = adopted_program(connection)
    return store_meant(connection, name, in_program=program.stores if program else ())


def nearest(name: str, known: Collection[str]) -> Phrase:
    """The store whose name is most like one that is not known, else all of them, or how there come to be any."""
    near = near_name(name, known)
    if near is not None:
        return phrase("Did you mean '{name}'?", name=near)
    if known:
        return phrase("Stores: {names}.", names=sorted(known))
    text = "No store is known yet: write it under stores: in program.yaml and run loyalty program adopt, or import its purchases first."
    return phrase(text)


def near_name(name: str, known: Collection[str]) -> str | None:
    """The store that a slip of the pen makes another name of; letters that look alike are the same."""
    names = {look_of(each): each for each in sorted(known)}
    near = get_close_matches(look_of(name), names, n=1)
    return names[near[0]] if near else None


def new_stores_said(connection: Connection, since: int, in_program: Collection[str], file: str) -> list[Phrase]:
    """What is said of stores that the rows of a file named first, beside those that were known before or stand in the program."""
    rows = connection.execute("SELECT name, id >= ? FROM store WHERE merged_into IS NULL ORDER BY id", (since,)).fetchall()
    known = {*in_program, *(name for name, new in rows if not new)}
    said = []
    for name in (name for name, new in rows if new and known and name not in known):
        near = near_name(name, known)
        if near is None:
            said.append(phrase("{file}: the store {name} is new.", file=file, name=name))
            continue
        word = "merge" if store_number(connection, near) is not None else "rename"
        text = "{file}: the store {name} is new. If it is {other}, say: {command}"
        said.append(phrase(text, file=file, name=name, other=near, command=as_one(word, name, near)))
    return said


def store_for(connection: Connection, name: str, in_program: Collection[str], *, another: bool) -> str:
    """The store of a file of purchases: the one that is named, else the only one; '' where there are several."""
    if name:
        return store_of_import(connection, name, in_program, another=another)
    stores = in_program or known_stores(connection) or [THE_STORE]
    return next(iter(stores)) if len(stores) == 1 else ""


def store_of_import(connection: Connection, name: str, in_program: Collection[str], *, another: bool) -> str:
    """The store that purchases are imported for: a new name is one of the program, the first of all, or said to be new."""
    known = known_stores(connection)
    # Where none has been named so far, `refuse_first_name` asks whether this is the one. Files whose rows name their stores may
    # have come under a name that never became one.
    if another or said_before(connection, name) or (not in_program and known in ([], [THE_STORE])):
        return present_name(connection, name)
    try:
        return store_meant(connection, name, in_program=in_program)
    except LoyaltyError as unknown:
        if unknown.hint is None:
            raise
        hint = phrase("{near} A new one is written under stores: in the program, or said with --another-store.", near=unknown.hint)
        raise LoyaltyError(unknown.phrase.text, hint=hint, name=name) from None


def refuse_first_name(connection: Connection, store: str, in_program: Collection[str], file: str) -> None:
    """A shop that has named no store so far names one, which may be the one whose receipts are in."""
    if store == THE_STORE or THE_STORE in in_program or store_number(connection, store) is not None:
        return
    if THE_STORE in known_stores(connection):
        raise ExportRefused(
            "{file} is of store {store}; the receipts so far came without a store and are kept under {other}.",
            file=file,
            store=store,
            other=THE_STORE,
            hint=ways_out(store, THE_STORE, word="rename"),
        )


def refuse_twins(twins: Twins | None, file: str) -> None:
    """The same receipts under another name would count a second time."""
    if twins is not None:
        raise ExportRefused(
            "{file}: {count} of {all} receipts of store {store} are in already, under store {other}; they would count twice.",
            file=file,
            count=twins.found,
            all=twins.looked_at,
            store=twins.store,
            other=twins.other,
            hint=ways_out(twins.store, twins.other, word="rename" if twins.is_new else "merge"),
        )


def as_one(word: str, leaving: str, staying: str) -> str:
    """The command that makes one store of two names."""
    return f"loyalty store {word} {typed(leaving)} {typed(staying)}"


def ways_out(store: str, other: str, *, word: str) -> Phrase:
    """What to do if it is the same store, and what if it is not."""
    return phrase(
        'Is it the same store? Then: {command} (or import with --store "{other}"). Another one? Import with --another-store.',
        command=as_one(word, other, store),
        other=other,
    )
