"""The table of a review: a row for each duo, with its proposal and reasons, and a decision to fill in.

It has the headings and words that :func:`.read_decisions` knows. All but the two ids and the decision stands
there for people to read, and is no decision: the reading leaves it out.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from reverse_match.foundation.errors import Fault, InputError
from reverse_match.foundation.text_safety import safe_cell, visible
from reverse_match.matching.results.proposal import DECISIONS
from reverse_match.views.proposals_in_words import outlook_worth_saying, reasons_in_words
from reverse_match.views.spreadsheet.csv_text import BYTE_ORDER_MARK, KINDS
from reverse_match.views.spreadsheet.form import Allowed, Form, FormColumn, form_workbook
from reverse_match.views.with_names import put_names
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.matching.results.proposal import Proposal
    from reverse_match.people.cohort import Cohort
    from reverse_match.views.words.phrases import Phrases

_WIDTHS = {
    "mentor": 13, "mentor name": 20, "mentee": 13, "mentee name": 20, "proposal": 34, "reasons": 60,
    "next round": 60, "decision": 18,
}  # fmt: skip


def decisions_workbook(proposed: Sequence[Proposal], people: Cohort, lang: str) -> bytes:
    """Return the table as a workbook.

    Raises
    ------
    MissingExtraError
        If openpyxl is not installed.
    """
    return form_workbook([decision_form(proposed, people, lang)], None, language(lang)("form lists"))


def decisions_csv(proposed: Sequence[Proposal], people: Cohort, lang: str, name: str) -> str:
    """Return the table as CSV for the spreadsheet of a country.

    Raises
    ------
    InputError
        If an id would be run as a formula: what keeps it from that would make it another id.
    """
    form = decision_form(proposed, people, lang)
    ids = {identity for one in proposed for identity in (one.mentor, one.mentee)}
    if any(safe_cell(identity) != identity for identity in ids):
        message = "a CSV file would not give the same ids back; right would be to write .xlsx"
        raise InputError([Fault(message, name, code="unsafe-id")])
    text = io.StringIO()
    writer = csv.writer(text, delimiter=KINDS[lang].separator, lineterminator="\r\n")
    writer.writerow([column.heading for column in form.columns])
    for row in form.rows:
        writer.writerow([safe_cell(visible(str(cell or ""))) for cell in row])
    return BYTE_ORDER_MARK + text.getvalue()


def decision_form(proposed: Sequence[Proposal], people: Cohort, lang: str) -> Form:
    """Return the sheet of a review."""
    say = language(lang)
    called = {person.id: person.name for person in people.participants if person.name}
    fields = [name for name in _WIDTHS if called or not name.endswith(" name")]
    columns = [_column(name, say) for name in fields]
    rows = []
    for one in proposed:
        shown = put_names(one, people.names)
        outlook = outlook_worth_saying(shown)
        told = {
            "mentor": one.mentor,
            "mentor name": called.get(one.mentor),
            "mentee": one.mentee,
            "mentee name": called.get(one.mentee),
            "proposal": say.proposed(one),
            "reasons": " ".join(reasons_in_words(shown, say)),
            "next round": None if outlook is None else say.outlook(outlook, shown),
            "decision": None if one.decision is None else say(f"decide {one.decision}"),
        }
        rows.append([told[name] for name in fields])
    return Form(say("decision sheet"), columns, rows, frozen=fields.index("proposal"))


def _column(name: str, say: Phrases) -> FormColumn:
    heading = say(f"decision {name}")
    if name != "decision":
        return FormColumn(heading, say("decision hint given"), _WIDTHS[name], given=True)
    allowed = Allowed("list", tuple(say(f"decide {one}") for one in DECISIONS), strict=True)
    return FormColumn(heading, say("decision hint decision"), _WIDTHS[name], "@", allowed, needed=True)
