"""A shape whose words are broken is told as damage, whoever looks at it first."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.errors import StoreTrouble
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.store.database import connect
from loyalty_cli.store.database import create

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("read_only", [True, False])
def test_words_of_the_shape_that_are_no_text_are_damage(tmp_path: Path, *, read_only: bool) -> None:
    path = tmp_path / "loyalty.db"
    create(path).close()
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA writable_schema = ON")
        # CREATE TABLE store, and a byte that begins no letter.
        other.execute("UPDATE sqlite_schema SET sql = CAST(x'435245415445205441424c452073746f726520ff' AS TEXT) WHERE name = 'store'")
        other.commit()
    with pytest.raises(StoreTrouble) as caught:
        connect(path, read_only=read_only)
    assert caught.value.exit_code == ExitCode.DAMAGED
