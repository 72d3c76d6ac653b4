"""States of a chain's members in their files, changed where somebody is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from loyalty_cli.chain.tables import SCHEMAS
from loyalty_cli.chain.tables import STATES
from loyalty_cli.store.chain import control_book

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

    from loyalty_cli.chain.book import Book


def change_states(book: Book, members: AbstractSet[int], changed: Callable[[str], str]) -> None:
    """Write the states of some members' buckets anew, each as one file, with those of these members changed."""
    for bucket in sorted({book.place.bucket_of(member) for member in members}):
        names = [file.name for file in control_book.files_of(book.connection, STATES, [bucket])]
        if not names:
            continue
        whole = book.tables.joined(STATES, names, SCHEMAS[STATES].empty_table())
        before = whole["state"].to_pylist()
        after = [changed(state) if member in members else state for member, state in zip(whole["member_id"].to_pylist(), before)]
        # Of several files, the earlier ones may hold what a state was before.
        if after != before or len(names) > 1:
            states = whole.set_column(whole.schema.get_field_index("state"), "state", pa.array(after, pa.string()))
            control_book.name_files(book.connection, [book.tables.write(STATES, bucket, states)], instead_of=names)
