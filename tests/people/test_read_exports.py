"""Every shape of export is read right, or asked about; what is certain is read right."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from exports.clean import clean_cohorts, clean_people
from exports.export import misreadings
from exports.shapes import SHAPES
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.views.cli.main import app
from thinned import thinned

if TYPE_CHECKING:
    from pathlib import Path

    from exports.clean import Record

PEOPLE = clean_people()


class _Person:
    """A participant, whose name and address count wherever they are kept."""

    def __init__(self, person: rm.Participant) -> None:
        self._person = person

    def __getattr__(self, name: str) -> Any:
        if name in ("name", "email") and not hasattr(self._person, name):
            return self._person.attributes.get(name)
        return getattr(self._person, name)


class _People:
    def __init__(self, cohort: rm.Cohort) -> None:
        self.participants = [_Person(person) for person in cohort.participants]


def _read(*files: str, **options: Any) -> _People:
    return _People(rm.read_cohort(*files, **options))


def _misread(name: str, people: list[Record], directory: Path, seed: int) -> list[str]:
    export = SHAPES[name](people, directory, Random(seed))
    return misreadings(export, people, _read, rm.errors.ReverseMatchError)


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("seed", range(3))
def test_a_shape_is_read_right_or_asked_about(name: str, seed: int, tmp_path: Path) -> None:
    assert _misread(name, PEOPLE, tmp_path, seed) == []


@pytest.mark.parametrize("name", SHAPES)
def test_a_reading_reads_the_same_again(name: str, tmp_path: Path) -> None:
    export = SHAPES[name](PEOPLE, tmp_path, Random(1))
    if export.outcome == "fault":
        return
    files, roles = export.sources
    first = rm.read_cohort(*files, **roles, **export.certain_options)
    kept = rm.look(*files, **roles, **export.certain_options)
    assert (kept.people, kept.faults) == (len(first.participants), ())
    kept.reading.save(tmp_path / "reading.toml")
    again = rm.read_cohort(*files, **roles, reading=rm.Reading.load(tmp_path / "reading.toml"))
    assert again.participants == first.participants
    assert again.source.sha256 == first.source.sha256


@pytest.mark.parametrize("name", SHAPES)
def test_the_command_line_reads_the_same(name: str, tmp_path: Path) -> None:
    export = SHAPES[name](PEOPLE, tmp_path, Random(2))
    result = CliRunner().invoke(app, ["look", *export.certain_arguments, "--json"])
    seen = json.loads(result.stdout)
    assert result.exit_code == (2 if seen["faults"] else 0)
    if export.outcome == "fault":
        assert seen["faults"]
        return
    files, roles = export.sources
    cohort = rm.read_cohort(*files, **roles, **export.certain_options)
    assert (seen["people"], seen["faults"]) == (len(cohort.participants), [])
    assert len(seen["notes"]) == len(cohort.notes)


@pytest.mark.long
@pytest.mark.parametrize("name", SHAPES)
def test_a_shape_is_read_right_however_it_is_drawn(name: str, tmp_path: Path) -> None:
    for seed in range(3, 40):
        (tmp_path / str(seed)).mkdir()
        assert _misread(name, PEOPLE, tmp_path / str(seed), seed) == []


@pytest.mark.parametrize("name", thinned(SHAPES, every=3))
@given(people=clean_cohorts(), seed=st.integers(0, 2**32))
@settings(max_examples=2)
def test_any_cohort_in_a_shape_reads_back(
    tmp_path_factory: pytest.TempPathFactory, people: list[Record], name: str, seed: int
) -> None:
    assert _misread(name, people, tmp_path_factory.mktemp("export"), seed) == []


@pytest.mark.long
@pytest.mark.parametrize("name", SHAPES)
@given(people=clean_cohorts(), seed=st.integers(0, 2**32))
@settings(max_examples=40)
def test_many_cohorts_in_a_shape_read_back(
    tmp_path_factory: pytest.TempPathFactory, people: list[Record], name: str, seed: int
) -> None:
    assert _misread(name, people, tmp_path_factory.mktemp("export"), seed) == []
