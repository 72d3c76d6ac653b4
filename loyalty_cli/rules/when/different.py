"""When a member has bought from so many different categories, or in so many different stores, whichever they are.

    rewards:
      curious: {when: {different: 5 categories, counted_over: calendar month}, give: {badge: curious}}
      all over town: {when: {different: 3 stores}, give: {points: 100}}

A category counts as soon as something of it was paid for; goods without a category do not. What comes back and leaves nothing of
its category takes it off again.
"""

from __future__ import annotations

from typing import Annotated
from typing import ClassVar
from typing import Literal
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import model_validator
from loyalty_cli.reading.fields import PlainSerializer
from loyalty_cli.reading.fields import PlainValidator
from loyalty_cli.reading.settings import as_text
from loyalty_cli.reading.values import refuse
from loyalty_cli.reading.values import text_of
from loyalty_cli.rules.counted import Counted
from loyalty_cli.rules.window import in_its_window

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.watch import Heard
    from loyalty_cli.rules.watch import Watch


class HowMany(NamedTuple):
    """So many of what."""

    number: int
    of: Literal["categories", "stores"]

    def __str__(self) -> str:
        return f"{self.number} {self.of}"


def read_how_many(value: object) -> HowMany:
    """`5 categories`, `3 stores`."""
    text = text_of(value, "5 categories")
    count, _, of = text.partition(" ")
    if not count.isdecimal() or not 1 < int(count) < 1000 or of not in ("categories", "stores"):
        raise refuse("{text} does not say how many different things.", "Write {example}.", text=text, example="5 categories, 3 stores")
    return HowMany(int(count), of)  # type: ignore[arg-type]


Different = Annotated[
    HowMany, PlainValidator(read_how_many), PlainSerializer(str), as_text(r"^\d+ (categories|stores)$", "5 categories, 3 stores")
]


class DifferentThings(Counted):
    """So many different categories or stores."""

    short: ClassVar[str] = "different"
    unit: ClassVar[str] = "things"

    different: Different = Field(description="how many different ones: 5 categories, 3 stores")

    @model_validator(mode="after")
    def once_in_its_window(self) -> DifferentThings:
        """Each thing counts once in a window, so the target is reached once."""
        if self.times != "once" or self.rolling:
            raise refuse("Different things are counted once in a window.", "Write counted_over: calendar month, or leave it out.")
        return self

    @property
    def target(self) -> int:
        """How many."""
        return self.different.number

    @property
    def tells_categories(self) -> bool:
        """Whether it must know the category of all goods."""
        return self.different.of == "categories"

    def counts_alike(self, other: Watch) -> bool:
        """The same sort of things over the same window; how many may differ."""
        return super().counts_alike(other) and self.different.of == getattr(other, "different", self.different).of

    @property
    def tells_apart(self) -> bool:
        """Which categories or stores."""
        return True

    def things(self, heard: Heard) -> Sequence[tuple[str, int]]:
        """The categories with their money, or the store."""
        if self.tells_categories:
            return heard.things
        return [(heard.store, 1)] if heard.store and (heard.amount > 0 or not heard.filtered) else []

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        count = self.different.number
        if self.tells_categories:
            said = phrase("For goods of {count} category", "For goods of {count} different categories", count=count)
        else:
            said = phrase("For purchases in {count} store", "For purchases in {count} different stores", count=count)
        return in_its_window(said, self.counted_over)


RULE = DifferentThings
