"""Runs the real program as a person or a script does, in a folder of its own."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]
CLEAN = {
    "PYTHONPATH": str(ROOT),
    "LOYALTY_NOW": "2026-11-21T10:00:00+00:00",
    "LANG": "C.UTF-8",
    "TERMINAL_WIDTH": "100",
}


def clean(**environment: str) -> dict[str, str]:
    """An environment that holds nothing of the tester's."""
    kept = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "HOME")
    return {name: os.environ[name] for name in kept if name in os.environ} | CLEAN | environment


def run(*words: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `loyalty` with these words in the folder."""
    return subprocess.run(
        [sys.executable, "-m", "loyalty_cli", *words],
        cwd=folder,
        env=clean(**environment),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def run_on_terminal(
    *words: str, folder: Path, width: int = 80, height: int = 24, keys: str = "", environment: Mapping[str, str] | None = None
) -> tuple[str, int]:
    """Run `loyalty` at a terminal of this size, where somebody types these keys: what stands there, and how it ended."""
    import fcntl
    import pty
    import struct
    import termios

    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
    program = subprocess.Popen(
        [sys.executable, "-m", "loyalty_cli", *words],
        cwd=folder,
        env=clean(**{"TERM": "xterm", "PAGER": "cat", **(environment or {})}),
        stdin=its,
        stdout=its,
        stderr=its,
        start_new_session=True,
    )
    os.close(its)
    os.write(ours, keys.encode())
    said = b""
    # Linux ends the reading with an error once the program has closed its side.
    with contextlib.suppress(OSError):
        while part := os.read(ours, 65536):
            said += part
    os.close(ours)
    return said.decode().replace("\r\n", "\n"), program.wait(timeout=120)
