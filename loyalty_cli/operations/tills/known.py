"""Which target a name means: a layout of the owner's own in `exports/`, else one that loyalty knows; and `loyalty till list`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.exporters.all_targets import all_targets
from loyalty_cli.exporters.all_targets import NOTHING_TO_SAY
from loyalty_cli.exporters.all_targets import target_named
from loyalty_cli.exporters.all_targets import target_names
from loyalty_cli.exporters.all_targets import WHY_NOT
from loyalty_cli.exporters.facts import KIND_OF
from loyalty_cli.exporters.layout import own_target
from loyalty_cli.exporters.layout import TillFile
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.kept_phrase import kept
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.reading.problems import did_you_mean
from loyalty_cli.store.tills.exports import exports_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from loyalty_cli.exporters.target import Target
    from loyalty_cli.operations.open_shop import Shop

TARGETS = (
    Column(name="name", heading="Name", kind="code"),
    Column(name="title", heading="Form", kind="word"),
    Column(name="evidence", heading="Evidence", kind="code"),
    Column(name="key", heading="Key", kind="code"),
    Column(name="carries", heading="Carries"),
    Column(name="points", heading="Points"),
    Column(name="last", heading="Last export", kind="moment"),
)
SETTINGS = (Column(name="setting", heading="Setting", kind="code"), Column(name="meaning", heading="Meaning", kind="word"))
ONE = (Column(name="what", heading="What", kind="code"), Column(name="value", heading="Value", kind="said"))


def target_of(shop: Shop, name: str) -> Target:
    """The target of a name."""
    own = shop.folder / "exports" / f"{name}.yaml"
    if own.exists():
        return own_target(own)
    found = target_named(name)
    if found is None:
        raise LoyaltyError(
            "There is no target {name}.",
            name=name,
            hint=did_you_mean(name, [*target_names(), *(path.stem for path in own_files(shop))]),
        )
    return found


def own_files(shop: Shop) -> list[Path]:
    """The layouts of the owner's own."""
    return sorted((shop.folder / "exports").glob("*.yaml"))


def till_list(shop: Shop, name: str | None) -> Outcome:
    """Every target, or all that is known of one."""
    last = {}
    if shop.database.exists():
        with shop.reading() as connection:
            last = {export.target: export.at for export in exports_of(connection)}
    if name is not None:
        return about(target_of(shop, name))
    targets = [*(own_target(path) for path in own_files(shop)), *all_targets()]
    rows = [
        (each.name, each.title, each.evidence, each.key, ", ".join(each.carries), points_said(each), last.get(each.name))
        for each in targets
    ]
    notes = [
        phrase("Evidence A: real files or the maker's own page or code. B: a manual, a sample or another reader."),
        WHY_NOT,
        NOTHING_TO_SAY,
        phrase("All that is known of one: loyalty till list NAME. A layout of your own is exports/NAME.yaml."),
    ]
    return Outcome(
        tables=[Table(name="targets", title=phrase("Files for tills and webshops"), columns=TARGETS, rows=rows, currency="", notes=notes)]
    )


def points_said(target: Target) -> str:
    """Whether points are a total or what is added."""
    return "added" if target.adds else "total" if "points" in target.carries else ""


def about(target: Target) -> Outcome:
    """All that is known of one target."""
    said: list[tuple[str, str]] = [
        ("evidence", target.evidence),
        ("rows", "coupons" if target.about == "coupons" else "cards" if target.per == "card" else "members"),
        ("key", target.key),
        *(("column", f"{column.heading or '-'}: {column.what}") for column in target.columns),
        ("needs", ", ".join(target.needs)),
        ("points", points_said(target)),
        ("writes", target.writes),
        ("deletion", kept(target.deletion)),
        ("effects", kept(target.effects)),
        *((f"refused {word}", kept(why)) for word, why in target.refused.items()),
        ("encoding", target.encoding),
        ("delimiter", repr(target.delimiter)),
        ("quote", target.quote),
        ("decimal_mark", target.decimal_mark),
        ("date_form", target.date_form),
        ("file", target.file_name),
        ("flag", target.flag),
        ("most_rows", str(target.most_rows or "")),
        ("most_bytes", str(target.most_bytes or "")),
    ]
    rows = [(what, value) for what, value in said if value]
    return Outcome(tables=[Table(name="target", title=Phrase(target.title), columns=ONE, rows=rows, currency="")])


def list_settings() -> Outcome:
    """What exports/NAME.yaml can say, and the words that columns can have."""
    table = Table(
        name="settings",
        title=phrase("What exports/NAME.yaml can say"),
        columns=SETTINGS,
        rows=list(settings_said()),
        currency="",
    )
    return Outcome(tables=[table])


def settings_said() -> Iterator[tuple[str, str]]:
    """Each setting, then the words for columns."""
    for name, setting in TillFile.model_fields.items():
        yield name, setting.description or ""
    for about_, words in KIND_OF.items():
        yield f"columns: {about_}", ", ".join(words)
