"""`loyalty init`: a new shop's folder from one of the sample programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.operations.shop.samples import sample_folder
from loyalty_cli.reading.problems import did_you_mean
from loyalty_cli.store import database
from loyalty_cli.store.database import was_only_begun
from loyalty_cli.store.written_file import write_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

# The sample programs with what each is, in the order of --list.
TEMPLATES = {
    "levels": "Tiers by what was spent in twelve months, each with its discount; points.",
    "spend-and-get": "Points for what was paid, a coupon for a big purchase; no tiers.",
    "something-for-everyone": "Tiers by visits, growing discount, points, coupon and a prize draw.",
    "badges-and-stamps": "A café that plays: stamps, days in a month, sets, badges, a surprise.",
    "everything": "More than twenty offers over all families, to take from what fits.",
}
DEFAULT = "levels"
EXAMPLES = "examples.yaml"


def init(shop: Shop, *, template: str) -> Outcome:
    """Make the folder: program, examples, layouts, an empty database. Nothing that is there is touched.

    A folder that has a program of its own and no database gets the database only. An init that was stopped is
    finished: each file appears whole, the program last but one, the database last.
    """
    if template not in TEMPLATES:
        raise LoyaltyError("There is no template {name}.", name=template, hint=did_you_mean(template, TEMPLATES))
    has_database = shop.database.exists() and not was_only_begun(shop.database)
    contents = {path: sample.read_bytes() for path, sample in files_of(shop, template)}
    foreign = [path for path, content in contents.items() if path.exists() and path.read_bytes() != content]
    if shop.program in foreign and not has_database:
        database.create(shop.database).close()
        return database_made(shop)
    taken = [path for path in (*reversed(contents), shop.database) if path.exists()] if has_database else foreign
    if taken:
        raise Refused(
            "{file} is there already.",
            file=str(taken[0]),
            hint=phrase("Nothing was changed. Name a new folder: loyalty init my-shop"),
        )
    for path, content in contents.items():
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_file(path, content)
    database.create(shop.database).close()
    return made(shop, template, [path.relative_to(shop.folder).as_posix() for path in reversed(contents)])


def files_of(shop: Shop, template: str) -> Iterator[tuple[Path, Path]]:
    """Each file of the new folder with the sample it is copied from, the program last."""
    programs = sample_folder("programs")
    for layout in sorted((programs / "layouts").glob("*.yaml"), reverse=True):
        yield shop.folder / "layouts" / layout.name, layout
    yield shop.program.with_name(EXAMPLES), programs / template / EXAMPLES
    yield shop.program, programs / template / "program.yaml"


def made(shop: Shop, template: str, files: list[str]) -> Outcome:
    """What was made, and the three commands that come next."""
    return Outcome(
        said=(
            phrase("A new shop from the template {name} is in {folder}:", name=template, folder=str(shop.folder)),
            phrase("  {files} and an empty {database}.", files=", ".join(files), database=shop.database.name),
            phrase("Open program.yaml: name, currency, time zone and starts first. Then, in that folder:"),
            phrase("  loyalty program check"),
            phrase("  loyalty import purchases FILE --layout till --store NAME --dry-run"),
            phrase("  loyalty recalc --dry-run"),
        ),
        data={"folder": str(shop.folder), "template": template, "files": [*files, shop.database.name]},
    )


def database_made(shop: Shop) -> Outcome:
    """That the program stays as it is, and has a database now."""
    text = "{program} stays as it is; beside it is an empty {database} now. Next: loyalty program check"
    return Outcome(
        said=[phrase(text, program=shop.program.name, database=shop.database.name)],
        data={"folder": str(shop.folder), "template": None, "files": [shop.database.name]},
    )


def list_of_templates() -> Outcome:
    """The templates there are."""
    table = Table(
        name="templates",
        title=phrase("Templates"),
        columns=(
            Column(name="template", heading="Template", kind="code"),
            Column(name="what", heading="What it is", kind="word"),
        ),
        rows=list(TEMPLATES.items()),
        currency="",
        notes=[phrase("Take one with: loyalty init my-shop --template NAME")],
    )
    return Outcome(tables=[table])
