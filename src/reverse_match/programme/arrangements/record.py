"""What one duo has arranged for its meetings: length, channel, place or link, day and time.

A field accepts the value of a cell, and French words beside English ones. What is not arranged is ``None``,
and the programme decides it.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Annotated, ClassVar, TypeAlias

from pydantic import BeforeValidator, Field, model_validator

from reverse_match.foundation.errors import InputError, ProgrammeError
from reverse_match.foundation.names import id_key, name_key, pair_key
from reverse_match.foundation.records import PlainData
from reverse_match.people import cells
from reverse_match.people.cells import CellError
from reverse_match.people.weekly_times import DAYS, day_named
from reverse_match.programme.programme import Channel

_CHANNELS: dict[str, Channel] = {
    **dict.fromkeys(
        (
            *("video", "video call", "videoconference", "video conference", "online", "remote"),
            *("visio", "visioconference", "visio conference", "en ligne", "a distance"),
        ),
        "video",
    ),
    **dict.fromkeys(
        ("telephone", "phone", "phone call", "by phone", "tel", "appel", "par telephone"), "telephone"
    ),
    **dict.fromkeys(
        (
            *("on site", "onsite", "on-site", "in person", "face to face", "in the office"),
            *("sur site", "sur place", "en presentiel", "presentiel", "en personne", "au bureau"),
        ),
        "on site",
    ),
}

_TIME = re.compile(r"(\d{1,2})(?:\s*[:hH.]\s*(\d{2})?(?::00)?)?")
_LINK = re.compile(r"(?:https?://|tel:|sip:|sips:)\S+", re.IGNORECASE)

LONGEST_LINK = 2_000
"""Largest number of characters of a link; browsers follow none that is longer."""


def _person(value: object) -> str:
    read = cells.text(value)
    if read is None:
        message = "missing; right would be some text"
        raise CellError(message, "missing")
    return read


def _channel(value: object) -> str | None:
    read = cells.text(value)
    if read is None:
        return None
    if (known := _CHANNELS.get(name_key(read))) is None:
        message = "unknown channel; right would be video, telephone or on site, or an empty cell"
        raise CellError(message, "unknown-value")
    return known


def _link(value: object) -> str | None:
    read = cells.text(value)
    if read is not None and (len(read) > LONGEST_LINK or not _LINK.fullmatch(read)):
        message = "not a link; right would be text that begins with https:// or tel: and has no spaces"
        raise CellError(message, "unknown-value")
    return read


def _day(value: object) -> str | None:
    read = cells.text(value)
    if read is None:
        return None
    if (day := day_named(read)) is None:
        message = "not a day of the week; right would be text such as Tuesday or mardi, or an empty cell"
        raise CellError(message, "unknown-value")
    return DAYS[day]


def _time(value: object) -> str | None:
    read = cells.text(value)
    if read is None:
        return None
    found = _TIME.fullmatch(read)
    hours, minutes = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
    if hours > 23 or minutes > 59:
        message = "not a time at which something begins; right would be 00:00 to 23:59"
        raise CellError(message, "not-a-time")
    return f"{hours:02}:{minutes:02}"


_Id: TypeAlias = Annotated[str, BeforeValidator(_person)]
_Text: TypeAlias = Annotated[str | None, BeforeValidator(cells.text)]


class Arrangement(PlainData):
    """What a duo has arranged for its meetings; what is ``None`` is left to the programme.

    Examples
    --------
    >>> one = Arrangement(mentor="lea", mentee="ada", minutes="30", channel="visio", day="mardi", time="14h")
    >>> one.minutes, one.channel, one.day, one.time
    (30, 'video', 'Tue', '14:00')
    """

    refusal: ClassVar[type[InputError]] = ProgrammeError

    mentor: _Id
    """Id of the mentor."""
    mentee: _Id
    """Id of the mentee."""
    minutes: Annotated[
        Annotated[int, Field(ge=5, le=480)] | None,
        BeforeValidator(partial(cells.whole_number, lowest=5, highest=480)),
    ] = None
    """Length of the meetings in minutes, from 5 to 480."""
    channel: Annotated[Channel | None, BeforeValidator(_channel)] = None
    """Way in which the two meet: ``video``, ``telephone`` or ``on site``."""
    place: _Text = None
    """Place at which the two meet."""
    link: Annotated[str | None, BeforeValidator(_link)] = None
    """Link to the video call, or ``tel:`` and a number."""
    day: Annotated[str | None, BeforeValidator(_day)] = None
    """Day of the week of the meetings, such as ``Tue``."""
    time: Annotated[str | None, BeforeValidator(_time)] = None
    """Time of day at which meetings begin, in the time zone of the programme."""

    @model_validator(mode="after")
    def _is_of_two(self) -> Arrangement:
        if id_key(self.mentor) == id_key(self.mentee):
            message = "mentor and mentee are one person; right would be the ids of two"
            raise CellError(message)
        return self

    @property
    def duo(self) -> tuple[str, str]:
        """Keys of the ids of mentor and mentee."""
        return pair_key(self)
