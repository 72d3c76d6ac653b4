"""The `stages:` block: where a buyer becomes a client, and when a member sleeps or is lost."""

from __future__ import annotations

from loyalty_cli.model.days import add_months
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.stage import Bounds
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import model_validator
from loyalty_cli.reading.settings import Length
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.settings import Whole
from loyalty_cli.reading.values import refuse

USUAL = Bounds()
# A month is now longer than 30 days, now shorter, and one year of four is longer.
MONTHS = [add_months(day_from_iso("2026-01-01"), month) for month in range(48)]


class Stages(Settings):
    """The bounds of the stages. No rule: members have the same whatever it says."""

    client_from: Whole = Field(USUAL.client_from, description="from how many days with a purchase a buyer is a client: 3")
    sleeping_after: Length = Field(USUAL.sleeping_after, description="after how long without a purchase a member sleeps: 60 days")
    lost_after: Length = Field(USUAL.lost_after, description="after how long without a purchase a member is lost: 180 days")

    @model_validator(mode="after")
    def in_order(self) -> Stages:
        """A client has come more than once, and who sleeps is not lost yet."""
        if self.client_from < 2:
            raise refuse("client_from: {count} makes every buyer a client.", "Write 2 or more.", count=self.client_from)
        if any(self.sleeping_after.after(day) >= self.lost_after.after(day) for day in MONTHS):
            raise refuse("A member would be lost before falling asleep.", "Write a longer time for lost_after.")
        return self

    def bounds(self) -> Bounds:
        """As reports keep it."""
        return Bounds(client_from=self.client_from, sleeping_after=self.sleeping_after, lost_after=self.lost_after)
