"""A till whose export is known: what its header must have, and the layout that reads it."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import Any
from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.importers.layouts.places import folded
from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.typed import typed
from loyalty_cli.reading.forms.dates import date_form
from loyalty_cli.reading.values import NotUnderstood

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.importers.layouts.layout import Layout

Evidence = Literal["A", "B"]

# What Russian programs write behind the word for a sum; with another word behind it, as in Итого паста, it names goods.
BEHIND_A_SUM = (
    "по *", "за *", "на *", "с [0-9]*", "с н*", "с уч*", "с *скид*", "без *", "в *", "к *", "со *", "от [0-9]*", "продаж*",
    "продан*", "возврат*", "чек*", "сумм*", "скид*", "колич*", "товар*", "стоимость*", "выручк*", "магазин*", "касс*",
    "склад*", "смен*", "документ*", "строк*", "позиц*", "ндс*", "налог*", "наличн*", "нал", "нал.*", "безнал*", "карт*",
    "эквайр*", "оплат*", "оплач*", "сдач*", "день*", "недел*", "месяц*", "период*", "отчет*", "отчёт*", "реализ*", "розн*",
    "оборот*", "прибыл*", "приход*", "расход*", "клиент*", "покупат*", "номенклат*", "артикул*", "операц*", "отдел*",
    "подраздел*", "организац*", "точк*", "филиал*", "штук*", "шт", "шт.*", "единиц*", "бонус*", "балл*", "руб*", "бел. руб*",
    "тенге*", "тг", "тг.*", "лей", "лей.*", "сом", "сом.*", "грн*", "mdl*", "kzt*", "byn*", "rub*", "[0-9(:=₽–—-]*",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Till:
    """One export of one till program.

    `header` are the columns it is known by (of a tuple of names any one); of `lacks` it has none. `columns` gives each
    of our words its column, or several names of it of which a file has one (a card may stand in any of them); what a
    file lacks is left out. A file without a header is known by its `first_lines`. `settings` are those of a layout,
    `own` those that an owner has changed. `evidence` is A for real files or the vendor's own code or page, B for a
    manual, a sample or another program that reads them.
    """

    name: str
    title: str
    evidence: Evidence
    columns: Mapping[str, str | Sequence[str]]
    header: tuple[str | tuple[str, ...], ...] = ()
    lacks: tuple[str, ...] = ()
    first_lines: re.Pattern[str] | None = None
    delimiters: tuple[str, ...] = (",",)
    code_page: str = "cp1252"
    settings: Mapping[str, Any] = field(default_factory=dict)
    own: Layout | None = None

    def claims(self, header: Sequence[str]) -> bool:
        """Whether a header is one of this till's."""
        names = {folded(name) for name in header}
        return bool(self.header) and self.has(names) and not any(folded(name) in names for name in self.lacks)

    def has(self, names: set[str]) -> bool:
        """Whether all the columns it is known by are there."""
        several = ((one,) if isinstance(one, str) else one for one in self.header)
        return all(any(folded(name) in names for name in any_of) for any_of in several)

    def layout(self, header: Sequence[str], *, encoding: str, delimiter: str, file: str = "") -> Layout:
        """The layout of a file with this header."""
        from loyalty_cli.importers.layouts.layout import layout_said

        names = {folded(name) for name in header}
        columns = {word: place for word, places in self.columns.items() if (place := columns_of(word, places, names))}
        form = {"encoding": encoding, "delimiter": delimiter}
        chosen = {"columns": columns, **form, "gift_cards": "yes", **self.settings}
        if header:
            chosen = fitting(chosen, {*names, *columns})
        try:
            layout = layout_said(chosen)
        except ValueError as error:
            raise self.lacking(error, file) from error
        return changed(layout, self.own)

    def lacking(self, error: Any, file: str) -> ExportRefused:
        """The refusal of a file that is this till's by its header, and has not all that a receipt needs, by pydantic's error."""
        cause = error.errors()[0].get("ctx", {}).get("error")
        return ExportRefused(
            "{file} looks like one of {till}, but can not be read as one. {what}",
            exit_code=ExitCode.LAYOUT_DOES_NOT_FIT,
            hint=phrase("Export it again with all columns, or write a layout for it: loyalty import inspect {file}", file=typed(file)),
            file=file,
            till=Phrase(self.title),
            what=cause.what if isinstance(cause, NotUnderstood) else error.errors()[0]["msg"],
        )


def sums_called(*words: str) -> list[str]:
    """The patterns of rows of totals that begin with some Russian words.

    >>> sums_called("всего")[:3]
    ['всего', 'всего[:,.]*', 'всего по *']
    """
    return [pattern for word in words for pattern in (word, f"{word}[:,.]*", *(f"{word} {behind}" for behind in BEHIND_A_SUM))]


def fitting(settings: dict[str, Any], there: set[str]) -> dict[str, Any]:
    """Settings without what they say of columns that a file does not have."""
    for setting in ("ignore", "keep", "cancelled", "head_rows"):
        if labels := settings.get(setting):
            settings[setting] = {word: said for word, said in labels.items() if word in there or folded(word) in there}
    if "time" in settings["columns"] and isinstance(forms := settings.get("date_form"), list):
        settings["date_form"] = [form for form in forms if not date_form(form).has_time] or forms
    if key := settings.get("receipt_key"):
        settings["receipt_key"] = [word for word in key if word in there]
    if "kind" in there and "return_labels" in settings:
        settings["returns"] = "by label"
    elif "kind" not in there:
        settings = {word: said for word, said in settings.items() if word not in {"sale_labels", "return_labels"}}
        if settings.get("returns") == "by label":
            del settings["returns"]
    return settings


def changed(layout: Layout, own: Layout | None) -> Layout:
    """A layout with what an owner's `like:` changes in it."""
    if own is None:
        return layout
    columns = {word: getattr(own.columns, word) for word in own.columns.model_fields_set}
    settings = {word: getattr(own, word) for word in own.model_fields_set - {"like", "columns"}}
    return layout.model_copy(update={"columns": layout.columns.model_copy(update=columns), **settings})


def columns_of(word: str, places: str | Sequence[str], names: set[str]) -> str | list[str]:
    """Of several names of a column the first that a header has; of a card's all; without a header all that is given."""
    several = [places] if isinstance(places, str) else list(places)
    there = [place for place in several if not names or folded(place) in names]
    if word == "card" or (len(there) > 1 and not names):
        return there
    return there[0] if there else ""
