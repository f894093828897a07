"""What comes out of the library, as text, for people and policies that cover every kind of thing there is.

Only what is public is called, so that the same file asks a library that is built otherwise inside.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import sys
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import reverse_match as rm
from random_worlds import World, quarters
from reverse_match.__main__ import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WORLDS = 24
"""Drawn cohorts with drawn policies: every objective, rule, quota, credit."""
SURVEY = "REVERSE_MATCH_SURVEY"
"""Names a people file that is not part of the project: 2,000 people of a survey."""
LANGUAGES = ("en", "fr")

Output = tuple[str, str]


def outputs() -> Iterator[tuple[str, Callable[[], Iterator[Output]]]]:
    """Give each group of outputs by name, to be made when it is asked for."""
    rm.register_criterion("quarters", quarters)
    yield "demo", demo
    for number in range(WORLDS):
        yield f"world {number}", lambda number=number: world(number)
    yield "plans", plans
    yield "studies", studies
    yield "programme", programme
    yield "commands", commands
    yield "own scores", own_scores
    if os.environ.get(SURVEY):
        yield "survey", survey


def shown(record: Any) -> Iterator[Output]:
    """Give what a record says of itself in a notebook and in sentences."""
    if hasattr(record, "_repr_html_"):
        yield "notebook", record._repr_html_()
    if hasattr(record, "sentences"):
        for lang in LANGUAGES:
            yield lang, "\n".join(record.sentences(lang))
    if hasattr(record, "model_dump_json"):
        yield "json", record.model_dump_json()


def named(name: str, made: Iterator[Output]) -> Iterator[Output]:
    return ((f"{name}: {part}", text) for part, text in made)


def matching_outputs(matching: rm.Matching, *, pages: bool = False) -> Iterator[Output]:
    yield "json", matching.to_json()
    yield "csv", matching.to_csv()
    for lang in LANGUAGES if pages else ():
        yield f"page {lang}", without_pictures(matching.to_html(lang))
    yield from named("shown", shown(matching))
    for place, left in enumerate(matching.unmatched[:6]):
        yield from named(f"left out {place}", shown(left))


def without_pictures(page: str) -> str:
    """Pictures are drawn by another library, whose versions draw otherwise."""
    return re.sub(r"<svg.*?</svg>", "<svg/>", page, flags=re.DOTALL)


def answers(matching: rm.Matching, people: list[str]) -> Iterator[Output]:
    mentors, mentees = ({one for one in people if one.startswith(("m", "p"))} for _ in range(2))
    for mentor, mentee in list(zip(sorted(mentors), sorted(mentees, reverse=True), strict=True))[:4]:
        if mentor != mentee:
            yield from named(
                f"explain {mentor} {mentee}", said(lambda a=mentor, b=mentee: matching.explain(a, b))
            )
    for person in sorted(people)[:4]:
        yield from named(f"why {person}", said(lambda who=person: matching.why(who)))
        yield from named(f"alternatives {person}", said(lambda who=person: matching.alternatives(who, n=2)))


def said(ask: Callable[[], Any]) -> Iterator[Output]:
    """Give what is answered, or the error."""
    try:
        found = ask()
    except rm.ReverseMatchError as error:
        yield "error", f"{type(error).__name__}: {error}"
        return
    for place, one in enumerate(found if isinstance(found, list | tuple) else [found]):
        yield from named(str(place), shown(one))


def demo() -> Iterator[Output]:
    cohort = rm.read_cohort(rm.demo_path())
    policy = rm.Policy(as_of="2026-11-02")  # type: ignore[arg-type]
    matching = rm.match(cohort, policy)
    yield from matching_outputs(matching, pages=True)
    yield from named("cohort", shown(cohort))
    yield "scores", repr(rm.score_matrix(cohort, policy).round(9).tolist())
    first = matching.duos[0]
    mentors, mentees = ([one.id for one in side] for side in (cohort.mentors, cohort.mentees))
    for mentor, mentee in [*zip(mentors[:6], mentees[:6], strict=True), (first.mentor, first.mentee)]:
        yield from named(
            f"explain {mentor} {mentee}", said(lambda a=mentor, b=mentee: matching.explain(a, b))
        )
    for person in (*mentors[:5], *mentees[:5]):
        yield from named(f"why {person}", said(lambda who=person: matching.why(who)))
        yield from named(f"alternatives {person}", said(lambda who=person: matching.alternatives(who)))
    yield from named("trade", said(lambda: rm.trade(matching, cohort, policy)))
    amended = rm.amend(matching, cohort, policy, forbid=[(first.mentor, first.mentee)], leave=[mentors[3]], author="ada", on="2026-11-09")  # fmt: skip
    yield from named("amended", matching_outputs(amended))
    for place, one in enumerate(amended.log):
        yield from named(f"amendment {place}", shown(one))


def world(number: int) -> Iterator[Output]:
    drawn = World.drawn(f"golden:{number}", lessons=False)
    cohort = rm.Cohort.from_records(drawn.records, as_of=drawn.policy["as_of"])
    policy = rm.Policy.from_data(drawn.policy)
    yield from named("policy", shown(policy))
    yield from named("cohort", shown(cohort))
    try:
        matching = rm.match(cohort, policy)
    except rm.InfeasibleError as error:
        yield "error", str(error)
        for place, conflict in enumerate(error.conflicts):
            yield from named(f"conflict {place}", shown(conflict))
        return
    yield from named("matching", matching_outputs(matching, pages=number < 4))
    yield from answers(matching, [one["id"] for one in drawn.records])
    if matching.duos:
        duo = matching.duos[-1]
        yield from named(
            "amended",
            said(
                lambda: rm.amend(matching, cohort, policy, forbid=[(duo.mentor, duo.mentee)], on="2026-04-01")
            ),
        )


SMALL: list[dict[str, Any]] = [
    *({"id": f"m{n}", "role": "mentor", "offers": ["Python", "Excel", "Video", "AI"][n % 4 :][:2], "age": 24 + n, "gender": "fm"[n % 2], "department": ["it", "sales", "hr"][n % 3]} for n in range(9)),
    *({"id": f"e{n}", "role": "mentee", "seeks": ["AI", "Excel", "Python"][n % 3 :][:2], "age": 45 + n, "gender": "mf"[n % 2], "department": ["hr", "it", "sales"][n % 3]} for n in range(8)),
    {"id": "b1", "role": "both", "offers": ["AI"], "seeks": ["Video"], "age": 35, "gender": "f", "department": "legal"},
]  # fmt: skip


def plans() -> Iterator[Output]:
    cohort = rm.Cohort.from_records(SMALL, as_of="2026-01-01")
    for objective in ("coverage", "total", "max_min"):
        policy = rm.Policy.from_data({"objective": objective, "as_of": "2026-01-01"})
        plan = rm.plan_rotations(cohort, policy, rounds=3)
        yield f"{objective}: json", plan.to_json()
        yield from named(f"{objective}", shown(plan))
        for place, matching in enumerate(plan.rounds):
            yield from named(f"{objective}, round {place}", shown(matching))
    quota = {
        "name": "mixed",
        "kind": "share",
        "of": {"kind": "different", "field": "gender"},
        "at_least": 0.5,
    }
    policy = rm.Policy.from_data({"quotas": [quota], "as_of": "2026-01-01"})
    yield "quota: json", rm.plan_rotations(cohort, policy, rounds=2).to_json()


def studies() -> Iterator[Output]:
    cohort = rm.Cohort.from_records(SMALL, as_of="2026-01-01")
    study = rm.Study(cohort, rm.Policy.from_data({"as_of": "2026-01-01"}))
    study.scenario("age", weights={"age": 0.5})
    study.scenario(
        "no it", rules=[{"kind": "require", "of": "mentor", "field": "department", "equals": ["sales", "hr"]}]
    )
    study.scenario("without m1", without=["m1"])
    yield from named("study", shown(study))
    for name in study.names:
        yield from named(
            f"scenario {name}",
            matching_outputs(study[name].matching if name != "base" else study.base.matching),
        )
    yield from named("compare", shown(study.compare("base", "age")))
    yield from named("sweep", shown(study.sweep(weight="age", over=[0.0, 0.1, 0.4])))
    yield from named("frontier", said(lambda: study.frontier("skills", "gender")))
    yield from named("price", said(study.price))
    yield from named("sensitivity", said(lambda: study.sensitivity(samples=10)))


FEEDBACK = "mentor,mentee,on,by,satisfaction,wish,sessions_held\n"


def programme() -> Iterator[Output]:
    cohort = rm.Cohort.from_records(SMALL, as_of="2026-01-01")
    policy = rm.Policy.from_data({"as_of": "2026-01-01"})
    terms = rm.Programme.model_validate({"name": "Pilot", "start": "2026-01-05", "months": 6, "rounds": 3})
    yield from named("programme", shown(terms))
    matching = rm.match(cohort, policy)
    for lang in LANGUAGES:
        yield f"calendar {lang}", rm.calendar(matching, terms, lang=lang)
    feedback = feedback_on(matching)
    for place, one in enumerate(rm.proposals(matching, feedback, policy)):
        yield from named(f"proposal {place}", shown(one))
    second = rm.rotate(matching, cohort, policy, on="2026-07-06", feedback=feedback)
    yield from named("round 2", matching_outputs(second, pages=True))
    yield from named("rotation 2", shown(second.rotation))
    third = rm.rotate(second, cohort, policy, on="2027-01-06", reciprocal=True)
    yield from named("round 3", matching_outputs(third))
    yield from named("indicators", said(lambda: rm.indicators([matching], feedback, cohort, fewest=2)))
    yield from named("evidence", said(lambda: rm.weigh_evidence([matching], feedback, policy)))
    yield from named("after feedback", said(lambda: rm.apply_feedback(cohort, feedback, policy)))


def feedback_on(matching: rm.Matching) -> rm.Feedback:
    rows = [
        f"{duo.mentor},{duo.mentee},2026-05-01,{who},{4 - place % 3},{['continue', 'stop', ''][place % 3]},{place}"
        for place, duo in enumerate(matching.duos)
        for who in ("mentor", "mentee")
    ]
    Path("answers.csv").write_text(FEEDBACK + "\n".join(rows) + "\n", "utf-8")
    return rm.read_feedback("answers.csv")


POLICY = {
    "seed": 7,
    "quotas": [
        {"name": "mixed", "kind": "share", "of": {"kind": "different", "field": "gender"}, "at_least": 0.25}
    ],
}
COMMANDS = [
    "demo",
    "match people.json --as-of 2026-01-01",
    "match people.json --as-of 2026-01-01 --policy policy.json --out matching.json",
    "match people.json --as-of 2026-01-01 --format json",
    "match people.json --as-of 2026-01-01 --format csv",
    "match people.json --as-of 2026-01-01 --format html --lang fr",
    "verify matching.json people.json",
    "verify matching.json people.json --policy policy.json",
    "explain matching.json people.json --mentor m1 --mentee e1",
    "explain matching.json people.json --mentor m1 --mentee e1 --lang fr",
    "explain matching.json people.json --why b1",
    "explain matching.json people.json --why m8 --lang fr",
    "amend matching.json people.json --leave m2 --forbid m1=e2 --author ada --on 2026-02-01 --out amended.json",
    "verify amended.json people.json --policy policy.json",
    "rotate matching.json people.json --on 2026-07-06 --history history.json --out second.json",
    "verify second.json people.json",
    "plan people.json --rounds 3",
    "match nobody.json",
    "match broken.json",
    "match impossible.json",
    "schema policy",
    "schema participant",
    "schema matching",
]


def commands() -> Iterator[Output]:
    Path("people.json").write_text(json.dumps(SMALL), "utf-8")
    Path("policy.json").write_text(json.dumps(POLICY), "utf-8")
    Path("broken.json").write_text(json.dumps([{**SMALL[0], "age": "old"}, {"role": "chief"}]), "utf-8")
    Path("impossible.json").write_text(json.dumps([SMALL[0]]), "utf-8")
    for command in COMMANDS:
        yield command, run(command)


def own_scores() -> Iterator[Output]:
    """Give a matching on scores and vectors from outside, whose digests are the same on every machine, too."""
    cohort = rm.Cohort.from_records(SMALL, as_of="2026-01-01")
    mentors, mentees = ([one.id for one in side] for side in (cohort.mentors, cohort.mentees))
    pairs = [
        (mentor, mentee, None if (3 * row + column) % 11 == 0 else (7 * row * column + row) % 13 / 2 - 1)
        for row, mentor in enumerate(mentors)
        for column, mentee in enumerate(mentees)
        if (row + 2 * column) % 5
    ]
    everybody = [one.id for one in cohort.participants]
    vectors = [
        [(place * place * axis + 3 * place) % 17 - 4 for axis in range(1, 40)]
        for place in range(len(everybody))
    ]
    policy = rm.Policy.from_data(
        {
            "criteria": [
                {"kind": "table", "name": "interview", "weight": 0.5},
                {"kind": "similarity", "name": "words", "weight": 0.5, "vectors": "words", "from": -0.5},
            ],
            "as_of": "2026-01-01",
        }
    )
    tables = {"interview": pairs, "words": rm.Embeddings(everybody, vectors)}
    matching = rm.match(cohort, policy, tables=tables)
    yield from matching_outputs(matching, pages=True)
    yield "scores", repr(rm.score_matrix(cohort, policy, tables=tables).round(9).tolist())
    yield from answers(matching, everybody[:4])


def run(command: str) -> str:
    """Return what a command prints, and what it ends with."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    status = 0
    before, sys.argv = sys.argv, ["reverse-match", *command.split()]
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            main()
    except SystemExit as ended:
        status = int(ended.code or 0)
    finally:
        sys.argv = before
    printed, told = (one.buffer.getvalue().decode() for one in (out, err))  # type: ignore[attr-defined]
    return f"{status}\n{without_pictures(printed)}\n{told}"


def survey() -> Iterator[Output]:
    with Path(os.environ[SURVEY]).open(encoding="utf-8") as lines:
        text = [next(lines) for _ in range(301)]
    Path("part.csv").write_text("".join(text), "utf-8")
    cohort = rm.read_cohort("part.csv", as_of=date(2026, 1, 1))
    for number, policy in enumerate(
        [
            {},
            POLICY,
            {"objective": "max_min"},
            {"objective": {"kind": "fair"}},
            {"objective": "total", "rules": [{"kind": "same", "field": "location"}]},
        ]
    ):
        matching = rm.match(cohort, rm.Policy.from_data({**policy, "as_of": "2026-01-01"}))
        yield from named(str(number), matching_outputs(matching))
        first = matching.duos[0].mentor
        yield from named(f"{number}, alternatives", said(partial(matching.alternatives, first)))
    yield "plan", rm.plan_rotations(cohort, rm.Policy.from_data({"as_of": "2026-01-01"}), rounds=3).to_json()
