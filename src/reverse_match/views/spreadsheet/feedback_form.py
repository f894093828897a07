"""The form of a month: a row for each person of each duo, with who is asked about whom, and empty answers.

It has the headings and words that :func:`.read_feedback` knows. Names and addresses stand beside ids for
people to read, and are no answers: the reading leaves them out.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from reverse_match.foundation.errors import Fault, InputError
from reverse_match.foundation.names import id_key
from reverse_match.foundation.text_safety import safe_cell, visible
from reverse_match.programme.feedback.record import MOST_HOURS, MOST_SESSIONS
from reverse_match.views.spreadsheet.csv_text import BYTE_ORDER_MARK, KINDS
from reverse_match.views.spreadsheet.form import Allowed, Form, FormColumn, form_workbook
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from reverse_match.matching.results.matching import Duo, Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.people.participant import Participant
    from reverse_match.policy.values import Role
    from reverse_match.programme.feedback.questions import Question
    from reverse_match.views.words.phrases import Phrases

Cell: TypeAlias = "str | date | None"

_WIDTHS = {
    "objective": 12, "skill_used": 13, "format": 15, "satisfaction": 13, "acquired": 30, "sessions_held": 11,
    "sessions_cancelled": 11, "hours_saved": 11, "level_before": 12, "level_after": 12, "wish": 13,
    "comment": 46,
}  # fmt: skip
_NUMBERS = {
    "satisfaction": Allowed("whole", (), "1", "5", strict=True),
    "sessions_held": Allowed("whole", (), "0", str(MOST_SESSIONS), strict=True),
    "sessions_cancelled": Allowed("whole", (), "0", str(MOST_SESSIONS), strict=True),
    "hours_saved": Allowed("decimal", (), "0", str(MOST_HOURS), strict=True),
    "level_before": Allowed("whole", (), "1", "5", strict=True),
    "level_after": Allowed("whole", (), "1", "5", strict=True),
}
_WORDS = {"objective": "answers", "skill_used": "answers", "format": "formats", "wish": "wishes"}
"""Of a question: which words are offered."""


_FIRST_DAY, _LAST_DAY = "36526", "73050"
"""Of the years 2000 to 2099, as a spreadsheet counts days."""


class Asked(NamedTuple):
    """Who is asked about a duo."""

    duo: Duo
    by: Role


class FormTerms(NamedTuple):
    """What a form is made for."""

    matching: Matching
    people: Cohort | None
    """Who they are; ids stand alone where nobody says."""
    on: date
    """The day of the answers."""
    questions: Sequence[Question] = ()
    """The programme's own questions; they stand before the comment."""


def feedback_workbook(terms: FormTerms, lang: str) -> bytes:
    """Return the form as a workbook.

    Raises
    ------
    MissingExtraError
        If openpyxl is not installed.
    """
    return form_workbook([feedback_form(terms, lang)], None, language(lang)("form lists"))


def feedback_csv(terms: FormTerms, lang: str, name: str) -> str:
    """Return the form as CSV, for a tool that asks people, or for the spreadsheet of a country.

    Raises
    ------
    InputError
        If an id would be run as a formula: what keeps it from that would make it another id.
    """
    form = feedback_form(terms, lang)
    ids = {identity for duo in terms.matching.duos for identity in (duo.mentor, duo.mentee)}
    if any(safe_cell(identity) != identity for identity in ids):
        message = "a CSV file would not give the same ids back; right would be to write .xlsx"
        raise InputError([Fault(message, name, code="unsafe-id")])
    text = io.StringIO()
    writer = csv.writer(text, delimiter=KINDS[lang].separator, lineterminator="\r\n")
    writer.writerow([column.heading for column in form.columns])
    for row in form.rows:
        writer.writerow([_written(cell) for cell in row])
    return BYTE_ORDER_MARK + text.getvalue()


def _written(cell: Cell) -> str:
    return safe_cell(visible(cell)) if isinstance(cell, str) else "" if cell is None else cell.isoformat()


def feedback_form(terms: FormTerms, lang: str) -> Form:
    """Return the sheet of a form."""
    say = language(lang)
    shown = _shown_columns(terms.people)
    given = [_given(name, width, say) for name, width in shown]
    *of_form, comment = (_question(field, say) for field in _WIDTHS)
    questions = [*of_form, *(_own_question(one, say) for one in terms.questions), comment]
    rows = [
        [*_who(asked, terms, say), *(None for _ in questions)]
        for duo in terms.matching.duos
        for asked in (Asked(duo, "mentor"), Asked(duo, "mentee"))
    ]
    beside = sum(name not in ("email", "on") for name, _ in shown)
    return Form(say("answer sheet"), [*given, *questions], rows, frozen=beside)


def _shown_columns(people: Cohort | None) -> list[tuple[str, int]]:
    """Return what is filled in before: who is asked, ids, names where anybody has one, and the day."""
    everybody = () if people is None else people.participants
    named = any(person.name for person in everybody)
    reached = any(person.email for person in everybody)
    return [
        ("by", 11),
        ("mentor", 13),
        *([("mentor name", 20)] if named else []),
        ("mentee", 13),
        *([("mentee name", 20)] if named else []),
        *([("email", 26)] if reached else []),
        ("on", 12),
    ]


def _given(name: str, width: int, say: Phrases) -> FormColumn:
    heading = say(f"answer {name}")
    if name == "on":
        day = Allowed("date", (), _FIRST_DAY, _LAST_DAY)
        return FormColumn(heading, say("answer hint on"), width, "yyyy-mm-dd", day)
    return FormColumn(heading, say("answer given"), width, given=True)


def _who(asked: Asked, terms: FormTerms, say: Phrases) -> list[Cell]:
    duo = asked.duo
    mentor, mentee = (_person(terms.people, identity) for identity in (duo.mentor, duo.mentee))
    answers = mentor if asked.by == "mentor" else mentee
    told: dict[str, Cell] = {
        "by": say(f"answer by {asked.by}"),
        "mentor": duo.mentor,
        "mentor name": None if mentor is None else mentor.name,
        "mentee": duo.mentee,
        "mentee name": None if mentee is None else mentee.name,
        "email": None if answers is None else answers.email,
        "on": terms.on,
    }
    return [told[name] for name, _ in _shown_columns(terms.people)]


def _person(people: Cohort | None, identity: str) -> Participant | None:
    place = None if people is None else people.position.get(id_key(identity))
    return None if people is None or place is None else people.participants[place]


def _question(field: str, say: Phrases) -> FormColumn:
    allowed = _NUMBERS.get(field)
    if field in _WORDS:
        allowed = Allowed("list", tuple(say(f"answer {_WORDS[field]}").split(";")), strict=True)
    form = "General" if field in _NUMBERS else "@"
    return FormColumn(say(f"answer head {field}"), say(f"answer hint {field}"), _WIDTHS[field], form, allowed)


def _own_question(question: Question, say: Phrases) -> FormColumn:
    """Return the column of one of the programme's own questions."""
    allowed, hint, form = None, say("answer hint number"), "General"
    if question.answers:
        hint, form = say("answer hint words", words="; ".join(question.answers)), "@"
        allowed = Allowed("list", question.answers, strict=True)
    elif question.lowest is not None and question.highest is not None:
        low, high = f"{question.lowest:g}", f"{question.highest:g}"
        hint = say("answer hint between", low=say.tick(question.lowest), high=say.tick(question.highest))
        allowed = Allowed("decimal", (), low, high, strict=True)
    return FormColumn(question.heading, hint, 18, form, allowed)
