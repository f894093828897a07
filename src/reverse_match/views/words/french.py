"""French: decimal comma, spaces as typographers set them, and words that guess nobody's gender."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.views.words.phrases import MOST_LISTED, PairInWords, PartnerInWords, Price

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reverse_match.policy.values import Role
    from reverse_match.scoring.name_matches import NameMatch

FIXED = "\N{NO-BREAK SPACE}"
"""Before a colon and inside quotation marks."""

THIN = "\N{NARROW NO-BREAK SPACE}"
"""Before a semicolon and between thousands."""

RULES = {
    "same_person": "c'est une seule personne",
    "capacity": "capacité 0",
    "fix": "duos imposés, qui prennent toutes les places",
    "forbid": "paires interdites",
    "not_in_reporting_line": "ligne hiérarchique",
    "minimum_score": "score minimal",
    "different": "valeurs différentes demandées",
    "same": "même valeur demandée",
    "shared": "valeur commune demandée",
    "gap_between": "écart demandé",
    "overlapping_hours": "heures de travail communes",
    "not_met_before": "duo déjà formé auparavant",
    "require": "condition sur une personne",
}
"""What standard rules are called; names that users gave stay as they are."""

CRITERIA = {
    "skills": "compétences",
    "goals": "objectifs",
    "age": "âge",
    "gender": "genre",
    "department": "service",
}

ROLES = {"mentor": "mentor", "mentee": "mentoré(e)"}

RUNGS = {"alias": "synonyme", "typo": "faute de frappe"}

WHY_SITTING_OUT = {
    "capacity": "capacité 0",
    "absent": "absence",
    "fewer_partners_than_rounds": "il ne reste personne, avec {partners} dans d'autres cycles",
    "no_allowed_partner": "aucun partenaire permis",
    "partners_taken": "tous les partenaires possibles sont avec d'autres",
    "quota_full": "les quotas ne laissent pas de place",
}
"""Why somebody has no duo in some rounds of a plan."""


class French:
    """The phrases in French."""

    def pair(self, pair: PairInWords, points: Mapping[str, float], *, formed: bool) -> str:
        """Say whether two people are a duo, what they score, and of which criteria it is made."""
        said = (
            "forment un duo, avec un score de"
            if formed
            else f"ne forment pas de duo{THIN}; leur score serait de"
        )
        both = f"{_quoted(pair.mentor)} (mentor) et {_quoted(pair.mentee)} (mentoré(e))"
        return f"{both} {said} {_score(pair.score)}{_of(points)}."

    def partner(self, person: str, role: Role, partner: PartnerInWords, points: Mapping[str, float]) -> str:
        """Say who could be with somebody, and what they would score."""
        both = f"{_quoted(person)} ({ROLES[role]}) avec {_quoted(partner.id)}"
        return f"{both} aurait un score de {_score(partner.score)}{_of(points)}."

    def fixed(self) -> str:
        """Say that the policy demands the duo."""
        return "Les règles imposent ce duo."

    def not_known(self, criteria: Sequence[str]) -> str:
        """Say for which criteria the neutral value counts."""
        listed = _listed([CRITERIA.get(name, name) for name in criteria])
        return f"Inconnu pour cette paire, la valeur neutre compte{FIXED}: {listed}."

    def credited(self, points: Mapping[str, float]) -> str:
        """Say how many points a duo counts beside its score, and which credits give them."""
        given = f"{THIN}; ".join(f"{_quoted(name)} {_exactly(value)}" for name, value in points.items())
        more = f"{_points(sum(points.values()))} de plus que leur score"
        return f"En duo, les deux personnes comptent {more}{FIXED}: {given}."

    def credits_lost(self, points: float) -> str:
        """Say how many points of credits the programme would lose beside scores."""
        verb = "perdrait" if points > 0 else "gagnerait"
        return f"Des points accordés en plus des scores, le programme {verb} {_points(points)}."

    def shared_names(self, names: Sequence[NameMatch]) -> str:
        """Say which skills and goals match."""
        return f"Noms en commun{FIXED}: {f'{THIN}; '.join(_shared(name) for name in names)}."

    def ruled_out(self, rules: Sequence[str]) -> str:
        """Say what forbids a pair."""
        return f"Ce qui s'y oppose{FIXED}: {_listed([_rule(rule) for rule in rules])}."

    def partners_now(self, person: str, role: Role, partners: Sequence[PartnerInWords]) -> str:
        """Say with whom somebody is."""
        who = f"Comme {ROLES[role]}, {_quoted(person)}"
        if not partners:
            return f"{who} n'a pas de duo."
        listed = _listed([f"{_quoted(partner.id)} ({_score(partner.score)})" for partner in partners])
        return f"{who} est avec {listed}."

    def forcing(self, price: Price, waived: int) -> str:
        """Say what forcing a duo would cost, if so many rules were waived for the two."""
        if waived == 1:
            said = _price("imposer ce duo", price)
            return f"Si la règle était levée pour ces deux personnes, {said}."
        if waived:
            said = _price("imposer ce duo", price)
            return f"Si les {waived} règles étaient levées pour ces deux personnes, {said}."
        return f"{_price('Imposer ce duo', price)}."

    def cannot_force(self, quotas: Sequence[str]) -> str:
        """Say that no waiver would help: because of some quotas, or of places and people."""
        if not quotas:
            return "Ce duo ne peut pas être imposé."
        return f"Ce duo ne peut pas être imposé{FIXED}: avec lui, {_cannot_be_kept(quotas)}."

    def cannot_forbid(self, quotas: Sequence[str]) -> str:
        """Say that quotas cannot be kept without a duo."""
        return f"Ce duo ne peut pas être interdit{FIXED}: sans lui, {_cannot_be_kept(quotas)}."

    def fixed_the_other_way(self) -> str:
        """Say that a duo cannot be forbidden, since the two are a fixed duo in each other's role."""
        return (
            f"Ce duo ne peut pas être interdit{FIXED}: les mêmes personnes forment un duo imposé "
            "dans l'autre sens, et une interdiction vaut dans les deux sens."
        )

    def quotas_in_the_way(self, quotas: Sequence[str]) -> str:
        """Say which quotas stand against a duo."""
        verb = "s'opposent" if len(quotas) > 1 else "s'oppose"
        named = _quotas(quotas)
        return f"{named[0].upper()}{named[1:]} {verb} à ce duo."

    def worst_then(self, score: float) -> str:
        """Say what the worst duo would score then."""
        return f"Le score du duo le plus faible serait alors de {_score(score)}."

    def forbidding(self, price: Price, *, waived: bool) -> str:
        """Say what forbidding a duo would cost, if the policy did not demand it."""
        if waived:
            return f"Si les règles ne l'imposaient pas, {_price('interdire ce duo', price)}."
        return f"{_price('Interdire ce duo', price)}."

    def ending(self, duos: Sequence[PairInWords], *, others: bool) -> str:
        """Say which duos would end, beside the one that was spoken of or not."""
        verb = "prendraient" if len(duos) > 1 else "prendrait"
        return f"{_counted_duos(len(duos), others=others)} {verb} fin{FIXED}: {_duos(duos)}."

    def beginning(self, duos: Sequence[PairInWords], *, others: bool) -> str:
        """Say which duos would be new, beside the one that was spoken of or not."""
        said = "seraient nouveaux" if len(duos) > 1 else "serait nouveau"
        return f"{_counted_duos(len(duos), others=others)} {said}{FIXED}: {_duos(duos)}."

    def costs(self, price: Price) -> str:
        """Say what a duo would cost the programme."""
        return f"{_price('Ce duo', price)}."

    def nobody_else(self, person: str) -> str:
        """Say that there is no other partner for somebody."""
        return f"Personne d'autre ne peut être avec {_quoted(person)}."

    def sits_out(self, person: str, role: Role) -> str:
        """Say that somebody has capacity 0."""
        return f"{_quoted(person)} ne participe pas comme {ROLES[role]}{FIXED}: capacité 0."

    def no_allowed_partner(self, person: str, role: Role, rules: Mapping[str, int]) -> str:
        """Say which rules leave somebody without any possible partner."""
        if not rules:
            return f"{_without(person, role)}{FIXED}: il n'y a personne d'autre de l'autre côté."
        said = "aucun partenaire n'est autorisé"
        return f"{_without(person, role)}{FIXED}: {said}. Partenaires écartés{FIXED}: {_by_rule(rules)}."

    def below_minimum(self, person: str, role: Role, rules: Mapping[str, int]) -> str:
        """Say that only a minimum score stands against every possible partner."""
        said = "tous les partenaires possibles sont sous le score minimal"
        return f"{_without(person, role)}{FIXED}: {said}. Partenaires écartés{FIXED}: {_by_rule(rules)}."

    def partners_taken(self, person: str, role: Role, allowed: int) -> str:
        """Say that all possible partners are with others."""
        if allowed == 1:
            return f"{_without(person, role)}{FIXED}: 1 partenaire est autorisé, sans place libre."
        said = f"{_number(allowed)} partenaires sont autorisés, mais aucun n'a de place libre"
        return f"{_without(person, role)}{FIXED}: {said}."

    def quota_full(self, person: str, role: Role, allowed: int, quotas: Sequence[str]) -> str:
        """Say that quotas leave no room for a duo of somebody."""
        said = (
            "1 partenaire est autorisé" if allowed == 1 else f"{_number(allowed)} partenaires sont autorisés"
        )
        leave = "ne laissent" if len(quotas) > 1 else "ne laisse"
        return f"{_without(person, role)}{FIXED}: {said}, mais {_quotas(quotas)} {leave} pas de place."

    def next_to(self, partner: str, taken_by: Sequence[str], by: float | None) -> str:
        """Say who would have been nearest, with whom they are, and what the duo would cost at least."""
        now = f"La personne la plus proche est {_quoted(partner)}, qui {_is_with(taken_by)}"
        if not by:
            return f"{now}."
        return f"{now}{THIN}; ce duo coûterait au moins {_points(by)} au programme."

    def nearest(self, partner: str, taken_by: Sequence[str], by: float | None) -> str:
        """Say who would have been nearest, with whom they are, and by how much they are worth more there."""
        now = f"La personne la plus proche est {_quoted(partner)}, qui {_is_with(taken_by)}"
        if by is None or not taken_by:
            return f"{now}."
        if not by:
            return f"{now}, où la place ne vaut pas moins pour le programme."
        return f"{now}, où la place vaut au moins {_points(by)} de plus pour le programme."

    def shortage(self, role: Role, people: int, wanted: int, partners: int, places: int) -> str:
        """Say that people compete for too few partners."""
        other: Role = "mentee" if role == "mentor" else "mentor"
        many = "" if wanted == people else f", qui demandent {_counted('place', wanted)},"
        at = _counted(ROLES[other], partners)
        if places != partners:
            at = f"{_counted('place', places)} auprès de {at}"
        missing = f"il en manque {_number(wanted - places)}"
        return f"{_counted(ROLES[role], people)}{many} se disputent {at}{FIXED}: {missing}."

    def competing(self, people: Sequence[str]) -> str:
        """Name those who compete."""
        return f"Il s'agit de {_people(people)}."

    def sits_out_rounds(
        self, person: str, role: Role, rounds: Sequence[int], reason: str, partners: int
    ) -> str:
        """Say in which rounds of a plan somebody has no duo, and why."""
        when = f"{'cycle' if len(rounds) == 1 else 'cycles'} {_listed([str(number) for number in rounds])}"
        why = WHY_SITTING_OUT[reason].format(partners=_counted("partenaire", partners))
        return f"{_quoted(person)} n'a pas de duo comme {ROLES[role]} ({when}){FIXED}: {why}."


def _number(number: int) -> str:
    return f"{number:,}".replace(",", THIN)


def _score(score: float) -> str:
    return f"{score:.3f}".replace(".", ",")


def _exactly(points: float) -> str:
    whole, decimals = f"{abs(points):.6f}".split(".")
    return f"{_number(int(whole))},{decimals.rstrip('0').ljust(3, '0')}"


def _points(points: float) -> str:
    return f"{_exactly(points)} point{'s' if abs(points) >= 2 else ''}"


def _counted(noun: str, number: int) -> str:
    return f"{_number(number)} {noun}{'s' if number > 1 else ''}"


def _counted_duos(number: int, *, others: bool) -> str:
    other = f"autre{'s' if number > 1 else ''} " if others else ""
    return f"{_number(number)} {other}duo{'s' if number > 1 else ''}"


def _quoted(text: str) -> str:
    return f"«{FIXED}{text}{FIXED}»"


def _rule(label: str) -> str:
    return RULES.get(label, label)


def _by_rule(rules: Mapping[str, int]) -> str:
    return _listed([f"{_rule(label)} ({_number(count)})" for label, count in rules.items()])


def _of(points: Mapping[str, float]) -> str:
    parts = [f"{CRITERIA.get(name, name)} {_score(value)}" for name, value in points.items()]
    return f"{FIXED}: " + f"{THIN}; ".join(parts) if parts else ""


def _listed(items: Sequence[str]) -> str:
    shown = [*items[:MOST_LISTED]]
    more = len(items) - MOST_LISTED
    if more > 0:
        shown.append(f"{_number(more)} autre{'s' if more > 1 else ''}")
    return " et ".join([*([", ".join(shown[:-1])] if shown[:-1] else []), *shown[-1:]])


def _people(people: Sequence[str]) -> str:
    return _listed([_quoted(person) for person in people])


def _is_with(people: Sequence[str]) -> str:
    return f"est avec {_people(people)}" if people else "n'a pas de duo non plus"


def _quotas(quotas: Sequence[str]) -> str:
    return f"{'les quotas' if len(quotas) > 1 else 'le quota'} {_people(quotas)}"


def _cannot_be_kept(quotas: Sequence[str]) -> str:
    if len(quotas) > 1:
        return f"{_quotas(quotas)} ne peuvent pas être respectés ensemble"
    return f"{_quotas(quotas)} ne peut pas être respecté"


def _duos(duos: Sequence[PairInWords]) -> str:
    return _listed(
        [f"{_quoted(duo.mentor)} avec {_quoted(duo.mentee)} ({_score(duo.score)})" for duo in duos]
    )


def _shared(name: NameMatch) -> str:
    said = _quoted(name.mentor)
    if name.mentor != name.mentee:
        said = f"{said} = {_quoted(name.mentee)}"
    rung = f" ({RUNGS[name.rung]})" if name.rung in RUNGS else ""
    taught = f", enseigné par le côté {ROLES[name.taught_by]}" if name.taught_by else ""
    return f"{said}{rung}{taught}"


def _without(person: str, role: Role) -> str:
    return f"{_quoted(person)} n'a pas de duo comme {ROLES[role]}"


def _price(what: str, price: Price) -> str:
    """Say what something costs in duos and points, each of which can also be won."""
    if not price.duos and not price.points:
        return f"{what} ne coûterait rien au programme"
    lost = [_counted("duo", price.duos)] if price.duos > 0 else []
    won = [_counted("duo", -price.duos)] if price.duos < 0 else []
    if price.points:
        (lost if price.points > 0 else won).append(_points(price.points))
    said = [f"coûterait {' et '.join(lost)} au programme"] if lost else []
    said += [f"lui apporterait {' et '.join(won)} de plus"] if won and lost else []
    said += [f"apporterait {' et '.join(won)} de plus au programme"] if won and not lost else []
    return f"{what} {' mais '.join(said)}"
