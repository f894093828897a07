"""Forms circles. The code that forms them is loaded with the first call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from reverse_match.foundation.arguments import check_arguments
from reverse_match.matching.run_options import RunOptions
from reverse_match.policy import Policy
from reverse_match.scoring.own_data import bind
from reverse_match.solver.pairs.memory import DEFAULT_MEMORY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from reverse_match.foundation.names import HasMentorAndMentee, PairLike
    from reverse_match.foundation.progress import Progress
    from reverse_match.matching.results.circles import CircleMatching
    from reverse_match.matching.results.matching import Matching
    from reverse_match.people.cohort import Cohort


class HasPastDuos(Protocol):
    """What has former duos, such as a history."""

    @property
    def past_duos(self) -> Sequence[HasMentorAndMentee]:
        """The former duos."""
        ...


@check_arguments
def form_circles(
    cohort: Cohort,
    policy: Policy | None = None,
    *,
    past: Sequence[CircleMatching | Matching | HasPastDuos | PairLike] = (),
    time_limit: float | None = None,
    threads: int | None = None,
    memory: int = DEFAULT_MEMORY,
    progress: Callable[[Progress], None] | None = None,
    tables: Mapping[str, Any] | None = None,
) -> CircleMatching:
    """Form the best possible circles of one or two mentors and several mentees, or duos with a few trios.

    The policy says in ``circles`` how many people are in one, and what holds within it. The most people are
    placed; of all such circles, those with the fewest trios, where trios are asked for; of these, those with
    the highest total of the scores of each mentor with each mentee. Rules hold for each mentor with each
    mentee of a circle. Nobody is in a circle with somebody whom they avoid, whatever their roles. Everybody
    is in at most one circle in a role; capacity 0 sits out.

    Parameters
    ----------
    cohort : Cohort
        The people.
    policy : Policy
        The policy, which says in ``circles`` what circles are.
    past : sequence, optional
        Former circles, matchings, histories, or pairs of ids: no mentor meets a mentee again. A condition
        ``not_met_before`` within circles can keep other former members apart as well.
    time_limit : float, optional
        Seconds after which the search ends; the circles then have an honest gap.
    threads : int, optional
        Number of threads for scores; all cores if not given. The circles do not depend on it.
    memory : int
        Budget in bytes for scores; 1 GiB if not given.
    progress : callable, optional
        Is given a :class:`Progress` after every change.
    tables : mapping, optional
        Scores and vectors of the criteria ``table`` and ``similarity``, by name, as for :func:`with_tables`.

    Returns
    -------
    CircleMatching
        The circles with their certificate.

    Raises
    ------
    PolicyError
        If the policy says nothing of circles, has quotas, credits or an objective other than ``coverage``,
        or names a field or a person that does not exist.
    CohortError
        If a column does not hold what a criterion needs.
    InfeasibleError
        If no circles have the fixed duos of the policy.
    UndecidedError
        If neither circles with the fixed duos were found, nor a proof that there are none.
    SizeError
        If there are too many people, or too many possible pairs of mentors.

    Examples
    --------
    >>> import reverse_match as rm
    >>> people = [{"id": "lea", "role": "mentor", "offers": "Python"}]
    >>> people += [{"id": name, "role": "mentee", "seeks": "Python"} for name in ("ada", "bob", "eve")]
    >>> circles = rm.form_circles(rm.Cohort.from_records(people), rm.Policy(circles={"mentees": "2..3"}))
    >>> [(circle.mentors, circle.mentees) for circle in circles.circles], circles.certificate.gap
    ([(('lea',), ('ada', 'bob', 'eve'))], 0.0)
    """
    from reverse_match.matching.circles.form import form

    options = RunOptions(threads, memory, time_limit, progress)
    return form(cohort, bind(policy or Policy(), cohort, tables), past, options)
