"""What a policy does, in plain sentences for people who are matched by it and for whoever represents them.

No sentence names a person: of pairs that a policy lists, only their number is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reverse_match.foundation.text_safety import visible
from reverse_match.people.headings import FIELDS
from reverse_match.policy.conditions import (
    Avoids,
    ComparedTexts,
    Listed,
    MinimumScore,
    NotInReportingLine,
    NotMetBefore,
    Require,
    parts_of,
)
from reverse_match.policy.data_used import data_used
from reverse_match.policy.over_people import OVER_PEOPLE
from reverse_match.policy.quotas import DuosQuota, EachQuota
from reverse_match.policy.rules import DemandingRule, Fix
from reverse_match.views.words.languages import language
from reverse_match.views.words.notice_words import notice_words
from reverse_match.views.words.preset_words import preset_words
from reverse_match.views.words.sought import sought

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from reverse_match.policy import Policy
    from reverse_match.policy.values import PolicyData

TRAITS = ("age", "birth_year", "birth_date", "gender")
"""Fields that are personal traits."""

STAND_INS = (
    "grade",
    "department",
    "location",
    "languages",
    "timezone",
    "available",
    "on_site",
    "wants",
    "prefers",
)
"""Fields that may go with age, gender or origin, as docs/policy.md says of each."""

_ALWAYS_KNOWN = (Avoids, Listed, MinimumScore, NotInReportingLine)
"""Conditions that are never unknown."""


class PlainPolicy:
    """Says what a policy does.

    Parameters
    ----------
    policy : Policy
        The policy.
    lang : str
        Language of the sentences.
    """

    def __init__(self, policy: Policy, lang: str) -> None:
        self.policy = policy
        self.say = language(lang)
        self.words = notice_words(lang)
        self.used = data_used(policy)
        self._lang = lang
        self._fields: Mapping[str, str] = preset_words(lang).fields

    def text(self, name: str, /, **values: object) -> str:
        """Return a text by its name, with values in its places."""
        return self.words[name].format(**values)

    # Data

    def fields(self, names: Iterable[str]) -> str:
        """Return a list of fields of people in words, in the order of a people file."""
        known = [name for name in FIELDS if name in set(names)]
        own = sorted(set(names) - set(known))
        return self.say("list").join(self._fields.get(name) or self._field(name) for name in [*known, *own])

    def data_lines(self) -> list[str]:
        """Return which data of people the policy uses, and which it does not."""
        used = self.used
        unused = [name for name in _OFTEN_ASKED if name not in used.fields]
        lines = [
            self.text("used", fields=self.fields(used.fields)) if used.fields else self.text("used nothing")
        ]
        if unused:
            lines.append(self.text("not used", fields=self.fields(unused)))
        if used.any_field:
            lines.append(self.text("any field"))
        if used.functions:
            lines.append(self.text("functions", names=self._listed(sorted(used.functions))))
        if used.from_outside:
            lines.append(self.text("outside", names=self._listed(used.from_outside)))
        return [*lines, self.text("always")]

    # The score, rules, and all duos together

    def criteria_lines(self) -> list[str]:
        """Return a line for each criterion: its share of the score, and what it looks at."""
        whole = sum(criterion.weight for criterion in self.policy.criteria)
        lines = []
        for one in self.policy.criteria:
            what = _CRITERIA[one.kind](self, one)
            if one.missing is not None:
                what = self.text("criterion missing", what=what, share=self._share(one.missing))
            name, share = self._own(self.say.criterion(one.name)), self._share(one.weight / whole)
            lines.append(
                self.text("criterion", name=name, share=share, what=what)
                if one.weight
                else self.text("criterion shown", name=name, what=what)
            )
        return lines

    def rule_lines(self) -> list[str]:
        """Return a line for each rule; rules that say the same have one."""
        return list(dict.fromkeys(map(self._rule, self.policy.rules)))

    def together_lines(self) -> list[str]:
        """Return what is asked of all duos together, and who comes first."""
        policy = self.policy
        lines = []
        if policy.as_far_as_possible is not None:
            lines.append(self.text("asked", what=self.condition(policy.as_far_as_possible)))
        lines += [self._named(quota, self._quota(quota)) for quota in policy.quotas]
        if policy.spread is not None:
            kind = "spread after" if policy.spread.after_total else "spread"
            lines.append(self.text(kind, whom=self.say(f"spread over {policy.spread.of}")))
        if policy.own_weights is not None:
            field, factor = self._field(policy.own_weights.field), self._number(policy.own_weights.factor)
            lines.append(self.text("own weights", field=field, factor=factor))
        points_of: dict[str, float] = {}
        for credit in policy.credits:
            points_of[credit.name] = max(credit.points, points_of.get(credit.name, 0))
        lines += [
            self.text("credit", points=self._number(points), name=self._own(self.say.named(name)))
            for name, points in points_of.items()
        ]
        return [*lines, *self._circle_lines()]

    def objective(self, *, exactly: bool = False) -> str:
        """Return what is sought: in plain words, or exactly, with all its numbers."""
        said = self.policy.objective
        kind = said if isinstance(said, str) else said.kind
        over = " people" if isinstance(said, OVER_PEOPLE) else ""
        words = sought(said, self.say) if exactly else self.text(f"objective {kind}{over}")
        return self.text("sought", objective=words)

    @property
    def most_duos(self) -> int | None:
        """The largest number of duos that quotas allow; None where they do not say."""
        said = [quota.at_most for quota in self.policy.quotas if isinstance(quota, DuosQuota)]
        return min((most for most in said if most is not None), default=None)

    def condition(self, condition: PolicyData) -> str:
        """Return a clause that says what a condition states of a duo."""
        kind = type(condition).model_fields["kind"].default
        clause: str = _CONDITIONS[kind](self, condition)
        return clause

    # Parts of sentences

    def _circle_lines(self) -> list[str]:
        if self.policy.circles is None:
            return []
        from reverse_match.views.circles import size_lines

        return size_lines(self.policy.circles, self._lang)

    def _rule(self, rule: Any) -> str:
        if rule.kind in ("fix", "forbid"):
            return self._named(rule, self.text(rule.kind, number=self.say.count(len(rule.pairs))))
        what = self.condition(rule)
        if isinstance(rule, DemandingRule) and any(_may_be_unknown(part) for _, part in parts_of(rule)):
            what = self.text(f"if missing {rule.if_unknown}", what=what)
        return self._named(rule, what)

    def _named(self, part: PolicyData, what: str) -> str:
        """Return a sentence after the name that the policy gives to a rule or quota."""
        name = None if isinstance(part, Fix) else getattr(part, "name", None)
        return self.text("named", name=self._own(name), what=what) if name else what

    def _quota(self, quota: Any) -> str:
        shares = quota.kind == "share"
        write: Callable[[Any], str] = self._share if shares else self._number
        bounds = self._bounds(quota.lowest, quota.highest, write)
        if isinstance(quota, DuosQuota):
            return self.text("quota duos", bounds=bounds)
        if isinstance(quota, EachQuota):
            groups = self.say("list").join(map(self._field_of_side, quota.paths))
            if quota.condition is None:
                return self.text("quota each", groups=groups, bounds=bounds)
            which = self.condition(quota.condition)
            return self.text("quota each of", groups=groups, bounds=bounds, what=which)
        what = self.condition(quota.condition)
        return self.text(f"quota {quota.kind}", bounds=bounds, what=f"{what[:1].upper()}{what[1:]}")

    def _compared(self, condition: ComparedTexts) -> str:
        field = self._field(condition.field)
        return self.text("leading", field=field, number=condition.prefix) if condition.prefix else field

    def _teaches(self, condition: Any) -> str:
        what = self.text(f"teaches {condition.of}", number=self.say.count(condition.at_least))
        if condition.at_level > 1:
            what = self.text("from level", what=what, level=condition.at_level)
        if condition.at_priority > 1:
            what = self.text("wanted much", what=what, priority=condition.at_priority)
        return self.text("terms of skills", what=what) if condition.skills else what

    def _among(self, condition: Any) -> str:
        (one, other), (value, listed) = condition.sides, condition.fields
        sides = {"one": self.text(f"side {one}"), "other": self.text(f"side {other}")}
        return self.text("among", **sides, value=self._field(value), list=self._field(listed))

    def _require(self, condition: Require) -> str:
        if condition.equals is not None:
            worth = self._either(condition.equals)
        elif condition.under is not None:
            worth = self.text("under", values=self._either(condition.under))
        elif condition.known:
            worth = self.text("known")
        else:
            worth = self._bounds(condition.at_least, condition.at_most, self._value)
        whom = self.text(f"whom {condition.of}")
        return self.text("require", field=self._field(condition.field), whom=whom, worth=worth)

    def _reporting_line(self, condition: NotInReportingLine) -> str:
        what, waivers = self.text("not_in_reporting_line"), getattr(condition, "waivers", ())
        return self.text("waived", what=what, number=self.say.count(len(waivers))) if waivers else what

    def _common_time(self, condition: Any) -> str:
        what = self.text("common_time", number=self._number(condition.at_least))
        return self.text("on site", what=what) if condition.on_site else what

    def _met_before(self, condition: NotMetBefore) -> str:
        months = condition.again_after_months
        return self.text("met long ago", number=months) if months else self.text("not_met_before")

    def _coverage(self, criterion: Any) -> str:
        fields = {"offered": self._field(criterion.offered), "wanted": self._field(criterion.wanted)}
        if not criterion.reciprocity:
            return self.text("coverage", **fields)
        return self.text("coverage both", **fields, share=self._share(criterion.reciprocity))

    def _gap(self, criterion: Any) -> str:
        points = {"low": criterion.from_, "high": criterion.to, "until": criterion.until}
        years = criterion.field == "age"
        values = {
            name: self.text("years", number=self._number(point)) if years else self._number(point)
            for name, point in points.items()
            if point is not None
        }
        kind = "gap" if criterion.until is None else "gap falls"
        return self.text(kind, field=self._field(criterion.field), **values)

    def _common_time_counts(self, criterion: Any) -> str:
        what = self.text("common_time criterion", number=self._number(criterion.enough))
        return self.text("on site", what=what) if criterion.on_site else what

    def _parts(self, condition: Any) -> str:
        parts = getattr(condition, "conditions", None) or (condition.condition,)
        return "; ".join(f"({self.condition(part)})" for part in parts)

    def _bounds(self, low: Any, high: Any, write: Callable[[Any], str]) -> str:
        values = {name: write(one) for name, one in (("low", low), ("high", high)) if one is not None}
        if low is not None and low == high:
            return self.text("exactly", **values)
        kind = "between" if len(values) == 2 else "at most" if low is None else "at least"
        return self.text(kind, **values)

    def _either(self, values: Iterable[object]) -> str:
        return self.words["or"].join(map(self._value, values))

    def _value(self, value: object) -> str:
        return self._number(value) if isinstance(value, int | float) else self._own(str(value))

    def _number(self, number: float) -> str:
        return self.say.formatter.decimal(number, ".10g")

    def _share(self, share: Any) -> str:
        return self.say.formatter.share(float(share), ".4g")

    def _listed(self, names: Iterable[str]) -> str:
        return self.say("list").join(map(self._own, names))

    def _field(self, name: str) -> str:
        """Return a field in words, without what they add in brackets."""
        found = self._fields.get(name)
        if found is not None:
            return found.partition(" (")[0]
        return name if name in FIELDS else self.say.formatter.quote(self._own(name))

    def _field_of_side(self, path: str) -> str:
        side, _, field = path.partition(".")
        return self.text("field of side", field=self._field(field), side=self.text(f"role {side}"))

    @staticmethod
    def _own(text: str) -> str:
        """Return words of a user on one line, without what an editor would hide."""
        return " ".join(visible(text).split())


_OFTEN_ASKED = ("age", "gender", "department", "location", "grade", "languages")
"""Fields of which it is told that they are not used."""


def _may_be_unknown(condition: PolicyData) -> bool:
    if isinstance(condition, Require):
        return not condition.known
    if isinstance(condition, NotMetBefore):
        return condition.again_after_months is not None
    return not isinstance(condition, _ALWAYS_KNOWN) and not hasattr(condition, "conditions")


def _simple(text: str) -> Callable[[PlainPolicy, Any], str]:
    """Return what says a text of no values."""
    return lambda plain, _: plain.text(text)


def _with_field(text: str) -> Callable[[PlainPolicy, Any], str]:
    """Return what says a text with the field of a criterion in it."""
    return lambda plain, one: plain.text(text, field=plain._field(one.field))


def _with_parts(text: str) -> Callable[[PlainPolicy, Any], str]:
    return lambda plain, one: plain.text(text, parts=plain._parts(one))


def _with_number(text: str) -> Callable[[PlainPolicy, Any], str]:
    return lambda plain, one: plain.text(text, number=plain._number(one.at_least))


_CRITERIA: dict[str, Callable[[PlainPolicy, Any], str]] = {
    "coverage": PlainPolicy._coverage,
    "overlap": _with_field("overlap"),
    "gap": PlainPolicy._gap,
    "difference": _with_field("difference"),
    "sameness": _with_field("sameness"),
    "wants": _simple("wants"),
    "preferences": _simple("preferences"),
    "common_time": PlainPolicy._common_time_counts,
    "table": _simple("table"),
    "similarity": lambda plain, one: plain.text("similarity", field=plain._field(one.vectors)),
    "custom": lambda plain, one: plain.text("custom criterion", function=plain._own(one.function)),
}
"""What says a kind of criterion."""

_CONDITIONS: dict[str, Callable[[PlainPolicy, Any], str]] = {
    "different": lambda plain, one: plain.text("different", field=plain._compared(one)),
    "same": lambda plain, one: plain.text("same", field=plain._compared(one)),
    "shared": lambda plain, one: plain.text(
        "shared", field=plain._field(one.field), number=plain._number(one.at_least)
    ),
    "teaches": PlainPolicy._teaches,
    "among": PlainPolicy._among,
    "gap_between": lambda plain, one: plain.text(
        "gap_between",
        field=plain._field(one.field),
        bounds=plain._bounds(one.at_least, one.at_most, plain._number),
    ),
    "overlapping_hours": _with_number("overlapping_hours"),
    "common_time": PlainPolicy._common_time,
    "not_met_before": PlainPolicy._met_before,
    "require": PlainPolicy._require,
    "not_in_reporting_line": PlainPolicy._reporting_line,
    "avoids": _simple("avoids"),
    "personal_rules": _simple("personal_rules"),
    "minimum_score": _with_number("minimum_score"),
    "listed": _simple("listed"),
    "custom": lambda plain, one: plain.text("custom", function=plain._own(one.function)),
    "all_of": _with_parts("all_of"),
    "any_of": _with_parts("any_of"),
    "not": _with_parts("not"),
}
"""What says a kind of condition."""
