"""Models are built when they are first used: from several threads, from a pickle, or unread."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import reverse_match as rm
from reverse_match.foundation.records import PlainData
from reverse_match.people.participant import Participant
from reverse_match.policy import Policy

THREADS = """
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
import reverse_match as rm

rm.Participant, rm.Policy, rm.History, rm.Programme
together = Barrier(8)

def first(number):
    together.wait()
    people = rm.Cohort.from_records([{"id": "a", "role": "mentor"}, {"id": "b", "role": "mentee"}])
    policy = rm.Policy.model_validate({"rules": [{"kind": "not", "condition": {"kind": "same", "field": "gender"}}]})
    return rm.match(people, policy).to_json(), rm.History().model_dump_json()

with ThreadPoolExecutor(8) as threads:
    assert len(set(threads.map(first, range(8)))) == 1
"""
UNREAD = """
import pickle, sys
import reverse_match as rm

stored = pickle.dumps(rm.match(rm.read_cohort(rm.demo_path())))
sys.stdout.buffer.write(stored)
"""


def run(script: str, given: bytes = b"") -> bytes:
    return subprocess.run([sys.executable, "-c", script], input=given, check=True, capture_output=True).stdout


def test_threads_that_all_come_first() -> None:
    run(THREADS)


def test_a_record_from_a_pickle_is_written_before_any_was_read() -> None:
    write = "import pickle, sys\nprint(len(pickle.load(sys.stdin.buffer).to_json()))"
    assert int(run(write, run(UNREAD))) > 1_000


def test_the_texts_below_fields_describe_them() -> None:
    class Later(Policy):
        """Somebody's own."""

        seed: int = 1
        added: int = 0
        """Told here."""

    properties = Later.model_json_schema()["properties"]
    assert "description" not in properties["seed"], "the text stood below the field that it replaces"
    assert properties["added"]["description"] == "Told here."
    assert properties["criteria"] == Policy.model_json_schema()["properties"]["criteria"]


def test_a_class_without_a_source() -> None:
    space: dict[str, type[PlainData]] = {"PlainData": PlainData}
    exec("class Prompt(PlainData):\n    number: int = 0\n    'A text.'", space)  # noqa: S102 - as at a prompt
    assert space["Prompt"].model_json_schema()["properties"]["number"] == {
        "default": 0,
        "title": "Number",
        "type": "integer",
    }


@pytest.mark.parametrize("model", [Participant, Policy, rm.Matching, rm.results.FeedbackRecord, rm.Programme])
def test_descriptions_have_no_markup_of_docstrings(model: type[PlainData]) -> None:
    described = json.dumps(model.model_json_schema())
    assert not [sign for sign in ("``", ":`", ">>>", "----") if sign in described]


@pytest.mark.parametrize("model", [Participant, Policy])
def test_every_field_is_described(model: type[PlainData]) -> None:
    assert all("description" in field for field in model.model_json_schema()["properties"].values())
