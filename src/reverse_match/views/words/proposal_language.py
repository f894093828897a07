"""What a language has to say about what should become of a duo."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from datetime import date

    from reverse_match.policy.values import Role


class ProposalInWords(NamedTuple):
    """What is proposed for a duo, to be said."""

    mentor: str
    mentee: str
    proposal: str
    format: str | None
    minutes: int | None


class ProposalReasonInWords(NamedTuple):
    """Why, to be said: whose answer, and of which day the latest of them is."""

    code: str
    person: str
    role: Role
    on: date
    format: str | None
    number: int | None
    out_of: int | None


class ProposalLanguage(Protocol):
    """The phrases of one language; each returns a whole sentence."""

    def proposal(self, proposal: ProposalInWords) -> str:
        """Say what is proposed for a duo."""
        ...

    def reason(self, reason: ProposalReasonInWords) -> str:
        """Say which answer of one of the two led to it."""
        ...

    def nothing_against(self) -> str:
        """Say that no answer speaks against the duo."""
        ...

    def nothing_said(self) -> str:
        """Say that nobody has answered."""
        ...

    def rotation(self, *, may_stay: bool, both: bool) -> str:
        """Say what a rotation does with a duo that had better go on."""
        ...
