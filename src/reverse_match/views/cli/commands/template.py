"""``reverse-match template``: writes a workbook to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import reverse_match as rm
from reverse_match.views.cli import options as opt
from reverse_match.views.cli.command_results import tell_ids_at_risk
from reverse_match.views.cli.exit_codes import exit_codes
from reverse_match.views.words.languages import language


def template(
    file: Annotated[Path, opt.argument("A new workbook, .xlsx; a form for feedback may also be .csv.")],
    matching: Annotated[
        Path | None, opt.option("--matching", "A form for the feedback of the duos of this matching.")
    ] = None,
    people: Annotated[
        Path | None, opt.option("--people", "People file: the form has names and e-mail addresses.")
    ] = None,
    on: Annotated[str | None, opt.option("--on", "Day of the answers; today if not given.")] = None,
    programme: Annotated[
        Path | None, opt.option("--programme", "Programme file, whose own questions the form asks.")
    ] = None,
    question: opt.Questions = None,
    lang: Annotated[
        opt.Lang, typer.Option("--lang", help="Language of headings and answers; the system's if not given.")
    ] = opt.LOCALE,
    mapping: opt.Map = None,
) -> None:
    if matching is None and any((people, on, programme, question)):
        message = "--people, --on, --programme and --question go together with --matching"
        raise typer.BadParameter(message)
    with exit_codes(lang) as results:
        results.plan(file, reads=(matching, people, programme))
        day = opt.day_of(on, "--on")
        if matching is None:
            results.written_by(file, lambda: rm.write_template(file, lang=lang))
            told = language(lang)("form written", file=file.name)
        else:
            stored = opt.read_matching(matching)
            cohort = (
                None
                if people is None
                else opt.read_people(opt.PeopleFiles(people), mapping, stored.as_of, lang)
            )
            plan = None if programme is None else rm.Programme.load(programme)
            asked = opt.questions_of(question, plan)
            results.written_by(
                file,
                lambda: rm.write_template(
                    file, matching=stored, cohort=cohort, on=day, questions=asked, lang=lang
                ),
            )
            if file.suffix.lower() == ".csv":
                tell_ids_at_risk(stored, file.name, lang)
            told = language(lang).counted("answer written", 2 * len(stored.duos), file=file.name)
        results.print_text(told)
