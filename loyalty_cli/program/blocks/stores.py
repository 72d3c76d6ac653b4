"""The `stores:` block: each store, and where its till leaves its files."""

from __future__ import annotations

from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import field_validator
from loyalty_cli.reading.settings import Names
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.values import refuse


class StoreFiles(Settings):
    """Where a store's exports lie and how they are laid out."""

    files: Names = Field((), description="the till's export files, such as C:/till/market/*.csv")
    layout: str = Field("plain", description="the layout in layouts/NAME.yaml, or plain")

    @field_validator("files")
    @classmethod
    def straight_quotes(cls, files: tuple[str, ...]) -> tuple[str, ...]:
        """A word processor's quotation marks would be part of the file's name."""
        for name in files:
            if name[0] in "“”„«" or name[-1] in "“”»":
                hint = "Write straight ones: {better}."
                raise refuse("These quotation marks are those of a text.", hint, better=f'"{name.strip("“”„«»")}"')
        return files
