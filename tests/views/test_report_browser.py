"""The report in a browser: nothing runs, nothing leaves the page, and everybody can read it.

It needs Chromium (Debian: ``apt-get install chromium``). Where there is none, these tests are skipped, but in CI
they fail. Screenshots and PDF files go to a temporary folder, which pytest keeps for a while.
"""

from __future__ import annotations

import os
import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest

import reverse_match as rm
from hostile_programme import MARKS
from hostile_programme import matching as hostile_matching
from reverse_match.testing import invented_cohort

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.long

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
A4 = (595, 842)
"""Points."""


def unavailable(what: str) -> None:
    """Skip, or fail where CI has to have it."""
    message = f"browser tests need {what}"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return reports: of the demo in two languages, of hostile people, and of many duos."""
    folder = tmp_path_factory.mktemp("reports")
    cohort = rm.read_cohort(rm.demo_path())
    demo = rm.match(cohort)
    turned = rm.rotate(demo, cohort, on="2027-07-31", early=True)
    made = {
        "demo": (demo, "en"),
        "french": (turned, "fr"),
        "hostile": (hostile_matching(), "en"),
        "many": (rm.match(invented_cohort(300, seed=5)), "en"),
    }
    for name, (matching, lang) in made.items():
        matching.report(folder / f"{name}.html", lang)
    return {name: folder / f"{name}.html" for name in made}


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        unavailable("a browser: apt-get install chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        unavailable("playwright: pip install playwright")
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("profile"),
            executable_path=found,
            headless=True,
            args=list(FLAGS),
            offline=True,
        )
        yield context
        context.close()


class Opened:
    """A page, and everything that it did."""

    def __init__(self, browser: Any, file: Path) -> None:
        self.page = browser.new_page()
        self.file = file
        self.heard: list[str] = []
        self.asked: list[str] = []
        self.refused: dict[str, str] = {}
        self.page.on("console", lambda message: self.heard.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.heard.append(f"error: {error}"))
        self.page.on(
            "dialog", lambda dialog: (self.heard.append(f"dialog: {dialog.message}"), dialog.dismiss())
        )
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("requestfailed", lambda request: self.refused.update({request.url: request.failure}))
        self.page.on("popup", lambda popup: self.heard.append(f"popup: {popup.url}"))
        self.page.route("**/*", self._answer)
        self.page.set_viewport_size({"width": 1100, "height": 1400})
        self.page.goto(file.as_uri())

    def _answer(self, route: Any) -> None:
        mine = route.request.url in (self.file.as_uri(), *self._inside(route.request.url))
        route.continue_() if mine else route.abort()

    def _inside(self, url: str) -> list[str]:
        return [url] if url.startswith("data:image/png") else []

    def shot(self, name: str) -> None:
        self.page.screenshot(path=self.file.with_name(f"{self.file.stem}-{name}.png"))


@pytest.fixture(params=["demo", "french", "hostile", "many"])
def opened(request: pytest.FixtureRequest, browser: Any, reports: dict[str, Path]) -> Iterator[Opened]:
    shown = Opened(browser, reports[request.param])
    yield shown
    shown.page.close()


def test_nothing_runs_and_nothing_leaves_the_page(opened: Opened) -> None:
    page = opened.page
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    for element in page.query_selector_all("summary, bdi, td, th, h2")[:60]:
        element.hover()
    page.wait_for_timeout(200)
    assert opened.heard == []
    assert {url for url in opened.asked if not url.startswith("data:image/png")} == {opened.file.as_uri()}
    assert page.evaluate("document.querySelectorAll('script, iframe, object, embed, form, base').length") == 0
    assert page.evaluate("document.querySelectorAll('img').length") == 0


def test_the_policy_of_the_page_holds(browser: Any, reports: dict[str, Path], tmp_path: Path) -> None:
    """Were something let through after all, the browser would refuse it: that the policy works is seen here."""
    broken = tmp_path / "broken.html"
    bad = "<script>alert(1)</script><img src='https://example.org/a.png' onerror='alert(2)'>"
    broken.write_text(reports["demo"].read_text("utf-8").replace("<main", f"{bad}<main", 1), "utf-8")
    shown = Opened(browser, broken)
    shown.page.wait_for_timeout(200)
    assert [line for line in shown.heard if line.startswith(("dialog", "popup"))] == []
    assert any("Content Security Policy" in line for line in shown.heard)
    assert shown.refused == {"https://example.org/a.png": "csp"}
    shown.page.close()


def test_hostile_names_show_as_text(browser: Any, reports: dict[str, Path]) -> None:
    shown = Opened(browser, reports["hostile"])
    shown.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    text = shown.page.inner_text("main")
    for mark in MARKS:
        assert mark in text, mark
    assert "\u202e" not in text
    shown.shot("open")
    shown.page.close()


def test_a_keyboard_reaches_everything(opened: Opened) -> None:
    """The link that skips, the contents, and every list that folds, each with a frame that shows where one is."""
    page = opened.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left >= 0")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    reached, framed = [], []
    foldable = page.evaluate("document.querySelectorAll('summary').length")
    for _ in range(foldable + 20):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.tagName"))
        framed.append(page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
        if reached[-1] == "BODY":
            break
    assert reached.count("SUMMARY") == foldable
    assert {frame for name, frame in zip(reached, framed, strict=True) if name in ("SUMMARY", "A")} <= {
        "solid"
    }
    summary = page.query_selector("summary")
    if summary is not None:
        before = page.evaluate("document.querySelector('details').open")
        summary.focus()
        page.keyboard.press("Enter")
        assert page.evaluate("document.querySelector('details').open") is not before


ACCESSIBLE = """() => {
  const wrong = [], all = (what) => [...document.querySelectorAll(what)];
  const check = (holds, said) => { if (!holds) wrong.push(said); };
  check(document.documentElement.lang.length === 2, 'language');
  check(document.title.trim() !== '', 'title');
  check(all('h1').length === 1, 'one h1');
  for (const one of ['header', 'nav', 'main', 'footer']) check(all(one).length === 1, 'landmark ' + one);
  let level = 0;
  for (const heading of all('h1, h2, h3, h4, h5, h6')) {
    const next = Number(heading.tagName[1]);
    check(next <= level + 1, 'heading order: ' + heading.textContent); level = next;
    check(heading.textContent.trim() !== '', 'empty heading');
  }
  const ids = all('[id]').map((one) => one.id);
  check(new Set(ids).size === ids.length, 'ids twice');
  for (const one of all('[aria-labelledby], [aria-describedby]'))
    for (const name of ['aria-labelledby', 'aria-describedby'])
      for (const id of (one.getAttribute(name) || '').split(' ').filter(Boolean))
        check(document.getElementById(id), name + ' leads nowhere: ' + id);
  for (const table of all('table')) {
    check(table.caption && table.caption.textContent.trim() !== '', 'table without caption');
    for (const head of table.querySelectorAll('th')) check(['col', 'row'].includes(head.scope), 'scope');
    const width = table.tHead.rows[0].cells.length;
    for (const row of table.rows) check(row.cells.length === width, 'cells of a row');
  }
  for (const svg of all('svg')) {
    check(svg.getAttribute('role') === 'img', 'role of a picture');
    check((svg.getAttribute('aria-label') || '').trim() !== '', 'name of a picture');
    check(svg.querySelector(':scope > title'), 'title of a picture');
  }
  for (const link of all('a')) check(link.textContent.trim() !== '' && document.querySelector(link.hash), 'link');
  for (const name of ['summary', 'dt', 'dd', 'th[scope=col]'])
    for (const one of all(name)) check(one.textContent.trim() !== '', 'empty ' + name);
  return wrong;
}"""

CONTRAST = """() => {
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (rgb) => {
    const [r, g, b] = rgb.slice(0, 3).map((one) => one / 255)
      .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const colour = numbers(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const low = new Set();
  for (const one of document.querySelectorAll('body *')) {
    if (one.closest('svg') || ![...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
    const [a, b] = [light(numbers(getComputedStyle(one).color)), light(behind(one))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) low.add(one.tagName + '.' + one.className);
  }
  return [...low];
}"""


def test_a_screen_reader_finds_its_way(opened: Opened) -> None:
    assert opened.page.evaluate(ACCESSIBLE) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_in_light_and_dark(opened: Opened, scheme: str) -> None:
    opened.page.emulate_media(color_scheme=scheme)
    assert opened.page.evaluate(CONTRAST) == []
    paper = opened.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (paper == "rgb(255, 255, 255)") is (scheme == "light")
    opened.shot(scheme)


@pytest.mark.parametrize("width", [320, 390, 1100])
def test_no_width_needs_scrolling_sideways(opened: Opened, width: int) -> None:
    opened.page.set_viewport_size({"width": width, "height": 800})
    opened.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    opened.page.evaluate("document.querySelector('#certificate').scrollIntoView()")
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    opened.shot(f"{width}-wide")


def test_it_prints_on_a4_with_every_list_open(opened: Opened) -> None:
    page = opened.page
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = false)")
    page.emulate_media(media="print")
    hidden = page.evaluate(
        "[...document.querySelectorAll('td')].filter(one => !one.getBoundingClientRect().height).length"
    )
    assert hidden == 0
    page.emulate_media(media="screen")
    file = opened.file.with_suffix(".pdf")
    data = page.pdf(path=file, prefer_css_page_size=True, print_background=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", data)
    assert {(round(float(width)), round(float(height))) for width, height in boxes} == {A4}
    assert 3 <= len(re.findall(rb"/Type /Page\b", data)) <= 60
    assert len(data) < 10_000_000


def test_the_language_of_the_page_is_the_one_asked_for(browser: Any, reports: dict[str, Path]) -> None:
    shown = Opened(browser, reports["french"])
    assert shown.page.evaluate("document.documentElement.lang") == "fr"
    assert shown.page.inner_text("h1") == "Duos du programme de mentorat inversé"
    shown.page.close()
