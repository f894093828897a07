"""The demo cohort: invented employees of an invented bilingual company."""

from __future__ import annotations

from pathlib import Path


def demo_path() -> Path:
    """Return the path of the demo people file.

    Examples
    --------
    >>> demo_path().name
    'people.csv'
    """
    return Path(__file__).with_name("people.csv")
