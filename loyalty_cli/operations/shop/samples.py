"""Where the sample programs and the demo shop lie: inside the installed package, or beside its source."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase


def sample_folder(name: str) -> Path:
    """The folder `programs` or `sample_data`."""
    package = Path(str(resources.files("loyalty_cli")))
    for place in (package / name, package.parent / name):
        if place.is_dir():
            return place
    raise LoyaltyError(
        "The folder {name} of this installation is missing.",
        name=name,
        hint=phrase("Install again: pipx reinstall loyalty-cli"),
    )
