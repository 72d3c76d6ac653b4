"""EAN-13 and Code 128 as dark and light modules, by the published tables (ISO/IEC 15420 and 15417).

Written here because python-barcode 0.16.1 draws a Code 128 that begins with 99 without these digits, and every
coupon code or card number must be read as it is.
"""

from __future__ import annotations

from itertools import cycle

# The widths of a digit's four elements in EAN: space, bar, space, bar; set G is set L backwards, set R is L inverted.
EAN_WIDTHS = ("3211", "2221", "2122", "1411", "1132", "1231", "1114", "1312", "1213", "3112")
# Which of the six left digits are of set G (1): this is how the first digit is written.
EAN_PARITY = ("000000", "001011", "001101", "001110", "010011", "011001", "011100", "010101", "010110", "011010")

# The widths of the six elements of each Code 128 symbol, bar first, by its value from 0 to 105.
CODE128_WIDTHS = (
    "212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222123122123221"
    "223211221132221231213212223112312131311222321122321221312212322112322211212123212321232121111323131123131321"
    "112313132113132311211313231113231311112133112331132131113123113321133121313121211331231131213113213311213131"
    "311123311321331121312113312311332111314111221411431111111224111422121124121421141122141221112214112412122114"
    "122411142112142211241211221114413111241112134111111242121142121241114212124112124211411212421112421211212141"
    "214121412121111143111341131141114113114311411113411311113141114131311141411131211412211214211232"
)
CODE128_STOP = "2331112"
START_B, START_C, TO_B, TO_C = 104, 105, 100, 99
# So many digits in a row are shorter as pairs (set C): at an end of the text, or inside it.
PAIRS_AT_END, PAIRS_INSIDE = 4, 6


def ean13_modules(number: str) -> str:
    """The 95 modules of an EAN-13, its check digit included, as 1 for dark and 0 for light."""
    left = "".join(
        modules(EAN_WIDTHS[int(digit)][:: -1 if turned == "1" else 1], dark="0")
        for digit, turned in zip(number[1:7], EAN_PARITY[int(number[0])], strict=True)
    )
    right = "".join(modules(EAN_WIDTHS[int(digit)], dark="1") for digit in number[7:])
    return f"101{left}01010{right}101"


def code128_modules(text: str) -> str:
    """The modules of a text of ASCII letters as Code 128, its check symbol included."""
    values = code128_values(text)
    check = sum(max(place, 1) * value for place, value in enumerate(values)) % 103
    widths = [*(CODE128_WIDTHS[6 * value : 6 * value + 6] for value in (*values, check)), CODE128_STOP]
    return "".join(modules(each, dark="1") for each in widths)


def code128_values(text: str) -> list[int]:
    """The symbols: set B letter by letter, set C where enough digits stand together."""
    values: list[int] = []
    place, pairs = 0, False
    while place < len(text):
        run = digits_at(text, place)
        edge = place == 0 or place + run == len(text)
        if not pairs and run % 2 == 0 and (run >= (PAIRS_AT_END if edge else PAIRS_INSIDE) or run == len(text)):
            values.append(TO_C if values else START_C)
            pairs = True
        if pairs and run >= 2:
            values.append(int(text[place : place + 2]))
            place += 2
            continue
        if pairs or not values:
            values.append(TO_B if values else START_B)
            pairs = False
        values.append(ord(text[place]) - 32)
        place += 1
    return values


def digits_at(text: str, place: int) -> int:
    """How many digits follow each other from a place on."""
    rest = text[place:]
    return len(rest) - len(rest.lstrip("0123456789"))


def modules(widths: str, *, dark: str) -> str:
    """Elements of these widths by turns, the first of the colour said."""
    colours = cycle("10" if dark == "1" else "01")
    return "".join(colour * int(width) for colour, width in zip(colours, widths))
