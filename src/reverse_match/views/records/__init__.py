"""Views of records: in a notebook, in sentences, and as a report; a table names the module of each."""

_MATCHING, _PROGRAMME = "reverse_match.matching", "reverse_match.programme.indicators"

SHOWN_BY = {
    "reverse_match.audits.record": "audit",
    "reverse_match.people.cohort": "cohort",
    "reverse_match.people.look": "look",
    f"{_MATCHING}.results.matching": "matching",
    f"{_MATCHING}.results.circles": "circles",
    f"{_MATCHING}.results.amendment": "matching",
    f"{_MATCHING}.stability": "matching",
    f"{_MATCHING}.results.explanation": "answers",
    f"{_MATCHING}.results.unmatched": "answers",
    f"{_MATCHING}.results.conflict": "answers",
    f"{_MATCHING}.results.participant_answer": "participant_answer",
    f"{_MATCHING}.results.counterfactual": "counterfactual",
    f"{_MATCHING}.results.plan": "rounds",
    f"{_MATCHING}.results.proposal": "rounds",
    f"{_MATCHING}.results.rotation": "rounds",
    f"{_PROGRAMME}.indicators": "indicators",
    f"{_PROGRAMME}.weight_evidence": "indicators",
    "reverse_match.study.intake.record": "intake",
    **{
        f"reverse_match.study.{name}": "study"
        for name in ("compare", "frontier", "prices", "sensitivity", "study", "sweep")
    },
}
"""Module of this package that shows the records of a module; ``any_record`` shows all others."""
