"""Text whose letters were damaged before the file was made: read in one encoding and saved in another."""

from __future__ import annotations

import codecs

REPLACEMENT = "\ufffd"
# How a replacement character is written where it is kept for somebody to mend.
WRITTEN = "\\ufffd"
# How UTF-8 is misread: by Windows in Western and Central Europe, in Russia, and by old Unix programs.
MISREAD_AS = ("cp1252", "cp1250", "cp1251", "latin-1")
# Two letters by chance may look like UTF-8; so few are left alone.
FEWEST = 2
# The longest names of goods and lists of goods on one row are a tenth of this.
LONGEST_TEXT = 4000


def is_garbled(text: str) -> bool:
    """Whether a text has replacement characters, or is UTF-8 that was taken for another encoding.

    >>> is_garbled("\u0141\u00f3d\u017a"), is_garbled("\u00c5\u0081\u00c3\u00b3d\u00c5\u00ba")
    (False, True)
    """
    if text.isascii():
        return WRITTEN in text
    return REPLACEMENT in text or WRITTEN in text or any(is_utf8_taken_for(text, encoding) for encoding in MISREAD_AS)


def can_be_kept(text: str) -> bool:
    """Whether a text of a till or a list can go into the books: whole letters, and no more of them than any name has."""
    return len(text) <= LONGEST_TEXT and not is_garbled(text)


def with_written_marks(text: str) -> str:
    """A text whose replacement characters are written out, so that none gets into the database."""
    return text.replace(REPLACEMENT, WRITTEN)


def as_controls(error: UnicodeError) -> tuple[bytes, int]:
    """Bytes that a code page leaves open are read as control characters by Windows: the Polish L with stroke has one."""
    if isinstance(error, UnicodeEncodeError):
        letters = error.object[error.start : error.end]
        if all("\x80" <= letter <= "\x9f" for letter in letters):
            return letters.encode("latin-1"), error.end
    raise error


codecs.register_error("as controls", as_controls)


def is_utf8_taken_for(text: str, encoding: str) -> bool:
    """Whether the text's bytes in an encoding are UTF-8 with other letters."""
    try:
        letters = text.encode(encoding, "as controls").decode("utf-8")
    except UnicodeError:
        return False
    return sum(not letter.isascii() for letter in letters) >= FEWEST
