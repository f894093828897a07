"""Finds who is meant where somebody is called by name: by one id, or by a fault that lists whose it could be.

An id is stronger than a name. Names are compared without case, accents and the order of words, since files
have both *Léa Martin* and *MARTIN Léa*. A name that two people share names neither. Messages have ids alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.foundation.errors import CohortError, Fault
from reverse_match.foundation.names import id_key, name_key, near_name, quoted_names

if TYPE_CHECKING:
    from reverse_match.people.cohort import Cohort


def person_meant(cohort: Cohort, said: str, place: str) -> str:
    """Return the id of whoever is meant by an id, a name or an e-mail address.

    Parameters
    ----------
    cohort : Cohort
        The people.
    said : str
        What somebody typed. Where nobody has a name or an address, it comes back as it is.
    place : str
        Where it was typed, for messages.

    Raises
    ------
    CohortError
        If several people could be meant, or nobody; it names ids.

    Examples
    --------
    >>> from reverse_match.people.cohort import Cohort
    >>> people = [{"id": "417", "role": "mentor", "name": "Léa Martin"}, {"id": "ada", "role": "mentee"}]
    >>> person_meant(Cohort.from_records(people), "martin lea", "--mentor")
    '417'
    """
    called = _called(cohort)
    if id_key(said) in cohort.position or not called:
        return said
    words = _words(said)
    meant = [identity for identity, names in called.items() if words in names]
    if len(meant) == 1:
        return meant[0]
    if meant:
        message = (
            f"{len(meant):,} people have this name; right would be one of their ids: {quoted_names(meant)}"
        )
        raise CohortError([Fault(message, column=place, code="several-people")])
    near = _nearly_meant(called, said)
    hint = f"; it could be {' or '.join(map(quoted_names, ([one] for one in near)))}" if near else ""
    message = f"nobody has this id or name{hint}; right would be an id, or a whole name"
    raise CohortError([Fault(message, column=place, code="unknown-id")])


MOST_NEAR = 5
"""People who are told to be perhaps meant."""


def _words(name: str) -> frozenset[str]:
    return frozenset(name_key(name.replace(",", " ")).split())


def _called(cohort: Cohort) -> dict[str, list[frozenset[str]]]:
    """Return the words of whatever people are called, by id; whoever is called nothing is left out."""
    found = {
        person.id: [_words(known) for known in (person.name, person.email) if known]
        for person in cohort.participants
    }
    return {identity: names for identity, names in found.items() if names}


def _nearly_meant(called: dict[str, list[frozenset[str]]], said: str) -> list[str]:
    """Return ids of people whose name holds all these words, or is spelled nearly so; else an id near it."""
    words = _words(said)
    parts = [identity for identity, names in called.items() if any(words and words < name for name in names)]
    if parts:
        return parts[:MOST_NEAR]
    spelled = {" ".join(sorted(name)): identity for identity, names in called.items() for name in names}
    near = near_name(" ".join(sorted(words)), spelled)
    if near is not None:
        return [spelled[near]]
    near = near_name(said, called)
    return [] if near is None else [near]
