"""A small shop for the tests of its daily life."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.operations.small_shop import small_shop
from tests.operations.small_shop import SmallShop

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def there(tmp_path: Path) -> SmallShop:
    """The shop on 5 October 2026, four in the morning."""
    return small_shop(tmp_path / "shop")
