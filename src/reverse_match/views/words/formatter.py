"""Formats numbers, plurals, lists and quotations; the differences between languages are data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

MOST_LISTED = 6
"""Largest number of items that a sentence lists; of the rest it states the number. Records hold all items."""

MINUS = "\N{MINUS SIGN}"
"""Minus sign for tables, in which a hyphen could be read as a dash."""


UNKNOWN_MARK = "~"
"""Mark before the points of a criterion that is not known for a pair."""

FIXED_MARK = "*"
"""Mark after the score of a duo that the policy demands."""


@dataclass(frozen=True)
class Formatter:
    """Formats numbers, plurals, lists and quotations in one language.

    Parameters
    ----------
    thousands : str
        Separator between groups of three digits.
    decimal_sign : str
        Sign before decimal places.
    quotes : tuple of str
        Opening and closing quotation marks.
    conjunction : str
        Word before the last item of a list, with its spaces.
    more : tuple of str
        Words for one item, and for several items, that a list leaves out.
    is_one : callable
        Takes a number, and says whether its noun is in the singular.
    spaces : mapping of str to str, optional
        Replacements in the source of texts, which put no-break spaces in place.
    percent : str, optional
        Percent sign, with the space before it.

    Examples
    --------
    >>> fmt = Formatter(".", ",", ("'", "'"), " und ", ("weiterer", "weitere"), lambda number: number == 1)
    >>> fmt.count(1200), fmt.decimal(0.5, ".2f"), fmt.join(["a", "b", "c"])
    ('1.200', '0,50', 'a, b und c')
    >>> fmt.count_nouns(1, "Person", "Personen"), fmt.count_nouns(2, "Person", "Personen")
    ('1 Person', '2 Personen')
    """

    thousands: str
    decimal_sign: str
    quotes: tuple[str, str]
    conjunction: str
    more: tuple[str, str]
    is_one: Callable[[float], bool]
    spaces: Mapping[str, str] = field(default_factory=dict)
    percent: str = "%"

    def count(self, number: float) -> str:
        """Format a number in full, with separators of thousands."""
        return self.decimal(number, ",")

    def decimal(self, number: float, form: str) -> str:
        """Format a number by a format of Python, such as ``.3f``, with the signs of the language."""
        signs = {ord(","): self.thousands, ord("."): self.decimal_sign}
        return format(number, form).translate(signs)

    def share(self, share: float, form: str = ".6g") -> str:
        """Write a share as so many of a hundred."""
        return f"{self.decimal(100 * share, form)}{self.percent}"

    def round(self, number: float) -> str:
        """Format a number to one decimal place, which is left out if it is 0."""
        tenths = round(number, 1)
        return self.count(int(tenths) if tenths == int(tenths) else tenths)

    def score(self, score: float) -> str:
        """Format a score, or the points of a criterion."""
        return f"{score:.3f}".replace(".", self.decimal_sign)  # a table of duos has many thousands of them

    def points(self, points: float) -> str:
        """Format a number of points without its sign, with three decimal places, or six if it needs them."""
        whole, decimals = f"{abs(points):.6f}".split(".")
        return f"{self.count(int(whole))}{self.decimal_sign}{decimals.rstrip('0').ljust(3, '0')}"

    def count_nouns(self, number: float, one: str, several: str | None = None) -> str:
        """Format a number with its noun; the default plural of the noun ends in ``s``."""
        return f"{self.count(number)} {one if self.is_one(number) else several or f'{one}s'}"

    def quote(self, text: str) -> str:
        """Put a name in quotation marks."""
        before, after = self.quotes
        return f"{before}{text}{after}"

    def join(self, items: Sequence[str], between: str = ", ") -> str:
        """Join the first items of a list, with the number of the others."""
        shown, left = [*items[:MOST_LISTED]], len(items) - MOST_LISTED
        if left > 0:
            shown.append(self.count_nouns(left, *self.more))
        return self.conjunction.join([between.join(shown[:-1])] * (len(shown) > 1) + shown[-1:])

    def join_names(self, names: Sequence[str]) -> str:
        """Join the first names of a list in quotation marks, with the number of the others."""
        return self.join([self.quote(name) for name in names])

    def set_spaces(self, texts: Mapping[str, str]) -> dict[str, str]:
        """Return texts with no-break spaces in place."""
        return {name: self._set_spaces_of(text) for name, text in texts.items()}

    def _set_spaces_of(self, text: str) -> str:
        for source, set_so in self.spaces.items():
            text = text.replace(source, set_so)
        return text
