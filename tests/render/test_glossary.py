"""One word for one thing: what GLOSSARY.md says is how the catalogues speak."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from babel.messages.pofile import read_po

from loyalty_cli.render.words import CATALOGUES

GLOSSARY = (Path(__file__).parents[2] / "GLOSSARY.md").read_text(encoding="utf-8")
LANGUAGES = ("pl", "ru", "ro")
# What of an English sentence is no word of it: places, commands, options, file names, keys.
NO_WORDS = re.compile(r"\{[^}]*\}|`[^`]*`|loyalty [a-z -]+|--[\w-]+|\S+\.(?:yaml|csv|db|html|zip|txt)|\w+:")
# So many sentences in a hundred say the word itself; the others say the thing without naming it.
MOST_SAY_IT = 70


class Term(NamedTuple):
    """A word, the beginnings of what is said for it in each language, and what never is."""

    english: str
    said: dict[str, tuple[str, ...]]
    never: dict[str, tuple[str, ...]]


def terms() -> list[Term]:
    """The rows of the table."""
    found = []
    for line in GLOSSARY.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and cells[0] != "English":
            said = {
                language: tuple(word.partition("·")[0].strip() for word in cell.split(","))
                for language, cell in zip(LANGUAGES, cells[1:4], strict=True)
            }
            never = {
                part.partition(":")[0].strip(): tuple(map(str.strip, part.partition(":")[2].split(",")))
                for part in cells[4].split(";")
                if part
            }
            found.append(Term(cells[0], said, never))
    return found


def sentences(language: str) -> list[tuple[str, str]]:
    """Each English text with what is said for it, in small letters."""
    with (CATALOGUES / language / "LC_MESSAGES" / "loyalty.po").open("rb") as file:
        messages = [message for message in read_po(file, locale=language) if message.id]
    texts = [(message.id if isinstance(message.id, str) else message.id[0], message.string) for message in messages]
    return [(NO_WORDS.sub(" ", text), (said if isinstance(said, str) else " ".join(said or ())).lower()) for text, said in texts]


def test_it_has_sixty_terms_each_once() -> None:
    words = [term.english for term in terms()]
    assert len(words) == len(set(words)) >= 60


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogues_say_the_words_of_the_glossary(language: str) -> None:
    known = sentences(language)
    other: list[str] = []
    for term in terms():
        word = re.compile(rf"\b{term.english}(s|es)?\b", re.IGNORECASE)
        spoken = [said for text, said in known if word.search(text)]
        saying = [said for said in spoken if any(stem in said for stem in term.said[language])]
        if len(saying) * 100 < len(spoken) * MOST_SAY_IT:
            other.append(f"{term.english}: {len(saying)} of {len(spoken)}")
        stranger = re.compile(rf"\b({'|'.join(term.never[language])})\b") if language in term.never else None
        other += [f"{term.english}: {said}" for said in spoken if stranger and stranger.search(said)]
    assert other == []
