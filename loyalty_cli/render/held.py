"""Text for Rich, which breaks lines at no-break spaces as at others: what they hold together stays in one line all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from loyalty_cli.render.figures import NO_BREAK

if TYPE_CHECKING:
    from rich.console import JustifyMethod
    from rich.console import OverflowMethod

# A sign of one place that is no space, while Rich draws.
HELD = "\ue000"


def held(text: str, style: str = "", *, justify: JustifyMethod | None = None, overflow: OverflowMethod | None = None) -> Text:
    """A text of which a line never ends within an amount such as 7 000,00 zł."""
    return Text(text.replace(NO_BREAK, HELD), style, justify=justify, overflow=overflow)


def let_go(drawn: str) -> str:
    """What Rich has drawn, with its no-break spaces."""
    return drawn.replace(HELD, NO_BREAK)
