"""A study: one programme, and scenarios in which something about it is changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.errors import Fault, PolicyError, ReverseMatchError, StudyError
from reverse_match.foundation.names import did_you_mean
from reverse_match.foundation.records import notebook_view
from reverse_match.matching.run_options import RunOptions
from reverse_match.policy import Policy
from reverse_match.scoring.own_data import bind_afresh
from reverse_match.solver.pairs.memory import DEFAULT_MEMORY
from reverse_match.study.changes import ScenarioChanges, change_policy, read_changes, with_capacities
from reverse_match.study.compare import Comparison, comparison
from reverse_match.study.executors import answer_all, as_sendable
from reverse_match.study.frontier import Frontier, frontier
from reverse_match.study.prices import Prices, price
from reverse_match.study.sensitivity import Sensitivity, sensitivity
from reverse_match.study.sweep import Sweep, sweep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from reverse_match.foundation.progress import Progress
    from reverse_match.matching.results.matching import Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Objective, Quota, Rule
    from reverse_match.policy.conditions import Condition
    from reverse_match.policy.spread import Spread
    from reverse_match.study.executors import ExecutorChoice
    from reverse_match.study.outline import Pair
    from reverse_match.study.workbench import Workbench

BASE = "base"
"""Name of the scenario in which nothing is changed."""


@dataclass(frozen=True)
class Scenario:
    """People and a policy, changed on purpose, and their matching.

    Attributes
    ----------
    name : str
        Name of the scenario in its study.
    matching : Matching
        The result of ``rm.match(scenario.cohort, scenario.policy)``, to the last byte.
    policy : Policy
        Policy of the scenario.
    cohort : Cohort
        People of the scenario.
    changes : ScenarioChanges
        Changes against the base.
    """

    name: str
    matching: Matching
    policy: Policy
    cohort: Cohort
    changes: ScenarioChanges

    def _repr_html_(self) -> str:
        """Return the view in a notebook: that of the matching."""
        return self.matching._repr_html_()

    def __repr__(self) -> str:
        return f"Scenario('{self.name}': {self.matching})"


@dataclass(frozen=True)
class _ScenarioRequest:
    """A scenario that has not been solved."""

    name: str
    cohort: Cohort
    policy: Policy
    changes: ScenarioChanges


class Study:
    """Scenarios of one programme, matched and compared; each match starts from the solution of the base.

    The scenario ``base`` is the programme as it is. A study keeps the scores of all pairs, the values of each
    criterion and a second table of scores for other weights: 300 MB in all at 5,000 a side, within the memory
    budget. Threads may share a study; it answers their questions one after the other.

    Parameters
    ----------
    cohort : Cohort
        The people.
    policy : Policy, optional
        The default policy if not given.
    threads : int, optional
        Number of threads; all cores if not given. No result depends on it.
    memory : int
        Budget in bytes, as for :func:`match`, for this process and for each further process of the study.
    tables : mapping of str to data, optional
        Scores and vectors of the criteria ``table`` and ``similarity``, by name, as for :func:`with_tables`.

    Examples
    --------
    >>> import reverse_match as rm
    >>> study = rm.Study(rm.read_cohort(rm.demo_path()))
    >>> study.base.matching
    Matching(25 duos, total 14.117622, 12 without a duo, proved optimal)
    >>> more = study.scenario("gender counts more", weights={"gender": 0.3})
    >>> more.matching == rm.match(more.cohort, more.policy)
    True
    >>> print(study.compare("base", "gender counts more"))
    'base' to 'gender counts more': 12 duos gained, 12 lost, 13 the same; total +0.534862
    """

    @check_arguments
    def __init__(
        self,
        cohort: Cohort,
        policy: Policy | None = None,
        *,
        threads: int | None = None,
        memory: int = DEFAULT_MEMORY,
        tables: Mapping[str, Any] | None = None,
    ) -> None:
        from reverse_match.study.workbench import Workbench

        bound = bind_afresh(policy or Policy(), cohort, tables)
        self._workbench = Workbench(cohort, bound, RunOptions(threads, memory))
        self._scenarios: dict[str, Scenario] = {}

    def __repr__(self) -> str:
        return f"Study({len(self._workbench.cohort.participants)} people; {', '.join(self.names)})"

    def _repr_html_(self) -> str:
        """Return the view in a notebook: every scenario beside the base."""
        return notebook_view(self)

    @property
    def cohort(self) -> Cohort:
        """The people of the base."""
        return self._workbench.cohort

    @property
    def policy(self) -> Policy:
        """The policy of the base."""
        return self._workbench.policy

    @property
    def base(self) -> Scenario:
        """The programme as it is, matched when it is first asked for.

        Raises
        ------
        InfeasibleError
            If the base cannot be matched; scenarios with other demands may still be.
        """
        return Scenario(BASE, self._workbench.base(), self.policy, self.cohort, ScenarioChanges())

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all scenarios, the base first."""
        return BASE, *self._scenarios

    def __getitem__(self, name: str) -> Scenario:
        """Return the scenario of a name.

        Raises
        ------
        StudyError
            If the study has no scenario of that name.
        """
        if name == BASE:
            return self.base
        if name not in self._scenarios:
            raise StudyError([Fault(f"no scenario '{name}'{did_you_mean(str(name), self.names)}", "study")])
        return self._scenarios[name]

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def __iter__(self) -> Iterator[Scenario]:
        return (self[name] for name in self.names)

    def __len__(self) -> int:
        return len(self.names)

    @check_arguments
    def scenario(
        self,
        name: str,
        *,
        weights: Mapping[str, float] | None = None,
        rules: Iterable[Rule | Mapping[str, Any]] | None = None,
        quotas: Iterable[Quota | Mapping[str, Any]] | None = None,
        fix: Iterable[Pair] = (),
        forbid: Iterable[Pair] = (),
        without: Iterable[str] = (),
        join: Iterable[Mapping[str, Any]] = (),
        capacities: Mapping[str, int] | None = None,
        objective: Objective | Mapping[str, Any] | None = None,
        as_far_as_possible: Condition | Mapping[str, Any] | Literal[False] | None = None,
        spread: Spread | Mapping[str, Any] | str | None = None,
        seed: int | None = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> Scenario:
        """Match the programme with something changed, and keep the result under a name.

        Every change applies to the base, not to the scenario before.

        Parameters
        ----------
        name : str
            A name that no other scenario of the study has.
        weights : mapping of str to float, optional
            New weights by criterion, as a policy writes them; the other weights stay as they are written.
        rules, quotas : iterable, optional
            Rules or quotas in place of those of the base.
        fix : iterable of pairs of ids
            Duos that the scenario demands, mentor first.
        forbid : iterable of pairs of ids
            People whom the scenario forbids as a duo, whoever would be the mentor.
        without : iterable of str
            Ids of people to leave out; whatever the policy says of them does not count. An id may also be in
            ``join``: then the person comes with a new record, and the policy counts.
        join : iterable of mappings
            Records of additional people, as for :meth:`.Cohort.from_records`.
        capacities : mapping of str to int, optional
            New capacities by id: the number of duos that somebody can be in, in each role.
        objective, spread, seed : optional
            Objective, spread of duos over people, or seed in place of that of the base.
        as_far_as_possible : Condition, mapping, or False, optional
            What is asked as far as possible in place of what the base asks; ``False`` asks for nothing.
        progress : callable, optional
            Is given a :class:`Progress` whenever something has changed.

        Raises
        ------
        StudyError
            If the name is taken.
        PolicyError
            If a weight is given to a criterion that the policy lacks, or the changed policy is invalid.
        CohortError
            If a named person is not in the cohort, or a record is wrong.
        InfeasibleError
            If no matching exists; the error says why.

        Examples
        --------
        >>> import reverse_match as rm
        >>> study = rm.Study(rm.read_cohort(rm.demo_path()))
        >>> duo = study.base.matching.duos[0]
        >>> study.scenario("not these two", forbid=[(duo.mentor, duo.mentee)]).matching
        Matching(25 duos, total 14.042022, 12 without a duo, proved optimal)
        >>> study.scenario("a pilot", quotas=[{"kind": "duos", "at_most": 5}]).matching
        Matching(5 duos, total 3.805466, 50 without a duo, proved optimal)
        """
        self._refuse_taken(name)
        asked = self._request(
            name,
            {
                "weights": weights,
                "rules": rules,
                "quotas": quotas,
                "fix": fix,
                "forbid": forbid,
                "without": without,
                "join": join,
                "capacities": capacities,
                "objective": objective,
                "as_far_as_possible": as_far_as_possible,
                "spread": spread,
                "seed": seed,
            },
        )
        matching = self._workbench.match(asked.cohort, asked.policy, progress)
        return self._add(asked, matching)

    @check_arguments
    def scenarios(
        self,
        asked: Mapping[str, Mapping[str, Any]],
        *,
        executor: ExecutorChoice = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> dict[str, Scenario]:
        """Match many scenarios, in parallel.

        Parameters
        ----------
        asked : mapping of str to mapping
            The arguments of :meth:`scenario`, by the name of each scenario.
        executor : Executor or "serial", optional
            Any executor of PEP 3148, or ``"serial"`` for this process. If not given: new processes on this
            machine if the work takes longer than some seconds; see :func:`match_many`.
        progress : callable, optional
            Is given a :class:`Progress` whose ``rounds`` is the number of finished scenarios.

        Returns
        -------
        dict of str to Scenario
            In the order of ``asked``.

        Raises
        ------
        ReverseMatchError
            The first error of a scenario, with a note for each scenario that failed. The study keeps the
            others.

        Examples
        --------
        >>> import reverse_match as rm
        >>> study = rm.Study(rm.read_cohort(rm.demo_path()))
        >>> found = study.scenarios({"fair": {"objective": "max_min"}, "pilot": {"quotas": [
        ...     {"kind": "duos", "at_most": 5}]}})
        >>> [len(scenario.matching.duos) for scenario in found.values()]
        [25, 5]
        """
        from reverse_match.matching.explain import Explainer

        for name in asked:
            self._refuse_taken(name)
        made = [self._request(name, _arguments(name, changes)) for name, changes in asked.items()]
        options = self._options(executor, progress)
        policies = [one.policy for one in made]
        found = answer_all(self._workbench, _match, made, options, policies=policies)
        failed: list[tuple[str, Exception]] = []
        scenarios = {}
        for one, outcome in zip(made, found, strict=True):
            if isinstance(outcome, Exception):
                failed.append((one.name, outcome))
            else:
                beside = Explainer(one.cohort, options.quiet)
                scenarios[one.name] = self._add(one, outcome.with_answers(beside))
        if failed:
            error = failed[0][1]
            for name, other in failed:
                error.add_note(f"scenario '{name}': {type(other).__name__}")
            raise error
        return scenarios

    @check_arguments
    def compare(self, before: str, after: str) -> Comparison:
        """Compare two scenarios: by duo, by person, by department, by criterion.

        Raises
        ------
        StudyError
            If the study lacks a scenario of one of the names.

        Examples
        --------
        >>> import reverse_match as rm
        >>> study = rm.Study(rm.read_cohort(rm.demo_path()))
        >>> _ = study.scenario("no age", weights={"age": 0})
        >>> study.compare("base", "no age").records("criteria")[2]
        {'criterion': 'age', 'before': 2.21128, 'after': 0.0, 'change': -2.21128}
        """
        one, other = self[before], self[after]
        return comparison((before, after), (one.matching, other.matching), (one.cohort, other.cohort))

    @check_arguments
    def sweep(
        self,
        *,
        weight: str,
        over: Iterable[float],
        resolution: float | None = None,
        executor: ExecutorChoice = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> Sweep:
        """Match under several weights of one criterion, and locate the changes of the matching between them.

        Parameters
        ----------
        weight : str
            Name of the criterion; the weights of the others stay as they are written.
        over : iterable of float
            Weights, 0 or more, as a policy writes them.
        resolution : float, optional
            If given, changes are located between these weights, down to neighbouring multiples of it; each
            change takes some further matches. Large cohorts change at nearly every weight.
        executor, progress
            As for :meth:`scenarios`.

        Raises
        ------
        PolicyError
            If the policy has no such criterion, or all weights would be 0.
        StudyError
            If a weight or the resolution is wrong.
        InfeasibleError
            If no matching exists.

        Examples
        --------
        >>> import reverse_match as rm
        >>> study = rm.Study(rm.read_cohort(rm.demo_path()))
        >>> swept = study.sweep(weight="gender", over=[0, 0.1, 0.2], resolution=0.001)
        >>> [point.total for point in swept.points]
        [14.233965, 14.117622, 14.284981]
        >>> [(change.after, change.until, len(change.gained)) for change in swept.breakpoints]
        [(0.099, 0.1, 2), (0.119, 0.12, 2), (0.134, 0.135, 2), (0.182, 0.183, 5)]
        """
        return sweep(self._workbench, weight, over, resolution, self._options(executor, progress))

    @check_arguments
    def frontier(
        self,
        first: str,
        second: str,
        *,
        of: Any = None,
        points: int | None = None,
        executor: ExecutorChoice = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> Frontier:
        """Weigh the total against duos of a kind: the exact trade-off, with the cost of each step.

        Every point has the largest possible number of duos in all, and the highest total for its number of
        duos of the kind.

        Parameters
        ----------
        first : str
            ``"total"``.
        second : str
            ``"share of mixed duos"`` (different gender), ``"share of duos across departments"``, or
            ``"share of duos across locations"``, or the same with ``"number of"``. With ``of``, any name.
        of : condition, optional
            The kind of duos: a condition as a quota has it, a model or plain data.
        points : int, optional
            About how many numbers of duos to solve for, evenly apart; every number if not given.
        executor, progress
            As for :meth:`scenarios`.

        Raises
        ------
        StudyError
            If a measure is not known, or the objective is not ``coverage``.
        PolicyError
            If the condition is invalid.
        InfeasibleError
            If the base has no matching.

        Examples
        --------
        >>> import reverse_match as rm
        >>> study = rm.Study(rm.read_cohort(rm.demo_path()))
        >>> curve = study.frontier("total", "share of mixed duos")
        >>> [(point.count, point.total, point.cost) for point in curve.points][:3]
        [(13, 14.117622, 0.0), (14, 14.097955, 0.019667), (15, 14.063422, 0.034533)]
        """
        return frontier(self._workbench, first, second, of, points, self._options(executor, progress))

    @check_arguments
    def price(
        self,
        *,
        people: int = 5,
        executor: ExecutorChoice = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> Prices:
        """Compute the cost of each rule, quota and capacity to the programme, the dearest first.

        The cost is exact: the programme is solved again without the rule or the quota, with one more place
        (in each role) for a person, or without the musts of a person that a rule ``personal_rules`` keeps.
        Beside it stands the dual value of the certificate, for a small change.

        Parameters
        ----------
        people : int
            Number of people for whom one more place is priced: those whose capacity limits the number of duos
            first, then those with the highest prices in the certificate. And number of people whose musts are
            priced: those who have no duo first, then in the order of their ids.
        executor, progress
            As for :meth:`scenarios`.

        Raises
        ------
        InfeasibleError
            If the base has no matching.

        Examples
        --------
        >>> import reverse_match as rm
        >>> study = rm.Study(rm.read_cohort(rm.demo_path()))
        >>> [(price.name, price.duos, price.points) for price in study.price(people=1).prices]
        [('sophie.lambert', 1, 0.643067), ('not_in_reporting_line', 0, 1.064784), ('avoids', 0, 0.0)]
        """
        return price(self._workbench, people, self._options(executor, progress))

    @check_arguments
    def sensitivity(
        self,
        *,
        samples: int = 100,
        seed: int = 0,
        spread: float = 0.2,
        resolution: float = 0.001,
        executor: ExecutorChoice = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> Sensitivity:
        """Find how far each weight can move before any duo changes, and how sturdy each duo is.

        Parameters
        ----------
        samples : int
            Number of nearby policies that are matched to see which duos stay.
        seed : int
            Seed under which they are drawn.
        spread : float
            The largest change of a weight, as a share of it, between 0 and 1; changes are drawn evenly.
        resolution : float
            Step of the grid of shares of a weight: a part of 1.
        executor, progress
            As for :meth:`scenarios`.

        Raises
        ------
        StudyError
            If a number is out of range.
        InfeasibleError
            If the base has no matching.

        Examples
        --------
        >>> import reverse_match as rm
        >>> study = rm.Study(rm.read_cohort(rm.demo_path()))
        >>> found = study.sensitivity(samples=10, resolution=0.01)
        >>> [(one.name, one.lower, one.share, one.upper) for one in found.weights][:2]
        [('skills', 0.29, 0.4, 0.4), ('goals', 0.22, 0.25, 0.38)]
        >>> found.duos[-1].share
        1.0
        """
        options = self._options(executor, progress)
        return sensitivity(self._workbench, samples, seed, spread, resolution, options)

    def _options(self, executor: ExecutorChoice, progress: Callable[[Progress], None] | None) -> RunOptions:
        return replace(self._workbench.options, executor=executor, progress=progress)

    def _refuse_taken(self, name: object) -> None:
        if not isinstance(name, str) or not name:
            raise StudyError([Fault("right would be a text", "study", column="name")])
        if name in self:
            message = f"a scenario is called '{name}' already; choose another name"
            raise StudyError([Fault(message, "study", column="name")])

    def _request(self, name: str, arguments: dict[str, Any]) -> _ScenarioRequest:
        given = {key: value for key, value in arguments.items() if value is not None}
        without = _ids(given.pop("without", ()), name)
        records = list(given.pop("join", ()))
        capacities = dict(given.pop("capacities", {}))
        cohort = with_capacities(self.cohort.amended(leave=without, join=records), capacities)
        joined = [
            cohort.participants[cohort.position[key]].id
            for key in cohort.position.keys() - self.cohort.position
        ]
        changes = read_changes(
            given | {"without": without, "joined": sorted(joined), "capacities": capacities}, name
        )
        return _ScenarioRequest(name, cohort, change_policy(self.policy, changes, name), changes)

    def _add(self, asked: _ScenarioRequest, matching: Matching) -> Scenario:
        made = Scenario(asked.name, matching, asked.policy, asked.cohort, asked.changes)
        with self._workbench.lock:
            self._refuse_taken(asked.name)  # another thread may have taken it meanwhile
            self._scenarios[asked.name] = made
        return made


def _ids(given: Any, name: str) -> tuple[str, ...]:
    if isinstance(given, str):
        message = "a text, not a list; right would be a list of ids"
        raise StudyError([Fault(message, f"scenario '{name}'", column="without")])
    return tuple(given)


_ARGUMENTS = (
    *("weights", "rules", "quotas", "fix", "forbid", "without", "join", "capacities", "objective"),
    *("as_far_as_possible", "spread", "seed"),
)


def _arguments(name: str, changes: Mapping[str, Any]) -> dict[str, Any]:
    unknown = [key for key in changes if key not in _ARGUMENTS]
    if unknown:
        hint = did_you_mean(str(unknown[0]), _ARGUMENTS)
        raise PolicyError([Fault(f"no change '{unknown[0]}'{hint}", f"scenario '{name}'")])
    return dict(changes)


def _match(workbench: Workbench, asked: _ScenarioRequest) -> Matching | Exception:
    """Match one of several scenarios; return an error in place of the matching if it fails."""
    try:
        cohort = workbench.cohort if asked.cohort == workbench.cohort else asked.cohort
        return workbench.match(cohort, asked.policy)
    except ReverseMatchError as error:
        return as_sendable(error)
