"""A policy as plain data for JSON or TOML: criteria, rules, quotas, credits, objective and seed.

A policy states *what* is wanted; ``scoring`` and ``constraints`` compute it. The models refuse unknown names,
so that a misspelt key is an error and never a default.
"""

from reverse_match.policy.conditions import AllOf as AllOf
from reverse_match.policy.conditions import Among as Among
from reverse_match.policy.conditions import AnyOf as AnyOf
from reverse_match.policy.conditions import Avoids as Avoids
from reverse_match.policy.conditions import Condition as Condition
from reverse_match.policy.conditions import Different as Different
from reverse_match.policy.conditions import GapBetween as GapBetween
from reverse_match.policy.conditions import HasCommonTime as HasCommonTime
from reverse_match.policy.conditions import Listed as Listed
from reverse_match.policy.conditions import MinimumScore as MinimumScore
from reverse_match.policy.conditions import Not as Not
from reverse_match.policy.conditions import NotInReportingLine as NotInReportingLine
from reverse_match.policy.conditions import NotMetBefore as NotMetBefore
from reverse_match.policy.conditions import OverlappingHours as OverlappingHours
from reverse_match.policy.conditions import PersonalRules as PersonalRules
from reverse_match.policy.conditions import RegisteredCondition as RegisteredCondition
from reverse_match.policy.conditions import Require as Require
from reverse_match.policy.conditions import Same as Same
from reverse_match.policy.conditions import Shared as Shared
from reverse_match.policy.conditions import Teaches as Teaches
from reverse_match.policy.credits import Credit as Credit
from reverse_match.policy.criteria import CommonTime as CommonTime
from reverse_match.policy.criteria import Coverage as Coverage
from reverse_match.policy.criteria import Criterion as Criterion
from reverse_match.policy.criteria import Custom as Custom
from reverse_match.policy.criteria import Difference as Difference
from reverse_match.policy.criteria import Gap as Gap
from reverse_match.policy.criteria import Overlap as Overlap
from reverse_match.policy.criteria import OwnData as OwnData
from reverse_match.policy.criteria import Preferences as Preferences
from reverse_match.policy.criteria import Sameness as Sameness
from reverse_match.policy.criteria import Similarity as Similarity
from reverse_match.policy.criteria import Table as Table
from reverse_match.policy.criteria import Wants as Wants
from reverse_match.policy.over_people import OVER_PEOPLE as OVER_PEOPLE
from reverse_match.policy.over_people import FairToPeople as FairToPeople
from reverse_match.policy.over_people import WorstPerson as WorstPerson
from reverse_match.policy.own_weights import OwnWeights as OwnWeights
from reverse_match.policy.policy import Fair as Fair
from reverse_match.policy.policy import Objective as Objective
from reverse_match.policy.policy import Policy as Policy
from reverse_match.policy.policy import RotationTerms as RotationTerms
from reverse_match.policy.quotas import CountQuota as CountQuota
from reverse_match.policy.quotas import DuosQuota as DuosQuota
from reverse_match.policy.quotas import EachQuota as EachQuota
from reverse_match.policy.quotas import Quota as Quota
from reverse_match.policy.quotas import ShareQuota as ShareQuota
from reverse_match.policy.rules import DemandingRule as DemandingRule
from reverse_match.policy.rules import Fix as Fix
from reverse_match.policy.rules import Forbid as Forbid
from reverse_match.policy.rules import Rule as Rule
