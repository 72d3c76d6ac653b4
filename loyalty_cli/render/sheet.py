"""A sheet of coupons or cards as one HTML page for the printer: A4, ten labels, loads nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.render.barcodes import line_code
from loyalty_cli.render.barcodes import qr_code
from loyalty_cli.render.safe import safe
from loyalty_cli.render.templates import template
from loyalty_cli.render.words import say
from loyalty_cli.render.words import say_all

if TYPE_CHECKING:
    from loyalty_cli.model.shown.sheet import Label
    from loyalty_cli.model.shown.sheet import Sheet
    from loyalty_cli.model.shown.sheet import SheetKind

ON_A_PAGE = 10
# The room for the lines of a code and their height, in millimetres; a card is 85.6 mm wide, a coupon 94 mm.
ROOM: dict[SheetKind, tuple[float, float]] = {"coupon": (86.0, 12.0), "card": (56.0, 16.0)}
QR_SIZE = 21.0
# A text with more letters than this is set smaller.
LONG, VERY_LONG = 24, 44
LONG_WORTH, LONGEST_WORTH = 11, 16


def render_sheet(sheet: Sheet, language: str) -> bytes:
    """The sheet as a page in the language."""
    labels = [label_texts(label, sheet.kind, language) for label in sheet.labels]
    page = template("sheet.html.j2").render(
        language=language,
        title=say(sheet.title, language),
        kind=sheet.kind,
        shop=sized(sheet.shop),
        pages=[labels[first : first + ON_A_PAGE] for first in range(0, len(labels), ON_A_PAGE)],
        hint=say(
            phrase("Print on A4 at 100 % (actual size), without fitting to the page; else a till may not read the codes."),
            language,
        ),
        empty=say(phrase("There is nothing to print."), language),
    )
    return page.encode("utf-8", "replace")


def label_texts(label: Label, kind: SheetKind, language: str) -> dict[str, object]:
    """What the template needs of a label: texts and drawings."""
    widest, tall = ROOM[kind]
    # The drawings are our own marks around escaped texts.
    lines = Markup(line_code(label.code, widest=widest, tall=tall))  # noqa: S704
    square = Markup(qr_code(label.code, size=QR_SIZE))  # noqa: S704
    return {
        "lines": lines,
        "square": square,
        "shown": "" if "<text" in lines else safe(label.shown),
        "title": sized(label.title),
        "worth": worth_of(label, language),
        "terms": say_all(label.lines, language),
        "holder": sized(label.holder),
    }


def worth_of(label: Label, language: str) -> tuple[str, str]:
    """What a label is worth, with the class of its length: it is never cut."""
    text = say(label.worth, language) if label.worth else ""
    return text, "tiny" if len(text) > LONGEST_WORTH else "small" if len(text) > LONG_WORTH else ""


def sized(text: str) -> tuple[str, str]:
    """A text made harmless, with the class of its length."""
    clean = safe(text)
    return clean, "tiny" if len(clean) > VERY_LONG else "small" if len(clean) > LONG else ""
