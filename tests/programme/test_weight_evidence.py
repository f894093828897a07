"""Do our weights work: planted relations are found, none is found where there is none."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from scipy.stats import t

import reverse_match as rm
from rounds_by_hand import round_of, said

NAMES = ("skills", "goals", "age")
WEIGHTS = {"skills": 0.5, "goals": 0.3, "age": 0.2}
POLICY = rm.Policy(
    criteria=[
        {"kind": "coverage", "name": "skills", "weight": 0.5},
        {"kind": "overlap", "name": "goals", "weight": 0.3, "field": "goals"},
        {"kind": "gap", "name": "age", "weight": 0.2, "field": "age", "from": 5, "to": 20},
    ]
)


def simulated(
    seed: int, duos: int, slopes: tuple[float, float, float], *, missing: float = 0.0
) -> tuple[rm.Matching, list[Any], np.ndarray]:
    """Duos whose chance to reach their objective is 0.5 plus slopes times values above the middle."""
    rng = np.random.default_rng(seed)
    values = rng.uniform(0, 1, size=(duos, 3)).round(3)
    pairs = [(f"m{i:03}", f"e{i:03}") for i in range(duos)]
    known = {
        pair: {name: None if rng.random() < missing else float(x) for name, x in zip(NAMES, row, strict=True)}
        for pair, row in zip(pairs, values, strict=True)
    }
    chance = np.clip(0.5 + (values - 0.5) @ np.array(slopes), 0, 1)
    records = [
        said(pair, "mentee", "2026-01-31", objective="yes" if rng.random() < one else "no")
        for pair, one in zip(pairs, chance, strict=True)
    ]
    return round_of(pairs, values=known, weights=WEIGHTS, policy=POLICY), records, values


def changes(told: rm.results.WeightEvidence) -> dict[str, float]:
    return {one.name: one.change for one in told.criteria}


def coverage(seeds: range, duos: int, slopes: tuple[float, float, float]) -> float:
    inside = []
    for seed in seeds:
        matching, records, values = simulated(seed, duos, slopes)
        told = rm.weigh_evidence(matching, records, outcome="objective")
        truth = dict(zip(NAMES, np.array(slopes) * values.std(axis=0), strict=True))
        inside += [one.low <= truth[one.name] <= one.high for one in told.criteria]
    return sum(inside) / len(inside)


def share_with_evidence(seeds: range, duos: int, slopes: tuple[float, float, float]) -> float:
    told = [rm.weigh_evidence(*simulated(seed, duos, slopes)[:2], outcome="objective") for seed in seeds]
    assert all((one.proposed_weights is not None) == (one.verdict == "evidence") for one in told)
    return sum(one.verdict == "evidence" for one in told) / len(told)


def test_a_planted_relation_is_found_and_its_weight_grows() -> None:
    matching, records, _ = simulated(1, 150, (0.8, 0, 0))
    told = rm.weigh_evidence(matching, records, outcome="objective")
    assert told.verdict == "evidence"
    assert [one.name for one in told.criteria if one.stands_out] == ["skills"]
    assert told.r2_left_out is not None
    assert told.r2_left_out > 0.1
    new = told.proposed_weights
    assert new is not None
    assert new["skills"] > 0.5
    assert sum(map(Fraction, map(repr, new.values()))) == 1
    assert new["goals"] / new["age"] == pytest.approx(1.5, abs=1e-4), "the others keep their proportions"


def test_a_criterion_that_goes_with_worse_outcomes_loses_but_is_never_negative() -> None:
    matching, records, _ = simulated(2, 400, (0, -0.95, 0))
    new = rm.weigh_evidence(matching, records, outcome="objective").proposed_weights
    assert new is not None
    assert 0 <= new["goals"] < 0.15, "more than half of it is beyond doubt"
    assert min(new["skills"], new["age"]) > 0.2


def test_intervals_cover_the_truth() -> None:
    assert 0.88 <= coverage(range(40), 100, (0.6, 0, -0.3)) <= 1


@pytest.mark.long
@pytest.mark.parametrize("duos", [30, 100])
def test_intervals_cover_the_truth_nineteen_times_in_twenty(duos: int) -> None:
    assert coverage(range(600), duos, (0.6, 0, -0.3)) == pytest.approx(0.95, abs=0.02)


def test_no_relation_leads_to_no_proposal() -> None:
    assert share_with_evidence(range(60), 60, (0, 0, 0)) <= 0.1


@pytest.mark.long
def test_no_relation_leads_to_no_proposal_nineteen_times_in_twenty() -> None:
    assert share_with_evidence(range(600), 60, (0, 0, 0)) <= 0.07
    assert share_with_evidence(range(100), 200, (0.7, 0, 0)) >= 0.95


def test_a_criterion_stands_out_by_an_interval_widened_for_all_of_them() -> None:
    matching, records, _ = simulated(3, 60, (0.3, 0, 0))
    told = rm.weigh_evidence(matching, records)
    wider = t.ppf(1 - 0.025 / 3, 59) / t.ppf(0.975, 59)
    for one in told.criteria:
        assert one.sure_high - one.change == pytest.approx(wider * (one.high - one.change), abs=1e-5)
        assert one.change - one.sure_low == pytest.approx(wider * (one.change - one.low), abs=1e-5)
        assert one.stands_out == (one.sure_low > 0 or one.sure_high < 0)


def test_too_few_duos() -> None:
    matching, records, _ = simulated(1, 29, (1, 0, 0))
    told = rm.weigh_evidence(matching, records)
    assert (told.verdict, told.duos, told.needed, told.silent) == ("too few duos", 29, 30, 0)
    assert (told.criteria, told.proposed_weights, told.r2_left_out) == ((), None, None)
    assert told.sentences() == ["Too few duos to conclude: 29 duos have a known outcome, and 30 are needed."]
    with pytest.raises(rm.InputError, match=r"no weights are proposed \(too few duos\)"):
        told.accept(POLICY, by="Ada", on="2026-02-01")
    matching, records, _ = simulated(1, 30, (1, 0, 0))
    assert rm.weigh_evidence(matching, records[1:]).silent == 1
    assert rm.weigh_evidence(matching, records).verdict != "too few duos"


def test_the_order_of_answers_does_not_matter() -> None:
    matching, records, _ = simulated(1, 60, (0.8, 0, 0), missing=0.1)
    told = rm.weigh_evidence(matching, records)
    random.Random(0).shuffle(records)
    assert rm.weigh_evidence([matching], iter(records)) == told
    assert rm.results.WeightEvidence.model_validate_json(told.model_dump_json()) == told


def test_what_is_not_known_counts_as_the_mean_and_is_counted() -> None:
    matching, records, _ = simulated(5, 120, (0.8, 0, 0), missing=0.2)
    told = rm.weigh_evidence(matching, records)
    for one in told.criteria:
        values = np.array(
            [
                np.nan if one.name in duo.missing else duo.contributions[one.name] / WEIGHTS[one.name]
                for duo in matching.duos
            ]
        )
        assert one.missing == np.isnan(values).sum() > 0
        filled = np.where(np.isnan(values), np.nanmean(values), values)
        assert one.deviation == pytest.approx(filled.std(), abs=1e-5)


def test_criteria_of_which_nothing_can_be_seen_are_left_out() -> None:
    pairs = [(f"m{i:02}", f"e{i:02}") for i in range(20)]
    values = {pair: {"skills": number / 20, "goals": 0.5, "age": None} for number, pair in enumerate(pairs)}
    matching = round_of(pairs, values=values, weights=WEIGHTS, policy=POLICY)
    records = [
        said(pair, "mentor", "2026-01-31", satisfaction=1 + number // 4) for number, pair in enumerate(pairs)
    ]
    told = rm.weigh_evidence(matching, records)
    assert ([one.name for one in told.criteria], told.left_out) == (["skills"], ("goals", "age"))
    assert "No visible effect of: goals, age." in told.sentences()
    assert rm.weigh_evidence(matching, []).sentences()[0].startswith("No criterion varies")


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [("objective", 0.5), ("skill_used", 1), ("satisfaction", 0.625), ("wish", 0.75), ("all", 0.71875)],
)
def test_outcomes_are_made_of_the_latest_answers(outcome: Any, expected: float) -> None:
    """All duos but the first have outcome 0: the mean tells what the first has."""
    from reverse_match.programme.indicators.answers_by_round import place_answers
    from reverse_match.programme.indicators.weight_evidence import _observe

    pair = ("m", "e")
    records = [
        said(pair, "mentee", "2026-01-10", objective="no", wish="stop", satisfaction=1, skill_used="no"),
        said(pair, "mentee", "2026-01-20", objective="partly", wish="change", satisfaction=2),
        said(pair, "mentee", "2026-01-25", skill_used="yes"),
        said(pair, "mentor", "2026-01-30", objective="yes", wish="continue", satisfaction=5, skill_used="no"),
    ]
    matchings = [round_of([pair, ("n", "f")])]
    reached, silent = _observe(matchings, place_answers(matchings, records), outcome)
    assert [one.outcome for one in reached] == [expected]
    assert silent == 1


def test_of_a_duo_in_several_rounds_the_last_that_was_heard_counts() -> None:
    from reverse_match.programme.indicators.answers_by_round import place_answers
    from reverse_match.programme.indicators.weight_evidence import _observe

    pair = ("m", "e")
    matchings = [round_of([pair])] * 3
    records = [
        said(pair, "mentee", "2026-01-10", objective="no"),
        said(pair, "mentee", "2026-03-10", objective="yes"),
    ]
    answers = place_answers(matchings, records, ["2026-02-01", "2026-04-01"])
    reached, silent = _observe(matchings, answers, "all")
    assert [(one.round, one.outcome) for one in reached] == [(1, 1.0)]
    assert silent == 0


def test_a_human_accepts() -> None:
    matching, records, _ = simulated(1, 150, (0.8, 0, 0))
    told = rm.weigh_evidence(matching, records)
    accepted = told.accept(POLICY, by="Ada Byron", on="2026-07-01")
    assert (accepted.by, str(accepted.on)) == ("Ada Byron", "2026-07-01")
    assert accepted.before == WEIGHTS
    assert accepted.after == told.proposed_weights
    assert {one.name: one.weight for one in accepted.policy.criteria} == told.proposed_weights
    assert accepted.policy.model_copy(update={"criteria": POLICY.criteria}) == POLICY
    assert rm.results.AcceptedWeights.model_validate_json(accepted.model_dump_json()) == accepted
    with pytest.raises(rm.InputError, match="by: empty"):
        told.accept(POLICY, by=" ", on="2026-07-01")
    with pytest.raises(rm.InputError, match="other weights than this policy has"):
        told.accept(accepted.policy, by="Ada", on="2026-07-01")
    with pytest.raises(TypeError):
        told.accept(POLICY)  # type: ignore[call-arg]


def test_weights_that_do_not_sum_to_one_keep_their_sum() -> None:
    matching, records, _ = simulated(1, 150, (0.8, 0, 0))
    policy = rm.Policy.model_validate(
        {"criteria": [{**one.model_dump(mode="json"), "weight": 3} for one in POLICY.criteria]}
    )
    new = rm.weigh_evidence(matching, records, policy).proposed_weights
    assert new is not None
    assert sum(new.values()) == pytest.approx(9, abs=1e-12)
    assert new["goals"] == pytest.approx(new["age"], abs=1e-5)


def test_one_name_is_one_criterion() -> None:
    other = rm.Policy(criteria=[{"kind": "overlap", "name": "skills", "weight": 1, "field": "goals"}])
    pairs = [("m", "e")]
    rounds = [round_of(pairs, policy=other), round_of([("m", "f")], policy=POLICY)]
    with pytest.raises(rm.InputError, match="round 1 has another criterion called 'skills'"):
        rm.weigh_evidence(rounds, [])
    with pytest.raises(rm.InputError, match="outcome: unknown; known are 'all', 'objective'"):
        rm.weigh_evidence(rounds[1:], [], outcome="happiness")  # type: ignore[arg-type]


def plain(sentences: list[str]) -> list[str]:
    return [one.replace("\u00a0", "~").replace("\u202f", "^") for one in sentences]


def test_sentences() -> None:
    told = rm.results.WeightEvidence(
        verdict="evidence", outcome="all", duos=120, silent=3, needed=20,
        criteria=(
            {"name": "skills", "deviation": 0.2, "missing": 0, "change": 0.1, "low": 0.05, "high": 0.15, "sure_low": 0.04, "sure_high": 0.16},
            {"name": "age", "deviation": 0.2, "missing": 9, "change": -0.01, "low": -0.05, "high": 0.03, "sure_low": -0.06, "sure_high": 0.04},
        ),
        left_out=("goals",), r2_left_out=0.124, present_weights={"skills": 0.5, "age": 0.5},
        proposed_weights={"skills": 0.583333, "age": 0.416667},
    )  # fmt: skip
    assert str(told).splitlines() == [
        "The criterion skills goes with a better outcome: +0.100 points for one standard deviation more "
        "(95% interval +0.050 to +0.150).",
        "In cross-validation the criteria explain 12% of the variation in outcomes.",
        "No visible effect of: goals.",
        "These duos were chosen for high scores, which hides part of any relation; "
        "and a relation does not prove a cause.",
        "Proposed weights, to be accepted by somebody before they count: "
        "skills 0.500 → 0.583, age 0.500 → 0.417.",
    ]
    assert plain(told.sentences("fr")) == [
        "Le critère compétences est associé à un meilleur résultat^: +0,100 point pour un écart-type de plus "
        "(intervalle à 95^%^: de +0,050 à +0,150).",
        "En validation croisée, les critères expliquent 12^% de la variation des résultats.",
        "Aucun effet visible pour^: objectifs.",
        "Ces duos ont été choisis pour leurs scores élevés, ce qui masque une partie des relations^; "
        "et une relation ne prouve pas une cause.",
        "Poids proposés, à faire accepter avant tout usage^: compétences 0,500 → 0,583^; âge 0,500 → 0,417.",
    ]
    silent = told.model_copy(
        update={"verdict": "no criterion stands out", "criteria": told.criteria[1:], "proposed_weights": None}
    )
    assert silent.sentences()[0] == (
        "Over 120 duos no criterion stands out: none clearly goes with a better or a worse outcome."
    )
    assert plain(silent.sentences("fr"))[0].startswith("Sur 120 duos, aucun critère ne se détache^: ")
    few = told.model_copy(update={"verdict": "too few duos", "duos": 1})
    assert plain(few.sentences("fr"))[0] == (
        "Trop peu de duos pour conclure^: 1 duo avec un résultat connu, il en faut 20."
    )
    with pytest.raises(rm.InputError, match="unknown language"):
        told.sentences("xx")


def test_values_are_those_that_were_matched() -> None:
    """A policy of one criterion alone scores what the criterion's value is."""
    from reverse_match.programme.indicators.weight_evidence import _Observation, _values
    from reverse_match.testing import invented_cohort

    cohort = invented_cohort(120, seed=4)
    matching = rm.match(cohort)
    names = [one.name for one in rm.Policy().criteria]
    reached = [_Observation(0, (duo.mentor, duo.mentee), 0.0) for duo in matching.duos]
    found = _values([matching], reached, names)
    rows = {person.id: place for place, person in enumerate(cohort.mentors)}
    columns = {person.id: place for place, person in enumerate(cohort.mentees)}
    for place, criterion in enumerate(rm.Policy().criteria):
        alone = criterion.model_copy(update={"weight": 1})
        scores = rm.score_matrix(cohort, rm.Policy(criteria=(alone,)))
        for duo, value in zip(matching.duos, found[:, place], strict=True):
            if criterion.name not in duo.missing:
                assert value == pytest.approx(scores[rows[duo.mentor], columns[duo.mentee]], abs=1e-5)
    assert np.isnan(found).sum() == sum(len(duo.missing) for duo in matching.duos)
