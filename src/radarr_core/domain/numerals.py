"""Roman numerals."""

from __future__ import annotations

_STEPS = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def to_roman(number: int) -> str:
    """The Roman numeral of a number from 1 to 3999.

    Raises:
        ValueError: Roman numerals have no such number.
    """
    if not 1 <= number <= 3999:
        raise ValueError(f"no Roman numeral stands for {number!r}; they run from 1 to 3999")
    built = []
    for value, letters in _STEPS:
        count, number = divmod(number, value)
        built.append(letters * count)
    return "".join(built)


def from_roman(text: str) -> int:
    """The number of a Roman numeral in either case.

    Raises:
        ValueError: the text is no Roman numeral.
    """
    letters = text.strip().upper()
    try:
        values = [_VALUES[letter] for letter in letters]
    except KeyError:
        raise ValueError(f"no Roman numeral: {text!r}") from None
    following = [*values[1:], 0]
    number = sum(-value if value < after else value for value, after in zip(values, following, strict=False))
    if not 1 <= number <= 3999 or to_roman(number) != letters:
        raise ValueError(f"no Roman numeral: {text!r}")
    return number
