"""Benchmarks must compare like with like: the same people, the same scores, the same best total."""

from __future__ import annotations

import json
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.views.cli.bench import peers as peers_module
from reverse_match.views.cli.bench.generator import invented_cohort, invented_records
from reverse_match.views.cli.bench.measures import write_people
from reverse_match.views.cli.bench.memory import peak_memory
from reverse_match.views.cli.bench.numpy_scores import numpy_scores
from reverse_match.views.cli.bench.peers import PEERS, Unavailable
from reverse_match.views.cli.main import app

if TYPE_CHECKING:
    from pathlib import Path


def total_of(scores: Any, pairs: Any) -> float:
    return float(np.rint(scores[pairs] * 1e6).sum() / 1e6)


@pytest.mark.parametrize(("people", "mentors"), [(60, None), (60, 10), (60, 45)])
def test_peers_that_look_at_the_whole_reach_the_same_total(people: int, mentors: int | None) -> None:
    cohort = invented_cohort(people, mentors=mentors)
    scores, matching = rm.score_matrix(cohort), rm.match(cohort)
    for name in ("scipy", "ortools-all-arcs", *(["lapjv"] if find_spec("lapjv") else [])):
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
    assert total_of(scores, (rows, columns)) <= rm.match(cohort).total
    spec = find_spec("matching")
    if spec is not None and spec.origin is not None:  # the library, and no folder of tests
        assert total_of(scores, PEERS["gale-shapley"](scores)) == total_of(scores, (rows, columns))


def test_a_peer_for_which_the_size_is_too_large_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers_module, "find_spec", lambda name: True)
    with pytest.raises(Unavailable, match="too large: 40,000 pairs"):
        PEERS["gale-shapley"](np.zeros((200, 200)))


def test_a_peer_that_is_missing_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers_module, "find_spec", lambda name: None)
    for peer in PEERS.values():
        with pytest.raises(Unavailable, match="is not installed"):
            peer(np.zeros((2, 2)))


def test_scores_in_numpy_are_the_scores() -> None:
    cohort = invented_cohort(150)
    ours, plain = rm.score_matrix(cohort), numpy_scores(cohort)
    assert (np.isnan(ours) == np.isnan(plain)).all()
    assert np.nanmax(np.abs(ours - plain)) < 5e-6


def test_an_invented_cohort_depends_on_its_seed_alone() -> None:
    assert invented_records(200, seed=1) == invented_records(200, seed=1)
    assert invented_records(200, seed=1) != invented_records(200, seed=2)


def test_an_invented_cohort_is_like_a_real_one() -> None:
    cohort = invented_cohort(2_000)
    people = cohort.participants
    assert len(cohort.mentors) == len(cohort.mentees) == 1_000
    departments = [person.department for person in people if person.department]
    sizes = sorted((departments.count(name) for name in set(departments)), reverse=True)
    assert sizes[0] > 5 * sizes[-1]
    skills = [name for person in people for name in person.offers]
    often = sorted((skills.count(name) for name in set(skills)), reverse=True)
    assert often[0] > 20 * often[len(often) // 2]
    assert 0 < sum(person.age is None for person in people) < 1_000
    assert sum(person.manager_id is not None for person in people) > 1_900
    answers = [(tuple(sorted(person.seeks.items())), person.age, person.department) for person in people]
    assert len(set(answers)) < len(answers)


def test_invented_people_are_read_back_as_they_were(tmp_path: Path) -> None:
    records = invented_records(120)
    write_people(records, tmp_path / "people.csv")
    assert rm.match(rm.read_cohort(tmp_path / "people.csv")).duos == rm.match(invented_cohort(120)).duos


def test_peak_memory_counts_what_a_match_takes() -> None:
    peak = peak_memory("match", 400)
    assert peak is None or 100_000 < peak < 500_000_000


def bench(*options: str) -> Any:
    return CliRunner().invoke(app, ["bench", *options])


def test_figures_as_json() -> None:
    answer = bench("--sizes", "10,30", "--peers", "scipy,greedy", "--repeats", "1", "--json")
    assert answer.exit_code == 0
    described = json.loads(answer.stdout)
    assert {"cores", "numpy", "ortools", "processor"} <= set(described["machine"])
    for size, people in zip(described["sizes"], (10, 30), strict=True):
        assert size["people"] == people
        assert set(size["seconds"]) == {"read", "score", "solve", "match", "verify", "numpy scoring"}
        assert set(size["counts"]) == {"rounds", "arcs", "pairs looked at", "bytes of the largest array"}
        assert size["gap"] == 0
        scipy, greedy = size["peers"]
        assert scipy["total"] == size["total"] >= greedy["total"]


@pytest.mark.long
def test_figures_as_tables() -> None:
    answer = bench("--sizes", "12", "--peers", "greedy", "--repeats", "1")
    assert answer.exit_code == 0
    assert "Shortest of 1 runs" in answer.stdout
    assert "greedy" in answer.stdout
    assert "gale-shapley" not in answer.stdout
    assert "greedy" not in bench("--sizes", "12", "--peers", "none", "--repeats", "1").stdout


@pytest.mark.parametrize(
    ("options", "right"),
    [
        (["--sizes", "ten"], "whole numbers from 2 to 1,000,000"),
        (["--sizes", "1"], "whole numbers from 2 to 1,000,000"),
        (["--sizes", "1000001"], "whole numbers from 2 to 1,000,000"),
        (["--sizes", ""], "whole numbers from 2 to 1,000,000"),
        (["--peers", "cplex"], "all, none, or some of"),
        (["--repeats", "0"], "Invalid value for '--repeats'"),
    ],
)
def test_options_that_make_no_sense(options: list[str], right: str) -> None:
    answer = bench(*options)
    assert answer.exit_code == 2
    assert right in " ".join(answer.output.replace("│", " ").split())
