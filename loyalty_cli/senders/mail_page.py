"""A message's text as the HTML part of an e-mail: paragraphs, lines, and addresses of the web to click."""

from __future__ import annotations

import re
from html import escape

# An address of the web as people write it in a text; a mark at its end is the sentence's.
LINK = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)]")


def page_of(text: str, subject: str, language: str) -> str:
    r"""The page.

    >>> page_of("Hi & bye.\n\nSee https://x.example/a?b=1.", "Hi", "en").splitlines()[-3:]
    ['<p>Hi &amp; bye.</p>', '<p>See <a href="https://x.example/a?b=1">https://x.example/a?b=1</a>.</p>', '</body></html>']
    """
    paragraphs = (part.strip("\n") for part in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n")))
    body = "\n".join(f"<p>{marked_up(part)}</p>" for part in paragraphs if part)
    head = f'<meta charset="utf-8"><title>{escape(subject)}</title>'
    return f'<!doctype html>\n<html lang="{escape(language)}"><head>{head}</head><body>\n{body}\n</body></html>\n'


def marked_up(text: str) -> str:
    """A paragraph's text, its lines and links kept."""
    parts, at = [], 0
    for link in LINK.finditer(text):
        address = escape(link[0])
        parts += [escape(text[at : link.start()]), f'<a href="{address}">{address}</a>']
        at = link.end()
    return "".join([*parts, escape(text[at:])]).replace("\n", "<br>\n")
