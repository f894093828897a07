"""The report as a page: its non-empty sections in order."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from reverse_match.foundation.optional import require_module
from reverse_match.foundation.text_safety import visible
from reverse_match.views.html.element import Element, element, name_of
from reverse_match.views.report.changes import by_hand_blocks, left_out_blocks, round_blocks
from reverse_match.views.report.diversity import diversity_blocks, pictures
from reverse_match.views.report.duos import duo_blocks
from reverse_match.views.report.proof import certificate_blocks, chosen_by_blocks, verify_blocks
from reverse_match.views.report.summary import note_blocks, quota_blocks, summary_blocks
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.matching.results.matching import Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.views.with_names import Names
    from reverse_match.views.words.phrases import Phrases

    Section = tuple[str, str, Sequence[Element]]

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
"""Content security policy: a browser may apply the page's own styles, and may not load, run or send
anything."""


def report_page(matching: Matching, people: Cohort | None, lang: str, names: Names | None = None) -> str:
    """Return the report as HTML: the same text for the same matching, people and language.

    Parameters
    ----------
    matching : Matching
        The matching to report.
    people : Cohort or None
        The people of the matching, if known.
    lang : str
        ``"en"`` or ``"fr"``.
    names : mapping of str to str, optional
        What people are shown as, by id.

    Raises
    ------
    CohortError
        If the cohort is not that of the matching.
    InputError
        If the language is not known.
    MissingExtraError
        If matplotlib is not installed.
    """
    require_module("matplotlib", "report", "a report")
    say = language(lang)
    found = [
        ("summary", summary_blocks(matching, people, say, lang, names)),
        ("round", round_blocks(matching, say, lang, names)),
        ("quotas", quota_blocks(matching, say)),
        ("duos", duo_blocks(matching, people, say, names) if matching.duos else ()),
        ("notes", note_blocks(matching, people, lang)),
        ("left out", left_out_blocks(matching, say, lang, names)),
        ("by hand", by_hand_blocks(matching, say, names)),
        ("diversity", diversity_blocks(matching, people, say)),
        ("pictures", pictures(matching, people, say, lang)),
        ("chosen by", chosen_by_blocks(matching, say, names)),
        ("certificate", certificate_blocks(matching, say)),
        ("verify", verify_blocks(matching, say)),
    ]
    told = [(key.replace(" ", "-"), say(key), blocks) for key, blocks in found if blocks]
    return page_of(told, lang, matching.library_version)


def page_of(
    sections: Sequence[Section],
    lang: str,
    version: str,
    title: str = "title",
    *,
    hint: str = "open hint",
    foot: str = "made",
    name: str | None = None,
) -> str:
    """Return sections as a page.

    Parameters
    ----------
    sections : sequence of tuples
        For each section: its key, its heading, and its elements.
    lang : str
        Language of the page: ``"en"`` or ``"fr"``.
    version : str
        Version of the library that made the matching.
    title : str
        Name of the text that is the title.
    hint : str
        Name of the text below the title.
    foot : str
        Name of the text at the foot, which says the version.
    name : str, optional
        Name of the programme, below the title.

    Raises
    ------
    InputError
        If the language is not known.
    """
    say = language(lang)
    contents = [element("li", element("a", heading, href=f"#{key}")) for key, heading, _ in sections]
    told = [
        element("section", element("h2", heading, id=key), *blocks, aria_labelledby=key)
        for key, heading, blocks in sections
    ]
    body = element(
        "body",
        element("a", say("skip"), class_="skip", href="#content"),
        element(
            "header",
            element("h1", say(title)),
            *([element("p", name_of(name))] if name else []),
            element("p", say(hint), class_="quiet"),
        ),
        element(
            "nav",
            *(element("h2", say("contents"), id="contents"), element("ol", *contents)),
            aria_labelledby="contents",
        ),
        element("main", *told, id="content", tabindex="-1"),
        element("footer", element("p", say(foot, version=version))),
    )
    return f'<!DOCTYPE html>\n<html lang="{lang}">\n{_head(say, title)}\n{body}\n</html>\n'


def _head(say: Phrases, named: str) -> str:
    style = (files("reverse_match.views.report") / "report.css").read_text("utf-8")
    title, page, of = (escape(visible(say(text))) for text in (named, "page", "page of"))
    return f"""<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex, nofollow">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
{style}
@page {{
@top-left {{ content: "{title}"; }}
@bottom-right {{ content: "{page} " counter(page) " {of} " counter(pages); }}
}}
</style>
</head>"""
