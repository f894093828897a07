"""What the report says: its sections in order, without those that have nothing to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.views.report.blocks import Section
from reverse_match.views.report.changes import by_hand_blocks, round_blocks
from reverse_match.views.report.chosen_by import chosen_by_blocks
from reverse_match.views.report.diversity import diversity_blocks
from reverse_match.views.report.duos import duo_blocks
from reverse_match.views.report.left_out import left_out_blocks
from reverse_match.views.report.pictures import pictures
from reverse_match.views.report.proof import certificate_blocks, verify_blocks
from reverse_match.views.report.quotas import quota_blocks
from reverse_match.views.report.summary import summary_blocks
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from reverse_match.matching.results.matching import Matching
    from reverse_match.people.cohort import Cohort


def sections(matching: Matching, people: Cohort | None, lang: str) -> tuple[Section, ...]:
    """Return the sections of the report, without those that have nothing to say.

    Parameters
    ----------
    matching : Matching
        What is told.
    people : Cohort or None
        The people that it was formed of, if they are there.
    lang : str
        ``"en"`` or ``"fr"``.

    Raises
    ------
    CohortError
        If these are not the people that were matched.
    InputError
        If the language is not known.
    MissingExtraError
        If matplotlib is not installed.
    """
    say = language(lang)
    found = [
        ("summary", summary_blocks(matching, people, say, lang)),
        ("round", round_blocks(matching, say, lang)),
        ("quotas", quota_blocks(matching, say)),
        ("duos", duo_blocks(matching, people, say, lang) if matching.duos else ()),
        ("left out", left_out_blocks(matching, say, lang)),
        ("by hand", by_hand_blocks(matching, say)),
        ("diversity", diversity_blocks(matching, people, say)),
        ("pictures", pictures(matching, people, say, lang)),
        ("chosen by", chosen_by_blocks(matching, say)),
        ("certificate", certificate_blocks(matching, say)),
        ("verify", verify_blocks(matching, say)),
    ]
    return tuple(Section(key.replace(" ", "-"), say(key), blocks) for key, blocks in found if blocks)
