"""Every form service that is known, and the layout that reads a file of one."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from loyalty_cli.importers.forms.questions import column_texts
from loyalty_cli.importers.forms.questions import questions_in
from loyalty_cli.importers.layouts.layout import layout_said
from loyalty_cli.reading.forms.dates import date_form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.importers.forms.form_service import FormService
    from loyalty_cli.importers.layouts.layout import Layout

FORMS = ("google_forms", "microsoft_forms", "typeform", "limesurvey")


def form_service(module: str) -> FormService:
    """The service of a file of forms/."""
    found: FormService = importlib.import_module(f"loyalty_cli.importers.forms.{module}").FORM
    return found


def form_layout(header: Sequence[str], rows: Sequence[Sequence[str]], file: str) -> Layout | None:
    """The layout for a file of a service that is known, by its header and its first rows; None for any other file."""
    service = next((each for each in map(form_service, FORMS) if each.claims(header)), None)
    if service is None:
        return None
    date = service.column_of(service.date, header) or ""
    key, email = service.column_of(service.key, header), service.column_of(service.email, header)
    # A form that lets everybody answer has the column, and nobody's address in it.
    known = email is not None and any("@" in text for text in column_texts(header, rows, email))
    columns = {"date": date, **({"key": key} if key else {}), **({"email": email} if email and known else {})}
    columns |= questions_in(service, header, rows, file, who=known)
    moments = column_texts(header, rows, date)
    # By number: a heading may be anything, also longer than any layout says it.
    places = {word: list(header).index(name) + 1 for word, name in columns.items()}
    return layout_said({"kind": "feedback", "date_form": fitting(service.dates, moments), "columns": places})


def fitting(forms: Sequence[str], moments: Sequence[str]) -> str:
    """The first form that all moments have, else the usual one, by which rows are set aside with the reason."""
    return next((form for form in forms if all(date_form(form).day(text) is not None for text in moments)), forms[0])
