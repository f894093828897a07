"""Verification looks at pairs tile by tile: where they are cut makes no difference."""

from __future__ import annotations

from typing import Any

import pytest

import reverse_match as rm
from reverse_match.solver.pairs.tiles import Tiling
from reverse_match.testing import invented_cohort
from reverse_match.verification import all_pairs as audit

MIXED = {"kind": "different", "field": "gender"}


@pytest.mark.parametrize("tile", [(1, 1), (3, 2), (4, 5)])
@pytest.mark.parametrize("quotas", [[], [{"kind": "share", "of": MIXED, "at_least": 0.75}]])
def test_where_tiles_end_makes_no_difference(
    tile: tuple[int, int], quotas: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    cohort = invented_cohort(30, seed=3)
    policy = rm.Policy.model_validate({"quotas": quotas})
    matching = rm.match(cohort, policy)
    assert len({left.role for left in matching.unmatched if left.nearest is not None}) >= 1
    monkeypatch.setattr(audit, "Tiling", lambda threads: Tiling(*tile, threads=threads))
    rm.verify(matching, cohort, policy)
    for place, left in enumerate(matching.unmatched):
        if left.nearest is None:
            continue
        wrong = left.model_copy(update={"nearest": left.nearest.model_copy(update={"by": 0.123457})})
        unmatched = (*matching.unmatched[:place], wrong, *matching.unmatched[place + 1 :])
        with pytest.raises(rm.VerificationError, match="nearest"):
            rm.verify(matching.model_copy(update={"unmatched": unmatched}), cohort, policy)
