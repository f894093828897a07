"""What the report says, and that nobody can make it say or do anything else."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from statistics import median
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from read_page import Page, check_harmless, read

import reverse_match as rm
from hostile_programme import HOSTILE, MARKS
from hostile_programme import matching as hostile_matching
from reverse_match.foundation.text_safety import visible
from reverse_match.testing import invented_cohort
from reverse_match.views.html.blocks import Column
from reverse_match.views.html.element import Element, name_of
from reverse_match.views.report import page as report
from reverse_match.views.report.blocks import bars, folded, key_figures, lines, sentences, table
from reverse_match.views.report.page import page_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("nothing_asked")


@pytest.fixture
def unpictured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave pictures out, where a test is about text: they take most of the time."""
    monkeypatch.setattr(report, "pictures", lambda *_: ())


@pytest.fixture(scope="module")
def demo() -> rm.Matching:
    return rm.match(rm.read_cohort(rm.demo_path()))


@pytest.fixture(scope="module")
def demo_page(demo: rm.Matching) -> str:
    return demo.to_html()


def rows(page: str, caption: str) -> list[list[str]]:
    """Return the cells of the table with a caption, as text."""
    found = re.search(rf"<caption[^>]*>{re.escape(caption)}</caption>(.*?)</table>", page, re.DOTALL)
    assert found, caption
    bodies = re.findall(r"<tr[^>]*>(.*?)</tr>", found[1].split("<tbody", 1)[1], re.DOTALL)
    return [
        [
            " ".join(read(cell).text.split())
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", body, re.DOTALL)
        ]
        for body in bodies
    ]


def test_every_duo_stands_in_it_with_its_score_and_points(demo: rm.Matching, demo_page: str) -> None:
    told = {(row[0], row[1]): row for row in rows(demo_page, "Duos")}
    assert len(told) == len(demo.duos)
    weights = {criterion.name: criterion.weight for criterion in demo.criteria}
    for duo in demo.duos:
        row = told[duo.mentor, duo.mentee]
        assert row[2] == f"{duo.score:.3f}"
        for name, points in duo.contributions.items():
            assert f"{name} {points:.3f} of {weights[name]:.3f}" in row[3]
        assert row[3].count("(not known)") == len(duo.missing)
        for match in duo.name_matches:
            assert f"'{match.mentor}'" in row[4]


def test_everybody_left_out_stands_in_it_with_the_reason(demo: rm.Matching, demo_page: str) -> None:
    text = read(demo_page).text
    assert len(demo.unmatched) == 15
    for left in demo.unmatched:
        for sentence in left.sentences():
            assert sentence in text


def test_diversity_is_what_a_plain_count_gives(demo: rm.Matching, demo_page: str) -> None:
    by_id = {person.id: person for person in demo.people.participants}
    pairs = [(by_id[duo.mentor], by_id[duo.mentee]) for duo in demo.duos]
    genders = [(a.gender, b.gender) for a, b in pairs if a.gender and b.gender]
    differ = [one for one, other in genders if one != other]
    share = f"{100 * len(differ) / len(genders):.1f}%"
    row = next(row for row in rows(demo_page, "How mixed the duos are") if row[0] == "different genders")
    assert [cell.replace("\xa0", " ") for cell in row[1:]] == [
        str(len(differ)),
        share,
        f"{len(genders)} of {len(pairs)}",
    ]
    gaps = [b.age - a.age for a, b in pairs if a.age is not None and b.age is not None]
    row = next(row for row in rows(demo_page, "Gap between the two people of a duo") if "age" in row[0])
    assert [float(cell) for cell in row[1:4]] == [min(gaps), median(gaps), max(gaps)]


def test_the_certificate_and_how_to_check_it(demo: rm.Matching, demo_page: str) -> None:
    proof = {row[0]: row[1:] for row in rows(demo_page, "The proof in numbers")}
    assert proof["duos"] == ["25", "25"]
    assert proof["total that is maximised"] == [f"{demo.certificate.total:.6f}"] * 2
    digests = dict(rows(demo_page, "Digests (SHA-256)"))
    assert digests["matching"] == demo.sha256
    assert digests["people, in any order"] == demo.digests.cohort
    assert "This result is proved to be the best possible" in read(demo_page).text


def test_without_people_there_is_less(demo: rm.Matching) -> None:
    alone = rm.Matching.from_json(demo.to_json()).to_html()
    assert "Diversity of the duos" not in alone
    assert "without the people file" in alone
    assert len(rows(alone, "Duos")) == len(demo.duos)
    assert 'id="picture-ages"' not in alone
    assert 'id="picture-scores"' in alone


def test_a_matching_that_is_not_proved_says_so(demo: rm.Matching, unpictured: None) -> None:
    short = demo.certificate.model_copy(update={"gap": 0.0125, "equal_optima": None})
    text = read(demo.model_copy(update={"certificate": short}).to_html()).text
    assert (
        "This result is not proved to be the best possible; it is at most 1.2500% below it."
        in text.replace("\xa0", " ")
    )
    assert "how much better another matching could be at most" in text
    assert "is proved to be" not in text


def test_nobody_and_no_duo() -> None:
    apart = [{"id": "lea", "role": "mentor"}, {"id": "ada", "role": "mentee", "capacity": 0}]
    page = rm.match(rm.Cohort.from_records(apart)).to_html()
    assert "No duo is possible." in page
    assert 'id="duos"' not in page
    together = [{"id": "lea", "role": "mentor"}, {"id": "ada", "role": "mentee"}]
    assert "Everybody has a duo." in rm.match(rm.Cohort.from_records(together)).to_html()


def test_quotas_as_they_are_met(unpictured: None) -> None:
    quotas: list[dict[str, Any]] = [
        {"kind": "duos", "at_most": 20, "name": "pilot"},
        {"kind": "share", "of": {"kind": "different", "field": "gender"}, "at_least": 0.6, "name": "mixed"},
        {"kind": "each", "by": "mentee.department", "at_most": 5, "name": "departments"},
    ]
    cohort = rm.read_cohort(rm.demo_path())
    matching = rm.match(cohort, rm.Policy(quotas=quotas))  # type: ignore[arg-type]
    told = {row[0]: [cell.replace("\xa0", " ") for cell in row] for row in rows(matching.to_html(), "Quotas")}
    assert told["pilot"][1:5] == ["all duos", "20", "at most 20", "yes"]
    assert told["pilot"][5] == "yes"
    assert told["mixed"][2] == f"{100 * (matching.quotas[1].reached or 0):.1f}%"
    assert told["mixed"][3] == "at least 60.0%"
    assert told["departments"][2] == f"from {matching.quotas[2].lowest} to {matching.quotas[2].highest}"
    worse = matching.quotas[0].model_copy(update={"reached": 21})
    forged = matching.model_copy(update={"quotas": (worse, *matching.quotas[1:])})
    assert "At least one quota is not kept." in forged.to_html()


def test_a_rotation_and_changes_by_hand_have_their_sections(demo: rm.Matching, unpictured: None) -> None:
    assert 'id="round"' not in demo.to_html()
    assert 'id="by-hand"' not in demo.to_html()
    cohort = rm.read_cohort(rm.demo_path())
    turned = rm.rotate(demo, cohort, on="2027-07-31", early=True)
    text = read(turned.to_html()).text
    assert "Round 2, from 31 July 2027." in text
    for change in turned.changes:
        assert (change.mentor or change.mentee or "") in text
        assert change.why() in text
    assert f"New duos ({sum(change.kind == 'new' for change in turned.changes)})" in text
    changed = rm.amend(
        turned,
        cohort,
        forbid=[(turned.duos[0].mentor, turned.duos[0].mentee)],
        reason="both moved",
        author="Ada",
    )
    row = rows(changed.to_html(), "Changes made by hand")[0]
    assert row[:3] == ["not said", "Ada", "both moved"]
    assert row[3] == f"apart: {turned.duos[0].mentor} with {turned.duos[0].mentee}"
    french = read(turned.to_html("fr")).text
    assert "Cycle 2, à partir du 31 juillet 2027." in french


def test_french(demo: rm.Matching, unpictured: None) -> None:
    page = demo.to_html("fr")
    text = read(page).text
    assert '<html lang="fr">' in page
    assert "Duos du programme de mentorat inversé" in text
    assert (
        "aucune autre répartition ne forme davantage de duos, et aucune, avec 25 duos, n’a un total plus élevé"
        in text
    )
    assert f"{demo.duos[0].score:.3f}".replace(".", ",") in text
    for english in (
        "Summary",
        "can teach",
        "In common",
        "Criterion",
        "lowest",
        "score (0 to 1)",
        "checked against",
        " of ",
    ):
        assert english not in text
    with pytest.raises(rm.InputError, match="unknown language 'de'"):
        demo.to_html("de")


def test_many_duos_fold_by_department_or_by_part(unpictured: None) -> None:
    matching = rm.match(invented_cohort(260, seed=3))
    page = matching.to_html()
    summaries = re.findall(r"<summary><h3>(.*?)</h3></summary>", page)
    departments = {person.department for person in matching.people.mentees}
    assert any(summary.startswith(f"{sorted(filter(None, departments))[0]}: ") for summary in summaries)
    counted = [
        int(found[1]) for summary in summaries if (found := re.search(r": (\d+) duos?, mean", summary))
    ]
    assert sum(counted) == len(matching.duos)
    alone = rm.Matching.from_json(matching.to_json()).to_html()
    parts = [summary for summary in re.findall(r"<h3>(.*?)</h3>", alone) if " to " in summary]
    assert len(parts) == -(-len(matching.duos) // 50)
    assert parts[0].startswith(f"{matching.duos[0].mentor} to {matching.duos[49].mentor}: 50 duos")


def test_of_very_many_duos_only_points_are_told(unpictured: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reverse_match.views.report.duos.EXPLAINED", 20)
    matching = rm.match(invented_cohort(100, seed=3))
    page = matching.to_html()
    assert "With more than 20 duos" in page
    assert " teaches: " not in page
    text = read(page).text
    for duo in matching.duos:
        points = ", ".join(
            f"{name} {'~' * (name in duo.missing)}{value:.3f}" for name, value in duo.contributions.items()
        )
        assert f"{duo.mentor} {duo.mentee} {duo.score:.3f} {points}" in text


@pytest.mark.long
def test_twenty_thousand_duos_stay_usable(unpictured: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not matched, since only the page is measured: the duos of the demo many times over."""
    one = rm.match(rm.read_cohort(rm.demo_path()))
    many = tuple(
        duo.model_copy(update={"mentor": f"{number:05}.{duo.mentor}"})
        for number in range(800)
        for duo in one.duos
    )
    matching = rm.Matching.from_json(one.to_json()).model_copy(update={"duos": many})
    begun = time.process_time()  # of this process alone, whatever else the machine does
    page = matching.to_html()
    assert time.process_time() - begun < 30
    assert len(page.encode()) < 600 * len(many)
    assert len(re.findall("<summary>", page)) < 220


def test_hostile_text_is_text() -> None:
    page = hostile_matching().to_html()
    read_back = read(page)
    check_harmless(read_back)
    for mark in MARKS:
        assert mark in read_back.text, mark
    assert "\u202e" not in page
    assert "49" not in re.findall(r"\S+", read_back.text)
    for text in HOSTILE:
        assert visible(text) in read_back.text or visible(" ".join(text.split())) in read_back.text, text


ANY_TEXT = st.one_of(
    st.text(max_size=30), st.sampled_from(HOSTILE), st.text("<>&\"'{}%#-/=!\u202e\x00\n", max_size=12)
)


@settings(max_examples=max(30, settings.default.max_examples // 2))
@given(st.lists(ANY_TEXT, min_size=6, max_size=6), st.sampled_from(["en", "fr"]))
def test_whatever_is_said_is_read_back(texts: Sequence[str], lang: str) -> None:
    """Text in every kind of block comes out of a parser as it went in, and markup is always the same."""
    page = read(page_of([_section(texts)], lang, texts[1]))
    check_harmless(page)
    bare = read(page_of([_section(["a" if text else "" for text in texts])], lang, "a"))
    assert _shape(page) == _shape(bare)
    for text in texts:
        assert _spaced(visible(text)) in page.text


def _section(texts: Sequence[str]) -> tuple[str, str, Sequence[Element]]:
    """Return a section with texts in every kind of block."""
    one, two, three, four, five, six = texts
    row = (name_of(one), two, lines((three, four)), bars([(one, two, 50, False)]))
    columns = tuple(Column(text) for text in (one, two, three, four))
    shown = table(five, columns, [row], wide=True)
    return "key", one, (*sentences(one, two), key_figures(three, [(four, five)]), folded(six, shown), *shown)


def _shape(page: Page) -> list[tuple[str, list[str]]]:
    return [(tag, sorted(said)) for tag, said in page.elements]


def _spaced(text: str) -> str:
    return " ".join(text.split())


def test_the_same_matching_gives_the_same_bytes(demo: rm.Matching, demo_page: str) -> None:
    """Whatever the user's own style of pictures is."""
    with mpl.rc_context({"axes.facecolor": "black", "font.size": 20, "lines.linewidth": 9}):
        assert rm.attach(rm.Matching.from_json(demo.to_json()), demo.people).to_html() == demo_page


@pytest.mark.long
def test_another_process_gives_the_same_bytes(demo_page: str) -> None:
    """One with another hash seed."""
    code = (
        "import sys, reverse_match as rm; policy = rm.Policy(as_far_as_possible=None);"
        "matching = rm.match(rm.read_cohort(rm.demo_path()), policy);"
        "sys.stdout.buffer.write(matching.to_html().encode())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": ":".join(sys.path), "MPLBACKEND": "agg"}
    again = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment)
    assert again.stdout.decode() == demo_page


def test_ids_are_unique_and_lead_somewhere(demo_page: str) -> None:
    page = read(demo_page)
    everything = page.elements + page.drawn
    ids = [said["id"] for _, said in everything if "id" in said]
    assert len(ids) == len(set(ids))
    for _, said in everything:
        for name in ("href", "xlink:href", "aria-labelledby", "aria-describedby"):
            value = said.get(name, "").removeprefix("#")
            assert not value or value.startswith("data:") or value in ids, value
    for reference in re.findall(r"url\(#([^)]+)\)", demo_page):
        assert reference in ids


def test_pictures_leave_nothing_open_and_tell_what_they_show(demo: rm.Matching, demo_page: str) -> None:
    from matplotlib import pyplot

    assert pyplot.get_fignums() == []
    page = read(demo_page)
    svgs = [said for tag, said in page.drawn if tag == "svg"]
    assert len(svgs) == 6
    assert all(said["role"] == "img" and said["aria-label"] and said["aria-describedby"] for said in svgs)
    scores = [duo.score for duo in demo.duos]
    low, mean, high = min(scores), sum(scores) / len(scores), max(scores)
    assert f"25 duos; lowest score {low:.3f}, mean score {mean:.3f}, highest score {high:.3f}." in page.text


def test_letters_without_a_shape_are_no_warning() -> None:
    people = [{"id": "李雷", "role": "mentor", "age": 25}, {"id": "한나", "role": "mentee", "age": 50}]
    assert "<bdi>李雷</bdi>" in rm.match(rm.Cohort.from_records(people)).to_html()


def test_what_is_not_installed_is_named(demo: rm.Matching, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reverse_match.foundation.optional.is_installed", lambda name: name != "matplotlib")
    with pytest.raises(rm.errors.MissingExtraError, match=r"a report needs matplotlib.*\.\[report\]"):
        demo.to_html()


def test_it_is_written_whole_to_an_html_file(tmp_path: Path, demo: rm.Matching, unpictured: None) -> None:
    demo.report(tmp_path / "duos.html", "fr")
    assert (tmp_path / "duos.html").read_text("utf-8") == demo.to_html("fr")
    with pytest.raises(rm.InputError, match=r"right would be a name that ends in \.html"):
        demo.report(tmp_path / "duos.pdf")
    assert [file.name for file in tmp_path.iterdir()] == ["duos.html"]


def test_pictures_are_those_that_there_is_data_for() -> None:
    people = [{"id": "lea", "role": "mentor"}, {"id": "ada", "role": "mentee"}]
    page = rm.match(rm.Cohort.from_records(people)).to_html()
    assert re.findall(r'<figure id="([^"]+)"', page) == ["picture-scores", "picture-contributions"]
