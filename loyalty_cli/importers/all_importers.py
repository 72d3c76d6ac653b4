"""Every layout that comes with the program, by its name. An owner's layouts/NAME.yaml is found first."""

from __future__ import annotations

from loyalty_cli.importers.layout import Layout
from loyalty_cli.importers.places import folded
from loyalty_cli.importers.places import not_found

PURCHASES = (
    "receipt", "date", "time", "store", "card", "product", "product_name", "category", "quantity", "amount",
    "discount", "vat", "cashier", "till", "paid_by_loyalty", "original_receipt",
)  # fmt: skip
MEMBERS = ("card", "number", "name", "phone", "email", "birthday", "joined", "groups", "language", "consents")
PRODUCTS = ("code", "name", "category", "cost", "floor_price", "excluded")


def plain(kind: str, header: list[str]) -> Layout:
    """The plain layout: headers are our own words, commas, UTF-8, ISO dates; columns a file lacks are left out."""
    words = {"purchases": PURCHASES, "members": MEMBERS, "products": PRODUCTS}[kind]
    there = [word for word in words if word in header]
    return Layout.model_validate({"kind": kind, "columns": {word: word for word in there}})


def plain_layout(kind: str, header: list[str], file: str) -> Layout:
    """The plain layout for a header that has the columns it can not do without."""
    names = [folded(name) for name in header]
    needed = {"purchases": ["receipt", "date", "amount"], "members": ["card"], "products": ["code"]}[kind]
    if kind == "members" and "number" in names:
        needed = []
    missing = [word for word in needed if word not in names]
    if missing:
        layout = Layout.model_construct(delimiter=",")
        raise not_found(layout, header, missing, file)
    return plain(kind, names)
