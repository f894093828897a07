"""Peers must be compared like with like: the same people, the same scores, the same best total."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

import numpy as np
import pytest

import peers as peers_module
import reverse_match as rm
from numpy_scores import numpy_scores
from peers import PEERS, Unavailable, measure_peers, peer_table
from reverse_match.testing import invented_cohort
from reverse_match.views.cli.bench_figures import PLAIN, measure


def total_of(scores: Any, pairs: Any) -> float:
    return float(np.rint(scores[pairs] * 1e6).sum() / 1e6)


@pytest.mark.parametrize(("people", "mentors"), [(60, None), (60, 10), (60, 45)])
def test_peers_that_look_at_the_whole_reach_the_same_total(people: int, mentors: int | None) -> None:
    cohort = invented_cohort(people, mentors=mentors)
    scores, matching = rm.score_matrix(cohort), rm.match(cohort, PLAIN)
    installed = [name for name, module in (("lapjv", "lapjv"), ("lapx", "lap")) if find_spec(module)]
    for name in ("scipy", "scipy-sparse", "ortools-all-arcs", *installed):
        found = PEERS[name](scores)
        assert len(found[0]) == len(matching.duos), name
        assert total_of(scores, found) == pytest.approx(matching.total, abs=1e-9), name


def test_peers_that_do_not_look_at_the_whole_form_duos_that_no_pair_undoes() -> None:
    """With one score for both sides a stable matching is what taking the best pair again and again gives."""
    cohort = invented_cohort(80)
    scores = rm.score_matrix(cohort)
    rows, columns = PEERS["greedy"](scores)
    row_score, column_score = np.full(len(scores), -1.0), np.full(scores.shape[1], -1.0)
    row_score[rows] = column_score[columns] = scores[rows, columns]
    assert not (np.nan_to_num(scores, nan=-2.0) > np.maximum.outer(row_score, column_score)).any()
    assert len(set(rows)) == len(set(columns)) == len(rows)
    assert total_of(scores, (rows, columns)) <= rm.match(cohort, PLAIN).total
    spec = find_spec("matching")
    if spec is not None and spec.origin is not None:  # the library, and no folder of tests
        assert total_of(scores, PEERS["gale-shapley"](scores)) == total_of(scores, (rows, columns))


def test_a_peer_for_which_the_size_is_too_large_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers_module, "find_spec", lambda _: True)
    with pytest.raises(Unavailable, match="too large: 40,000 pairs"):
        PEERS["gale-shapley"](np.zeros((200, 200)))


def test_a_peer_that_is_missing_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers_module, "find_spec", lambda _: None)
    for peer in PEERS.values():
        with pytest.raises(Unavailable, match="is not installed"):
            peer(np.zeros((2, 2)))


def test_scores_in_numpy_are_the_scores() -> None:
    cohort = invented_cohort(150)
    ours, plain = rm.score_matrix(cohort), numpy_scores(cohort)
    assert (np.isnan(ours) == np.isnan(plain)).all()
    assert np.nanmax(np.abs(ours - plain)) < 5e-6


def test_peers_are_measured_beside_a_match() -> None:
    figures, peers = measure(30, repeats=1), measure_peers(30, ["scipy", "greedy"], repeats=1)
    scipy, greedy = peers
    assert scipy.total == figures.total
    assert greedy.total is not None
    assert greedy.total <= figures.total
    lines = peer_table([(figures, peers)]).splitlines()
    assert [line.split(" | ")[1] for line in lines[2:]] == ["scipy", "greedy"]
