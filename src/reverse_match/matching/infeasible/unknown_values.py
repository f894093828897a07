"""Values by which a quota counts duos and which nobody has, most often because of a typing error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.constraints.compile_condition import truth_of_people
from reverse_match.foundation.names import near_name
from reverse_match.matching.results.conflict import UnknownValue
from reverse_match.policy import CountQuota, EachQuota, ShareQuota
from reverse_match.policy.conditions import Require
from reverse_match.policy.quotas import Between

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.constraints.rows_and_columns import CompilationContext
    from reverse_match.foundation.records import PlainData


def unknown_values(quota: PlainData, name: str, context: CompilationContext) -> Iterator[UnknownValue]:
    """Yield the values in ``where`` of a quota that nobody on that side has, with the most similar known one.

    Parameters
    ----------
    quota : Quota
        The quota of the policy.
    name : str
        Name of the quota.
    context : CompilationContext
        The people.
    """
    if not isinstance(quota, CountQuota | EachQuota | ShareQuota):
        return
    for path, values in (quota.where or {}).items():
        if isinstance(values, Between):
            continue  # a word that the scale does not name is a fault, and numbers are not misspelt
        side, _, field = path.partition(".")
        for value in values:
            asked = "under" if isinstance(value, str) else "equals"
            condition = Require.model_validate({"of": side, "field": field, asked: value})
            place = 0 if side == "mentor" else 1
            people = list((context.sides.mentors, context.sides.mentees)[place])
            if not (truth_of_people(condition, context.columns)[people] > 0).any():
                nearest = _nearest(value, field, place, context) if isinstance(value, str) else None
                yield UnknownValue(quota=name, path=path, value=value, nearest=nearest)


def _nearest(value: str, field: str, side: int, context: CompilationContext) -> str | None:
    texts = context.columns.texts(field)
    people = (context.sides.mentors, context.sides.mentees)[side]
    known = {text for text in (texts[person] for person in people) if text}
    begun = {"/".join(text.split("/")[:parts]) for text in known for parts in range(1, text.count("/") + 1)}
    return near_name(value, known | begun)
