"""``reverse-match explain``: explains pairs with their costs, and lists alternatives."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import typer

import reverse_match as rm
from reverse_match import views
from reverse_match.people.person_meant import person_meant
from reverse_match.views.cli import options as opt
from reverse_match.views.cli.exit_codes import exit_codes
from reverse_match.views.cli.terminal import terminal_width


class AnswerFormat(StrEnum):
    """Formats in which an answer is shown."""

    text = "text"
    json = "json"


def explain(
    matching: opt.StoredMatching,
    people: opt.PeopleFiles,
    mentor: Annotated[str | None, opt.option("--mentor", "Explain this mentor ...")] = None,
    mentee: Annotated[str | None, opt.option("--mentee", "... with this mentee.")] = None,
    why: Annotated[str | None, opt.option("--why", "Say why this person is with whom they are.")] = None,
    alternatives: Annotated[
        str | None, opt.option("--alternatives", "List the next best partners of this person.")
    ] = None,
    instead_of: Annotated[str | None, opt.option("--instead-of", "Which partner has declined.")] = None,
    role: Annotated[
        Literal["mentor", "mentee"] | None, opt.option("--role", "For somebody who is both.")
    ] = None,
    number: Annotated[int, typer.Option("-n", min=1, help="How many alternatives.")] = 3,
    lang: opt.SentenceLang = opt.LOCALE,
    form: Annotated[
        AnswerFormat, typer.Option("--format", help="How the answer is shown.")
    ] = AnswerFormat.text,
    table: opt.DataFiles = None,
    mapping: opt.Map = None,
    anonymous: opt.Anonymous = False,
    threads: opt.Threads = None,
    memory: opt.Memory = opt.DEFAULT_MIB,
    for_participant: Annotated[
        bool,
        typer.Option(
            "--for-participant",
            help="With --why: an answer for this person to read, which tells nothing of others.",
        ),
    ] = False,
    if_: Annotated[
        list[str] | None,
        opt.option(
            "--if",
            "With --why: what the person would have with another value of their own, as FIELD=VALUE, or "
            "FIELD+=VALUE to add to it; may be repeated.",
            metavar="FIELD=VALUE",
        ),
    ] = None,
    what_helps: Annotated[
        bool,
        typer.Option(
            "--what-helps",
            help="With --why: which single change of their own skills, lists or times would give the person "
            "a duo or a better one.",
        ),
    ] = False,
    contact: Annotated[
        str | None, opt.option("--contact", "With --for-participant: whom the person can ask.")
    ] = None,
    programme: Annotated[
        Path | None, opt.option("--programme", "With --for-participant: programme file, for its name.")
    ] = None,
) -> None:
    pair = opt.pair_of(mentor, mentee)
    if [pair is not None, why is not None, alternatives is not None].count(True) != 1:
        message = "right would be one of: --mentor with --mentee, --why, --alternatives"
        raise typer.BadParameter(message)
    if alternatives is None and (instead_of is not None or role is not None):
        message = "--role and --instead-of belong to --alternatives"
        raise typer.BadParameter(message)
    _refuse_misplaced(why, for_participant, contact, programme)
    if (why is None and (if_ or what_helps)) or (if_ and what_helps):
        message = "--if and --what-helps belong to --why, one of the two"
        raise typer.BadParameter(message)
    with exit_codes(lang) as results:
        stored = opt.read_matching(matching)
        cohort = opt.read_people(people, mapping, stored.as_of, lang)
        cohort = cohort.with_digest(stored.digests.cohort)
        stored = opt.with_data(stored, cohort, opt.tables_of(table), (matching, *people.paths))
        asked = rm.attach(stored, cohort, memory=memory * 2**20, threads=threads)
        width, names = terminal_width(), opt.Looks(lang, anonymous).names_of(cohort)
        if why is not None and (if_ or what_helps):
            other = _with_other_data(asked, person_meant(cohort, why, "--why"), if_, threads)
            own = other.for_participant() if for_participant else other
            text = views.terminal.answer_text([own], lang, width, names)
            data = own.model_dump_json(indent=2)
        elif why is not None and for_participant:
            plan = None if programme is None else rm.Programme.load(programme)
            answered = rm.explain_to_participant(
                asked,
                cohort,
                person_meant(cohort, why, "--why"),
                contact=contact,
                programme_name=None if plan is None else plan.name,
            )
            text = views.terminal.answer_text(answered, lang, width, names)
            data = views.terminal.answer_json(answered)
        elif pair is not None:
            answer = asked.explain(*opt.pair_meant(cohort, pair))
            text = views.terminal.answer_text([answer], lang, width, names)
            data = answer.model_dump_json(indent=2)
        elif why is not None:
            answers = asked.why(person_meant(cohort, why, "--why"))
            text = views.terminal.answer_text(answers, lang, width, names)
            data = views.terminal.answer_json(answers)
        else:
            person = person_meant(cohort, str(alternatives), "--alternatives")
            declined = None if instead_of is None else person_meant(cohort, instead_of, "--instead-of")
            found = asked.alternatives(person, number, role, instead_of=declined)
            text = views.terminal.alternatives_text(person, found, lang, width, names)
            data = views.terminal.answer_json(found)
        if form is AnswerFormat.text:
            results.print_text(text)
        else:
            results.print_data(data)


def _refuse_misplaced(
    why: str | None, for_participant: bool, contact: str | None, programme: Path | None
) -> None:
    """Refuse options of an answer for a participant where none is asked for."""
    if for_participant and why is None:
        message = "belongs to --why"
        raise typer.BadParameter(message, param_hint="--for-participant")
    if (contact is not None or programme is not None) and not for_participant:
        message = "--contact and --programme belong to --for-participant"
        raise typer.BadParameter(message)


def _changes_of(said: list[str]) -> dict[str, str]:
    """Return the other values that ``--if`` gives, by field."""
    changes = {}
    for entry in said:
        field, equals, value = entry.partition("=")
        if not (equals and field.strip("+ ")):
            message = "right would be FIELD=VALUE, for instance 'offers=Python:4'"
            raise typer.BadParameter(message, param_hint="--if")
        changes[field.strip()] = value.strip()
    return changes


def _with_other_data(
    matching: rm.Matching, person: str, said: list[str] | None, threads: int | None
) -> rm.results.Counterfactual | rm.results.SingleChanges:
    """Return what somebody would have with the data that ``--if`` gives, or which single changes help."""
    if said:
        return rm.what_if(matching, matching.people, person, _changes_of(said), threads=threads)
    return rm.what_would_help(matching, matching.people, person, threads=threads)
