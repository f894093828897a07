"""Finds the time zone of the IANA database that a text means: offsets, names of Windows, names of cities.

An HR system writes ``Romance Standard Time``, a spreadsheet ``(UTC+01:00) Brussels, Copenhagen, Madrid,
Paris``, a form ``UTC+2``. An offset alone is a clock without summer time. Where a text says both an offset
and a name, the two must agree, in winter or in summer.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from reverse_match.foundation.dates import known_zones
from reverse_match.foundation.names import name_key, near_name

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST = 200
"""Characters of a text that may mean a time zone."""

_SIGNED = re.compile(r"(?:utc|gmt)?\s*([+-])\s*(\d{1,2})(?::?(\d{2}))?")
_WITH_NAMES = re.compile(r"\(?\s*((?:utc|gmt)(?:\s*[+-]\s*\d{1,2}(?::?\d{2})?)?)\s*\)?[\s,:-]+(\S.*)")
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)$")

_FULL_NAMES = MappingProxyType(
    {
        "eastern time": "America/New_York",
        "central time": "America/Chicago",
        "mountain time": "America/Denver",
        "pacific time": "America/Los_Angeles",
        "atlantic time": "America/Halifax",
        "central european time": "CET",
        "heure d'europe centrale": "CET",
        "eastern european time": "EET",
        "western european time": "WET",
        "greenwich mean time": "Etc/GMT",
        "coordinated universal time": "UTC",
        "temps universel coordonne": "UTC",
    }
)

_OFFSETS = (-12 * 60, 14 * 60)
"""Of the zones that are nothing but an offset, in minutes."""

_BETWEEN_HOURS = MappingProxyType(
    {
        -570: "Pacific/Marquesas",
        -210: "America/St_Johns",
        210: "Asia/Tehran",
        270: "Asia/Kabul",
        330: "Asia/Kolkata",
        345: "Asia/Kathmandu",
        390: "Asia/Yangon",
        570: "Australia/Adelaide",
        630: "Australia/Lord_Howe",
        765: "Pacific/Chatham",
    }
)
"""Zones whose clocks differ from others by a part of an hour."""


@lru_cache(maxsize=4096)
def zone_meant(text: str) -> str | None:
    """Return the time zone that a text means, ``None`` if none, or more than one.

    Examples
    --------
    >>> zone_meant("Romance Standard Time"), zone_meant("europe/paris"), zone_meant("New York")
    ('Europe/Paris', 'Europe/Paris', 'America/New_York')
    >>> zone_meant("(UTC+01:00) Brussels, Copenhagen, Madrid, Paris"), zone_meant("UTC-05:00 Eastern Time")
    ('Europe/Brussels', 'America/New_York')
    >>> zone_meant("UTC+2"), zone_meant("+02:00"), zone_meant("UTC+01:00 Tokyo"), zone_meant("Mars/Olympus")
    ('Etc/GMT-2', 'Etc/GMT-2', None, None)
    """
    if len(text) > _LONGEST:
        return None
    if text in known_zones():
        return text
    key = name_key(text).replace("\u2212", "-")
    if (minutes := _offset(key)) is not None:
        return _zone_of_offset(minutes)
    found = _zone_of_name(key)
    if found is not None or (match := _WITH_NAMES.fullmatch(key)) is None:
        return found
    minutes = _offset(match[1]) or 0
    named = (_zone_of_name(name) for name in _names_in(match[2]))
    return next((zone for zone in named if zone is not None and minutes in _offsets_of(zone)), None)


def is_offset(text: str) -> bool:
    """Say whether a text is an offset alone, such as ``UTC+2``: a clock that knows no summer."""
    return _offset(name_key(text).replace("\u2212", "-")) is not None


def zone_hint(text: str) -> str:
    """Return ``; did you mean 'Europe/Paris'?`` where a zone is meant or near; else nothing."""
    if len(text) > _LONGEST:
        return ""
    near = zone_meant(text) or near_name(text, known_zones())
    return "" if near is None else f"; did you mean '{near}'?"


def _offset(key: str) -> int | None:
    """Return the minutes by which a clock is ahead of universal time, if a text says only that."""
    match = _SIGNED.fullmatch(key)
    if match is None:
        return None
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    return -minutes if match[1] == "-" else minutes


def _zone_of_offset(minutes: int) -> str | None:
    hours, rest = divmod(minutes, 60)
    if not _OFFSETS[0] <= minutes <= _OFFSETS[1]:
        return None
    if rest:
        return _BETWEEN_HOURS.get(minutes)
    return f"Etc/GMT{-hours:+d}" if hours else "Etc/GMT"  # their sign is the other way round


def _names_in(listed: str) -> list[str]:
    without = _IN_BRACKETS.sub("", listed).strip()
    return [listed, without, *(name.strip() for name in without.split(","))]


def _zone_of_name(key: str) -> str | None:
    plain = _IN_BRACKETS.sub("", key).strip()
    return _FULL_NAMES.get(plain) or _names().get(key) or _names().get(plain)


@cache
def _names() -> Mapping[str, str | None]:
    """Return zones by the names of Windows, by their own names, and by cities that name one zone."""
    names: dict[str, str | None] = {}
    for zone in sorted(known_zones()):
        region, _, city = zone.rpartition("/")
        if region and region not in ("Etc", "SystemV"):
            spoken = name_key(city.replace("_", " "))
            names[spoken] = zone if names.get(spoken, zone) == zone else None
    names.update({name_key(zone): zone for zone in known_zones()})
    text = resources.files("reverse_match.people").joinpath("windows_zones.txt").read_text("utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            windows, _, zone = line.partition(" | ")
            names[name_key(windows)] = zone
    return names


@cache
def _offsets_of(zone: str) -> frozenset[int]:
    """Return by how many minutes the clock of a zone is ahead of universal time, in winter and in summer."""
    days = (datetime(2025, month, 15, 12, tzinfo=ZoneInfo(zone)) for month in (1, 7))
    return frozenset((day.utcoffset() or timedelta()) // timedelta(minutes=1) for day in days)
