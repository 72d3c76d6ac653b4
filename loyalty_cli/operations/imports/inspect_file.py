"""Inspect an export: what it is, why that seems so, what is damaged, and a draft of the layout that reads it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import get_args
from typing import TYPE_CHECKING

from loyalty_cli.importers.inspecting.judged import looked_at
from loyalty_cli.importers.inspecting.said import outcome_of
from loyalty_cli.importers.layouts.layout import Kind
from loyalty_cli.importers.terms import Terms
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.imports.files_meant import files_meant
from loyalty_cli.operations.imports.layout_meant import entry_of
from loyalty_cli.operations.imports.list_tried import tried_in_the_shop
from loyalty_cli.operations.in_force import program_file
from loyalty_cli.render.words import language_of
from loyalty_cli.render.words import say
from loyalty_cli.store.stores.names import known_stores
from loyalty_cli.store.written_file import troubles_told
from loyalty_cli.store.written_file import write_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from pathlib import Path

    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.program.blocks.stores import StoreFiles


def inspect_file(shop: Shop, file: str, *, kind: str = "", write: Path | None = None, given: str = "") -> Outcome:
    """Look at one file, and write the draft of a layout if a name for it is given.

    `given` is the file as the command has it, where that is another text than its path.
    """
    if kind and kind not in get_args(Kind):
        hint = phrase("Use one of: {names}.", names=", ".join(get_args(Kind)))
        raise LoyaltyError("The kind '{name}' is not known.", name=kind, hint=hint)
    path = one_file(file)
    refuse_to_overwrite(write)
    program = program_file(shop) if shop.program.exists() else None
    own, language = Terms(timezone="UTC", digits=2), ""
    if program is not None:
        own = Terms(timezone=program.timezone, currency=program.currency.code, digits=program.currency.digits)
        language = program.language
    spoken = partial(say, language=language_of(language))
    store = store_to_name(shop, path, {} if program is None else program.stores, say=spoken)
    seen = looked_at(path, own, kind=kind, store=store, say=spoken)
    seen = replace(seen, given=given, trial=tried_in_the_shop(shop, seen))
    if write is not None:
        written(write, seen.draft)
    return outcome_of(seen, own, language=language, write=write)


def store_to_name(shop: Shop, path: Path, stores: Mapping[str, StoreFiles], *, say: Callable[[Phrase], str]) -> str:
    """The store that the next command names: the only one there is; '' if the program's `files:` tell it."""
    if entry_of(path, shop.folder, stores)[0]:
        return ""
    known = list(stores)
    if not known and shop.database.exists():
        with shop.reading() as connection:
            known = known_stores(connection)
    return known[0] if len(known) == 1 else say(phrase("NAME"))


def one_file(file: str) -> Path:
    """The file that is meant."""
    found = files_meant([file])
    if len(found) > 1:
        raise LoyaltyError("{count} files fit {pattern}; inspect one.", count=len(found), pattern=file)
    return found[0]


def refuse_to_overwrite(write: Path | None) -> None:
    """LoyaltyError if a file of that name is there already."""
    if write is not None and write.exists():
        raise LoyaltyError("{file} is there already.", file=str(write), hint=phrase("Name another file, or move that one away."))


def written(path: Path, draft: str) -> None:
    """Write the draft, whole or not at all; the folder is made if it is not there."""
    with troubles_told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, draft.encode())
