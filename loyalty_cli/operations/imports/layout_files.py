"""The files of an owner's layouts: where one lies, and whether it is still the same. What it says is not read here."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path


def layout_path(name: str, folder: Path) -> Path | None:
    """The file of an owner's layout, by its name in layouts/ or by its path; None if there is none."""
    inside = folder / "layouts" / f"{name}.yaml"
    path = Path(name) if name.endswith((".yaml", ".yml")) else inside
    if not path.exists() and (folder / name).is_file():
        path = folder / name
    return path if path.exists() else None


def layout_print(name: str, folder: Path) -> str:
    """What tells one state of an owner's layout from another; '' for a till and for the plain layout."""
    path = layout_path(name, folder)
    return sha256(path.read_bytes()).hexdigest() if path is not None else ""
