"""When somebody becomes a member.

    rewards:
      welcome: {when: {joined: yes}, give: {points: 200}}

Given once, on the day of joining, as soon as the member's record says it; members known by their card alone have none yet.
Who joined before the program started gets nothing. `only:` may ask for dates, weekdays, groups, tiers or a birthday.
"""

from __future__ import annotations

from typing import ClassVar

from pydantic import field_validator

from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.settings import YesNo
from loyalty_cli.reading.values import refuse


class Joined(Settings):
    """The day of joining."""

    short: ClassVar[str] = "joined"
    by_purchase: ClassVar[bool] = False

    joined: YesNo

    @field_validator("joined")
    @classmethod
    def yes(cls, joined: bool) -> bool:
        """There is no reward for not joining."""
        if not joined:
            raise refuse("joined is yes, or is not written.", "Write joined: yes.")
        return joined


RULE = Joined
