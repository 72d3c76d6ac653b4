"""Where a draw's number will come from, fixed before anybody can know it."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated
from typing import Literal

from loyalty_cli.reading.fields import BeforeValidator
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import model_validator
from loyalty_cli.reading.fields import PlainValidator
from loyalty_cli.reading.settings import as_text
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.settings import Whole
from loyalty_cli.reading.values import in_our_time
from loyalty_cli.reading.values import NotUnderstood
from loyalty_cli.reading.values import refuse
from loyalty_cli.reading.values import text_of


def moment_of(value: object) -> str:
    """A local moment such as `2027-06-05 20:00`, kept as written."""
    text = text_of(value, "2027-06-05 20:00")
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}", text):
            in_our_time(datetime.fromisoformat(text))  # only whether it is one; the shop's time zone comes with the program
            return text
    except NotUnderstood:
        raise
    except ValueError:
        pass
    raise refuse("{text} is not a day and time.", "Write {example}.", text=text, example="2027-06-05 20:00")


Moment = Annotated[str, PlainValidator(moment_of), as_text(r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$", "such as 2027-06-05 20:00")]


class Number(Settings):
    """Where the number comes from, and when it will be known."""

    source: Literal["drand quicknet", "dice", "lottery", "external"] = Field(
        alias="from", description="drand quicknet, dice, lottery or external"
    )
    at: Moment | None = Field(None, description="when the number will be known, in the shop's time: 2027-06-05 20:00")
    round: Whole | None = Field(None, description="drand: this round, instead of the first one from `at` on")

    @model_validator(mode="after")
    def one_round(self) -> Number:
        """A round is drand's, and it already says when."""
        if self.round is not None and (self.source != "drand quicknet" or self.at or not self.round):
            raise refuse(
                "A round belongs to drand quicknet, and says by itself when it comes.",
                "Write {example}.",
                example="randomness: {from: drand quicknet, at: 2027-06-05 20:00}",
            )
        return self


def block_of(value: object) -> object:
    """`randomness: dice` is short for `{from: dice}`."""
    return {"from": value} if isinstance(value, str) else value


NumberFixed = Annotated[Number, BeforeValidator(block_of)]
