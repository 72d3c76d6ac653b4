"""What every test may use."""

from __future__ import annotations

import os
import random
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck
from hypothesis import settings

from loyalty_cli.operations.shop.demo import demo
from loyalty_cli.operations.shop.demo import demo_shop
from loyalty_cli.store import database
from tests.snapshots import snapshot

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["snapshot"]

# How long an example takes says more of the machine than of the code.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that writes the golden files, and the one for whoever has time."""
    parser.addoption("--snapshot-update", action="store_true", help="Write the golden files anew.")
    parser.addoption("--whole", action="store_true", help="Look at every place where the tests look at some.")


@pytest.fixture
def places(request: pytest.FixtureRequest) -> Callable[[int, int], Sequence[int]]:
    """Some of so many places, by chance with a seed; all of them with `--whole`."""
    whole = bool(request.config.getoption("--whole"))

    def some(size: int, count: int) -> Sequence[int]:
        return range(size) if whole or count >= size else random.Random(size).sample(range(size), count)

    return some


@pytest.fixture(scope="session")
def made_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the shop that `loyalty demo` makes, made once; who changes it changes a copy."""
    shop = demo_shop(tmp_path_factory.mktemp("demo") / "loyalty-demo")
    for _ in demo(shop):
        pass
    return shop.program.parent


@pytest.fixture(scope="module", autouse=True)
def _nobody_waits_for_the_disk(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests lose no power: only the commands that are struck see to it that all is on the disk."""
    if "struck" in request.path.parts:
        yield
        return
    prepare = database.prepare

    def quick(connection: sqlite3.Connection, *, read_only: bool) -> None:
        prepare(connection, read_only=read_only)
        connection.execute("PRAGMA synchronous = OFF")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "prepare", quick)
        patch.setattr(os, "fsync", lambda _: None)
        yield


@pytest.fixture(scope="session", autouse=True)
def _databases_are_copied() -> Iterator[None]:
    """Every new database is a copy of the first one made, for its many migrations are the longest part of most tests."""
    migrate = database.migrate
    with closing(sqlite3.connect(":memory:")) as first, pytest.MonkeyPatch.context() as patch:

        def copy(connection: sqlite3.Connection) -> None:
            if connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
                migrate(connection)
            elif first.execute("PRAGMA user_version").fetchone()[0]:
                first.backup(connection)
            else:
                migrate(connection)
                connection.backup(first)

        patch.setattr(database, "migrate", copy)
        yield
