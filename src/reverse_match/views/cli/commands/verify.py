"""``reverse-match verify``: a second opinion on a stored matching."""

from __future__ import annotations

import reverse_match as rm
from reverse_match import views
from reverse_match.foundation.plural import counted
from reverse_match.views.cli.exit_codes import exit_codes
from reverse_match.views.cli.options import (
    Map,
    People,
    PolicyFile,
    StoredMatching,
    Threads,
    read_matching,
    read_people,
    read_policy,
)
from reverse_match.views.cli.terminal import say


def verify(
    matching: StoredMatching,
    people: People,
    policy: PolicyFile = None,
    mapping: Map = None,
    threads: Threads = None,
) -> None:
    with exit_codes() as results:
        stored, chosen = read_matching(matching), read_policy(policy)
        if chosen is not None and chosen.as_of is None:  # the day may have been given on the command line
            chosen = chosen.model_copy(update={"as_of": stored.policy.as_of})
        cohort = read_people(people, mapping, stored.as_of)
        rm.verify(stored, cohort, chosen, threads=threads)
        if stored.digests.file not in (None, cohort.source.sha256):
            say("note: the same people, but not the file that was matched", err=True)
        _tell_of_plan(stored)
        results.print_text(views.terminal.verified_text(stored, with_policy=chosen is not None))
        if chosen is None:
            say(
                "note: the policy was taken from the matching; give --policy to check that it is yours",
                err=True,
            )


def _tell_of_plan(matching: rm.Matching) -> None:
    """Say that a round of a plan was checked among what its other rounds leave, which are not here."""
    if count := len(matching.added.other_rounds):
        say(
            f"note: a round of a plan, which leaves out {counted(count, 'duo')} of its other rounds; that "
            "they are there only the plan can say (rm.verify_plan)",
            err=True,
        )
