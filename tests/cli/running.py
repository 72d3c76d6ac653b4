"""Runs the real program as a person or a script does, in a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
CLEAN = {
    "PYTHONPATH": str(ROOT),
    "LOYALTY_NOW": "2026-11-21T10:00:00+00:00",
    "LANG": "C.UTF-8",
    "TERMINAL_WIDTH": "100",
}


def run(*words: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `loyalty` with these words in the folder; the environment holds nothing of the tester's."""
    kept = {
        name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP", "TMP", "HOME") if name in os.environ
    }
    return subprocess.run(
        [sys.executable, "-m", "loyalty_cli", *words],
        cwd=folder,
        env={**kept, **CLEAN, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
