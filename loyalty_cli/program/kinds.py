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


def kinds_text(word: str | None, said: Callable[[str], str] = str) -> str:
    """A line for each kind; of a word or a family all there is to say. `said` gives a sentence in the reader's language."""
    if word is None:
        families = [family_text(family, said) for family in ALL_RULES]
        return "\n\n".join([*families, blocks_text(said), subjects_text(said), said(MORE)])
    known = [(family, name) for family, words in ALL_RULES.items() for name in words]
    family, words = SUBJECTS.get(word, ("", ()))
    texts = [block_text(word, said)] if word in BLOCKS else []
    texts += [kind_text(*kind, said) for kind in known if word in kind or (kind[0] == family and kind[1] in words)]
    if not texts:
        from loyalty_cli.program.reader import ALL_KINDS

        names = [*ALL_RULES, *BLOCKS, *SUBJECTS, *(name for _, name in known)]
        raise LoyaltyError("There is no kind of rule {word}.", word=word, hint=did_you_mean(word, names, otherwise=ALL_KINDS))
    return "\n\n\n".join(texts)


def family_text(family: str, said: Callable[[str], str]) -> str:
    """A family with a line for each of its kinds: the word, and the first sentence of its documentation."""
    words = ALL_RULES[family]
    side = max(map(len, words)) + 2
    title = f"{family}   ({WHERE[family]})"
    lines = [f"{word:<{side}}{said(sentences_of(family, word)[0])}" for word in words]
    return "\n".join([title, "-" * len(title), *lines])


def blocks_text(said: Callable[[str], str]) -> str:
    """A line for each block that is no rule."""
    title, side = said(BESIDE), max(map(len, BLOCKS)) + 2
    return "\n".join([title, "-" * len(title), *(f"{word:<{side}}{said(block.meaning)}" for word, block in BLOCKS.items())])


def subjects_text(said: Callable[[str], str]) -> str:
    """A line for what shops call several kinds together."""
    title, side = said(TOGETHER), max(map(len, SUBJECTS)) + 2
    return "\n".join([title, "-" * len(title), *(f"{word:<{side}}{', '.join(words)}" for word, (_, words) in SUBJECTS.items())])


def block_text(word: str, said: Callable[[str], str]) -> str:
    """A block that is no rule: what it is, a sample, its settings."""
    block = BLOCKS[word]
    title, settings = f"{word}   ({block.place})", said_settings(block.shape.model_fields.items())
    lines = [f"  {name:<22} {said(meaning)}" for name, meaning in settings.items()]
    return "\n".join([title, "-" * len(title), textwrap.fill(said(block.meaning), WIDTH), "", block.sample, "", said(SETTINGS), *lines])


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


def kind_text(family: str, word: str, said: Callable[[str], str]) -> str:
    """One kind: its word, its place, its documentation, its settings."""
    title = f"{word}   ({WHERE[family]})"
    parts = [part if is_sample(part) else textwrap.fill(said(part), WIDTH) for part in sentences_of(family, word)]
    settings = [f"  {name:<18} {said(meaning)}" for name, meaning in settings_of(family, word).items()]
    return "\n".join([title, "-" * len(title), "\n\n".join(parts), *(["", said(SETTINGS), *settings] if settings else [])])


def kinds_texts() -> Iterator[str]:
    """Every sentence of it, for the catalogues."""
    yield from (MORE, SETTINGS, BESIDE, TOGETHER)
    for block in BLOCKS.values():
        yield from (block.meaning, *said_settings(block.shape.model_fields.items()).values())
    for family, words in ALL_RULES.items():
        for word in words:
            yield from (part for part in sentences_of(family, word) if not is_sample(part))
            yield from settings_of(family, word).values()
