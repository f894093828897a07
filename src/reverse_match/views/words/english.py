"""English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.views.words.phrases import MOST_LISTED, PairInWords, PartnerInWords, Price

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reverse_match.policy.values import Role
    from reverse_match.scoring.name_matches import NameMatch

RULES = {
    "same_person": "it is one person",
    "capacity": "capacity 0",
    "fix": "fixed duos, which take all places",
    "forbid": "the forbidden pairs",
    "not_in_reporting_line": "the reporting line",
    "minimum_score": "the minimum score",
}
"""What standard rules are called; other names stay as they are."""

WHY_SITTING_OUT = {
    "capacity": "capacity 0",
    "absent": "absent",
    "fewer_partners_than_rounds": "nobody is left beside the {partners} of other rounds",
    "no_allowed_partner": "no allowed partner",
    "partners_taken": "all possible partners are with others",
    "quota_full": "quotas leave no room",
}
"""Why somebody has no duo in some rounds of a plan."""


class English:
    """The phrases in English."""

    def pair(self, pair: PairInWords, points: Mapping[str, float], *, formed: bool) -> str:
        """Say whether two people are a duo, what they score, and of which criteria it is made."""
        said = "are a duo and score" if formed else "are no duo; they would score"
        return (
            f"'{pair.mentor}' (mentor) and '{pair.mentee}' (mentee) {said} {_score(pair.score)}{_of(points)}."
        )

    def partner(self, person: str, role: Role, partner: PartnerInWords, points: Mapping[str, float]) -> str:
        """Say who could be with somebody, and what they would score."""
        return f"'{person}' ({role}) with '{partner.id}' would score {_score(partner.score)}{_of(points)}."

    def fixed(self) -> str:
        """Say that the policy demands the duo."""
        return "The policy fixes this duo."

    def not_known(self, criteria: Sequence[str]) -> str:
        """Say for which criteria the neutral value counts."""
        return f"Not known for this pair, so that the neutral value counts: {_listed(criteria)}."

    def credited(self, points: Mapping[str, float]) -> str:
        """Say how many points a duo counts beside its score, and which credits give them."""
        given = ", ".join(f"'{name}' {_exactly(value)}" for name, value in points.items())
        return f"As a duo the two count {_points(sum(points.values()))} more than they score: {given}."

    def credits_lost(self, points: float) -> str:
        """Say how many points of credits the programme would lose beside scores."""
        verb = "lose" if points > 0 else "win"
        return f"Of credits, which count beside scores, the programme would {verb} {_points(points)}."

    def shared_names(self, names: Sequence[NameMatch]) -> str:
        """Say which skills and goals match."""
        return f"Names that match: {'; '.join(_shared(name) for name in names)}."

    def ruled_out(self, rules: Sequence[str]) -> str:
        """Say what forbids a pair."""
        return f"Ruled out by: {_listed([_rule(rule) for rule in rules])}."

    def partners_now(self, person: str, role: Role, partners: Sequence[PartnerInWords]) -> str:
        """Say with whom somebody is."""
        if not partners:
            return f"As {role}, '{person}' has no duo."
        listed = _listed([f"'{partner.id}' ({_score(partner.score)})" for partner in partners])
        return f"As {role}, '{person}' is with {listed}."

    def forcing(self, price: Price, waived: int) -> str:
        """Say what forcing a duo would cost, if so many rules were waived for the two."""
        if waived:
            rules = "the rule" if waived == 1 else f"the {waived} rules"
            return f"If {rules} were waived for these two, {_price('forcing this duo', price)}."
        return f"{_price('Forcing this duo', price)}."

    def cannot_force(self, quotas: Sequence[str]) -> str:
        """Say that no waiver would help: because of some quotas, or of places and people."""
        if not quotas:
            return "This duo cannot be forced."
        return f"This duo cannot be forced: beside it, {_cannot_be_kept(quotas)}."

    def cannot_forbid(self, quotas: Sequence[str]) -> str:
        """Say that quotas cannot be kept without a duo."""
        return f"This duo cannot be forbidden: without it, {_cannot_be_kept(quotas)}."

    def fixed_the_other_way(self) -> str:
        """Say that a duo cannot be forbidden, since the two are a fixed duo in each other's role."""
        return (
            "This duo cannot be forbidden: the policy fixes the two the other way round, "
            "and what is forbidden is forbidden both ways."
        )

    def quotas_in_the_way(self, quotas: Sequence[str]) -> str:
        """Say which quotas stand against a duo."""
        verb = "stand" if len(quotas) > 1 else "stands"
        return f"{_quotas(quotas, 'The')} {verb} against this duo."

    def worst_then(self, score: float) -> str:
        """Say what the worst duo would score then."""
        return f"The worst duo would then score {_score(score)}."

    def forbidding(self, price: Price, *, waived: bool) -> str:
        """Say what forbidding a duo would cost, if the policy did not demand it."""
        if waived:
            return f"If the policy did not fix it, {_price('forbidding this duo', price)}."
        return f"{_price('Forbidding this duo', price)}."

    def ending(self, duos: Sequence[PairInWords], *, others: bool) -> str:
        """Say which duos would end, beside the one that was spoken of or not."""
        return f"{_counted('other duo' if others else 'duo', len(duos))} would end: {_duos(duos)}."

    def beginning(self, duos: Sequence[PairInWords], *, others: bool) -> str:
        """Say which duos would be new, beside the one that was spoken of or not."""
        return f"{_counted('other duo' if others else 'duo', len(duos))} would be new: {_duos(duos)}."

    def costs(self, price: Price) -> str:
        """Say what a duo would cost the programme."""
        return f"{_price('This duo', price)}."

    def nobody_else(self, person: str) -> str:
        """Say that there is no other partner for somebody."""
        return f"Nobody else can be with '{person}'."

    def sits_out(self, person: str, role: Role) -> str:
        """Say that somebody has capacity 0."""
        return f"'{person}' sits out as {role}: capacity 0."

    def no_allowed_partner(self, person: str, role: Role, rules: Mapping[str, int]) -> str:
        """Say which rules leave somebody without any possible partner."""
        if not rules:
            return f"'{person}' has no duo as {role}: there is nobody else on the other side."
        said = f"no partner is allowed. Partners taken away by {_by_rule(rules)}"
        return f"'{person}' has no duo as {role}: {said}."

    def below_minimum(self, person: str, role: Role, rules: Mapping[str, int]) -> str:
        """Say that only a minimum score stands against every possible partner."""
        said = "every possible partner is below the minimum score"
        return f"'{person}' has no duo as {role}: {said}. Partners taken away by {_by_rule(rules)}."

    def partners_taken(self, person: str, role: Role, allowed: int) -> str:
        """Say that all possible partners are with others."""
        if allowed == 1:
            return f"'{person}' has no duo as {role}: 1 partner is allowed, who has no place left."
        said = f"{_number(allowed)} partners are allowed, and none has a place left"
        return f"'{person}' has no duo as {role}: {said}."

    def quota_full(self, person: str, role: Role, allowed: int, quotas: Sequence[str]) -> str:
        """Say that quotas leave no room for a duo of somebody."""
        said = "1 partner is allowed" if allowed == 1 else f"{_number(allowed)} partners are allowed"
        leave = "leave" if len(quotas) > 1 else "leaves"
        return f"'{person}' has no duo as {role}: {said}, but {_quotas(quotas)} {leave} no room."

    def next_to(self, partner: str, taken_by: Sequence[str], by: float | None) -> str:
        """Say who would have been nearest, with whom they are, and what the duo would cost at least."""
        now = f"Nearest is '{partner}', who {_is_with(taken_by)}"
        if not by:
            return f"{now}."
        return f"{now}; this duo would cost the programme at least {_points(by)}."

    def nearest(self, partner: str, taken_by: Sequence[str], by: float | None) -> str:
        """Say who would have been nearest, with whom they are, and by how much they are worth more there."""
        now = f"Nearest is '{partner}', who {_is_with(taken_by)}"
        if by is None or not taken_by:
            return f"{now}."
        if not by:
            return f"{now}, where the place is worth no less to the programme."
        return f"{now}, where the place is worth at least {_points(by)} more to the programme."

    def shortage(self, role: Role, people: int, wanted: int, partners: int, places: int) -> str:
        """Say that people compete for too few partners."""
        other: Role = "mentee" if role == "mentor" else "mentor"
        many = "" if wanted == people else f", who want {_counted('place', wanted)},"
        at = _counted(other, partners)
        if places != partners:
            at = f"{_counted('place', places)} with {at}"
        return f"{_counted(role, people)}{many} compete for {at}: {_number(wanted - places)} too few."

    def competing(self, people: Sequence[str]) -> str:
        """Name those who compete."""
        return f"They are {_people(people)}."

    def sits_out_rounds(
        self, person: str, role: Role, rounds: Sequence[int], reason: str, partners: int
    ) -> str:
        """Say in which rounds of a plan somebody has no duo, and why."""
        when = f"{'round' if len(rounds) == 1 else 'rounds'} {_listed([str(number) for number in rounds])}"
        why = WHY_SITTING_OUT[reason].format(partners=_counted("partner", partners))
        return f"'{person}' sits out as {role} in {when}: {why}."


def _number(number: int) -> str:
    return f"{number:,}"


def _score(score: float) -> str:
    return f"{score:.3f}"


def _exactly(points: float) -> str:
    whole, decimals = f"{abs(points):.6f}".split(".")
    return f"{_number(int(whole))}.{decimals.rstrip('0').ljust(3, '0')}"


def _points(points: float) -> str:
    return f"{_exactly(points)} points"


def _counted(noun: str, number: int) -> str:
    return f"{_number(number)} {noun}{'' if number == 1 else 's'}"


def _rule(label: str) -> str:
    return RULES.get(label, label)


def _by_rule(rules: Mapping[str, int]) -> str:
    return _listed([f"{_rule(label)} ({_number(count)})" for label, count in rules.items()])


def _of(points: Mapping[str, float]) -> str:
    return ": " + ", ".join(f"{name} {_score(value)}" for name, value in points.items()) if points else ""


def _listed(items: Sequence[str]) -> str:
    shown = [*items[:MOST_LISTED]]
    if len(items) > MOST_LISTED:
        shown.append(f"{_number(len(items) - MOST_LISTED)} more")
    return " and ".join([*([", ".join(shown[:-1])] if shown[:-1] else []), *shown[-1:]])


def _people(people: Sequence[str]) -> str:
    return _listed([f"'{person}'" for person in people])


def _is_with(people: Sequence[str]) -> str:
    return f"is with {_people(people)}" if people else "has no duo, either"


def _quotas(quotas: Sequence[str], the: str = "the") -> str:
    return f"{the} {'quotas' if len(quotas) > 1 else 'quota'} {_people(quotas)}"


def _cannot_be_kept(quotas: Sequence[str]) -> str:
    return f"{_quotas(quotas)} cannot be kept{' together' if len(quotas) > 1 else ''}"


def _duos(duos: Sequence[PairInWords]) -> str:
    return _listed([f"'{duo.mentor}' with '{duo.mentee}' ({_score(duo.score)})" for duo in duos])


def _shared(name: NameMatch) -> str:
    said = f"'{name.mentor}'" if name.mentor == name.mentee else f"'{name.mentor}' = '{name.mentee}'"
    rung = "" if name.rung == "exact" else f" ({name.rung})"
    return f"{said}{rung}" + (f", taught by the {name.taught_by}" if name.taught_by else "")


def _price(what: str, price: Price) -> str:
    """Say what something costs in duos and points, each of which can also be won."""
    if not price.duos and not price.points:
        return f"{what} would cost the programme nothing"
    lost = [_counted("duo", price.duos)] if price.duos > 0 else []
    won = [_counted("duo", -price.duos)] if price.duos < 0 else []
    if price.points:
        (lost if price.points > 0 else won).append(_points(price.points))
    said = [f"cost the programme {' and '.join(lost)}"] if lost else []
    said += [f"bring it {' and '.join(won)} more"] if won and lost else []
    said += [f"bring the programme {' and '.join(won)} more"] if won and not lost else []
    return f"{what} would {' but '.join(said)}"
