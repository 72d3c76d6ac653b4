"""Letters that speak against the code page a file is read with, and those that do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyalty_cli.reading.likely.doubtful_letters import better_encoding

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = {
    "pl": "Żółty ser;Masło;Śmietana;Chleb żytni;Bułka;Ogórki;Łosoś wędzony;Kiełbasa śląska;Mąka;Ciąg źdźbeł",
    "ru": "Чай;Хлеб ржаной;Молоко;Иванов;Магазин на Ленина;Сыр российский",
    "ro": "Pâine;Brânză de vaci;Caşcaval;Lămâi;Mărar;Îngheţată",
    "cz": "Žluťoučký kůň;Příliš;Máslo;Sýr;Pivo světlé;Chléb;Jablečný džus",
    "hu": "Kenyér;Sörök;Tűzifa;Hűtő;Gyümölcslé",
    "de": "Müller;Käse;Größe;Brötchen",
    "bg": "Хляб;Сирене;Кашкавал;Българско",
}


@pytest.mark.parametrize(
    ("language", "saved", "read", "better"),
    [
        ("ru", "cp1251", "cp1250", "cp1251"),  # Čâŕíîâ
        ("ru", "cp1251", "cp1252", "cp1251"),
        ("ru", "cp866", "cp1251", "cp866"),
        ("pl", "cp1250", "iso-8859-2", "cp1250"),
        ("pl", "iso-8859-2", "cp1250", "iso-8859-2"),
        ("pl", "cp1250", "cp1252", "cp1250"),
        ("pl", "cp1250", "latin-1", "cp1250"),
        ("ro", "cp1250", "cp1252", "cp1250"),
    ],
)
def test_another_code_page_is_named(tmp_path: Path, language: str, saved: str, read: str, better: str) -> None:
    (tmp_path / "a.csv").write_bytes(TEXTS[language].encode(saved))
    found = better_encoding(tmp_path / "a.csv", read)
    assert found is not None
    assert found.name == better


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("encoding", ["cp1250", "iso-8859-2", "cp1251", "cp1252", "cp866", "cp852"])
def test_the_right_code_page_is_never_doubted(tmp_path: Path, language: str, encoding: str) -> None:
    try:
        (tmp_path / "a.csv").write_bytes(TEXTS[language].encode(encoding))
    except UnicodeEncodeError:
        return
    assert better_encoding(tmp_path / "a.csv", encoding) is None
