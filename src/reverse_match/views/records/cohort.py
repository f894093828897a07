"""The notebook view of a cohort: the share of people with each field, and a table of people that folds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.foundation.plural import quantity
from reverse_match.people.headings import FIELDS
from reverse_match.people.participant import LEAST_OF
from reverse_match.views.html.blocks import Column, block, fold, list_names, note, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.people.cohort import Cohort
    from reverse_match.people.participant import Participant


def notebook(cohort: Cohort) -> str:
    """Return the notebook view of a cohort."""
    title = (
        f"{quantity(len(cohort.participants), 'person', 'people')}: "
        f"{quantity(len(cohort.mentors), 'mentor')}, {quantity(len(cohort.mentees), 'mentee')}"
    )
    both = sum(person.role == "both" for person in cohort.participants)
    called = ("name",) if cohort.names else ()
    columns = ("id", *called, "role", "age", "gender", "department", "offers", "seeks")
    return block(
        [title, f", of whom {both:,} {'is' if both == 1 else 'are'} both" if both else ""],
        table(
            [Column("column"), Column("known (people)", 0), Column("share", 0)],
            _known_share(cohort),
        ),
        fold(
            "People",
            table(
                [Column(name) for name in columns], [_row(person, called) for person in cohort.participants]
            ),
        ),
        note(f"from {cohort.source.name}"),
    )


def _known_share(cohort: Cohort) -> list[tuple[str, int, str]]:
    known = {
        name: sum(_is_said(name, getattr(person, name)) for person in cohort.participants) for name in FIELDS
    }
    known |= {
        name: sum(person.attributes.get(name) is not None for person in cohort.participants)
        for name in sorted(cohort.attribute_names)
    }
    people = max(1, len(cohort.participants))
    return [(name, count, f"{100 * count / people:.0f}%") for name, count in known.items() if count]


def _is_said(name: str, value: object) -> bool:
    return value not in (None, (), {}) and not (value == 0 and name in LEAST_OF.values())


def _row(person: Participant, called: Sequence[str]) -> list[str | int | None]:
    rated = [
        list_names(f"{name}:{rating}" for name, rating in names.items())
        for names in (person.offers, person.seeks)
    ]
    age = None if person.age is None else str(person.age)
    names = [getattr(person, name) for name in called]
    return [person.id, *names, person.role, age, person.gender, person.department, *rated]
