"""A history keeps what was, grows by whole rounds, and notices every edit."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import reverse_match as rm
from history_strategies import IDS, STAYING, Round, history_of, matching_of, rounds
from reverse_match.policy.conditions import PastDuo

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = [
    *({"id": f"m{n}", "role": "mentor", "offers": "python:4", "age": 20 + n} for n in range(4)),
    *({"id": f"e{n}", "role": "mentee", "seeks": "python:3", "age": 50 + n} for n in range(3)),
    {"id": "resting", "role": "both", "capacity": 0},
]


def some_round(*duos: tuple[str, str], without: str = "", until: str = "2026-12-31") -> Round:
    mentors = frozenset(one for one, _ in duos) | frozenset(without.split())
    mentees = frozenset(other for _, other in duos)
    return Round(mentors, mentees, frozenset(duos), frozenset(), date.fromisoformat(until))


def two_rounds() -> rm.History:
    return history_of(
        [
            some_round(("lea", "ada"), ("tom", "marc"), without="zoe", until="2026-06-30"),
            some_round(("lea", "marc"), ("zoe", "ada"), without="tom", until="2026-12-31"),
        ]
    )


def test_a_round_is_what_the_matching_was() -> None:
    cohort = rm.Cohort.from_records(PEOPLE)
    matching = rm.match(cohort)
    history = rm.History().with_round(matching, began="2026-09-01", until=date(2026, 12, 31))
    (entry,) = history.rounds
    assert (entry.number, entry.began, entry.until) == (1, date(2026, 9, 1), date(2026, 12, 31))
    assert [(duo.mentor, duo.mentee, duo.score) for duo in entry.duos] == [
        (duo.mentor, duo.mentee, duo.score) for duo in matching.duos
    ]
    matched = {duo.mentor for duo in matching.duos}
    assert [(one.id, one.role) for one in entry.unmatched] == [
        (f"m{n}", "mentor") for n in range(4) if f"m{n}" not in matched
    ]
    assert [(one.id, one.role) for one in entry.sat_out] == [("resting", "mentee"), ("resting", "mentor")]
    assert list(entry.people) == sorted(person.id for person in cohort.participants)
    assert (entry.cohort, entry.policy) == (cohort.sha256, rm.Policy().sha256)
    assert history.number_of(matching) == 1
    assert rm.History().rounds == ()


def test_an_amended_matching_is_a_round_of_the_people_that_were_left() -> None:
    cohort = rm.Cohort.from_records(PEOPLE)
    matching = rm.match(cohort)
    left = matching.duos[0].mentor
    history = rm.History().with_round(matching, until="2026-12-31")
    amended = rm.amend(matching, cohort, leave=[left], join=[{"id": "new", "role": "mentor"}])
    later = history.with_round(amended, until="2027-03-31")
    assert later.number_of(amended) == 2
    assert left not in later.rounds[1].people
    assert "new" in later.rounds[1].people


def test_fixed_duos_are_people_too() -> None:
    matching = rm.match(
        rm.Cohort.from_records(PEOPLE[:5]),
        rm.Policy.model_validate({"rules": [{"kind": "fix", "pairs": [["m0", "e0"]]}]}),
    )
    assert list(rm.History().with_round(matching, until="2026-12-31").rounds[0].people) == [
        "e0",
        "m0",
        "m1",
        "m2",
        "m3",
    ]


def test_past_duos_are_what_the_rule_takes() -> None:
    history = two_rounds()
    assert history.past_duos == (
        PastDuo(mentor="lea", mentee="ada", until=date(2026, 6, 30)),
        PastDuo(mentor="tom", mentee="marc", until=date(2026, 6, 30)),
        PastDuo(mentor="lea", mentee="marc", until=date(2026, 12, 31)),
        PastDuo(mentor="zoe", mentee="ada", until=date(2026, 12, 31)),
    )
    people = [{"id": one, "role": "mentor"} for one in ("lea", "tom", "zoe")]
    people += [{"id": other, "role": "mentee"} for other in ("ada", "marc")]
    rule = {"kind": "not_met_before", "duos": [duo.model_dump() for duo in history.past_duos]}
    matching = rm.match(rm.Cohort.from_records(people), rm.Policy.model_validate({"rules": [rule]}))
    assert {(duo.mentor, duo.mentee) for duo in matching.duos} <= {("tom", "ada"), ("zoe", "marc")}


def test_partners() -> None:
    history = two_rounds()
    assert history.partners_of("ada") == ("lea", "zoe")
    assert history.partners_of(" lea ") == ("ada", "marc")
    assert history.partners_of("nobody") == ()


def test_who_was_away_does_not_lose_their_turn() -> None:
    without = some_round(("lea", "ada"), without="tom")
    away = some_round(("lea", "marc"), ("zoe", "ada"))
    resting = some_round(("lea", "eva"), without="tom")._replace(sat_out=frozenset({("tom", "mentor")}))
    with_duo = some_round(("tom", "ada"), ("lea", "marc"))
    assert history_of([without, away]).rounds_without("tom", "mentor") == 1
    assert history_of([without, resting]).rounds_without("tom", "mentor") == 1
    assert history_of([without, away, some_round(("zoe", "ada"), without="tom lea")]).rounds_without(
        "tom", "mentor"
    ) == (2)
    assert history_of([without, with_duo]).rounds_without("tom", "mentor") == 0
    assert history_of([without]).rounds_without("tom", "mentee") == 0
    with pytest.raises(rm.errors.HistoryError, match="unknown role; right would be mentor or mentee"):
        history_of([without]).rounds_without("tom", "mentors")  # type: ignore[arg-type]


@given(rounds())
def test_questions_have_the_answers_of_plain_loops(said: list[Round]) -> None:
    history = history_of(said)
    for person in [*IDS, *STAYING]:
        for role in ("mentor", "mentee"):
            expected = 0
            for one in reversed(said):
                if one.had_duo(person, role):
                    break
                expected += one.took_part(person, role)
            assert history.rounds_without(person, role) == expected  # type: ignore[arg-type]
        with_whom = {
            other for one in said for duo in one.duos if person in duo for other in duo if other != person
        }
        assert history.partners_of(person) == tuple(sorted(with_whom))
    assert [(duo.mentor, duo.mentee, duo.until) for duo in history.past_duos] == [
        (*duo, one.until) for one in said for duo in sorted(one.duos)
    ]


@given(rounds())
def test_round_trip(said: list[Round]) -> None:
    history = history_of(said)
    (
        history.past_duos,
        history.partners_of("p"),
        history.rounds_without("p", "mentor"),
    )  # what is kept is no data
    assert rm.History.from_json(history.to_json()) == history == history_of(said)
    assert rm.History.from_json(history.to_json().encode()).to_json() == history.to_json()
    assert rm.History.model_validate(history.model_dump(mode="json")) == history


@given(rounds())
def test_growing_changes_nothing_that_is_there(said: list[Round]) -> None:
    for count in range(len(said) + 1):
        assert history_of(said[:count]).rounds == history_of(said).rounds[:count]


@given(rounds(), st.data())
def test_an_edit_of_one_character_is_refused(said: list[Round], data: st.DataObject) -> None:
    text = history_of(said).to_json()
    place = data.draw(st.integers(0, len(text) - 1))
    put = data.draw(st.sampled_from([*'0123456789abcdefz -.,:{}[]"\\/é', ""]))
    edited = text[:place] + put + text[place + data.draw(st.integers(0, 1)) :]
    assume(edited.strip() != text.strip() and not says_the_same(edited, text))
    with pytest.raises(rm.errors.HistoryError) as refused:
        rm.History.from_json(edited)
    assert not any(one in str(refused.value) for one in ("José", "Ω"))


@given(rounds(), st.data())
def test_an_edit_of_one_letter_or_digit_is_called_an_edit(said: list[Round], data: st.DataObject) -> None:
    """Nearly all of these are still JSON."""
    text = history_of(said).to_json()
    start = text.index('"rounds"') + len('"rounds"')
    place = data.draw(st.sampled_from([at for at in range(start, len(text)) if text[at].isalnum()]))
    edited = text[:place] + data.draw(st.sampled_from("0123456789abcfzÉ")) + text[place + 1 :]
    assume(is_json(edited) and not says_the_same(edited, text))
    with pytest.raises(rm.errors.HistoryError, match=r"was edited|sha256: "):
        rm.History.from_json(edited)


def is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def says_the_same(one: str, other: str) -> bool:
    return is_json(one) and bool(json.loads(one) == json.loads(other))


@given(rounds(), st.data())
def test_whatever_is_cut_off_is_called_that(said: list[Round], data: st.DataObject) -> None:
    whole = history_of(said).to_json().strip().encode()
    cut = whole[: data.draw(st.integers(0, len(whole) - 1))]
    with pytest.raises(rm.errors.HistoryError, match="cut off: its end is missing"):
        rm.History.from_json(cut)


def edit_score(rounds: list[dict[str, Any]]) -> None:
    rounds[1]["duos"][0]["score"] = 0.123456


def edit_day(rounds: list[dict[str, Any]]) -> None:
    rounds[0]["until"] = "2026-07-01"


def rename(rounds: list[dict[str, Any]]) -> None:
    rounds[0]["duos"][0]["mentor"] = "zoe"


def remove_a_field(rounds: list[dict[str, Any]]) -> None:
    del rounds[1]["sat_out"]


def add_a_field(rounds: list[dict[str, Any]]) -> None:
    rounds[0]["note"] = "harmless"


def write_a_number_as_text(rounds: list[dict[str, Any]]) -> None:
    rounds[1]["duos"][0]["score"] = str(rounds[1]["duos"][0]["score"])


EDITS = [(edit_score, 2), (edit_day, 1), (rename, 1), (remove_a_field, 2), (add_a_field, 1)]


@pytest.mark.parametrize(("edit", "number"), [*EDITS, (write_a_number_as_text, 2)])
def test_an_edited_entry_is_named(edit: Any, number: int) -> None:
    data = json.loads(two_rounds().to_json())
    edit(data["rounds"])
    with pytest.raises(
        rm.errors.HistoryError, match=rf"h.json: the entry of round {number} was edited"
    ) as refused:
        rm.History.from_json(json.dumps(data), "h.json")
    assert not any(name in str(refused.value) for name in ("lea", "zoe", "marc"))


def reorder(rounds: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return rounds[::-1]


def reorder_and_renumber(rounds: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one | {"number": number} for number, one in enumerate(rounds[::-1], 1)]


def take_the_first(rounds: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return rounds[1:]


def take_the_last(rounds: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return rounds[:-1]


def insert(rounds: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [rounds[0], rounds[0], rounds[1]]


def append(rounds: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [*rounds, rounds[0] | {"number": 3}]


@pytest.mark.parametrize(
    ("rearranged", "told"),
    [
        (reorder, "the entry of round 1 was edited, removed, or is not in its place"),
        (reorder_and_renumber, "the entry of round 1 was edited"),
        (take_the_first, "the entry of round 1 was edited, removed"),
        (take_the_last, "the end was edited or removed .* not that of round 1"),
        (insert, "the entry of round 2 was edited, removed, or is not in its place"),
        (append, "the entry of round 3 was edited, or put there"),
    ],
)
def test_entries_stay_where_they_are(rearranged: Any, told: str) -> None:
    data = json.loads(two_rounds().to_json())
    data["rounds"] = rearranged(data["rounds"])
    with pytest.raises(rm.errors.HistoryError, match=told):
        rm.History.from_json(json.dumps(data))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "cut off"),
        ("no json", "not valid JSON in UTF-8"),
        (b"\xff\xfe{", "not valid JSON in UTF-8"),
        ("[" * 100_000, "not valid JSON in UTF-8"),
        ("[]", "no history that this library has written"),
        ('{"schema_version": 3, "rounds": []}', "written by a newer version of reverse_match; update"),
        ('{"schema_version": 1, "rounds": {}}', "rounds: "),
        ('{"schema_version": 1, "rounds": [1], "sha256": ""}', r"rounds\[0\]: not an object"),
        ('{"schema_version": 1, "rounds": [], "sha256": "", "more": 1}', "more: "),
    ],
)
def test_what_is_no_history(text: str | bytes, told: str) -> None:
    with pytest.raises(rm.errors.HistoryError, match=told):
        rm.History.from_json(text)


def test_digests_made_anew_do_not_make_nonsense_a_history() -> None:
    """Who wants to can make the chain anew; what it says must still be possible."""
    from reverse_match.programme.history import digest_of

    for change in ({"until": "2026-05-01"}, {"began": "2027-01-01"}, {"people": ["ada"]}, {"more": 1}):
        data = json.loads(two_rounds().to_json())
        data["rounds"][1] |= change
        data["rounds"][1]["sha256"] = data["sha256"] = digest_of(
            data["rounds"][1], data["rounds"][0]["sha256"]
        )
        with pytest.raises(rm.errors.HistoryError, match=r"right would be|unknown name"):
            rm.History.from_json(json.dumps(data))


def test_a_round_follows_the_one_before_it() -> None:
    history = two_rounds()
    following = matching_of(some_round(("tom", "ada"), ("lea", "eva")))
    with pytest.raises(rm.errors.HistoryError, match="round 3 would end on 2026-12-30, before round 2 did"):
        history.with_round(following, until="2026-12-30")
    with pytest.raises(rm.errors.HistoryError, match="ended before it began"):
        history.with_round(following, until="2027-01-01", began="2027-01-02")
    with pytest.raises(rm.errors.HistoryError, match=r"until: "):
        history.with_round(following, until="next year")
    assert len(history.with_round(following, until="2026-12-31").rounds) == 3
    assert len(history.rounds) == 2


def test_no_round_twice() -> None:
    first = some_round(("lea", "ada"), ("tom", "marc"), without="zoe", until="2026-06-30")
    with pytest.raises(rm.errors.HistoryError, match="stands there already, as round 1"):
        two_rounds().with_round(matching_of(first), until="2027-06-30")


def test_a_quarter_of_the_people_make_it_theirs() -> None:
    history = history_of([some_round(*((f"m{n}", f"e{n}") for n in range(5)))])
    history.refuse_others(["m0", "e1 ", "m2", *(f"new{n}" for n in range(50))])
    with pytest.raises(
        rm.errors.HistoryError,
        match=r"h: not the history of these people: of the 10 people of its last round, number 1, 2 are among "
        "them; right would be at least 3",
    ):
        history.refuse_others(["m0", "e1", "stranger"], "h")
    with pytest.raises(rm.errors.HistoryError, match="not the history of these people"):
        history.with_round(matching_of(some_round(("x", "y"))), until="2027-06-30")
    rm.History().refuse_others([])


def test_the_file_grows(tmp_path: Path) -> None:
    path = tmp_path / "history.json"
    with pytest.raises(rm.errors.HistoryError, match=r"history\.json: cannot be read"):
        rm.History.load(path)
    first = history_of([some_round(("lea", "ada"))])
    first.save(path)
    assert rm.History.load(str(path)) == first
    second = first.with_round(matching_of(some_round(("lea", "marc"))), until="2027-06-30")
    second.save(path)
    second.save(path)
    assert rm.History.load(path) == second
    for other in (rm.History(), first, history_of([some_round(("lea", "tom"))]), two_rounds()):
        with pytest.raises(rm.errors.HistoryError, match=r"history\.json: holds other rounds"):
            other.save(path)
    assert path.read_text("utf-8") == second.to_json()
    assert sorted(file.name for file in tmp_path.iterdir()) == [".history.json.lock", "history.json"]


def test_what_is_no_history_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "history.json"
    for there in ("", "notes", two_rounds().to_json().replace("lea", "eva"), two_rounds().to_json()[:-9]):
        path.write_text(there, "utf-8")
        with pytest.raises(rm.errors.HistoryError, match=r"history\.json: "):
            two_rounds().save(path)
        assert path.read_text("utf-8") == there


def test_a_place_where_nothing_can_be_written(tmp_path: Path) -> None:
    with pytest.raises(rm.InputError, match=r"history\.json: cannot be written"):
        two_rounds().save(tmp_path / "missing" / "history.json")
    (tmp_path / "history.json").mkdir()
    with pytest.raises(rm.InputError, match=r"history\.json: cannot be read"):
        two_rounds().save(tmp_path / "history.json")


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    link, real = tmp_path / "history.json", tmp_path / "there" / "rounds.json"
    try:
        link.symlink_to(real)
    except OSError:
        pytest.skip("no links here")
    two_rounds().save(link)
    two_rounds().save(real)
    assert link.is_symlink()
    assert rm.History.load(real) == two_rounds()
