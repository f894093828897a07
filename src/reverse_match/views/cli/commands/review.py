"""``reverse-match review``: shows proposals by feedback for each duo, and the indicators of a round."""

from __future__ import annotations

import json
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

import reverse_match as rm
from reverse_match.views.cli import options as opt
from reverse_match.views.cli.exit_codes import exit_codes
from reverse_match.views.cli.terminal import tell_note
from reverse_match.views.with_names import put_names


class ReviewFormat(StrEnum):
    """Formats in which a review is shown: sentences, all data, or the indicators alone."""

    text = "text"
    json = "json"
    csv = "csv"


def review(
    matching: opt.StoredMatching,
    people: opt.PeopleFiles,
    feedback: Annotated[Path, opt.option("--feedback", "What duos have said: .csv, .xlsx or .json.")],
    programme: Annotated[
        Path | None, opt.option("--programme", "Programme file: says how many sessions were planned.")
    ] = None,
    policy: opt.PolicyFile = None,
    lang: opt.SentenceLang = opt.LOCALE,
    form: Annotated[
        ReviewFormat, typer.Option("--format", help="Sentences, all data, or the figures alone.")
    ] = ReviewFormat.text,
    mapping: opt.Map = None,
    anonymous: opt.Anonymous = False,
) -> None:
    with exit_codes(lang) as results:
        stored = opt.read_matching(matching)
        said = _said_of_its_duos(stored, rm.read_feedback(feedback), lang)
        chosen = opt.read_policy(policy)
        plan = None if programme is None else rm.Programme.load(programme)
        cohort = opt.read_people(people, mapping, stored.as_of, lang)
        cohort = cohort.with_digest(stored.digests.cohort)
        minutes = None if plan is None else plan.session.minutes
        proposed = rm.proposals(stored, said, chosen, session_minutes=minutes)
        number = 1 if stored.rotation is None else stored.rotation.round
        planned = None if plan is None else _FromRound(plan, number)
        figures = rm.indicators(stored, said, cohort, programme=planned)
        if form is ReviewFormat.csv:
            results.print_file(figures.to_csv())
        elif form is ReviewFormat.json:
            told = [proposal.model_dump(mode="json") for proposal in proposed]
            data = {"proposals": told, "indicators": figures.model_dump(mode="json")}
            results.print_data(json.dumps(data, indent=2, ensure_ascii=False))
        else:
            names = opt.Looks(lang, anonymous).names_of(cohort)
            shown = [put_names(proposal, names) for proposal in proposed]
            lines = [" ".join(proposal.sentences(lang)) for proposal in shown]
            results.print_text("\n".join([*lines, "", *figures.sentences(lang)]))


class _FromRound(NamedTuple):
    """A programme as seen by a matching that stands for round ``first`` of it and counts rounds from 1."""

    programme: rm.Programme
    first: int

    def sessions_planned(self, number: int, until: date | None = None) -> int:
        """Return the number of planned sessions of a duo in a round, by the matching's count of rounds."""
        return self.programme.sessions_planned(self.first - 1 + number, until)


def _said_of_its_duos(stored: rm.Matching, said: rm.Feedback, lang: str) -> rm.Feedback:
    """Return the feedback of a round on its duos; note on standard error how many answers are left out."""
    from reverse_match.programme.rotate import feedback_in_round, known_duos

    said.refuse_strangers(known_duos(stored))
    counts = feedback_in_round(said, stored).about(stored.duos)
    if others := len(said.records) - len(counts.records):
        answers = "1 answer is" if others == 1 else f"{others} answers are"
        tell_note(f"{answers} of an earlier round, or of a duo that is none now; left out", lang)
    return counts
