"""Best possible mentor/mentee duos for reverse-mentoring programmes, with a proof.

Read people, say what a good duo is, match, verify::

    import reverse_match as rm

    cohort = rm.read_cohort("people.csv")
    policy = rm.Policy()
    matching = rm.match(cohort, policy)
    rm.verify(matching, cohort, policy)

A name loads what it needs when it is first used (PEP 562), so that the import itself costs next to nothing.
"""

from importlib import import_module

TYPE_CHECKING = False  # from typing it would cost more than the rest
if TYPE_CHECKING:
    from reverse_match.foundation.errors import (
        CohortError,
        Fault,
        FeedbackError,
        Finding,
        HistoryError,
        InfeasibleError,
        InputError,
        MatchingFileError,
        MissingExtraError,
        PolicyError,
        ProgrammeError,
        ReverseMatchError,
        RotationError,
        SizeError,
        SolverError,
        StudyError,
        UnattachedError,
        UndecidedError,
        VerificationError,
    )
    from reverse_match.foundation.progress import Progress
    from reverse_match.foundation.version import __version__
    from reverse_match.matching.explain import attach
    from reverse_match.matching.match import match
    from reverse_match.matching.results.amendment import Amendment
    from reverse_match.matching.results.conflict import Conflict, Demand, Relaxation, UnknownValue
    from reverse_match.matching.results.explanation import Alternative, Explanation
    from reverse_match.matching.results.matching import Certificate, Duo, Matching
    from reverse_match.matching.results.plan import RotationPlan, SittingOut, Spread
    from reverse_match.matching.results.proposal import Proposal, ProposalReason, Said
    from reverse_match.matching.results.rotation import Change, Learned, Rotation
    from reverse_match.matching.results.unmatched import LeftOut, Shortage, Unmatched
    from reverse_match.matching.score_matrix import score_matrix
    from reverse_match.matching.stability import Trade, trade
    from reverse_match.matching.warm_start import WarmStart
    from reverse_match.people.cohort import Cohort
    from reverse_match.people.demo import demo_path
    from reverse_match.people.participant import Participant
    from reverse_match.people.read import read_cohort
    from reverse_match.policy import Policy
    from reverse_match.programme.amend import amend
    from reverse_match.programme.feedback.collection import Feedback
    from reverse_match.programme.feedback.learning import AfterFeedback, apply_feedback
    from reverse_match.programme.feedback.read import read_feedback
    from reverse_match.programme.feedback.record import FeedbackRecord
    from reverse_match.programme.history import History, InRole, PastRound
    from reverse_match.programme.indicators.figures import Figure
    from reverse_match.programme.indicators.indicators import Figures, Indicators, indicators
    from reverse_match.programme.indicators.weight_evidence import (
        AcceptedWeights,
        CriterionEvidence,
        WeightEvidence,
        weigh_evidence,
    )
    from reverse_match.programme.plan.plan_rotations import plan_rotations
    from reverse_match.programme.programme import Milestone, Programme
    from reverse_match.programme.proposals import proposals
    from reverse_match.programme.rotate import rotate
    from reverse_match.scoring.custom import register_criterion, register_rule
    from reverse_match.study.match_many import Job, JobResult, match_many
    from reverse_match.study.study import Scenario, Study
    from reverse_match.verification.plan import verify_plan
    from reverse_match.verification.verify import verify
    from reverse_match.views import plots
    from reverse_match.views.calendar_file import calendar
    from reverse_match.views.progress_bars import progress_bar

__all__ = [
    "AcceptedWeights",
    "AfterFeedback",
    "Alternative",
    "Amendment",
    "Certificate",
    "Change",
    "Cohort",
    "CohortError",
    "Conflict",
    "CriterionEvidence",
    "Demand",
    "Duo",
    "Explanation",
    "Fault",
    "Feedback",
    "FeedbackError",
    "FeedbackRecord",
    "Figure",
    "Figures",
    "Finding",
    "History",
    "HistoryError",
    "InRole",
    "Indicators",
    "InfeasibleError",
    "InputError",
    "Job",
    "JobResult",
    "Learned",
    "LeftOut",
    "Matching",
    "MatchingFileError",
    "Milestone",
    "MissingExtraError",
    "Participant",
    "PastRound",
    "Policy",
    "PolicyError",
    "Programme",
    "ProgrammeError",
    "Progress",
    "Proposal",
    "ProposalReason",
    "Relaxation",
    "ReverseMatchError",
    "Rotation",
    "RotationError",
    "RotationPlan",
    "Said",
    "Scenario",
    "Shortage",
    "SittingOut",
    "SizeError",
    "SolverError",
    "Spread",
    "Study",
    "StudyError",
    "Trade",
    "UnattachedError",
    "UndecidedError",
    "UnknownValue",
    "Unmatched",
    "VerificationError",
    "WarmStart",
    "WeightEvidence",
    "__version__",
    "amend",
    "apply_feedback",
    "attach",
    "calendar",
    "demo_path",
    "indicators",
    "match",
    "match_many",
    "plan_rotations",
    "plots",
    "progress_bar",
    "proposals",
    "read_cohort",
    "read_feedback",
    "register_criterion",
    "register_rule",
    "rotate",
    "score_matrix",
    "trade",
    "verify",
    "verify_plan",
    "weigh_evidence",
]

_NAMES_BY_MODULE = {
    "programme.amend": ("amend",),
    "matching.results.amendment": ("Amendment",),
    "matching.explain": ("attach",),
    "views.calendar_file": ("calendar",),
    "people.cohort": ("Cohort",),
    "matching.results.conflict": ("Conflict", "Demand", "Relaxation", "UnknownValue"),
    "people.demo": ("demo_path",),
    "foundation.errors": (
        "CohortError",
        "Fault",
        "FeedbackError",
        "Finding",
        "HistoryError",
        "InfeasibleError",
        "InputError",
        "MatchingFileError",
        "MissingExtraError",
        "PolicyError",
        "ProgrammeError",
        "ReverseMatchError",
        "RotationError",
        "SizeError",
        "SolverError",
        "StudyError",
        "UnattachedError",
        "UndecidedError",
        "VerificationError",
    ),
    "matching.results.explanation": ("Alternative", "Explanation"),
    "programme.feedback.collection": ("Feedback",),
    "programme.feedback.learning": ("AfterFeedback", "apply_feedback"),
    "programme.feedback.read": ("read_feedback",),
    "programme.feedback.record": ("FeedbackRecord",),
    "matching.match": ("match",),
    "programme.history": ("History", "InRole", "PastRound"),
    "programme.indicators.figures": ("Figure",),
    "programme.indicators.indicators": ("Figures", "Indicators", "indicators"),
    "matching.results.unmatched": ("LeftOut", "Shortage", "Unmatched"),
    "matching.results.matching": ("Certificate", "Duo", "Matching"),
    "views.progress_bars": ("progress_bar",),
    "people.participant": ("Participant",),
    "matching.results.plan": ("RotationPlan", "SittingOut", "Spread"),
    "programme.plan.plan_rotations": ("plan_rotations",),
    "policy": ("Policy",),
    "matching.results.proposal": ("Proposal", "ProposalReason", "Said"),
    "programme.proposals": ("proposals",),
    "programme.programme": ("Milestone", "Programme"),
    "people.read": ("read_cohort",),
    "programme.rotate": ("rotate",),
    "matching.results.rotation": ("Change", "Learned", "Rotation"),
    "matching.score_matrix": ("score_matrix",),
    "scoring.custom": ("register_criterion", "register_rule"),
    "foundation.progress": ("Progress",),
    "study.match_many": ("Job", "JobResult", "match_many"),
    "study.study": ("Scenario", "Study"),
    "matching.stability": ("Trade", "trade"),
    "verification.plan": ("verify_plan",),
    "verification.verify": ("verify",),
    "foundation.version": ("__version__",),
    "matching.warm_start": ("WarmStart",),
    "programme.indicators.weight_evidence": (
        "AcceptedWeights",
        "CriterionEvidence",
        "WeightEvidence",
        "weigh_evidence",
    ),
}
_SUBMODULES = ("plots",)
_MODULE_BY_NAME = {name: module for module, names in _NAMES_BY_MODULE.items() for name in names}


if not TYPE_CHECKING:  # with it, type checkers would believe every name

    def __getattr__(name: str) -> object:
        """Load a public name from its module, and keep it."""
        if name in _SUBMODULES:
            return import_module(f"reverse_match.views.{name}")
        if name not in _MODULE_BY_NAME:
            message = f"module 'reverse_match' has no attribute {name!r}"
            raise AttributeError(message, name=name)
        value: object = getattr(import_module(f"reverse_match.{_MODULE_BY_NAME[name]}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
