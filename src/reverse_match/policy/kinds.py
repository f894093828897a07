"""The models of each part of a policy by their kind, so that a message can name what is known there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from reverse_match.policy.conditions import Condition
from reverse_match.policy.criteria import Criterion
from reverse_match.policy.objective import Fair
from reverse_match.policy.quotas import Quota
from reverse_match.policy.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reverse_match.plain_data import PlainData


def _by_kind(union: Any) -> dict[str, type[PlainData]]:
    return {model.model_fields["kind"].default: model for model in get_args(get_args(union)[0])}


MODELS: Mapping[str, Mapping[str, type[PlainData]]] = {
    "criteria": _by_kind(Criterion),
    "rules": _by_kind(Rule),
    "conditions": _by_kind(Condition),
    "quotas": _by_kind(Quota),
    "objective": {"fair": Fair},
}
"""By part of the policy (or what several parts are made of), then by kind."""
