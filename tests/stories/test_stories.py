"""Every story in this folder, and every session in the README, happens as it is written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.stories.session import fits
from tests.stories.session import play

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


@pytest.mark.parametrize("story", sorted(path.name for path in HERE.glob("*.story")))
def test_a_story_happens_as_it_is_written(story: str, tmp_path: Path) -> None:
    text = (HERE / story).read_text(encoding="utf-8")
    now = re.search(r"^# It is (\S+)\.$", text, flags=re.MULTILINE)
    assert now, f"{story} does not say when it happens"
    play(text, tmp_path, name=story, LOYALTY_LANG="en", LOYALTY_NOW=now[1])


def test_the_sessions_of_the_readme_happen_as_they_are_written(tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    sessions = re.findall(r"^```console\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)
    assert sessions
    play("\n".join(sessions), tmp_path, name="README.md", LOYALTY_LANG="en", LOYALTY_NOW="2026-11-01T08:00:00Z")


def test_dots_stand_for_anything_in_a_line_and_for_any_lines() -> None:
    assert fits(["a … c", "…", "z"], ["a b c", "", "m", "z"])
    assert fits(["…"], [])
    assert not fits(["a", "z"], ["a", "m", "z"])
    assert not fits(["a.c"], ["abc"])
