"""`loyalty draw`: the list of tickets, the drawing, the winners."""

from __future__ import annotations

from loyalty_cli.cli.draws import drawing
from loyalty_cli.cli.draws import tickets
from loyalty_cli.cli.draws import winners
from loyalty_cli.cli.group import Group

app = Group(tickets.app, drawing.app, winners.app)
