"""Constants that tune the solver. None of them changes a result; each has the reason for its value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tuning:
    """How the solver goes about its work. Measured with ``benchmarks/``, 5,000 on each side."""

    all_pairs: int = 40_000
    """A problem with no more pairs is given whole: that is as fast as choosing, and one round settles it."""

    sample_share: int = 8
    """The sample from which prices are estimated has one in so many of the rows and of the columns."""

    sample_rounds: int = 1
    """Rounds in which a sample is solved: it only has to estimate, and more make the estimate no better."""

    most_rounds: int = 500
    """Rounds of solving and pricing all pairs, after which something is wrong: 3 to 6 are usual."""

    wanted: int = 20
    """Candidates of each row and of each column: 12 make a solve 15 % longer (more rounds), 30 make it 10 %
    longer (slower ones)."""

    wanted_again: int = 12
    """Candidates of each beside those of an earlier solve with other scores: 20 make a solve 20 % longer."""

    wanted_by_loosened: int = 300
    """Candidates of whoever has lost a partner to a what-if: they may have to go far for the next."""

    near_per_person: int = 3
    """So many candidates for each row and column lie within the margin of pricing: other pairs within it are
    found now instead of in a later round."""

    arcs_per_person: int = 40
    """Pricing brings back no more pairs than this for each row and column: more would not fit the network."""

    most_augmentations: int = 8
    """Augmenting paths with which an earlier choice is re-optimised, at most: beyond, a solve from nothing is
    faster."""

    few: int = 200
    """No more people than this are given candidates one by one: beyond, pricing all pairs is faster."""

    penalty: float = 100.0
    """Points lost for each unit by which a candidate's linear programme misses a quota: no duo is worth more
    than one, so that few units can be worth missing."""

    penalty_rise: float = 100.0
    """So many times as much where quotas that can be kept are still missed."""

    relative_tolerance: float = 5e-6
    """Where the restricted master is this near to the bound, as a share, it needs no more candidates."""

    most_quota_rounds: int = 12
    """Rounds of pricing quotas; 2 to 4 are usual, and more would only tighten the bound."""

    searched_first: int = 1_000
    """Pairs that lose little, beside those that the linear programme uses, among which a choice is looked for
    first."""

    searched_most: int = 60_000
    """No search goes through more pairs."""

    few_pairs: int = 2_500
    """Whether quotas can be kept at all is searched among all of no more pairs than this: prices would take
    longer."""

    search_nodes: int = 2_000
    """Nodes after which a search of HiGHS ends: a limit on time that does not depend on the machine."""

    first_nodes: int = 32
    """Nodes of a proof tree before HiGHS is asked for a better choice: most proofs need fewer."""

    tree_nodes: int = 2_000
    """Nodes of a proof by cases, at most: a limit on time and on the size of the certificate."""

    tree_pairs: int = 2_000_000
    """Pairs in all nodes of a proof together, at most: the same limit for many pairs."""

    quota_sample_share: int = 6
    """The sample from which prices of quotas are estimated has one in so many of the rows and columns."""

    quota_sample_from: int = 1_000_000
    """Pairs from which an estimate saves a linear programme of all candidates: 3 of 14 s at 25 million."""

    wanted_for_count: int = 5
    """Candidates of each row and column where the largest number of pairs is asked for."""

    programme_per_person: int = 2
    """Candidates for each person in a linear programme of a large cohort, the nearest to their prices: with 3
    it takes twice as long, with 1 more of them are needed."""

    def nodes_for(self, pairs: int) -> int:
        """Return how many nodes a tree over so many pairs may have."""
        return max(1, min(self.tree_nodes, self.tree_pairs // max(1, pairs)))
