"""Best possible mentor/mentee duos for reverse-mentoring programmes, with a proof.

Read people, say what a good duo is, match, verify::

    import reverse_match as rm

    cohort = rm.read_cohort("people.csv")
    policy = rm.Policy()
    matching = rm.match(cohort, policy)
    rm.verify(matching, cohort, policy)

A name loads what it needs when it is first used (PEP 562), so that the import itself costs next to nothing.
"""

import logging
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reverse_match.amending import amend
    from reverse_match.amendment import Amendment
    from reverse_match.answering import attach
    from reverse_match.cohort import Cohort
    from reverse_match.conflict import Conflict, Demand, Relaxation, UnknownValue
    from reverse_match.demo import demo_path
    from reverse_match.errors import (
        CohortError,
        Fault,
        Finding,
        InfeasibleError,
        InputError,
        MatchingFileError,
        PolicyError,
        ReverseMatchError,
        SizeError,
        SolverError,
        StudyError,
        UnattachedError,
        VerificationError,
    )
    from reverse_match.explanation import Alternative, Explanation
    from reverse_match.forming import match
    from reverse_match.left_out import LeftOut, Shortage, Unmatched
    from reverse_match.matching import Certificate, Duo, Matching
    from reverse_match.participant import Participant
    from reverse_match.policy import Policy
    from reverse_match.read import read_cohort
    from reverse_match.score_table import score_matrix
    from reverse_match.scoring.custom import register_criterion
    from reverse_match.scoring.registered_rules import register_rule
    from reverse_match.solver.progress import Progress
    from reverse_match.study.many import Job, JobResult, match_many
    from reverse_match.study.study import Scenario, Study
    from reverse_match.trade_report import Trade, trade
    from reverse_match.verification.verify import verify
    from reverse_match.version import __version__
    from reverse_match.warm_start import WarmStart

logging.getLogger("reverse_match").addHandler(logging.NullHandler())

__all__ = [
    "Alternative",
    "Amendment",
    "Certificate",
    "Cohort",
    "CohortError",
    "Conflict",
    "Demand",
    "Duo",
    "Explanation",
    "Fault",
    "Finding",
    "InfeasibleError",
    "InputError",
    "Job",
    "JobResult",
    "LeftOut",
    "Matching",
    "MatchingFileError",
    "Participant",
    "Policy",
    "PolicyError",
    "Progress",
    "Relaxation",
    "ReverseMatchError",
    "Scenario",
    "Shortage",
    "SizeError",
    "SolverError",
    "Study",
    "StudyError",
    "Trade",
    "UnattachedError",
    "UnknownValue",
    "Unmatched",
    "VerificationError",
    "WarmStart",
    "__version__",
    "amend",
    "attach",
    "demo_path",
    "match",
    "match_many",
    "read_cohort",
    "register_criterion",
    "register_rule",
    "score_matrix",
    "trade",
    "verify",
]

_NAMES_BY_MODULE = {
    "amending": ("amend",),
    "amendment": ("Amendment",),
    "answering": ("attach",),
    "cohort": ("Cohort",),
    "conflict": ("Conflict", "Demand", "Relaxation", "UnknownValue"),
    "demo": ("demo_path",),
    "errors": (
        "CohortError",
        "Fault",
        "Finding",
        "InfeasibleError",
        "InputError",
        "MatchingFileError",
        "PolicyError",
        "ReverseMatchError",
        "SizeError",
        "SolverError",
        "StudyError",
        "UnattachedError",
        "VerificationError",
    ),
    "explanation": ("Alternative", "Explanation"),
    "forming": ("match",),
    "left_out": ("LeftOut", "Shortage", "Unmatched"),
    "matching": ("Certificate", "Duo", "Matching"),
    "participant": ("Participant",),
    "policy": ("Policy",),
    "read": ("read_cohort",),
    "score_table": ("score_matrix",),
    "scoring.custom": ("register_criterion",),
    "scoring.registered_rules": ("register_rule",),
    "solver.progress": ("Progress",),
    "study.many": ("Job", "JobResult", "match_many"),
    "study.study": ("Scenario", "Study"),
    "trade_report": ("Trade", "trade"),
    "verification.verify": ("verify",),
    "version": ("__version__",),
    "warm_start": ("WarmStart",),
}
_MODULE_BY_NAME = {name: module for module, names in _NAMES_BY_MODULE.items() for name in names}


if not TYPE_CHECKING:  # with it, type checkers would believe every name

    def __getattr__(name: str) -> object:
        """Load a public name from its module, and keep it."""
        if name not in _MODULE_BY_NAME:
            message = f"module 'reverse_match' has no attribute {name!r}"
            raise AttributeError(message, name=name)
        value: object = getattr(import_module(f"reverse_match.{_MODULE_BY_NAME[name]}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
