"""Scores that stand outside of a policy: every form says the same, every call takes them, and solvers agree."""

from __future__ import annotations

import json
import pickle
from concurrent.futures import ProcessPoolExecutor
from itertools import permutations
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import coo_matrix

import reverse_match as rm
from reverse_match.matching.policy_notes import matching_notes

if TYPE_CHECKING:
    from pathlib import Path

INTERVIEW: dict[str, Any] = {"kind": "table", "name": "interview", "weight": 1}
SCORES: list[Any] = [
    ("lea", "ada", 0.8),
    ("lea", "zoe", None),
    ("tom", "ada", 0.25),
    ("tom", "zoe", 0.6),
    ("eve", "ada", 0.4),
]
MENTORS, MENTEES = ("lea", "tom", "eve"), ("ada", "zoe", "kim")
RECORDS = [
    *({"id": name, "role": "mentor"} for name in MENTORS),
    *({"id": name, "role": "mentee"} for name in MENTEES),
]
COHORT = rm.Cohort.from_records(RECORDS)
MATRIX = np.array([[0.8, -np.inf, np.nan], [0.25, 0.6, np.nan], [0.4, np.nan, np.nan]])


def policy(**more: Any) -> rm.Policy:
    return rm.Policy(criteria=[{**INTERVIEW, **more}], rules=[])


def listed() -> rm.Matching:
    return rm.match(COHORT, policy(pairs=SCORES))


def pairs_of(matching: rm.Matching) -> set[tuple[str, str]]:
    return {(duo.mentor, duo.mentee) for duo in matching.duos}


def forms() -> dict[str, Any]:
    frame = pd.DataFrame(MATRIX, index=list(MENTORS), columns=list(MENTEES))
    long = pd.DataFrame(
        [(one, other, -np.inf if value is None else value) for one, other, value in SCORES],
        columns=["mentor", "mentee", "value"],
    )
    stored = [(row, column) for row in range(3) for column in range(3) if not np.isnan(MATRIX[row, column])]
    rows, columns = np.array(stored).T
    return {
        "list": SCORES,
        "list of lists": [list(entry) for entry in SCORES],
        "shuffled": SCORES[::-1],
        "dictionary": {(one, other): value for one, other, value in SCORES},
        "nested dictionary": {
            "lea": {"ada": 0.8, "zoe": None},
            "tom": {"ada": 0.25, "zoe": 0.6},
            "eve": {"ada": 0.4},
        },
        "array": MATRIX,
        "masked array": np.ma.masked_invalid(np.where(np.isinf(MATRIX), -9, MATRIX)).filled(np.nan)
        - np.where(np.isinf(MATRIX), np.inf, 0),
        "objects": np.where(np.isnan(MATRIX), np.nan, MATRIX).astype(object),
        "sparse": coo_matrix((MATRIX[rows, columns], (rows, columns)), shape=(3, 3)),
        "frame": frame,
        "frame in another order": frame.iloc[::-1, [2, 0, 1]],
        "frame with a column of mentors": frame.rename_axis("mentor").reset_index(),
        "long frame": long,
        "long frame with an index of pairs": long.set_index(["mentor", "mentee"]),
        "series with an index of pairs": long.set_index(["mentor", "mentee"])["value"],
        "pivoted frame": long.pivot_table(index="mentor", columns="mentee", values="value", aggfunc="first"),
        "long frame, missing pairs stated": pd.concat(
            [long, pd.DataFrame([("eve", "kim", np.nan)], columns=long.columns)]
        ),
    }


@pytest.mark.parametrize("form", list(forms()))
def test_every_form_gives_one_matching_to_the_last_byte(form: str) -> None:
    given = forms()[form]
    matching = rm.match(COHORT, policy(), tables={"interview": given})
    usual = rm.match(COHORT, policy(), tables={"interview": SCORES})
    assert matching.to_json() == usual.to_json()
    assert [duo.score for duo in matching.duos] == [duo.score for duo in listed().duos]
    assert matching.policy.criteria[0].sha256
    assert rm.Matching.from_json(matching.to_json()) == matching
    rm.verify(matching, COHORT, policy(), tables={"interview": MATRIX})


def test_frames_of_other_libraries() -> None:
    polars = pytest.importorskip("polars")
    arrow = pytest.importorskip("pyarrow")
    long = {"mentor": ["lea", "tom"], "mentee": ["ada", "zoe"], "value": [0.5, None]}
    wide = {"mentor": ["lea", "tom"], "ada": [0.5, None], "zoe": [None, None]}
    made = [
        rm.match(COHORT, policy(), tables={"interview": frame}).to_json()
        for frame in (
            polars.DataFrame(long),
            polars.DataFrame(wide),
            arrow.table(long),
            arrow.table(wide),
            [("lea", "ada", 0.5)],
        )
    ]
    assert len(set(made)) == 1


FILES = {
    "long.csv": "mentor,mentee,value\nlea,ada,0.8\nlea,zoe,null\ntom,ada,0.25\ntom,zoe,0.6\neve,ada,0.4\n",
    "semicolons.csv": "Mentee;Mentor;Score\nada;lea;0,8\nzoe;lea;forbidden\nada;tom;0,25\nzoe;tom;0,6\nada;eve;0,4\n",
    "french.csv": "mentor;mentoré(e);note\nlea;ada;0,8\nlea;zoe;interdit\ntom;ada;0,25\ntom;zoe;0,6\neve;ada;0,4\n",
    "bars.csv": "sep=|\nmentor|mentee|value\nlea|ada|0.8\nlea|zoe|null\ntom|ada|0.25\ntom|zoe|0.6\neve|ada|0.4\n",
    "wide.csv": ",ada,zoe,kim\nlea,0.8,-inf,\ntom,.25,0.6,NaN\neve,4e-1,,\n",
    "pairs.json": json.dumps(SCORES),
    "records.json": json.dumps(
        [dict(zip(("mentor", "mentee", "value"), one, strict=True)) for one in SCORES]
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_files_are_found_beside_the_policy(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / name).write_text(FILES[name], "utf-8")
    data = {"criteria": [{**INTERVIEW, "file": name}], "rules": []}
    (tmp_path / "policy.json").write_text(json.dumps(data))
    monkeypatch.chdir("/")
    loaded = rm.Policy.load(tmp_path / "policy.json")
    matching = rm.match(COHORT, loaded)
    assert pairs_of(matching) == pairs_of(listed())
    rm.verify(rm.Matching.from_json(matching.to_json()), COHORT, loaded)
    rm.verify(rm.Matching.from_json(matching.to_json()), COHORT, tables={"interview": tmp_path / name})
    with pytest.raises(rm.errors.PolicyError, match="are not at hand, and no file"):
        rm.verify(rm.Matching.from_json(matching.to_json()), COHORT)
    (tmp_path / name).write_text(FILES[name].replace("0,25", "0,26").replace(".25", ".26"), "utf-8")
    with pytest.raises(rm.VerificationError, match="other data for 'interview'"):
        rm.verify(rm.Matching.from_json(matching.to_json()), COHORT, rm.Policy.load(tmp_path / "policy.json"))


@pytest.mark.parametrize(
    "headings",
    [
        ("Mentor·e", "Mentoré·e", "Note"),
        ("Mentor(e)", "Mentoré(e)", "Valeur"),
        ("ID mentor", "ID mentoré", "Score"),
        ("Id du mentor", "Id de la mentorée", "points"),
        ("Parrain", "Filleul", "Note"),
        ("Mentor_ID", "mentee-id", "VALUE"),
    ],
)
def test_headings_of_tables(headings: tuple[str, str, str]) -> None:
    frame = pd.DataFrame(SCORES, columns=list(headings)).astype({headings[2]: object})
    frame[headings[2]] = ["forbidden" if score is None else score for _, _, score in SCORES]
    found = rm.with_tables(policy(), tables={"interview": frame})
    assert found == rm.with_tables(policy(), tables={"interview": SCORES})


def test_a_sheet_of_a_workbook(tmp_path: Path) -> None:
    with pd.ExcelWriter(tmp_path / "scores.xlsx") as book:
        pd.DataFrame({"old": [1]}).to_excel(book, sheet_name="Round 1", index=False)
        pd.DataFrame([("lea", "ada", 0.8)], columns=["mentor", "mentee", "value"]).to_excel(
            book, sheet_name="Round 2", index=False
        )
    with pytest.raises(
        rm.errors.PolicyError, match=r"scores\.xlsx: holds several sheets; .* scores.xlsx#Sheet1"
    ):
        rm.with_tables(policy(), tables={"interview": tmp_path / "scores.xlsx"})
    found = rm.with_tables(policy(), tables={"interview": tmp_path / "scores.xlsx#Round 2"})
    assert found == rm.with_tables(policy(), tables={"interview": SCORES[:1]})
    (tmp_path / "policy.json").write_text(policy(file="scores.xlsx#Round 2").model_dump_json())
    matching = rm.match(COHORT, rm.Policy.load(tmp_path / "policy.json"))
    stored = rm.Matching.from_json(matching.to_json())
    rm.verify(stored, COHORT, rm.Policy.load(tmp_path / "policy.json"))


def test_workbooks_and_parquet(tmp_path: Path) -> None:
    frame = pd.DataFrame([("lea", "ada", 0.8), ("tom", "zoe", 0.6)], columns=["mentor", "mentee", "value"])
    pytest.importorskip("openpyxl")
    pytest.importorskip("pyarrow")
    frame.to_excel(tmp_path / "scores.xlsx", index=False)
    frame.to_parquet(tmp_path / "scores.parquet")
    frame.to_csv(tmp_path / "scores.csv", index=False)
    made = {
        rm.match(COHORT, policy(), tables={"interview": tmp_path / f"scores.{ending}"}).to_json()
        for ending in ("csv", "xlsx", "parquet")
    }
    assert len(made) == 1


@pytest.mark.parametrize(
    "file", ["/etc/passwd", "../scores.csv", "a/../../b.csv", "C:\\x.csv", "..\\x.csv", "\\x", "."]
)
def test_a_policy_reads_no_file_outside_of_its_folder(file: str) -> None:
    with pytest.raises(rm.errors.PolicyError) as caught:
        policy(file=file)
    assert caught.value.faults[0].code == "not-a-file-name"


def test_reading_a_policy_or_a_matching_reads_no_other_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "policy.json").write_text(json.dumps({"criteria": [{**INTERVIEW, "file": "nowhere.csv"}]}))
    loaded = rm.Policy.load(tmp_path / "policy.json")
    assert loaded == rm.Policy.from_data({"criteria": [{**INTERVIEW, "file": "nowhere.csv"}]})
    monkeypatch.chdir(tmp_path)
    with pytest.raises(rm.errors.PolicyError, match=r"nowhere.csv: cannot be read"):
        rm.match(COHORT, loaded)


def test_what_is_not_known_and_what_is_forbidden() -> None:
    matching = listed()
    matrix = rm.score_matrix(COHORT, policy(pairs=SCORES))
    assert np.isnan(matrix).tolist() == [[False, True, False], [False] * 3, [False] * 3]
    mean = round((0.8 + 0.25 + 0.6 + 0.4) / 4, 6)
    assert matrix[0].tolist()[::2] == [0.8, mean]
    (summary,) = matching.criteria
    assert (summary.known_pairs, summary.neutral, summary.forbidden_pairs) == (4, mean, 1)
    assert summary.scale == (0, 1)
    assert [duo.missing for duo in matching.duos if duo.mentee == "kim"] == [("interview",)]
    answer = matching.explain("lea", "zoe")
    assert answer.blocked_by == ("table interview",)
    assert "Ruled out by: table of scores (interview)." in answer.sentences()
    assert any("tableau de scores (interview)" in sentence for sentence in answer.sentences("fr"))
    with pytest.raises(rm.InfeasibleError, match=r"table of scores \(interview\)|table interview"):
        rm.match(
            COHORT,
            rm.Policy(
                criteria=[{**INTERVIEW, "pairs": SCORES}], rules=[{"kind": "fix", "pairs": [["lea", "zoe"]]}]
            ),
        )


def test_forbidden_partners_are_counted_as_reasons() -> None:
    banned = [(mentor, "ada", None) for mentor in MENTORS]
    matching = rm.match(COHORT, policy(pairs=[*banned, ("tom", "zoe", 1)]))
    (left,) = [left for left in matching.unmatched if left.role == "mentee"]
    assert (left.id, left.reason, left.blocked_by) == ("ada", "no_allowed_partner", {"table interview": 3})
    assert rm.Matching.from_json(matching.to_json()).to_json() == matching.to_json()


@pytest.mark.parametrize("sparse", [True, False])
def test_against_all_permutations_and_a_mixed_integer_programme(sparse: bool) -> None:
    random = np.random.default_rng(5)
    for _ in range(6):
        size = 5
        grades = random.integers(0, 101, (size, size)) / 100
        banned = random.random((size, size)) < 0.3
        ids = [[f"{side}{place}" for place in range(size)] for side in "me"]
        cohort = rm.Cohort.from_records(
            [
                {"id": name, "role": role}
                for names, role in zip(ids, ("mentor", "mentee"), strict=True)
                for name in names
            ]
        )
        given: Any = np.where(banned, -np.inf, grades)
        if sparse:
            given = [
                (ids[0][row], ids[1][column], None if banned[row, column] else grades[row, column])
                for row in range(size)
                for column in range(size)
            ]
        matching = rm.match(cohort, policy(from_=0, to=1), tables={"interview": given})
        rm.verify(matching, cohort, policy(from_=0, to=1), tables={"interview": given})
        best = max(
            (
                sum(not banned[row, column] for row, column in enumerate(chosen)),
                sum(
                    round(100 * grades[row, column])
                    for row, column in enumerate(chosen)
                    if not banned[row, column]
                ),
            )
            for chosen in permutations(range(size))
        )
        assert (len(matching.duos), round(100 * matching.total)) == best
        once = np.array(
            [
                [(index // size if side == 0 else index % size) == person for index in range(size * size)]
                for side in (0, 1)
                for person in range(size)
            ]
        )
        worth = np.where(banned, 0, 1000 + grades).ravel()
        solved = milp(
            -worth, integrality=1, bounds=(0, 1), constraints=LinearConstraint(once.astype(float), -np.inf, 1)
        )
        assert round(-solved.fun, 6) == round(1000 * len(matching.duos) + matching.total, 6)


@pytest.mark.parametrize("way", ["total", "max_min", {"kind": "fair"}, "coverage"])
def test_every_objective_verifies(way: Any) -> None:
    chosen = rm.Policy(criteria=[{**INTERVIEW, "pairs": SCORES}], objective=way)
    rm.verify(rm.match(COHORT, chosen), COHORT, chosen)


def test_a_scale_is_stated_and_less_may_be_better() -> None:
    distances = [
        ("lea", "ada", 10),
        ("lea", "zoe", 90),
        ("tom", "ada", 20),
        ("tom", "zoe", 30),
        ("eve", "kim", 100),
    ]
    near = rm.match(COHORT, policy(pairs=distances, missing=0, **{"from": 100, "to": 0}))
    assert {(duo.mentor, duo.mentee): duo.score for duo in near.duos} == {
        ("lea", "ada"): 0.9,
        ("tom", "zoe"): 0.7,
        ("eve", "kim"): 0.0,
    }
    own = rm.match(COHORT, policy(pairs=distances))
    assert own.criteria[0].scale == (10, 100)
    assert any("lowest value counts 0" in note.message for note in matching_notes(own, COHORT))
    with pytest.raises(rm.errors.PolicyError, match="beyond from and to"):
        rm.match(COHORT, policy(pairs=distances, **{"from": 90, "to": 0}))


def calls(bound: rm.Policy, tables: Any) -> dict[str, Any]:
    """Return what takes tables, each as a function of no argument that gives a matching."""
    first = rm.match(COHORT, bound)
    stored = rm.Matching.from_json(first.to_json())
    return {
        "match": lambda: rm.match(COHORT, policy(), tables=tables),
        "amend": lambda: rm.amend(stored, COHORT, forbid=[("tom", "zoe")], tables=tables),
        "amend with the policy": lambda: rm.amend(stored, COHORT, policy(), leave=["kim"], tables=tables),
        "rotate": lambda: rm.rotate(stored, COHORT, on="2027-01-01", tables=tables),
        "rotate with a policy": lambda: rm.rotate(stored, COHORT, policy(), on="2027-01-01", tables=tables),
        "plan": lambda: rm.plan_rotations(COHORT, policy(), rounds=2, tables=tables).rounds[1],
        "study": lambda: rm.Study(COHORT, policy(), tables=tables).base.matching,
        "attach": lambda: rm.attach(stored, COHORT, tables=tables),
        "many": lambda: (
            rm.match_many([(COHORT, rm.with_tables(policy(), COHORT, tables=tables))])[0].matching
        ),
    }


@pytest.mark.parametrize("given", ["list", "array"])
@pytest.mark.parametrize("name", list(calls(policy(pairs=SCORES), {"interview": SCORES})))
def test_every_call_takes_tables(name: str, given: str) -> None:
    tables = {"interview": forms()[given]}
    bound = rm.with_tables(policy(), COHORT, tables=tables)
    matching = calls(bound, tables)[name]()
    people = COHORT.amended(leave=["kim"]) if name == "amend with the policy" else COHORT
    if name == "plan":
        plan = rm.plan_rotations(COHORT, policy(), rounds=2, tables=tables)
        rm.verify_plan(rm.RotationPlan.from_json(plan.to_json()), COHORT, policy(), tables=tables)
        with pytest.raises(rm.errors.PolicyError, match="not at hand"):
            rm.verify_plan(rm.RotationPlan.from_json(plan.to_json()), COHORT)
        return
    again = rm.Matching.from_json(matching.to_json())
    rm.verify(again, people, tables=tables if people is COHORT else {"interview": SCORES})
    assert matching.explain("lea", "zoe").blocked_by[-1:] == ("table interview",)
    assert rm.attach(again, people, tables={"interview": SCORES}).explain("tom", "ada").score == 0.25
    with pytest.raises(rm.errors.PolicyError) as caught:
        rm.verify(again, people)
    assert caught.value.faults[0].code == "missing-data"
    with pytest.raises(rm.VerificationError, match="other data"):
        rm.verify(again, people, tables={"interview": [*SCORES, ("eve", "kim", 0.1)]})


def test_a_bound_policy_is_plain_data_with_a_digest() -> None:
    bound = rm.with_tables(policy(), tables={"interview": SCORES})
    data = bound.model_dump(mode="json")
    assert data["criteria"][0].keys() == {"kind", "name", "weight", "sha256"}
    bare = rm.Policy.from_data(data)
    assert bare == bound
    assert bare.sha256 == bound.sha256
    with pytest.raises(rm.errors.PolicyError, match="not at hand"):
        rm.match(COHORT, bare)
    copied = pickle.loads(pickle.dumps(bound))  # noqa: S301
    assert rm.match(COHORT, bare, tables={"interview": MATRIX}) == rm.match(COHORT, copied)
    with pytest.raises(rm.errors.PolicyError) as caught:
        rm.match(COHORT, bare, tables={"interview": SCORES[:-1]})
    assert caught.value.faults[0].code == "other-data"


def test_an_amendment_without_the_data_says_that_it_is_missing() -> None:
    matching = rm.match(COHORT, policy(), tables={"interview": SCORES})
    stored = rm.Matching.from_json(matching.to_json())
    for given in (policy(), None, stored.policy):
        with pytest.raises(rm.errors.PolicyError) as caught:
            rm.amend(stored, COHORT, given, forbid=[("lea", "ada")])
        assert caught.value.faults[0].code == "missing-data"
    again = rm.amend(stored, COHORT, policy(), forbid=[("lea", "ada")], tables={"interview": SCORES})
    assert ("lea", "ada") not in pairs_of(again)


def test_a_study_equals_fresh_matches() -> None:
    age = {"kind": "wants", "name": "wishes", "weight": 1}
    records = [{**one, "wants": ["zoe"]} if one["id"] == "lea" else one for one in RECORDS]
    cohort = rm.Cohort.from_records(records)
    study = rm.Study(cohort, rm.Policy(criteria=[INTERVIEW, age]), tables={"interview": SCORES})
    for name, changes in {
        "weights": {"weights": {"interview": 3}},
        "rules": {"forbid": [("tom", "zoe")]},
        "people": {"without": ["kim"], "join": [{"id": "new", "role": "mentor"}]},
        "capacities": {"capacities": {"tom": 2}},
        "objective": {"objective": "max_min", "seed": 5},
    }.items():
        found = study.scenario(name, **changes)
        assert found.matching.to_json() == rm.match(found.cohort, found.policy).to_json()
        rm.verify(found.matching, found.cohort, found.policy)
    swept = study.sweep(weight="interview", over=[0, 0.5, 1], executor="serial")
    assert len(swept.points) == 3
    assert study.price(executor="serial").prices


def test_a_study_in_other_processes() -> None:
    study = rm.Study(COHORT, policy(), tables={"interview": MATRIX})
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        found = study.scenarios({"one": {"forbid": [("lea", "ada")]}, "two": {"seed": 3}}, executor=pool)
        job = rm.Job(COHORT, rm.with_tables(policy(), COHORT, tables={"interview": MATRIX}))
        (result,) = rm.match_many([job], pool)
    for scenario in found.values():
        assert scenario.matching.to_json() == rm.match(COHORT, scenario.policy).to_json()
        assert scenario.matching.explain("lea", "zoe").blocked_by == ("table interview",)
    assert result.matching == study.base.matching


def test_a_report_says_what_counts() -> None:
    matching = rm.match(
        COHORT, policy(pairs=[("lea", "ada", -2), ("tom", "zoe", 12.5), ("lea", "zoe", None)])
    )
    english, french = (matching.to_html(lang) for lang in ("en", "fr"))
    assert "Table of scores interview: −2 counts 0, and 12.5 counts 1." in english
    assert "table of scores (interview)" in english
    assert "12,5 compte 1." in french
    assert "tableau de scores (interview)" in french
    assert "--table" not in english
    given = rm.match(COHORT, policy(name="an interview"), tables={"an interview": SCORES}).to_html()
    assert "--policy policy.toml --table &#x27;an interview&#x27;=FILE" in given.replace("'", "&#x27;")
    assert "rm.verify(matching, cohort, policy, tables={&#x27;an interview&#x27;: ...})" in given.replace(
        "'", "&#x27;"
    )


def test_a_warm_start_changes_nothing() -> None:
    warm = rm.WarmStart()
    for data in (SCORES, SCORES[:-1], [*SCORES[:-1], ("eve", "zoe", None)], SCORES):
        chosen = policy(pairs=data)
        assert rm.match(COHORT, chosen, warm_start=warm).to_json() == rm.match(COHORT, chosen).to_json()


def test_the_order_of_people_does_not_matter() -> None:
    turned = rm.Cohort.from_records(RECORDS[::-1])
    given = pd.DataFrame(MATRIX, index=list(MENTORS), columns=list(MENTEES))
    one, other = (rm.match(cohort, policy(), tables={"interview": given}) for cohort in (COHORT, turned))
    assert one.to_json() == other.to_json()
    flipped = rm.match(turned, policy(), tables={"interview": MATRIX[::-1, ::-1]})
    assert flipped.to_json() == one.to_json()


def test_who_is_both_has_two_places_in_a_table() -> None:
    records = [{"id": name, "role": "both"} for name in ("a", "b", "c")]
    cohort = rm.Cohort.from_records(records)
    values = [("a", "b", 1), ("b", "a", 0), ("b", "c", 1), ("c", "a", 1), ("a", "a", 1), ("c", "b", None)]
    matching = rm.match(cohort, policy(pairs=values))
    assert pairs_of(matching) == {("a", "b"), ("b", "c"), ("c", "a")}
    assert (matching.criteria[0].known_pairs, matching.criteria[0].forbidden_pairs) == (4, 1)
    rm.verify(matching, cohort, policy(pairs=values))


def test_data_of_other_people_is_refused_and_what_is_left_out_is_told() -> None:
    with pytest.raises(rm.errors.PolicyError, match="names nobody among these people"):
        rm.match(COHORT, policy(pairs=[("x", "y", 1), ("x", "z", 0)]))
    with pytest.raises(rm.errors.PolicyError, match="mentor first"):
        rm.match(COHORT, policy(pairs=[("ada", "lea", 1), ("zoe", "tom", 0)]))
    some = rm.match(COHORT, policy(pairs=[*SCORES, ("gone", "ada", 1), ("ada", "lea", 1)]))
    told = [note.message for note in matching_notes(some, COHORT)]
    assert (
        "table 'interview': 1 of 7 pairs name somebody who is not among these people, and do not count"
        in told
    )
    assert (
        "table 'interview': 1 of 7 pairs name people in roles that they do not have, and do not count" in told
    )
    capitals = rm.match(COHORT, policy(pairs=[*SCORES, ("LEA", "ada", 1)]))
    near = "table 'interview' names 'LEA', whom nobody is; did you mean 'lea', from which it differs by"
    assert any(note.message.startswith(near) for note in matching_notes(capitals, COHORT))
    gone = COHORT.amended(leave=["lea", "ada"])
    rm.verify(rm.match(gone, policy(pairs=SCORES[:1])), gone)


BAD: list[tuple[str, Any, str, str]] = [
    ("a number for no pair", [("lea", "ada")], "wrong-type", "not a pair with its value"),
    ("rows of numbers", [[0.8, 0.5, 0.1]], "wrong-type", "not a pair with its value"),
    ("a dictionary of ids", {"lea": 1}, "wrong-type", "not a pair with its value"),
    ("thousands", [("lea", "ada", "1,234")], "not-a-number", "separator for thousands or for decimals"),
    ("text", [("lea", "ada", "much")], "not-a-number", "not a number"),
    ("NULL", [("lea", "ada", "NULL")], "not-a-number", "could mean not known or forbidden"),
    ("underscores", [("lea", "ada", "1_000"), ("tom", "ada", "1")], "not-a-number", "not a number"),
    ("other digits", [("lea", "ada", "١")], "not-a-number", "not a number"),
    ("too large", [("lea", "ada", "1e400")], "not-a-number", "infinite"),
    ("infinity", [("lea", "ada", float("inf"))], "not-a-number", "infinite"),
    ("truth", [("lea", "ada", True)], "not-a-number", "not a number"),
    ("twice", [("lea", "ada", 1), ("lea ", "ada", 0.5)], "pair-twice", "another value for the same pair"),
    ("forbidden and not", [("lea", "ada", 1), ("lea", "ada", None)], "pair-twice", "another value"),
    ("all equal", [("lea", "ada", 5), ("lea", "zoe", 5)], "no-scale", "all values are equal"),
    ("an array of another shape", np.zeros((2, 2)), "wrong-shape", "3 x 3"),
    ("an array of text", np.full((3, 3), "x"), "wrong-type", "numbers, NaN where not known"),
    ("None in an array", np.full((3, 3), None), "not-a-number", "None in an array of objects"),
    ("complex numbers", np.zeros((3, 3), dtype=complex), "wrong-type", "array of complex128"),
    ("no frame of pairs", pd.DataFrame({"a": [1], "b": [2]}), "wrong-type", "without ids of mentors"),
    (
        "two columns of values",
        pd.DataFrame({"mentor": ["lea"], "mentee": ["ada"], "value": [1], "Score": [2]}),
        "heading-twice",
        "'value' and 'Score' mean the same",
    ),
    (
        "an array without a shape",
        np.array(3.0),
        "wrong-shape",
        r"an array of shape \(\); right would be 3 x 3",
    ),
    ("nothing", None, "wrong-type", "not a table"),
    ("a number", 5, "wrong-type", "not a table"),
    ("ids twice", pd.DataFrame([[1, 0]], index=["lea"], columns=["ada", "ada"]), "id-twice", "same id"),
    (
        "no values",
        pd.DataFrame({"mentor": ["lea"], "mentee": ["ada"], "x": [1], "y": [1]}),
        "missing-column",
        "headed value",
    ),
    (
        "nobody",
        pd.DataFrame({"mentor": [None], "mentee": ["ada"], "value": [1]}),
        "missing",
        "nobody is named",
    ),
]


@pytest.mark.parametrize(("given", "code", "message"), [one[1:] for one in BAD], ids=[one[0] for one in BAD])
def test_what_is_wrong_is_said_with_its_place(given: Any, code: str, message: str) -> None:
    with pytest.raises(rm.errors.PolicyError, match=message) as caught:
        rm.match(COHORT, policy(), tables={"interview": given})
    fault = caught.value.faults[0]
    assert (fault.code, "much" in str(fault)) == (code, False)


def test_places_of_faults(tmp_path: Path) -> None:
    file = tmp_path / "scores.csv"
    file.write_text("Mentor,Mentee,Score\nlea,ada,1\ntom,zoe,x y\n")
    with pytest.raises(rm.errors.PolicyError) as caught:
        rm.match(COHORT, policy(), tables={"interview": file})
    assert str(caught.value).startswith("scores.csv, row 3, column 'Score': not a number; right would be")
    file.write_text("mentor,ada,zoe\nlea,1,2\ntom,z,0\n")
    with pytest.raises(rm.errors.PolicyError, match=r"scores\.csv, row 3, column 'ada': not a number"):
        rm.match(COHORT, policy(), tables={"interview": file})
    with pytest.raises(rm.errors.PolicyError, match=r"criteria\[0\].pairs: all values are equal"):
        rm.match(COHORT, policy(pairs=[("lea", "ada", 3), ("lea", "zoe", 3)]))
    file.write_text("mentor,mentee,score\nlea,ada,3\n")
    with pytest.raises(rm.errors.PolicyError, match=r"scores\.csv: all values are equal"):
        rm.match(COHORT, policy(), tables={"interview": file})
    with pytest.raises(rm.errors.PolicyError, match=r"tables\['interview'\]: the scale is too wide"):
        rm.match(COHORT, policy(), tables={"interview": np.array([[1e9, 1, 2], [3, 4, 5], [6, 7, 8.5]])})
    with pytest.raises(rm.errors.PolicyError, match=r"criteria\[0\].pairs\[1\]: another value"):
        rm.match(COHORT, policy(pairs=[("lea", "ada", 1), ("lea", "ada", 0)]))
    with pytest.raises(rm.errors.PolicyError, match=r"tables\['interview'\], row 2: beyond from and to"):
        rm.match(
            COHORT,
            policy(**{"from": 0, "to": 1}),
            tables={"interview": [("lea", "ada", 1), ("tom", "ada", 2)]},
        )


def test_a_table_that_nobody_asked_for_is_refused() -> None:
    for tables, near in (
        ({"intervew": SCORES}, "did you mean 'interview'"),
        ({"x": SCORES}, "known are 'interview'"),
    ):
        with pytest.raises(rm.errors.PolicyError, match=near) as caught:
            rm.match(COHORT, policy(), tables=tables)
        assert caught.value.faults[0].code == "unknown-name"
    with pytest.raises(rm.errors.PolicyError, match="the policy has none"):
        rm.match(COHORT, tables={"interview": SCORES})
    with pytest.raises(rm.errors.PolicyError, match="the policy has none"):
        rm.match(COHORT, policy(pairs=SCORES), tables={"interview": SCORES})


def test_a_rule_cannot_have_the_name_of_a_table() -> None:
    with pytest.raises(rm.errors.PolicyError) as caught:
        rm.Policy(
            criteria=[{**INTERVIEW, "pairs": SCORES}],
            rules=[{"kind": "forbid", "name": "table interview", "pairs": []}],
        )
    assert caught.value.faults[0].code == "name-taken"


def test_several_tables_and_weight_0_still_forbid() -> None:
    both = rm.Policy(
        criteria=[
            {**INTERVIEW, "pairs": SCORES},
            {**INTERVIEW, "name": "veto", "weight": 0, "pairs": [("tom", "zoe", None), ("lea", "ada", None)]},
        ]
    )
    matching = rm.match(COHORT, both)
    assert pairs_of(matching).isdisjoint({("tom", "zoe"), ("lea", "ada"), ("lea", "zoe")})
    rm.verify(matching, COHORT, both)


def test_many_forbidden_pairs_are_a_matrix_and_forbid_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(8)
    people = [{"id": f"p{place}", "role": ("mentor", "mentee", "both")[place % 3]} for place in range(45)]
    shape = len(rm.Cohort.from_records(people).mentors), len(rm.Cohort.from_records(people).mentees)
    given = np.where(random.random(shape) < 0.6, -np.inf, random.integers(0, 5, shape) / 4)
    given[2] = -np.inf
    rules = [{"kind": "forbid", "pairs": [["p0", "p1"], ["p3", "p5"]]}]
    chosen = rm.Policy(criteria=[INTERVIEW], rules=rules)
    made = []
    for most in (5_000_000, 0):
        monkeypatch.setattr("reverse_match.constraints.rules.MOST_LISTED", most)
        cohort = rm.Cohort.from_records(people)
        matching = rm.match(cohort, chosen, tables={"interview": given})
        rm.verify(matching, cohort, chosen, tables={"interview": given})
        answers = [str(answer) for person in people for answer in matching.why(person["id"])]
        plan = rm.plan_rotations(cohort, chosen, rounds=2, tables={"interview": given})
        made.append((matching.to_json(), answers, plan.to_json()))
    assert made[0] == made[1]


def test_a_copy_that_states_something_else_has_no_old_data() -> None:
    known = listed().policy
    new = (("lea", "zoe", 1.0), ("tom", "ada", 1.0))
    (criterion,) = known.criteria
    copied = known.model_copy(update={"criteria": (criterion.model_copy(update={"pairs": new}),)})
    assert rm.match(COHORT, copied).criteria[0].known_pairs == 2
    assert rm.match(COHORT, copied).to_json() == rm.match(COHORT, policy(pairs=new)).to_json()
    bound = rm.with_tables(policy(), tables={"interview": SCORES})
    (criterion,) = bound.criteria
    for change in ({"from_": 0, "to": 10}, {"sha256": "0" * 64}):
        other = bound.model_copy(update={"criteria": (criterion.model_copy(update=change),)})
        with pytest.raises(rm.errors.PolicyError) as caught:
            rm.match(COHORT, other)
        assert caught.value.faults[0].code == "missing-data"
    weighed = bound.model_copy(update={"criteria": (criterion.model_copy(update={"weight": 5}),)})
    assert pairs_of(rm.match(COHORT, weighed)) == pairs_of(listed())


def test_vectors_that_two_criteria_compare_are_made_once() -> None:
    asked = []

    def embed(texts: list[str]) -> list[list[int]]:
        asked.append(texts)
        return [[len(text), 1] for text in texts]

    one, other = (
        {"kind": "similarity", "name": name, "weight": 1, "vectors": "id", "from": low}
        for name, low in (("a", 0), ("b", 0.5))
    )
    chosen = rm.Policy(criteria=[one, other])
    matching = rm.match(COHORT, chosen, tables={"id": embed})
    assert len(asked) == 1
    rm.verify(matching, COHORT)


def test_sizes_are_bounded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("reverse_match.scoring.pair_table.MOST_LISTED", 4)
    monkeypatch.setattr("reverse_match.scoring.read_tables.MOST_CELLS", 8)
    wide = tmp_path / "wide.csv"
    wide.write_text(FILES["wide.csv"])
    for given in (SCORES, MATRIX, wide):
        with pytest.raises(rm.errors.PolicyError, match="leave out the pairs that are not known") as caught:
            rm.match(COHORT, policy(), tables={"interview": given})
        assert caught.value.faults[0].code == "too-large"
    monkeypatch.setattr("reverse_match.scoring.vectors.MOST_NUMBERS", 3)
    with pytest.raises(rm.errors.PolicyError, match="fewer people or shorter vectors"):
        rm.Embeddings(["a", "b"], [[1, 2], [3, 4]])
    with pytest.raises(rm.errors.PolicyError, match="pairs"):
        policy(pairs=[("lea", "ada", 1)] * 1_000_001)


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("a.json", "[" * 200 + "]" * 200, "too-deep"),
        ("a.json", '{"pairs": 3}', "wrong-type"),
        ("a.json", "nonsense", "not-json"),
        ("a.json", '[["lea", "ada"]]', "wrong-type"),
        ("a.csv", "", "empty"),
        ("a.csv", "\0", "not-text"),
        ("a.csv", 'mentor,mentee,value\n"lea,ada,1\n', "not-csv"),
        ("a.xlsx", "no workbook", "damaged"),
        ("a.parquet", "no parquet", "damaged"),
        ("a.doc", "x", "unknown-kind-of-file"),
    ],
)
def test_broken_files_are_one_fault(name: str, text: str, code: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_text(text)
    with pytest.raises(rm.errors.PolicyError) as caught:
        rm.match(COHORT, policy(), tables={"interview": file})
    assert [fault.code for fault in caught.value.faults] == [code]
    assert caught.value.faults[0].source == name
    for other in (tmp_path, "/dev/zero", tmp_path / "nowhere.csv", "a\0b.csv"):
        with pytest.raises(rm.InputError):
            rm.match(COHORT, policy(), tables={"interview": other})


ODD: list[Any] = [
    "x", None, float("nan"), -1, 10**400, True, [], {}, (), object(), object, b"x", [1], [None], [["a", "b"]], {1: 2},
    {"m1"}, lambda: 1, lambda texts: 1, COHORT, pd.Series(["m1"]), pd.DataFrame(), np.array(3), np.zeros((0, 0)),
    np.zeros((3, 3), dtype="datetime64[s]"), np.zeros((3, 3, 3)), np.ma.masked_all((3, 3)), {"lea": {}}, {("a",): 1},
    rm.Embeddings(["lea"], [[1]]), [("lea", "ada", object())], [("lea", "ada", 10**400)], iter([("lea", "ada", 1)]),
    pd.DataFrame({"mentor": [["lea"]], "mentee": [{}], "value": [1]}), pd.DataFrame({1: [1]}, index=["lea"]),
]  # fmt: skip


@pytest.mark.parametrize("place", range(len(ODD)))
def test_nothing_ends_in_an_error_of_somebody_else(place: int) -> None:
    words = rm.Policy(criteria=[{"kind": "similarity", "name": "s", "weight": 1, "vectors": "id"}])
    for chosen, name in ((policy(), "interview"), (words, "id")):
        try:
            matching = rm.match(COHORT, chosen, tables={name: ODD[place]})
        except rm.ReverseMatchError as error:
            assert str(error)  # noqa: PT017 - whatever it says
        else:
            rm.verify(matching, COHORT)
