"""Times of the week as people write them, and as forms export them: texts, and grids of marks, days, parts."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reverse_match as rm
from reverse_match.people.cells import CellError
from reverse_match.people.weekly_times import DAYS, read_part, times_on_site, weekly_times

if TYPE_CHECKING:
    from pathlib import Path

MON, TUE, WED, THU = (
    {part: f"{day} {hours}" for part, hours in [("am", "09:00-12:00"), ("pm", "14:00-17:00")]}
    for day in ("Mon", "Tue", "Wed", "Thu")
)


def read(folder: Path, text: str, **said: object) -> rm.Cohort:
    """Read a file, and once more with the reading that was made of it: both say the same."""
    file = folder / "people.csv"
    file.write_text(text)
    seen = rm.look(file, **said)  # type: ignore[arg-type]
    cohort = rm.read_cohort(file, **said)  # type: ignore[arg-type]
    again = rm.read_cohort(file, reading=rm.Reading.from_toml(seen.reading.to_toml()))
    assert again.participants == cohort.participants
    return cohort


GRIDS = {
    "marks": (
        "id,role,Mon AM,Mon PM,Tue AM\na,mentor,1,0,1\nb,mentee,,1,0\n",
        ([MON["am"], TUE["am"]], [MON["pm"]]),
    ),
    "marks in French": (
        "id,role,Lundi matin,Lundi après-midi,Mardi matin\na,mentor,oui,non,x\nb,mentee,,✓,N/A\n",
        ([MON["am"], TUE["am"]], [MON["pm"]]),
    ),
    "the option itself": (
        "id,role,Monday morning,Monday afternoon\na,mentor,Monday morning,\nb,mentee,,Monday afternoon\n",
        ([MON["am"]], [MON["pm"]]),
    ),
    "hours in the headings": (
        "id,role,Mon 8-10,Morning (8-11) Tue\na,mentor,x,\nb,mentee,,x\n",
        (["Mon 08:00-10:00"], ["Tue 08:00-11:00"]),
    ),
    "rows and columns in brackets": (
        "id,role,Availability [Monday] [Morning],Availability [Monday] [Afternoon]\na,mentor,x,\nb,mentee,x,x\n",
        ([MON["am"]], [MON["am"], MON["pm"]]),
    ),
    "days below parts of the day": (
        'id,role,When are you free? [Morning],When are you free? [Afternoon]\na,mentor,"Monday, Wednesday",\n'
        "b,mentee,,Thursday\n",
        ([MON["am"], WED["am"]], [THU["pm"]]),
    ),
    "parts of the day below days": (
        "id,role,Quand êtes-vous disponible ? [Lundi],Quand êtes-vous disponible ? [Mardi]\n"
        'a,mentor,"Matin, Après-midi",\nb,mentee,,8h-9h30\n',
        ([MON["am"], MON["pm"]], ["Tue 08:00-09:30"]),
    ),
    "own semicolons": (
        "id,role,Availability [Monday],Availability [Tuesday]\na,mentor,Morning;Afternoon;,\nb,mentee,-,Morning\n",
        ([MON["am"], MON["pm"]], [TUE["am"]]),
    ),
    "one list": (
        "id,role,Vos créneaux\na,mentor,Lundi matin;Mardi après-midi;\nb,mentee,\n",
        ([MON["am"], TUE["pm"]], []),
    ),
    "one list with commas, in brackets": (
        'id,role,availability\na,mentor,"[Mon AM, Tue PM]"\nb,mentee,Aucun\n',
        ([MON["am"], TUE["pm"]], []),
    ),
    "LimeSurvey": (
        '"AV[SQ1_SQ1]. Availability [Monday][Morning]","AV[SQ1_SQ2]. Availability [Monday][Afternoon]",id,role\n'
        "1,,a,mentor\n,Y,b,mentee\n",
        ([MON["am"]], [MON["pm"]]),
    ),
    "SurveyMonkey": (
        "id,role,When are you free?,\n,,Monday morning,Tuesday afternoon\n"
        "a,mentor,Monday morning,\nb,mentee,,Tuesday afternoon\n",
        ([MON["am"]], [TUE["pm"]]),
    ),
}


@pytest.mark.parametrize("name", GRIDS)
def test_grids_and_lists_of_forms(name: str, tmp_path: Path) -> None:
    text, expected = GRIDS[name]
    cohort = read(tmp_path, text)
    assert tuple([*person.available] for person in cohort.participants) == expected


def test_codes_are_mapped_with_what_they_mean(tmp_path: Path) -> None:
    text = "id,role,AV[SQ001],AV[SQ002]\na,mentor,Y,\nb,mentee,Y,Y\n"
    mapping = {"AV[SQ001]": "available:Monday morning", "AV[SQ002]": "available:Tue 14-17"}
    cohort = read(tmp_path, text, mapping=mapping)
    assert [person.available for person in cohort.participants] == [(MON["am"],), (MON["am"], TUE["pm"])]


def test_a_question_of_its_own_is_mapped_as_a_whole(tmp_path: Path) -> None:
    text = "id,role,Free? [Mon],Free? [Tue]\na,mentor,AM,-\nb,mentee,-,PM\n"
    cohort = read(tmp_path, text, mapping={"Free?": "available"})
    assert [person.available for person in cohort.participants] == [(MON["am"],), (TUE["pm"],)]


def test_what_is_said_of_half_days_is_noted(tmp_path: Path) -> None:
    def notes_of(text: str) -> list[str]:
        return [note.message for note in read(tmp_path, text).notes if note.code == "weekly-times"]

    parts = "mornings are read as 9 to 12, noon as 12 to 14, afternoons as 14 to 17, and evenings as 17 to 20"
    days = "days without times are read as 9 to 17"
    assert notes_of("id,role,available\na,mentor,Mon 9-12\nb,mentee,Tue 9am-noon\n") == []
    assert notes_of("id,role,available\na,mentor,Mon 9-12\nb,mentee,Tue pm\n") == [parts]
    assert notes_of("id,role,available\na,mentor,Mon\nb,mentee,Tue morning (8-9)\n") == [days]
    assert notes_of("id,role,Free times [Mon]\na,mentor,x\nb,mentee,8-9\n") == [days]


@pytest.mark.parametrize(
    ("text", "column", "row", "message"),
    [
        (
            "id,role,Availability\na,mentor,Mon 9-12\nb,mentee,whenever\n",
            "Availability",
            3,
            "not weekly times",
        ),
        (
            "id,role,Availability\na,mentor,Mon 9-12\nb,mentee,Mon 12-9\n",
            "Availability",
            3,
            "before it begins",
        ),
        (
            "id,role,Slots,available\na,mentor,,yes\nb,mentee,,no\n",
            "'available'",
            None,
            "no cell holds weekly",
        ),
        (
            "id,role,Availability [Mon],Availability [Tue]\na,mentor,x,perhaps\nb,mentee,x,x\n",
            "Availability [Tue]",
            2,
            "neither a mark nor times",
        ),
        (
            "id,role,Availability [Mon],Availability [Tue]\na,mentor,x,Mon 9-12\nb,mentee,x,x\n",
            "Availability [Tue]",
            2,
            "neither a mark nor times",
        ),
    ],
)
def test_what_cannot_be_read_is_a_fault_with_its_place(
    text: str, column: str, row: int | None, message: str, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    file.write_text(text)
    with pytest.raises(rm.errors.CohortError) as caught:
        rm.read_cohort(file)
    assert [(fault.column, fault.row) for fault in caught.value.faults] == [(column, row)]
    assert message in caught.value.faults[0].message
    assert caught.value.faults[0].code == "not-weekly-times"


@pytest.mark.parametrize(
    "text",
    [
        "id,role,Availability\na,mentor,Full time\nb,mentee,Part time\n",
        "id,role,Jan,Feb,Mar\na,mentor,1,0,1\nb,mentee,1,1,\n",  # March, not mardi
        "id,role,Mon,Tue\na,mentor,perhaps,x\nb,mentee,x,x\n",
        "id,role,Which days do you work from home? [Mon],Which days do you work from home? [Tue]\n"
        "a,mentor,x,\nb,mentee,,x\n",
    ],
)
def test_what_says_no_times_stays_a_column_of_its_own(text: str, tmp_path: Path) -> None:
    cohort = read(tmp_path, text)
    assert all(not person.available and person.attributes for person in cohort.participants)


def test_days_on_site(tmp_path: Path) -> None:
    text = "id,role,On site [Monday],On site [Tuesday]\na,mentor,Lyon,Remote\nb,mentee,x,Paris\n"
    cohort = read(tmp_path, text)
    assert [person.on_site for person in cohort.participants] == [
        ("Mon 00:00-24:00 @Lyon",),
        ("Mon 00:00-24:00", "Tue 00:00-24:00 @Paris"),
    ]
    text = "id,role,Jours sur site\na,mentor,lundi; mardi matin @ Lyon\nb,mentee,Télétravail\n"
    cohort = read(tmp_path, text)
    assert [person.on_site for person in cohort.participants] == [
        ("Mon 00:00-24:00", "Tue 09:00-12:00 @Lyon"),
        (),
    ]


def test_two_places_at_one_time_are_refused() -> None:
    people = [
        {"id": "a", "role": "mentor", "on_site": "Mon @Lyon;Mon 9-12 @Paris"},
        {"id": "b", "role": "mentee"},
    ]
    with pytest.raises(rm.errors.CohortError, match="two places at the same time"):
        rm.Cohort.from_records(people)


def test_shifts_are_own_words_of_a_reading(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("id,role,Shift\na,mentor,early\nb,mentee,Late\n")
    words = {"available": {"early": "Mon-Fri 6-14", "late": "Mon-Fri 14-22"}}
    reading = rm.Reading.model_validate({"mapping": {"Shift": "available"}, "words": words})
    people = rm.read_cohort(file, reading=reading).participants
    assert [(person.available[0], len(person.available)) for person in people] == [
        ("Mon 06:00-14:00", 5),
        ("Mon 14:00-22:00", 5),
    ]
    with pytest.raises(rm.errors.CohortError, match="right would be weekly times"):
        rm.Reading.model_validate({"words": {"available": {"early": "soon"}}})


CLOCK = st.integers(0, 24 * 60)
ENTRIES = st.lists(
    st.tuples(st.integers(0, 6), CLOCK, CLOCK).filter(lambda one: one[1] < one[2]), min_size=1, max_size=5
)
FRENCH = ("lundi", "mar", "mercredi", "jeudi", "ven", "samedi", "dim")


@given(ENTRIES)
def test_times_are_the_minutes_that_are_written_in_english_and_in_french(
    entries: list[tuple[int, int, int]],
) -> None:
    def clock(minute: int, sign: str) -> str:
        return f"{minute // 60}{sign}{minute % 60:02}"

    english = [f"{DAYS[day]} {clock(start, ':')}-{clock(end, ':')}" for day, start, end in entries]
    french = [f"{FRENCH[day]} de {clock(start, 'h')} à {clock(end, 'h')}" for day, start, end in entries]
    times = weekly_times(";".join(english))
    assert times == weekly_times(french) == weekly_times(", ".join(english)) == weekly_times(times)
    assert times_on_site(times) == times
    free = {(day, minute) for day, start, end in entries for minute in range(start, end)}
    found = []
    for time in times:
        day, _, clocks = time.partition(" ")
        start, end = (int(one[:2]) * 60 + int(one[3:]) for one in clocks.split("-"))
        found += [(DAYS.index(day), minute) for minute in range(start, end)]
    assert len(found) == len(free)
    assert set(found) == free


@given(st.text(alphabet="Monday lundi am 9-12h:.,;@()[]é", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(CellError):
        assert weekly_times(weekly_times(text)) == weekly_times(text)


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("Mon: 9-12", ["Mon 09:00-12:00"]),
        ("Monday - morning", ["Mon 09:00-12:00"]),
        ("Morning (9:00–12:00), Tue", ["Tue 09:00-12:00"]),
        ("mornings on Monday", ["Mon 09:00-12:00"]),
        ("lundi 9h-midi", ["Mon 09:00-12:00"]),
        ("lundi soir", ["Mon 17:00-20:00"]),
        ("du lundi au mardi", ["Mon", "Tue"]),
    ],
)
def test_spellings(text: str, entries: list[str]) -> None:
    assert read_part(text).entries == entries
