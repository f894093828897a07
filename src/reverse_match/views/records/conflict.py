"""How it is told what cannot hold together, and what would do."""

from __future__ import annotations

from reverse_match.matching.results.conflict import Conflict, Demand, Relaxation, UnknownValue
from reverse_match.views.records import any_record
from reverse_match.views.words.facts import DemandInWords, RelaxationInWords
from reverse_match.views.words.languages import language

notebook = any_record.notebook


def sentences(record: Relaxation | UnknownValue | Conflict, lang: str) -> list[str]:
    """Return in plain sentences what would do, which value nobody has, or the conflict with both."""
    match record:
        case Relaxation():
            return [language(lang).relaxation(_relaxation_in_words(record))]
        case UnknownValue():
            nearest = record.nearest
            return [language(lang).nobody_has(record.quota, record.path, str(record.value), nearest)]
        case Conflict():
            return [
                record.sentence(lang),
                *(line for value in record.unknown_values for line in value.sentences(lang)),
                *(line for change in record.relaxations for line in change.sentences(lang)),
            ]


def sentence(conflict: Conflict, lang: str) -> str:
    """Return in one sentence what cannot hold together."""
    say = language(lang)
    if conflict.clash == "capacity":
        person = next(demand for demand in conflict.demands if demand.kind == "capacity")
        has = conflict.fixed_duos or int(person.bound or 0) + 1
        return say.too_many_fixed(person.ids[0], person.role or "mentor", has, int(person.bound or 0))
    if conflict.clash is not None:
        duo = next(demand.duos[0] for demand in conflict.demands if demand.kind == "fix")
        return say.fixed_and_forbidden(*duo, conflict.clash)
    demands = [_demand_in_words(demand) for demand in conflict.demands]
    return say.conflict(demands, leaves_no_duo=conflict.leaves_no_duo)


def _demand_in_words(demand: Demand) -> DemandInWords:
    return DemandInWords(
        demand.kind,
        demand.name,
        demand.counted,
        demand.measure,
        demand.limit,
        demand.bound,
        demand.groups,
        demand.duos,
        demand.role,
        demand.ids,
    )


def _relaxation_in_words(change: Relaxation) -> RelaxationInWords:
    return RelaxationInWords(
        change.kind,
        change.name,
        change.counted,
        change.measure,
        change.limit,
        change.bound,
        change.instead_of,
        change.duo,
        change.role,
        change.id,
    )
