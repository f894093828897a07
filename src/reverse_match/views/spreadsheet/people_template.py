"""A workbook to fill in with people: a sheet for mentors, one for mentees, and how they are filled in.

Its headings are usual ones and its sheets are called by roles, so that it reads back without a mapping, and
without a word. Examples stand on the sheet of the guide, where nobody is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.views.spreadsheet.form import Allowed, Form, FormColumn, Guide, form_workbook
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from reverse_match.policy.values import Role
    from reverse_match.views.words.phrases import Phrases

_ZONES = (
    *("Africa/Abidjan", "Africa/Algiers", "Africa/Cairo", "Africa/Casablanca", "Africa/Johannesburg"),
    *("Africa/Lagos", "Africa/Nairobi", "Africa/Tunis", "America/Argentina/Buenos_Aires", "America/Bogota"),
    *("America/Cayenne", "America/Chicago", "America/Denver", "America/Guadeloupe", "America/Halifax"),
    *("America/Lima", "America/Los_Angeles", "America/Martinique", "America/Mexico_City"),
    *("America/Montreal", "America/New_York", "America/Santiago", "America/Sao_Paulo", "America/Toronto"),
    *("America/Vancouver", "Asia/Bangkok", "Asia/Dubai", "Asia/Ho_Chi_Minh", "Asia/Hong_Kong"),
    *("Asia/Istanbul", "Asia/Jakarta", "Asia/Jerusalem", "Asia/Karachi", "Asia/Kolkata", "Asia/Manila"),
    *("Asia/Riyadh", "Asia/Seoul", "Asia/Shanghai", "Asia/Singapore", "Asia/Taipei", "Asia/Tokyo"),
    *("Australia/Melbourne", "Australia/Perth", "Australia/Sydney", "Europe/Amsterdam", "Europe/Athens"),
    *("Europe/Berlin", "Europe/Brussels", "Europe/Bucharest", "Europe/Budapest", "Europe/Copenhagen"),
    *("Europe/Dublin", "Europe/Helsinki", "Europe/Istanbul", "Europe/Kyiv", "Europe/Lisbon"),
    *("Europe/London", "Europe/Luxembourg", "Europe/Madrid", "Europe/Oslo", "Europe/Paris"),
    *("Europe/Prague", "Europe/Rome", "Europe/Sofia", "Europe/Stockholm", "Europe/Vienna"),
    *("Europe/Warsaw", "Europe/Zurich", "Indian/Mauritius", "Indian/Reunion", "Pacific/Auckland"),
    *("Pacific/Noumea", "Pacific/Tahiti", "UTC"),
)
"""Time zones that are offered; any other may be written."""

_FIRST = ("id", "first_name", "last_name", "email")
_LAST = (
    *("goals", "birth_year", "gender", "department", "location", "grade", "manager_id", "languages"),
    *("timezone", "available", "capacity", "wants", "avoids", "prefers", "priority"),
)
_TAUGHT: dict[Role, tuple[str, str]] = {"mentor": ("offers", "seeks"), "mentee": ("seeks", "offers")}
"""Of skills, what somebody comes for stands first."""

_WIDTHS = {
    "id": 14, "email": 26, "offers": 34, "seeks": 34, "goals": 28, "birth_year": 11, "gender": 13,
    "prefers": 34, "priority": 20,
    "department": 22, "grade": 9, "manager_id": 20, "languages": 13, "timezone": 18, "available": 26,
    "capacity": 10,
}  # fmt: skip
_NUMBERS = ("birth_year", "grade", "capacity")


def people_template(file: str, lang: str) -> bytes:
    """Return a workbook to fill in with people.

    Parameters
    ----------
    file : str
        What it will be called, for the commands in the guide.
    lang : str
        ``"en"`` or ``"fr"``.

    Raises
    ------
    MissingExtraError
        If openpyxl is not installed.
    """
    say = language(lang)
    forms = [
        Form(
            say(f"form {role}s"),
            [
                _column(field, needed=field in ("id", fields[0]), say=say)
                for field in (*_FIRST, *fields, *_LAST)
            ],
            frozen=3,
        )
        for role, fields in _TAUGHT.items()
    ]
    return form_workbook(forms, _guide(file, say), say("form lists"))


def _column(field: str, *, needed: bool, say: Phrases) -> FormColumn:
    heading = say(f"form head {field}")
    return FormColumn(
        f"{heading} *" if needed else heading,
        say(f"form hint {field}"),
        _WIDTHS.get(field, 16),
        "General" if field in _NUMBERS else "@",
        _allowed(field, say),
        needed,
    )


def _allowed(field: str, say: Phrases) -> Allowed | None:
    if field == "gender":
        return Allowed("list", tuple(say("form genders").split(";")))
    if field == "timezone":
        return Allowed("list", _ZONES)
    bounds = {"birth_year": ("1920", "2030"), "grade": ("0", "1000"), "capacity": ("0", "20")}
    return Allowed("whole", (), *bounds[field], strict=field != "grade") if field in bounds else None


def _guide(file: str, say: Phrases) -> Guide:
    shown = f'"{file}"' if " " in file else file
    lines = [say("form title")]
    lines += [say(f"form guide {number}", file=shown) for number in ("one", "two", "three", "four", "five")]
    table = [[say(f"form table {name}") for name in ("column", "meaning", "mentor", "mentee")]]
    for field in (*_FIRST, *_TAUGHT["mentor"], *_LAST):
        heading, hint = say(f"form head {field}"), say(f"form hint {field}")
        table.append([heading, hint, *(say(f"form {role} {field}") for role in _TAUGHT)])
    return Guide(say("form guide"), lines, table)
