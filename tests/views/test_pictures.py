"""What pictures hold: labels, as many marks as there are duos, names as text. What they look like was looked at."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import matplotlib as mpl

mpl.use("Agg")

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.colors import to_hex

import reverse_match as rm
from hostile import HOSTILE, hostile_policy, hostile_records
from reverse_match.foundation import optional as extras
from reverse_match.foundation.text_safety import visible
from reverse_match.testing import invented_cohort, invented_intake
from reverse_match.views.plots.canvas import HATCHES, SERIES, pair_in_picture
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from matplotlib.axes import Axes

    Draw = Callable[..., Axes]

pytestmark = pytest.mark.usefixtures("nothing_asked")


@pytest.fixture(autouse=True)
def _nothing_is_left_open() -> Iterator[None]:
    yield
    plt.close("all")


@cache
def demo() -> tuple[rm.Matching, rm.Cohort]:
    cohort = rm.read_cohort(rm.demo_path())
    return rm.match(cohort), cohort


@cache
def large() -> tuple[rm.Matching, rm.Cohort]:
    cohort = invented_cohort(300, seed=1)
    return rm.match(cohort), cohort


@cache
def empty() -> tuple[rm.Matching, rm.Cohort]:
    people = [{"id": "a", "role": "mentor", "capacity": 0}, {"id": "b", "role": "mentee", "capacity": 0}]
    cohort = rm.Cohort.from_records(people)
    return rm.match(cohort), cohort


@cache
def hostile() -> tuple[rm.Matching, rm.Cohort]:
    cohort = rm.Cohort.from_records(hostile_records())
    return rm.match(cohort, rm.Policy.model_validate(hostile_policy())), cohort


@cache
def replayed() -> rm.results.Replay:
    return rm.replay(rm.Cohort.from_records(invented_intake(60)), joined="joined", every="7d,1month")


PICTURES: dict[str, Draw] = {
    "scores": lambda matching, cohort, **given: rm.plots.scores(matching, **given),
    "ages": rm.plots.ages,
    "grades": rm.plots.grades,
    "departments": rm.plots.departments,
    "contributions": lambda matching, cohort, **given: rm.plots.contributions(matching, **given),
    "left_out": lambda matching, cohort, **given: rm.plots.left_out(matching, **given),
    "rounds": lambda matching, cohort, **given: rm.plots.rounds([matching, matching], **given),
    "waiting": lambda matching, cohort, **given: rm.plots.waiting(replayed(), **given),
    "frontier": lambda matching, cohort, **given: rm.plots.frontier(
        [(0.4, 14.6), (0.5, 14.2)], x="share", y="total", labels=HOSTILE[:2], chosen=1, **given
    ),
}
MATCHINGS = {"demo": demo, "large": large, "empty": empty, "hostile": hostile}


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 - our own


def texts(ax: Axes) -> list[str]:
    """Return all texts of a picture as they are shown."""
    legend = ax.get_legend()
    found = [*ax.texts, *ax.get_xticklabels(), *ax.get_yticklabels(), *(legend.get_texts() if legend else ())]
    shown = [text.get_text() for text in found]
    shown += [ax.get_title(loc="left"), ax.get_xlabel(), ax.get_ylabel()]
    return [text.replace(r"\$", "$") for text in shown]


@pytest.mark.parametrize(("whose", "lang"), [("demo", "en"), ("demo", "fr"), ("empty", "en")])
@pytest.mark.parametrize("name", PICTURES)
def test_every_picture_has_title_and_labels_or_says_that_there_is_nothing(
    name: str, whose: str, lang: str
) -> None:
    ax = PICTURES[name](*MATCHINGS[whose](), lang=lang)
    if not ax.axison:
        assert [text.get_text() for text in ax.texts] != [""]
        return
    assert ax.get_title(loc="left")
    assert ax.get_xlabel()
    assert ax.get_ylabel() or len(ax.get_yticklabels()) > 0
    sizes = [text.get_fontsize() for text in ax.texts] + [
        label.get_fontsize() for label in ax.get_xticklabels()
    ]
    assert min(sizes) >= 8, "legible at A4"
    assert ax.figure.get_figwidth() <= 6.7


@pytest.mark.parametrize("name", PICTURES)
def test_given_axes_are_used_and_no_others_are_made(name: str) -> None:
    figure, axes = plt.subplots(1, 2)
    assert PICTURES[name](*demo(), ax=axes[1]) is axes[1]
    assert plt.get_fignums() == [figure.number]
    assert not axes[0].has_data()


QUICK = ("scores", "departments", "contributions", "frontier")


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=() if name in QUICK else pytest.mark.long) for name in PICTURES],
)
def test_pictures_of_hostile_names_are_pieces_of_a_page(name: str) -> None:
    svg = rm.plots.as_svg(PICTURES[name](*hostile()), name)
    assert parsed(svg).attrib["aria-label"] == name
    assert not re.search(r"<script|onerror=|<!--|<(dc|cc|rdf)|href=.http", svg)


@pytest.mark.parametrize(
    "name", ["departments", *(pytest.param(name, marks=pytest.mark.long) for name in PICTURES)]
)
def test_the_same_picture_has_the_same_bytes(name: str) -> None:
    first, second = (rm.plots.as_svg(PICTURES[name](*demo()), name) for _ in range(2))
    assert first == second


def test_the_title_of_an_svg_is_escaped_and_makes_its_ids() -> None:
    ax = rm.plots.rounds([demo()[0]])
    first, second = rm.plots.as_svg(ax, HOSTILE[1]), rm.plots.as_svg(ax, "other")
    assert parsed(first).attrib["aria-label"] == HOSTILE[1]
    ids = [set(re.findall(r'id="(\w{10,})"', one)) for one in (first, second)]
    assert ids[0]
    assert not ids[0] & ids[1], "two pictures of one page do not share ids"
    assert parsed(rm.plots.as_svg(ax)).attrib["aria-label"] == "Rounds of the plan"


@pytest.mark.parametrize("name", ["scores", "ages", "contributions", "left_out", "departments"])
def test_no_name_becomes_mathematics_or_breaks_the_line(name: str) -> None:
    ax = PICTURES[name](*hostile())
    shown = "\n".join(texts(ax))
    assert not set(shown) & set("\u202e\u200b\ufeff")
    raw = [text.get_text() for text in ax.findobj(mpl.text.Text)]
    assert any(r"\$" in text for text in raw) or name == "left_out", "only some are named there"
    for text in raw:
        assert text.count("$") == text.count(r"\$"), text


def test_scores_count_every_duo_and_name_the_worst() -> None:
    matching, _ = demo()
    ax = rm.plots.scores(matching, worst=3)
    assert sum(bar.get_height() for bar in ax.patches) == len(matching.duos)
    worst = sorted(matching.duos, key=lambda duo: duo.score)[:3]
    (told,) = ax.texts
    assert told.get_text().splitlines()[1:] == [
        f"{duo.score:.3f}  {duo.mentor} → {duo.mentee}" for duo in worst
    ]
    (marks,) = ax.lines
    assert list(marks.get_xdata()) == [duo.score for duo in worst]
    assert texts(rm.plots.scores(matching, lang="fr", worst=0)).count("moyenne 0,585") == 1


def test_ages_draw_each_duo_once_with_its_two_ages() -> None:
    matching, cohort = demo()
    age = {
        person.id: person.age_on(matching.as_of) if matching.as_of else person.age
        for person in cohort.participants
    }
    ax = rm.plots.ages(matching, cohort)
    mentors, mentees = ax.lines
    names = [label.get_text() for label in ax.get_yticklabels()]
    drawn = dict(zip(names, zip(mentors.get_xdata(), mentees.get_xdata(), strict=True), strict=True))
    known = [duo for duo in matching.duos if age[duo.mentor] is not None and age[duo.mentee] is not None]
    assert drawn == {f"{duo.mentor} → {duo.mentee}": (age[duo.mentor], age[duo.mentee]) for duo in known}
    assert (
        ax.get_xlabel()
        == f"age (years)\nnot known for {len(matching.duos) - len(known)} of {len(matching.duos)} duos"
    )
    assert mentors.get_marker() != mentees.get_marker(), "not by colour alone"


@pytest.mark.parametrize("draw", [rm.plots.ages, rm.plots.grades])
def test_many_gaps_are_counted(draw: Draw) -> None:
    matching, cohort = large()
    person = {one.id: one for one in cohort.participants}
    field = "age" if draw is rm.plots.ages else "grade"
    gaps = [
        getattr(person[duo.mentee], field) - getattr(person[duo.mentor], field)
        for duo in matching.duos
        if None not in (getattr(person[duo.mentee], field), getattr(person[duo.mentor], field))
    ]
    ax = draw(matching, cohort)
    bars = {
        round(bar.get_x() + bar.get_width() / 2): bar.get_height() for bar in ax.patches if bar.get_height()
    }
    assert bars == Counter(gaps)
    assert f"median {np.median(gaps):g}" in texts(ax)


def test_departments_count_every_duo() -> None:
    matching, cohort = demo()
    person = {one.id: one for one in cohort.participants}
    ax = rm.plots.departments(matching, cohort)
    rows, columns = (
        [label.get_text() for label in labels] for labels in (ax.get_yticklabels(), ax.get_xticklabels())
    )
    counted = {
        (rows[int(text.get_position()[1])], columns[int(text.get_position()[0])]): int(text.get_text())
        for text in ax.texts
    }

    def top(identity: str) -> str:
        department = person[identity].department
        return "not known" if department is None else department.split("/")[1]

    assert counted == Counter((top(duo.mentor), top(duo.mentee)) for duo in matching.duos)


def test_many_departments_are_cut_and_the_rarest_counted_together() -> None:
    people = [
        {"id": f"{role}{number}", "role": role, "department": f"G/D{number:02}/x{number}"}
        for role in ("mentor", "mentee")
        for number in range(30)
    ]
    cohort = rm.Cohort.from_records(people)
    ax = rm.plots.departments(rm.match(cohort), cohort, most=6)
    labels = [label.get_text() for label in ax.get_yticklabels()]
    assert labels == ["D00", "D01", "D02", "D03", "D04", "others (25)"]
    assert sum(int(text.get_text()) for text in ax.texts) == 30


def test_contributions_add_up_to_scores() -> None:
    matching, _ = demo()
    ax = rm.plots.contributions(matching)
    ends: dict[float, float] = {}
    for bar in ax.patches:
        row = round(bar.get_y() + bar.get_height() / 2)
        ends[row] = ends.get(row, 0) + bar.get_width()
    scores = sorted((duo.score for duo in matching.duos), reverse=True)
    assert [ends[row] for row in range(len(scores))] == pytest.approx(scores)
    signs = {(to_hex(bar.get_facecolor()), bar.get_hatch()) for bar in ax.patches}
    assert len(signs) == len({hatch for _, hatch in signs}) == len(matching.criteria), "not by colour alone"


def test_contributions_of_many_are_boxes() -> None:
    matching, _ = large()
    ax = rm.plots.contributions(matching)
    medians = [line for line in ax.lines if len(set(line.get_xdata())) == 1 and len(line.get_xdata()) == 2]
    for criterion in matching.criteria:
        median = np.median([duo.contributions[criterion.name] for duo in matching.duos])
        assert any(line.get_xdata()[0] == pytest.approx(median) for line in medians)
    assert [label.get_text() for label in ax.get_yticklabels()] == [one.name for one in matching.criteria]


def test_left_out_counts_everybody_by_reason_and_role() -> None:
    matching, _ = demo()
    ax = rm.plots.left_out(matching)
    assert sum(bar.get_width() for bar in ax.patches) == len(matching.unmatched)
    shown = Counter(int(text.get_text().split(":")[0]) for text in ax.texts)
    assert shown == Counter(Counter((left.reason, left.role) for left in matching.unmatched).values())
    assert (
        texts(rm.plots.left_out(large()[0].model_copy(update={"unmatched": ()})))[0] == "Everybody has a duo."
    )


def test_every_reason_has_words() -> None:
    matching, _ = demo()
    reasons = ["sits_out", "no_allowed_partner", "below_minimum_score", "partners_taken", "quota_full"]
    left = [matching.unmatched[0].model_copy(update={"reason": reason}) for reason in reasons]
    for lang in ("en", "fr"):
        ax = rm.plots.left_out(matching.model_copy(update={"unmatched": tuple(left)}), lang=lang)
        assert [label.get_text() for label in ax.get_yticklabels()] == [
            language(lang)(f"bar {one}") for one in reasons
        ]


def test_rounds_show_mean_and_worst_and_tell_totals() -> None:
    matching, _ = demo()
    best = matching.model_copy(update={"duos": matching.duos[:1], "total": matching.duos[0].score})
    ax = rm.plots.rounds([matching, best])
    mean, worst = ax.lines
    scores = [float(duo.score) for duo in matching.duos]
    assert list(mean.get_ydata()) == pytest.approx([np.mean(scores), scores[0]])
    assert list(worst.get_ydata()) == [min(scores), scores[0]]
    assert [text.get_text() for text in ax.texts] == [
        "duos: 25\ntotal: 14.62 points", f"duos: 1\ntotal: {best.total:.2f} points",
    ]  # fmt: skip
    assert len(rm.plots.rounds([matching] * 20).texts) == 0
    assert rm.plots.rounds([empty()[0]]).axison
    assert not rm.plots.rounds([]).axison


def test_a_frontier_is_in_order_whatever_the_order_of_its_points() -> None:
    points = [(0.5, 14.2), (0.4, 14.6), (0.6, 13.5)]
    ax = rm.plots.frontier(points, x="mixed (share)", y="total (points)", labels=["b", "a", "c"], chosen=0)
    line, chosen = ax.lines
    assert list(zip(line.get_xdata(), line.get_ydata(), strict=True)) == sorted(points)
    assert (chosen.get_xdata()[0], chosen.get_ydata()[0]) == points[0]
    assert [(text.xy, text.get_text()) for text in ax.texts] == list(zip(points, "bac", strict=True))
    assert not rm.plots.frontier([]).axison
    with pytest.raises(rm.InputError, match="1 labels for 3 points"):
        rm.plots.frontier(points, labels=["a"])


def test_names_of_any_direction_keep_the_mentor_first() -> None:
    assert pair_in_picture("lea", "ada") == "lea → ada"
    mark = "\N{LEFT-TO-RIGHT MARK}"
    assert pair_in_picture("مرحبا", "ada") == f"{mark}مرحبا{mark} → {mark}ada{mark}"
    assert visible(pair_in_picture("a\n" + "b" * 40, "c")).startswith("a[U+000A]bb")


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(rm.InputError, match="unknown language 'de'; known are 'en', 'fr'"):
        rm.plots.scores(demo()[0], lang="de")


def test_colours_differ_in_lightness_or_carry_a_sign() -> None:
    assert len(set(SERIES)) == len(set(HATCHES)) == len(SERIES) == len(HATCHES)


@pytest.mark.parametrize("draw", [rm.plots.ages, rm.plots.grades, rm.plots.departments])
def test_other_people_are_refused(draw: Draw) -> None:
    with pytest.raises(rm.errors.CohortError, match="not the people that were matched"):
        draw(demo()[0], large()[1])


@pytest.mark.parametrize("name", PICTURES)
def test_a_missing_library_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    given: Any = demo()
    monkeypatch.setattr(extras, "find_spec", lambda library: None)
    with pytest.raises(rm.errors.MissingExtraError, match=r"a picture needs matplotlib.*'\.\[plot\]'"):
        PICTURES[name](*given)
