"""A sample program in the words of a new shop: its language, name, currency, time zone and first day.

The templates are written in English, with amounts of a currency such as the złoty. `programs/words/LANGUAGE.yaml` has each
name, note and title in another language; what costs 1 złoty costs more units of a smaller currency.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyalty_cli.model.days import iso
from loyalty_cli.model.money import currency_named
from loyalty_cli.operations.shop.samples import sample_folder
from loyalty_cli.reading.problems import Problems
from loyalty_cli.reading.text_files import read_text
from loyalty_cli.reading.yaml.nodes import plain
from loyalty_cli.reading.yaml.nodes import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from pathlib import Path

    from loyalty_cli.model.days import Day

# How many units of a currency stand for one of the templates' amounts; of others just as many.
WORTH = {
    "RUB": 20, "UAH": 10, "MDL": 5, "CZK": 5, "TRY": 10, "KZT": 100, "HUF": 100, "RSD": 30, "AMD": 100,
    "GEL": 1, "BYN": 1, "SEK": 3, "NOK": 3, "DKK": 2,
}  # fmt: skip
AMOUNT = re.compile(r"(?<![\d.])\d+\.\d\d(?![\d.])")
COMMENT = re.compile(r"(?:^|(?<=\s))#")
# A note that is a part of the program, to be had by taking the sign away.
SLEEPING = re.compile(r"\s*[a-z_]+:(\s|$)|\s{2,}\S+:\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a new shop says of itself."""

    name: str = ""
    language: str = "en"
    currency: str = "PLN"
    timezone: str = "UTC"
    starts: Day


def words_of_templates(language: str) -> Mapping[str, str]:
    """The words of the templates in a language; English has its own."""
    path = sample_folder("programs") / "words" / f"{language}.yaml"
    if not path.is_file():
        return {}
    text = read_text(path)
    problems = Problems(path.name, text)
    root = read_yaml(text, problems)
    problems.stop_if_any()
    words: dict[str, str] = plain(root) if root is not None else {}
    return words


class Wording:
    """Writes the files of a template for one shop; `scaled` where its amounts are those of the templates' currency."""

    def __init__(self, answers: Answers, *, scaled: bool = True) -> None:
        self.answers = answers
        self.words = words_of_templates(answers.language)
        names = sorted((name for name in self.words if not COMMENT.search(name)), key=len, reverse=True)
        self.names = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, names))})(?!\w)") if names else None
        self.digits = currency_named(answers.currency).digits
        # A currency without hundredths has none for the templates' 499.99.
        self.factor = WORTH.get(answers.currency, 1 if self.digits else 100)
        self.scaled = scaled

    def program(self, sample: Path) -> str:
        """The program file."""
        return self.text(read_text(sample).splitlines())

    def text(self, lines: Iterable[str]) -> str:
        """The lines of a program file."""
        return "".join(f"{line}\n" for line in aligned([self.line(line) for line in lines]))

    def examples(self, sample: Path) -> str:
        """The worked examples; their arithmetic stays with the sample."""
        return self.worked(read_text(sample).splitlines())

    def worked(self, written: Iterable[str]) -> str:
        """The lines of worked examples."""
        lines = []
        for line in written:
            code, comment = parted(line)
            if line.startswith("- example: "):
                title = line.removeprefix("- example: ")
                lines.append(f"- example: {quoted(self.words.get(title, title))}")
            elif line.startswith("#"):
                lines.append(f"# {self.words.get(comment, comment)}".rstrip())
            elif code.strip() or not comment:
                lines.append(self.code(code).rstrip())
        return "".join(f"{line}\n" for line in lines)

    def layout(self, sample: Path) -> str:
        """A layout: only its notes are in words."""
        lines = [(line, *parted(line)) for line in read_text(sample).splitlines()]
        told = [beside(code, self.words[comment]) if comment in self.words else line for line, code, comment in lines]
        return "".join(f"{line}\n" for line in told)

    def line(self, line: str) -> str:
        """A line of the program: the settings in this shop's names and amounts, the note in its language."""
        code, comment = parted(line)
        if SLEEPING.match(comment) and not code.strip():
            return f"{code}# {self.line(comment)}" if comment.strip() else line
        said = self.words.get(comment, comment)
        return beside(self.code(code), said, like=line) if "#" in line else self.code(code)

    def code(self, code: str) -> str:
        """The settings of a line."""
        answers = self.answers
        head = {
            "program": answers.name and quoted(answers.name),
            "language": answers.language,
            "currency": answers.currency,
            "timezone": answers.timezone,
            "starts": iso(answers.starts),
        }
        key, _, value = code.partition(":")
        if head.get(key):
            return f"{key}: {head[key]}{' ' * (len(value) - len(value.rstrip()))}"
        if self.names:
            code = self.names.sub(lambda name: self.words[name[1]], code)
        return AMOUNT.sub(lambda amount: self.amount(amount[0]), code) if self.scaled else code

    def amount(self, text: str) -> str:
        """An amount in the shop's currency."""
        minor = int(text.replace(".", "")) * self.factor
        return text if self.factor == 1 and self.digits == 2 else f"{minor / 100:.{self.digits}f}"


def parted(line: str) -> tuple[str, str]:
    """The settings of a line, and its note without the sign."""
    at = COMMENT.search(line)
    if at is None:
        return line, ""
    return line[: at.start()], line[at.end() :].removeprefix(" ") if line[at.end() :].strip() else ""


def beside(code: str, note: str, *, like: str = "") -> str:
    """A note behind its settings, where it stood if there is room."""
    at = COMMENT.search(like or code + "#")
    column, settings = at.start() if at else 0, code.rstrip()
    room = max(column - len(settings), 2 if settings else 0)
    return f"{settings}{' ' * room}# {note}".rstrip()


def quoted(text: str) -> str:
    """A text as YAML writes it."""
    plainly = re.fullmatch(r"[^\W\d_][^#:'\"{}\[\]&*!|>%@`,]*", text) and text.casefold() not in {"yes", "no", "true", "false", "null"}
    return text if plainly and text == text.strip() else "'" + text.replace("'", "''") + "'"


ENTRY = re.compile(r"(\s+)([^:#\s][^:#]*):\s+(\{.*)")


def aligned(lines: list[str]) -> list[str]:
    """Entries of one block begin their brackets in one column."""
    done: list[str] = []
    block: list[re.Match[str]] = []

    def finish() -> None:
        widest = max((len(entry[2]) for entry in block), default=0) + 1
        done.extend(f"{entry[1]}{entry[2] + ':':<{widest}} {entry[3]}" for entry in block)
        block.clear()

    for line in lines:
        entry = ENTRY.fullmatch(line)
        if block and (entry is None or entry[1] != block[0][1]):
            finish()
        if entry:
            block.append(entry)
        else:
            done.append(line)
    finish()
    return done
