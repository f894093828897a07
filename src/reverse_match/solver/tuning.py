"""Constants that tune the solver. None of them changes a result; each has the reason for its value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tuning:
    """Constants of the solver. They are measured with ``benchmarks/``, 5,000 on each side."""

    all_pairs: int = 40_000
    """Largest number of pairs that are all given to the solver: as fast as candidates, in one round."""

    table_pairs: int = 100
    """Smallest number of pairs that are solved as one table: with 200 that takes two thirds of the time."""

    table_after: int = 100_000
    """Pairs of such problems after which a process loads the solver of tables: 20 of hundreds of people, or
    some 400 of thirty."""

    most_table_pairs: int = 40_000
    """Largest number of pairs that are solved as one table; see ``LARGE_TABLES``."""

    sample_share: int = 8
    """Divisor of rows and columns for the sample from which prices are estimated."""

    sample_share_of_flow: int = 4
    """The same divisor where capacities or sides differ: a better estimate pays, since flows take three times
    as long as assignments."""

    sample_rounds: int = 1
    """Rounds in which a sample is solved; more rounds do not improve the estimate."""

    most_rounds: int = 500
    """Rounds of solving and pricing after which an error is raised; 3 to 6 are usual."""

    thinned_rounds: int = 8
    """Rounds after which candidates far from their prices are dropped, though they could still matter. In
    later rounds only those are dropped that cannot, so that no two rounds can undo each other for ever."""

    wanted: int = 20
    """Candidates of each row and of each column: with 12 a solve takes 15 % longer (more rounds), with 30 10
    % longer (slower rounds)."""

    wanted_again: int = 12
    """Candidates of each person added to those of an earlier solve with other scores; 20 take 20 % longer."""

    wanted_by_loosened: int = 300
    """Candidates of a person who has lost a partner to a what-if, and may need a remote one."""

    near_per_person: int = 3
    """Candidates of each person within the margin of pricing: other pairs within it are found in the same
    round instead of a later one."""

    arcs_per_person: int = 40
    """Largest number of pairs that pricing returns for each person; more would not fit the network."""

    most_augmentations: int = 8
    """Largest number of augmenting paths for a re-optimisation; beyond it, a new solve is faster."""

    few: int = 200
    """Largest number of people who get candidates one by one; beyond it, pricing all pairs is faster."""

    penalty: float = 100.0
    """Points lost for each unit by which the restricted master misses a quota. A duo is worth at most one
    point, so missing a quota rarely pays."""

    penalty_rise: float = 100.0
    """Factor of the penalty where quotas that can be kept are still missed."""

    relative_tolerance: float = 5e-6
    """Distance of the restricted master from the bound, as a share, at which it needs no more candidates."""

    most_quota_rounds: int = 12
    """Rounds of pricing quotas; 2 to 4 are usual, and more would only tighten the bound."""

    searched_first: int = 1_000
    """Pairs with small losses in the first search for a choice, in addition to those that the restricted
    master uses."""

    searched_most: int = 60_000
    """Largest number of pairs in a search."""

    few_pairs: int = 2_500
    """Largest number of pairs that are all searched to decide feasibility; prices would take
    longer."""

    alike_from: int = 250_000
    """Number of pairs from which feasibility is first decided by classes of people who are alike: at a
    million it saves seconds, at 25 million minutes."""

    search_nodes: int = 2_000
    """Nodes at which a search of HiGHS ends; unlike seconds, this limit does not depend on the machine."""

    first_nodes: int = 32
    """Nodes of a proof tree before HiGHS is asked for a better choice; most proofs need fewer."""

    tree_nodes: int = 2_000
    """Largest number of nodes of a proof tree, to limit time and the size of the certificate."""

    tree_pairs: int = 2_000_000
    """Largest number of pairs, summed over all nodes of a proof tree: the same limit for many pairs."""

    quota_sample_share: int = 6
    """Divisor of rows and columns for the sample from which prices of quotas are estimated."""

    quota_sample_from: int = 1_000_000
    """Number of pairs from which that estimate saves time: 3 of 14 s at 25 million."""

    whole_choices_from: int = 1_000_000
    """Number of pairs from which a few quotas are priced by whole choices: at 25 million it takes a third of
    the time of linear programmes over candidates."""

    known_proofs_from: int = 1_000_000
    """Number of pairs from which a what-if under quotas begins with the proofs of the choice before it."""

    wanted_for_count: int = 5
    """Candidates of each person where the number of pairs is maximised."""

    programme_per_person: int = 2
    """Candidates of each person in the restricted master of a large cohort, the nearest to their prices: with
    3 it takes twice as long, with 1 more rounds are needed."""

    def nodes_for(self, pairs: int) -> int:
        """Return the largest number of nodes of a tree over ``pairs`` pairs."""
        return max(1, min(self.tree_nodes, self.tree_pairs // max(1, pairs)))


LARGE_TABLES = Tuning(most_table_pairs=160_000)
"""Constants where no search depends on which candidates there are, as it does under quotas. From 400 people
on a side, candidates take less time than a table."""
