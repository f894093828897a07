"""Numbers with their nouns in English: one duo, two duos, no duos."""

from __future__ import annotations


def quantity(number: int, noun: str, several: str | None = None) -> str:
    """Return a number with its noun.

    Parameters
    ----------
    number : int
        The number.
    noun : str
        The noun in the singular.
    several : str, optional
        The noun in the plural, where it does not end in a mere ``s``.

    Examples
    --------
    >>> quantity(1, "duo"), quantity(0, "duo"), quantity(1200, "person", "people")
    ('1 duo', '0 duos', '1,200 people')
    """
    return f"{number:,} {noun if number == 1 else several or f'{noun}s'}"
