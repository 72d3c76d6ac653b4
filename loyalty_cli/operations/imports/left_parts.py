"""What stopped imports left: their own files, and files of rows set aside that could not be given their names."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from loyalty_cli.operations.imports.aside import clear_what_was_left
from loyalty_cli.store.imports.imports import import_named
from loyalty_cli.store.imports.set_aside import FOLDER
from loyalty_cli.store.written_file import put_in_place

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop


def named(part: Path) -> Path:
    """A whole file under its own name; another import may have given it that meanwhile."""
    path = part.with_name(part.name[1:].removesuffix(".part"))
    with contextlib.suppress(FileNotFoundError):
        put_in_place(part, path)
    return path


def name_what_was_left(shop: Shop) -> None:
    """Files of imports that were stopped behind their commit get their names; those of imports that never were go.

    In a writing transaction, so that no other import is in the middle of its own.
    """
    home = shop.database.parent / FOLDER
    clear_what_was_left(home)
    parts = list(home.glob(".*.csv.part"))
    if not parts:
        return
    with shop.changing() as connection:
        for part in parts:
            number = part.name.removesuffix(".csv.part").rpartition(".")[2]
            if not (number.isascii() and number.isdigit()):
                continue
            if import_named(connection, int(number)) is None:
                part.unlink(missing_ok=True)
            else:
                named(part)
