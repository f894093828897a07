"""Records of conflicts: demands that cannot hold together, and the smallest changes that resolve them."""

from __future__ import annotations

from typing import Literal, TypeAlias

from pydantic import Field

from reverse_match.foundation.records import PlainData, WordedRecord, views_of
from reverse_match.policy.values import Role, is_none

Kind: TypeAlias = Literal["quota", "rule", "fix", "capacity"]
Limit: TypeAlias = Literal["at_least", "at_most"]


class Demand(PlainData):
    """A demand of the policy or of people: a bound of a quota, a rule, fixed duos, or equal capacities."""

    kind: Kind
    """Kind of the demand: ``quota``, ``rule``, ``fix`` or ``capacity``."""
    name: str
    """Name of the quota or label of the rule; ``fix`` or ``capacity`` for the other kinds."""
    counted: str = ""
    """For a quota: short description of the duos that it counts; empty if it counts all duos."""
    measure: Literal["duos", "share", "each"] | None = None
    """For a quota: whether it bounds a number of duos, a share of them, or a number in each group."""
    limit: Limit | None = None
    """For a quota: which of its two bounds is demanded."""
    bound: int | float | None = None
    """For a quota: the bound; for capacities: the capacity."""
    groups: tuple[str, ...] = ()
    """For a quota on each group: names of the groups in the conflict."""
    duos: tuple[tuple[str, str], ...] = ()
    """For fixed duos: ids of mentor and mentee."""
    role: Role | None = None
    """For capacities: the role in which they count."""
    ids: tuple[str, ...] = ()
    """For capacities: ids of the people, sorted."""
    each_needed: bool = True
    """Whether each listed group, duo or person was shown to be needed: without it the rest could hold. If
    very many are listed, this was shown only for all of them together."""


class Relaxation(WordedRecord):
    """One change of a demand that resolves a conflict, and is the smallest of its kind."""

    kind: Kind
    """Kind of the demand that changes."""
    name: str
    """Name of the quota or label of the rule; ``fix`` or ``capacity`` for the other kinds."""
    counted: str = ""
    """For a quota: short description of the duos that it counts; empty if it counts all duos."""
    measure: Literal["duos", "share", "each"] | None = None
    """For a quota: whether it bounds a number of duos, a share of them, or a number in each group."""
    limit: Limit | None = None
    """For a quota: which of its two bounds changes."""
    bound: int | float | None = None
    """The new bound or capacity; ``None`` if a rule is waived or a fixed duo dropped. New shares are
    multiples of a millionth."""
    instead_of: int | float | None = None
    """The present bound or capacity."""
    duo: tuple[str, str] | None = None
    """The fixed duo that is dropped: ids of mentor and mentee."""
    role: Role | None = None
    """For a capacity: the role in which it counts."""
    id: str | None = None
    """For a capacity: id of the person."""
    suffices: bool
    """Whether all demands can hold after this change and the first relaxation of each conflict listed before.
    If not, the change resolves this conflict, and another remains."""


class UnknownValue(WordedRecord):
    """A value by which a quota counts duos, and which nobody has."""

    quota: str
    """Name of the quota."""
    path: str
    """Field with its side, such as ``mentee.department``."""
    value: str | int | float
    """The value as the policy writes it."""
    nearest: str | None
    """The most similar value that somebody has; ``None`` if there is none."""


class Conflict(WordedRecord):
    """Demands that cannot hold together, and changes that resolve the conflict.

    Solving has shown that no duos keep all of these demands, and that without any one of them the others
    could hold. A matching without duos counts as keeping demands only if no duo is possible at all.
    """

    demands: tuple[Demand, ...]
    """The demands that cannot hold together."""
    relaxations: tuple[Relaxation, ...]
    """Single changes that resolve the conflict, each the smallest of its kind. The search for further
    conflicts assumes that the first one is made."""
    unknown_values: tuple[UnknownValue, ...] = ()
    """Values by which quotas among the demands count duos, and which nobody has."""
    minimal: bool = True
    """Whether each demand was shown to be needed: without it the others could hold."""
    leaves_no_duo: bool = False
    """Whether a matching without duos would keep the demands although some duo is possible: a bound on a
    share holds if there are no duos."""
    clash: str | None = None
    """For a fixed duo that cannot be formed: the label of the rule that forbids it, or ``capacity``."""
    fixed_duos: int | None = Field(default=None, exclude_if=is_none)
    """For a capacity that is too small for fixed duos: number of the person's fixed duos in that role. The
    demands list only one more of them than the capacity."""

    def sentence(self, lang: str = "en") -> str:
        """Return the conflict as one sentence.

        Parameters
        ----------
        lang : str
            ``"en"`` or ``"fr"``.

        Raises
        ------
        InputError
            If the language is not known.
        """
        sentence: str = views_of(self).sentence(self, lang)
        return sentence

    def __str__(self) -> str:
        return self.sentence()
