"""Cosines in whole millionths: exact fractions, one result in any order, and what are no vectors."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import reverse_match as rm
from reverse_match.errors import CohortError, PolicyError
from reverse_match.matching.policy_notes import matching_notes
from reverse_match.scoring import known_pairs, similarity, vectors
from reverse_match.scoring.pair_table import NOT_KNOWN

if TYPE_CHECKING:
    from pathlib import Path

GOALS: dict[str, Any] = {
    "kind": "similarity",
    "name": "goals in their own words",
    "weight": 1,
    "vectors": "goals",
}
PEOPLE = [
    {"id": "lea", "role": "mentor", "goals": "cook;sail"},
    {"id": "tom", "role": "mentor", "goals": "read"},
    {"id": "ada", "role": "mentee", "goals": "read;cook"},
    {"id": "zoe", "role": "mentee"},
]
COHORT = rm.Cohort.from_records(PEOPLE)
POLICY = rm.Policy(criteria=[GOALS])


def exact_code(one: Any, other: Any, low: float, high: float) -> int:
    """Return the value of two vectors of doubles, from exact fractions and a root with 60 digits."""
    mine, theirs = ([Fraction(float(number)) for number in vector] for vector in (one, other))
    with localcontext() as context:
        context.prec = 60

        def decimal(number: Fraction) -> Decimal:
            return Decimal(number.numerator) / Decimal(number.denominator)

        product = decimal(sum((x * y for x, y in zip(mine, theirs, strict=True)), start=Fraction(0)))
        squares = [decimal(sum((x * x for x in vector), start=Fraction(0))) for vector in (mine, theirs)]
        cosine = product / (squares[0].sqrt() * squares[1].sqrt())
        clipped = min(max(cosine, Decimal(low)), Decimal(high))
        return int((clipped - Decimal(low)) / (Decimal(high) - Decimal(low)) * 1_000_000 + Decimal("0.5"))


def codes(array: Any, low: float = 0, high: float = 1) -> np.ndarray:
    made = rm.Embeddings([str(place) for place in range(len(array))], array)
    everybody = made.of_people(np.array([made.names.index(str(place)) for place in range(len(array))]))
    return everybody.codes_with(everybody, np.arange(len(array)), np.arange(len(array)), (low, high))


@pytest.mark.parametrize("bounds", [(0, 1), (-1, 1), (0.25, 0.375)])
@pytest.mark.parametrize("scale", [1, 1e-300, 1e150, 3e-160])
def test_every_cosine_is_rounded_as_fractions_say(bounds: tuple[float, float], scale: float) -> None:
    random = np.random.default_rng(1)
    array = random.normal(0.3, 1, (9, 20)) * scale
    array[4], array[5] = 2 * array[3], -array[3]
    found = codes(array, *bounds)
    for row in range(9):
        for column in range(9):
            assert found[row, column] == exact_code(array[row], array[column], *bounds)


def test_halves_of_a_millionth_are_decided_in_one_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two vectors of 128 ones that share an odd number, the cosine is a half above a whole millionth."""
    random = np.random.default_rng(2)
    array = np.zeros((60, 256))
    for vector in array:
        vector[random.permutation(256)[:128]] = 1
    found = codes(array)
    shared = (array @ array.T).astype(int)
    assert (shared % 2).any()
    assert (np.abs(found - shared * 7812.5) <= 0.5).all()
    assert (found == found.T).all()
    turned = codes(array[::-1])[::-1, ::-1]
    assert (found == turned).all()
    monkeypatch.setattr(vectors, "_IN_CACHE", 7)
    monkeypatch.setattr(vectors, "_AT_ONCE", 1000)
    assert (codes(array) == found).all()


def test_whatever_adds_up_the_products_the_value_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(3)
    array = random.random((30, 700))
    usual = codes(array)

    class Backwards(np.ndarray):  # type: ignore[type-arg]
        """Multiplies matrices in another order than the library that numpy was built with."""

        def __matmul__(self, other: Any) -> Any:
            one, two = np.asarray(self), np.asarray(other)
            total = np.zeros((len(one), two.shape[1]))
            for place in range(two.shape[0] - 1, -1, -1):
                total += one[:, place, None] * two[None, place]
            return total

    made = rm.Embeddings([str(place) for place in range(30)], array)
    everybody = made.of_people(np.array([made.names.index(str(place)) for place in range(30)]))
    other = vectors.VectorsOfPeople(everybody.vectors.view(Backwards), everybody.known)
    assert (other.codes_with(everybody, np.arange(30), np.arange(30), (0, 1)) == usual).all()


def test_a_matching_does_not_depend_on_threads_or_tiles(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(4)
    records = [{"id": f"p{place}", "role": ("mentor", "mentee", "both")[place % 3]} for place in range(90)]
    cohort = rm.Cohort.from_records(records)
    made = rm.Embeddings([record["id"] for record in records[:80]], random.normal(0.2, 1, (80, 40)))
    usual = rm.match(cohort, POLICY, tables={"goals": made})
    rm.verify(usual, cohort, POLICY, tables={"goals": made})
    assert rm.match(cohort, POLICY, tables={"goals": made}, threads=1).to_json() == usual.to_json()
    monkeypatch.setattr(similarity, "MOST_STORED", 0)
    again = rm.match(rm.Cohort.from_records(records), POLICY, tables={"goals": made}, threads=3)
    assert again.to_json() == usual.to_json()
    rm.verify(again, rm.Cohort.from_records(records), POLICY, tables={"goals": made})
    assert again.explain(again.duos[0].mentor, again.duos[0].mentee).score == again.duos[0].score


def test_lists_and_matrices_of_values_score_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(5)
    records = [{"id": f"p{place}", "role": ("mentor", "mentee", "both")[place % 3]} for place in range(30)]
    ids = [record["id"] for record in records]
    pairs = [(one, other, random.integers(1, 6)) for one in ids for other in ids if random.random() < 0.3]
    policy = rm.Policy(criteria=[{"kind": "table", "name": "t", "weight": 1}, {**GOALS, "weight": 0.5}])
    tables = {"t": pairs, "goals": rm.Embeddings(ids, random.random((30, 3)))}
    made = set()
    for up_to in (0, 1_000):
        monkeypatch.setattr(known_pairs, "LISTED_UP_TO", up_to)
        made.add(rm.match(rm.Cohort.from_records(records), policy, tables=tables).to_json())
    assert len(made) == 1


def test_what_is_not_known() -> None:
    made = rm.Embeddings(["lea", "tom", "ada"], [[1, 2], [0, 0], [2, 1]])
    matrix = rm.score_matrix(COHORT, POLICY, tables={"goals": made})
    assert matrix.tolist() == [[0.8, 0.8], [0.8, 0.8]]
    matching = rm.match(COHORT, POLICY, tables={"goals": made})
    assert matching.criteria[0].known_pairs == 1
    assert "vectors 'goals': 2 of 4 people have none" in [
        note.message for note in matching_notes(matching, COHORT)
    ]
    nothing = rm.Embeddings(["lea", "ada"], [[np.nan, np.nan], [0.0, -0.0]])
    assert nothing.names == ()
    assert rm.match(COHORT, POLICY, tables={"goals": nothing}).criteria[0].known_pairs == 0
    assert codes([[1.0, 0], [0, 1]])[0].tolist() == [1_000_000, 0]
    everybody = made.of_people(np.array([-1, 0]))
    assert everybody.codes_with(everybody, np.arange(2), np.arange(2), (0, 1)).tolist() == [
        [NOT_KNOWN, NOT_KNOWN],
        [NOT_KNOWN, 1_000_000],
    ]


def test_an_embedder_reads_a_column_once_for_each_text() -> None:
    asked: list[list[str]] = []

    def count_letters(texts: list[str]) -> list[list[int]]:
        asked.append(texts)
        return [[text.count(letter) for letter in "aeo"] for text in texts]

    class Model:
        def encode(self, texts: list[str]) -> Any:
            return count_letters(texts)

    matching = rm.match(COHORT, POLICY, tables={"goals": count_letters})
    assert asked == [["cook; sail", "read", "read; cook"]]
    again = rm.match(COHORT, POLICY, tables={"goals": Model()})
    turned = rm.match(rm.Cohort.from_records(PEOPLE[::-1]), POLICY, tables={"goals": count_letters})
    assert matching.to_json() == again.to_json() == turned.to_json()
    rm.verify(matching, COHORT, POLICY, tables={"goals": count_letters})
    given = rm.Embeddings(["ada", "lea", "tom"], count_letters(["read; cook", "cook; sail", "read"]))
    rm.verify(rm.Matching.from_json(matching.to_json()), COHORT, tables={"goals": given})
    own = rm.Cohort.from_records([{**person, "bio": person["id"] * 2} for person in PEOPLE])
    bio = rm.Policy(criteria=[{**GOALS, "vectors": "bio"}])
    rm.match(own, bio, tables={"bio": count_letters})
    assert asked[-1] == ["adaada", "lealea", "tomtom", "zoezoe"]
    with pytest.raises(PolicyError, match="no field 'biography'"):
        rm.match(
            own, rm.Policy(criteria=[{**GOALS, "vectors": "biography"}]), tables={"biography": count_letters}
        )


def test_vectors_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "vectors.csv").write_text("id,x,y\nlea,1,2\ntom,-2,1\nada,2,1\nzoe,,\n")
    (tmp_path / "policy.toml").write_text(
        'rules = []\n[[criteria]]\nkind = "similarity"\nname = "words"\nweight = 1\nvectors = "v"\nfile = "vectors.csv"\n'
    )
    policy = rm.Policy.load(tmp_path / "policy.toml")
    matching = rm.match(COHORT, policy)
    assert {(duo.mentor, duo.mentee): duo.score for duo in matching.duos}["lea", "ada"] == 0.8
    rm.verify(rm.Matching.from_json(matching.to_json()), COHORT, rm.Policy.load(tmp_path / "policy.toml"))
    (tmp_path / "vectors.csv").write_text("id,x,y\nlea,1,2\ntom,x,1\n")
    with pytest.raises(PolicyError, match=r"vectors\.csv, row 3: right would be an id and 2 numbers"):
        rm.match(COHORT, policy)


@pytest.mark.parametrize(
    "text",
    [
        "id,x,y\nlea,1,2\nada,2,1\n",
        "sep=;\nid;x;y\nlea;1,0;2\nada;2;1e0\n",
        "id,0,1,\n\nlea,1,2,\nada,2,1,\n",
        ",0,1\nlea,1,2\nada,2,1\ntom,,nan\n",
    ],
)
def test_files_as_people_save_them(text: str, tmp_path: Path) -> None:
    (tmp_path / "vectors.csv").write_text(text)
    bound = rm.with_tables(POLICY, COHORT, tables={"goals": tmp_path / "vectors.csv"})
    said = rm.Embeddings(["lea", "ada"], [[1, 2], [2, 1]])
    assert bound == rm.with_tables(POLICY, COHORT, tables={"goals": said})


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("", "empty", None),
        ("lea,1,2\nada,2,1\n", "no-headings", 1),
        ("id,x\nlea,1_0\nada,1\n", "not-a-number", 2),
        ("id,x\nlea,١\nada,1\n", "not-a-number", 2),
        ("id,x,y\nlea,1,2\nada,1\n", "not-a-number", 3),
        ("id,x,y\n\nlea,1,2\nada,,1\n", "not-a-number", 4),
        ("id,x\nlea,1\n,2\n", "missing", 3),
        ("id,x\nlea,1\n\nlea,2\n", "id-twice", 4),
    ],
)
def test_faults_of_files_say_the_row(text: str, code: str, row: int | None, tmp_path: Path) -> None:
    (tmp_path / "vectors.csv").write_text(text)
    with pytest.raises(PolicyError) as caught:
        rm.with_tables(POLICY, COHORT, tables={"goals": tmp_path / "vectors.csv"})
    fault = caught.value.faults[0]
    assert (fault.source, fault.code, fault.row) == ("vectors.csv", code, row)


def test_an_embedder_may_yield_one_vector_after_the_other() -> None:
    def embed(texts: list[str]) -> Any:
        return (np.array([len(text), 1.0]) for text in texts)

    def at_once(texts: list[str]) -> Any:
        return list(embed(texts))

    lazily, usual = (rm.with_tables(POLICY, COHORT, tables={"goals": one}) for one in (embed, at_once))
    assert lazily == usual


BAD: list[tuple[str, Any, str]] = [
    ("an array", np.zeros((2, 2)), "not vectors"),
    ("nothing", None, "not vectors"),
    ("a number", 3, "not vectors"),
    ("an embedder of another shape", lambda texts: [[1.0]], "a row for each of 3 texts"),
    ("an embedder of one number", lambda texts: 1.0, "a row for each of 3 texts"),
    ("an embedder of text", lambda texts: texts, "a row for each of 3 texts"),
    ("an embedder without end", lambda texts: [[np.inf]] * len(texts), "NaN or infinite"),
    ("vectors of others", rm.Embeddings(["x"], [[1.0]]), "of nobody among these people"),
]


@pytest.mark.parametrize(("given", "message"), [one[1:] for one in BAD], ids=[one[0] for one in BAD])
def test_what_are_no_vectors(given: Any, message: str) -> None:
    with pytest.raises((PolicyError, CohortError), match=message):
        rm.match(COHORT, POLICY, tables={"goals": given})


@pytest.mark.parametrize(
    ("ids", "array", "code"),
    [
        (["a", "a "], [[1], [2]], "id-twice"),
        (["a"], [[1], [2]], "wrong-shape"),
        (["a"], [1], "wrong-shape"),
        (["a"], [[]], "wrong-shape"),
        (["a"], "x", "wrong-shape"),
        (["a"], [[1, np.nan]], "not-a-number"),
        (["a"], [[np.inf]], "not-a-number"),
        (["a"], [[1 + 2j]], "wrong-shape"),
        (["a", None], [[1], [2]], "missing"),
        (["a", " "], [[1], [2]], "missing"),
        ("ab", [[1], [2]], "wrong-type"),
        (5, [[1]], "wrong-type"),
    ],
)
def test_faults_of_embeddings(ids: Any, array: Any, code: str) -> None:
    with pytest.raises(PolicyError) as caught:
        rm.Embeddings(ids, array)
    assert caught.value.faults[0].code == code


def test_the_digest_is_of_people_and_numbers() -> None:
    array = np.random.default_rng(6).random((5, 4)).astype(np.float32)
    usual = rm.Embeddings(list("abcde"), array)
    assert rm.Embeddings(list("edcba"), array[::-1]).sha256 == usual.sha256
    assert rm.Embeddings(list("abcde"), array.astype(float)).sha256 == usual.sha256
    assert rm.Embeddings(list("abcde"), array.tolist()).sha256 == usual.sha256
    array[0, 0] = np.nextafter(array[0, 0], 2, dtype=np.float32)
    assert rm.Embeddings(list("abcde"), array).sha256 != usual.sha256
    assert rm.Embeddings(list("abcdf"), array).sha256 != rm.Embeddings(list("abcde"), array).sha256
