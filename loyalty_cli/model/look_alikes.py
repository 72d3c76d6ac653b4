"""Letters of other alphabets that an eye takes for Latin ones."""

# Cyrillic and Greek.
ALIKE = str.maketrans("авсеікмнорстухуѕјАВСЕІКМНОРТХΟοΑ", "abceikmhopctyxysjABCEIKMHOPTXOoA")


def look_of(number: str) -> str:
    """What an eye takes a number with letters for: small letters, all of them Latin where they look so.

    >>> look_of("\u0410\u0412100") == look_of("ab100")
    True
    """
    return number.casefold().translate(ALIKE)
