r"""Text as calendars write it (RFC 5545, 3.3.11): nothing in it can end its line or begin another event.

``icalendar`` writes texts, too; but in version 7.3 it takes a backslash before a capital N for a line break,
as in the id ``BANK\Nadia``.

This module needs ``icalendar``, and is only imported where a calendar is written.
"""

from __future__ import annotations

from icalendar import vText


class EscapedText(vText):
    r"""A text that escapes itself.

    Examples
    --------
    >>> EscapedText("BANK\\Nadia, Zoé").to_ical().decode()
    'BANK\\\\Nadia\\, Zoé'
    """

    def to_ical(self) -> bytes:
        """Return the text as it stands in a file, before lines are folded."""
        escaped = str(self).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        return escaped.replace("\r\n", "\\n").replace("\r", "\\n").replace("\n", "\\n").encode()
