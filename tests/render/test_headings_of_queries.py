"""The columns of a query keep the names by which they are asked for, in every language."""

from __future__ import annotations

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import AS_NAMED
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.render.cells import heading


def test_a_column_that_is_asked_for_by_its_name_keeps_it() -> None:
    # `name` and `spent` are words that the catalogues know for other places.
    asked, titled = Column(name="name", heading=AS_NAMED), Column(name="name", heading="Name")
    table = Table(name="answer", title=phrase("Answer"), columns=(asked, titled), rows=[], currency="")
    assert (heading(asked, table, "pl"), heading(titled, table, "pl") != "Name") == ("name", True)
