"""How answers about pairs are shown: an explanation, and who else could be with somebody."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from reverse_match.matching.results.explanation import Alternative, Explanation
from reverse_match.views.html import blocks
from reverse_match.views.html.blocks import block, fold, note
from reverse_match.views.html.pair import (
    UNKNOWN_NOTE,
    changes_table,
    contributions_table,
    names_that_match,
    pair_title,
)
from reverse_match.views.records import any_record
from reverse_match.views.words.facts import PairInWords, PartnerInWords, PriceInWords
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.matching.results.explanation import Changes, Partner, ScoredDuo
    from reverse_match.scoring.name_matches import NameMatch
    from reverse_match.views.html.element import Element
    from reverse_match.views.words.phrases import Phrases

notebook = singledispatch(any_record.notebook)


def sentences(answer: Explanation | Alternative, lang: str) -> list[str]:
    """Return the answer in plain sentences, in the order in which a person would ask."""
    match answer:
        case Explanation():
            return _sentences_of_explanation(answer, lang)
        case Alternative():
            return _sentences_of_alternative(answer, lang)


def _sentences_of_explanation(pair: Explanation, lang: str) -> list[str]:
    say = language(lang)
    told = [say.pair(_pair(pair), pair.contributions, formed=pair.matched)]
    told += _of_the_score(say, pair.missing, pair.name_matches)
    told += [say.credited(pair.credits)] if pair.credits else []
    if pair.matched:
        told += [say.fixed()] if pair.fixed else []
        told.append(_forbidding(pair, say))
    else:
        told += [say.ruled_out(pair.blocked_by)] if pair.blocked_by else []
        told.append(say.partners_now(pair.mentor, "mentor", _partners(pair.mentor_partners)))
        told.append(say.partners_now(pair.mentee, "mentee", _partners(pair.mentee_partners)))
        told += _forcing(pair, say)
    told += [say.credits_lost(pair.credits_lost)] if pair.credits_lost else []
    told += [] if pair.worst is None else [say.worst_then(pair.worst)]
    return told + _changes_in_words(say, pair.changes, (pair.mentor, pair.mentee))


def _sentences_of_alternative(other: Alternative, lang: str) -> list[str]:
    say = language(lang)
    partner = PartnerInWords(other.partner, other.score)
    told = [say.partner(other.person, other.role, partner, other.contributions)]
    told += _of_the_score(say, other.missing, ())
    told += [say.credited(other.credits)] if other.credits else []
    told.append(say.costs(PriceInWords(other.cost, other.duos_lost)))
    told += [say.credits_lost(other.credits_lost)] if other.credits_lost else []
    told += [] if other.worst is None else [say.worst_then(other.worst)]
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
    """Return duos that would end or be new, for a notebook."""
    if changes is None:
        return None
    listed = [(what, duo) for what, duos in (("ends", changes.ended), ("new", changes.new)) for duo in duos]
    return fold(
        f"Duos that would end: {len(changes.ended):,}; new: {len(changes.new):,}",
        changes_table((what, duo.mentor, duo.mentee, duo.score) for what, duo in listed),
    )


def _changes_in_words(say: Phrases, changes: Changes | None, asked: tuple[str, str]) -> list[str]:
    """Say which duos would end and which would be new, beside the one that is asked about."""
    told = []
    for duos, words in () if changes is None else ((changes.ended, say.ending), (changes.new, say.beginning)):
        others = [_pair(duo) for duo in duos if (duo.mentor, duo.mentee) != asked]
        told += [words(others, others=len(others) < len(duos))] if others else []
    return told


def _forbidding(pair: Explanation, say: Phrases) -> str:
    if pair.cost_of_forbidding is None and not pair.quotas_in_the_way:
        return say.fixed_the_other_way()
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


def _pair(duo: Explanation | ScoredDuo) -> PairInWords:
    return PairInWords(duo.mentor, duo.mentee, duo.score)


def _partners(partners: Sequence[Partner]) -> list[PartnerInWords]:
    return [PartnerInWords(partner.id, partner.score) for partner in partners]
