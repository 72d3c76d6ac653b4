"""The `feedback:` block: on which scale members answer, which answers open a case, and where promoters are asked to write."""

from __future__ import annotations

from typing import Literal

from loyalty_cli.model.days import Span
from loyalty_cli.model.feedback import PROMOTES
from loyalty_cli.model.feedback import TOPS
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import model_validator
from loyalty_cli.reading.settings import Length
from loyalty_cli.reading.settings import Name
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.settings import Whole
from loyalty_cli.reading.values import refuse


class FeedbackTerms(Settings):
    """What members are asked, and what happens with complaints. No rule: members have the same whatever it says."""

    scale: Literal["0-10", "1-5"] = Field("0-10", description="the scores of the survey: 0-10 or 1-5")
    complaint_at: Whole | None = Field(None, description="the best score that still opens a case: 6; without it only people open cases")
    settle_within: Length = Field(Span(count=14, unit="days"), description="how long a complaint may take: 14 days")
    reviews: dict[str, Name] = Field({}, description="where who is glad is asked for a public review: {Google: https://…}")

    @model_validator(mode="after")
    def glad_members_do_not_complain(self) -> FeedbackTerms:
        """A case is not opened for who would recommend the shop."""
        if self.complaint_at is not None and self.complaint_at >= PROMOTES[self.top]:
            text = "complaint_at: {score} is a good score on a scale of {scale}."
            raise refuse(text, "Write a low one: {example}.", score=self.complaint_at, scale=self.scale, example="complaint_at: 2")
        return self

    @property
    def top(self) -> int:
        """The best score."""
        return TOPS[self.scale]

    @property
    def least(self) -> int:
        """The worst score."""
        return 0 if self.scale == "0-10" else 1

    def complains(self, score: int | None) -> bool:
        """Whether a score opens a case."""
        return score is not None and self.complaint_at is not None and score <= self.complaint_at
