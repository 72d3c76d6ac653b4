"""The README's pictures are those that .ci/pictures makes."""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def text_of(picture: str) -> list[str]:
    """The lines of a picture of a terminal."""
    return [html.unescape(line).replace("\xa0", " ") for line in re.findall(r"<text [^>]*>([^<]*)</text>", picture)]


def test_the_readme_shows_one_picture_of_the_terminal_and_one_of_a_page() -> None:
    shown = re.findall(r"^!\[.+\]\((.+)\)$", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert shown == ["docs/terminal.svg", "docs/page.png"]
    assert (ROOT / "docs/page.png").read_bytes().startswith(b"\x89PNG")


def test_the_terminal_is_drawn_by_a_script_and_loads_nothing(tmp_path: Path) -> None:
    # No browser: only the terminal is drawn.
    made = subprocess.run(
        [sys.executable, ".ci/pictures", str(tmp_path)], cwd=ROOT, env={**os.environ, "PATH": ""}, capture_output=True, check=False
    )
    assert made.returncode == 0, made.stderr
    drawn, kept = ((folder / "terminal.svg").read_text(encoding="utf-8") for folder in (tmp_path, ROOT / "docs"))
    typed = [line for line in text_of(drawn) if line.startswith("$ ")]
    assert typed == [line for line in text_of(kept) if line.startswith("$ ")] != []
    assert "url(http" not in kept
    # No table is folded: the widest ends with its last cell.
    assert any(line.rstrip().endswith("1 point for every 2.00 PLN: 66 of 132.35 PLN.") for line in text_of(kept))
    assert text_of(drawn) == text_of(kept)
