"""Microsoft Forms, the answers as a workbook or the same as CSV (evidence B: programs that read such files).

Moments are dates of the workbook; in a CSV made of it day and month stand as the computer writes them: such a file needs a layout.
Who answers without signing in has `anonymous` for an address. `ID` counts the rows of one form and is no key.
"""

from __future__ import annotations

from loyalty_cli.importers.forms.form_service import FormService

FORM = FormService(
    name="microsoft-forms",
    title="Microsoft Forms",
    evidence="B",
    date=("Completion time", "Godzina ukończenia"),
    email=("Email", "Adres e-mail"),
    others=(
        *("ID", "Start time", "Name", "Last modified time", "Total points", "Quiz feedback", "Language"),
        *("Godzina rozpoczęcia", "Nazwa", "Czas ostatniej modyfikacji"),
    ),
    dates=("YYYY-MM-DD", "YYYY-MM-DD HH:mm:ss", "YYYY-MM-DD HH:mm", "DD.MM.YYYY HH:mm:ss"),
)
