"""The command line. Standard output carries only the result; errors, notes and progress go to standard error.

Exit codes: 0 done; 1 something else cannot be done; 2 the input or the policy is wrong; 3 no matching can
satisfy the rules; 4 verification failed; 130 interrupted.

What only some commands need, these import themselves: ``--help`` comes at once.
"""

from __future__ import annotations

import io
import json
import sys
from contextlib import contextmanager, suppress
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer
from rich.text import Text

import reverse_match as rm  # each name of it loads what it needs when a command uses it
from reverse_match import views
from reverse_match.foundation.arguments import MOST_MEMORY, MOST_ROUNDS, MOST_THREADS
from reverse_match.foundation.bounded_file import RECORD_BYTES, file_bytes
from reverse_match.foundation.errors import (
    Fault,
    InfeasibleError,
    InputError,
    ReverseMatchError,
    RotationError,
    SizeError,
    VerificationError,
)
from reverse_match.foundation.plural import counted
from reverse_match.foundation.version import __version__
from reverse_match.solver.pairs.memory import DEFAULT_MEMORY
from reverse_match.views.cli.command_results import OutputLostError, Results, Stopped, lose_standard_output
from reverse_match.views.cli.interruption import INTERRUPTED, NoticingInterruption
from reverse_match.views.cli.terminal import SafeConsole, say
from reverse_match.views.progress_bars import progress_shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.foundation.records import PlainData

app = typer.Typer(
    name="reverse-match",
    help="Form the best possible mentor/mentee duos, and prove it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


class Format(StrEnum):
    """How a result is shown."""

    table = "table"
    json = "json"
    csv = "csv"
    html = "html"


class ReviewFormat(StrEnum):
    """How a review is shown: in sentences, as all data, or the figures alone."""

    text = "text"
    json = "json"
    csv = "csv"


class Told(StrEnum):
    """How an answer is shown."""

    text = "text"
    json = "json"


class PlanFormat(StrEnum):
    """How a plan is shown."""

    table = "table"
    json = "json"


class Lang(StrEnum):
    """Languages of sentences."""

    en = "en"
    fr = "fr"


class Schema(StrEnum):
    """What a JSON Schema can be asked for."""

    participant = "participant"
    policy = "policy"
    matching = "matching"
    feedback = "feedback"
    programme = "programme"


Role = Literal["mentor", "mentee"]
"""In which somebody is in a duo; people who are both have each."""

SMALLEST_COHORT, LARGEST_COHORT = 2, 1_000_000
"""Sizes of cohorts that can be benchmarked."""

LARGEST_SEED = 2**63 - 1
"""Of invented cohorts."""


def _mapping(said: list[str]) -> dict[str, str]:
    mapping = {}
    for entry in said:
        heading, equals, field = entry.rpartition("=")
        if not (equals and heading.strip() and field.strip()):
            message = "right would be HEADING=field, for instance 'Employee ID=id'"
            raise typer.BadParameter(message, param_hint="--map")
        mapping[heading.strip()] = field.strip()
    return mapping


def _day(said: str | None, option: str = "--as-of") -> date | None:
    from reverse_match.people import cells

    try:
        return cells.calendar_date(said)
    except cells.CellError as error:
        raise typer.BadParameter(str(error), param_hint=option) from None


People = Annotated[
    Path, typer.Argument(help="People file: .csv, .json, .xlsx or .parquet.", show_default=False)
]
PolicyFile = Annotated[
    Path | None, typer.Option("--policy", help="Policy file: .json or .toml.", show_default=False)
]
Map = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        help="Say what a heading means, as HEADING=field; may be repeated.",
        show_default=False,
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        help="Day on which birth dates become ages; today if not given.",
        show_default=False,
    ),
]
Threads = Annotated[
    int | None,
    typer.Option(
        "--threads", min=1, max=MOST_THREADS, help="Threads; all cores if not given.", show_default=False
    ),
]
TimeLimit = Annotated[
    float | None,
    typer.Option(
        "--time-limit",
        min=0,
        help="Seconds after which the best matching so far is given, with its gap.",
        show_default=False,
    ),
]
Trades = Annotated[
    bool,
    typer.Option("--trade", help="Also count the pairs of people who would both rather have each other."),
]
Memory = Annotated[
    int, typer.Option("--memory", min=1, max=MOST_MEMORY // 2**20, help="Memory budget in MiB.")
]
StoredMatching = Annotated[
    Path, typer.Argument(help="Matching, as written by match --out.", show_default=False)
]
Shown = Annotated[Format, typer.Option("--format", help="How the result is shown on standard output.")]
ReportLang = Annotated[Lang, typer.Option("--lang", help="Language of the report (html).")]


@app.command()
def demo(
    form: Shown = Format.table,
    save: Annotated[
        Path | None,
        typer.Option(
            "--save",
            help="Also write the demo people file here, to edit and try.",
            show_default=False,
        ),
    ] = None,
    trade: Trades = False,
    lang: ReportLang = Lang.en,
) -> None:
    """Match the bundled cohort of invented employees and print the duos."""
    with _exit_codes() as results:
        results.plan(save, reads=(rm.demo_path(),))
        if save is not None:
            results.write(save, rm.demo_path().read_text("utf-8"))
        cohort = rm.read_cohort(rm.demo_path())
        matching = _matched(cohort, rm.Policy(), None)
        _show(results, matching, form, rm.trade(matching, cohort) if trade else None, lang)


@app.command()
def match(
    people: People,
    policy: PolicyFile = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            help="Write the matching here; .json (lossless), .csv (duos) or .html (report).",
            show_default=False,
        ),
    ] = None,
    form: Shown = Format.table,
    mapping: Map = None,
    as_of: AsOf = None,
    threads: Threads = None,
    time_limit: TimeLimit = None,
    memory: Memory = DEFAULT_MEMORY // 2**20,
    trade: Trades = False,
    lang: Annotated[
        Lang, typer.Option("--lang", help="Language of the report (html), and in which conflicts are told.")
    ] = Lang.en,
) -> None:
    """Form the best possible duos of a people file."""
    with _exit_codes(lang) as results:
        day = _day(as_of)
        writes = None if out is None else _format_of(out)
        results.plan(out, reads=(people, policy))
        chosen = rm.Policy.load(policy) if policy else rm.Policy()
        if day is not None:
            chosen = chosen.model_copy(update={"as_of": day})
        cohort = rm.read_cohort(people, mapping=_mapping(mapping or []), as_of=chosen.as_of)
        matching = _matched(cohort, chosen, threads, memory * 2**20, time_limit)
        if out is not None and writes is not None:
            results.write(out, _text(matching, writes, lang))
        _show(results, matching, form, rm.trade(matching, cohort, threads=threads) if trade else None, lang)


@app.command()
def verify(
    matching: StoredMatching,
    people: People,
    policy: PolicyFile = None,
    mapping: Map = None,
    threads: Threads = None,
) -> None:
    """Check a matching against its people: scores, rules, capacities, reasons, and the proof."""
    with _exit_codes() as results:
        stored = _stored(matching)
        chosen = rm.Policy.load(policy) if policy else None
        if chosen is not None and chosen.as_of is None:  # the day may have been given on the command line
            chosen = chosen.model_copy(update={"as_of": stored.policy.as_of})
        cohort = _people(people, mapping, stored.as_of)
        rm.verify(stored, cohort, chosen, threads=threads)
        if stored.digests.file not in (None, cohort.source.sha256):
            say("note: the same people, but not the file that was matched", err=True)
        _tell_of_plan(stored)
        lines = [
            views.terminal.verified_line(stored, with_policy=chosen is not None),
            *views.terminal.summary_lines(stored),
        ]
        results.print_text("\n".join(lines))
        if chosen is None:
            say(
                "note: the policy was taken from the matching; give --policy to check that it is yours",
                err=True,
            )


@app.command()
def explain(
    matching: StoredMatching,
    people: People,
    mentor: Annotated[
        str | None, typer.Option("--mentor", help="Explain this mentor ...", show_default=False)
    ] = None,
    mentee: Annotated[
        str | None, typer.Option("--mentee", help="... with this mentee.", show_default=False)
    ] = None,
    why: Annotated[
        str | None,
        typer.Option("--why", help="Say why this person is with whom they are.", show_default=False),
    ] = None,
    alternatives: Annotated[
        str | None,
        typer.Option(
            "--alternatives", help="List the next best partners of this person.", show_default=False
        ),
    ] = None,
    instead_of: Annotated[
        str | None,
        typer.Option("--instead-of", help="Which partner has declined.", show_default=False),
    ] = None,
    role: Annotated[
        Role | None, typer.Option("--role", help="For somebody who is both.", show_default=False)
    ] = None,
    number: Annotated[int, typer.Option("-n", min=1, help="How many alternatives.")] = 3,
    lang: Annotated[Lang, typer.Option("--lang", help="Language of sentences.")] = Lang.en,
    form: Annotated[Told, typer.Option("--format", help="How the answer is shown.")] = Told.text,
    mapping: Map = None,
    threads: Threads = None,
    memory: Memory = DEFAULT_MEMORY // 2**20,
) -> None:
    """Explain a pair, why somebody is with whom they are, or who else it could be."""
    pair = _pair_asked(mentor, mentee)
    if [pair is not None, why is not None, alternatives is not None].count(True) != 1:
        message = "right would be one of: --mentor with --mentee, --why, --alternatives"
        raise typer.BadParameter(message)
    if alternatives is None and (instead_of is not None or role is not None):
        message = "--role and --instead-of belong to --alternatives"
        raise typer.BadParameter(message)
    with _exit_codes() as results:
        stored = _stored(matching)
        cohort = _people(people, mapping, stored.as_of)
        asked = rm.attach(stored, cohort, memory=memory * 2**20, threads=threads)
        width = _width()
        if pair is not None:
            answer = asked.explain(*pair)
            text, data = views.terminal.answer_text([answer], lang, width), answer.model_dump_json(indent=2)
        elif why is not None:
            answers = asked.why(why)
            text, data = views.terminal.answer_text(answers, lang, width), views.terminal.answer_json(answers)
        else:
            person = str(alternatives)
            found = asked.alternatives(person, number, role, instead_of=instead_of)
            text, data = (
                views.terminal.alternatives_text(person, found, lang, width),
                views.terminal.answer_json(found),
            )
        if form is Told.text:
            results.print_text(text)
        else:
            results.print_data(data)


@app.command()
def amend(
    matching: StoredMatching,
    people: People,
    policy: PolicyFile = None,
    fix: Annotated[
        list[str] | None,
        typer.Option(
            "--fix", help="This duo must be, as MENTOR=MENTEE; may be repeated.", show_default=False
        ),
    ] = None,
    forbid: Annotated[
        list[str] | None,
        typer.Option(
            "--forbid", help="These two must be no duo, as A=B; may be repeated.", show_default=False
        ),
    ] = None,
    allow: Annotated[
        list[str] | None,
        typer.Option(
            "--allow",
            help="These two may be a duo again, though it was forbidden by hand, as A=B; may be repeated.",
            show_default=False,
        ),
    ] = None,
    leave: Annotated[
        list[str] | None,
        typer.Option("--leave", help="This person leaves; may be repeated.", show_default=False),
    ] = None,
    join: Annotated[
        Path | None, typer.Option("--join", help="People file of those who join.", show_default=False)
    ] = None,
    at_most_changes: Annotated[
        int | None,
        typer.Option(
            "--at-most-changes",
            min=0,
            help="So many other duos may end; any number if not given.",
            show_default=False,
        ),
    ] = None,
    charge: Annotated[
        float | None,
        typer.Option(
            "--charge", help="Instead: points, from 0 to 1, that each of these costs.", show_default=False
        ),
    ] = None,
    author: Annotated[
        str | None, typer.Option("--author", help="Who asks, for the log.", show_default=False)
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", help="Why, for the log.", show_default=False)
    ] = None,
    on: Annotated[str | None, typer.Option("--on", help="The day, for the log.", show_default=False)] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Write the new matching here; .json, .csv or .html.", show_default=False),
    ] = None,
    people_out: Annotated[
        Path | None,
        typer.Option(
            "--people-out",
            help="Write the people as they are now, for verify and what follows; .json or .csv.",
            show_default=False,
        ),
    ] = None,
    form: Shown = Format.table,
    lang: ReportLang = Lang.en,
    mapping: Map = None,
    threads: Threads = None,
    time_limit: TimeLimit = None,
    memory: Memory = DEFAULT_MEMORY // 2**20,
) -> None:
    """Change a matching by hand: what was asked holds, and few other duos change."""
    fixed, forbidden, allowed = _pairs(fix, "--fix"), _pairs(forbid, "--forbid"), _pairs(allow, "--allow")
    with _exit_codes(lang) as results:
        _check_endings(out, people_out)
        results.plan(people_out, out, reads=(matching, people, policy, join))
        stored, chosen = _stored(matching), rm.Policy.load(policy) if policy else None
        before = _people(people, mapping, stored.as_of)
        after, joined = _amended_people(before, leave or [], join, _mapping(mapping or []))
        with progress_shown() as progress:
            amended = rm.amend(
                stored,
                before,
                chosen,
                fix=fixed,
                forbid=forbidden,
                allow=allowed,
                leave=leave or [],
                join=joined,
                at_most_changes=at_most_changes,
                charge=charge,
                author=author,
                reason=reason,
                on=on,
                threads=threads,
                memory=memory * 2**20,
                time_limit=time_limit,
                progress=progress,
            )
        if after is not before and people_out is None:
            say("note: the people have changed; --people-out writes them, for verify", err=True)
        _tell_who_is_away(amended)
        _write_amended(results, amended, out, after, people_out, lang)
        if form is Format.table:
            results.print(views.terminal.amendment_view(amended))
        else:
            _show(results, amended, form, lang=lang)


def _amended_people(
    before: rm.Cohort, leave: list[str], join: Path | None, mapping: dict[str, str]
) -> tuple[rm.Cohort, list[dict[str, object]]]:
    """Return the people as they are now, and the records of those who join."""
    from reverse_match.people.cohort import Source, amended_cohort
    from reverse_match.people.read import read_records

    records, source = ([], Source("nobody", ())) if join is None else read_records(join, mapping=mapping)
    after = amended_cohort(before, leave, records, mapping if records else {}, source)
    joined = after.participants[len(after.participants) - len(records) :]
    return after, [person.model_dump(mode="json") for person in joined]


def _write_amended(
    results: Results,
    matching: rm.Matching,
    out: Path | None,
    people: rm.Cohort,
    people_out: Path | None,
    lang: str,
) -> None:
    """Write both files, or neither where one of them cannot hold what it should."""
    from reverse_match.people.write import people_csv, people_json

    texts = []
    if people_out is not None:
        as_csv = _format_of(people_out) is Format.csv
        texts.append((people_out, people_csv(people, people_out.name) if as_csv else people_json(people)))
    if out is not None:
        texts.append((out, _text(matching, _format_of(out), lang)))
    for path, text in texts:
        results.write(path, text)


def _pairs(said: list[str] | None, option: str) -> list[tuple[str, str]]:
    pairs = []
    for entry in said or []:
        one, equals, other = entry.partition("=")
        if not (equals and one.strip() and other.strip()) or "=" in other:
            message = "right would be two ids with = between them, for instance lea=ada"
            raise typer.BadParameter(message, param_hint=option)
        pairs.append((one.strip(), other.strip()))
    return pairs


def _pair_asked(mentor: str | None, mentee: str | None) -> tuple[str, str] | None:
    if mentor is None and mentee is None:
        return None
    if mentor is None or mentee is None:
        message = "--mentor and --mentee go together"
        raise typer.BadParameter(message)
    return mentor, mentee


@app.command()
def review(
    matching: StoredMatching,
    people: People,
    feedback: Annotated[
        Path, typer.Option("--feedback", help="What duos have said: .csv or .json.", show_default=False)
    ],
    programme: Annotated[
        Path | None,
        typer.Option(
            "--programme",
            help="Programme file: says how many sessions were planned.",
            show_default=False,
        ),
    ] = None,
    policy: PolicyFile = None,
    lang: Annotated[Lang, typer.Option("--lang", help="Language of sentences.")] = Lang.en,
    form: Annotated[
        ReviewFormat, typer.Option("--format", help="Sentences, all data, or the figures alone.")
    ] = ReviewFormat.text,
    mapping: Map = None,
) -> None:
    """Say what the duos of a round should become, and what the round has come to, by what they have said."""
    with _exit_codes(lang) as results:
        stored = _stored(matching)
        said = _said_of_its_duos(stored, rm.read_feedback(feedback))
        chosen = rm.Policy.load(policy) if policy else None
        plan = None if programme is None else rm.Programme.load(programme)
        cohort = _people(people, mapping, stored.as_of)
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
            lines = [" ".join(proposal.sentences(lang)) for proposal in proposed]
            results.print_text("\n".join([*lines, "", *figures.sentences(lang)]))


class _FromRound(NamedTuple):
    """A programme from one of its rounds on."""

    programme: rm.Programme
    first: int

    def sessions_planned(self, number: int, until: date | None = None) -> int:
        """Return the sessions of a duo in a round, the first of which is not that of the programme."""
        return self.programme.sessions_planned(self.first - 1 + number, until)


def _said_of_its_duos(stored: rm.Matching, said: rm.Feedback) -> rm.Feedback:
    """Return what was said of the duos of a round in it: a file that grows has more."""
    from reverse_match.programme.rotate import feedback_in_round, known_duos

    said.refuse_strangers(known_duos(stored))
    counts = feedback_in_round(said, stored).about(stored.duos)
    if others := len(said.records) - len(counts.records):
        answers = "1 answer is" if others == 1 else f"{others} answers are"
        say(f"note: {answers} of an earlier round, or of a duo that is none now; left out", err=True)
    return counts


@app.command()
def rotate(
    matching: StoredMatching,
    people: People,
    months: Annotated[
        int | None,
        typer.Option(
            "--months",
            min=1,
            max=120,
            help="Length of a round; the programme's if not given.",
            show_default=False,
        ),
    ] = None,
    policy: PolicyFile = None,
    programme: Annotated[
        Path | None,
        typer.Option("--programme", help="Programme file: .json or .toml.", show_default=False),
    ] = None,
    start: Annotated[
        str | None,
        typer.Option(
            "--start",
            help="Day on which the first round began, where neither a programme nor the matching says it.",
            show_default=False,
        ),
    ] = None,
    feedback: Annotated[
        Path | None,
        typer.Option("--feedback", help="What duos have said: .csv or .json.", show_default=False),
    ] = None,
    history: Annotated[
        Path | None,
        typer.Option(
            "--history",
            help="File of the rounds that have ended; the one that ends now is added.",
            show_default=False,
        ),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option(
            "--on", help="Day on which the next round begins; today if not given.", show_default=False
        ),
    ] = None,
    early: Annotated[bool, typer.Option("--early", help="Also before rotation is due.")] = False,
    reciprocal: Annotated[
        bool, typer.Option("--reciprocal", help="Everybody swaps roles: who taught learns.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Write the new matching here; .json, .csv or .html.", show_default=False),
    ] = None,
    people_out: Annotated[
        Path | None,
        typer.Option(
            "--people-out",
            help="Write the people as they are after feedback, for verify and what follows; .json or .csv.",
            show_default=False,
        ),
    ] = None,
    form: Shown = Format.table,
    lang: Annotated[Lang, typer.Option("--lang", help="Language of reasons.")] = Lang.en,
    mapping: Map = None,
    threads: Threads = None,
    time_limit: TimeLimit = None,
    memory: Memory = DEFAULT_MEMORY // 2**20,
) -> None:
    """Form the next round: no former partners again, feedback counts, whoever had no duo comes first."""
    if history is not None and (out is None or out.suffix.lower() != ".json"):
        message = "--history needs --out with a .json file: else the round that begins would be lost"
        raise typer.BadParameter(message)
    if start is not None and months is None and programme is None:
        message = "--start is asked only where --months is given: from both follows whether rotation is due"
        raise typer.BadParameter(message)
    with _exit_codes(lang) as results:
        from reverse_match.foundation.dates import months_later
        from reverse_match.programme.rotate import history_with_round, refuse_early

        day = _day(on, "--on") or date.today()
        _check_endings(out, people_out)
        results.plan(people_out, out, history, reads=(matching, people, feedback, policy, programme))
        stored, chosen = _stored(matching), rm.Policy.load(policy) if policy else None
        before = rm.History.load(history) if history is not None and history.exists() else rm.History()
        plan = _programme(programme, months)
        if plan is None and months is not None and not early:
            refuse_early(
                day, months_later(_begun(stored, before, _day(start, "--start")), months), early=early
            )
        cohort = _people(people, mapping, day)
        said = None if feedback is None else rm.read_feedback(feedback)
        later = 0 if said is None else sum(record.on > day for record in said.records)
        if later:
            answers = "1 answer was" if later == 1 else f"{later} answers were"
            say(f"note: {answers} given after {day}, and will count in the next round", err=True)
        with progress_shown() as progress:
            rotated = rm.rotate(
                stored,
                cohort,
                chosen,
                on=day,
                programme=plan,
                history=before,
                feedback=said,
                reciprocal=reciprocal,
                early=early,
                threads=threads,
                memory=memory * 2**20,
                time_limit=time_limit,
                progress=progress,
            )
        if not cohort.has_digest(rotated.digests.cohort) and people_out is None:
            say("note: the people have changed; --people-out writes them, for verify", err=True)
        _tell_who_is_away(rotated)
        _write_amended(results, rotated, out, rotated.people, people_out, lang)
        if history is not None:
            ended = history_with_round(stored, day, before, plan)
            results.written_by(history, partial(ended.save, history))
        if form is Format.table and rotated.rotation is not None:
            results.print(views.terminal.rotation_view(rotated, rotated.rotation, lang))
        else:
            _show(results, rotated, form, lang=lang)


def _tell_who_is_away(matching: rm.Matching) -> None:
    """Say that something was left aside, so that nobody takes it for forgotten."""
    if count := len(matching.added.away):
        who = "1 person who is" if count == 1 else f"{count} people who are"
        message = f"note: rules or credits name {who} away; they count again when who is away is back"
        say(message, err=True)


def _tell_of_plan(matching: rm.Matching) -> None:
    """Say that a round of a plan was checked among what its other rounds leave, which are not here."""
    if count := len(matching.added.other_rounds):
        say(
            f"note: a round of a plan, which leaves out {counted(count, 'duo')} of its other rounds; that "
            "they are there only the plan can say (rm.verify_plan)",
            err=True,
        )


def _programme(path: Path | None, months: int | None) -> rm.Programme | None:
    if path is None:
        return None
    read = rm.Programme.load(path)
    return read if months is None else read.model_copy(update={"months": months})


def _begun(stored: rm.Matching, before: rm.History, start: date | None) -> date:
    """Return the day on which the round that ends began, where no programme says it.

    The last rotation does, or the history, or ``--start``; of a first round else the day on which its ages
    count.

    Raises
    ------
    RotationError
        If nothing does: then nobody can tell whether rotation is due.
    """
    known = stored.rotation.on if stored.rotation is not None else None
    if known is None and before.rounds:
        known = before.rounds[-1].until
    began = known or start or stored.as_of
    if began is None:
        message = (
            "nothing says when this round began, so it may be too early; right would be the day (--start), a "
            "programme (--programme), or to rotate whenever it was (--early)"
        )
        raise RotationError([Fault(message, column="--months")])
    return began


@app.command()
def calendar(
    matching: StoredMatching,
    programme: Annotated[Path, typer.Argument(help="Programme file: .json or .toml.", show_default=False)],
    number: Annotated[int, typer.Option("--round", help="Number of the round, from 1.")] = 1,
    mentor: Annotated[
        str | None, typer.Option("--mentor", help="Only the duo of this mentor ...", show_default=False)
    ] = None,
    mentee: Annotated[
        str | None, typer.Option("--mentee", help="... with this mentee.", show_default=False)
    ] = None,
    person: Annotated[
        str | None, typer.Option("--person", help="Only duos of this person.", show_default=False)
    ] = None,
    lang: Annotated[Lang, typer.Option("--lang", help="Language of the events.")] = Lang.en,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", help="Write the calendar here, .ics, and not to standard output.", show_default=False
        ),
    ] = None,
) -> None:
    """Print the meetings of duos in a round of a programme, for calendar programs (.ics)."""
    pair = _pair_asked(mentor, mentee)
    if pair is not None and person is not None:
        message = "right would be one of: --mentor with --mentee, --person"
        raise typer.BadParameter(message)
    with _exit_codes() as results:
        if out is not None and out.suffix.lower() != ".ics":
            raise InputError([Fault("unknown kind of file to write; right would be .ics", out.name)])
        results.plan(out, reads=(matching, programme))
        plan = rm.Programme.load(programme)
        text = rm.calendar(_stored(matching), plan, number, duo=pair, person=person, lang=lang)
        if out is not None:
            results.write(out, text)
        else:
            results.print_file(text)


@app.command()
def plan(
    people: People,
    rounds: Annotated[
        int, typer.Option("--rounds", min=1, max=MOST_ROUNDS, help="How many rounds.", show_default=False)
    ],
    policy: PolicyFile = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the plan here; .json.", show_default=False)
    ] = None,
    form: Annotated[PlanFormat, typer.Option("--format", help="How the plan is shown.")] = PlanFormat.table,
    lang: Annotated[Lang, typer.Option("--lang", help="Language of sentences.")] = Lang.en,
    mapping: Map = None,
    as_of: AsOf = None,
    threads: Threads = None,
    memory: Memory = DEFAULT_MEMORY // 2**20,
) -> None:
    """Plan several rounds at once: nobody meets the same partner twice."""
    with _exit_codes(lang) as results:
        day = _day(as_of)
        if out is not None and out.suffix.lower() != ".json":
            raise InputError([Fault("unknown kind of file to write; right would be .json", out.name)])
        results.plan(out, reads=(people, policy))
        chosen = rm.Policy.load(policy) if policy else rm.Policy()
        if day is not None:
            chosen = chosen.model_copy(update={"as_of": day})
        cohort = _people(people, mapping, chosen.as_of)
        with progress_shown() as progress:
            made = rm.plan_rotations(
                cohort, chosen, rounds=rounds, threads=threads, memory=memory * 2**20, progress=progress
            )
        if out is not None:
            results.write(out, made.to_json())
        if form is PlanFormat.json:
            results.print_file(made.to_json())
        else:
            results.print(views.terminal.plan_view(made, lang))


@app.command()
def bench(
    sizes: Annotated[
        str, typer.Option("--sizes", help="Numbers of people, separated by commas; half are mentors.")
    ] = "10,30,100,300,1000",
    as_json: Annotated[bool, typer.Option("--json", help="Print figures as JSON.")] = False,
    repeats: Annotated[
        int, typer.Option("--repeats", min=1, help="The shortest of so many runs counts.")
    ] = 3,
    seed: Annotated[
        int, typer.Option("--seed", min=0, max=LARGEST_SEED, help="Seed of the invented cohorts.")
    ] = 0,
) -> None:
    """Measure this machine on invented cohorts, step by step."""
    with _exit_codes() as results:
        from reverse_match.views.cli.bench_figures import machine, measure, step_rows, terminal_table

        numbers = _sizes(sizes)
        measure(SMALLEST_COHORT, repeats=1)  # loads OR-Tools, so that no figure has it
        figures = []
        for size in numbers:
            typer.echo(f"{size:,} people", err=True)
            figures.append(measure(size, repeats=repeats, seed=seed, memory=True))
        if as_json:
            described = {"machine": machine(), "sizes": [size.as_record() for size in figures]}
            results.print_data(json.dumps(described, indent=2))
            return
        results.print(terminal_table(step_rows(figures), f"Shortest of {repeats} runs"))
        results.print(Text(", ".join(f"{name} {value}" for name, value in machine().items()), style="dim"))


def _sizes(said: str) -> list[int]:
    parts = said.split(",")
    least, most = SMALLEST_COHORT, LARGEST_COHORT
    if not all(part.strip().isdecimal() and len(part) < 20 and least <= int(part) <= most for part in parts):
        message = f"right would be whole numbers from {least} to {most:,}, for instance 10,100,1000"
        raise typer.BadParameter(message, param_hint="--sizes")
    return [int(part) for part in parts]


@app.command()
def schema(
    what: Annotated[Schema, typer.Argument(help="What to describe.", show_default=False)],
) -> None:
    """Print the JSON Schema of a participant, a policy, a matching, a record of feedback or a programme."""
    with _exit_codes() as results:
        from reverse_match.programme.feedback.record import FeedbackRecord

        models: dict[Schema, type[PlainData]] = {
            Schema.participant: rm.Participant,
            Schema.policy: rm.Policy,
            Schema.matching: rm.Matching,
            Schema.feedback: FeedbackRecord,
            Schema.programme: rm.Programme,
        }
        dialect = "https://json-schema.org/draft/2020-12/schema"
        described = {"$schema": dialect, **models[what].model_json_schema()}
        results.print_data(json.dumps(described, indent=2, ensure_ascii=False))


def _version(asked: bool) -> None:
    if asked:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _options(
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit."),
    ] = False,
) -> None:
    # A terminal that cannot show a letter gets its code instead of a traceback that quotes people's names.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


@contextmanager
def _exit_codes(lang: str = "en") -> Iterator[Results]:
    """Turn the library's errors into lines on standard error and the contract's exit codes."""
    results = Results()
    try:
        with NoticingInterruption() as noticed:
            try:
                yield results
            except Exception:
                if noticed.pressed:  # pydantic makes another error of it
                    raise KeyboardInterrupt from None
                raise
    except ReverseMatchError as error:
        _fail_for(error, results, lang)
    except KeyboardInterrupt:
        _fail(f"Interrupted; {results.account}.", INTERRUPTED)
    except Stopped as stopped:
        _fail(f"Stopped; {results.account}.", 128 + stopped.number)


def _fail_for(error: ReverseMatchError, results: Results, lang: str) -> None:
    """Say what is wrong, what was written before that, and end with the contract's exit code."""
    codes = {InputError: 2, SizeError: 2, InfeasibleError: 3, VerificationError: 4}
    code = next((code for kind, code in codes.items() if isinstance(error, kind)), 1)
    message = f"Verification failed:\n{error}" if isinstance(error, VerificationError) else str(error)
    if isinstance(error, InfeasibleError):
        message = views.terminal.conflicts_text(error, lang, _width())
    if results.wrote:
        message += f"\nnote: before that, {results.account}"
    _fail("" if isinstance(error, OutputLostError) and error.by_reader else message, code)


def _fail(message: str, code: int) -> None:
    if message:
        if any("\udc80" <= letter <= "\udcff" for word in sys.argv for letter in word):
            message += "\nnote: an argument is no text in this locale; right would be UTF-8 (PYTHONUTF8=1)"
        with suppress(OSError):  # then the exit code has to say it
            say(message, err=True)
    raise typer.Exit(code)


def _people(path: Path, mapping: list[str] | None, day: date | None) -> rm.Cohort:
    """Read people, and say what is worth a look in them."""
    cohort = rm.read_cohort(path, mapping=_mapping(mapping or []), as_of=day)
    for note in views.terminal.notes_on_people(cohort):
        say(f"note: {note}", err=True)
    return cohort


def _matched(
    cohort: rm.Cohort,
    policy: rm.Policy,
    threads: int | None,
    memory: int = DEFAULT_MEMORY,
    time_limit: float | None = None,
) -> rm.Matching:
    with progress_shown() as progress:
        matching = rm.match(
            cohort, policy, threads=threads, memory=memory, time_limit=time_limit, progress=progress
        )
    for note in views.terminal.notes(matching, cohort):
        say(f"note: {note}", err=True)
    return matching


def _format_of(path: Path) -> Format:
    """Say what a file is written as: its ending decides."""
    endings = {".json": Format.json, ".csv": Format.csv, ".html": Format.html}
    if path.suffix.lower() not in endings:
        message = "unknown kind of file to write; right would be .json, .csv or .html"
        raise InputError([Fault(message, path.name)])
    return endings[path.suffix.lower()]


def _check_endings(out: Path | None, people_out: Path | None) -> None:
    """Refuse files of a kind that cannot be written, before anything is computed."""
    if out is not None:
        _format_of(out)
    if people_out is not None and people_out.suffix.lower() not in (".json", ".csv"):
        message = "unknown kind of file to write; right would be .json or .csv"
        raise InputError([Fault(message, people_out.name)])


def _text(matching: rm.Matching, form: Format, lang: str) -> str:
    if form is Format.html:
        return matching.to_html(lang)
    return matching.to_csv() if form is Format.csv else matching.to_json()


def _show(
    results: Results,
    matching: rm.Matching,
    form: Format,
    figures: rm.results.Trade | None = None,
    lang: str = "en",
) -> None:
    if form is Format.table:
        results.print(views.terminal.matching_view(matching, figures))
        return
    results.print_file(_text(matching, form, lang))
    if figures is not None and figures.blocking_pairs is not None:
        say(f"note: {views.terminal.blocking_line(figures.blocking_pairs)}", err=True)


def _stored(path: Path) -> rm.Matching:
    return rm.Matching.from_json(file_bytes(path, RECORD_BYTES), path.name)


def _width() -> int | None:
    """Return the width of the terminal; none where lines need not be folded."""
    console = SafeConsole(highlight=False)
    return console.width if console.is_terminal else None


def main() -> None:
    """Run the command line."""
    try:
        app()
    except OSError as error:  # of what no command prints as its result: help, the version, a note
        lose_standard_output()
        with suppress(OSError):
            sys.stderr.write(f"output cannot be written: {error.strerror}\n")
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
