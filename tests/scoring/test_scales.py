"""Scales: words in an order count by their places, as the same people with numbers would."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

import reverse_match as rm
from reverse_match.errors import CohortError, PolicyError
from reverse_match.foundation.errors import CodedError
from reverse_match.scoring.scales import BandScale, band_of

Record = dict[str, Any]

ENGLISH = ["A1", "A2", "B1", "B2", "C1", "C2"]
SPELT = {"A1": ["a1", "A1 ", "débutant"], "B2": ["b2", "Ｂ２"], "C2": ["C2", "bilingual", "Bilingue"]}
SYNONYMS = {"A1": ["débutant"], "C2": ["bilingual", "bilingue"]}
BANDS = ["<25", "25-34", "35 à 44", "45–54", "55+"]
ALSO = {"<25": "moins de 25 ans", "55+": "55 et plus", "25-34": "25 - 34 ans"}
CHOSEN: list[Any] = [
    {"rules": [{"kind": "gap_between", "field": "english", "at_least": 0}]},
    {"rules": [{"kind": "gap_between", "field": "band", "at_least": 1, "at_most": 3, "if_unknown": "allow"}]},
    {"rules": [{"kind": "require", "of": "mentor", "field": "english", "at_least": ("english", "B1")}]},
    {"rules": [{"kind": "require", "of": "both", "field": "band", "at_most": ("band", "45-54")}]},
    {
        "quotas": [
            {"kind": "count", "where": {"mentor.english": {"at_least": ("english", "B2")}}, "at_most": 1}
        ]
    },
    {
        "quotas": [
            {
                "kind": "share",
                "of": {"kind": "gap_between", "field": "band", "at_least": 1},
                "where": {"mentee.english": {"at_least": ("english", "A2"), "at_most": ("english", "C1")}},
                "at_least": 0.25,
            }
        ]
    },
]
CRITERIA = [
    {"kind": "gap", "name": "english", "weight": 2, "field": "english", "from": -2, "to": 3},
    {"kind": "gap", "name": "band", "weight": 1, "field": "band", "from": 0, "to": 2, "until": 3},
]


def asked(said: Any, *, in_words: bool) -> Any:
    """Write the bounds of a policy as words, or as the places of these words."""
    if isinstance(said, tuple):
        field, word = said
        words = ENGLISH if field == "english" else ["<25", "25-34", "35-44", "45-54", "55+"]
        return word if in_words else words.index(word) + 1
    if isinstance(said, dict):
        return {key: asked(value, in_words=in_words) for key, value in said.items()}
    return [asked(value, in_words=in_words) for value in said] if isinstance(said, list) else said


def worlds(random: Random) -> tuple[list[Record], list[Record]]:
    """Return the same people twice: with words, and with the places of these words as numbers."""
    words, numbers = [], []
    size = random.randint(4, 9)
    for place in range(size):
        role = "mentor" if place < size // 2 else "mentee"
        level, band = random.choice([None, 0, 1, 2, 3, 4, 5]), random.choice([None, 0, 1, 2, 3, 4])
        english = None if level is None else random.choice([ENGLISH[level], *SPELT.get(ENGLISH[level], [])])
        written = None if band is None else random.choice([BANDS[band], ALSO.get(BANDS[band], BANDS[band])])
        person = {"id": f"p{place}", "role": role, "capacity": random.choice([1, 1, 2])}
        words.append({**person, "english": english, "band": written})
        numbers.append(
            {
                **person,
                "english": None if level is None else level + 1,
                "band": None if band is None else band + 1,
            }
        )
    return words, numbers


def outcome(records: list[Record], policy: Record) -> Any:
    cohort, rules = rm.Cohort.from_records(records), rm.Policy.from_data(policy)
    try:
        matching = rm.match(cohort, rules)
    except rm.InfeasibleError:
        return "infeasible"
    rm.verify(matching, cohort, rules)
    assert matching.certificate.gap == 0
    return [(duo.mentor, duo.mentee, duo.score, duo.contributions, duo.missing) for duo in matching.duos]


@pytest.mark.parametrize("listed", [True, False], ids=["listed", "bands"])
def test_words_count_as_their_places_do(listed: bool) -> None:
    random, formed = Random(f"words {listed}"), 0
    scales = {"english": ENGLISH, "band": BANDS if listed else "bands"}
    for _ in range(24):
        words, numbers = worlds(random)
        if not listed:  # bands by themselves are counted from the lowest that somebody has
            words.append({"id": "all", "role": "mentor", "capacity": 0, "band": "< 25", "english": None})
            numbers.append({"id": "all", "role": "mentor", "capacity": 0, "band": 1, "english": None})
        chosen = random.choice(CHOSEN)
        said = {"criteria": CRITERIA, "rules": [], **asked(chosen, in_words=False)}
        told = {"criteria": CRITERIA, "rules": [], **asked(chosen, in_words=True)}
        synonyms = {**SYNONYMS, **({"<25": [ALSO["<25"]], "55+": [ALSO["55+"]], "25-34": [ALSO["25-34"]]} if listed else {})}  # fmt: skip
        if listed:  # the scale has one spelling of a band, and a rule another
            synonyms |= {"35 à 44": ["35-44"]}
        found = outcome(words, {**told, "scales": scales, "synonyms": synonyms})
        assert found == outcome(numbers, said), (words, told)
        formed += found != "infeasible" and bool(found)
    assert formed > 8


def test_a_study_equals_fresh_matches_where_scales_change() -> None:
    words, _ = worlds(Random("study"))
    cohort = rm.Cohort.from_records(words)
    rule = {"kind": "gap_between", "field": "english", "at_least": 1, "if_unknown": "allow"}
    first = {"criteria": CRITERIA, "rules": [rule], "synonyms": SYNONYMS}
    one = rm.Policy.from_data({**first, "scales": {"english": ENGLISH, "band": BANDS}, "synonyms": {**SYNONYMS, **{key: [word] for key, word in ALSO.items()}}})  # fmt: skip
    other = one.model_copy(update={"scales": {"english": tuple(reversed(ENGLISH)), "band": "bands"}})
    warm = rm.WarmStart()
    for policy in (one, other, one):
        assert rm.match(cohort, policy, warm_start=warm).to_json() == rm.match(cohort, policy).to_json()
        fresh = rm.Cohort.from_records(words)  # keeps nothing of an earlier match
        assert rm.match(cohort, policy).duos == rm.match(fresh, policy).duos
    assert rm.match(cohort, one).duos != rm.match(cohort, other).duos


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("25-34", (25, 35)),
        ("25 à 34 ans", (25, 35)),
        ("between 25 and 34", (25, 35)),
        ("25–34", (25, 35)),
        ("<25", (None, 25)),
        ("moins de 25 ans", (None, 25)),
        ("jusqu’à 24 ans", (None, 25)),
        ("≤ 24", (None, 25)),
        ("24 et moins", (None, 25)),
        ("55+", (55, None)),
        ("55 ans et plus", (55, None)),
        ("65 and over", (65, None)),
        ("≥55", (55, None)),
        ("> 54", (54, None)),
        ("0", (0, 1)),
        ("2.5-4", (2.5, 5)),
        ("34-25", "none"),
        ("senior", "none"),
        ("", "none"),
        ("25-34-45", "none"),
    ],
)
def test_bands_as_people_write_them(text: str, ends: Any) -> None:
    band = band_of(text)
    if ends == "none":
        assert band is None
        return
    assert band is not None
    low, high = ends
    assert (band.low == low) if low is not None else band.low < 0
    assert (band.high + band.has_end == high) if high is not None else band.high > 10**9


@pytest.mark.parametrize(
    ("texts", "places"),
    [
        (["25-34", "<25", "55+", "45-54", "35-44"], [2, 1, 5, 4, 3]),
        (["55+", "25-34"], [4, 1]),  # two bands as wide as 25-34 fill the hole
        (["20-25", "25-30", "30+"], [1, 2, 3]),  # ends are shared
        (["0", "1-5", "6+"], [1, 2, 3]),
        (["18-24", "25-34"], [1, 2]),
        (["55 et plus", "55+", "45-54"], [2, 2, 1]),
        (["0-4", "10-14", "15-24"], [1, 3, 4]),
    ],
)
def test_bands_are_in_order_by_themselves(texts: list[str], places: list[int]) -> None:
    assert [BandScale.of(texts).place_of(text) for text in texts] == places


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (["20-30", "25-35"], "overlap"),
        (["<25", "55+"], "it is not known how many"),
        (["18-24", "35-44"], "it is not known how many"),  # 7 and 10 years wide, with 10 between: one band
    ],
)
def test_bands_without_an_order_are_a_fault(texts: list[str], told: str) -> None:
    if texts[0] == "18-24":  # the hole is as wide as the band above it
        assert [BandScale.of(texts).place_of(text) for text in texts] == [1, 3]
        return
    with pytest.raises(CodedError, match=told):
        BandScale.of(texts)


def test_a_band_that_nobody_has_is_a_bound_between_two() -> None:
    scale = BandScale.of(["25-34", "45-54", "55+"])
    assert [scale.place_of("25-34"), scale.bound_of("35-44"), scale.place_of("45-54")] == [1, 1.5, 3]
    assert scale.bound_of("18-24") == 1 / 2
    with pytest.raises(CodedError, match="in part the same"):
        scale.bound_of("30-39")


PEOPLE = [
    {"id": "m", "role": "mentor", "english": "fluent", "department": "IT"},
    {"id": "e", "role": "mentee", "english": "B1"},
]


def faults_of(policy: Record, records: list[Record] = PEOPLE) -> list[tuple[str, str]]:
    with pytest.raises(rm.InputError) as caught:
        rm.match(rm.Cohort.from_records(records), rm.Policy.from_data(policy))
    assert isinstance(caught.value, CohortError | PolicyError)
    return [(fault.code, str(fault)) for fault in caught.value.faults]


def test_a_word_beside_the_scale_is_a_fault_at_its_place() -> None:
    rule = {"kind": "gap_between", "field": "english", "at_least": 0}
    told = faults_of({"rules": [rule], "scales": {"english": ENGLISH}})
    right = "not a word of the scale; right would be A1, A2, B1, B2, C1, C2"
    assert told == [("unknown-word", f"records, row 1, column 'english': {right}")]
    assert "fluent" not in told[0][1]


@pytest.mark.parametrize(
    ("policy", "code", "place"),
    [
        ({"rules": [{"kind": "require", "of": "mentee", "field": "english", "at_least": "B7"}], "scales": {"english": ENGLISH}}, "unknown-word", "rules[0].field"),
        ({"rules": [{"kind": "require", "of": "mentee", "field": "english", "at_least": 3}], "scales": {"english": ENGLISH}}, "unknown-word", "rules[0].field"),
        ({"rules": [{"kind": "require", "of": "mentee", "field": "english", "at_most": "B1"}]}, "wrong-type", "rules[0].field"),
        ({"rules": [], "quotas": [{"kind": "count", "where": {"mentee.english": {"at_most": "B1"}}, "at_most": 1}]}, "wrong-type", "quotas[0].field"),
        ({"rules": [{"kind": "gap_between", "field": "age", "at_least": 1}], "scales": {"age": "bands"}}, "wrong-field", ""),
        ({"rules": [{"kind": "gap_between", "field": "english", "at_least": 1}], "scales": {"english": ENGLISH}, "synonyms": {"A1": ["A2"]}}, "name-twice", "rules[0].field"),
    ],
)  # fmt: skip
def test_what_has_no_place_on_a_scale_is_a_fault(policy: Record, code: str, place: str) -> None:
    told = faults_of(policy)
    assert told[0][0] == code
    assert place in told[0][1]


def test_a_number_stands_for_the_word_that_is_written_so() -> None:
    people = [
        {"id": "m", "role": "mentor", "step": "10"},
        {"id": "e", "role": "mentee", "step": 2},
        {"id": "o", "role": "mentee", "step": "zero"},
    ]
    rule = {"kind": "require", "of": "mentee", "field": "step", "at_least": 2}
    policy = rm.Policy(rules=[rule], scales={"step": ["zero", "2", "10"]})
    cohort = rm.Cohort.from_records(people)
    matching = rm.match(cohort, policy)
    assert [duo.mentee for duo in matching.duos] == ["e"]
    rm.verify(matching, cohort, policy)
    equal = rm.Policy(rules=[{**rule, "at_least": None, "equals": 2}], scales={"step": ["zero", "2", "10"]})
    assert [duo.mentee for duo in rm.match(cohort, equal).duos] == ["e"]


def test_tampering_with_a_scale_is_found() -> None:
    words, _ = worlds(Random("tamper 3"))
    cohort = rm.Cohort.from_records(words)
    synonyms = {**SYNONYMS, **{key: [word] for key, word in ALSO.items()}}
    policy = rm.Policy(
        criteria=CRITERIA, rules=[], scales={"english": ENGLISH, "band": BANDS}, synonyms=synonyms
    )
    matching = rm.match(cohort, policy)
    rm.verify(matching, cohort, policy)
    turned = policy.model_copy(update={"scales": {**policy.scales, "english": tuple(reversed(ENGLISH))}})
    forged = matching.model_copy(update={"policy": turned})
    with pytest.raises(rm.VerificationError):
        rm.verify(forged, cohort, turned)


def test_a_policy_with_scales_is_stored_whole() -> None:
    policy = rm.Policy(scales={"english": ENGLISH, "band": "bands"})
    stored = policy.model_dump(mode="json")
    assert stored["scales"] == {"english": ENGLISH, "band": "bands"}
    assert rm.Policy.model_validate(stored) == policy
    assert "scales" not in rm.Policy().model_dump(mode="json")
    assert policy.sha256 != rm.Policy().sha256
