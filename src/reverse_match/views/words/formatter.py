"""How a language writes numbers, plurals, lists and quotations: what differs is data, the rest is shared."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

MOST_LISTED = 6
"""Of a long list a sentence names so many, and says how many more there are; the data has all."""

MINUS = "\N{MINUS SIGN}"
"""In tables, where a hyphen would be read as a dash."""


UNKNOWN_MARK = "~"
"""Before points of a criterion that is not known for a pair."""

FIXED_MARK = "*"
"""After the score of a duo that the policy demands."""


@dataclass(frozen=True)
class Formatter:
    """Writes numbers, plurals, lists and quotations as one language does.

    Parameters
    ----------
    thousands : str
        Stands between groups of three digits.
    decimal_sign : str
        Stands before decimal places.
    quotes : tuple of str
        Before and after a name.
    conjunction : str
        Stands before the last item of a list, with its spaces.
    more : tuple of str
        What one item and what several items are called that a list leaves out.
    is_one : callable
        Says of a number whether its noun is in the singular.
    spaces : mapping of str to str, optional
        What is set in a text for what stands in its source: the spaces that must not break.
    percent : str, optional
        Stands after so many of a hundred, with its space.

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
        """Write a number in full, with thousands apart."""
        return self.decimal(number, ",")

    def decimal(self, number: float, form: str) -> str:
        """Write a number in a form of Python's, such as ``.3f``, with the signs of the language."""
        signs = {ord(","): self.thousands, ord("."): self.decimal_sign}
        return format(number, form).translate(signs)

    def share(self, share: float, form: str = ".6g") -> str:
        """Write a share as so many of a hundred."""
        return f"{self.decimal(100 * share, form)}{self.percent}"

    def round(self, number: float) -> str:
        """Write a number to a tenth, without the tenth where there is none."""
        tenths = round(number, 1)
        return self.count(int(tenths) if tenths == int(tenths) else tenths)

    def score(self, score: float) -> str:
        """Write a score or the points of a criterion."""
        return self.decimal(score, ".3f")

    def points(self, points: float) -> str:
        """Write a number of points without its sign: three decimal places, or six where it has them."""
        whole, decimals = f"{abs(points):.6f}".split(".")
        return f"{self.count(int(whole))}{self.decimal_sign}{decimals.rstrip('0').ljust(3, '0')}"

    def count_nouns(self, number: float, one: str, several: str | None = None) -> str:
        """Write a number with its noun; without a plural of its own, the noun gets an ``s``."""
        return f"{self.count(number)} {one if self.is_one(number) else several or f'{one}s'}"

    def quote(self, text: str) -> str:
        """Write a name in quotation marks."""
        before, after = self.quotes
        return f"{before}{text}{after}"

    def join(self, items: Sequence[str], between: str = ", ") -> str:
        """Join the first few items, and say how many more there are."""
        shown, left = [*items[:MOST_LISTED]], len(items) - MOST_LISTED
        if left > 0:
            shown.append(self.count_nouns(left, *self.more))
        return self.conjunction.join([between.join(shown[:-1])] * (len(shown) > 1) + shown[-1:])

    def join_names(self, names: Sequence[str]) -> str:
        """Join the first few names in quotation marks, and say how many more there are."""
        return self.join([self.quote(name) for name in names])

    def set_spaces(self, texts: Mapping[str, str]) -> dict[str, str]:
        """Set in texts the spaces that must not break."""
        return {name: self._set_spaces_of(text) for name, text in texts.items()}

    def _set_spaces_of(self, text: str) -> str:
        for source, set_so in self.spaces.items():
            text = text.replace(source, set_so)
        return text
