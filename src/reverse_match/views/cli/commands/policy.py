"""``reverse-match policy``: shows presets and policies, as a file to start from, in words, or as papers."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import reverse_match as rm
from reverse_match.foundation.errors import Fault, InputError
from reverse_match.foundation.text_safety import visible
from reverse_match.views.cli import options as opt
from reverse_match.views.cli.command_results import check_ending
from reverse_match.views.cli.exit_codes import exit_codes
from reverse_match.views.cli.terminal import say as tell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reverse_match.views.cli.command_results import Results
    from reverse_match.views.policy_file import PolicyText


class PolicyFormat(StrEnum):
    """Formats in which a policy is shown."""

    toml = "toml"
    json = "json"
    text = "text"


ENDINGS, PAPER_ENDINGS = (".toml", ".json"), (".md", ".txt")


def policy(
    show: Annotated[
        Path | None,
        opt.option(
            "--show",
            "A preset (mission, evidence or no-personal-traits), or a policy file. All presets if not given.",
        ),
    ] = None,
    form: Annotated[
        PolicyFormat | None,
        opt.option("--format", "toml, with comments; json; or text: what it does, and which data it uses."),
    ] = None,
    out: Annotated[
        Path | None,
        opt.option(
            "--out",
            "Write the policy here, as a new file to change: .toml or .json; a paper as .md or .txt.",
        ),
    ] = None,
    for_participants: Annotated[
        bool,
        opt.option(
            "--for-participants", "The notice for participants: data, rules, who decides, what they can do."
        ),
    ] = False,
    for_works_council: Annotated[
        bool,
        opt.option(
            "--for-works-council", "The sheet for a works council: purpose, data, logic, effects, checks."
        ),
    ] = False,
    contact: Annotated[
        str | None, opt.option("--contact", "Whom participants write to, for the two papers.")
    ] = None,
    retention: Annotated[
        str | None,
        opt.option("--retention", "How long the data are kept, in your words, for the two papers."),
    ] = None,
    organisation: Annotated[
        str | None, opt.option("--organisation", "Who is responsible for the data, for the two papers.")
    ] = None,
    lang: Annotated[
        opt.Lang,
        typer.Option("--lang", help="Language of comments and sentences; the system's if not given."),
    ] = opt.LOCALE,
) -> None:
    said = {"contact": contact, "retention": retention, "organisation": organisation}
    papers = [name for name, asked in (("notice", for_participants), ("sheet", for_works_council)) if asked]
    _refuse_what_does_not_go_together(show, form, out, papers, said)
    with exit_codes(lang) as results:
        from reverse_match.views.policy_file import PolicyText, presets_text

        if show is None:
            results.print_text(presets_text(lang))
            return
        check_ending(out, PAPER_ENDINGS if papers else ENDINGS)
        results.plan(out, reads=(show,))
        _refuse_a_file_that_is_there(out)
        chosen = opt.read_policy(show)
        assert chosen is not None  # noqa: S101 - one was asked for
        if papers:
            _give_paper(results, papers[0], chosen, lang, out, said)
            return
        _give_policy(
            results, PolicyText(chosen, lang, show.name, preset=opt.is_preset(show)), form, lang, out
        )


def _refuse_what_does_not_go_together(
    show: Path | None,
    form: PolicyFormat | None,
    out: Path | None,
    papers: list[str],
    said: Mapping[str, str | None],
) -> None:
    message = ""
    if show is None and (form is not None or out is not None):
        message = "--format and --out go together with --show"
    elif show is None and papers:
        message = "a paper is about a policy; --show says which"
    elif len(papers) + (form is not None) > 1:
        message = "one of --format, --for-participants and --for-works-council at a time"
    elif not papers and any(said.values()):
        message = "--contact, --retention and --organisation stand in a paper; --for-participants writes one"
    if message:
        raise typer.BadParameter(message)


def _give_policy(
    results: Results, text: PolicyText, form: PolicyFormat | None, lang: str, out: Path | None
) -> None:
    """Print the policy, and write it where it was asked for."""
    from reverse_match.views.policy_file import written_text

    if out is not None:
        results.write(out, text.toml() if out.suffix.lower() == ".toml" else text.json())
    if form is not None or out is None:
        results.print_file(_shown(text, form or PolicyFormat.toml))
    else:
        results.print_text(written_text(out.name, lang))


def _give_paper(
    results: Results,
    paper: str,
    chosen: rm.Policy,
    lang: str,
    out: Path | None,
    said: Mapping[str, str | None],
) -> None:
    """Print a paper or write it, and say that it is to be read and completed."""
    from reverse_match.views.words.notice_words import notice_words

    write = rm.works_council_sheet if paper == "sheet" else rm.participants_notice
    text = write(chosen, lang, **said)
    if out is None:
        results.print_file(text)
    else:
        results.write(out, text)
    tell(notice_words(lang)["still open"], err=True)


def _shown(text: PolicyText, form: PolicyFormat) -> str:
    if form is PolicyFormat.text:
        return "".join(f"{visible(line)}\n" for line in text.sentences())
    return text.toml() if form is PolicyFormat.toml else text.json()


def _refuse_a_file_that_is_there(out: Path | None) -> None:
    """Refuse to write over a file, which may be a policy that somebody has changed."""
    if out is not None and out.exists():
        message = "is there already; right would be another name"
        raise InputError([Fault(message, out.name, code="file-exists")])
