"""Best possible mentor/mentee duos for reverse-mentoring programmes, with a proof.

Read people, say what a good duo is, match, verify::

    import reverse_match as rm

    cohort = rm.read_cohort("people.csv")
    policy = rm.Policy()
    matching = rm.match(cohort, policy)
    rm.verify(matching, cohort, policy)
"""

import logging

from reverse_match.cohort import Cohort
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
    VerificationError,
)
from reverse_match.forming import match
from reverse_match.matching import Certificate, Duo, Matching, Unmatched
from reverse_match.participant import Participant
from reverse_match.policy import Policy
from reverse_match.read import read_cohort
from reverse_match.score_table import score_matrix
from reverse_match.scoring.custom import register_criterion
from reverse_match.solver.progress import Progress
from reverse_match.verification.verify import verify
from reverse_match.version import __version__
from reverse_match.warm_start import WarmStart

logging.getLogger("reverse_match").addHandler(logging.NullHandler())

__all__ = [
    "Certificate",
    "Cohort",
    "CohortError",
    "Duo",
    "Fault",
    "Finding",
    "InfeasibleError",
    "InputError",
    "Matching",
    "MatchingFileError",
    "Participant",
    "Policy",
    "PolicyError",
    "Progress",
    "ReverseMatchError",
    "SizeError",
    "SolverError",
    "Unmatched",
    "VerificationError",
    "WarmStart",
    "__version__",
    "demo_path",
    "match",
    "read_cohort",
    "register_criterion",
    "score_matrix",
    "verify",
]
