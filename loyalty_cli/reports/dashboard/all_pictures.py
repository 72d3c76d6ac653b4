"""Every picture of the page, in its order."""

from __future__ import annotations

from loyalty_cli.reports.dashboard import cohorts
from loyalty_cli.reports.dashboard import coming
from loyalty_cli.reports.dashboard import cost
from loyalty_cli.reports.dashboard import hours
from loyalty_cli.reports.dashboard import lapsing
from loyalty_cli.reports.dashboard import messages
from loyalty_cli.reports.dashboard import owed
from loyalty_cli.reports.dashboard import stages
from loyalty_cli.reports.dashboard import tiers
from loyalty_cli.reports.dashboard import turnover

ALL_PICTURES = (turnover, coming, stages, cohorts, hours, owed, lapsing, cost, tiers, messages)
