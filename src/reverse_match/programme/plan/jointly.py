"""The arrays of a small plan as one programme of all its rounds (``solver.rounds.joint_rounds``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reverse_match.programme.plan.joint_optimum import fixed_places
from reverse_match.solver.assignment.candidates import all_arcs
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.rounds.joint_integer_programme import MOST_VARIABLES, JointIntegerProgramme

if TYPE_CHECKING:
    from reverse_match.foundation.arrays import IntArray
    from reverse_match.matching.encode import Prepared
    from reverse_match.programme.plan.joint_optimum import JointOptimum
    from reverse_match.solver.rounds.meet_once import Reverse


def joint_rounds(
    joint: JointOptimum, alone: Prepared, capacities: tuple[IntArray, IntArray]
) -> JointIntegerProgramme:
    """Return all that may be chosen in some round; nothing where that is too much.

    Parameters
    ----------
    joint : JointOptimum
        All rounds as one matching.
    alone : Prepared
        One round by itself.
    capacities : pair of int64 arrays, shape (people, rounds)
        Of rows and columns in each round.
    """
    whole, nothing = joint.whole, Arcs.union([])
    rows, columns = fixed_places(whole)
    fixed = Arcs(rows, columns, whole.model.at(rows, columns))
    small = whole.problem.shape[0] * whole.problem.shape[1] <= MOST_VARIABLES
    free = all_arcs(whole.problem, whole.tiling) if small else nothing
    arcs = Arcs.union([fixed, free]) if small else nothing
    return JointIntegerProgramme(
        arcs,
        whole.problem.judged.at(arcs.rows, arcs.columns),
        arcs.among(fixed),
        _meetings(arcs, joint.reverse),
        capacities,
        [quota.sums for quota in alone.quotas],
    )


def _meetings(arcs: Arcs, reverse: Reverse) -> IntArray:
    """Return a number for the two people of each pair: the same one for its reverse."""
    width = int(arcs.columns.max(initial=0)) + 1
    rows, columns, exist = reverse.of(arcs.rows, arcs.columns)
    place = arcs.rows * width + arcs.columns
    back = np.where(exist & (columns < width), rows * width + columns, place)
    numbers: IntArray = np.unique(np.minimum(place, back), return_inverse=True)[1]
    return numbers
