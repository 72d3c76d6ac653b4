"""How fast exports of the built-in tills come in beside SQLite's own `.import` of the same file with two indexes.

Makes large files by repeating the rows of sample_data/tills with other receipt numbers, runs both in turn and prints
ratios; short receipts, as UCI and 1C have them, aim at 2.
python tests/benchmarks/till_speed.py [--lines 200000] [--rounds 3] [--tills square_items uci_invoices …]
"""

from __future__ import annotations

import argparse
import csv
import json
import statistics
import sys
import tempfile
from pathlib import Path

from loyalty_cli.importers.receipts.purchases import PurchaseFile
from loyalty_cli.importers.terms import Terms
from loyalty_cli.operations.imports.layout_chosen import layout_for
from tests.benchmarks.import_speed import make_shop
from tests.benchmarks.import_speed import ratio_of
from tests.benchmarks.import_speed import timed

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "sample_data" / "tills"
# The delimiter and encoding of a sample, the column of its receipt, its currency,
# and another column for the peer's second index.
TILLS = {
    "square_items": (",", "utf-8", "Transaction ID", "USD", "Customer Reference ID"),
    "shopify_orders": (",", "utf-8", "Name", "PLN", "Email"),
    "loyverse_items": (",", "utf-8", "Receipt number", "PLN", "Customer contacts"),
    "uci_invoices": (",", "cp1252", "InvoiceNo", "GBP", "CustomerID"),
    "one_c": (";", "cp1251", "Номер чека", "RUB", "Дата"),
    "iiko_orders": (";", "cp1251", "Номер чека", "RUB", "Дата учета"),
}


def indexes_of(name: str) -> str:
    """Two indexes on the raw table: on the receipt, and on another column, as the peer of import_speed.py has them."""
    column, other = TILLS[name][2], TILLS[name][4]
    return f'CREATE INDEX one ON raw ("{column}");\nCREATE INDEX two ON raw ("{other}");\n'


def write_export(name: str, path: Path, lines: int) -> None:
    """The sample again and again; each time its receipts have other numbers."""
    delimiter, encoding, column, _, _ = TILLS[name]
    with (SAMPLES / f"{name}.csv").open(encoding=encoding, newline="") as file:
        rows = list(csv.reader(file, delimiter=delimiter))
    top = next(place for place, row in enumerate(rows) if column in row)
    receipt, width = rows[top].index(column), len(rows[top])
    bad, called_off = odd_ones(name)
    # Some tills leave off empty cells at the end of a row.
    body = [
        row + [""] * (width - len(row))
        for row in rows[top + 1 :]
        if receipt < len(row) <= width and row[receipt].strip() and tuple(row) not in bad and row[receipt] not in called_off
    ]
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator="\n")
        # Without lines above the header, of which the peer knows nothing.
        writer.writerow(rows[top])
        for number in range(lines // len(body)):
            for row in body:
                writer.writerow([*row[:receipt], f"{row[receipt]}{number:07}", *row[receipt + 1 :]])


def odd_ones(name: str) -> tuple[set[tuple[str, ...]], set[str]]:
    """The rows of a sample that do not come in, and the receipts cancelled or paid back: exports do not have one in three."""
    path = SAMPLES / f"{name}.csv"
    chosen = layout_for(path, "plain", path.parent)
    terms = Terms(timezone="Europe/Warsaw", digits=2, currency=TILLS[name][3])
    source = PurchaseFile(path, chosen.layout, terms, store="Market", survey=chosen.survey)
    batches = list(source.batches())
    return (
        {tuple(row.cells) for batch in batches for row in batch.set_aside},
        {refund.number for batch in batches for refund in batch.refunds},
    )


def measured(name: str, folder: Path, *, lines: int, rounds: int) -> dict[str, object]:
    """Ratios of one till."""
    delimiter, _, _, currency, _ = TILLS[name]
    export = folder / "export.csv"
    write_export(name, export, lines)
    ours, peers = [], []
    # The first of our runs compiles the modules, as an installation does, and is not counted.
    for number in range(rounds + 1):
        database = folder / "peer.db"
        database.unlink(missing_ok=True)
        script = f".mode csv\n.separator '{delimiter}'\n.import export.csv raw\n{indexes_of(name)}"
        peer = timed(["sqlite3", str(database)], script=script, folder=folder, expected=(0, 1))
        make_shop(folder)
        program = (folder / "program.yaml").read_text(encoding="utf-8").replace("PLN", currency)
        (folder / "program.yaml").write_text(program.replace("2024-01-01", "2010-01-01"), encoding="utf-8")
        run = timed([sys.executable, "-m", "loyalty_cli", "import", "purchases", "export.csv"], folder=folder, expected=(0, 100))
        if number:
            ours.append(run)
            peers.append(peer)
    return {
        "till": name,
        "megabytes_of_file": round(export.stat().st_size / 1e6, 1),
        "seconds": round(statistics.median(run.seconds for run in ours), 2),
        "seconds_of_peer": round(statistics.median(peer.seconds for peer in peers), 2),
        "ratio": round(ratio_of(ours, peers, "seconds"), 2),
        "ratio_of_processor_time": round(ratio_of(ours, peers, "busy"), 2),
        "peak_megabytes": round(max(run.megabytes for run in ours), 1),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--tills", nargs="+", default=list(TILLS), choices=list(TILLS))
    wish = parser.parse_args()
    for name in wish.tills:
        with tempfile.TemporaryDirectory(prefix="loyalty-speed-") as folder:
            figures = measured(name, Path(folder), lines=wish.lines, rounds=wish.rounds)
        sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
