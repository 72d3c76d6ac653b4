"""What `loyalty check` says of seals: what was compared with them, which are broken, whether a proof on paper holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyalty_cli.model.days import by_the_clock
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table
from loyalty_cli.store import health
from loyalty_cli.store.seals.broken import broken_seals
from loyalty_cli.store.seals.broken import OF_MONTH
from loyalty_cli.store.seals.broken import seals_of_months
from loyalty_cli.store.seals.broken import seals_proven_by
from loyalty_cli.store.seals.broken import sums_of_rows
from loyalty_cli.store.seals.seals import last_seal
from loyalty_cli.store.seals.tables import counts_otherwise
from loyalty_cli.store.seals.tables import OTHERWISE
from loyalty_cli.store.seals.tables import sealed_tables
from loyalty_cli.store.settings import settings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.seals.broken import BrokenSeal
    from loyalty_cli.store.seals.seals import Seal

# So much of a proof must be typed; fewer characters could be those of another one.
LEAST_OF_PROOF = 16
COMPARED = (
    Column(name="table", heading="Table", kind="code"),
    Column(name="rows", heading="Rows", kind="count"),
    Column(name="proven_by", heading="Proven by", kind="word"),
)
PROOFS = (
    Column(name="month", heading="Month", kind="month"),
    Column(name="closed_at", heading="Closed", kind="moment"),
    Column(name="proof", heading="Proof", kind="code"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The rows of each table, the broken seals, the last seal, those of closed months, and the one asked for."""

    rows: Mapping[str, int]
    broken: Sequence[BrokenSeal]
    last: Seal | None
    months: Sequence[Seal]
    asked: Sequence[Seal]
    timezone: str = "UTC"


def compared(connection: Connection, *, proof: str) -> Compared:
    """Compare every row with its seal, and every seal with the one before."""
    proof = "".join(proof.split()).lower()
    if proof and len(proof) < LEAST_OF_PROOF:
        text = "{proof} is too short for a proof; at least {least} characters are needed."
        raise LoyaltyError(text, proof=proof, least=LEAST_OF_PROOF)
    sums = sums_of_rows(connection)
    rows = {table.name: 0 for table in sealed_tables(connection)} | counts_otherwise(connection)
    for (name, _), (count, *_) in sums.items():
        rows[name] += count
    return Compared(
        rows=dict(sorted(rows.items())),
        broken=list(broken_seals(connection, sums)),
        last=last_seal(connection),
        months=seals_of_months(connection),
        asked=seals_proven_by(connection, proof) if proof else (),
        timezone=settings(connection).get("timezone", "UTC"),
    )


def differs_from_its_seals(shop: Shop) -> bool:
    """Whether a shop's database is not what was written into it; asked where a command stumbled, so no trouble comes from here."""
    try:
        with shop.reading() as connection:
            health.read_anything(connection)
            return bool(health.structure_faults(connection)) or any(broken_seals(connection, sums_of_rows(connection)))
    except Exception:  # noqa: BLE001 -- what can not be looked at is not known to be damaged
        return False


def broken_rows(found: Compared, proof: str) -> list[tuple[str, str, str]]:
    """What differs, as rows of the page."""
    rows = [(broken.what, f"{broken.table} {broken.rows}", broken.detail) for broken in found.broken]
    if proof and not found.asked:
        rows.append(("broken seal", proof, "no seal here has this proof"))
    return rows


def compared_said(found: Compared) -> list[Phrase]:
    """How much was compared, the proof of all of it, and whether the proof asked for holds."""
    sealed = sum(count for name, count in found.rows.items() if name not in OTHERWISE)
    said = [phrase("{count} row compared with its seal.", "{count} rows compared with their seals.", count=sealed)]
    if found.last:
        said.append(phrase("Proof of everything until now: {proof}", proof=found.last.sha256))
    if found.asked and not found.broken:
        asked = found.asked[0]
        text = "The proof is that of {at}; what was kept then is here unchanged, or its change was sealed since."
        said.append(phrase(text, at=by_the_clock(asked.at, found.timezone)))
        if asked.what.startswith(OF_MONTH):
            said.append(phrase("It was made when {month} was closed.", month=asked.what.removeprefix(OF_MONTH)))
    return said


def compared_data(found: Compared) -> dict[str, object]:
    """The same for a script."""
    return {
        "compared": dict(found.rows),
        "proof": found.last.sha256 if found.last else None,
        "proofs_of_months": {seal.what.removeprefix(OF_MONTH): seal.sha256 for seal in found.months},
    }


def compared_tables(found: Compared, currency: str) -> list[Table]:
    """What was compared, table by table, and the proofs of closed months."""
    rows = [(name, count, OTHERWISE.get(name, "its seal")) for name, count in found.rows.items()]
    tables = [Table(name="compared", title=phrase("What was compared"), columns=COMPARED, rows=rows, currency=currency)]
    if found.months:
        proofs = [(seal.what.removeprefix(OF_MONTH), seal.at, seal.sha256) for seal in found.months]
        title = phrase("Proofs of closed months")
        tables.append(Table(name="proofs", title=title, columns=PROOFS, rows=proofs, currency=currency, timezone=found.timezone))
    return tables
