"""Whether the adopted programs as they were read, by which quotes and looks go, are what their texts say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.program.as_read import as_read
from loyalty_cli.program.as_read import content_of
from loyalty_cli.program.load import program_of
from loyalty_cli.store.versions import versions_in_force

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.operations.open_shop import Shop


def differing_forms(shop: Shop) -> Iterator[int]:
    """The versions whose form is another program than their text; a form that would not be taken proves nothing and harms nobody."""
    with shop.reading() as connection:
        versions = versions_in_force(connection)
    for version in versions:
        content, source = content_of(version.source, version.form), version.source
        if content is not None and content != content_of(source, as_read(program_of(source, shop.program.name, adopted=True))):
            yield version.id
