"""``reverse-match schema``: prints the JSON Schema of a kind of file, for editors and other programs."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import reverse_match as rm
from reverse_match.views.cli import options as opt
from reverse_match.views.cli.exit_codes import exit_codes

if TYPE_CHECKING:
    from reverse_match.foundation.records import PlainData


class Schema(StrEnum):
    """Kinds of files that have a JSON Schema."""

    participant = "participant"
    policy = "policy"
    matching = "matching"
    circles = "circles"
    feedback = "feedback"
    programme = "programme"


def schema(
    what: Annotated[Schema, opt.argument("What to describe.")], lang: opt.FaultLang = opt.LOCALE
) -> None:
    with exit_codes(lang) as results:
        models: dict[Schema, type[PlainData]] = {
            Schema.participant: rm.Participant,
            Schema.policy: rm.Policy,
            Schema.matching: rm.Matching,
            Schema.circles: rm.CircleMatching,
            Schema.feedback: rm.results.FeedbackRecord,
            Schema.programme: rm.Programme,
        }
        dialect = "https://json-schema.org/draft/2020-12/schema"
        described = {"$schema": dialect, **models[what].model_json_schema()}
        results.print_data(json.dumps(described, indent=2, ensure_ascii=False))
