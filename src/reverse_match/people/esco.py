"""Reads the skills of ESCO, the European classification, as synonyms for a policy.

The Commission offers them for download as a file of CSV in each language (``skills_en.csv``,
``skills_fr.csv``): a row for each concept, with its address (``conceptUri``), a preferred label, and further
labels that are separated by line breaks. The address is the same in every language, so that what is one
concept in several files has the labels of all of them.

Some labels stand for several concepts. One that a single concept prefers is that concept's; any other is left
out, since nobody can tell which concept was meant. Many preferred labels say in brackets what they are,
``Python (computer programming)``; without the brackets they are labels, too, where no concept is called so.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.bounded_file import PEOPLE_BYTES, file_bytes
from reverse_match.foundation.errors import CohortError, Fault
from reverse_match.foundation.names import did_you_mean, name_key
from reverse_match.people.delimited import csv_lines
from reverse_match.people.reading.decoding import decode_text
from reverse_match.people.skill_names import is_in_table, names_near

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence

    from reverse_match.people.cohort import Cohort

_COLUMNS = ("conceptUri", "preferredLabel", "altLabels")
_KIND = "KnowledgeSkillCompetence"
_RELEASED = ("released", "")
_RIGHT = "right would be the list of skills as ESCO offers it for download, skills_en.csv"


class EscoSynonyms(dict[str, tuple[str, ...]]):
    """Names of skills, each with others that mean the same, as ``rm.Policy(synonyms=...)`` takes them.

    Attributes
    ----------
    left_out : tuple of str
        Labels that stand for several concepts, of which none prefers them alone.
    """

    left_out: tuple[str, ...] = ()


_PREFERRED, _FURTHER, _WITHOUT_BRACKETS = range(3)


@dataclass
class _Concept:
    """Labels of a concept by their key, from strong to weak: preferred, further, without brackets."""

    ranks: tuple[dict[str, str], dict[str, str], dict[str, str]] = field(default_factory=lambda: ({}, {}, {}))

    def add(self, label: str, rank: int) -> None:
        """Add a label, unless it is there."""
        self.ranks[rank].setdefault(name_key(label), label)


@check_arguments
def read_esco(
    *paths: str | os.PathLike[str], cohort: Cohort | None = None, maximum_bytes: int = PEOPLE_BYTES
) -> EscoSynonyms:
    r"""Read the skills of ESCO as synonyms for a policy.

    Parameters
    ----------
    *paths : path
        Files of skills as ESCO offers them for download, one for each language.
    cohort : Cohort, optional
        Only the concepts that these people name are returned. The policy, which a matching stores, then stays
        small.
    maximum_bytes : int
        Larger files are refused.

    Returns
    -------
    EscoSynonyms
        A dictionary of names, each with others that mean the same. Its ``left_out`` has the labels that stand
        for several concepts.

    Raises
    ------
    CohortError
        If a file is no list of ESCO skills.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> heading = "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,status"
    >>> begin = "KnowledgeSkillCompetence,http://data.europa.eu/esco/skill/1,knowledge,cross-sector"
    >>> for name, labels in [("en", 'beekeeping,"apiculture\nbee farming"'), ("fr", "élevage d'abeilles,")]:
    ...     text = f"{heading}\n{begin},{labels},released\n"
    ...     _ = (folder / f"skills_{name}.csv").write_text(text, "utf-8")
    >>> read_esco(folder / "skills_en.csv", folder / "skills_fr.csv")
    {'beekeeping': ("élevage d'abeilles", 'apiculture', 'bee farming')}
    """
    if not paths:
        raise CohortError([Fault(f"no file; {_RIGHT}", code="no-files")])
    concepts: dict[str, _Concept] = defaultdict(_Concept)
    for path in paths:
        _add_file(Path(path), maximum_bytes, concepts)
    owners, left_out = _owners(concepts)
    wanted = None if cohort is None else _written_by(cohort, owners)
    found = EscoSynonyms()
    for uri, concept in concepts.items():
        weak_first = [pair for rank in reversed(concept.ranks) for pair in rank.items()]
        labels = dict.fromkeys((key for rank in concept.ranks for key in rank), "") | dict(weak_first)
        own = {key: label for key, label in labels.items() if owners.get(key) == uri}
        name, others = _named(own, wanted)
        if name is not None and others:
            found[name] = tuple(others)
    found.left_out = tuple(left_out)
    return found


def _add_file(file: Path, maximum_bytes: int, concepts: dict[str, _Concept]) -> None:
    text = decode_text(file_bytes(file, maximum_bytes, CohortError), file.name).text
    lines = csv_lines(text, file.name)
    if not lines:
        raise CohortError([Fault(f"empty; {_RIGHT}", file.name, code="empty")])
    headings = {heading.strip().removeprefix("\ufeff"): place for place, heading in enumerate(lines[0][1])}
    faults = [
        Fault(f"no column '{name}'{did_you_mean(name, headings)}; {_RIGHT}", file.name, code="missing-column")
        for name in _COLUMNS
        if name not in headings
    ]
    if faults:
        raise CohortError(faults)
    width = len(lines[0][1])
    faults = [
        Fault(f"{len(cells)} cells, but the heading row has {width}", file.name, row, code="ragged-row")
        for row, cells in lines
        if len(cells) != width
    ]
    if faults:
        raise CohortError(faults)
    _add_rows(lines, headings, file.name, concepts)


def _add_rows(
    lines: Sequence[tuple[int, list[str]]],
    headings: Mapping[str, int],
    name: str,
    concepts: dict[str, _Concept],
) -> None:
    uri, preferred, others = (headings[column] for column in _COLUMNS)
    kind, status = headings.get("conceptType"), headings.get("status")
    skills = [cells for _, cells in lines[1:] if kind is None or cells[kind].strip() == _KIND]
    if not skills:
        raise CohortError([Fault(f"holds no skills; {_RIGHT}", name, code="missing")])
    for cells in skills:
        label = " ".join(cells[preferred].split())
        if not label or (status is not None and cells[status].strip().lower() not in _RELEASED):
            continue
        concept = concepts[cells[uri].strip()]
        concept.add(label, _PREFERRED)
        for line in cells[others].splitlines():
            if further := " ".join(line.split()):
                concept.add(further, _FURTHER)
        base = label.partition(" (")[0]
        if base != label and label.endswith(")"):
            concept.add(base, _WITHOUT_BRACKETS)


def _owners(concepts: Mapping[str, _Concept]) -> tuple[dict[str, str], list[str]]:
    """Return the concept that each label stands for, by its key, and the labels that stand for several."""
    owners: dict[str, str] = {}
    left_out: dict[str, str] = {}
    for rank in range(3):
        claims: dict[str, list[str]] = {}
        for uri, concept in concepts.items():
            for key in concept.ranks[rank]:
                claims.setdefault(key, []).append(uri)
        for key, uris in claims.items():
            if key in owners or key in left_out:
                continue
            if len(uris) == 1:
                owners[key] = uris[0]
            else:
                left_out[key] = concepts[uris[0]].ranks[rank][key]
    return owners, sorted(left_out.values())


def _written_by(cohort: Cohort, owners: Mapping[str, str]) -> frozenset[str]:
    """Return the keys of labels that people write, or may have meant to write."""
    names = {
        name_key(name)
        for person in cohort.participants
        for field in (person.offers, person.seeks, person.goals)
        for name in field
    }
    names |= {name.partition(" (")[0] for name in names}
    return frozenset({*names_near(owners, names), *names.intersection(owners)})


def _named(labels: Mapping[str, str], wanted: frozenset[str] | None) -> tuple[str | None, list[str]]:
    """Return the name by which a concept goes, and its other labels that count.

    A name that the shipped table knows goes first, so that what the table equates with it stays the same.
    """
    if not labels or (wanted is not None and wanted.isdisjoint(labels)):
        return None, []
    first = next(filter(is_in_table, labels), next(iter(labels)))
    others = [key for key in labels if key != first]
    if wanted is not None:
        others = [key for key in others if key in wanted] or others[:1]
    return labels[first], [labels[key] for key in others]
