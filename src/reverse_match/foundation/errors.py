"""What can go wrong, as one small family of exceptions.

A message says what is wrong, where, and what would be right. Values of people's records never appear in it:
a file may hold birth dates, and messages end up in logs. Ids of participants may appear where a
person has to be named at all (a cycle of managers, a duo that fails verification).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self

from reverse_match.foundation.text_safety import shorten, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


LONGEST_COLUMN_SHOWN = 80
"""A heading, or a place in a policy; of a longer one the middle is left out."""


MOST_FAULTS_TOLD = 1_000
"""In the message of one error; ``faults`` has all."""


class ReverseMatchError(Exception):
    """Base of every error that this library raises on purpose."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in an input, with its place.

    Examples
    --------
    >>> print(Fault("not a whole number from 1 to 5", "people.csv", row=4, column="offers"))
    people.csv, row 4, column 'offers': not a whole number from 1 to 5
    """

    message: str
    source: str | None = None
    row: int | None = None
    column: str | None = None
    code: str = "invalid"
    """What kind of fault it is, for programs: short, in kebab case, and never another for the same kind."""

    def __str__(self) -> str:
        """Return the fault as one line, whatever a file has put into it."""
        place = [self.source] if self.source else []
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.column is not None:
            column = shorten(self.column, LONGEST_COLUMN_SHOWN)
            place.append(f"column '{column}'" if self.row is not None else column)
        return visible(f"{', '.join(place)}: {self.message}" if place else self.message)


class CodedError(ValueError):
    """What a validator raises: what is wrong, and the code of the fault that follows."""

    def __init__(self, message: str, code: str = "invalid") -> None:
        self.code = code
        super().__init__(message)


class InputError(ReverseMatchError):
    """An input is wrong; ``faults`` holds everything that is wrong with it, not only the first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        lines = [str(fault) for fault in self.faults[:MOST_FAULTS_TOLD]]
        if len(self.faults) > MOST_FAULTS_TOLD:
            lines.append(f"and {len(self.faults) - MOST_FAULTS_TOLD:,} more")
        super().__init__("\n".join(lines))

    def of(self, source: str, row: int | None = None) -> Self:
        """Return the error with the source of all faults, where whoever found them did not know it."""
        return type(self)(replace(fault, source=source, row=row) for fault in self.faults)

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Fault, ...]]]:
        return type(self), (self.faults,)


class CohortError(InputError):
    """The people are wrong: a value, a heading, a file."""


class FeedbackError(InputError):
    """What duos say is wrong: a value, a heading, a file, a duo that nobody knows."""


class PolicyError(InputError):
    """The policy is wrong: an unknown name, a number out of range, a rule about nobody."""


class ProgrammeError(InputError):
    """The programme is wrong, or has no such round or day."""


class StudyError(InputError):
    """A study is asked what it cannot do: a name is taken, or there is no such scenario."""


class MatchingFileError(InputError):
    """A stored matching cannot be read."""


class RotationError(InputError):
    """The next round cannot begin: it is too early, the programme is over, or rounds do not follow."""


class HistoryError(InputError):
    """A history cannot be read, was edited, is of other people, or does not take this round."""


class UnattachedError(ReverseMatchError):
    """A matching is asked about its people, and has none beside it; ``rm.attach`` gives them back."""


class MissingExtraError(ReverseMatchError):
    """What was asked needs a library that is not installed; the message says how to install it."""


class SizeError(ReverseMatchError):
    """The cohort is larger than this version, or this call, can take."""


class InfeasibleError(ReverseMatchError):
    """No matching can satisfy the rules.

    Attributes
    ----------
    conflicts : tuple of str
        Those that cannot hold together: a sentence for each conflict.
    explanations : tuple of Conflict
        The same as records, with the smallest changes that would do; see
        :mod:`reverse_match.matching.results.conflict`.
    """

    def __init__(self, conflicts: Sequence[str], explanations: Sequence[Any] = ()) -> None:
        self.conflicts: tuple[str, ...] = tuple(conflicts)
        self.explanations: tuple[Any, ...] = tuple(explanations)
        super().__init__("\n".join(self.conflicts))

    def __reduce__(self) -> tuple[type[InfeasibleError], tuple[tuple[str, ...], tuple[Any, ...]]]:
        return type(self), (self.conflicts, self.explanations)


@dataclass(frozen=True)
class Finding:
    """One statement of a matching that verification found untrue.

    Attributes
    ----------
    subject : str
        What was checked: ``"score"``, ``"rule"``, ``"price"``, ...
    message : str
        What is wrong, and what would be right.
    """

    subject: str
    message: str

    def __str__(self) -> str:
        return visible(f"{self.subject}: {self.message}")


class VerificationError(ReverseMatchError):
    """A matching is not what it says; ``findings`` names everything that is wrong with it."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings: tuple[Finding, ...] = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))

    def __reduce__(self) -> tuple[type[VerificationError], tuple[tuple[Finding, ...]]]:
        return type(self), (self.findings,)


class SolverError(ReverseMatchError):
    """The solver did not keep its promise: a defect of this library or of OR-Tools, never of the input."""


class UndecidedError(ReverseMatchError):
    """It was neither found how to satisfy the policy, nor proved that it cannot be done."""
