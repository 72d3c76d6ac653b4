"""Gift cards that count as sales, where the layout says nothing of them: their money would count again once they are spent."""

from __future__ import annotations

from itertools import chain
from itertools import compress
from typing import TYPE_CHECKING

from loyalty_cli.importers.gift_cards import GiftCards
from loyalty_cli.importers.gift_cards import KNOWN_NAMES
from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.typed import typed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.importers.layouts.layout import Layout
    from loyalty_cli.model.money import Currency
    from loyalty_cli.model.purchase_batch import Article
    from loyalty_cli.model.purchase_batch import PurchaseBatch
    from loyalty_cli.model.shown.phrase import Phrase

# One of these is in each known name; most files have none of them, which is seen at once.
STEMS = ("gift", "ewallet", "podarun", "prezent", "upomin", "подароч", "cadou")
NAMES_TOLD = 3


def says_nothing(layout: Layout | None) -> bool:
    """Whether a layout leaves open what gift cards are; the plain one does."""
    return layout is None or "gift_cards" not in layout.model_fields_set


class CountedGiftCards:
    """Looks at the batches of a file for them."""

    def __init__(self) -> None:
        self.gifts = GiftCards(KNOWN_NAMES)
        self.catalogue: Sequence[Article] = ()
        self.looked = 0
        self.numbers: set[int] = set()
        self.names: dict[str, None] = {}
        self.rows = 0
        self.money = 0

    def look(self, batch: PurchaseBatch) -> None:
        """Count those of a batch."""
        if batch.catalogue is not self.catalogue:
            self.catalogue, self.looked, self.numbers = batch.catalogue, 0, set()
        self.look_at(batch.catalogue[self.looked :])
        self.looked = len(batch.catalogue)
        if self.numbers:
            sold = [article in self.numbers for article in batch.articles]
            self.rows += sum(sold)
            self.money += sum(compress(batch.amounts, sold))
            self.names.update((name_of(batch.catalogue[article]), None) for article in compress(batch.articles, sold))

    def look_at(self, articles: Sequence[Article]) -> None:
        """Find gift cards among articles that were not looked at yet."""
        text = "\n".join(chain.from_iterable(articles)).casefold()
        if any(stem in text for stem in STEMS):
            found = (place for place, article in enumerate(articles) if self.gifts.judged(article[:3]))
            self.numbers.update(self.looked + place for place in found)

    def refusal(self, file: str, currency: Currency) -> ExportRefused:
        """The question to who has named no layout."""
        return ExportRefused(
            "{file} sells gift cards ({names}; {total}), and no layout that says whether they count was named; "
            "they would count now, and again when somebody pays with them.",
            exit_code=ExitCode.LAYOUT_DOES_NOT_FIT,
            hint=phrase(
                "Let loyalty draft a layout that leaves them out: loyalty import inspect {file} --write layouts/NAME.yaml. "
                "Where they do count, write gift_cards: no in it; then name it with --layout.",
                file=typed(file),
            ),
            file=file,
            names=list(self.names)[:NAMES_TOLD],
            total=currency.money(self.money),
        )

    def warning(self, file: str, layout: str, currency: Currency) -> Phrase:
        """What is said to who has named a layout."""
        return phrase(
            "{file}: {count} row sells a gift card ({names}; {total}), which counts now, and again when somebody pays with it. "
            "Write in the layout {layout} gift_cards: yes to leave such rows out, or gift_cards: no if they are to count.",
            "{file}: {count} rows sell gift cards ({names}; {total}), which count now, and again when somebody pays with them. "
            "Write in the layout {layout} gift_cards: yes to leave such rows out, or gift_cards: no if they are to count.",
            file=file,
            layout=layout,
            count=self.rows,
            names=list(self.names)[:NAMES_TOLD],
            total=currency.money(self.money),
        )


def name_of(article: Article) -> str:
    """What an article is called; its code where it has no name."""
    return article.name or article.code or article.category
