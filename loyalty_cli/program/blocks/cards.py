"""The `cards:` block: the numbers of cards that the shop makes itself."""

from __future__ import annotations

from typing import Literal

from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.settings import Whole


class Cards(Settings):
    """The numbers of cards that the shop makes itself."""

    prefix: str = Field(description="the digits every number begins with, such as 29012", pattern=r"^\d{1,12}$")
    check: Literal["ean", "luhn", "none"] = Field("ean", description="the check digit at the end")
    digits: Whole = Field(13, description="how many digits a number has in all; an EAN has 13")
