"""Publishes a matching: from then on its duos count, and before that it is a draft.

Whatever is tried by hand in a draft never was: duos that an amendment has ended before the matching was
published are no former partners. A round that :func:`rotate` has formed says the day on which it begins, and
a matching that a rotation begins from counts as published.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.errors import Fault, PolicyError, RotationError
from reverse_match.programme.amendment_request import read_day

if TYPE_CHECKING:
    from datetime import date

    from reverse_match.matching.results.matching import Matching
    from reverse_match.programme.history import History


@check_arguments
def publish(matching: Matching, *, on: date | str, history: History | None = None) -> Matching:
    """Publish a matching: its people are told, and its duos count from now on.

    Until then a matching is a draft, unless a rotation has formed it, which says on which day it begins. Duos
    that amendments end in a draft never were: nobody becomes a former partner by what was tried. Whatever is
    amended after publishing counts.

    Parameters
    ----------
    matching : Matching
        The draft; the object stays as it is.
    on : date or str
        The day from which it counts.
    history : History, optional
        The rounds before, so that a matching is refused that does not follow them.
        :meth:`.History.with_published` keeps the duos of the published one.

    Returns
    -------
    Matching
        The same matching, with ``published``.

    Raises
    ------
    RotationError
        If it is published already, or does not follow the history.
    HistoryError
        If the history has this matching already, or is of other people.
    PolicyError
        If the day is not valid.
    VerificationError
        If the matching was changed after it was written.

    Examples
    --------
    >>> import reverse_match as rm
    >>> draft = rm.match(rm.read_cohort(rm.demo_path()))
    >>> draft.is_draft, rm.publish(draft, on="2027-01-11").is_draft
    (True, False)
    """
    from reverse_match.verification.findings import refuse_tampered

    day = read_day(on)
    if day is None:
        raise PolicyError([Fault("missing; right would be the day on which it counts", column="on")])
    refuse_tampered(matching)
    if matching.published is not None:
        message = f"published already, on {matching.published}; right would be a draft"
        raise RotationError([Fault(message, "matching", code="contradictory")])
    if history is not None:
        from reverse_match.programme.rotate import number_of

        history.refuse_others(matching)
        number_of(matching, history)
    return matching.as_published(day, len(matching.log))
