"""What past duos say about the weights of a policy, in plain sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.views.records import any_record
from reverse_match.views.words.facts import RelationInWords
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from reverse_match.programme.indicators.weight_evidence import WeightEvidence

notebook = any_record.notebook


def sentences(evidence: WeightEvidence, lang: str) -> list[str]:
    """Return the answer in plain sentences."""
    say = language(lang)
    end = [say.criteria_left_out(evidence.left_out)] if evidence.left_out else []
    if evidence.verdict == "too few duos":
        few = say.too_few_duos(evidence.duos, evidence.needed) if evidence.needed else say.nothing_to_relate()
        return [few, *end]
    standing = [one for one in evidence.criteria if one.stands_out]
    relations = [RelationInWords(one.name, one.change, one.low, one.high) for one in standing]
    told = [say.criterion_stands_out(relation) for relation in relations]
    told = told or [say.nothing_stands_out(evidence.duos)]
    if evidence.r2_left_out is not None:
        told.append(say.criteria_explain(evidence.r2_left_out))
    told += [*end, say.chosen_for_scores()]
    if evidence.proposed_weights is not None:
        new = evidence.proposed_weights
        weights = [(name, old, new[name]) for name, old in evidence.present_weights.items()]
        told.append(say.proposed_weights(weights))
    return told
