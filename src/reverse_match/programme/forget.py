"""Erases a person from records: what is about them goes, and a tombstone stands where they stood.

A tombstone is a number that is counted up, ``forgotten-1``. It is made of nothing that the person was called,
so nobody can try ids until one fits, as with a hash. It keeps duos, rounds and the log in their places, so
that the chain of a history holds and what does not depend on the person can still be checked.

*What goes*: the person's record; in a matching the points and the common names and times of their duos; the
reason why they had none; pairs of the policy, of the log and of a history that name them; free texts of
amendments that name them; answers about their duos; wishes of others that name them. *What stays under the
tombstone*: that somebody was in this duo, its score, and the prices of the proof.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.errors import CohortError, Fault, InputError
from reverse_match.foundation.names import id_key
from reverse_match.matching.results.circles import CircleMatching
from reverse_match.matching.results.matching import Matching
from reverse_match.matching.results.plan import RotationPlan
from reverse_match.matching.results.rotation import KINDS
from reverse_match.people.cohort import Cohort, Source
from reverse_match.policy import Policy
from reverse_match.policy.added import Added, without_people
from reverse_match.policy.conditions import Listed, NotMetBefore, change_parts, direct_parts
from reverse_match.policy.hold_back import NAME as HELD_BACK
from reverse_match.policy.quotas import change_quota
from reverse_match.policy.rules import Fix, Forbid, NotInReportingLineRule
from reverse_match.programme.changed_people import circles_with, plan_with
from reverse_match.programme.feedback.collection import Feedback
from reverse_match.programme.format_words import (
    VALUES_THAT_ARE_WORDS,
    field_names,
    is_by_id,
    is_of_people,
)
from reverse_match.programme.history import History, digest_of
from reverse_match.programme.relabel import new_labels, relabel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from reverse_match.matching.results.amendment import Amendment
    from reverse_match.people.participant import Participant
    from reverse_match.policy.rules import Rule, Waiver

RECORDS = (Matching, RotationPlan, CircleMatching, History, Cohort, Feedback, Policy)
"""Kinds of records in which people can be erased, and have pseudonyms."""


def fields_of_records() -> frozenset[str]:
    """Return the names of the fields of these records, as they are stored."""
    return field_names((Matching, RotationPlan, CircleMatching, History))


PREFIX = "forgotten-"
"""What a tombstone begins with."""

_BY_CRITERION = frozenset({"contributions", "weights", "matters_most", "credits", "blocked_by"})
"""Mappings whose keys are no ids."""

_FIELDS_OF_IDS = frozenset({"id", "manager_id"})

_DIGEST = re.compile(r"[0-9a-f]{64}")


class Eraser:
    """Erases one person from records.

    Parameters
    ----------
    person : str
        Id.
    called : iterable of str
        What else the person is called: name, e-mail address.
    tombstone : str
        What stands in their place.
    """

    def __init__(self, person: str, called: Iterable[str], tombstone: str) -> None:
        self.person, self.tombstone = person, tombstone
        self._key = id_key(person)
        self.id_is_number = not any(sign.isalpha() for sign in person)
        """Whether the id has no letter, so that days, ages and levels of others may look like it."""
        self._texts = _spellings(called if self.id_is_number else [person, *called])

    @cached_property
    def _named(self) -> re.Pattern[str]:
        """Where texts name the person; an id without a letter only as a label or a message has it."""
        listed = "|".join(re.escape(text) for text in sorted(self._texts, key=lambda one: (-len(one), one)))
        ways = [rf"(?<!\w)(?:{listed})(?!\w)"] if listed else []
        if self.id_is_number:
            number = re.escape(unicodedata.normalize("NFC", self.person.strip()))
            ways += [rf"(?<=\bof ){number}$", rf"(?<='){number}(?=')"]
        return re.compile("|".join(ways), re.IGNORECASE)

    def is_person(self, name: object) -> bool:
        """Say whether a text is the id of the person."""
        return isinstance(name, str) and id_key(name) == self._key

    def names_person(self, text: str) -> bool:
        """Say whether a text names the person, by whatever they are called."""
        return self._named.search(unicodedata.normalize("NFC", text)) is not None

    def may_name(self, text: str) -> bool:
        """Say whether a text of any kind may name the person: an id without a letter as a word is enough."""
        if self.names_person(text):
            return True
        number = re.escape(unicodedata.normalize("NFC", self.person.strip()))
        return self.id_is_number and re.search(rf"(?<![\w.:-]){number}(?![\w.:-])", text) is not None

    def is_called(self, text: str, *, of_people: bool = True) -> bool:
        """Say whether a text is, as a whole, what the person is called.

        Parameters
        ----------
        text : str
            The text.
        of_people : bool
            Whether the text stands where ids stand. Elsewhere an id without a letter is no name: it may be an
            age, a level or a day.
        """
        if self.id_is_number and self.is_person(text):
            return of_people
        return self._named.fullmatch(unicodedata.normalize("NFC", text.strip())) is not None

    def in_text(self, text: str, *, of_people: bool = False) -> str:
        """Return a text with the tombstone instead of what the person is called; see :meth:`is_called`."""
        if of_people and self.is_person(text):
            return self.tombstone
        if _DIGEST.fullmatch(text) or not self.names_person(text):
            return text
        return self._named.sub(self.tombstone, unicodedata.normalize("NFC", text))

    def in_data(self, value: Any, key: str = "", *, of_people: bool = False) -> Any:
        """Return plain data with the tombstone in place of the person, in the order that it had."""
        if isinstance(value, str):
            return value if key in VALUES_THAT_ARE_WORDS else self.in_text(value, of_people=of_people)
        if isinstance(value, tuple):
            return tuple(self.in_data(part, key, of_people=of_people) for part in value)
        if isinstance(value, list):
            return mapped_list(value, lambda part: self.in_data(part, key, of_people=of_people))
        if not isinstance(value, dict):
            return value
        by_id = is_by_id(key, value)
        return {
            self._in_key(name, key, by_id=by_id): part
            if name == "name" and "weight" in value  # of a criterion
            else self.in_data(part, name, of_people=is_of_people(name, value))
            for name, part in value.items()
        }

    def _in_key(self, name: str, key: str, *, by_id: bool) -> str:
        """Return a key of the mapping in a field: ids, names of criteria, or fields of the format."""
        if by_id:
            return self.in_text(name, of_people=True)
        return name if key in _BY_CRITERION or name in fields_of_records() else self.in_text(name)

    def apart(self, pair: Sequence[str]) -> bool:
        """Say whether a pair does not name the person."""
        return not any(map(self.is_person, pair))

    # Policies

    def in_policy(self, policy: Policy) -> Policy:
        """Return a policy without pairs, credits and former duos of the person."""
        bare = without_people(policy, [self.person])
        rules = tuple(self._waive_less(change_parts(rule, self._without_past)) for rule in bare.rules)
        quotas = tuple(change_quota(quota, self._without_past) for quota in bare.quotas)
        bare = bare.model_copy(update={"rules": rules, "quotas": quotas})
        data = self.in_data(bare.model_dump(mode="json"))
        return Policy.model_validate(data)

    def _without_past(self, part: Any) -> Any:
        if not isinstance(part, NotMetBefore):
            return part
        kept = tuple(duo for duo in part.duos if self.apart((duo.mentor, duo.mentee)))
        return part if len(kept) == len(part.duos) else part.model_copy(update={"duos": kept})

    def _waive_less(self, rule: Rule) -> Rule:
        """Return a rule without the waivers for the person, and without free texts that name them."""
        if not isinstance(rule, NotInReportingLineRule):
            return rule
        kept = tuple(map(self._in_waiver, filter(lambda one: self.apart(one.pair), rule.waivers)))
        return rule if kept == rule.waivers else rule.model_copy(update={"waivers": kept})

    def _in_waiver(self, waiver: Waiver) -> Waiver:
        named = [name for name in ("author", "reason") if self.names_person(getattr(waiver, name))]
        return waiver.model_copy(update=dict.fromkeys(named, self.tombstone)) if named else waiver

    def _hold_back_less(self, rule: Rule, last: Amendment | None) -> Rule:
        """Return the rule that holds pairs back as it is without the person, and any other as it is."""
        if last is None or last.hold_back is None or getattr(rule, "name", None) != HELD_BACK:
            return rule
        waited = {name: days for name, days in last.waited.items() if not self.is_person(name)}
        exempt = [pair for part in direct_parts(rule) if isinstance(part, Listed) for pair in part.pairs]
        return last.hold_back.rule(waited, list(filter(self.apart, exempt)))

    def _in_added(self, added: Added, last: Amendment | None) -> Added:
        def change(part: Any) -> Any:
            if not isinstance(part, Fix | Forbid | Listed):
                return part
            return part.model_copy(update={"pairs": tuple(filter(self.apart, part.pairs))})

        rules = [change_parts(self._hold_back_less(rule, last), change) for rule in added.rules]
        rules = [rule for rule in rules if not isinstance(rule, Fix | Forbid) or rule.pairs]
        given = without_people(Policy(rules=[], credits=added.credits), [self.person]).credits
        update: dict[str, Any] = {
            "rules": tuple(rules),
            "credits": given,
            "avoided": tuple(filter(self.apart, added.avoided)),
            "away": tuple(name for name in added.away if not self.is_person(name)),
        }
        return added.model_copy(update=update)

    # Matchings

    def in_matching(
        self, matching: Matching, digests: Mapping[str, str], people: tuple[str, str] | None = None
    ) -> Matching:
        """Return a matching without the person.

        Parameters
        ----------
        matching : Matching
            The matching.
        digests : mapping of str to str
            New digests of earlier matchings, by the old ones.
        people : pair of str, optional
            Digest of the people before, and of those without the person.
        """
        policy = self.in_policy(matching.policy)
        added = self._in_added(matching.added, matching.log[-1] if matching.log else None)
        added = added.with_named_away(policy)  # a pair with the person may have been all that named somebody
        bare = matching.model_copy(update={"policy": policy, "added": added})
        before = bare.model_dump(mode="json")
        for duo in before["duos"]:
            if not self.apart((duo["mentor"], duo["mentee"])):
                _blank_duo(duo)
        before["unmatched"] = [self._blank_unmatched(one) for one in before["unmatched"]]
        for entry in before.get("log", ()):
            self._in_entry(entry, signed=policy.log == "signed")
        if "rotation" in before:
            self._in_rotation(before["rotation"], digests)
        relabel(before, new_labels(matching, policy, self.in_data(before.get("added", {})), self.in_text))
        data = self.in_data(before)
        same = data == matching.model_dump(mode="json")
        origin = data["digests"]
        if people is not None and people[0] != people[1] and origin["cohort"] == people[0]:
            origin.update(cohort=people[1], file=None)
            same = False
        if same:
            return matching
        origin["policy"] = policy.sha256
        origin.pop("version_1", None)
        data["forgotten"] = sorted({*data.get("forgotten", ()), self.tombstone}, key=_number)
        return Matching.model_validate(data).with_changes()

    def _blank_unmatched(self, left: dict[str, Any]) -> dict[str, Any]:
        if not self.is_person(left["id"]):
            return left
        kept = {name: left[name] for name in ("id", "role", "reason")}
        return {**kept, "allowed_partners": 0}

    def _in_entry(self, entry: dict[str, Any], *, signed: bool) -> None:
        """Take pairs of the person, and free texts that name them, out of an entry of the log."""
        said = dict(entry)
        for name in ("fixed", "forbidden", "lifted", "avoided"):
            if name in entry:
                entry[name] = list(filter(self.apart, entry[name]))
        for name in ("author", "reason"):
            if entry.get(name) and self.names_person(entry[name]):
                del entry[name]
        if "waited" in entry:
            entry["waited"] = {name: one for name, one in entry["waited"].items() if not self.is_person(name)}
        if "logged" in entry:
            entry["logged"] = [one for one in map(self._in_logged, entry["logged"]) if one is not None]
        if signed:  # it stays signed, if only by nobody
            unexplained = entry.get("logged") != said.get("logged")
            lost = [name for name in ("author", "reason") if said.get(name) and not entry.get(name)]
            lost += ["reason"] if unexplained and not entry.get("reason") else []
            entry.update(dict.fromkeys(lost, self.tombstone))

    def _in_logged(self, one: dict[str, Any]) -> dict[str, Any] | None:
        """Return a change without what it says of the person; ``None`` if it parted them from somebody."""
        involved = [one["person"], one.get("partner")]
        if not any(map(self.is_person, involved)):
            named = self.names_person(one.get("comment") or "")
            return {name: value for name, value in one.items() if not (named and name == "comment")}
        if one["kind"] == "declined":
            return None
        return {name: value for name, value in one.items() if name not in ("comment", "reason")}

    def _in_rotation(self, rotation: dict[str, Any], digests: Mapping[str, str]) -> None:
        rotation["previous"] = digests.get(rotation["previous"], rotation["previous"])
        for part in (rotation, *rotation.get("from_history", ())):
            for name in ("forbidden", "lifted", "avoided"):
                if name in part:
                    part[name] = list(filter(self.apart, part[name]))
        if "decisions" in rotation:
            kept = [one for one in rotation["decisions"] if self.apart((one["mentor"], one["mentee"]))]
            rotation["decisions"] = kept
        if "fixed" in rotation:
            rotation["fixed"] = list(filter(self.apart, rotation["fixed"]))
        if "learned" in rotation:
            rotation["learned"] = [
                one for one in rotation["learned"] if not any(map(self.is_person, _texts_in(one)))
            ]
        if "from_history" in rotation:
            rotation["from_history"] = [
                one for one in rotation["from_history"] if one.get("forbidden") or one.get("avoided")
            ]

    # Histories

    def in_history(self, history: History, digests: Mapping[str, str]) -> History:
        """Return a history without the person; its chain is made anew from the first change on."""
        data = history.model_dump(mode="json")
        before = ""
        for entry in data["rounds"]:
            for name in ("forbidden", "lifted", "avoided"):
                if name in entry:
                    entry[name] = list(filter(self.apart, entry[name]))
                    if not entry[name]:
                        del entry[name]
            entry["matching"] = digests.get(entry["matching"], entry["matching"])
            entry.update(self.in_data(entry))
            before = entry["sha256"] = digest_of(entry, before)
        data["sha256"] = before
        if "published" in data:
            running = self.in_data(data["published"])
            running["matching"] = digests.get(running["matching"], running["matching"])
            data["published"] = {**running, "sha256": digest_of(running, before)}
        return History.model_validate(data)

    # People and answers

    def in_cohort(self, cohort: Cohort) -> Cohort:
        """Return people without the person, whom nobody names any more."""
        kept = [place for place, one in enumerate(cohort.participants) if not self.is_person(one.id)]
        people = tuple(self._in_participant(cohort.participants[place]) for place in kept)
        source = cohort.source
        places = None if source.places is None else tuple(source.places[place] for place in kept)
        rows = tuple(source.rows[place] for place in kept)
        bare = Source(source.name, rows, None, source.frame_kind, places)
        away = tuple(name for name in cohort.away if not self.is_person(name))
        return replace(cohort, participants=people, source=bare, away=away)

    def _in_participant(self, one: Participant) -> Participant:
        wanted = [place for place, name in enumerate(one.wants) if not self.is_person(name)]
        update: dict[str, Any] = {
            "wants": tuple(one.wants[place] for place in wanted),
            "wants_ranks": tuple(one.wants_ranks[place] for place in wanted) if one.wants_ranks else (),
            "avoids": tuple(name for name in one.avoids if not self.is_person(name)),
            "manager_id": None if one.manager_id and self.is_called(one.manager_id) else one.manager_id,
            "prefers": tuple(said for said in one.prefers if not self._is_preferred(said)),
            "goals": tuple(map(self.in_text, one.goals)),
            "department": one.department and self.in_text(one.department),
            "location": one.location and self.in_text(one.location),
            "attributes": {name: self._in_attribute(value) for name, value in one.attributes.items()},
        }
        same = all(getattr(one, name) == value for name, value in update.items())
        return one if same else one.model_copy(update=update)

    def _is_preferred(self, said: str) -> bool:
        """Say whether a preference is about the person: ``id=lea:no``."""
        field, _, values = said.partition("=")
        named = re.split(r"[|:]", values)
        return any(self.is_called(value, of_people=field.rstrip("!") in _FIELDS_OF_IDS) for value in named)

    def _in_attribute(self, value: Any) -> Any:
        """Return what stands in a column of an organisation's own, which may hold ids, in lists too."""
        if isinstance(value, tuple):
            kept = [part for part in value if not (isinstance(part, str) and self.is_called(part))]
            return tuple(self.in_data(part) for part in kept)
        return self.in_data(value)

    def in_feedback(self, feedback: Feedback) -> Feedback:
        """Return the answers about duos of others, with the tombstone where a comment names the person."""
        kept = [place for place, one in enumerate(feedback.records) if self.apart((one.mentor, one.mentee))]
        records = []
        for place in kept:
            one = feedback.records[place]
            said = self.in_text(one.comment) if one.comment else one.comment
            records.append(one if said == one.comment else one.model_copy(update={"comment": said}))
        rows = tuple(feedback.source.rows[place] for place in kept)
        return Feedback(tuple(records), Source(feedback.source.name, rows))


@check_arguments
def forget(person: str, *records: Any) -> tuple[Any, ...]:
    """Erase a person from records, and put a tombstone in their place.

    Give all records of a programme in one call: then the person has one tombstone in all of them, a history
    and a further round keep pointing to the matchings that change, and what the person is called (name and
    e-mail address, by the people) is erased from texts as well.

    Parameters
    ----------
    person : str
        Id of the person.
    *records : Matching, RotationPlan, CircleMatching, History, Cohort, Feedback or Policy
        The records, which are not changed.

    Returns
    -------
    tuple
        The records without the person, in the same order. A matching and circles in which the person stood
        say so: ``forgotten`` lists the tombstones; of a plan its rounds say it.

    Raises
    ------
    CohortError
        If the person stands in none of the records.
    InputError
        If something is none of these records.

    Examples
    --------
    >>> import reverse_match as rm
    >>> cohort = rm.read_cohort(rm.demo_path())
    >>> matching = rm.match(cohort)
    >>> without, people = rm.forget("adam.levy", matching, cohort)
    >>> without.forgotten, "adam.levy" in without.to_json()
    (('forgotten-1',), False)
    >>> without.duos[-1].mentor == "adam.levy", len(cohort.participants) - len(people.participants)
    (False, 1)
    """
    if not person.strip():
        raise InputError([Fault("not an id; right would be the id of somebody, as text", column="person")])
    for one in records:
        if not isinstance(one, RECORDS):
            message = (
                "not a record to forget somebody in; right would be matchings, histories, people, feedback"
            )
            raise InputError([Fault(message, column="records", code="wrong-type")])
    eraser = Eraser(person, called_in(person, records), next_tombstone(records))
    people = {one.sha256: eraser.in_cohort(one).sha256 for one in records if isinstance(one, Cohort)}
    erased = erase(eraser, records, people)
    if all(one == other for one, other in zip(records, erased, strict=True)):
        message = "nobody has this id in these records; right would be the id of somebody who is in them"
        raise CohortError([Fault(message, column="person", code="unknown-id")])
    return erased


def erase(eraser: Any, records: Sequence[Any], people: Mapping[str, str]) -> tuple[Any, ...]:
    """Return records without a person; matchings first, so that what points to them can follow.

    Parameters
    ----------
    eraser : Eraser or Pseudonyms
        What makes each of the new records.
    records : sequence
        Matchings, plans, circles, histories, people, feedback, policies.
    people : mapping of str to str
        Digest of people without the person, by that with the person.
    """
    digests: dict[str, str] = {}
    found: dict[int, Any] = {}
    matchings = [place for place, one in enumerate(records) if isinstance(one, Matching)]
    for place in sorted(matchings, key=lambda at: records[at].rotation.round if records[at].rotation else 1):
        matching = records[place]
        known = people.get(matching.digests.cohort)
        pair = None if known is None else (matching.digests.cohort, known)
        found[place] = eraser.in_matching(matching, digests, pair)
        digests.update(dict.fromkeys(matching.known_as, found[place].sha256))
    tombstone = getattr(eraser, "tombstone", None)
    others: dict[type, Callable[[Any], Any]] = {
        RotationPlan: lambda one: plan_with(eraser, one, people),
        CircleMatching: lambda one: circles_with(eraser, one, people, tombstone),
        History: lambda one: eraser.in_history(one, digests),
        Cohort: eraser.in_cohort,
        Feedback: eraser.in_feedback,
        Policy: eraser.in_policy,
    }
    for place, one in enumerate(records):
        if place not in found:
            found[place] = next(work for kind, work in others.items() if isinstance(one, kind))(one)
    return tuple(found[place] for place in range(len(records)))


def called_in(person: str, records: Iterable[Any]) -> list[str]:
    """Return the names and addresses that people have for an id."""
    cohorts = [one for one in records if isinstance(one, Cohort)]
    found = [one for cohort in cohorts for one in cohort.participants if id_key(one.id) == id_key(person)]
    return [text for one in found for text in (one.name, one.email) if text]


def next_tombstone(records: Iterable[Any]) -> str:
    """Return the first tombstone that stands in no record."""
    written = " ".join(_written(one) for one in records)
    taken = {int(number) for number in re.findall(rf"{PREFIX}(\d+)", written)}
    return f"{PREFIX}{max(taken, default=0) + 1}"


def _written(record: Any) -> str:
    if isinstance(record, Cohort):
        return " ".join(one.model_dump_json() for one in record.participants)
    if isinstance(record, Feedback):
        return " ".join(one.model_dump_json() for one in record.records)
    text: str = record.model_dump_json()
    return text


def _number(tombstone: str) -> int:
    return int(tombstone.removeprefix(PREFIX))


def _spellings(called: Iterable[str]) -> set[str]:
    """Return what somebody is called, and each name also with its words the other way round."""
    texts = {unicodedata.normalize("NFC", text.strip()) for text in called if text.strip()}
    words = [text.replace(",", " ").split() for text in texts if " " in text]
    return texts | {" ".join(one) for one in words} | {" ".join([one[-1], *one[:-1]]) for one in words}


def _blank_duo(duo: dict[str, Any]) -> None:
    """Take out of a duo all that explains its score."""
    duo["contributions"] = dict.fromkeys(duo["contributions"], 0.0)
    duo.update(missing=[], name_matches=[])
    for name in ("common_times", "matters_most", "weights", "credits"):
        duo.pop(name, None)


def _texts_in(record: Mapping[str, Any]) -> list[str]:
    return [value for value in record.values() if isinstance(value, str)]


def mapped_list(before: list[Any], change: Callable[[Any], Any]) -> list[Any]:
    """Return a list with its parts changed, in the order that it had; a pair in it keeps its sides."""
    return _in_order_as_before(
        before, [[*map(change, part)] if isinstance(part, list) else change(part) for part in before]
    )


def _in_order_as_before(before: list[Any], after: list[Any]) -> list[Any]:
    """Return a changed list in the order that the unchanged one had, if that was one of names."""
    if before == after:
        return after
    for key in _ORDERS:
        try:
            if before == sorted(before, key=key):
                return sorted(after, key=key)
        except (KeyError, TypeError, ValueError, AttributeError):
            continue
    return after


def _of_change(change: Any) -> Any:
    return KINDS.index(change["kind"]), change.get("mentor") or "", change.get("mentee") or ""


def _of_logged(one: Any) -> Any:
    return one["person"], one["kind"], one.get("partner") or "", one.get("fields") or []


_ORDERS: tuple[Callable[[Any], Any], ...] = (
    _of_logged,
    lambda one: (one["person"], one["skill"]),
    _of_change,
    lambda one: (one["until"], one["mentor"], one["mentee"]),
    lambda one: (one["mentor"], one["mentee"]),
    lambda one: (one["id"], one["role"]),
    lambda one: (one["mentors"], one["mentees"]),
    lambda one: (one["role"], one["joined_by"], "beside" in one),
    lambda one: (one["role"], one["people"]),
    lambda one: one if isinstance(one, str) else [*one] if isinstance(one, list) else one["no name"],
)
"""What lists of records are sorted by."""
