"""The page for a board in a browser: nothing runs, it reads without a mouse, and prints on A4.

As for the report (``test_report_browser.py``), Chromium is needed; screenshots go to a temporary folder.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from test_board_page import found as found
from test_report_browser import A4, ACCESSIBLE, CONTRAST, Opened
from test_report_browser import browser as browser

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import reverse_match as rm

pytestmark = pytest.mark.long


@pytest.fixture(params=["en", "fr"])
def opened(
    request: pytest.FixtureRequest, browser: Any, found: rm.results.Indicators, tmp_path: Path
) -> Iterator[Opened]:
    file = tmp_path / f"board-{request.param}.html"
    found.report(file, request.param, title="Pilot")
    shown = Opened(browser, file)
    yield shown
    shown.page.close()


def test_nothing_runs_and_everybody_can_read_it(opened: Opened) -> None:
    assert opened.heard == []
    assert set(opened.asked) == {opened.file.as_uri()}
    assert opened.page.evaluate(ACCESSIBLE) == []
    for scheme in ("light", "dark"):
        opened.page.emulate_media(color_scheme=scheme)
        assert opened.page.evaluate(CONTRAST) == []
        opened.shot(scheme)


@pytest.mark.parametrize("width", [320, 390, 1100])
def test_no_width_needs_scrolling_sideways(opened: Opened, width: int) -> None:
    opened.page.set_viewport_size({"width": width, "height": 800})
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    opened.shot(f"{width}-wide")


def test_it_prints_on_a4(opened: Opened) -> None:
    data = opened.page.pdf(
        path=opened.file.with_suffix(".pdf"), prefer_css_page_size=True, print_background=True
    )
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", data)
    assert {(round(float(width)), round(float(height))) for width, height in boxes} == {A4}
    assert 1 <= len(boxes) <= 6
