"""Who can not win: groups, the young, a second one of a household, who has won before."""

from __future__ import annotations

from typing import Annotated
from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.model.days import Span
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import PlainSerializer
from loyalty_cli.reading.fields import PlainValidator
from loyalty_cli.reading.settings import as_text
from loyalty_cli.reading.settings import Length
from loyalty_cli.reading.settings import Names
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.settings import YesNo
from loyalty_cli.reading.values import refuse
from loyalty_cli.reading.values import span_of

if TYPE_CHECKING:
    from loyalty_cli.model.draw import Exclusions


def age_of(value: object) -> int:
    """An age such as `18 years`, in years."""
    span = span_of(f"{value} years" if isinstance(value, str) and value.isdigit() else value)
    if span.unit != "years" or not 0 < span.count < 120:
        raise refuse("{text} is not an age.", "Write one such as {example}.", text=str(value), example="18 years")
    return span.count


Age = Annotated[
    int,
    PlainValidator(age_of),
    PlainSerializer(lambda years: str(Span(count=years, unit="years"))),
    as_text(r"^\d+( years?)?$", "an age such as 18 years"),
]


class Excluded(Settings):
    """Who has tickets and still can not win; blocked members and those who want no draws never can."""

    groups: Names = Field((), description="members who were in one of these groups between the first day and the close")
    younger_than: Age | None = Field(None, description="members who are younger on the draw's last day: 18 years")
    unknown_birthday: Literal["is excluded", "is admitted"] = Field(
        "is excluded", description="what happens with a member whose year of birth is not known, where an age is asked"
    )
    one_per_household: YesNo = Field(
        False,
        description="of members who share a telephone, an e-mail address or a group `household …` only the one "
        "with the most tickets enters, at a tie the one registered first",
    )
    winners_of: Names = Field((), description="who has won a prize in one of these draws")
    winners_within: Length | None = Field(None, description="who has won a prize in any draw so long before the last day")

    def exclusions(self) -> Exclusions:
        """The same as the draw's rules hold it."""
        # Imported here because most looks at a program are at no draw.
        from loyalty_cli.model.draw import Exclusions

        return Exclusions(
            groups=self.groups,
            youngest=self.younger_than or 0,
            unknown_birthday=self.unknown_birthday,
            one_per_household=self.one_per_household,
            winners_of=self.winners_of,
            winners_within=self.winners_within,
        )


NOBODY = Excluded()
