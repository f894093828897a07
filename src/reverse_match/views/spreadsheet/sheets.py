"""The sheets of a matching: duos, who waits and why, figures of the programme, and what a reader should know.

The first sheet is one row a duo below one row of headings, all of them different and none of them empty: so a
mail merge works from it as it is. Ids, names and addresses have a column each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from reverse_match.foundation.names import id_key
from reverse_match.matching.results.matching import without_duo
from reverse_match.views.summaries import summary_lines
from reverse_match.views.terminal import notes
from reverse_match.views.with_names import put_names
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from reverse_match.matching.results.matching import Duo, Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.people.participant import Participant
    from reverse_match.policy.values import Role

Cell: TypeAlias = str | int | float | None


@dataclass(frozen=True)
class SheetColumn:
    """A column of a sheet.

    Attributes
    ----------
    heading : str
        What stands above.
    width : int
        In characters.
    places : int or None
        Decimal places of its numbers; ``None`` for text.
    """

    heading: str
    width: int = 14
    places: int | None = None


@dataclass(frozen=True)
class Sheet:
    """A table with a title.

    Attributes
    ----------
    title : str
        What it is called.
    columns : sequence of SheetColumn
        What stands above.
    rows : sequence of sequences
        A cell for each column.
    printed : int or None
        How many of the columns are printed; ``None`` for all.
    """

    title: str
    columns: Sequence[SheetColumn]
    rows: Sequence[Sequence[Cell]]
    printed: int | None = None


def sheets_of(matching: Matching, people: Cohort, lang: str) -> list[Sheet]:
    """Return all sheets of a matching.

    Parameters
    ----------
    matching : Matching
        What is told.
    people : Cohort
        The people that were matched; what they are called and their addresses are told where they have any.
    lang : str
        ``"en"`` or ``"fr"``.

    Examples
    --------
    >>> import reverse_match as rm
    >>> people = rm.read_cohort(rm.demo_path())
    >>> [(sheet.title, len(sheet.rows)) for sheet in sheets_of(rm.match(people), people, "en")]
    [('Duos', 25), ('Without a duo', 15), ('Figures', 10), ('Notes', 1)]
    """
    return [
        duos_sheet(matching, people, lang),
        _waiting_sheet(matching, people, lang),
        _figures_sheet(matching, lang),
        _notes_sheet(matching, people, lang),
    ]


def duos_sheet(matching: Matching, people: Cohort, lang: str) -> Sheet:
    """Return a row for each duo: who the two are, what they score, and what they can teach each other."""
    say, known = language(lang), person_columns(people)
    columns = [
        SheetColumn(say(f"sheet {what} {role}"), width)
        for role in ("mentor", "mentee")
        for what, width, _ in known
    ]
    columns.append(SheetColumn(say("score"), 8, 3))
    columns += [SheetColumn(say(f"sheet teaches {role}"), 26) for role in ("mentor", "mentee")]
    columns.append(SheetColumn(say("sheet common"), 20))
    printed = len(columns)
    columns += [
        SheetColumn(say("sheet points", criterion=say.criterion(criterion.name)), 12, 3)
        for criterion in matching.criteria
    ]
    columns += [SheetColumn(say("sheet unknown"), 18), SheetColumn(say("sheet fixed"), 12)]
    has_times = any(duo.common_times for duo in matching.duos)
    columns += [SheetColumn(say("sheet times"), 30)] * has_times
    rows = []
    for duo in matching.duos:
        row: list[Cell] = [
            read(person_of(people, identity)) for identity in (duo.mentor, duo.mentee) for _, _, read in known
        ]
        row += [float(duo.score), *(_taught(duo, side) for side in ("mentor", "mentee", None))]
        row += [float(duo.contributions[criterion.name]) for criterion in matching.criteria]
        row += [", ".join(map(say.criterion, duo.missing)), say("yes" if duo.fixed else "no")]
        row += ["; ".join(map(say.weekly_time, duo.common_times))] * has_times
        rows.append(row)
    return Sheet(say("sheet duos"), columns, rows, printed)


def _waiting_sheet(matching: Matching, people: Cohort, lang: str) -> Sheet:
    say, known = language(lang), person_columns(people)
    columns = [SheetColumn(say(f"sheet {what}"), width) for what, width, _ in known]
    columns += [SheetColumn(say("role"), 12), SheetColumn(say("sheet reason"), 30)]
    columns.append(SheetColumn(say("sheet sentence"), 70))
    rows: list[list[Cell]] = [
        [
            *(read(person_of(people, left.id)) for _, _, read in known),
            say(f"as {left.role}"),
            say(f"reason {left.reason}"),
            " ".join(put_names(left, people.names).sentences(lang)),
        ]
        for left in matching.unmatched
    ]
    return Sheet(say("sheet waiting"), columns, rows)


def _figures_sheet(matching: Matching, lang: str) -> Sheet:
    say, scores = language(lang), [float(duo.score) for duo in matching.duos]
    figures: list[tuple[str, Cell]] = [
        (say("n duos"), len(scores)),
        (say("n without"), len(without_duo(matching))),
    ]
    if scores:
        figures += [
            (say("mean"), round(sum(scores) / len(scores), 6)),
            (say("lowest"), min(scores)),
            (say("highest"), max(scores)),
            (say("total"), float(matching.total)),
        ]
    told: list[tuple[str, Cell]] = [(line, None) for line in summary_lines(matching, None, lang)]
    columns = [SheetColumn(say("figure"), 90), SheetColumn(say("value"), 12, 3)]
    return Sheet(
        say("sheet figures"), columns, [[_begin_large(name), value] for name, value in figures + told]
    )


def _notes_sheet(matching: Matching, people: Cohort, lang: str) -> Sheet:
    say, told = language(lang), notes(matching, people, lang)
    columns = [SheetColumn(say("sheet note"), 110)]
    return Sheet(say("sheet notes"), columns, [[line] for line in told or [say("sheet no notes")]])


_PersonColumn: TypeAlias = "tuple[str, int, Callable[[Participant], str | None]]"


def person_columns(people: Cohort) -> Iterable[_PersonColumn]:
    """Return what is told of a person, and how wide it is: the id, and what anybody has beside it."""
    columns: list[_PersonColumn] = [("id", 14, lambda person: person.id)]
    everybody = people.participants
    if any(person.name for person in everybody):
        columns.append(("name", 22, lambda person: person.name))
    if any(person.email for person in everybody):
        columns.append(("email", 27, lambda person: person.email))
    return columns


def person_of(people: Cohort, identity: str) -> Participant:
    """Return the person of an id."""
    return people.participants[people.position[id_key(identity)]]


def _taught(duo: Duo, side: Role | None) -> str:
    """Return what one of the two can teach the other, as who teaches spells it; of nobody, what both have."""
    matches = [match for match in duo.name_matches if match.taught_by == side]
    names = [match.mentee if side == "mentee" else match.mentor for match in matches]
    return ", ".join(dict.fromkeys(names))


def _begin_large(text: str) -> str:
    return text[:1].upper() + text[1:]
