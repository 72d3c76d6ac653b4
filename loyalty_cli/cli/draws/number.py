"""The options that say from which public number a draw is made."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from loyalty_cli.model.draw import Randomness

Drand = Annotated[
    tuple[int, str] | None,
    typer.Option("--drand", metavar="ROUND VALUE", help="A drand quicknet round and its value (or its signature)."),
]
Signature = Annotated[str, typer.Option("--signature", help="The drand round's signature, checked and published.")]
Dice = Annotated[str, typer.Option("--dice", help="Dice rolled in public: at least 20 digits.")]
Lotto = Annotated[str, typer.Option("--lotto", help="Lottery numbers, in the order announced.")]
Sources = Annotated[
    list[str] | None,
    typer.Option("--source", metavar="NUMBERS", help="rfc3797: the numbers of one source; again for each further one."),
]
External = Annotated[
    str,
    typer.Option(
        "--external", metavar="FILE", help="Ticket numbers drawn from an urn or by a device: a file, or typed here."
    ),
]
Public = Annotated[str, typer.Option("--public", help="Any other public number or text.")]
Secret = Annotated[str, typer.Option("--secret", help="A secret that was committed to before, revealed now.")]


def chance_from(
    drand: tuple[int, str] | None,
    signature: str,
    *,
    dice: str,
    lotto: str,
    sources: list[str] | None,
    external: str,
    public: str,
    secret: str,
) -> Randomness:
    """The randomness that the options name; exactly one of them must."""
    from loyalty_cli.draws.numbers import chance as draw_chance

    if sum(map(bool, (drand, dice, lotto, sources, external, public))) != 1:
        raise typer.BadParameter(
            "Give one source of the number: --drand, --dice, --lotto, --source, --external or --public."
        )
    if drand:
        return draw_chance.from_drand(drand[0], drand[1], signature=signature, secret=secret)
    if sources:
        return draw_chance.from_sources(sources, secret=secret)
    if dice:
        return draw_chance.from_dice(dice, secret=secret)
    if lotto:
        return draw_chance.from_lotto(lotto, secret=secret)
    if external:
        return draw_chance.from_external(numbers_in(external), secret=secret)
    return draw_chance.from_public(public, secret=secret)


def numbers_in(file_or_numbers: str) -> str:
    """The content of a file of numbers, or the numbers as they were typed."""
    from loyalty_cli.model.errors import LoyaltyError

    if file_or_numbers.replace(",", " ").replace(" ", "").isdigit() or not Path(file_or_numbers).is_file():
        return file_or_numbers
    try:
        return Path(file_or_numbers).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise LoyaltyError("{file} can not be read.", file=file_or_numbers) from error
