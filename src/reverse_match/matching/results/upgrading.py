"""Reads stored records, also of earlier versions of the format, by upgrading their plain data step by step.

``schema_version`` is the version of the format, and not that of the library. It increases if an earlier
version of the library could not read the records written now, or would misread them. An upgrade does not
invent values for fields that an earlier version did not have. A record of a later version is refused, since
it could be misread.

Version 2 came with 0.2.0. Its digests are computed from a canonical form (:mod:`.canonical_form`). A matching
of version 1 also keeps its old digest, by which histories refer to it. The rounds of a plan hold the policy
of the plan; pairs of the other rounds stand in the additions to it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, TypeVar

from pydantic_core import to_json

from reverse_match.foundation.canonical_form import canonical_digest
from reverse_match.foundation.errors import Fault, InputError, MatchingFileError
from reverse_match.foundation.json_values import JsonError, json_value
from reverse_match.foundation.records import PlainData
from reverse_match.policy import Policy
from reverse_match.policy.stored_policies import (
    restore_policy_of_plan,
    split_edited_policy,
    split_policy_of_round,
)

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMA_VERSION: Final = 2
"""Version of the format of matchings, plans and histories."""

Kind: TypeAlias = Literal["matching", "plan", "history", "circles"]
Data: TypeAlias = dict[str, Any]
Rewriting: TypeAlias = "Callable[[Data], Data]"
"""A function that returns the plain data of a matching as this version writes it; it may raise InputError."""


Record = TypeVar("Record", bound=PlainData)


class VersionError(ValueError):
    """A record has no version, or one that cannot be read.

    Attributes
    ----------
    code : str
        Code of the fault that is reported.
    """

    def __init__(self, message: str, code: str) -> None:
        self.code = code
        super().__init__(message)


def record_of_json(
    model: type[Record], kind: Kind, text: str | bytes, source: str, rewriting: Rewriting
) -> Record:
    """Return the record that a JSON text holds.

    Parameters
    ----------
    model : type
        Class of the record.
    kind : str
        Kind of the record: ``matching``, ``plan``, ``history`` or ``circles``.
    text : str or bytes
        JSON text.
    source : str
        Name of the text in messages.
    rewriting : callable
        Returns the plain data of a matching as this version writes it.

    Raises
    ------
    MatchingFileError
        If the text is faulty, with every fault.
    """
    data = _parse(text, source, f"not valid JSON; right would be a {kind} as this library writes it")
    return record_of_data(model, kind, data, source, rewriting)


def record_of_data(
    model: type[Record], kind: Kind, data: object, source: str, rewriting: Rewriting
) -> Record:
    """Return the record that plain data holds, such as parsed JSON; see :func:`record_of_json`.

    Raises
    ------
    MatchingFileError
        If the data is faulty, with every fault.
    """
    if not isinstance(data, dict):
        message = f"not an object: no {kind} that this library has written"
        raise MatchingFileError([Fault(message, source, code="not-a-record")])
    try:
        return model.model_validate(upgrade(kind, data, rewriting))
    except VersionError as error:
        raise MatchingFileError([Fault(str(error), source, code=error.code)]) from None
    except InputError as error:
        raise MatchingFileError(error.of(source).faults) from None


def _parse(text: str | bytes, source: str, not_json: str) -> Any:
    try:
        return json_value(text if isinstance(text, str) else text.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise MatchingFileError([Fault(not_json, source, code="not-json")]) from None
    except JsonError as error:
        message = not_json if error.code == "not-json" else str(error)
        raise MatchingFileError([Fault(message, source, code=error.code)]) from None


def upgrade(kind: Kind, data: Data, rewriting: Rewriting) -> Data:
    """Return the plain data of a stored record in the present version of the format.

    Parameters
    ----------
    kind : str
        Kind of the record: ``matching``, ``plan``, ``history`` or ``circles``.
    data : dict
        The record as JSON data, which is not changed.
    rewriting : callable
        Returns the plain data of a matching as this version writes it.

    Raises
    ------
    VersionError
        If the record has a later version, or no valid one.

    Examples
    --------
    >>> upgrade("history", {"schema_version": 1, "rounds": [], "sha256": ""}, dict)
    {'schema_version': 2, 'rounds': [], 'sha256': ''}
    >>> upgrade("history", {"schema_version": 3}, dict)
    Traceback (most recent call last):
    reverse_match.matching.results.upgrading.VersionError: schema_version is 3, and this library reads
    up to 2: written by a newer version of reverse_match; update reverse_match to read it
    """
    version = data.get("schema_version")
    first = SCHEMA_VERSION if kind == "circles" else 1  # circles came with version 2
    if isinstance(version, bool) or not isinstance(version, int) or version < first:
        message = f"no schema_version from 1 to {SCHEMA_VERSION}: not a {kind} that this library has written"
        raise VersionError(message, "unknown-version")
    if version > SCHEMA_VERSION:
        message = (
            f"schema_version is {version}, and this library reads up to {SCHEMA_VERSION}: "
            "written by a newer version of reverse_match; update reverse_match to read it"
        )
        raise VersionError(message, "newer-version")
    while data["schema_version"] < SCHEMA_VERSION:
        data = _STEPS[kind, data["schema_version"]](data, rewriting)
    return _restore_policy_of_plan(data, rewriting) if kind == "plan" else data


def _history_of_version_2(data: Data, _: Rewriting) -> Data:
    """Return a history of version 2; its entries must not change, since their digests form a chain."""
    return {**data, "schema_version": 2}


def _plan_of_version_2(data: Data, rewriting: Rewriting) -> Data:
    rounds = data.get("rounds")
    if isinstance(rounds, list):
        rounds = [_matching_of_version_2(one, rewriting) if _is_of(1, one) else one for one in rounds]
    later = {**_with_policy_digest(data, data), "rounds": rounds, "schema_version": 2}
    return _with_scarce_of_use(later)


def _restore_policy_of_plan(data: Data, rewriting: Rewriting) -> Data:
    """Return a plan whose rounds hold its policy, also if it was written before 0.2.0 was released."""
    rounds = data.get("rounds")
    if not isinstance(rounds, list):
        return data
    given = data.get("policy")
    return {**data, "rounds": [_with_given_policy(one, given, rewriting) for one in rounds]}


def _with_given_policy(data: Any, given: Any, rewriting: Rewriting) -> Any:
    if not isinstance(data, dict):
        return data
    later = restore_policy_of_plan(split_policy_of_round(data), given)
    try:
        if later == data or not _has_digests(data, rewriting):
            return data
        digest = Policy.model_validate(later["policy"]).sha256
    except InputError:
        return data
    later = {**later, "digests": {**later["digests"], "policy": digest}}
    return _with_digest_of_changes(later, rewriting)


def _has_digests(data: Data, rewriting: Rewriting) -> bool:
    """Say whether a matching has correct digests of its policy and changes; wrong ones must stay wrong."""
    digests = data.get("digests")
    if not isinstance(digests, dict) or digests.get("policy") != Policy.model_validate(data["policy"]).sha256:
        return False
    return _with_digest_of_changes(data, rewriting) == data


def _with_scarce_of_use(data: Data) -> Data:
    """Return a record without scarce people if quotas limit the number of duos.

    Version 1 listed the people who would be scarce without quotas, which proves nothing.
    """
    proof = data.get("certificate")
    if not isinstance(proof, dict) or proof.get("duos_proof") is None:
        return data
    nobody: Data = {
        name: [] for name in ("scarce_mentors", "scarce_mentees") if isinstance(proof.get(name), list)
    }
    return {**data, "certificate": {**proof, **nobody}}


def _matching_of_version_2(data: Data, rewriting: Rewriting) -> Data:
    digest = digest_of_version_1(data, rewriting)
    later = {
        **_with_policy_digest(data, split_policy_of_round(split_edited_policy(data))),
        "schema_version": 2,
    }
    later = _with_scarce_of_use(later)
    later = _with_digest_of_changes(later, rewriting)
    if digest is not None and isinstance(later.get("digests"), dict):
        later["digests"] = {**later["digests"], "version_1": digest}
    return later


def _is_of(version: int, data: object) -> bool:
    return isinstance(data, dict) and data.get("schema_version") == version


_STEPS: Mapping[tuple[Kind, int], Callable[[Data, Rewriting], Data]] = {
    ("matching", 1): _matching_of_version_2,
    ("plan", 1): _plan_of_version_2,
    ("history", 1): _history_of_version_2,
}
"""The function that upgrades a kind of record from a version to the next."""


def digest_of_version_1(data: Data, rewriting: Rewriting) -> str | None:
    """Return the digest of a matching in version 1: that of its JSON text, with keys in written order.

    It is ``None`` if the data is no matching.
    """
    try:
        now = rewriting({**data, "schema_version": SCHEMA_VERSION})
    except InputError:
        return None
    written = {**_in_written_order(data, now), "schema_version": 1}
    return hashlib.sha256(to_json(written, indent=2) + b"\n").hexdigest()


def _in_written_order(stored: Any, now: Any) -> Any:
    """Return stored data with keys in written order, and whole numbers as floats if ``now`` has floats."""
    if isinstance(stored, Mapping) and isinstance(now, Mapping):
        names = [*(name for name in now if name in stored), *(name for name in stored if name not in now)]
        return {name: _in_written_order(stored[name], now.get(name)) for name in names}
    if _is_list(stored) and _is_list(now) and len(stored) == len(now):
        return [_in_written_order(one, other) for one, other in zip(stored, now, strict=True)]
    whole = isinstance(stored, int) and not isinstance(stored, bool)
    return float(stored) if whole and isinstance(now, float) else stored


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _with_policy_digest(data: Data, later: Data) -> Data:
    """Return an upgraded record with the new digest of its policy, if the digest of version 1 was correct."""
    policy, digests = data.get("policy"), data.get("digests")
    if not isinstance(digests, dict) or not isinstance(policy, dict):
        return later
    then = hashlib.sha256(json.dumps(policy, sort_keys=True).encode()).hexdigest()
    if digests.get("policy") != then:
        return later
    try:
        now = Policy.model_validate(later["policy"]).sha256
    except InputError:
        return later
    return {**later, "digests": {**digests, "policy": now}}


def _with_digest_of_changes(data: Data, rewriting: Rewriting) -> Data:
    """Return a matching with the digest of its log, its rotation, and its additions to the policy."""
    try:
        now = rewriting(data)
    except InputError:
        return data
    parts = {name: now[name] for name in ("added", "log", "rotation") if name in now}
    if not parts:
        return data
    return {**data, "digests": {**data["digests"], "changes": canonical_digest(parts)}}
