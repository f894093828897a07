"""``reverse-match publish``: makes a draft the matching that counts."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated

import reverse_match as rm
from reverse_match import views
from reverse_match.foundation.files_together import finish_replacing, replace_together
from reverse_match.views.cli import options as opt
from reverse_match.views.cli.command_results import check_ending
from reverse_match.views.cli.exit_codes import exit_codes
from reverse_match.views.cli.terminal import tell_note


def publish(
    matching: opt.StoredMatching,
    history: Annotated[
        Path | None,
        opt.option("--history", "File of the rounds that have ended; the one that begins is noted in it."),
    ] = None,
    on: Annotated[
        str | None, opt.option("--on", "Day from which the duos count; today if not given.")
    ] = None,
    out: Annotated[
        Path | None,
        opt.option("--out", "Write the published matching here, .json; in place of the draft if not given."),
    ] = None,
    lang: opt.SentenceLang = opt.LOCALE,
) -> None:
    with exit_codes(lang) as results:
        day = opt.day_of(on, "--on") or date.today()
        check_ending(out, (".json",))
        target = matching if out is None else out
        results.plan(target, history, reads=() if out is None else (matching,))
        finished = finish_replacing([target, *([history] if history else [])])
        draft = opt.read_matching(matching)
        if finished:
            tell_note("an earlier command was stopped between two files, and has been finished", lang)
            if draft.published is not None:  # by that command
                results.print_text(views.terminal.published_text(draft, lang))
                return
        before = rm.History.load(history) if history is not None and history.exists() else rm.History()
        published = rm.publish(draft, on=day, history=before)
        if before.published is not None:
            tell_note(f"in place of the matching that was published on {before.published.on}", lang)
        contents = {target: published.to_json().encode("utf-8")}
        after = before.with_published(published)
        if history is not None:  # the first of the two, so that no former partner is missed in between
            contents = {history: after.to_json().encode("utf-8"), **contents}

        def write(path: Path, content: bytes) -> None:
            if path == history:
                results.written_by(history, partial(after.save, history))
            else:
                results.write(path, content)

        replace_together(contents, write)
        results.print_text(views.terminal.published_text(published, lang))
