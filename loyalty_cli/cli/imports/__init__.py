"""`loyalty import`: purchases and what was set aside, lists, and what an unknown file is."""

from __future__ import annotations

from loyalty_cli.cli.group import Group
from loyalty_cli.cli.imports import inspect
from loyalty_cli.cli.imports import lists
from loyalty_cli.cli.imports import purchases

app = Group(purchases.app, lists.app, inspect.app)
