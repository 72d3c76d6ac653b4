"""Files that get their names on Windows, where a virus scanner or a spreadsheet may hold one for a moment."""

from __future__ import annotations

import errno
from pathlib import Path
from types import SimpleNamespace

import pytest

from loyalty_cli.model.device_names import is_device
from loyalty_cli.model.errors import StoreTrouble
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.imports.left_parts import named
from loyalty_cli.store import written_file


@pytest.mark.parametrize("held_for", [0, 1, 4])
def test_a_file_that_is_held_for_a_moment_gets_its_name_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held_for: int
) -> None:
    part = tmp_path / ".a.7.csv.part"
    part.write_text("x", encoding="utf-8")
    usual, tries = Path.replace, iter(range(10))

    def as_on_windows(self: Path, target: Path) -> Path:
        if next(tries) < held_for:
            raise PermissionError(13, "used by another process", str(self))
        return usual(self, target)

    monkeypatch.setattr(Path, "replace", as_on_windows)
    monkeypatch.setattr(written_file, "os", SimpleNamespace(name="nt"))
    monkeypatch.setattr(written_file, "time", SimpleNamespace(sleep=lambda _: None))
    assert named(part).read_text(encoding="utf-8") == "x"
    assert [path.name for path in tmp_path.iterdir()] == ["a.7.csv"]


@pytest.mark.parametrize(("name", "device"), [("con", True), ("AUX.csv", True), ("com1", True), ("console", False), ("spring-con", False)])
def test_names_of_devices_are_known(name: str, device: bool) -> None:
    assert is_device(name) is device


@pytest.mark.parametrize(
    ("why", "code"),
    [
        (errno.EROFS, ExitCode.READ_ONLY),  # a disk that is there to be read only
        (errno.EACCES, ExitCode.READ_ONLY),
        (errno.ENOSPC, ExitCode.NO_SPACE),
        (errno.EIO, ExitCode.NO_SPACE),
        (errno.ENAMETOOLONG, ExitCode.USAGE),
    ],
)
def test_why_a_file_can_not_be_written_decides_the_code(why: int, code: ExitCode, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise OSError(why, "")

    monkeypatch.setattr(written_file, "fill_and_put_in_place", fails)
    with pytest.raises(StoreTrouble) as told:
        written_file.write_file(tmp_path / "report.csv", b"a")
    assert told.value.exit_code == code
