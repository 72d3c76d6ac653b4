"""A target of the owner's own, `exports/NAME.yaml`: how the file is written, its columns, and whom it is about.

file: C:/till/in/cards-{run}.csv
encoding: cp1251
delimiter: ";"
decimal_mark: ","
tiers: [friend, patron]
key: card
columns:
Card: card
Group: {what: tier, words: {friend: Group 5, patron: Group 8}}
Percent: discount
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated
from typing import Any
from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.exporters.all_targets import target_named
from loyalty_cli.exporters.all_targets import target_names
from loyalty_cli.exporters.facts import KIND_OF
from loyalty_cli.exporters.target import Out
from loyalty_cli.exporters.target import Target
from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.csv.as_said import read_delimiter
from loyalty_cli.reading.csv.as_said import read_encoding
from loyalty_cli.reading.fields import BeforeValidator
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import model_validator
from loyalty_cli.reading.problems import did_you_mean
from loyalty_cli.reading.problems import Problems
from loyalty_cli.reading.settings import Names
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.settings import Whole
from loyalty_cli.reading.settings import YesNo
from loyalty_cli.reading.text_files import read_text
from loyalty_cli.reading.values import NotUnderstood
from loyalty_cli.reading.values import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class ColumnSaid(Settings):
    """A column with other words for what stands in it."""

    what: str = Field(description="a word of what can be told")
    words: dict[str, str] = Field({}, description="other words for what stands there")


def read_columns(value: Any) -> tuple[Out, ...]:
    """The columns in their order: a heading, and the word of what stands in it."""
    if not isinstance(value, dict):
        raise NotUnderstood(phrase("columns: is a block of headings and words."), phrase("Write one in each line, such as Card: card"))
    columns = []
    for heading, said in value.items():
        column = ColumnSaid.model_validate(said if isinstance(said, dict) else {"what": said})
        columns.append(Out(str(heading), column.what, column.words))
    return tuple(columns)


def read_date_form(value: object) -> str:
    """Year, month and day in some order, with what stands between them."""
    form = text_of(value, "DD.MM.YYYY")
    rest = form
    for part in ("YYYY", "MM", "DD"):
        rest = rest.replace(part, "", 1)
    if len(rest) != len(form) - len("YYYYMMDD") or any(map(str.isalpha, rest)):
        raise NotUnderstood(
            phrase("{value} does not name a year, a month and a day.", value=form),
            phrase("Write one such as {example}.", example="DD.MM.YYYY"),
        )
    return form


def read_flag(value: object) -> str:
    """The name of a file that lies beside another."""
    flag = text_of(value, "{name}_flag.txt")
    if flag in (".", "..") or any(sign in flag for sign in "/\\"):
        raise NotUnderstood(
            phrase("{text} is no name of a file.", text=flag), phrase("Write one such as {example}.", example="{name}_flag.txt")
        )
    return flag


class TillFile(Settings):
    """How a file for a till or a webshop is written."""

    like: str | None = Field(None, description="a target that loyalty knows; all else here says how this one differs")
    rows: Literal["members", "cards", "coupons"] = Field("cards", description="a row for each member, card or coupon")
    key: str | None = Field(None, description="the word by which the till knows a row")
    columns: Annotated[tuple[Out, ...], BeforeValidator(read_columns)] = Field((), description="headings and what stands under them")
    needs: Names = Field((), description="facts without which a row is left out and told")
    file: str | None = Field(None, description="where the file goes; {run} is the number of the export")
    encoding: Annotated[str, BeforeValidator(read_encoding)] = Field("utf-8", description="how letters are saved")
    delimiter: Annotated[str, BeforeValidator(read_delimiter)] = Field(",", description="the mark between cells")
    quote: Literal['"', "none"] = Field('"', description="the mark around text, or none")
    header: YesNo = Field(True, description="whether the first row names the columns")
    decimal_mark: Literal[".", ","] = Field(".", description="the mark before the decimals")
    date_form: Annotated[str, BeforeValidator(read_date_form)] = Field("YYYY-MM-DD", description="such as DD.MM.YYYY")
    adds: YesNo = Field(False, description="whether the till adds the points of the file to those it has")
    writes: Literal["full", "changes", "both"] = Field("both", description="what the till takes: everybody, or what changed")
    flag: Annotated[str, BeforeValidator(read_flag)] = Field(
        "", description="an empty file that starts the load, written last, such as {name}_flag.txt"
    )
    most_rows: Whole | None = Field(None, description="how many rows a file may have")
    tiers: Names = Field((), description="only members of these tiers")
    groups: Names = Field((), description="only members of these groups")
    only_changed: YesNo = Field(True, description="whether a file has only what changed since the last one")

    @model_validator(mode="after")
    def complete(self) -> TillFile:
        """Columns are known words, and one of them is the key."""
        if self.like is None and not self.columns:
            raise NotUnderstood(phrase("Write columns: what the file has."), phrase("Or like: a target that is known."))
        known = target_named(self.like) if self.like is not None else None
        if self.like is not None and known is None:
            what = phrase("There is no target {name}.", name=self.like)
            raise NotUnderstood(what, did_you_mean(self.like, list(target_names())), at="like")
        about = known.about if known is not None else "coupons" if self.rows == "coupons" else "members"
        for word, at in self.words_said():
            if word not in KIND_OF[about]:
                what = phrase("{word} is nothing that can be told.", word=word)
                raise NotUnderstood(what, did_you_mean(word, KIND_OF[about]), at=at)
        return self

    def words_said(self) -> Iterator[tuple[str, str]]:
        """The words of what can be told that it names, each with the setting that does."""
        for column in self.columns:
            if not column.what.startswith("="):
                yield column.what, "columns"
        if self.key is not None:
            yield self.key, "key"
        for need in self.needs:
            yield from ((word, "needs") for word in need.split(" or "))


def own_target(path: Path) -> Target:
    """The target of a YAML file; Mistakes lists every mistake in it."""
    text = read_text(path)
    # Imported here because most commands know the words of a layout and read none.
    from loyalty_cli.reading.validated import validated
    from loyalty_cli.reading.yaml.nodes import read_yaml

    problems = Problems(path.name, text)
    node = read_yaml(text, problems)
    said = validated(TillFile, node, problems, where="A file for a till") if node is not None else None
    problems.stop_if_any()
    if said is None:
        raise LoyaltyError("The layout {file} is empty.", file=str(path), hint=phrase("Write at least columns: into it."))
    return made_target(path.stem, said)


def made_target(name: str, said: TillFile) -> Target:
    """What the owner says, over what is known of the target it is like."""
    written = {word: getattr(said, word) for word in said.model_fields_set - {"like", "rows"}}
    if said.like is not None:
        known = target_named(said.like)
        assert known is not None  # noqa: S101 - asked by TillFile.complete
        for column in said.columns:
            refuse_uncarried(known, column.what)
        return replace(known, **{**written, "name": name})
    about: Literal["members", "coupons"] = "coupons" if said.rows == "coupons" else "members"
    per: Literal["card", "member"] = "card" if said.rows == "cards" else "member"
    carried = [column.what for column in said.columns]
    key = said.key or next((word for word in ("card", "code", "number", "email", "phone", "member") if word in carried), "")
    if key not in KIND_OF[about]:
        raise LoyaltyError("The layout {name} names no key.", name=name, hint=phrase("Write key: with one of its columns."))
    if said.adds and "change" not in carried:
        raise LoyaltyError("A till that adds points needs the column change.", hint=phrase("points is the balance, change what was added."))
    return Target(**{**written, "name": name, "title": name, "evidence": "-", "about": about, "per": per, "key": key})


def refuse_uncarried(target: Target, word: str) -> None:
    """A fact that the target can not carry is refused with the reason."""
    why = target.refused.get(word)
    if why is not None:
        raise ExportRefused("{target} can not carry {word}: {why}.", target=target.name, word=word, why=why)
