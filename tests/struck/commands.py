"""`loyalty` as a fork of this process, which has everything imported: a run costs the command's own work alone."""

from __future__ import annotations

import functools
import importlib
import os
import pkgutil
import shlex
import sys
from typing import TYPE_CHECKING

import loyalty_cli
from loyalty_cli.cli.main import run as command_line
from loyalty_cli.operations.shop import demo
from loyalty_cli.operations.shop.samples import sample_folder
from loyalty_cli.program.load import load_program
from tests.struck import calls

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence
    from pathlib import Path

NOW = "2026-11-21T10:00:00+00:00"
# Beside a shop: less of the sample data, so that a demo makes the same steps with fewer calls.
SMALL_SAMPLE = "small-sample"


@functools.cache
def with_everything_imported() -> None:
    """Import every module of the program and make the models of its blocks, once, so that no fork does.

    What needs an engine that is not installed is no command's here.
    """
    for module in pkgutil.walk_packages(loyalty_cli.__path__, "loyalty_cli."):
        if not module.name.endswith(("__main__", "chain.spark")):
            importlib.import_module(module.name)
    for program in sorted(sample_folder("programs").glob("*/program.yaml")):
        load_program(program)


def loyalty(shop: Path, words: str, judge: Callable[[calls.Call], int | None] | None = None, *, now: str = NOW) -> calls.Ran:
    """One command in a shop's folder; with a judge, its writing calls are asked about one by one."""
    with_everything_imported()
    return calls.run(functools.partial(in_the_fork, shop, shlex.split(words), now=now), judge)


def all_at_once(shop: Path, commands: Sequence[str]) -> list[calls.Ran]:
    """Several commands in a shop's folder at the same time."""
    with_everything_imported()
    return calls.at_once([functools.partial(in_the_fork, shop, shlex.split(words)) for words in commands])


def in_the_fork(shop: Path, words: list[str], *, now: str = NOW) -> None:
    """What the forked process does."""
    os.chdir(shop)
    for name in [name for name in os.environ if name.startswith("LOYALTY_")]:
        del os.environ[name]
    os.environ.update(LOYALTY_NOW=now, NO_COLOR="1", LANG="C.UTF-8", TMPDIR=str(shop.parent))
    sys.argv = ["loyalty", *words]
    # A new shop's secret is chance; here every run has the same.
    os.urandom = lambda count: b"\x5e" * count
    sys.dont_write_bytecode = True
    if (shop.parent / SMALL_SAMPLE).is_dir():
        setattr(demo, "sample_folder", lambda _: shop.parent / SMALL_SAMPLE)  # noqa: B010 -- in this fork alone
    command_line()
