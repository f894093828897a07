"""The page: sections through the template, with everything escaped on the way."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.optional import require_module
from reverse_match.foundation.text_safety import visible
from reverse_match.views.report.sections import sections
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.matching.results.matching import Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.views.report.blocks import Section

TEMPLATE = "report.html.j2"
STYLE = "report.css"

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
"""What a browser may do: draw. Nothing is loaded, run, sent or followed."""


def report_page(matching: Matching, people: Cohort | None, lang: str) -> str:
    """Return the report as HTML: the same text for the same matching, people and language.

    Parameters
    ----------
    matching : Matching
        What is told.
    people : Cohort or None
        The people that it was formed of, if they are there.
    lang : str
        ``"en"`` or ``"fr"``.

    Raises
    ------
    CohortError
        If these are not the people that were matched.
    InputError
        If the language is not known.
    MissingExtraError
        If Jinja2 or matplotlib is not installed.
    """
    for library in ("jinja2", "matplotlib"):
        require_module(library, "report", "a report")
    return page_of(sections(matching, people, lang), lang, matching.library_version)


def page_of(told: Sequence[Section], lang: str, version: str) -> str:
    """Return sections as a page.

    Parameters
    ----------
    told : sequence of Section
        With text of any kind.
    lang : str
        Of the page around them.
    version : str
        Of the library that made the matching.

    Raises
    ------
    InputError
        If the language is not known.
    MissingExtraError
        If Jinja2 is not installed.
    """
    template = _template()
    page: str = template.render(lang=lang, say=language(lang), sections=told, version=version)
    return page


@lru_cache(maxsize=1)
def _template() -> Any:
    jinja2, markup = (
        require_module("jinja2", "report", "a report"),
        require_module("markupsafe", "report", "a report").Markup,
    )
    folder = files("reverse_match.views.report") / "templates"
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: (folder / name).read_text("utf-8")),
        autoescape=True,
        finalize=_make_visible,
        keep_trailing_newline=True,
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    style = markup((folder / STYLE).read_text("utf-8"))
    return environment.get_template(TEMPLATE, globals={"drawn": markup, "policy": POLICY, "style": style})


def _make_visible(value: Any) -> Any:
    """Write out what cannot be seen; markup of this module's own is left as it is."""
    return visible(value) if type(value) is str else value
