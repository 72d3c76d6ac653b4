"""Google Forms, the answers as CSV, from the form or from its sheet (evidence B: programs that read such files).

The first column is the moment, by the browser's zone from the form (`2026/09/27 3:00:00 PM GMT+3`), in the sheet's language from
the sheet, where day and month stand in an order that nobody can tell from the file: such a file needs a layout. The e-mail
address has a column if the form collects addresses.
"""

from __future__ import annotations

from loyalty_cli.importers.forms.form_service import FormService

FORM = FormService(
    name="google-forms",
    title="Google Forms",
    evidence="B",
    date=("Timestamp", "Sygnatura czasowa"),
    email=("Email Address", "Username", "Adres e-mail", "Nazwa użytkownika"),
    dates=("YYYY/MM/DD h:mm:ss A Z", "YYYY/MM/DD h:mm:ss A", "YYYY-MM-DD HH:mm:ss", "DD.MM.YYYY HH:mm:ss"),
)
