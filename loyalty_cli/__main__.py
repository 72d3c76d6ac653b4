"""`python -m loyalty_cli` is `loyalty`."""

from __future__ import annotations

from loyalty_cli.cli.main import run

if __name__ == "__main__":
    run()
