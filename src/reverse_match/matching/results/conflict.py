"""What cannot hold together, as records: the demands, and the smallest changes that would do."""

from __future__ import annotations

from typing import Literal, TypeAlias

from pydantic import Field

from reverse_match.foundation.records import PlainData, WordedRecord, views_of
from reverse_match.policy.values import Role, is_none

Kind: TypeAlias = Literal["quota", "rule", "fix", "capacity"]
Limit: TypeAlias = Literal["at_least", "at_most"]


class Demand(PlainData):
    """Something that policy or people demand: a bound of a quota, a rule, fixed duos, capacities."""

    kind: Kind
    """``quota``, ``rule``, ``fix`` or ``capacity``."""
    name: str
    """What the quota or the rule is called; ``fix`` or ``capacity`` for the others."""
    counted: str = ""
    """Of a quota: what it counts, in short; empty where it counts all duos."""
    measure: Literal["duos", "share", "each"] | None = None
    """Of a quota: whether it bounds a number of duos, a share of them, or a number in each group."""
    limit: Limit | None = None
    """Of a quota: which of its bounds."""
    bound: int | float | None = None
    """Of a quota: the bound; of capacities: the capacity."""
    groups: tuple[str, ...] = ()
    """Of a quota on each group: the groups concerned."""
    duos: tuple[tuple[str, str], ...] = ()
    """Fixed duos: ids of mentor and mentee."""
    role: Role | None = None
    """Of capacities: in which role."""
    ids: tuple[str, ...] = ()
    """Of capacities: whose, sorted."""
    each_needed: bool = True
    """Whether it was shown, of every group, duo or person listed, that without that one the rest could hold.
    Where very many are listed, only of all of them together."""


class Relaxation(WordedRecord):
    """One change that would do, and the smallest of its kind."""

    kind: Kind
    """Of the demand that changes."""
    name: str
    """What the quota or the rule is called; ``fix`` or ``capacity`` for the others."""
    counted: str = ""
    """Of a quota: what it counts."""
    measure: Literal["duos", "share", "each"] | None = None
    """Of a quota: what it bounds."""
    limit: Limit | None = None
    """Of a quota: which of its bounds."""
    bound: int | float | None = None
    """The new bound, or the new capacity; ``None`` where a rule is waived or a fixed duo dropped. Shares are
    whole millionths."""
    instead_of: int | float | None = None
    """The bound, or the capacity, as it is."""
    duo: tuple[str, str] | None = None
    """The fixed duo that would be dropped."""
    role: Role | None = None
    """Of a capacity: in which role."""
    id: str | None = None
    """Of a capacity: whose."""
    suffices: bool
    """Whether everything that is demanded could hold then, given the first relaxation of each conflict listed
    before. If not, this conflict would be gone, and another left."""


class UnknownValue(WordedRecord):
    """A value that a quota counts duos by, and that nobody has."""

    quota: str
    """What the quota is called."""
    path: str
    """The field: ``mentee.department``."""
    value: str | int | float
    """The value, as the policy has it."""
    nearest: str | None
    """The nearest value that somebody has; ``None`` where none is near."""


class Conflict(WordedRecord):
    """Demands that cannot hold together, and what would do.

    Both were shown by solving: that no duos keep all of these demands, and that without any one of them the
    others could hold. To form no duo at all keeps demands only where no duo is possible anyhow.
    """

    demands: tuple[Demand, ...]
    """What cannot hold together."""
    relaxations: tuple[Relaxation, ...]
    """Single changes that would do, each the smallest of its kind; the first one is taken as made where
    further conflicts are looked for."""
    unknown_values: tuple[UnknownValue, ...] = ()
    """Values that nobody has, by which quotas among the demands count."""
    minimal: bool = True
    """Whether it was shown of every demand that the others could hold without it."""
    leaves_no_duo: bool = False
    """Whether the demands do hold where no duo is formed at all, though some could be: a share of no duos
    holds, whatever it is."""
    clash: str | None = None
    """Of a fixed duo that cannot be: the label of the rule that forbids it, or ``capacity``."""
    fixed_duos: int | None = Field(default=None, exclude_if=is_none)
    """Where capacity is too small for fixed duos: how many the person has in that role. Of these the demands
    list one more than the capacity."""

    def sentence(self, lang: str = "en") -> str:
        """Return in one sentence what cannot hold together.

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
