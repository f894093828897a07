"""The record of an audit: figures by group and by side, and what single terms of the policy contributed."""

from __future__ import annotations

import csv
import io
import operator
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from pydantic import Field

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.errors import Fault, InputError
from reverse_match.foundation.names import did_you_mean
from reverse_match.foundation.records import PlainData, WordedRecord, views_of
from reverse_match.foundation.text_safety import safe_cell
from reverse_match.policy.values import Role, is_none
from reverse_match.programme.indicators.figures import Figure
from reverse_match.study.tables import frame_of_records

if TYPE_CHECKING:
    from collections.abc import Iterator

TermKind: TypeAlias = Literal["criterion", "rule", "quota", "as_far_as_possible", "all"]

BETWEEN = " + "
"""Stands between the parts of the name of a group in tables, where columns are crossed."""


class GroupPlace(PlainData):
    """A group of people in one role, or all people in it."""

    side: Role
    """The role: ``mentor`` or ``mentee``."""
    by: tuple[str, ...] = ()
    """The columns whose values are the group; empty for all people in the role."""
    group: tuple[str | None, ...] = ()
    """The value of each of these columns; ``None`` stands for people whose value is not known."""


class AuditedGroup(GroupPlace):
    """The figures of one group in one role.

    Counts, the share with a duo, and the rounds waited are about all people of the group in this role. Scores
    and ranks are about those who have a duo.
    """

    people: Figure
    """Number of people in this role, whether or not they have a duo."""
    matched: Figure
    """Share of them who have a duo in this role (over several rounds: in at least one), with its exact
    interval."""
    ratio: float | None = None
    """The share with a duo over the highest share of a group of the same columns and role that is shown."""
    left_out: Figure
    """Number of people without a duo in this role, in any round."""
    reasons: dict[str, Figure]
    """How often somebody of the group was without a duo in a round, by the reason in the matching; together
    as often as somebody was left out in a round."""
    duos: Figure
    """Number of duos of these people in this role, over all rounds."""
    rounds_matched: Figure | None = Field(default=None, exclude_if=is_none)
    """Over several rounds: share of the rounds of all these people in which they had a duo."""
    waiting: Figure | None = Field(default=None, exclude_if=is_none)
    """Mean number of rounds that a person of the group took part in without a duo, over all rounds that are
    known: those audited, those of the history, or those for which a rotation gives credits. ``None`` where a
    single round is known."""
    mean_score: Figure
    """Mean score of the duos of these people."""
    worst_score: Figure
    """Lowest score of a duo of these people."""
    rank: Figure | None = None
    """Mean rank of the partner: 1 plus the number of possible partners with whom this person scores more."""
    partners: Figure | None = None
    """Mean number of possible partners, over the same duos: the largest rank that there could be."""


FIGURES = tuple(
    name for name, field in AuditedGroup.model_fields.items() if field.annotation in (Figure, Figure | None)
)
"""Names of the figures of a group, without the counts of reasons."""


class TermFigures(GroupPlace):
    """The figures of one group in one role with a term of the policy, and without it."""

    matched: Figure
    """Share of the people of the group who have a duo under the policy."""
    matched_without: Figure
    """Share of them who have a duo without the term."""
    mean_score: Figure
    """Mean score of the duos of the group under the policy, by the yardstick of the term."""
    mean_score_without: Figure
    """Mean score of the duos that the group has without the term, by the same yardstick."""


TERM_FIGURES = "matched", "matched_without", "mean_score", "mean_score_without"


class AuditedTerm(PlainData):
    """What a term of the policy contributed: the same people, matched without it."""

    kind: TermKind
    """Kind of the term: ``criterion``, ``rule``, ``quota``, ``as_far_as_possible``, or ``all`` for all of
    them together."""
    name: str
    """Name of the term; empty for ``all`` and ``as_far_as_possible``."""
    fields: tuple[str, ...]
    """Fields for whose sake the term is looked at, sorted."""
    outcome: Literal["compared", "no_criterion_left", "infeasible"]
    """``compared``; ``no_criterion_left`` where no other criterion has a weight, so that nothing would be
    left to match by; ``infeasible`` where no matching exists without the term."""
    yardstick: tuple[str, ...] = ()
    """Names of the criteria by which both matchings are scored: those of the policy that remain without the
    term, with their weights in the same proportions."""
    duos: int | None = None
    """Number of duos under the policy."""
    duos_without: int | None = None
    """Number of duos without the term."""
    same_duos: int | None = None
    """Number of duos that both have."""
    gap: float | None = None
    """How far from the best the matching without the term can be, as a share; 0 if it is proved optimal."""
    equal_optima: bool | None = None
    """Whether other matchings without the term are equally good, and a lottery has decided."""
    groups: tuple[TermFigures, ...] = ()
    """Figures of each group in each role."""


class AuditedPolicy(PlainData):
    """The matching under the whole policy with which those without single terms are compared."""

    duos: int
    """Number of its duos."""
    as_audited: bool
    """Whether its duos are those of the last audited matching of these people. They are others where that one
    was changed by hand, or has no proof."""
    gap: float
    """How far from the best it can be, as a share; 0 if it is proved optimal."""
    equal_optima: bool | None
    """Whether other matchings are equally good, and a lottery has decided."""


class Audit(WordedRecord):
    """Who was matched, left out, and how well, by group and role; it says nothing about causes."""

    library_version: str
    """Version of reverse_match that made the audit."""
    matchings: tuple[str, ...]
    """SHA-256 digest of each matching, in the order given."""
    by: tuple[tuple[str, ...], ...]
    """The columns by which people are grouped; several where they are crossed."""
    bands: dict[str, tuple[int, ...]] = Field(default_factory=dict)
    """For columns of numbers that are grouped by bands: the numbers at which a band begins."""
    fewest: int
    """Smallest number of people behind a figure; figures on fewer are suppressed."""
    unranked: tuple[int, ...] = Field(default=(), exclude_if=operator.not_)
    """Numbers of the rounds, from 1, that were matched with other people than those given. Their duos count
    everywhere but in ranks."""
    groups: tuple[AuditedGroup, ...]
    """All people of each role, then the groups of each of ``by``."""
    compared_with: AuditedPolicy | None = None
    """What the matchings without single terms are compared with; ``None`` if none was formed."""
    terms: tuple[AuditedTerm, ...] = ()
    """What the terms of the policy contributed that use audited columns or personal traits."""

    def to_json(self) -> str:
        """Return the audit as JSON text; :meth:`from_json` gives back an equal one."""
        return self.model_dump_json(indent=2) + "\n"

    @classmethod
    @check_arguments
    def from_json(cls, text: str | bytes, source: str = "audit") -> Audit:
        """Read an audit from JSON text.

        Parameters
        ----------
        text : str or bytes
            JSON text that :meth:`to_json` returned.
        source : str
            Name of the text in messages.

        Raises
        ------
        InputError
            If the text is no audit.
        """
        try:
            return cls.model_validate_json(text)
        except InputError as error:
            raise error.of(source) from None

    @check_arguments
    def records(self, what: Literal["groups", "terms"] = "groups") -> list[dict[str, Any]]:
        """Return a table: a mapping for each row, all with the same keys.

        A figure that is suppressed, or has no meaning, is ``None``.

        Parameters
        ----------
        what : str
            ``"groups"``: one row for each group and role. ``"terms"``: one row for each term, group and role.

        Raises
        ------
        InputError
            If no table has this name.
        """
        if what not in ("groups", "terms"):
            raise InputError(
                [Fault(f"unknown table{did_you_mean(what, ('groups', 'terms'))}", column="what")]
            )
        if what == "groups":
            return [self._row_of_group(group) for group in self.groups]
        return [
            {"term": term.name, "kind": term.kind, **_place_of(group), **_values_of(group, TERM_FIGURES)}
            for term in self.terms
            for group in term.groups
        ]

    def _row_of_group(self, group: AuditedGroup) -> dict[str, Any]:
        reasons = {f"reason {name}": figure.value for name, figure in group.reasons.items()}
        interval = {"matched_low": group.matched.low, "matched_high": group.matched.high}
        hidden = any(figure.suppressed for _, figure in figures_of(group))
        values = _values_of(group, FIGURES)
        return {**_place_of(group), **values, **interval, "ratio": group.ratio, **reasons, "hidden": hidden}

    @check_arguments
    def to_frame(self, kind: str | None = None, what: Literal["groups", "terms"] = "groups") -> Any:
        """Return a table as a data frame.

        Parameters
        ----------
        kind : str, optional
            ``"pandas"``, ``"polars"`` or ``"pyarrow"``; the first that is installed if not given.
        what : str
            As for :meth:`records`.

        Raises
        ------
        InputError
            If ``kind`` or ``what`` is none of these names.
        MissingExtraError
            If the library ``kind`` is not installed.

        Examples
        --------
        >>> import reverse_match as rm
        >>> cohort = rm.read_cohort(rm.demo_path())
        >>> frame = rm.audit(rm.match(cohort), cohort, by=["gender"], terms=False).to_frame("polars")
        >>> frame.select("side", "group", "people", "matched").rows()[:2]
        [('mentor', None, 37.0, 0.621622), ('mentee', None, 26.0, 0.961538)]
        """
        return frame_of_records(self.records(what), kind)

    def to_csv(self) -> str:
        """Return all figures as CSV, one row for each: its term, its place, its name, and its values.

        Cells that a spreadsheet would take for a formula get an apostrophe in front.
        """
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(("term", "kind", "side", "by", "group", "figure", *_VALUES, "suppressed"))
        tables: list[tuple[str, str, tuple[AuditedGroup, ...] | tuple[TermFigures, ...]]]
        tables = [("", "", self.groups), *((term.name, term.kind, term.groups) for term in self.terms)]
        for term, kind, groups in tables:
            for place in groups:
                for name, figure in figures_of(place):
                    cells = [getattr(figure, column) for column in _VALUES]
                    shown = ["" if cell is None else cell for cell in cells]
                    where = (
                        safe_cell(term),
                        kind,
                        *(safe_cell(one or "") for one in _place_of(place).values()),
                    )
                    writer.writerow([*where, name, *shown, "yes" if figure.suppressed else "no"])
        return text.getvalue()

    @check_arguments
    def to_html(self, lang: str = "en") -> str:
        """Return the audit as one HTML page without scripts or external resources.

        Parameters
        ----------
        lang : str
            ``"en"`` or ``"fr"``.

        Raises
        ------
        InputError
            If the language is not known.
        """
        page: str = views_of(self).page(self, lang)
        return page


_VALUES = "value", "numerator", "denominator", "low", "high", "people"


def figures_of(place: AuditedGroup | TermFigures) -> Iterator[tuple[str, Figure]]:
    """Yield the name and the value of each figure that has a meaning in a place."""
    names = TERM_FIGURES if isinstance(place, TermFigures) else FIGURES
    for name in names:
        if (figure := getattr(place, name)) is not None:
            yield name, figure
    if isinstance(place, AuditedGroup):
        for reason, figure in place.reasons.items():
            yield f"reason {reason}", figure


def _place_of(place: GroupPlace) -> dict[str, Any]:
    group = BETWEEN.join("" if part is None else part for part in place.group)
    return {
        "side": place.side,
        "by": BETWEEN.join(place.by) or None,
        "group": group if any(place.group) else None,
    }


def _values_of(place: GroupPlace, names: tuple[str, ...]) -> dict[str, float | None]:
    figures = {name: getattr(place, name) for name in names}
    return {name: None if figure is None else figure.value for name, figure in figures.items()}
