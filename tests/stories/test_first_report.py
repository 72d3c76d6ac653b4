"""A newcomer with an export of their own, who types what the README of their language says, has a report after eight commands."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.running import run

ROOT = Path(__file__).parents[2]
# The headers a till writes, how it saves letters, and words that the answers must have.
TILLS = {
    "README.md": ("Date;Time;Receipt;Card;Code;Product;Category;Quantity;Amount", "utf-8", "Tea", ["Members", "Points", "Why"]),
    "README.pl.md": (
        "Data;Godzina;Paragon;Karta;Kod;Towar;Grupa;Ilość;Wartość",
        "cp1250",
        "Żółta",
        ["Uczestnicy", "Punkty", "Dlaczego"],
    ),
    "README.ru.md": ("Дата;Время;Чек;Карта;Код;Товар;Группа;Количество;Сумма", "cp1251", "Чай", ["Участники", "Баллы", "Почему"]),
    "README.ro.md": ("Data;Ora;Bon;Card;Cod;Produs;Categorie;Cantitate;Valoare", "utf-8", "Ceai și țelină", ["Membri", "Puncte", "De ce"]),
}


def typed_in(readme: str) -> list[str]:
    """The commands of the first report."""
    blocks = re.findall(r"^```\n(loyalty init .*?)^```", (ROOT / readme).read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    return str(blocks[0]).splitlines()


def export_of(header: str, product: str) -> str:
    """Thirty receipts of November, every fourth without a card."""
    rows = [
        f"{1 + number % 26:02}.11.2026;{9 + number % 9:02}:{number:02};{100 + number};"
        f"{'' if number % 4 == 0 else 2901000000010 + number % 7};T{line};{product} {line};{product};1;{number + line},50"
        for number in range(30)
        for line in range(1 + number % 3)
    ]
    return "".join(f"{row}\r\n" for row in (header, *rows))


@pytest.mark.parametrize("readme", TILLS)
def test_the_first_report_comes_out_within_ten_commands(readme: str, tmp_path: Path) -> None:
    header, encoding, product, words = TILLS[readme]
    commands = typed_in(readme)
    assert len(commands) < 10
    folder, said = tmp_path, ""
    spoken = {"LOYALTY_LANG": "", "LANG": "C", "LOYALTY_NOW": "2026-11-28T09:00:00Z"}
    for command in commands:
        first, *rest = shlex.split(command)
        if first == "cd":
            folder = folder / rest[0]
            (folder / "export.csv").write_bytes(export_of(header, product).encode(encoding))
            continue
        if rest[-1] == "CARD":
            rest[-1] = run("report", "members", "-O", "csv", folder=folder, **spoken).stdout.splitlines()[1].split(",")[0]
        done = run(*rest, folder=folder, **spoken)
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        said += done.stdout
    assert [word for word in words if word not in said] == []


@pytest.mark.parametrize("readme", [name for name in TILLS if name != "README.md"])
def test_an_owner_s_readme_is_no_longer_than_a_screen(readme: str) -> None:
    lines = (ROOT / readme).read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 45
    assert max(map(len, lines)) <= 140
    assert f"]({readme})" in (ROOT / "README.md").read_text(encoding="utf-8").split("##")[0]
