"""A file on its way in, and what is read in its place: the text of a workbook, or mended rows."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyalty_cli.operations.imports.aside import discard_aside

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from loyalty_cli.importers.layouts.layout import Layout
    from loyalty_cli.operations.imports.mended_file import Mended


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """One file with its layout (None is the plain one); `plain` is the text of a workbook."""

    path: Path
    layout: Layout | None
    mended: Mended | None = None
    plain: Path | None = None

    @property
    def text(self) -> Path:
        """The file, or the text of a workbook."""
        return self.plain or self.path

    @property
    def read_as(self) -> tuple[Path, Layout | None]:
        """The file that is read, and the layout that reads it."""
        if self.mended is not None:
            return self.mended.plain, self.mended.layout
        return self.text, self.layout

    @contextmanager
    def kept_if_well(self) -> Iterator[None]:
        """If what is done with it fails, nothing stays that was made for the import only."""
        try:
            yield
        except BaseException:
            self.discard()
            raise

    def discard(self) -> None:
        """Leave no file behind that was made for the import only."""
        if self.mended is not None:
            discard_aside(self.mended.plain)
        if self.plain is not None:
            discard_aside(self.plain)
