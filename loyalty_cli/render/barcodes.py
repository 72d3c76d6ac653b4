"""Codes that a till reads, drawn as SVG in real millimetres: EAN-13 or Code 128 in lines, and QR.

QR comes from segno, which is imported here only, when something is printed.
"""

from __future__ import annotations

from itertools import groupby

from loyalty_cli.model.check_digits import ean_holds
from loyalty_cli.render.line_codes import code128_modules
from loyalty_cli.render.line_codes import ean13_modules

MODULE = 0.33
"""The width of the narrowest line in millimetres: what office printers and tills both manage."""
NARROWEST = 0.25
EAN_DIGITS = 13
EAN_QUIET = (11, 7)
"""Blank modules before and after an EAN-13 (GS1 General Specifications)."""
QUIET = (10, 10)
GUARDS = (range(3), range(45, 50), range(92, 95))
QR_QUIET = 4
SMALLEST_QR_MODULE = 0.33


def line_code(text: str, *, widest: float, tall: float) -> str:
    """The text as EAN-13 if it is one, else as Code 128; '' where it has other letters or is too long for the place."""
    if len(text) == EAN_DIGITS and ean_holds(text):
        return ean13(text, tall=tall)
    return code128(text, widest=widest, tall=tall)


def ean13(number: str, *, tall: float) -> str:
    """An EAN-13 in its full size, its guard bars longer, its digits in their places."""
    modules = ean13_modules(number)
    digits = 9
    height = tall / MODULE
    low, bottom = height - digits - 1, height - digits / 2
    bars = "".join(
        bar(start, width, bottom if any(start in guard for guard in GUARDS) else low, EAN_QUIET[0]) for start, width in runs(modules)
    )
    words = text_at(0, 9, height, number[0]) + text_at(15, 40, height, number[1:7]) + text_at(61, 40, height, number[7:])
    return svg(sum(EAN_QUIET) + len(modules), height, MODULE, f'<path d="{bars}"/>{words}', name=number)


def code128(text: str, *, widest: float, tall: float) -> str:
    """A Code 128, its lines narrowed a little if need be; '' if it can not be."""
    if not text or not all(" " <= letter <= "~" for letter in text):
        return ""
    modules = code128_modules(text)
    width = len(modules) + sum(QUIET)
    module = min(MODULE, widest / width)
    if module < NARROWEST:
        return ""
    height = tall / module
    bars = "".join(bar(start, run, height, QUIET[0]) for start, run in runs(modules))
    return svg(width, height, module, f'<path d="{bars}"/>', name=text)


def qr_code(text: str, *, size: float) -> str:
    """A QR code with error correction M or better, as large as the place allows."""
    import segno

    code = segno.make(text, error="m", micro=False)
    across = code.symbol_size(border=QR_QUIET)[0]
    module = max(size / across, SMALLEST_QR_MODULE)
    rows = enumerate(code.matrix)
    bars = "".join(
        f"M{start + QR_QUIET} {line + QR_QUIET}h{width}v1h-{width}z" for line, row in rows for start, width in runs("".join(map(str, row)))
    )
    return svg(across, across, module, f'<path d="{bars}"/>', name=text)


def runs(modules: str) -> list[tuple[int, int]]:
    """Where dark lines start and how wide they are, in modules."""
    found, place = [], 0
    for dark, group in groupby(modules):
        width = len(list(group))
        if dark == "1":
            found.append((place, width))
        place += width
    return found


def bar(start: int, width: int, height: float, quiet: int) -> str:
    """One dark line as a piece of an SVG path."""
    return f"M{start + quiet} 0h{width}v{height:.2f}h-{width}z"


def text_at(left: int, width: int, height: float, digits: str) -> str:
    """Digits below the lines, spread over their width."""
    spread = f' textLength="{width}" lengthAdjust="spacing"' if len(digits) > 1 else ""
    return f'<text x="{left}" y="{height - 1:.2f}"{spread}>{digits}</text>'


def svg(width: float, height: float, module: float, inner: str, *, name: str) -> str:
    """A drawing of so many modules, each of so many millimetres."""
    from html import escape

    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(name)}" '
        f'width="{width * module:.3f}mm" height="{height * module:.3f}mm" viewBox="0 0 {width} {height:.2f}" '
        f'font-family="sans-serif" font-size="9" shape-rendering="crispEdges">{inner}</svg>'
    )
