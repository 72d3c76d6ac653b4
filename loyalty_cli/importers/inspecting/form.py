"""The draft's settings of how a file is written: encoding, mark between cells, quotes, header, lines above and below."""

from __future__ import annotations

import re
from dataclasses import replace
from glob import escape
from typing import TYPE_CHECKING

from loyalty_cli.importers.inspecting.header_words import is_one_of
from loyalty_cli.importers.inspecting.header_words import TOTALS
from loyalty_cli.importers.inspecting.header_words import words_for
from loyalty_cli.importers.layouts.places import folded
from loyalty_cli.importers.receipts.filling import looks_like_totals
from loyalty_cli.importers.receipts.filling import TOTAL
from loyalty_cli.importers.receipts.shaping import TotalRows
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.likely.days_in_text import days_in

if TYPE_CHECKING:
    from loyalty_cli.importers.inspecting.inspection import Inspection
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.reading.likely.encodings import LikelyEncoding
    from loyalty_cli.reading.likely.marks import LikelyMarks
    from loyalty_cli.reading.likely.tables import LikelyTable

SHOWN = 5
# How a row ends that says the sum of a day or a till: 13.04.2026 razem.
SUMS_BEHIND = (" всего", " итого", " total", " razem", " łącznie", " ogółem", " suma")
# No layout says in more words than these which rows are left out.
MOST_PATTERNS = 50
# A longer remark is told by its first words; what follows may be another one's name.
MOST_WORDS = 3
# So many rows with a day in them are no footers.
FEWEST_HEADS = 2
GOODS = {"product", "product_name"}
NAMES_OF_MARKS = {"\t": "tab"}


def encoding_settled(of: Inspection, encoding: LikelyEncoding) -> None:
    """The encoding, or the question which one it is."""
    title = phrase("Encoding")
    shown = ", ".join(words_that_differ(encoding)[:SHOWN])
    reasons = {
        "byte order mark": phrase("It begins with the byte order mark of {name}.", name=encoding.name),
        "zero bytes": phrase("Every second byte is zero."),
        "valid utf-8": phrase("Its letters beyond a–z are valid UTF-8."),
        "plain letters only": phrase("It has no letter beyond a–z, so it could be any."),
        "letters": phrase("So its words read well: {words}", words=shown),
        "nothing fits": phrase("In no encoding that is known here do its letters make words."),
    }
    of.found("encoding", title, encoding.name or phrase("not certain"), reasons[encoding.reason])
    if encoding.reason == "nothing fits":
        ask = phrase("How does the till save its export? No encoding known here reads the letters well.")
        of.draft.ask("encoding", ask, [each.name for each in encoding.rivals] or ["cp1250"])
    elif encoding.rivals:
        choices = dict.fromkeys([encoding.name, *(each.name for each in encoding.rivals)])
        of.draft.ask(
            "encoding",
            phrase(
                "Which is it? The letters fit several. {samples}",
                samples="; ".join(f"{name}: {text}" for name, text in readings(encoding).items()),
            ),
            [name for name in choices if name],
            encoding.name or None,
        )
    else:
        of.draft.settle("encoding", encoding.name, remark_on(encoding))


def remark_on(encoding: LikelyEncoding) -> Phrase | None:
    """What an owner should know of an encoding that is taken."""
    if encoding.reason == "plain letters only":
        return phrase("This file has no letter beyond a–z. If later ones have, look at this line again.")
    if encoding.alike:
        return phrase("All letters of this file are the same in {names}.", names=", ".join(encoding.alike))
    return None


def readings(encoding: LikelyEncoding) -> dict[str, str]:
    """Some words as each candidate reads them."""
    words = {encoding.name: encoding.words} if encoding.name else {}
    words |= {each.name: each.words for each in encoding.rivals}
    rows = list(zip(*words.values(), strict=True))
    telling = [place for place, row in enumerate(rows) if len(set(row)) > 1][:3]
    return {name: " ".join(texts[place] for place in telling) for name, texts in words.items()}


def words_that_differ(encoding: LikelyEncoding) -> list[str]:
    """The words that tell most: the longest of the first ones."""
    words = encoding.words or (encoding.rivals[0].words if encoding.rivals else ())
    return sorted((word for word in words[:200] if word[:1].isalpha()), key=len, reverse=True)


def marks_settled(of: Inspection, marks: LikelyMarks, *, unclosed: int) -> None:
    """The mark between cells and the one around text."""
    name = NAMES_OF_MARKS.get(marks.delimiter, marks.delimiter)
    why = phrase("Every line has {count} cell.", "Every line has {count} cells.", count=marks.width)
    if marks.share < 100:
        why = phrase(
            "{percent} of 100 lines have {count} cell.",
            "{percent} of 100 lines have {count} cells.",
            percent=marks.share,
            count=marks.width,
        )
    of.found("delimiter", phrase("Mark between cells"), name, why)
    if marks.rivals:
        choices = [NAMES_OF_MARKS.get(mark, mark) for mark in (marks.delimiter, *marks.rivals)]
        of.draft.ask("delimiter", phrase("Which mark stands between cells? Several cut the lines evenly."), choices)
    else:
        of.draft.settle("delimiter", name)
    if unclosed:
        of.damaged(unclosed, phrase("A quote opens here and is not closed."))
        ask = phrase(
            "A quote opens in line {line} and is not closed. Is that line damaged, or are quotes only text here (none)?",
            line=unclosed,
        )
        of.draft.ask("quote", ask, ["none"])
    elif marks.quote != '"':
        text = phrase("none: quotes are part of the text") if not marks.quote else marks.quote
        of.found("quote", phrase("Mark around text"), text)
        of.draft.settle("quote", marks.quote or "none")


def header_settled(of: Inspection) -> None:
    """The header and what stands above it."""
    table = of.table
    if not table.header:
        of.found("header", phrase("Header"), phrase("none"), phrase("The first row is a row like the others."))
        of.draft.settle("header", "no", phrase("Columns are given by number, counted from 1."))
        return
    if table.second_line:
        both = phrase("lines {first} and {second}", first=table.header_line, second=table.second_line)
        of.found("header", phrase("Header"), both)
        of.draft.settle("skip_top", table.second_line)
        of.draft.settle("header", "no", phrase("Names take two lines, so columns are given by number, counted from 1."))
    else:
        of.found("header", phrase("Header"), phrase("line {line}", line=table.header_line))
    if not table.rows:
        of.damaged(table.header_line, phrase("No rows stand below the header; let loyalty look at a file with some sales."))
    if table.above and not table.second_line:
        of.found("lines_above", phrase("Lines above the table"), " / ".join(table.above[:SHOWN]))
        of.draft.settle("skip_top", "until header", phrase("Title lines above the header: {text}", text=table.above[0]))
    if table.below is not None:
        line, names = table.below
        what = phrase("Another table begins here: {names}. Let the till export it apart, or take it out.", names=", ".join(names))
        of.damaged(line, what)
    if table.again:
        lines = ", ".join(map(str, table.again[:SHOWN]))
        of.damaged(table.again[0], phrase("The header stands again in line {lines}; such rows are left out.", lines=lines))


def total_rows_settled(of: Inspection) -> None:
    """Rows that are sums of others, and other rows that are none; they are left out of what is looked at from here on."""
    places = [place for place, row in enumerate(of.table.rows) if is_no_row(of, row)]
    if not places:
        return
    rows = [of.table.rows[place] for place in places]
    left_out = set(places)
    others = [row for place, row in enumerate(of.table.rows) if place not in left_out]
    patterns = tuple(dict.fromkeys(pattern_of(row) for row in rows))
    shown = "; ".join(" ".join(filter(None, row)) for row in rows[:SHOWN])
    count = len(rows)
    of.found(
        "total_rows",
        phrase("Rows that are no purchases"),
        phrase("{count} row", "{count} rows", count=count),
        phrase("{text}", text=shown),
    )
    headed_noted(of, places)
    clash = len(patterns) > MOST_PATTERNS or any(map(TotalRows(patterns).has, others))
    named_so = [row for row in rows if may_be_goods(of, row)]
    if named_so:
        text = "; ".join(" ".join(filter(None, row)) for row in named_so[:SHOWN])
        ask = phrase("Are these rows sums of others, and no goods: {text}? If they are goods, leave the line a comment.", text=text)
        of.draft.ask("total_rows", ask, [patterns[:MOST_PATTERNS]])
    elif clash:
        ask = phrase(
            "These rows seem to be sums of others: {text}. What tells them? The words stand in other rows, too.",
            text=shown,
        )
        of.draft.ask("total_rows", ask, [patterns[:MOST_PATTERNS]])
    else:
        of.draft.settle("total_rows", patterns, phrase("Rows that are left out: {text}", text=shown))
    lines = [of.table.lines[place] for place in range(len(of.table.rows)) if place not in left_out]
    of.table = with_rows(of, others, lines)


def headed_noted(of: Inspection, places: list[int]) -> None:
    """Say that rows of one cell name receipts and their days, which no layout gives to the rows below them."""
    texts = [(of.table.lines[place], " ".join(filter(None, of.table.rows[place]))) for place in places]
    heads = [(line, text) for line, text in texts if days_in(text) and not is_sum(text)]
    if len(heads) >= FEWEST_HEADS and not any("date" in words_for(name) for name in of.table.header):
        line, text = heads[0]
        what = "{text} names a receipt for the rows below it. Let the till export number and date on each row."
        of.damaged(line, phrase(what, text=text))


def is_sum(text: str) -> bool:
    """Whether a cell is called a sum, by how it begins or ends."""
    return looks_like_totals([text]) or folded(text).endswith(SUMS_BEHIND)


def may_be_goods(of: Inspection, row: list[str]) -> bool:
    """Whether goods tell a row that only begin or end like a sum, as Colgate Total does; Tea total, where Tea is sold, is one."""
    for place, name in enumerate(of.table.header[: len(row)]):
        text = folded(row[place])
        if is_sum(text) and GOODS & set(words_for(name)) and not is_one_of(text, TOTALS) and not any(map(str.isdigit, text)):
            rest = TOTAL.sub("", text, count=1).strip(" :") if looks_like_totals([text]) else text.rpartition(" ")[0]
            sold = {folded(other[place]) for other in of.table.rows if place < len(other)}
            return bool(rest) and not words_for(rest) and rest not in sold
    return False


def is_no_row(of: Inspection, row: list[str]) -> bool:
    """Whether a row is a sum of others or a remark: much emptier than the others, or of one cell."""
    filled = sum(bool(cell.strip()) for cell in row)
    usual = of.table.width
    if filled >= usual * 0.75:
        return False
    if any(map(is_sum, filter(None, row))):
        return True
    return filled == 1 and usual > 3


def pattern_of(row: list[str]) -> str:
    """What tells such a row and as few others as may be: what it says, up to a number, as in Page 1 of 2; behind a number the word there.

    Where it has no words, as - 1 - has none, it is told by its marks.

    >>> [pattern_of([text]) for text in ("Razem:", "Strona 1 z 2", "13.04.2026 razem", "Anna razem", "12 rows in all", "- 1 -")]
    ['Razem:', 'Strona [0-9]*', '*[0-9]* razem', '* razem', '*[0-9]* rows*', '- * -']
    """
    text = next(cell.strip() for cell in row if cell.strip())
    label = next((cell.strip() for cell in row if looks_like_totals([cell])), text)
    before, number = re.fullmatch(r"(\D*)(.*)", label, re.DOTALL).groups()  # type: ignore[union-attr] # fits any text
    words = [escape(word) for word in label.split() if not re.search(r"\d", word)]
    if folded(label).endswith(SUMS_BEHIND) and not looks_like_totals([label]):
        return f"{'*[0-9]' if number else ''}* {words[-1]}"
    if not any(map(str.isalpha, label)):
        return "*".join(map(escape, re.split(r"\d+", label))) if before else label
    if any(map(str.isalpha, before)):
        return f"{escape(before)}[0-9]*" if number else " ".join(words[:MOST_WORDS]) + "*" * (len(words) > MOST_WORDS)
    return f"*[0-9]* {words[0]}*" if words else escape(label)


def with_rows(of: Inspection, rows: list[list[str]], lines: list[int]) -> LikelyTable:
    """The table with other rows."""
    width = of.table.width
    shorter, longer = sum(len(row) < width for row in rows), sum(len(row) > width for row in rows)
    return replace(of.table, rows=rows, lines=lines, shorter=shorter, longer=longer)


def uneven_rows_settled(of: Inspection, *, had_short_totals: bool) -> None:
    """Whether rows of other widths are usual here."""
    table = of.table
    if table.longer:
        line = next(line for line, row in zip(table.lines, table.rows, strict=True) if len(row) > table.width)
        what = phrase(
            "{count} row has more cells than the header: a text with the mark inside, without quotes?",
            "{count} rows have more cells than the header: a text with the mark inside, without quotes?",
            count=table.longer,
        )
        of.damaged(line, what)
    if table.shorter:
        ask = phrase(
            "{count} row has fewer cells than the header. Are its last cells empty (yes), or is it cut (no)?",
            "{count} rows have fewer cells than the header. Are their last cells empty (yes), or are they cut (no)?",
            count=table.shorter,
        )
        of.draft.ask("uneven_rows", ask, ["yes", "no"], "no")
    elif had_short_totals:
        of.draft.settle("uneven_rows", "yes", phrase("Rows that are left out have fewer cells."))
