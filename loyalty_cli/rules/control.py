"""`control:`, the share of members that chance keeps out of a rule, so that the others can be compared with them."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.model.chance import KeptOut
from loyalty_cli.model.money import WHOLE
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import PlainValidator
from loyalty_cli.reading.fields import WithJsonSchema
from loyalty_cli.reading.settings import Unit
from loyalty_cli.reading.values import percent_of
from loyalty_cli.reading.values import refuse
from loyalty_cli.rules.only import Only

if TYPE_CHECKING:
    from loyalty_cli.rules.only import Moment
    from loyalty_cli.rules.only import Question


def read_share(value: object) -> int:
    """A share of the members that leaves some on both sides."""
    share = percent_of(value)
    if not 0 < share < WHOLE:
        hint = "Write a share of more than nobody and less than all: {example}."
        raise refuse("Nobody would be left to compare with.", hint, example="control: 5%")
    return share


Share = Annotated[
    int,
    Unit("percent"),
    PlainValidator(read_share),
    WithJsonSchema({"type": "string", "pattern": r"^\d+(\.\d+)?\s*%$", "description": "a share of the members, such as 5%"}),
]
CONTROL = Field(None, description="how many members chance keeps out of it, so that `loyalty report uplift` can tell what it brings: 5%")


class OnlyByChance(Only):
    """A filter that chance goes into as well: who is in the control group is no member it is for."""

    kept_out: KeptOut = Field(description="the share of the members, and the rule it is kept out of")
    of_recommender: bool = Field(False, description="whether chance looks at who brought the member, who is rewarded for it")

    @property
    def control(self) -> KeptOut:
        """Whom chance keeps out."""
        return self.kept_out

    @cached_property
    def of_who(self) -> tuple[Question, ...]:
        """Groups, tiers, cards and chance."""
        return (*super().of_who, lambda _, moment: not self.kept_out.has(self.asked_chance(moment)))

    def asked_chance(self, moment: Moment) -> str:
        """The chance of the member who is rewarded."""
        return moment.recommender_chance if self.of_recommender else moment.chance


def by_chance(only: Only, share: int | None, rule: str, *, of_recommender: bool = False) -> Only:
    """The filter of a rule with its control group; the same filter where there is none."""
    if share is None:
        return only
    said = {name: getattr(only, name) for name in only.model_fields_set}
    return OnlyByChance(**said, kept_out=KeptOut(share, rule), of_recommender=of_recommender)


def with_control_groups(rules: dict[str, Any], family: str) -> dict[str, Any]:
    """Rules by name, those with a control group with a filter that knows it."""
    return {
        name: rule.model_copy(update={"only": by_chance(rule.only, rule.control, f"{family}.{name}")}) if rule.control else rule
        for name, rule in rules.items()
    }
