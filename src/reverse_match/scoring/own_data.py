"""Binds the data of criteria that stands outside of a policy: tables of scores, vectors of people.

A criterion with such data is *bound* once the data stands beside it, and its digest is that of the data.
Every public call that computes scores binds first: what the program gives (``tables``), what is bound
already, and the file that the criterion names, in the folder of the policy file. A criterion that is not
bound by then is refused where its values are needed, and so is data of another digest than the one that the
policy states.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.errors import Fault, PolicyError
from reverse_match.foundation.names import LONGEST_SHOWN, did_you_mean
from reverse_match.foundation.text_safety import shorten
from reverse_match.policy import OwnData, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Criterion, Policy, Similarity
    from reverse_match.scoring.pair_table import PairTable
    from reverse_match.scoring.vectors import Embeddings


@check_arguments
def with_tables(policy: Policy, cohort: Cohort | None = None, *, tables: Mapping[str, Any]) -> Policy:
    """Return a policy with the scores and vectors that its criteria need beside it.

    A call that takes ``tables`` does this by itself. Bind once where the same data serves several calls, or
    where a call does not take ``tables``.

    Parameters
    ----------
    policy : Policy
        The policy; the object is not changed.
    cohort : Cohort, optional
        The people. Needed for an array, whose rows and columns are theirs, and for an embedder.
    tables : mapping of str to data
        For a criterion ``table``, by its name: a path, a frame, an array, or a list of pairs with their
        values. For a criterion ``similarity``, by the name of its vectors: :class:`Embeddings`, an
        :class:`Embedder`, or a path.

    Returns
    -------
    Policy
        An equal policy but for the digests of the data.

    Raises
    ------
    PolicyError
        If no criterion has such a name, or the data is faulty, or another than the policy states.

    Examples
    --------
    >>> import reverse_match as rm
    >>> policy = rm.Policy(criteria=[{"kind": "table", "name": "interview", "weight": 1}])
    >>> bound = rm.with_tables(policy, tables={"interview": [("lea", "ada", 0.8), ("lea", "zoe", None)]})
    >>> bound.criteria[0].sha256[:8]
    '59efe247'
    """
    return bind(policy, cohort, tables)


def bind(
    policy: Policy,
    cohort: Cohort | None,
    tables: Mapping[str, Any] | None = None,
    *,
    like: Policy | None = None,
    folders: Iterable[Path] = (),
) -> Policy:
    """Return a policy with the data of its criteria beside it, as far as it can be found.

    Parameters
    ----------
    policy : Policy
        The policy.
    cohort : Cohort or None
        The people.
    tables : mapping of str to data, optional
        Data that a program gives.
    like : Policy, optional
        Another policy, whose bound data serves criteria of the same name that have none.
    folders : iterable of Path
        Further folders in which a file with the stated digest is looked for.

    Raises
    ------
    PolicyError
        If data is faulty, or another than the policy states, or is given for no criterion.
    """
    own = [criterion for criterion in policy.criteria if isinstance(criterion, OwnData)]
    _refuse_unasked(tables or {}, own)
    if not own:
        return policy
    others = {} if like is None else {one.name: one for one in like.criteria if isinstance(one, OwnData)}
    given = _Given(tables or {}, cohort, tuple(folders))
    bound = tuple(
        given.bound(criterion, index, others.get(criterion.name))
        if isinstance(criterion, OwnData)
        else criterion
        for index, criterion in enumerate(policy.criteria)
    )
    same = all(one is other for one, other in zip(bound, policy.criteria, strict=True))
    return policy if same else policy.model_copy(update={"criteria": bound})


def bind_afresh(policy: Policy, cohort: Cohort, tables: Mapping[str, Any] | None) -> Policy:
    """Return a policy with its data, as :func:`bind` does, for people who are matched for the first time.

    Raises
    ------
    PolicyError
        As :func:`bind`, and if data is of other people.
    """
    bound = bind(policy, cohort, tables)
    if bound is not policy or any(isinstance(criterion, OwnData) for criterion in policy.criteria):
        from reverse_match.scoring.data_use import refuse_data_of_others

        refuse_data_of_others(bound, cohort)
    return bound


def carry_data(policy: Policy, source: Policy) -> Policy:
    """Return a policy that was written anew from another one, with the data beside the other one."""
    beside = {
        (one.name, one.kind, one.sha256): one.beside for one in source.criteria if isinstance(one, OwnData)
    }
    if not beside:
        return policy
    criteria = tuple(
        one.with_beside(beside[key])
        if isinstance(one, OwnData) and (key := (one.name, one.kind, one.sha256)) in beside
        else one
        for one in policy.criteria
    )
    return policy.model_copy(update={"criteria": criteria})


def _refuse_unasked(tables: Mapping[str, Any], own: Sequence[OwnData]) -> None:
    names = {criterion.data_name for criterion in own if not _is_inline(criterion)}
    faults = []
    for name in tables:
        if name not in names:
            shown = shorten(str(name), LONGEST_SHOWN)
            near = did_you_mean(str(name), names) if names else "; the policy has none"
            message = f"no criterion of kind table or similarity takes data called '{shown}'{near}"
            faults.append(Fault(message, column="tables", code="unknown-name"))
    if faults:
        raise PolicyError(faults)


def _is_inline(criterion: Criterion | OwnData) -> bool:
    return isinstance(criterion, Table) and criterion.pairs is not None


@dataclass
class _Given:
    """What a program gives, and where files are looked for.

    Attributes
    ----------
    tables : mapping of str to data
        Data by name.
    cohort : Cohort or None
        The people.
    folders : tuple of Path
        Further folders in which a file with the stated digest is looked for.
    """

    tables: Mapping[str, Any]
    cohort: Cohort | None
    folders: tuple[Path, ...]
    _vectors: dict[str, Embeddings] = field(default_factory=dict)

    def bound(self, criterion: OwnData, index: int, other: OwnData | None) -> OwnData:
        """Return a criterion with its data beside it, or as it is where the data is not found.

        What a program gives goes first, then what is bound. Where the policy states a digest, whatever has
        it will do; else the file goes before the data of another policy.
        """
        if criterion.data_name in self.tables and not _is_inline(criterion):
            return _with_data(criterion, self._read(self.tables[criterion.data_name], criterion))
        if criterion.data is not None:
            return criterion
        if isinstance(criterion, Table) and criterion.pairs is not None:
            return criterion.with_data(_listed_pairs(criterion, f"criteria[{index}].pairs"))
        known = None if other is None or type(other) is not type(criterion) else other.data
        if criterion.sha256 is not None:
            return self._found_by_digest(criterion, known)
        if criterion.file is not None:
            return _with_data(criterion, self._read(_folder(criterion) / criterion.file, criterion))
        return criterion if known is None else _with_data(criterion, known)

    def _found_by_digest(self, criterion: OwnData, known: Any) -> OwnData:
        """Return a criterion with whatever data has its digest: known data, or a file in one of the folders.

        Raises
        ------
        PolicyError
            If there is such data or such a file, and none has the digest.
        """
        if known is not None and known.sha256 == criterion.sha256:
            return _with_data(criterion, known)
        from reverse_match.people.reading.files import split_sheet  # few policies have files

        other = known
        for folder in (_folder(criterion), *self.folders) if criterion.file is not None else ():
            file = folder / str(criterion.file)
            if split_sheet(str(file), None)[0].is_file():
                other = self._read(file, criterion)
                if other.sha256 == criterion.sha256:
                    break
        return criterion if other is None else _with_data(criterion, other)

    def _read(self, given: Any, criterion: OwnData) -> Any:
        """Return data as it is given; vectors that several criteria compare are made once."""
        if isinstance(criterion, Table):
            from reverse_match.scoring.read_tables import read_table

            return read_table(given, criterion.name, scale_of(criterion), self.cohort)
        from reverse_match.scoring.read_vectors import read_vectors

        name = criterion.data_name
        if name not in self.tables:
            return read_vectors(given, name, self.cohort)
        if name not in self._vectors:
            self._vectors[name] = read_vectors(given, name, self.cohort)
        return self._vectors[name]


def _listed_pairs(criterion: Table, place: str) -> PairTable:
    """Return the pairs that a policy lists, as arrays."""
    from reverse_match.scoring.read_tables import placed, table_of_pairs

    try:
        return table_of_pairs(criterion.pairs or (), "policy", scale_of(criterion), place)
    except PolicyError as error:
        raise placed(error, None, place) from None


def _folder(criterion: OwnData) -> Path:
    return Path(criterion.beside.folder or ".")


def _with_data(criterion: OwnData, data: Any) -> OwnData:
    """Return a criterion with data beside it.

    Raises
    ------
    PolicyError
        If the policy states another digest.
    """
    if criterion.sha256 is not None and criterion.sha256 != data.sha256:
        shown = shorten(criterion.data_name, LONGEST_SHOWN)
        message = (
            f"other data for '{shown}' than the policy states: its digest differs; right would be the data "
            "as it was then, or a policy without the digest for new data"
        )
        raise PolicyError([Fault(message, column="tables", code="other-data")])
    return criterion.with_data(data, data.sha256)


def scale_of(criterion: Table) -> tuple[float, float] | None:
    """Return the numbers that count 0 and 1, if the policy states them."""
    if criterion.from_ is None or criterion.to is None:
        return None
    return float(criterion.from_), float(criterion.to)


def table_of(criterion: Table) -> PairTable:
    """Return the scores of a bound criterion.

    Raises
    ------
    PolicyError
        If they are not at hand.
    """
    if criterion.pairs is not None and criterion.data is None:
        return _listed_pairs(criterion, "pairs")
    data: PairTable = _data_of(criterion)
    return data


def vectors_of(criterion: Similarity) -> Embeddings:
    """Return the vectors of a bound criterion.

    Raises
    ------
    PolicyError
        If they are not at hand.
    """
    data: Embeddings = _data_of(criterion)
    return data


def refuse_missing(policy: Policy) -> None:
    """Raise an error if the data of a criterion is not at hand.

    Raises
    ------
    PolicyError
        With each criterion whose data is missing.
    """
    for criterion in policy.criteria:
        if isinstance(criterion, OwnData) and not _is_inline(criterion):
            _data_of(criterion)


def _data_of(criterion: OwnData) -> Any:
    data = criterion.data
    if data is None:
        name = shorten(criterion.data_name, LONGEST_SHOWN)
        table = isinstance(criterion, Table)
        what = f"the scores called '{name}'" if table else f"the vectors called '{name}'"
        file = (
            "" if criterion.file is None else f", and no file '{shorten(criterion.file, LONGEST_SHOWN)}' is"
        )
        message = (
            f'{what} are not at hand{file}; right would be tables={{"{name}": ...}}, or '
            f'on the command line --table "{name}=FILE"'
        )
        raise PolicyError([Fault(message, code="missing-data")])
    return data
