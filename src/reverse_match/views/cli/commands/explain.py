"""``reverse-match explain``: explains pairs with their costs, and lists alternatives."""

from __future__ import annotations

from enum import StrEnum
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
    mapping: opt.Map = None,
    anonymous: opt.Anonymous = False,
    threads: opt.Threads = None,
    memory: opt.Memory = opt.DEFAULT_MIB,
) -> None:
    pair = opt.pair_of(mentor, mentee)
    if [pair is not None, why is not None, alternatives is not None].count(True) != 1:
        message = "right would be one of: --mentor with --mentee, --why, --alternatives"
        raise typer.BadParameter(message)
    if alternatives is None and (instead_of is not None or role is not None):
        message = "--role and --instead-of belong to --alternatives"
        raise typer.BadParameter(message)
    with exit_codes(lang) as results:
        stored = opt.read_matching(matching)
        cohort = opt.read_people(people, mapping, stored.as_of, lang)
        cohort = cohort.with_digest(stored.digests.cohort)
        asked = rm.attach(stored, cohort, memory=memory * 2**20, threads=threads)
        width, names = terminal_width(), opt.Looks(lang, anonymous).names_of(cohort)
        if pair is not None:
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
