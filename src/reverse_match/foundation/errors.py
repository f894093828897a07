"""The exceptions of the library, as one small family.

A message names the fault, its place, and a right value. It never contains values of people's records: a file
may hold birth dates, and messages end up in logs. It may contain the id of a participant where it has to name
a person (a cycle of managers, a duo that fails verification).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self

from reverse_match.foundation.text_safety import shorten, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


LONGEST_COLUMN_SHOWN = 80
"""Characters of a heading, or of a place in a policy, in a message; a longer one loses its middle."""


MOST_FAULTS_TOLD = 1_000
"""Faults in the message of one error; the attribute ``faults`` has all."""


class ReverseMatchError(Exception):
    """Base of every error that this library raises on purpose."""


@dataclass(frozen=True)
class Fault:
    """One fault of an input, with its place.

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
    """The kind of the fault, for programs: short, in kebab case, always the same for the same kind."""

    def __str__(self) -> str:
        """Return the fault as one line, with invisible characters of the input written out."""
        place = [self.source] if self.source else []
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.column is not None:
            column = shorten(self.column, LONGEST_COLUMN_SHOWN)
            place.append(f"column '{column}'" if self.row is not None else column)
        return visible(f"{', '.join(place)}: {self.message}" if place else self.message)


class CodedError(ValueError):
    """An error of a validator: a message, and the code of the fault that is made of it."""

    def __init__(self, message: str, code: str = "invalid") -> None:
        self.code = code
        super().__init__(message)


class InputError(ReverseMatchError):
    """An input is wrong; ``faults`` holds all of its faults, not only the first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        lines = [str(fault) for fault in self.faults[:MOST_FAULTS_TOLD]]
        if len(self.faults) > MOST_FAULTS_TOLD:
            lines.append(f"and {len(self.faults) - MOST_FAULTS_TOLD:,} more")
        super().__init__("\n".join(lines))

    def of(self, source: str, row: int | None = None) -> Self:
        """Return the error with a source for all faults, for a caller that knows the source."""
        return type(self)(replace(fault, source=source, row=row) for fault in self.faults)

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Fault, ...]]]:
        return type(self), (self.faults,)


class CohortError(InputError):
    """The people are wrong: a value, a heading, a file."""


class FeedbackError(InputError):
    """The feedback is wrong: a value, a heading, a file, or an answer about an unknown duo."""


class DecisionError(InputError):
    """The decisions on duos are wrong: a word, a heading, a file, or a decision that cannot be kept."""


class PolicyError(InputError):
    """The policy is wrong: an unknown name, a number out of range, a rule about nobody."""


class ProgrammeError(InputError):
    """The programme is wrong, or lacks the round or the day that was asked for."""


class StudyError(InputError):
    """A request to a study is wrong: a name is taken, or a scenario does not exist."""


class ExecutorError(InputError):
    """An executor cannot do the work: it has lost its workers, is shut down, or cannot be sent the policy."""


class MatchingFileError(InputError):
    """A stored matching cannot be read."""


class RotationError(InputError):
    """The next round cannot begin: it is too early, the programme is over, or rounds do not follow."""


class HistoryError(InputError):
    """A history cannot be read, was edited, belongs to other people, or does not accept this round."""


class UnattachedError(ReverseMatchError):
    """A matching was asked about its people without having them; ``rm.attach`` gives them back."""


class MissingExtraError(ReverseMatchError):
    """The request needs a library that is not installed; the message says how to install it."""


class SizeError(ReverseMatchError):
    """The cohort is larger than this version, or this call, can handle."""


class InfeasibleError(ReverseMatchError):
    """No matching satisfies all demands of the policy.

    Attributes
    ----------
    conflicts : tuple of str
        One sentence for each conflict: the demands that cannot hold together.
    explanations : tuple of Conflict
        The conflicts as records, each with the smallest changes that end it; see
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
        The part of the matching that was checked: ``"score"``, ``"rule"``, ``"price"``, ...
    message : str
        The fault, and the true value.
    """

    subject: str
    message: str

    def __str__(self) -> str:
        return visible(f"{self.subject}: {self.message}")


class VerificationError(ReverseMatchError):
    """A matching is not as it states; ``findings`` holds every untrue statement."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings: tuple[Finding, ...] = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))

    @property
    def is_incomplete(self) -> bool:
        """Whether nothing was found untrue, and all that is told is what an erasure leaves uncheckable.

        Examples
        --------
        >>> VerificationError([Finding("forgotten", "1 person erased")]).is_incomplete
        True
        """
        return all(finding.subject == "forgotten" for finding in self.findings)

    def __reduce__(self) -> tuple[type[VerificationError], tuple[tuple[Finding, ...]]]:
        return type(self), (self.findings,)


class SolverError(ReverseMatchError):
    """A solver returned a wrong result: a defect of this library or of OR-Tools, never of the input."""


class UndecidedError(ReverseMatchError):
    """The search ended without a matching that satisfies the policy, and without a proof that none exists."""
