"""What every test may use."""

from __future__ import annotations

from tests.snapshots import pytest_addoption
from tests.snapshots import snapshot

__all__ = ["pytest_addoption", "snapshot"]
