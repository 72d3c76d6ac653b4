"""Compares a page with the golden file kept of it; `pytest --snapshot-update` writes the files anew.

Only for how things look. What things are (points, money, days) is worked by hand in the tests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


class Snapshot:
    """Golden files beside the test module, in the folder golden/."""

    def __init__(self, folder: Path, *, update: bool) -> None:
        self.folder = folder
        self.update = update

    def check(self, text: str, name: str) -> None:
        """The text is what the golden file of that name holds, to the byte."""
        path = self.folder / name
        if self.update:
            self.folder.mkdir(exist_ok=True)
            path.write_bytes(text.encode())
        assert path.is_file(), f"{path} is not there; look at the page and run pytest --snapshot-update"
        assert text == path.read_bytes().decode()


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Snapshot:
    """The golden files of the test's folder."""
    return Snapshot(request.path.parent / "golden", update=bool(request.config.getoption("--snapshot-update")))
