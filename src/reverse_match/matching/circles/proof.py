"""The proof of circles as a record: cases in preorder, each by its differences from the case above."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from reverse_match.foundation.fixed_point import points
from reverse_match.matching.results.circles import CircleCase, CircleStage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.foundation.arrays import IntArray
    from reverse_match.matching.circles.encode import PreparedCircles
    from reverse_match.solver.circles.branch_and_price import CaseNode
    from reverse_match.solver.circles.restricted_master import Duals
    from reverse_match.solver.circles.solve import CircleOptimum


def stages_of(prepared: PreparedCircles, optimum: CircleOptimum) -> tuple[CircleStage, ...]:
    """Return the stages of an optimum as records."""
    names = _Names(prepared)
    stages = []
    for kind, result in optimum.stages.items():
        reached, bound = float(result.reached), float(result.bound)
        if kind == "total":
            reached, bound = points(result.reached), points(result.bound)
        if kind == "trios":
            reached, bound = abs(reached), abs(bound)
        stages.append(
            CircleStage(stage=kind, reached=reached, bound=bound, cases=tuple(names.cases(result.root)))
        )
    return tuple(stages)


class _Names:
    """Writes cases with ids."""

    def __init__(self, prepared: PreparedCircles) -> None:
        self._ids = prepared.people[0].ids, prepared.people[1].ids

    def cases(self, node: CaseNode, above: Duals | None = None) -> Iterator[CircleCase]:
        """Yield a case, and all cases below."""
        duals = node.duals
        yield CircleCase(
            mentors=self._changes(0, duals.mentors, None if above is None else above.mentors),
            mentees=self._changes(1, duals.mentees, None if above is None else above.mentees),
            person=duals.person - (0 if above is None else above.person),
            trio=duals.trio - (0 if above is None else above.trio),
            circle=duals.circle - (0 if above is None else above.circle),
            **self._question(node),
        )
        for below in node.below:
            yield from self.cases(below, duals)

    def _changes(self, side: int, prices: IntArray, above: IntArray | None) -> dict[str, int]:
        change = prices if above is None else prices - above
        return {self._ids[side][place]: int(change[place]) for place in np.flatnonzero(change).tolist()}

    def _question(self, node: CaseNode) -> dict[str, Any]:
        if not node.below or node.question is None:
            return {}
        *people, number = node.question
        if number is not None:
            return {"number": number}
        named = zip(("mentor", "mentee"), self._ids, people, strict=True)
        return {role: ids[place] for role, ids, place in named if place is not None}
