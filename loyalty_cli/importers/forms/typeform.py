"""Typeform, the answers as CSV or a workbook (evidence B: programs that read such files).

`#` is an answer's own mark; moments are of UTC, and the day is taken as it is written. A hidden field `card` or `coupon` in the
form's address is a column of that name, and says who answered.
"""

from __future__ import annotations

from loyalty_cli.importers.forms.form_service import FormService

FORM = FormService(
    name="typeform",
    title="Typeform",
    evidence="B",
    date=("Submit Date (UTC)",),
    key=("#",),
    others=("Response Type", "Start Date (UTC)", "Stage Date (UTC)", "Network ID", "Tags", "Ending"),
    dates=("YYYY-MM-DD HH:mm:ss", "YYYY-MM-DD"),
)
