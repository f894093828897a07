"""``reverse-match review``: shows proposals by feedback for each duo, and the indicators of rounds."""

from __future__ import annotations

import json
from datetime import date
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

import reverse_match as rm
from reverse_match.foundation.errors import Fault, InputError
from reverse_match.views.cli import options as opt
from reverse_match.views.cli.command_results import check_ending
from reverse_match.views.cli.exit_codes import exit_codes
from reverse_match.views.cli.terminal import tell_note
from reverse_match.views.with_names import put_names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reverse_match.views.text_table import Part


class ReviewFormat(StrEnum):
    """Formats in which a review is shown: sentences, all data, the indicators alone, a page for a board."""

    text = "text"
    json = "json"
    csv = "csv"
    html = "html"


OUT_ENDINGS = (".html", ".csv", ".xlsx", ".json")
"""Suffixes of files that a review writes."""


def review(
    matching: opt.StoredMatching,
    people: opt.PeopleFiles,
    feedback: Annotated[Path, opt.option("--feedback", "What duos have said: .csv, .xlsx or .json.")],
    programme: Annotated[
        Path | None,
        opt.option("--programme", "Programme file: planned sessions, months of a round, own questions."),
    ] = None,
    policy: opt.PolicyFile = None,
    earlier: Annotated[
        list[Path] | None,
        opt.option("--earlier", "Matching of an earlier round, the first one first; may be repeated."),
    ] = None,
    by: Annotated[
        list[str] | None,
        opt.option(
            "--by", "Column by whose values figures are given; department if not given; may be repeated."
        ),
    ] = None,
    prefix: Annotated[
        int | None,
        opt.option("--prefix", "Leading parts of a path such as Group/Plant that name a group.", min=1),
    ] = None,
    lang: opt.SentenceLang = opt.LOCALE,
    form: Annotated[
        ReviewFormat,
        typer.Option("--format", help="Sentences, all data, the figures alone, or a page for a board."),
    ] = ReviewFormat.text,
    all_rows: opt.AllRows = False,
    attendance: Annotated[
        Path | None,
        opt.option("--attendance", "Write who held how many sessions here, by name; .csv. Not for a board."),
    ] = None,
    question: opt.Questions = None,
    mapping: opt.Map = None,
    anonymous: opt.Anonymous = False,
    decisions: opt.DecisionFile = None,
    history: Annotated[Path | None, opt.option("--history", "File of the rounds that have ended.")] = None,
    on: Annotated[
        str | None,
        opt.option("--on", "Day on which the next round would begin; that of the last answer if not given."),
    ] = None,
    reciprocal: opt.Reciprocal = False,
    table: opt.DataFiles = None,
    out: Annotated[
        Path | None,
        opt.option(
            "--out",
            "Write here: .xlsx or .csv is a table with a column for decisions, which rotate --decisions "
            "takes back; .html is a page for a board; .json has all data.",
        ),
    ] = None,
) -> None:
    with exit_codes(lang) as results:
        check_ending(out, OUT_ENDINGS)
        check_ending(attendance, (".csv",))
        before = tuple(earlier or ())
        tables = opt.tables_of(table)
        read = (matching, *before, *people.paths, feedback, policy, programme, decisions, history)
        results.plan(out, attendance, reads=(*read, *tables.values()))
        stored, rounds = opt.read_matching(matching), [opt.read_matching(path) for path in before]
        plan = None if programme is None else rm.Programme.load(programme)
        everything = rm.read_feedback(feedback, questions=opt.questions_of(question, plan))
        said = _said_of_its_duos(stored, everything, lang, rounds)
        chosen = opt.read_policy(policy)
        cohort = opt.read_people(people, mapping, stored.as_of, lang)
        cohort = cohort.with_digest(stored.digests.cohort)
        if chosen is None:
            stored = opt.with_data(stored, cohort, tables, (matching, *people.paths))
        reviewed = _Reviewed([*rounds, stored], said, plan, cohort)
        figures = reviewed.figures(by or ["department"], prefix)
        if attendance is not None:
            results.write(attendance, reviewed.attendance(anonymous=anonymous))
        number = 1 if stored.rotation is None else stored.rotation.round
        if plan is not None and number >= plan.rounds:
            tell_note(f"the programme ends with this round, number {number}: no rotation follows", lang)
        proposed = rm.review(
            stored,
            cohort,
            chosen,
            feedback=_in_round(said, stored),
            on=opt.day_of(on, "--on"),
            programme=plan,
            history=None if history is None else rm.History.load(history),
            decisions=None if decisions is None else rm.read_decisions(decisions),
            reciprocal=reciprocal,
            tables=tables,
        )
        result = _Review(proposed, figures, cohort, None if plan is None else plan.name)
        if out is not None:
            results.write(out, result.content(out, lang, anonymous=anonymous))
        if form in (ReviewFormat.csv, ReviewFormat.html):
            results.print_file(result.page(lang) if form is ReviewFormat.html else figures.to_csv())
        elif form is ReviewFormat.json:
            results.print_data(result.data())
        else:
            looks = opt.Looks(lang, anonymous, all_rows=all_rows)
            results.print(result.shown(looks.names_of(cohort), lang), looks)


class _Review(NamedTuple):
    """What a review has found, in the forms in which it is shown or written."""

    proposed: tuple[rm.results.Proposal, ...]
    figures: rm.results.Indicators
    people: rm.Cohort
    title: str | None

    def content(self, file: Path, lang: str, *, anonymous: bool = False) -> str | bytes:
        """Return the content of a file: a page for a board, all data, or a table for decisions."""
        ending = file.suffix.lower()
        if ending == ".html":
            return self.page(lang)
        if ending == ".json":
            return self.data() + "\n"
        from reverse_match.views.spreadsheet.decision_form import decisions_csv, decisions_workbook

        people = self.people.without_names() if anonymous else self.people
        if ending == ".xlsx":
            return decisions_workbook(self.proposed, people, lang)
        return decisions_csv(self.proposed, people, lang, file.name)

    def page(self, lang: str) -> str:
        """Return the page for a board."""
        return self.figures.to_html(lang, title=self.title)

    def data(self) -> str:
        """Return all data as JSON."""
        told = [proposal.model_dump(mode="json") for proposal in self.proposed]
        data = {"proposals": told, "indicators": self.figures.model_dump(mode="json")}
        return json.dumps(data, indent=2, ensure_ascii=False)

    def shown(self, names: Mapping[str, str], lang: str) -> list[Part]:
        """Return the sentences of the proposals and of the figures."""
        from reverse_match.views.text_table import RowsOf, TextLine, TextList, lines_of

        def line(proposal: rm.results.Proposal) -> str:
            return " ".join(put_names(proposal, names).sentences(lang))

        proposed = TextList(RowsOf(self.proposed, line), "  ")
        return [proposed, TextLine(""), *lines_of(self.figures.sentences(lang))]


class _Reviewed(NamedTuple):
    """The rounds that are reviewed, and what was said in them."""

    rounds: Sequence[rm.Matching]
    said: rm.Feedback
    plan: rm.Programme | None
    people: rm.Cohort

    @property
    def number(self) -> int:
        """The number of the first of the rounds."""
        rotation = self.rounds[0].rotation
        return 1 if rotation is None else rotation.round

    @property
    def ends(self) -> list[date] | None:
        """The last day of each round but the last: the day of rotation still belongs to the one before."""
        later = [matching.rotation for matching in self.rounds[1:]]
        return [rotation.on for rotation in later if rotation is not None] or None

    def figures(self, by: Sequence[str], prefix: int | None) -> rm.results.Indicators:
        planned = None if self.plan is None else _FromRound(self.plan, self.number)
        return rm.indicators(
            self.rounds, self.said, self.people, programme=planned, by=by, prefix=prefix, ends=self.ends
        )

    def attendance(self, *, anonymous: bool) -> str:
        from reverse_match.programme.indicators.attendance import attendance_csv

        listed = rm.attendance(self.rounds, self.said, ends=self.ends)
        named = () if anonymous else self.people.participants
        return attendance_csv(listed, {one.id: one.name for one in named if one.name})


class _FromRound(NamedTuple):
    """A programme as seen by a matching that stands for round ``first`` of it and counts rounds from 1."""

    programme: rm.Programme
    first: int

    @property
    def months(self) -> int:
        """Length of a round in months."""
        return self.programme.months

    def round_begins(self, number: int) -> date:
        """Return the first day of a round, by the matching's count of rounds."""
        return self.programme.round_begins(self.first - 1 + number)

    def sessions_planned(self, number: int, until: date | None = None) -> int:
        """Return the number of planned sessions of a duo in a round, by the matching's count of rounds."""
        return self.programme.sessions_planned(self.first - 1 + number, until)


def _said_of_its_duos(
    stored: rm.Matching, said: rm.Feedback, lang: str, earlier: Sequence[rm.Matching]
) -> rm.Feedback:
    """Return the feedback on the duos of rounds; note on standard error how many answers are left out.

    Raises
    ------
    InputError
        If the earlier rounds are not those before this one, in order.
    """
    from reverse_match.programme.rotate import known_duos

    rounds = [*earlier, stored]
    _refuse_out_of_order(rounds)
    said.refuse_strangers([pair for one in rounds for pair in known_duos(one)])
    duos = [duo for one in rounds for duo in one.duos]
    counts = said.about(duos) if earlier else _in_round(said, stored)
    if others := len(said.records) - len(counts.records):
        answers = "1 answer is" if others == 1 else f"{others} answers are"
        tell_note(f"{answers} of an earlier round, or of a duo that is none now; left out", lang)
    return counts


def _in_round(said: rm.Feedback, stored: rm.Matching) -> rm.Feedback:
    """Return the answers of the round of a matching on its duos."""
    from reverse_match.programme.next_round import feedback_in_round

    return feedback_in_round(said, stored).about(stored.duos)


def _refuse_out_of_order(rounds: Sequence[rm.Matching]) -> None:
    for before, after in pairwise(rounds):
        if after.rotation is None or after.rotation.previous not in before.known_as:
            message = (
                "the rounds do not follow one another; right would be the matching of each round with "
                "--earlier, the first one first, up to the one before"
            )
            raise InputError([Fault(message, "--earlier", code="contradictory")])
