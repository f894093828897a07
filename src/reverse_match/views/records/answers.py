"""Views of answers: explanations, alternatives, unmatched people, shortages and conflicts."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from reverse_match.matching.results.conflict import Conflict, Relaxation, UnknownValue
from reverse_match.matching.results.explanation import Alternative, Explanation
from reverse_match.matching.results.unmatched import LeftOut, Shortage, Unmatched
from reverse_match.views.html import blocks
from reverse_match.views.html.blocks import (
    UNKNOWN_NOTE,
    Column,
    block,
    changes_table,
    contributions_table,
    facts,
    fold,
    names_that_match,
    note,
    pair_title,
    table,
)
from reverse_match.views.html.element import name_of
from reverse_match.views.records import any_record
from reverse_match.views.words.facts import PriceInWords
from reverse_match.views.words.formatter import MOST_LISTED
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import BaseModel

    from reverse_match.matching.results.explanation import Changes
    from reverse_match.scoring.name_matches import NameMatch
    from reverse_match.views.html.element import Element
    from reverse_match.views.words.phrases import Phrases


notebook = singledispatch(any_record.notebook)


@singledispatch
def sentences(record: BaseModel, lang: str) -> list[str]:
    """Return an answer in plain sentences, in the order in which a person would ask."""
    raise NotImplementedError(type(record), lang)


@sentences.register
def _sentences_of_explanation(pair: Explanation, lang: str) -> list[str]:
    say = language(lang)
    told = [say.pair(pair)]
    told += _of_the_score(say, pair.missing, pair.name_matches)
    told += [say.common_times(pair.common_times)] if pair.common_times else []
    told += [say.matters_most(pair.matters_most)] if pair.matters_most else []
    told += [say.credited(pair.credits)] if pair.credits else []
    told += [say.waived_rule(one) for one in pair.waived]
    if pair.matched:
        told += [say("duo fixed")] if pair.fixed else []
        told.append(_forbidding(pair, say))
    else:
        told += [say.ruled_out(pair.blocked_by)] if pair.blocked_by else []
        told += [say.personal_rule(rule) for rule in pair.personal_rules]
        told.append(say.partners_now(pair.mentor, "mentor", pair.mentor_partners))
        told.append(say.partners_now(pair.mentee, "mentee", pair.mentee_partners))
        told += _forcing(pair, say)
    told += [say.more_lacking(pair.more_lacking)] if pair.more_lacking else []
    told += [say.credits_lost(pair.credits_lost)] if pair.credits_lost else []
    told += [] if pair.worst is None else [say("worst then", score=say.formatter.score(pair.worst))]
    told += _evenness(pair.shared_more, say)
    return told + _changes_in_words(say, pair.changes, (pair.mentor, pair.mentee))


@sentences.register
def _sentences_of_alternative(other: Alternative, lang: str) -> list[str]:
    say = language(lang)
    told = [say.partner(other)]
    told += _of_the_score(say, other.missing, ())
    told += [say.matters_most(other.matters_most)] if other.matters_most else []
    told += [say.credited(other.credits)] if other.credits else []
    told.append(say.costs(PriceInWords(other.cost, other.duos_lost)))
    told += [say.more_lacking(other.more_lacking)] if other.more_lacking else []
    told += [say.credits_lost(other.credits_lost)] if other.credits_lost else []
    told += [] if other.worst is None else [say("worst then", score=say.formatter.score(other.worst))]
    told += _evenness(other.shared_more, say)
    return told + _changes_in_words(say, other.changes, _ends(other))


@notebook.register
def _notebook_of_explanation(pair: Explanation) -> str:
    verb = "teaches" if pair.matched else "would teach"
    return block(
        pair_title(pair.mentor, pair.mentee, verb, pair.score),
        blocks.sentences(pair.sentences()),
        contributions_table(pair.contributions, pair.missing, pair.score),
        note(UNKNOWN_NOTE) if pair.missing else None,
        names_that_match(pair.name_matches),
        duos_that_change(pair.changes),
    )


@notebook.register
def _notebook_of_alternative(other: Alternative) -> str:
    return block(
        pair_title(*_ends(other), "could teach", other.score),
        blocks.sentences(other.sentences()),
        contributions_table(other.contributions, other.missing, other.score),
        note(UNKNOWN_NOTE) if other.missing else None,
        duos_that_change(other.changes),
    )


def duos_that_change(changes: Changes | None) -> Element | None:
    """Return a table of duos that would end or be new, for a notebook."""
    if changes is None:
        return None
    listed = [(what, duo) for what, duos in (("ends", changes.ended), ("new", changes.new)) for duo in duos]
    return fold(
        f"Duos that would end: {len(changes.ended):,}; new: {len(changes.new):,}",
        changes_table((what, duo.mentor, duo.mentee, duo.score) for what, duo in listed),
    )


def _changes_in_words(say: Phrases, changes: Changes | None, asked: tuple[str, str]) -> list[str]:
    """Return sentences on the duos that would end and be new, other than the duo of the question."""
    told = []
    for duos, words in () if changes is None else ((changes.ended, say.ending), (changes.new, say.beginning)):
        others = [duo for duo in duos if (duo.mentor, duo.mentee) != asked]
        told += [words(others, others=len(others) < len(duos))] if others else []
    return told


def _evenness(shared_more: int | None, say: Phrases) -> list[str]:
    """Return a sentence on how much less, or more, evenly duos would lie."""
    if not shared_more:
        return []
    return [say.counted("less even" if shared_more > 0 else "more even", abs(shared_more))]


def _forbidding(pair: Explanation, say: Phrases) -> str:
    if pair.cost_of_forbidding is None and not pair.quotas_in_the_way:
        return say("fixed the other way")
    if pair.cost_of_forbidding is None:
        return say.cannot_forbid(pair.quotas_in_the_way)
    return say.forbidding(PriceInWords(pair.cost_of_forbidding, pair.duos_lost or 0), waived=pair.waiver)


def _forcing(pair: Explanation, say: Phrases) -> list[str]:
    if pair.cost_of_forcing is None:
        return [say.cannot_force(pair.quotas_in_the_way)]
    told = [say.quotas_in_the_way(pair.quotas_in_the_way)] if pair.quotas_in_the_way else []
    return [*told, say.forcing(PriceInWords(pair.cost_of_forcing, pair.duos_lost or 0), len(pair.blocked_by))]


def _of_the_score(say: Phrases, missing: Sequence[str], names: Sequence[NameMatch]) -> list[str]:
    return ([say.not_known(missing)] if missing else []) + ([say.shared_names(names)] if names else [])


def _ends(other: Alternative) -> tuple[str, str]:
    return (other.person, other.partner) if other.role == "mentor" else (other.partner, other.person)


MOST_POINTS_SHOWN = 100
"""Largest distance that a sentence states: a larger one has the charge of a lacking duo in it."""


@sentences.register
def _sentences_of_unmatched(left: Unmatched, lang: str) -> list[str]:
    say = language(lang)
    if left.reason == "sits_out":
        return [say.sits_out(left.id, left.role)]
    if left.reason == "no_allowed_partner":
        return [say.no_allowed_partner(left.id, left.role, left.blocked_by)]
    if left.reason == "below_minimum_score":
        return [say.below_minimum(left.id, left.role, left.blocked_by)]
    near = left.nearest
    by = None if near is None or near.by is None or near.by > MOST_POINTS_SHOWN else near.by
    if left.reason == "quota_full":
        told = [say.quota_full(left.id, left.role, left.allowed_partners, left.quotas)]
        return told + ([] if near is None else [say.next_to(near.partner, near.taken_by, by)])
    told = [say.partners_taken(left.id, left.role, left.allowed_partners)]
    return told + ([] if near is None else [say.nearest(near.partner, near.taken_by, by)])


@sentences.register
def _sentences_of_shortage(short: Shortage, lang: str) -> list[str]:
    say = language(lang)
    told = [say.shortage(short.role, len(short.people), short.wanted, len(short.partners), short.places)]
    return told + (
        [say("competing", people=say.formatter.join_names(short.people))]
        if len(short.people) <= MOST_LISTED
        else []
    )


@sentences.register
def _sentences_of_left_out(answer: LeftOut, lang: str) -> list[str]:
    told = answer.unmatched.sentences(lang)
    if answer.alternative is not None:
        # The exact cost of the alternative replaces the lower bound of the nearest partner.
        told = [told[0], *answer.alternative.sentences(lang)]
    return told + ([] if answer.shortage is None else answer.shortage.sentences(lang))


def reason(left: Unmatched) -> str:
    """Return the reason as a short clause without the name, for a cell of a table."""
    return language("en").without_duo(left.reason, left.allowed_partners, left.blocked_by, left.quotas)


@notebook.register
def _notebook_of_unmatched(left: Unmatched) -> str:
    return block(
        _title(left),
        blocks.sentences(left.sentences()),
        facts([("possible partners", left.allowed_partners)]),
        _rules(left),
    )


@notebook.register
def _notebook_of_left_out(answer: LeftOut) -> str:
    other = answer.alternative
    return block(
        _title(answer.unmatched),
        blocks.sentences(answer.sentences()),
        _rules(answer.unmatched),
        None if other is None else duos_that_change(other.changes),
    )


def _title(left: Unmatched) -> list[Element | str]:
    return [name_of(left.id), f" has no duo as {left.role}"]


def _rules(left: Unmatched) -> Element | None:
    return table([Column("rule"), Column("partners it forbids", 0)], list(left.blocked_by.items()))


@sentences.register
def _sentences_of_relaxation(change: Relaxation, lang: str) -> list[str]:
    return [language(lang).relaxation(change)]


@sentences.register
def _sentences_of_unknown_value(value: UnknownValue, lang: str) -> list[str]:
    return [language(lang).nobody_has(value.quota, value.path, str(value.value), value.nearest)]


@sentences.register
def _sentences_of_conflict(record: Conflict, lang: str) -> list[str]:
    return [
        record.sentence(lang),
        *(line for value in record.unknown_values for line in value.sentences(lang)),
        *(line for change in record.relaxations for line in change.sentences(lang)),
    ]


def sentence(conflict: Conflict, lang: str) -> str:
    """Return a conflict as one sentence."""
    say = language(lang)
    if conflict.clash == "capacity":
        person = next(demand for demand in conflict.demands if demand.kind == "capacity")
        has = conflict.fixed_duos or int(person.bound or 0) + 1
        return say.too_many_fixed(person.ids[0], person.role or "mentor", has, int(person.bound or 0))
    if conflict.clash is not None:
        duo = next(demand.duos[0] for demand in conflict.demands if demand.kind == "fix")
        return say.fixed_and_forbidden(*duo, conflict.clash)
    return say.conflict(conflict.demands, leaves_no_duo=conflict.leaves_no_duo)
