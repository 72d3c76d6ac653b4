"""A layout as a draft that its owner finishes: what is certain stands plain, what is not stands as a question."""

from __future__ import annotations

import json
import re
import textwrap
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from loyalty_cli.importers.layouts.columns import Columns
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Sequence

    from loyalty_cli.model.shown.phrase import Phrase


# What YAML and our reader take as it stands; everything else goes in quotes.
PLAIN = re.compile(r"[^\W\d_][\w /%().-]*[\w%)]|[^\W_]|\d+")
# Words that some readers of YAML take for something else than text.
TAKEN_OTHERWISE = {"yes", "no", "on", "off", "true", "false", "null", "y", "n", "none"}
WIDTH = 76
COLUMNS = "columns."
WORDS = list(Columns.model_fields)
# Without these an import goes on by their default.
OPTIONAL = {
    "keep", "ignore", "cancelled", "receipt_key", "returns", "return_labels", "card_check", "head_rows", "total_rows", "fill_down",
    "amounts_are",
}  # fmt: skip
# These have a default, too, which is that of nobody who was asked; another layout that the draft is like knows its own.
ASKED_OF_ALL = {"encoding", "delimiter", "date_form"}
UNDECIDED = phrase("Take this line out once its questions below are answered; until then no import uses this.")


@dataclass(frozen=True, slots=True)
class Together:
    """Several settings that are decided at once."""

    settings: tuple[tuple[str, str], ...]


Value = str | int | tuple[str, ...] | dict[str, tuple[str, ...]] | Together


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the owner must decide: a setting, the question, and its possible values; `taken` stands for now, if any."""

    setting: str
    ask: Phrase
    choices: tuple[Value, ...]
    taken: Value | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One setting of a draft: its value, a remark above it, or a question about it."""

    setting: str
    value: Value | None = None
    remark: Phrase | None = None
    question: Question | None = None

    @property
    def places(self) -> tuple[str, ...]:
        """The columns that its value or one of its choices names."""
        values = [self.value, *(self.question.choices if self.question is not None else ())]
        return tuple(place for value in values for place in texts_of(value))


@dataclass(slots=True)
class Draft:
    """A layout being made, setting by setting."""

    title: list[Phrase] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    # Said below the columns.
    end: list[Phrase] = field(default_factory=list)

    @property
    def questions(self) -> list[Question]:
        """All questions, those of columns last, as they stand in the file."""
        ordered = [*self.of_file, *self.of_columns]
        return [entry.question for entry in ordered if entry.question is not None]

    @property
    def is_open(self) -> bool:
        """Whether an import has to wait for an answer."""
        return any(question.taken is None for question in self.questions)

    @property
    def unnoticed(self) -> tuple[str, ...]:
        """The open settings that an import could do without, so that it would not notice the question."""
        still_open = (question.setting for question in self.questions if question.taken is None)
        unnoticed = OPTIONAL if self.value("like") else OPTIONAL | ASKED_OF_ALL
        return tuple(dict.fromkeys(setting for setting in still_open if setting in unnoticed))

    @property
    def of_file(self) -> list[Entry]:
        """The settings of the file."""
        return [entry for entry in self.entries if not entry.setting.startswith(COLUMNS)]

    @property
    def of_columns(self) -> list[Entry]:
        """The columns."""
        found = [entry for entry in self.entries if entry.setting.startswith(COLUMNS)]
        return sorted(found, key=lambda entry: WORDS.index(entry.setting.removeprefix(COLUMNS)))

    def settle(self, setting: str, value: Value, remark: Phrase | None = None) -> None:
        """Write a setting that is certain."""
        self.entries.append(Entry(setting=setting, value=value, remark=remark))

    def ask(self, setting: str, ask: Phrase, choices: Iterable[Value], taken: Value | None = None) -> None:
        """Write a question; without a value taken the import waits for the answer."""
        question = Question(setting=setting, ask=ask, choices=tuple(choices), taken=taken)
        self.entries.append(Entry(setting=setting, value=taken, question=question))

    def value(self, setting: str) -> Value | None:
        """The value of a setting, as far as it is decided."""
        return next((entry.value for entry in self.entries if entry.setting == setting), None)

    def text(self, say: Callable[[Phrase], str] = str) -> str:
        """The draft as YAML, with its remarks as `say` says them."""
        lines = [line for said in self.title for line in comment(say(said))]
        if self.unnoticed:
            lines += comment(say(UNDECIDED))
            lines.append(f"undecided: {yaml(self.unnoticed)}")
        numbers = {id(question): number for number, question in enumerate(self.questions, 1)}
        for entry in self.of_file:
            lines += written(entry, numbers, say)
        if self.of_columns:
            lines.append("columns:")
        for entry in self.of_columns:
            lines += [f"  {line}" for line in written(entry, numbers, say)]
        lines += [f"  {line}" for said in self.end for line in comment(say(said))]
        return "".join(f"{line}\n" for line in lines)


def texts_of(value: Value | None) -> tuple[str, ...]:
    """The texts in a value."""
    if isinstance(value, Together):
        return tuple(text for _, text in value.settings)
    if isinstance(value, tuple | dict):
        return tuple(value)
    return (str(value),) if isinstance(value, str | int) else ()


def written(entry: Entry, numbers: dict[int, int], say: Callable[[Phrase], str]) -> list[str]:
    """The lines of one setting."""
    name = entry.setting.removeprefix(COLUMNS)
    if entry.question is None:
        above = comment(say(entry.remark)) if entry.remark is not None else []
        return [*above, *(lines_of(name, entry.value) if entry.value is not None else [])]
    question = entry.question
    lines = comment(say(phrase("QUESTION {number}. {ask}", number=numbers[id(question)], ask=question.ask)))
    for choice in question.choices:
        mark = "" if choice == question.taken else "# "
        lines += [f"{mark}{line}" for line in lines_of(name, choice)]
    return lines


def lines_of(name: str, value: Value) -> list[str]:
    """A setting with its value, or several that belong together."""
    if isinstance(value, Together):
        return [f"{setting}: {yaml_text(text)}" for setting, text in value.settings]
    return [f"{name}: {yaml(value)}"]


def comment(text: str) -> list[str]:
    """A remark in lines of a bearable length."""
    safe = "".join(letter if letter.isprintable() else " " for letter in text)
    return textwrap.wrap(safe, WIDTH, initial_indent="# ", subsequent_indent="#   ", break_on_hyphens=False)


def yaml(value: str | int | tuple[str, ...] | dict[str, tuple[str, ...]]) -> str:
    """A value as YAML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{yaml_text(name)}: {yaml(labels)}" for name, labels in value.items()) + "}"
    if isinstance(value, tuple):
        return "[" + ", ".join(map(yaml_text, value)) + "]"
    return yaml_text(str(value))


def yaml_text(text: str) -> str:
    """A text as YAML, in quotes where it could be taken for something else."""
    if text in {"yes", "no", "none"} or (PLAIN.fullmatch(text) and text.casefold() not in TAKEN_OTHERWISE):
        return text
    return json.dumps(text, ensure_ascii=False)


def one_or_many(values: Sequence[str]) -> Value:
    """One value alone, several as a list."""
    return values[0] if len(values) == 1 else tuple(values)
