"""Every error that the library raises on purpose, and what it says, in one place."""

from reverse_match.foundation.errors import CohortError as CohortError
from reverse_match.foundation.errors import DecisionError as DecisionError
from reverse_match.foundation.errors import ExecutorError as ExecutorError
from reverse_match.foundation.errors import Fault as Fault
from reverse_match.foundation.errors import FeedbackError as FeedbackError
from reverse_match.foundation.errors import Finding as Finding
from reverse_match.foundation.errors import HistoryError as HistoryError
from reverse_match.foundation.errors import InfeasibleError as InfeasibleError
from reverse_match.foundation.errors import InputError as InputError
from reverse_match.foundation.errors import MatchingFileError as MatchingFileError
from reverse_match.foundation.errors import MissingExtraError as MissingExtraError
from reverse_match.foundation.errors import PolicyError as PolicyError
from reverse_match.foundation.errors import ProgrammeError as ProgrammeError
from reverse_match.foundation.errors import ReverseMatchError as ReverseMatchError
from reverse_match.foundation.errors import RotationError as RotationError
from reverse_match.foundation.errors import SizeError as SizeError
from reverse_match.foundation.errors import SolverError as SolverError
from reverse_match.foundation.errors import StudyError as StudyError
from reverse_match.foundation.errors import UnattachedError as UnattachedError
from reverse_match.foundation.errors import UndecidedError as UndecidedError
from reverse_match.foundation.errors import VerificationError as VerificationError
