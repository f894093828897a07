"""Reads back records that the library has written, those of earlier versions of the format among them.

Plain data is brought from version to version.

``schema_version`` is that of the format, not of the library. It goes up when an earlier library could not
read what is written now, or would take it for something else. What a version could not know stays unsaid:
nothing is made up. A record of a later version is refused, since what it says could be misread.

Version 2 (0.2.0): digests are of a canonical form (:mod:`.canonical_form`). A matching of version 1 is known
to histories by the digest that it had then, so it keeps that one beside its own. The rounds of a plan follow
its policy; what the other rounds rule out stands beside it.
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
"""Version of the format of everything that has one: matchings, plans, histories."""

Kind: TypeAlias = Literal["matching", "plan", "history"]
Data: TypeAlias = dict[str, Any]
Rewriting: TypeAlias = "Callable[[Data], Data]"
"""Reads the plain data of a matching and gives it back as it is written now; it may raise InputError."""


Record = TypeVar("Record", bound=PlainData)


class VersionError(ValueError):
    """A record is of a version that cannot be read, or of none.

    Attributes
    ----------
    code : str
        Of the fault that follows.
    """

    def __init__(self, message: str, code: str) -> None:
        self.code = code
        super().__init__(message)


def record_of_json(
    model: type[Record], kind: Kind, text: str | bytes, source: str, rewriting: Rewriting
) -> Record:
    """Return the record that a text holds.

    Parameters
    ----------
    model : type
        Of the record.
    kind : str
        What it is.
    text : str or bytes
        JSON.
    source : str
        What to call it in messages.
    rewriting : callable
        Reads the plain data of a matching, and gives it back as it is written now.

    Raises
    ------
    MatchingFileError
        With everything that is wrong.
    """
    data = _parse(text, source, f"not valid JSON; right would be a {kind} as this library writes it")
    return record_of_data(model, kind, data, source, rewriting)


def record_of_data(
    model: type[Record], kind: Kind, data: object, source: str, rewriting: Rewriting
) -> Record:
    """Return the record that plain data holds, such as what a JSON text says; see :func:`record_of_json`.

    Raises
    ------
    MatchingFileError
        With everything that is wrong.
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
    """Return a stored record as this version writes it.

    Parameters
    ----------
    kind : str
        What it is.
    data : dict
        As JSON holds it; it stays as it is.
    rewriting : callable
        Reads a matching, and writes it again.

    Raises
    ------
    VersionError
        If its version is a later one, or none that there is.

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
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
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
    """Entries stay what they are, each with its digest, as the chain demands."""
    return {**data, "schema_version": 2}


def _plan_of_version_2(data: Data, rewriting: Rewriting) -> Data:
    rounds = data.get("rounds")
    if isinstance(rounds, list):
        rounds = [_matching_of_version_2(one, rewriting) if _is_of(1, one) else one for one in rounds]
    later = {**_with_policy_digest(data, data), "rounds": rounds, "schema_version": 2}
    return _with_scarce_of_use(later)


def _restore_policy_of_plan(data: Data, rewriting: Rewriting) -> Data:
    """Return a plan whose rounds follow its policy, also one that was written before 0.2.0 was finished."""
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
    """Say whether a matching has the digests of its policy and its changes: wrong ones are not put right."""
    digests = data.get("digests")
    if not isinstance(digests, dict) or digests.get("policy") != Policy.model_validate(data["policy"]).sha256:
        return False
    return _with_digest_of_changes(data, rewriting) == data


def _with_scarce_of_use(data: Data) -> Data:
    """Return a record that calls nobody scarce where quotas, and not people, limit the number of duos.

    Version 1 wrote there who would be scarce without quotas, which proves nothing.
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
"""What brings a record of a version to the next."""


def digest_of_version_1(data: Data, rewriting: Rewriting) -> str | None:
    """Return the digest that a matching of version 1 had: of its JSON as it was written, key by key.

    ``None`` where it is no matching.
    """
    try:
        now = rewriting({**data, "schema_version": SCHEMA_VERSION})
    except InputError:
        return None
    written = {**_in_written_order(data, now), "schema_version": 1}
    return hashlib.sha256(to_json(written, indent=2) + b"\n").hexdigest()


def _in_written_order(stored: Any, now: Any) -> Any:
    """Return stored data with keys in the order in which they are written, and fractions as fractions."""
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
    """Return a later form of a record of version 1 with the digest that its policy has there.

    It is made only if the one of then was right.
    """
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
    """Return a matching with the digest of its log, its rotation, and what they added to the policy."""
    try:
        now = rewriting(data)
    except InputError:
        return data
    parts = {name: now[name] for name in ("added", "log", "rotation") if name in now}
    if not parts:
        return data
    return {**data, "digests": {**data["digests"], "changes": canonical_digest(parts)}}
