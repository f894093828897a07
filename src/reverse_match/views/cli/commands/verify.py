"""``reverse-match verify``: verifies a stored matching or plan."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Annotated

import reverse_match as rm
from reverse_match import views
from reverse_match.foundation.bounded_file import RECORD_BYTES, file_bytes
from reverse_match.foundation.errors import InputError, MatchingFileError
from reverse_match.foundation.plural import quantity
from reverse_match.views.cli import options as opt
from reverse_match.views.cli.exit_codes import exit_codes
from reverse_match.views.cli.terminal import tell_note


def verify(
    matching: Annotated[Path, opt.argument("Matching or plan, as written by match --out or plan --out.")],
    people: opt.PeopleFiles,
    policy: opt.PolicyFile = None,
    mapping: opt.Map = None,
    threads: opt.Threads = None,
    lang: opt.SentenceLang = opt.LOCALE,
) -> None:
    with exit_codes(lang) as results:
        stored, chosen = _read_stored(matching), opt.read_policy(policy)
        if chosen is not None and chosen.as_of is None:  # the day may have been given on the command line
            chosen = chosen.model_copy(update={"as_of": stored.policy.as_of})
        cohort = opt.read_people(people, mapping, stored.as_of, lang)
        if isinstance(stored, rm.RotationPlan):
            rm.verify_plan(stored, cohort, chosen, threads=threads)
        else:
            rm.verify(stored, cohort, chosen, threads=threads)
        if stored.digests.file not in (None, cohort.source.sha256):
            tell_note("the same people, but not the file that was matched", lang)
        if isinstance(stored, rm.Matching):
            _tell_of_plan(stored, lang)
        results.print_text(views.terminal.verified_text(stored, with_policy=chosen is not None, lang=lang))
        if chosen is None:
            what = "plan" if isinstance(stored, rm.RotationPlan) else "matching"
            message = f"the policy was taken from the {what}; give --policy to check that it is yours"
            tell_note(message, lang)


def _read_stored(path: Path) -> rm.Matching | rm.RotationPlan:
    """Read a matching, or else a plan; the error for a file that is neither says that it is no matching."""
    data = file_bytes(path, RECORD_BYTES)
    try:
        return rm.Matching.from_json(data, path.name)
    except MatchingFileError:
        with suppress(InputError):
            return rm.RotationPlan.from_json(data, path.name)
        raise


def _tell_of_plan(matching: rm.Matching, lang: str) -> None:
    """Note on standard error that only the plan itself can prove the duos of a round's other rounds."""
    if count := len(matching.added.other_rounds):
        tell_note(
            f"a round of a plan, which leaves out {quantity(count, 'duo')} of its other rounds; that "
            "they are there only the plan can say (verify the plan itself)",
            lang,
        )
