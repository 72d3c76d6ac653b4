"""LimeSurvey, the answers as CSV with question codes for headings (evidence B: programs that read such files).

A question with the code `score`, `text` or `card` is known by it. `submitdate` is empty where somebody did not finish: such a row
is set aside.
"""

from __future__ import annotations

from loyalty_cli.importers.forms.form_service import FormService

FORM = FormService(
    name="limesurvey",
    title="LimeSurvey",
    evidence="B",
    date=("submitdate",),
    known_by=("lastpage", "startlanguage"),
    email=("email",),
    others=("id", "response_id", "lastpage", "startlanguage", "seed", "token", "startdate", "datestamp", "ipaddr", "refurl"),
    dates=("YYYY-MM-DD HH:mm:ss", "YYYY-MM-DD"),
)
