"""``reverse-match demo``: matches the bundled cohort."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import reverse_match as rm
from reverse_match.views.cli import options as opt
from reverse_match.views.cli.commands.match import match_people
from reverse_match.views.cli.exit_codes import exit_codes


def demo(
    form: opt.Shown = opt.Format.table,
    save: Annotated[
        Path | None, opt.option("--save", "Also write the demo people file here, to edit and try.")
    ] = None,
    trade: opt.Trades = False,
    lang: opt.ShownLang = opt.LOCALE,
) -> None:
    with exit_codes(lang) as results:
        results.plan(save, reads=(rm.demo_path(),))
        if save is not None:
            results.write(save, rm.demo_path().read_text("utf-8"))
        cohort = rm.read_cohort(rm.demo_path())
        matching = match_people(cohort, rm.Policy(), lang)
        results.show(matching, form, opt.Looks(lang), rm.trade(matching, cohort) if trade else None)
