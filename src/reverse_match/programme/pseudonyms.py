"""Gives people pseudonyms: the keyed hash of each id, so that records can be studied by others.

A pseudonym is HMAC-SHA256 (RFC 2104) of the id under a key that stays with the programme, cut to 64 bits. The
same id has the same pseudonym in all records made with one key, and whoever has the key, and only they, can
find out who it is. Without a key a hash of an id protects nobody: one hashes a list of all ids and compares.

Pseudonymous data are still data about people. Department, age and skills can tell who somebody is; so columns
that the policy does not use are left out, and names, addresses and free texts always are.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.errors import Fault, InputError
from reverse_match.foundation.names import id_key
from reverse_match.matching.results.circles import CircleMatching
from reverse_match.matching.results.matching import Matching
from reverse_match.matching.results.plan import RotationPlan
from reverse_match.people.cohort import Cohort, Source
from reverse_match.policy import Policy
from reverse_match.policy.data_used import data_used
from reverse_match.programme.feedback.collection import Feedback
from reverse_match.programme.forget import RECORDS, erase, mapped_list
from reverse_match.programme.format_words import FIELDS_OF_PEOPLE, VALUES_THAT_ARE_WORDS, is_by_id
from reverse_match.programme.history import History, digest_of
from reverse_match.programme.relabel import new_labels, relabel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reverse_match.people.participant import Participant

PREFIX = "p-"
"""What a pseudonym begins with."""

LEAST_KEY = 16
"""Least number of bytes of a key."""

_DIGITS = 16
"""Hexadecimal digits of a pseudonym: 64 bits, so that even among a million people two seldom share one."""

_NO_IDS = VALUES_THAT_ARE_WORDS | frozenset(
    {"missing", "criteria", "common_times", "contributions", "weights", "credits", "blocked_by", "digests"}
    | {"name_matches", "reason", "fields"}
)
"""Keys below which no id stands: words of the format, names of criteria and of skills."""

_BY_ID = frozenset({"waited"})
"""Mappings whose keys are ids, in their order."""

LEFT_OUT = "***"
"""What stands in place of a free text that a record must have."""

_MOST_WORDS = 6
"""Words of the longest name that is looked for in texts."""

_BETWEEN_VALUES = re.compile(r"([|:])")

_LOAD = re.compile(r"(mentees|mentors|duos) of (.+)", re.DOTALL)
"""Name of the quota on the duos of one person."""


class Pseudonyms:
    """Puts pseudonyms in the place of ids.

    Parameters
    ----------
    key : bytes
        The key.
    ids : iterable of str
        Ids of everybody.
    kept : set of str, optional
        Own columns of people that are kept; all if not given.
    called : iterable of str
        Names and addresses of everybody, for texts that name somebody.
    """

    def __init__(
        self,
        key: bytes,
        ids: Iterable[str],
        kept: frozenset[str] | None = None,
        called: Iterable[str] = (),
    ) -> None:
        self._of = {
            one: f"{PREFIX}{hmac.new(key, one.encode(), hashlib.sha256).hexdigest()[:_DIGITS]}"
            for one in set(map(id_key, ids))
        }
        if len(set(self._of.values())) < len(self._of):
            message = "two people would share a pseudonym; right would be another key"
            raise InputError([Fault(message, column="key")])
        self._kept = kept
        self._called = {" ".join(words) for text in called for words in _orders(_words_of(text))}

    def of(self, name: str) -> str:
        """Return the pseudonym of an id; any other text stays as it is."""
        load = _LOAD.fullmatch(name)
        if load is not None and id_key(load[2]) in self._of:
            return f"{load[1]} of {self.of(load[2])}"
        return self._of.get(id_key(name), name)

    def in_data(self, value: Any, key: str = "") -> Any:
        """Return plain data with pseudonyms in place of ids, in the order that it had."""
        if key in _NO_IDS and not isinstance(value, list | dict):
            return value
        if isinstance(value, str):
            return self.of(value)
        if key in ("name_matches", "digests"):
            return value
        if isinstance(value, list):
            return mapped_list(value, lambda part: self.in_data(part, key))
        if isinstance(value, dict):
            ids = is_by_id(key, value)
            changed = {
                self.of(name) if ids else name: self.in_data(part, name) for name, part in value.items()
            }
            return dict(sorted(changed.items())) if key in _BY_ID else changed
        return value

    def in_policy(self, policy: Policy) -> Policy:
        """Return a policy that names pseudonyms."""
        data = self.in_data(policy.model_dump(mode="json"))
        for rule in data["rules"]:
            for waiver in rule.get("waivers", ()):
                waiver.update(author=LEFT_OUT, reason=LEFT_OUT)
        return Policy.model_validate(data)

    def in_matching(
        self, matching: Matching, digests: Mapping[str, str], people: tuple[str, str] | None = None
    ) -> Matching:
        """Return a matching of pseudonyms, without the free texts of its log; see :class:`.Eraser`."""
        data = self.in_data(matching.model_dump(mode="json"))
        policy = self.in_policy(matching.policy)
        data["policy"] = policy.model_dump(mode="json")
        relabel(data, new_labels(matching, policy, data.get("added", {}), self.of))
        for entry in data.get("log", ()):
            _leave_out_texts(entry, signed=policy.log == "signed")
        if "rotation" in data:
            previous = data["rotation"]["previous"]
            data["rotation"]["previous"] = digests.get(previous, previous)
        data.pop("made_by", None)
        data["digests"].pop("version_1", None)
        data["digests"].update(file=None, policy=policy.sha256)
        if people is not None:
            data["digests"]["cohort"] = people[1]
        return Matching.model_validate(data).with_changes()

    def in_history(self, history: History, digests: Mapping[str, str]) -> History:
        """Return a history of pseudonyms, with a chain of its own."""
        data = self.in_data(history.model_dump(mode="json"))
        before = ""
        for entry in (*data["rounds"], *([data["published"]] if "published" in data else [])):
            entry["matching"] = digests.get(entry["matching"], entry["matching"])
            entry["sha256"] = digest_of(entry, before)
            if entry is not data.get("published"):
                before = entry["sha256"]
        data["sha256"] = before
        return History.model_validate(data)

    def in_cohort(self, cohort: Cohort) -> Cohort:
        """Return people under pseudonyms, without names, addresses and columns that nothing uses."""
        people = sorted((self._participant(one) for one in cohort.participants), key=lambda one: one.id)
        rows = tuple(range(1, len(people) + 1))
        away = tuple(sorted(map(self.of, cohort.away)))
        return replace(cohort, participants=tuple(people), source=Source("records", rows), away=away)

    def _participant(self, one: Participant) -> Participant:
        attributes = {
            name: value for name, value in one.attributes.items() if self._kept is None or name in self._kept
        }
        update: dict[str, Any] = {
            "id": self.of(one.id),
            "name": None,
            "email": None,
            "wants": tuple(map(self.of, one.wants)),
            "avoids": tuple(map(self.of, one.avoids)),
            "manager_id": None if one.manager_id is None else self.of(one.manager_id),
            "prefers": tuple(map(self._in_preference, one.prefers)),
            "goals": tuple(map(self._in_own_text, one.goals)),
            "department": one.department and self._in_own_text(one.department),
            "location": one.location and self._in_own_text(one.location),
            "attributes": {name: self._in_own(value) for name, value in attributes.items()},
        }
        return one.model_copy(update=update)

    def _in_own(self, value: Any) -> Any:
        """Return what stands in a column of an organisation's own: an id, a text, or a list of them."""
        if isinstance(value, tuple):
            return tuple(map(self._in_own, value))
        return self._in_own_text(self.of(value)) if isinstance(value, str) else value

    def _in_own_text(self, text: str) -> str:
        """Return a text, left out where it names somebody."""
        words = _words_of(text)
        parts = (words[begin:end] for begin in range(len(words)) for end in range(begin + 1, len(words) + 1))
        named = any(" ".join(part) in self._called for part in parts if len(part) <= _MOST_WORDS)
        return LEFT_OUT if named else text

    def _in_preference(self, said: str) -> str:
        """Return a preference with pseudonyms in place of ids: ``id=lea|bo:must not``."""
        field, sign, values = said.partition("=")
        return field + sign + "".join(map(self.of, _BETWEEN_VALUES.split(values)))

    def in_feedback(self, feedback: Feedback) -> Feedback:
        """Return answers about pseudonyms, without comments."""
        records = [
            one.model_copy(
                update={"mentor": self.of(one.mentor), "mentee": self.of(one.mentee), "comment": None}
            )
            for one in feedback.records
        ]
        records.sort(key=lambda one: (one.on, one.mentor, one.mentee, one.by))
        return Feedback(tuple(records), Source("records", tuple(range(1, len(records) + 1))))


def _words_of(text: str) -> list[str]:
    return re.findall(r"[\w@.'’-]+", unicodedata.normalize("NFC", text).casefold())


def _orders(words: list[str]) -> list[list[str]]:
    """Return a name in either order; nothing of a single word, which may be any word, unless an address."""
    if len(words) > 1:
        return [words, [words[-1], *words[:-1]]]
    return [words] if words and "@" in words[0] else []


def _leave_out_texts(entry: dict[str, Any], *, signed: bool) -> None:
    """Take free texts out of an entry of the log; a signed log keeps to be signed."""
    for name in ("author", "reason"):
        if entry.pop(name, None) is not None and signed:
            entry[name] = LEFT_OUT
    for change in entry.get("logged", ()):
        change.pop("comment", None)


@check_arguments
def pseudonymise(key: bytes | str, *records: Any) -> tuple[Any, ...]:
    """Return records in which pseudonyms stand for people, to be studied by others.

    A pseudonym is the keyed hash (HMAC-SHA256) of an id. Names, e-mail addresses, comments, authors and
    reasons are left out, and so are columns of an organisation's own that no given policy uses. Give all
    records in one call, so that they keep pointing to each other.

    Parameters
    ----------
    key : bytes or str
        The secret, of at least 16 bytes. Whoever has it can find out who is who; keep it apart.
    *records : Matching, RotationPlan, CircleMatching, History, Cohort, Feedback or Policy
        The records, which are not changed.

    Returns
    -------
    tuple
        The records with pseudonyms, in the same order.

    Raises
    ------
    InputError
        If the key is too short, or something is none of these records.

    Examples
    --------
    >>> import reverse_match as rm
    >>> cohort = rm.read_cohort(rm.demo_path())
    >>> matching, people = rm.pseudonymise("a secret of this programme", rm.match(cohort), cohort)
    >>> matching.duos[0].mentor, people.participants[0].name
    ('p-0610084c5bc6941d', None)
    >>> rm.verify(matching, people)
    """
    secret = key.encode() if isinstance(key, str) else key
    if len(secret) < LEAST_KEY:
        message = f"too short a key; right would be a secret of at least {LEAST_KEY} bytes"
        raise InputError([Fault(message, column="key")])
    for one in records:
        if not isinstance(one, RECORDS):
            message = (
                "not a record to give pseudonyms in; right would be matchings, histories, people, feedback"
            )
            raise InputError([Fault(message, column="records", code="wrong-type")])
    people_of = [one for record in records if isinstance(record, Cohort) for one in record.participants]
    called = [text for one in people_of for text in (one.name, one.email) if text]
    names = Pseudonyms(secret, _ids_in(records), _columns_used(records), called)
    people = {one.sha256: names.in_cohort(one).sha256 for one in records if isinstance(one, Cohort)}
    return erase(names, records, people)


def _columns_used(records: Iterable[Any]) -> frozenset[str] | None:
    """Return the fields that the given policies use; ``None`` without a policy, or if one uses any field."""
    policies = [one.policy_in_force for one in records if isinstance(one, Matching)]
    policies += [one.policy for one in records if isinstance(one, RotationPlan | CircleMatching)]
    policies += [one for one in records if isinstance(one, Policy)]
    used = [data_used(policy) for policy in policies]
    if not used or any(one.any_field or one.functions for one in used):
        return None
    return frozenset().union(*(one.fields for one in used))


def _ids_in(records: Iterable[Any]) -> Iterator[str]:
    """Yield the ids of everybody whom records name."""
    for record in records:
        if isinstance(record, Cohort):
            yield from record.away
            for one in record.participants:
                yield from (one.id, *one.wants, *one.avoids, *([one.manager_id] if one.manager_id else ()))
        elif isinstance(record, Feedback):
            for answer in record.records:
                yield from (answer.mentor, answer.mentee)
        else:
            yield from _ids_in_data(record.model_dump(mode="json"))


def _ids_in_data(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, str):
        if key in FIELDS_OF_PEOPLE:
            yield value
    elif isinstance(value, list):
        for part in value:
            yield from _ids_in_data(part, key)
    elif isinstance(value, dict):
        if is_by_id(key, value):
            yield from value
        if value.get("field") == "id":
            yield from value.get("equals") or ()
        for name, part in value.items():
            if name != "circles" or isinstance(part, list):  # in a policy it says how many people meet
                yield from _ids_in_data(part, name)
