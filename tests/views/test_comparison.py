"""A study as tables and pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from matplotlib import pyplot

import reverse_match as rm
from reverse_match.views.plots.svg import as_svg

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "<img src=x onerror=alert(1)> $x$"


@pytest.fixture(autouse=True)
def _nothing_is_left_open() -> Iterator[None]:
    yield
    pyplot.close("all")


@pytest.fixture(scope="module")
def study() -> rm.Study:
    study = rm.Study(rm.read_cohort(rm.demo_path()))
    study.scenario("older", weights={"age": 0.5})
    study.scenario(NAME, weights={"gender": 0.4})
    return study


@pytest.mark.parametrize("by", ["criteria", "departments", "people"])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_bars_are_the_changes(study: rm.Study, by: Any, lang: str) -> None:
    compared = study.compare("base", "older")
    ax = rm.plots.comparison(compared, by=by, lang=lang)
    changes = [row["change"] for row in compared.records(by) if row["change"]]
    drawn = sorted((bar.get_width() for bar in ax.patches), key=abs, reverse=True)
    assert drawn == pytest.approx(sorted(changes, key=abs, reverse=True)[:24])
    assert str(compared.gained) in ax.get_xlabel()


def test_names_stay_text_and_nothing_changes_is_said(study: rm.Study) -> None:
    picture = as_svg(rm.plots.comparison(study.compare("base", NAME)), "hostile")
    assert "<img" not in picture
    same = rm.plots.comparison(study.compare("base", "base"))
    assert "Nothing changes." in [text.get_text() for text in same.texts]
    with pytest.raises(rm.InputError, match="did you mean 'criteria'"):
        rm.plots.comparison(study.compare("base", "older"), by="criterias")  # type: ignore[arg-type]


def test_a_frontier_of_a_study_draws_itself(study: rm.Study) -> None:
    frontier = study.frontier("total", "share of mixed duos", executor="serial")
    ax = rm.plots.frontier(frontier)
    assert ax.get_xlabel() == "share of mixed duos"
    assert sorted(ax.lines[0].get_ydata()) == sorted(point.total for point in frontier.points)
    assert frontier.to_frame("polars").shape == (len(frontier.points), 5)
    assert str(frontier.points[0].count) in frontier._repr_html_()


@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow"])
def test_tables_are_frames(study: rm.Study, kind: str) -> None:
    compared = study.compare("base", "older")
    for what in ("duos", "people", "departments", "criteria"):
        rows = compared.to_frame(kind, what)
        assert len(rows) == len(compared.records(what))
    prices = study.price(people=1, executor="serial")
    assert len(prices.to_frame(kind)) == len(prices.prices)


def test_views_are_escaped(study: rm.Study) -> None:
    for shown in (study, study[NAME], study.compare("base", NAME)):
        view = shown._repr_html_()
        assert "<img" not in view
        assert view.startswith('<div class="reverse-match">')
    assert "No scenario yet." in rm.Study(study.cohort)._repr_html_()
