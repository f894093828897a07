"""Views of plans, rotations and proposals."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from reverse_match.matching.results.plan import RotationPlan, SittingOut
from reverse_match.matching.results.proposal import Proposal
from reverse_match.matching.results.rotation import Change, Rotation
from reverse_match.views.html import blocks
from reverse_match.views.html.blocks import Column, block, fold, note, table
from reverse_match.views.html.element import name_of
from reverse_match.views.proposals_in_words import outlook_worth_saying, reasons_in_words
from reverse_match.views.records import any_record
from reverse_match.views.records.matching import duo_table
from reverse_match.views.summaries import ROUND_HEADS, change_rows, plan_lines, rotation_lines, round_rows
from reverse_match.views.with_names import names_beside, put_names
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from pydantic import BaseModel

    from reverse_match.views.html.blocks import Cell

notebook = singledispatch(any_record.notebook)

CHANGE_HEADS = ("", "mentor", "mentee", "score (0 to 1)", "why")
"""Headings of the table of changes in a rotation."""


@singledispatch
def sentences(record: BaseModel, lang: str) -> list[str]:
    """Return a change, a sitting out or a proposal in plain sentences."""
    raise NotImplementedError(type(record), lang)


@sentences.register
def _sentences_of_change(change: Change, lang: str) -> list[str]:
    return [language(lang).change(change)]


@sentences.register
def _sentences_of_sitting_out(one: SittingOut, lang: str) -> list[str]:
    return [language(lang).sits_out_rounds(one.id, one.role, one.rounds, one.reason, one.partners)]


@sentences.register
def _sentences_of_proposal(proposal: Proposal, lang: str) -> list[str]:
    say = language(lang)
    told = [say.proposal(proposal), *reasons_in_words(proposal, say)]
    told += [] if proposal.decision is None else [say(f"decided {proposal.decision}")]
    outlook = outlook_worth_saying(proposal)
    return told + ([] if outlook is None else [say.outlook(outlook, proposal)])


@notebook.register(RotationPlan)
def _notebook_of_plan(plan: RotationPlan) -> str:
    say, names = language("en"), names_beside(plan.rounds[0]) if plan.rounds else {}
    rounds = [
        fold(f"Round {number}: {say.count_duos(len(matching.duos))}", duo_table(matching, names))
        for number, matching in enumerate(plan.rounds, 1)
    ]
    told = [line for one in plan.sitting_out for line in put_names(one, names).sentences()]
    return block(
        [f"A plan of {say.counted('n rounds', len(plan.rounds))} · {say.count_duos(plan.certificate.duos)}"],
        blocks.sentences(plan_lines(plan)),
        table([Column(say(f"head {head}"), 0) for head in ROUND_HEADS], round_rows(plan)),
        *rounds,
        fold(f"Who sits out: {len(told):,}", blocks.sentences(told)),
    )


@notebook.register(Rotation)
def _notebook_of_rotation(rotation: Rotation) -> str:
    columns = [Column(head, 3 if head.startswith("score") else None) for head in CHANGE_HEADS]
    learned = [one.model_dump(mode="json") for one in rotation.learned]
    return block(
        [language("en")("round from", number=rotation.round, day=rotation.on)],
        blocks.sentences(rotation_lines(rotation)),
        note("Roles are swapped against the round before.") if rotation.reciprocal else None,
        table(columns, change_rows(rotation), "What becomes of duos", ": rotation.changes has all"),
        any_record.fold_rows("Skills learned", learned) if learned else None,
    )


@notebook.register(Proposal)
def _notebook_of_proposal(proposal: Proposal) -> str:
    answers: list[list[Cell]] = [[said.by, str(said.on), said.record] for said in proposal.because]
    return block(
        [name_of(proposal.mentor), " and ", name_of(proposal.mentee), f" · proposed: {proposal.proposal}"],
        blocks.sentences(proposal.sentences()),
        table(
            [Column("answer of"), Column("on"), Column("place in feedback.records", 0)],
            answers,
            "The answers that led to it",
        ),
    )


def why(change: Change, lang: str) -> str:
    """Return the reason of a change alone, without the names of the duo; it may be empty."""
    return language(lang).reason_of_change(change)
