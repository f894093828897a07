"""How it is told why somebody has no duo, and who competes for too few partners."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from reverse_match.matching.results.unmatched import LeftOut, Shortage, Unmatched
from reverse_match.views.html import blocks
from reverse_match.views.html.blocks import TableColumn, block, facts, table
from reverse_match.views.html.element import name_of
from reverse_match.views.records import any_record
from reverse_match.views.records.explanation import duos_that_change
from reverse_match.views.words.formatter import MOST_LISTED
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from reverse_match.views.html.element import Element

notebook = singledispatch(any_record.notebook)


def sentences(record: Unmatched | Shortage | LeftOut, lang: str) -> list[str]:
    """Return the reason, the shortage, or the reason with the shortage behind it, in plain sentences."""
    match record:
        case Unmatched():
            return _sentences_of_unmatched(record, lang)
        case Shortage():
            return _sentences_of_shortage(record, lang)
        case LeftOut():
            return _sentences_of_left_out(record, lang)


def _sentences_of_unmatched(left: Unmatched, lang: str) -> list[str]:
    say = language(lang)
    if left.reason == "sits_out":
        return [say.sits_out(left.id, left.role)]
    if left.reason == "no_allowed_partner":
        return [say.no_allowed_partner(left.id, left.role, left.blocked_by)]
    if left.reason == "below_minimum_score":
        return [say.below_minimum(left.id, left.role, left.blocked_by)]
    near = left.nearest
    if left.reason == "quota_full":
        told = [say.quota_full(left.id, left.role, left.allowed_partners, left.quotas)]
        return told + ([] if near is None else [say.next_to(near.partner, near.taken_by, near.by)])
    told = [say.partners_taken(left.id, left.role, left.allowed_partners)]
    return told + ([] if near is None else [say.nearest(near.partner, near.taken_by, near.by)])


def _sentences_of_shortage(short: Shortage, lang: str) -> list[str]:
    say = language(lang)
    told = [say.shortage(short.role, len(short.people), short.wanted, len(short.partners), short.places)]
    return told + ([say.competing(short.people)] if len(short.people) <= MOST_LISTED else [])


def _sentences_of_left_out(answer: LeftOut, lang: str) -> list[str]:
    told = answer.unmatched.sentences(lang)
    if answer.alternative is not None:
        # What it costs exactly says more than what it costs at least.
        told = [told[0], *answer.alternative.sentences(lang)]
    return told + ([] if answer.shortage is None else answer.shortage.sentences(lang))


def reason(left: Unmatched) -> str:
    """Return the reason in one short clause, without the name: for a cell of a table."""
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
    return table([TableColumn("rule"), TableColumn("partners it forbids", 0)], list(left.blocked_by.items()))
