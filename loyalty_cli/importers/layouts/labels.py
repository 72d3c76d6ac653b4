"""Columns whose labels say what becomes of a row."""

from __future__ import annotations

import re
from functools import cache
from functools import partial
from typing import TYPE_CHECKING

from loyalty_cli.importers.called_off import UNDONE
from loyalty_cli.importers.cells import clean_text
from loyalty_cli.importers.cells import Memo

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.importers.layouts.places import Places

# Of a receipt that was called off or paid back in part, the rest is a sale.
# So is one of which rows were: Anulowano 1 z 3 pozycji, and not 3 z 3.
ONLY_GOODS = (
    "(?: (?:tylko|only|doar|numai|только|pozycj|sztuk|szt|towar|produ|artic|artyk|buc|item|article|piece|line|товар|позиц|штук|шт)"
    r"[^\W\d]*\.?)*"
)
SOME_OF = (
    rf"(?:^|:|cancel|void|anul|storn|отмен|аннул|annul)[^\W\d]*{ONLY_GOODS}\W?(?<!\d)(?P<some>\d+) (?:z|of|из|din|von) "
    r"(?!(?P=some)(?!\d))\d+(?![-./\d])"
)
PARTLY = f"partial|partly|parțial|parţial|częściow|czesciow|частичн|teilweise|teilstorn|{SOME_OF}"
# And one that was not called off, or is yet to be, is a sale whole: Nie anulowano, Nu este anulat, De anulat, Cancellation requested.
OFF = "(?:cancel|void|anul|storn|odrzuc|отмен|аннул|annul|refund|zwróc|возвращ|ramburs)"
# What begins with it was called off, whatever was not done besides: Cancelled, not refunded.
NOT = (
    rf"^(?!{OFF}).*\b(?:not|cannot|never|to be|will be|nie|ma być|będzie|zostan\w+|не|будет|nu|n-a|de|a fi|va fi|nicht|wird)"
    rf"(?: (?:be|been|yet|jest|będzie|by[łl]\w*|zosta\w+|был\w*|este|s-a|a fost|fost|wurde))? {OFF}"
)
# A reason stands behind a mark or a short word: Cancellation - payment rejected, Anulowanie na wniosek klienta.
NOT_YET = rf"^(?:cancel|cancell?ation|anulowanie|anularea?|stornarea?|stornierung|отмена|аннулирование)[ _-](?:\w{{4,}} )?{UNDONE.pattern}"
STILL_SOLD = re.compile(f"{PARTLY}|{NOT}|{NOT_YET}")


class LabelColumn:
    """A column of which some labels say something of their rows; each different text is looked at once."""

    def __init__(self, place: int, labels: Iterable[str], fits: Callable[..., bool]) -> None:
        self.place = place
        said = {clean_text(label).casefold() for label in labels}
        self.says: Memo[str, bool] = Memo(partial(fits, said=said))

    def marks(self, row: Sequence[str]) -> bool:
        """Whether a row has one of the labels."""
        return self.says[row[self.place]]

    def marked(self, rows: Sequence[Sequence[str]]) -> list[bool]:
        """Whether each of many rows has one of the labels."""
        place, says = self.place, self.says
        return [says[row[place]] for row in rows]


def labels_at(labels: Mapping[str, Iterable[str]], places: Places) -> list[LabelColumn]:
    """Columns with the labels that say something of their rows; a label may have * for anything."""
    return [LabelColumn(places.of_label[word], said, is_one_of) for word, said in labels.items()]


def called_off_at(labels: Mapping[str, Iterable[str]], places: Places) -> list[LabelColumn]:
    """Columns with the labels that say that a receipt does not count."""
    return [LabelColumn(places.of_label[word], said, calls_off) for word, said in labels.items()]


def is_one_of(text: str, said: Collection[str]) -> bool:
    """Whether a cell is one of the labels, whatever its case and the blanks around it."""
    label = clean_text(text).casefold()
    return label in said or any("*" in pattern and with_anything(pattern).fullmatch(label) for pattern in said)


@cache
def with_anything(label: str) -> re.Pattern[str]:
    """A label in which * stands for anything, and every other sign for itself: [GC]*."""
    return re.compile(".*".join(map(re.escape, label.split("*"))), re.DOTALL)


def calls_off(text: str, said: Collection[str]) -> bool:
    """Whether a cell calls a whole receipt off: what says partly or not does so only where a layout names it as it stands."""
    label = clean_text(text).casefold()
    return label in said or (is_one_of(label, said) and not STILL_SOLD.search(label))
