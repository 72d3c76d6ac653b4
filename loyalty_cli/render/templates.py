"""The frames of our pages: one HTML file each, in which every value is escaped."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment
from jinja2 import FileSystemLoader
from jinja2 import StrictUndefined
from jinja2 import Template
from markupsafe import escape
from markupsafe import Markup

# An option of a command, such as --drop, in a sentence that is escaped already.
OPTION = re.compile(r"(?<![^\s(])--?[a-z][a-z-]*")


@cache
def template(name: str) -> Template:
    """The frame of this file name; a value that it asks for and does not get is a mistake of ours."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["css_text"] = css_text
    environment.filters["options_whole"] = options_whole
    return environment.get_template(name)


def css_text(text: str) -> str:
    """A text inside quotes of a style sheet: whatever is no letter, digit or space stands as its code."""
    return "".join(sign if sign.isalnum() or sign == " " else f"\\{ord(sign):x} " for sign in text)


def options_whole(sentence: str) -> Markup:
    """A sentence in which no line ends after the dashes of an option: what is left of it could not be typed."""
    return Markup(OPTION.sub(r'<span class="option">\g<0></span>', str(escape(sentence))))  # noqa: S704 -- it is escaped before
