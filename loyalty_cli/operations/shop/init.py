"""`loyalty init`: a new shop's folder from one of the sample programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import iso
from loyalty_cli.model.days import local_day
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import LANGUAGES
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.operations.chain.begin import make_chain
from loyalty_cli.operations.shop.samples import sample_folder
from loyalty_cli.operations.shop.template import Answers
from loyalty_cli.operations.shop.template import Wording
from loyalty_cli.reading.meant import currency_meant
from loyalty_cli.reading.meant_days import is_zone
from loyalty_cli.reading.meant_days import zone_meant
from loyalty_cli.reading.problems import did_you_mean
from loyalty_cli.reading.problems import nearest
from loyalty_cli.store import database
from loyalty_cli.store.database import was_only_begun
from loyalty_cli.store.written_file import write_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.chain.control_book import Place

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


def init(shop: Shop, *, template: str, answers: Answers | None = None, place: Place | None = None) -> Outcome:
    """Make the folder: program, examples, layouts, an empty database. Nothing that is there is touched.

    A folder that has a program of its own and no database gets the database only. An init that was stopped is
    finished: each file appears whole, the program last but one, the database last.
    """
    template_known(template)
    has_database = shop.database.exists() and not was_only_begun(shop.database)
    answers = answers or Answers(starts=local_day(shop.now, "UTC"))
    contents = {path: text.encode() for path, text in files_of(shop, template, Wording(answers))}
    foreign = [path for path, content in contents.items() if path.exists() and path.read_bytes() != content]
    if shop.program in foreign and not has_database:
        new_database(shop, place)
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
    new_database(shop, place)
    return made(shop, template, answers, [path.relative_to(shop.folder).as_posix() for path in reversed(contents)])


def new_database(shop: Shop, place: Place | None) -> None:
    """An empty database; that of a chain names the files in which its purchases will lie."""

    def as_a_chain(part: Path) -> None:
        if place is not None:
            make_chain(part, place, at=shop.moment)

    database.create(shop.database, as_a_chain).close()


def template_known(text: str) -> str:
    """A template's name."""
    if text in TEMPLATES:
        return text
    raise LoyaltyError("There is no template {name}.", name=text, hint=did_you_mean(text, TEMPLATES))


def language_known(text: str) -> str:
    """The two letters of a language we speak, from its name in any of them."""
    if near := nearest(text, LANGUAGES):
        return near
    hint = phrase("Use one of: {names}.", names=", ".join(LANGUAGES))
    raise LoyaltyError("The language '{name}' is not known.", name=text, hint=hint)


def currency_known(text: str) -> str:
    """The three letters of a currency, from its sign or its name."""
    if code := currency_meant(text):
        return code
    raise LoyaltyError("{name} is not the code of a currency.", name=text, hint=phrase("Write its three letters: PLN, RON, RUB, EUR."))


def zone_known(text: str) -> str:
    """A time zone that the computer knows."""
    if is_zone(text):
        return text
    near = zone_meant(text)
    hint = phrase("Did you mean {name}?", name=near) if near else phrase("Write one such as {example}.", example="Europe/Warsaw")
    raise LoyaltyError("{name} is not a time zone.", name=text, hint=hint)


def files_of(shop: Shop, template: str, wording: Wording) -> Iterator[tuple[Path, str]]:
    """Each file of the new folder with what stands in it, the program last."""
    programs = sample_folder("programs")
    for layout in sorted((programs / "layouts").glob("*.yaml"), reverse=True):
        yield shop.folder / "layouts" / layout.name, wording.layout(layout)
    yield shop.program.with_name(EXAMPLES), wording.examples(programs / template / EXAMPLES)
    yield shop.program, wording.program(programs / template / "program.yaml")


def made(shop: Shop, template: str, answers: Answers, files: list[str]) -> Outcome:
    """What was made, and the commands that come next."""
    here = str(shop.folder)
    place = str(shop.folder.resolve()) if here == "." else here
    return Outcome(
        said=(
            phrase("A new shop from the template {name} is in {folder}:", name=template, folder=place),
            phrase("  {files} and an empty {database}.", files=", ".join(files), database=shop.database.name),
            phrase(
                "It starts on {day}: purchases of that day and later earn points. Another day is written in program.yaml, as "
                "starts: YYYY-MM-DD",
                day=OnDay(answers.starts),
            ),
            phrase("Look at program.yaml in an editor and change what you like. Then:"),
            *([] if here == "." else [phrase("  cd {folder}", folder=f'"{here}"' if " " in here else here)]),
            phrase("  loyalty program check"),
            phrase("  loyalty import inspect FILE    (what the export of your till is, and how to import it)"),
        ),
        data={
            "folder": here,
            "template": template,
            "language": answers.language,
            "currency": answers.currency,
            "timezone": answers.timezone,
            "starts": iso(answers.starts),
            "files": [*files, shop.database.name],
        },
        language=answers.language,
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
