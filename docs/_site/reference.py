"""The reference: which members it shows, and where the names of types in docstrings lead."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel
from sphinx.util.nodes import make_refnode

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def hidden(_app: Sphinx, _what: str, name: str, *_rest: Any) -> bool | None:
    """Leave out what pydantic and dataclasses make, and what is for the library itself."""
    made_by_others = name.startswith("model_") or name in vars(BaseModel)
    own = name in {"of_checked", "with_answers", "add_note", "with_traceback"}
    return True if made_by_others or own else None


def without_fields(_app: Sphinx, what: str, _name: str, thing: Any, *_rest: Any) -> tuple[str, None] | None:
    """Show no arguments of a record: its fields follow one by one, each with what it means."""
    is_record = what == "class" and inspect.isclass(thing) and issubclass(thing, BaseModel)
    return ("", None) if is_record else None


def where_it_is_shown(
    app: Sphinx, environment: BuildEnvironment, node: pending_xref, shown: nodes.Element
) -> nodes.Element | None:
    """Find what a docstring calls by the name that it has in its own module."""
    if node.get("refdomain") != "py":
        return None
    objects = environment.domains["py"].objects
    name = node["reftarget"].removeprefix("reverse_match.")
    last_two, last = ".".join(name.split(".")[-2:]), name.split(".")[-1]
    for called in (f"reverse_match.{last_two}", f"reverse_match.{last}"):
        if called in objects:
            place = objects[called]
            return make_refnode(app.builder, node["refdoc"], place.docname, place.node_id, shown, called)
    return None


def setup(app: Sphinx) -> dict[str, Any]:
    """Make it known to Sphinx."""
    app.connect("autodoc-skip-member", hidden)
    app.connect("autodoc-process-signature", without_fields)
    app.connect("missing-reference", where_it_is_shown)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
