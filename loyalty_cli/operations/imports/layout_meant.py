"""Which store and which layout a file is of."""

from __future__ import annotations

from dataclasses import replace
from fnmatch import fnmatch
from typing import TYPE_CHECKING

from loyalty_cli.importers.all_importers import PLAIN
from loyalty_cli.importers.all_importers import till_named
from loyalty_cli.importers.all_importers import till_names
from loyalty_cli.importers.layouts.layout import Layout
from loyalty_cli.importers.layouts.layout import read_layout
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.imports.layout_files import layout_path
from loyalty_cli.program.blocks.stores import StoreFiles
from loyalty_cli.reading.problems import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from loyalty_cli.importers.till import Till


def entry_of(path: Path, folder: Path, stores: Mapping[str, StoreFiles]) -> tuple[str, StoreFiles]:
    """The store whose `files:` pattern names this file; '' if none does."""
    name = path.resolve().as_posix()
    for store, entry in stores.items():
        if any(fnmatch(name, (folder.resolve() / pattern).as_posix()) for pattern in entry.files):
            return store, entry
    return "", StoreFiles()


def layout_named(name: str, folder: Path, kind: str) -> Layout | None:
    """An owner's layout by its name in layouts/, or by its path; None is the plain one."""
    path = layout_path(name, folder)
    if path is None and name == PLAIN:
        return None
    if path is None:
        owners = sorted(file.stem for file in (folder / "layouts").glob("*.yaml"))
        known = ", ".join([*owners, *(till_names() if kind == "purchases" else [])]) or "-"
        inside = folder / "layouts" / f"{name}.yaml"
        raise LoyaltyError(
            "There is no layout {name}.",
            name=name,
            hint=phrase("Layouts are found as {file}. Here are: {known}.", file=str(inside), known=known),
        )
    layout = read_layout(path)
    if layout.kind != kind:
        raise LoyaltyError(
            "The layout {name} is for {kind}.",
            name=name,
            kind=layout.kind,
            hint=phrase("Import with: loyalty import {kind}", kind=layout.kind),
        )
    return layout


def layout_or_till(name: str, folder: Path) -> Layout | Till | None:
    """What reads purchases by a name: an owner's layout, which may be like a till, or a till; None is the plain one."""
    till = till_named(name) if layout_path(name, folder) is None else None
    if till is not None:
        return till
    layout = layout_named(name, folder, "purchases")
    return layout if layout is None or layout.like is None else like_a_till(layout, name)


def like_a_till(layout: Layout, name: str) -> Till:
    """A till that differs in some settings from one that is known."""
    till = till_named(layout.like or "")
    if till is None:
        raise LoyaltyError(
            "There is no till {till}, which the layout {name} is like.",
            till=layout.like,
            name=name,
            hint=did_you_mean(layout.like or "", list(till_names())),
        )
    return replace(till, own=layout)
