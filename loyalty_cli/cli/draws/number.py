"""The options that say from which public number a draw is made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from typing import TYPE_CHECKING

import typer

from loyalty_cli.cli.group import OptionsOf

if TYPE_CHECKING:
    from loyalty_cli.model.draw import Randomness


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicNumber:
    """What was said about the number; a run wants exactly one source of it."""

    drand: Annotated[
        tuple[int, str] | None,
        typer.Option("--drand", metavar="ROUND VALUE", help="A drand quicknet round and its value (or its signature)."),
    ] = None
    signature: Annotated[str, typer.Option("--signature", help="The drand round's signature, checked and published.")] = ""
    dice: Annotated[str, typer.Option("--dice", help="Dice rolled in public: at least 20 digits.")] = ""
    lotto: Annotated[str, typer.Option("--lotto", help="Lottery numbers, in the order announced.")] = ""
    sources: Annotated[
        list[str] | None,
        typer.Option("--source", metavar="NUMBERS", help="rfc3797: the numbers of one source; again for each further one."),
    ] = None
    external: Annotated[
        str,
        typer.Option("--external", metavar="FILE", help="Ticket numbers drawn from an urn or by a device: a file, or typed here."),
    ] = ""
    public: Annotated[str, typer.Option("--public", help="Any other public number or text.")] = ""
    secret: Annotated[str, typer.Option("--secret", help="A secret that was committed to before, revealed now.")] = ""

    def said(self) -> bool:
        """Whether anything was said at all."""
        return self != PublicNumber()

    def chance(self) -> Randomness:
        """The randomness that the options name."""
        from loyalty_cli.draws.numbers import chance as draw_chance

        if sum(map(bool, (self.drand, self.dice, self.lotto, self.sources, self.external, self.public))) != 1:
            raise typer.BadParameter("Give one source of the number: --drand, --dice, --lotto, --source, --external or --public.")
        if self.drand:
            return draw_chance.from_drand(*self.drand, signature=self.signature, secret=self.secret)
        if self.sources:
            return draw_chance.from_sources(self.sources, secret=self.secret)
        if self.dice:
            return draw_chance.from_dice(self.dice, secret=self.secret)
        if self.lotto:
            return draw_chance.from_lotto(self.lotto, secret=self.secret)
        if self.external:
            return draw_chance.from_external(numbers_in(self.external), secret=self.secret)
        return draw_chance.from_public(self.public, secret=self.secret)


DrawNumber = Annotated[PublicNumber, OptionsOf(PublicNumber)]


def numbers_in(file_or_numbers: str) -> str:
    """The content of a file of numbers, or the numbers as they were typed."""
    from loyalty_cli.model.errors import LoyaltyError

    if file_or_numbers.replace(",", " ").replace(" ", "").isdigit() or not Path(file_or_numbers).is_file():
        return file_or_numbers
    try:
        return Path(file_or_numbers).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise LoyaltyError("{file} can not be read.", file=file_or_numbers) from error
