"""Coupons and cards printed by a real browser, and read again by a barcode reader that knows nothing of us."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any
from typing import NamedTuple
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.shown.phrase import Money
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.sheet import Label
from loyalty_cli.model.shown.sheet import Sheet
from loyalty_cli.operations.coupons.issue import issue_coupons
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.render.sheet import render_sheet
from tests.cli.running import run
from tests.operations.small_shop import ANA
from tests.operations.small_shop import BORIS
from tests.operations.small_shop import small_shop
from tests.operations.small_shop import sold

if TYPE_CHECKING:
    from pathlib import Path

pypdfium2 = pytest.importorskip("pypdfium2")
zxingcpp = pytest.importorskip("zxingcpp")
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
printed = pytest.mark.skipif(BROWSER is None, reason="no Chromium to print with")
OFFICE_PRINTER = 203  # dots per inch of a cheap label printer; sheets must be readable even then

LETTERS = "Zażółć gęślą jaźń · Съешь ещё этих булок · Țîșnit-au ăști gâște"


class Scanned(NamedTuple):
    """What the reader found on a page, and the letters on it."""

    codes: list[tuple[str, str]]
    text: str


def scanned(page: Path, folder: Path) -> list[Scanned]:
    """Print the page to PDF with the browser, paint each sheet of paper and read its codes."""
    pdf = folder / f"{page.stem}.pdf"
    subprocess.run(
        [
            *(str(BROWSER), "--headless=new", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"),
            *(f"--user-data-dir={folder / 'browser'}", f"--print-to-pdf={pdf}", page.resolve().as_uri()),
        ],
        check=True,
        capture_output=True,
        timeout=90,
    )
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [read(document[number]) for number in range(len(document))]
    finally:
        document.close()


def read(paper: Any) -> Scanned:
    """One sheet of A4 paper."""
    width, height = paper.get_size()
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (210, 297)
    bitmap = paper.render(scale=OFFICE_PRINTER / 72, grayscale=True)
    picture = memoryview(bytes(bitmap.buffer)).cast("B", shape=[bitmap.height, bitmap.stride])
    codes = sorted((code.format.name, code.text) for code in zxingcpp.read_barcodes(picture))
    return Scanned(codes, paper.get_textpage().get_text_range())


def coupon(number: int) -> Label:
    return Label(
        code=f"GPHQ33FXW{number:04}",
        shown=f"GPHQ-33FX-W{number:04}",
        title=LETTERS,
        worth=phrase("{amount}", amount=Money(2000, "PLN")),
        lines=[phrase("For a purchase of {amount} or more.", amount=Money(99_999_999, "PLN"))] * 3,
        holder="Екатерина Константиновна Вознесенская-Преображенская · " + "9" * 64,
    )


@printed
@pytest.mark.parametrize(("count", "papers"), [(1, 1), (10, 1), (40, 4), (41, 5)])
def test_every_code_of_a_coupon_sheet_is_read_again(count: int, papers: int, tmp_path: Path) -> None:
    labels = [coupon(number) for number in range(count)]
    page = tmp_path / "coupons.html"
    page.write_bytes(render_sheet(Sheet(kind="coupon", shop=LETTERS, title=phrase("Coupons"), labels=labels), "pl"))
    found = scanned(page, tmp_path)
    assert len(found) == papers
    for number, paper in enumerate(found):
        here = [label.code for label in labels[number * 10 : number * 10 + 10]]
        assert paper.codes == sorted([("Code128", code) for code in here] + [("QRCode", code) for code in here])


@printed
def test_letters_of_four_languages_arrive_on_paper(tmp_path: Path) -> None:
    page = tmp_path / "letters.html"
    page.write_bytes(render_sheet(Sheet(kind="card", shop=LETTERS, title=phrase("Cards"), labels=[coupon(1)]), "ru"))
    (paper,) = scanned(page, tmp_path)
    words = " ".join(paper.text.split())
    assert all(word in words for word in ("Zażółć", "gęślą", "jaźń", "Съешь", "ещё", "Țîșnit-au", "ăști", "gâște"))


# number, what the lines are: an EAN-13, a Code 128, or nothing (other letters, or too long for a card)
NUMBERS = [
    ("2900041000015", "EAN13"),
    ("0412345678903", "EAN13"),
    ("2900041000016", "Code128"),  # a wrong check digit makes it any text
    ("4929123412341234", "Code128"),
    ("00123", "Code128"),
    ("AB-77/2026", "Code128"),
    ("карта-7", None),
    ("9" * 64, None),
    ("klient nr 8", "Code128"),
    ("X" * 40, None),
    ("7", "Code128"),
]


@printed
def test_any_existing_card_number_is_printed_as_it_is(tmp_path: Path) -> None:
    labels = [Label(code=number, shown=number, holder=LETTERS) for number, _ in NUMBERS]
    page = tmp_path / "cards.html"
    page.write_bytes(render_sheet(Sheet(kind="card", shop="Klub", title=phrase("Cards"), labels=labels), "en"))
    found = [code for paper in scanned(page, tmp_path) for code in paper.codes]
    lines = [(kind, number) for number, kind in NUMBERS if kind is not None]
    assert sorted(found) == sorted(lines + [("QRCode", number) for number, _ in NUMBERS])


def test_a_sheet_loads_nothing_and_writes_names_as_text() -> None:
    label = Label(code="<&>\"'", shown="<b>", title="<script>alert(1)</script>", holder="\x1b[31m\u202e</p>")
    page = render_sheet(Sheet(kind="card", shop="<i>", title=phrase("Cards"), labels=[label]), "en").decode()
    assert "default-src 'none'" in page
    assert "<script" not in page
    assert "<i>" not in page
    assert "<b>" not in page
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert page.replace("http://www.w3.org/2000/svg", "").count("http") == 1  # http-equiv


@printed
def test_coupons_of_a_shop_are_printed_until_they_are_used(tmp_path: Path) -> None:
    folder = shop_with_coupons(tmp_path)
    first = run("coupons", "print", "-o", "sheet.html", "-O", "json", folder=folder)
    assert first.returncode == 0, first.stderr
    codes = json.loads(first.stdout)["data"]["codes"]
    assert len(codes) == 2
    (paper,) = scanned(folder / "sheet.html", tmp_path)
    assert paper.codes == sorted([("Code128", code) for code in codes] + [("QRCode", code) for code in codes])
    assert "next visit" in paper.text
    assert "Fabric Corner Club" in paper.text

    mine = run("coupons", "print", "--card", ANA, "-o", "ana.html", "-O", "json", folder=folder)
    (code,) = json.loads(mine.stdout)["data"]["codes"]
    run("redeem", "coupon", code, "--basket", "50.00", folder=folder)
    again = run("coupons", "print", "-o", "again.html", "-O", "json", folder=folder)
    assert json.loads(again.stdout)["data"]["codes"] == [other for other in codes if other != code]


def test_a_file_for_the_till_goes_where_it_is_said(tmp_path: Path) -> None:
    folder = shop_with_coupons(tmp_path)
    (folder / "stick").mkdir()
    said = run("till", "export", "coupons", "-o", "stick/coupons.csv", folder=folder)
    assert said.returncode == 0, said.stderr
    assert (folder / "stick" / "coupons.csv").read_text(encoding="utf-8").startswith("code,coupon,worth")
    assert not (folder / "till-export").exists()


def shop_with_coupons(tmp_path: Path) -> Path:
    """Two purchases of 100.00, so two coupons of 20.00."""
    small = small_shop(tmp_path / "shop")
    rows = [sold(1, "2026-11-20 10:00", ANA, "100.00"), sold(2, "2026-11-20 11:00", BORIS, "100.00")]
    small.export("market-1.csv", rows)
    assert run("import", "purchases", "till/market-1.csv", "--store", "Market", folder=small.folder).returncode == 0
    recalc(small.at("2026-11-21T07:00"))
    issue_coupons(small.at("2026-11-21T07:00"))
    return small.folder


def test_cards_are_made_listed_and_printed_from_the_command_line(tmp_path: Path) -> None:
    folder = small_shop(tmp_path / "shop").folder
    made = run("cards", "make", "--count", "3", "--prefix", "29012", "--key", "spring", "-o", "c.csv", folder=folder)
    assert made.returncode == 0, made.stderr
    assert (folder / "c.csv").read_text().split() == ["card", "2901200000013", "2901200000020", "2901200000037"]
    again = run("cards", "make", "--count", "3", "--prefix", "29012", "--key", "spring", "-O", "csv", folder=folder)
    assert again.stdout.split() == ["card", "2901200000013", "2901200000020", "2901200000037"]
    sheet = run("cards", "print", "--lang", "pl", folder=folder)
    assert sheet.returncode == 0, sheet.stderr
    assert "cards-2026-11-21.html" in sheet.stdout
    page = (folder / "cards-2026-11-21.html").read_text(encoding="utf-8")
    assert page.count("<article") == 3
    assert '<html lang="pl">' in page


def test_a_sheet_is_a_page_and_nothing_else(tmp_path: Path) -> None:
    folder = small_shop(tmp_path / "shop").folder
    refused = run("cards", "print", "--card", "7", "-o", "cards.pdf", folder=folder)
    assert refused.returncode == 2
    assert "cards.html" in refused.stderr
    assert not (folder / "cards.pdf").exists()
    shown = run("cards", "print", "--card", "7", "-o", "-", folder=folder)
    assert shown.returncode == 0
    assert shown.stdout.startswith("<!DOCTYPE html>")
    assert shown.stdout.rstrip().endswith("</html>")


def test_nothing_to_print_is_a_sentence_and_no_file(tmp_path: Path) -> None:
    folder = small_shop(tmp_path / "shop").folder
    nothing = run("coupons", "print", folder=folder)
    assert nothing.returncode == 0
    assert "no coupon to print" in nothing.stdout
    assert not list(folder.glob("*.html"))
