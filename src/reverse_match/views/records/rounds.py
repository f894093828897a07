"""How rounds are shown: a plan of them, the passage to the next, and what should become of a duo."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from reverse_match.matching.results.plan import SittingOut
from reverse_match.matching.results.proposal import KEEPING, Proposal
from reverse_match.matching.results.rotation import Change
from reverse_match.views.records import any_record
from reverse_match.views.words.facts import ChangeInWords, ProposalInWords, ProposalReasonInWords
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from pydantic import BaseModel

    from reverse_match.matching.results.proposal import ProposalReason
    from reverse_match.views.words.phrases import Phrases

notebook = any_record.notebook


@singledispatch
def sentences(record: BaseModel, lang: str) -> list[str]:
    """Return what a record says in plain sentences, in the order in which a person would ask."""
    raise NotImplementedError(type(record), lang)


@sentences.register
def _sentences_of_change(change: Change, lang: str) -> list[str]:
    return [language(lang).change(_in_words(change))]


@sentences.register
def _sentences_of_sitting_out(one: SittingOut, lang: str) -> list[str]:
    return [language(lang).sits_out_rounds(one.id, one.role, one.rounds, one.reason, one.partners)]


@sentences.register
def _sentences_of_proposal(proposal: Proposal, lang: str) -> list[str]:
    say = language(lang)
    duo = ProposalInWords(
        proposal.mentor, proposal.mentee, proposal.proposal, proposal.format, proposal.minutes
    )
    told = [say.proposal(duo), *(_reason_in_words(proposal, reason, say) for reason in proposal.reasons)]
    if proposal.may_stay is None or proposal.proposal not in KEEPING:
        return told
    return [*told, say.rotation_of_proposed(may_stay=proposal.may_stay, both=proposal.both_want_to_keep)]


def _reason_in_words(proposal: Proposal, reason: ProposalReason, say: Phrases) -> str:
    if reason.by is None:
        return say.nothing_said() if reason.code == "nothing_said" else say.nothing_against()
    return say.reason_of_proposal(
        ProposalReasonInWords(
            reason.code,
            proposal.mentor if reason.by == "mentor" else proposal.mentee,
            reason.by,
            reason.because[-1].on,
            reason.format,
            reason.number,
            reason.out_of,
        )
    )


def why(change: Change, lang: str) -> str:
    """Return the reason alone, without the names of the duo; empty where there is nothing to say."""
    return language(lang).reason_of_change(_in_words(change))


def _in_words(change: Change) -> ChangeInWords:
    return ChangeInWords(
        change.kind,
        change.mentor,
        change.mentee,
        change.reason,
        change.who,
        change.rules,
        change.format,
        change.minutes,
        change.rounds_without or 0,
    )
