"""Presets: policies that are ready to be used, each under a name.

A preset is a start, not a standard: every weight in it is a choice, and ``docs/policy.md`` says for each
whether research supports it, and which. Once it is written out as a file, a policy holds all that it says and
names no preset, so that its meaning does not change when a preset does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reverse_match.foundation.errors import Fault, PolicyError
from reverse_match.foundation.names import did_you_mean
from reverse_match.policy.conditions import Teaches
from reverse_match.policy.criteria import CommonTime, Coverage, Overlap, Preferences, Wants

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

WISHES, PREFERENCES, TIME = "wishes", "preferences", "time in common"
"""Names of criteria in presets, beside those of the default policy."""


def _of_mission() -> dict[str, Any]:
    """Return nothing: the default policy, which says what it takes where nothing is said."""
    return {}


def _of_evidence() -> dict[str, Any]:
    """Return what research on mentoring speaks for; the weights themselves are judgements."""
    return {
        "criteria": (
            Coverage(name="skills", weight=0.35, reciprocity=0.2),
            Overlap(name="goals", weight=0.25, field="goals"),
            Wants(name=WISHES, weight=0.17),
            Preferences(name=PREFERENCES, weight=0.08),
            CommonTime(name=TIME, weight=0.15),
        ),
        "as_far_as_possible": Teaches(),
    }


def _without_personal_traits() -> dict[str, Any]:
    """Return what people teach, want to learn and aim at, with the weights that these have in the default.

    The default rules remain. They read who is whose manager, and whom somebody avoids, and only ever forbid.
    """
    return {
        "criteria": (
            Coverage(name="skills", weight=0.40, reciprocity=0.2),
            Overlap(name="goals", weight=0.25, field="goals"),
        ),
        "as_far_as_possible": Teaches(),
    }


_PARTS: Mapping[str, Callable[[], dict[str, Any]]] = {
    "mission": _of_mission,
    "evidence": _of_evidence,
    "no-personal-traits": _without_personal_traits,
}

PRESETS = tuple(_PARTS)
"""Names of the presets; the first is the default policy."""


def parts_of_preset(name: str) -> dict[str, Any]:
    """Return what a preset says, as arguments of :class:`Policy`.

    Raises
    ------
    PolicyError
        If there is no such preset; the message names the nearest one.

    Examples
    --------
    >>> [criterion.name for criterion in parts_of_preset("evidence")["criteria"]]
    ['skills', 'goals', 'wishes', 'preferences', 'time in common']
    >>> try:
    ...     parts_of_preset("evidnce")
    ... except PolicyError as error:
    ...     print(error)
    no preset of this name; did you mean 'evidence'?
    """
    if name not in _PARTS:
        message = f"no preset of this name{did_you_mean(name, PRESETS)}"
        raise PolicyError([Fault(message, code="unknown-preset")])
    return _PARTS[name]()


def refuse_preset_as_file(name: str) -> None:
    """Refuse the name of a preset where a file is asked for.

    Raises
    ------
    PolicyError
        If a preset has this name.
    """
    if name in _PARTS:
        message = f"the name of a preset and not of a file; right would be rm.Policy.preset('{name}')"
        raise PolicyError([Fault(message, name, code="unknown-kind-of-file")])
