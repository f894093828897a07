"""Which time zones there are."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

UNKNOWN_ZONE = "no such time zone is known; right would be an IANA name such as Europe/Paris"


@cache
def known_zones() -> frozenset[str]:
    """Return the names as the database writes them: some file systems would find them in any case.

    Examples
    --------
    >>> "Europe/Paris" in known_zones(), "europe/paris" in known_zones()
    (True, False)
    """
    return frozenset(available_timezones())
