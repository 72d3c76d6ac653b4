"""PrestaShop, customers (evidence A: the columns of the import screen in PrestaShop's source).

Semicolons between columns, which the screen lets one match; groups stand in one cell with commas. E-mail, password, last and first
name are required. Dates are yyyy-mm-dd.
"""

from __future__ import annotations

from loyalty_cli.exporters.target import NO_PERCENT
from loyalty_cli.exporters.target import NO_POINTS
from loyalty_cli.exporters.target import Out
from loyalty_cli.exporters.target import Target
from loyalty_cli.model.shown.phrase import phrase

TARGET = Target(
    name="prestashop-customers",
    title="PrestaShop, customers",
    evidence="A",
    columns=(
        Out("Active (0/1)", "active"),
        Out("Email *", "email"),
        Out("Password *", "="),
        Out("Birth date (yyyy-mm-dd)", "birthday"),
        Out("Last name *", "last_name"),
        Out("First name *", "first_name"),
        Out("Groups (x,y,z...)", "tier"),
    ),
    key="email",
    needs=("email", "first_name", "last_name"),
    refused={"discount": NO_PERCENT, "points": NO_POINTS},
    effects=phrase("The password column is empty and must not be matched: an import can reset the passwords of customers."),
    delimiter=";",
)
