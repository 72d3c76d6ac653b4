"""What rules there are: each kind's own documentation, under its family, in the reader's language."""

from __future__ import annotations

import textwrap
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.program.block_samples import BLOCKS
from loyalty_cli.program.block_samples import SUBJECTS
from loyalty_cli.reading.problems import did_you_mean
from loyalty_cli.rules.all_rules import ALL_RULES
from loyalty_cli.rules.all_rules import kind_of
from loyalty_cli.rules.all_rules import module_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

WHERE = {
    "earn": "points: earn: NAME:",
    "tiers": "tiers: by:",
    "discounts": "discounts: offers: NAME:",
    "when": "rewards: NAME: when:",
    "give": "rewards: NAME: give:",
    "segments": "segments: NAME:",
    "draws": "draws: NAME:",
}


MORE = "More of one: loyalty program kinds WORD"
SETTINGS = "Settings:"
BESIDE = "What stands beside rules"
TOGETHER = "Kinds that belong together"
WIDTH = 120


class Teller:
    """Tells kinds in the reader's language and in lines no longer than a width; samples stay as they are."""

    def __init__(self, said: Callable[[str], str], width: int) -> None:
        self.said = said
        self.width = width

    def wrapped(self, text: str) -> str:
        """A paragraph."""
        return text if is_sample(text) else textwrap.fill(self.said(text), self.width)

    def rows(self, meanings: Mapping[str, str], indent: str = "") -> list[str]:
        """A line for each word with what it means; what does not fit goes on below it."""
        side = max(map(len, meanings), default=0) + 2
        below = indent + " " * side
        return [
            textwrap.fill(self.said(meaning), self.width, initial_indent=f"{indent}{word:<{side}}", subsequent_indent=below)
            for word, meaning in meanings.items()
        ]

    def family(self, family: str) -> str:
        """A family with a line for each of its kinds: the word, and the first sentence of its documentation."""
        meanings = {word: sentences_of(family, word)[0] for word in ALL_RULES[family]}
        return titled(f"{family}   ({WHERE[family]})", self.rows(meanings))

    def blocks(self) -> str:
        """A line for each block that is no rule."""
        return titled(self.said(BESIDE), self.rows({word: block.meaning for word, block in BLOCKS.items()}))

    def subjects(self) -> str:
        """A line for what shops call several kinds together."""
        return titled(self.said(TOGETHER), self.rows({word: ", ".join(words) for word, (_, words) in SUBJECTS.items()}))

    def block(self, word: str) -> str:
        """A block that is no rule: what it is, a sample, its settings."""
        block = BLOCKS[word]
        settings = self.settings(said_settings(block.shape.model_fields.items()))
        return titled(f"{word}   ({block.place})", [self.wrapped(block.meaning), "", block.sample, *settings])

    def kind(self, family: str, word: str) -> str:
        """One kind: its word, its place, its documentation, its settings."""
        text = "\n\n".join(map(self.wrapped, sentences_of(family, word)))
        return titled(f"{word}   ({WHERE[family]})", [text, *self.settings(settings_of(family, word))])

    def settings(self, meanings: Mapping[str, str]) -> list[str]:
        """The settings, each with what it means."""
        return ["", self.said(SETTINGS), *self.rows(meanings, "  ")] if meanings else []


def titled(title: str, lines: Iterable[str]) -> str:
    """Lines under a title."""
    return "\n".join([title, "-" * len(title), *lines])


def kinds_text(word: str | None, said: Callable[[str], str] = str, width: int = WIDTH) -> str:
    """A line for each kind; of a word or a family all there is to say. `said` gives a sentence in the reader's language."""
    teller = Teller(said, min(width, WIDTH))
    if word is None:
        return "\n\n".join([*map(teller.family, ALL_RULES), teller.blocks(), teller.subjects(), said(MORE)])
    known = [(family, name) for family, words in ALL_RULES.items() for name in words]
    family, words = SUBJECTS.get(word, ("", ()))
    texts = [teller.block(word)] if word in BLOCKS else []
    texts += [teller.kind(*kind) for kind in known if word in kind or (kind[0] == family and kind[1] in words)]
    if not texts:
        from loyalty_cli.program.reader import ALL_KINDS

        names = [*ALL_RULES, *BLOCKS, *SUBJECTS, *(name for _, name in known)]
        raise LoyaltyError("There is no kind of rule {word}.", word=word, hint=did_you_mean(word, names, otherwise=ALL_KINDS))
    return "\n\n\n".join(texts)


def sentences_of(family: str, word: str) -> list[str]:
    """A kind's documentation: its first sentence, the rest of that paragraph, the other paragraphs; samples as they stand."""
    first, *others = (module_of(family, word).__doc__ or "").strip().split("\n\n")
    sentence, _, rest = " ".join(first.split()).partition(". ")
    paragraphs = [part if is_sample(part) else " ".join(part.split()) for part in others]
    return [f"{sentence.rstrip('.')}.", *([rest] if rest else []), *paragraphs]


def is_sample(paragraph: str) -> bool:
    """Whether a paragraph is a piece of a program."""
    return paragraph.startswith("    ")


def own_first(kind: Any) -> dict[str, Any]:
    """The settings of a kind, what it shares with others of its family last."""
    fields: dict[str, Any] = kind.model_fields
    return dict(sorted(fields.items(), key=lambda field: field[0] not in kind.__annotations__))


def settings_of(family: str, word: str) -> dict[str, str]:
    """The settings of a kind, each with what it means."""
    return said_settings(own_first(kind_of(family, word)).items())


def said_settings(fields: Iterable[tuple[str, Any]]) -> dict[str, str]:
    """Settings by the word that is written, each with what it means."""
    return {field.alias or name: field.description for name, field in fields if field.description}


def kinds_texts() -> Iterator[str]:
    """Every sentence of it, for the catalogues."""
    yield from (MORE, SETTINGS, BESIDE, TOGETHER)
    for block in BLOCKS.values():
        yield from (block.meaning, *said_settings(block.shape.model_fields.items()).values())
    for family, words in ALL_RULES.items():
        for word in words:
            yield from (part for part in sentences_of(family, word) if not is_sample(part))
            yield from settings_of(family, word).values()
