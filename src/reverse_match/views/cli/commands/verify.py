"""``reverse-match verify``: verifies a stored matching, plan, or circles."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import reverse_match as rm
from reverse_match import views
from reverse_match.foundation.names import id_key
from reverse_match.foundation.plural import quantity
from reverse_match.verification.own_data import bound_circles, bound_matching, bound_plan
from reverse_match.views.cli import options as opt
from reverse_match.views.cli.exit_codes import exit_codes
from reverse_match.views.cli.terminal import tell_note


def verify(
    matching: Annotated[Path, opt.argument("Matching, plan or circles, as written by --out.")],
    people: opt.PeopleFiles,
    policy: opt.PolicyFile = None,
    table: opt.DataFiles = None,
    past: opt.PastFiles = None,
    mapping: opt.Map = None,
    threads: opt.Threads = None,
    lang: opt.SentenceLang = opt.LOCALE,
) -> None:
    with exit_codes(lang) as results:
        stored, chosen = opt.read_stored(matching), opt.read_policy(policy)
        if chosen is not None and chosen.as_of is None:  # the day may have been given on the command line
            chosen = chosen.model_copy(update={"as_of": stored.policy.as_of})
        cohort = opt.read_people(people, mapping, stored.as_of, lang)
        chosen = _with_past(stored, chosen, past, cohort, lang)
        tables, folders = opt.tables_of(table), [file.parent for file in (matching, *people.paths)]
        if isinstance(stored, rm.RotationPlan):
            stored, chosen = bound_plan(stored, cohort, chosen, tables, folders)
            rm.verify_plan(stored, cohort, chosen, threads=threads)
        elif isinstance(stored, rm.CircleMatching):
            stored, chosen = bound_circles(stored, cohort, chosen, tables, folders)
            rm.verify(stored, cohort, chosen, threads=threads)
        else:
            stored, chosen = bound_matching(stored, cohort, chosen, tables, folders)
            rm.verify(stored, cohort, chosen, threads=threads)
        if stored.digests.file not in (None, cohort.source.sha256):
            tell_note("the same people, but not the file that was matched", lang)
        if isinstance(stored, rm.Matching):
            _tell_of_plan(stored, lang)
        results.print_text(views.terminal.verified_text(stored, with_policy=chosen is not None, lang=lang))
        if chosen is None:
            tell_note(_policy_note(stored), lang)


def _with_past(
    stored: rm.Matching | rm.RotationPlan | rm.CircleMatching,
    chosen: rm.Policy | None,
    past: list[Path] | None,
    cohort: rm.Cohort,
    lang: str,
) -> rm.Policy | None:
    """Return the policy that is said to be the matching's, with the former duos of files.

    A file may name people who have left by what they were called. So of those who are not there now, the
    matching is believed.
    """
    from reverse_match.policy.former_partners import duos_of_other_years, with_past

    known = duos_of_other_years(stored.policy)
    if not past:
        if known and chosen is not None and not duos_of_other_years(chosen):
            told = quantity(len(known), "former duo")
            tell_note(f"the matching keeps apart {told} of other years; give --past to check them", lang)
        return chosen
    given = opt.policy_with_past(chosen or rm.Policy(), past, cohort, lang)
    if chosen is None:
        message = "belongs to --policy: the former duos of other years are checked together with it"
        raise typer.BadParameter(message, param_hint="--past")
    gone = [duo for duo in known if not {*map(id_key, (duo.mentor, duo.mentee))} <= cohort.position.keys()]
    return with_past(given, gone)


def _policy_note(stored: rm.Matching | rm.RotationPlan | rm.CircleMatching) -> str:
    """Return the note that the policy was taken on trust."""
    if isinstance(stored, rm.CircleMatching):
        return "the policy was taken from the circles; give --policy to check that it is yours"
    what = "plan" if isinstance(stored, rm.RotationPlan) else "matching"
    return f"the policy was taken from the {what}; give --policy to check that it is yours"


def _tell_of_plan(matching: rm.Matching, lang: str) -> None:
    """Note on standard error that only the plan itself can prove the duos of a round's other rounds."""
    if count := len(matching.added.other_rounds):
        tell_note(
            f"a round of a plan, which leaves out {quantity(count, 'duo')} of its other rounds; that "
            "they are there only the plan can say (verify the plan itself)",
            lang,
        )
