"""French, for the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.views.words.french import CRITERIA, FIXED, ROLES, RULES, RUNGS, THIN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from reverse_match.policy.values import Role
    from reverse_match.scoring.name_matches import NameMatch
    from reverse_match.views.words.report_language import ProofInWords

PHRASES: Mapping[str, str] = {
    "title": "Duos du programme de mentorat inversé",
    "skip": "Aller au contenu",
    "contents": "Sommaire",
    "open hint": "Les listes repliées s'ouvrent d'un clic, ou avec Tab puis Entrée ; sur papier, toutes "
    "sont ouvertes.",
    "made": "Établi par reverse_match {version}. Contient des données personnelles : à ne transmettre "
    "qu'aux personnes qui en ont besoin.",
    "colon": " : ",
    "list": " ; ",
    "page": "Page",
    "page of": "sur",
    # Sections
    "summary": "En bref",
    "round": "Ce qui change dans ce cycle",
    "quotas": "Quotas",
    "duos": "Duos",
    "left out": "Personnes sans duo",
    "by hand": "Modifications à la main",
    "diversity": "Diversité des duos",
    "pictures": "Graphiques",
    "chosen by": "Ce qui a compté",
    "certificate": "Certificat",
    "verify": "Comment vérifier",
    # En bref
    "figures": "Chiffres clés",
    "n duos": "duos",
    "one duo": "duo",
    "n without": "personnes sans duo",
    "one without": "personne sans duo",
    "half": "{people} sans duo ; {half} avec un duo dans un seul de leurs deux rôles.",
    "mean": "score moyen",
    "lowest": "score le plus bas",
    "highest": "score le plus haut",
    "total": "total (points)",
    "score is": "Un score va de 0 à 1 et est la somme des points des critères ; chaque critère donne au "
    "plus autant de points que son poids.",
    "no duos": "Aucun duo n'est possible.",
    "proved": "Preuve que c'est le meilleur résultat possible : {best} ; vérifié sur {pairs}.",
    "not proved": "Il n'est pas prouvé que ce soit le meilleur résultat possible : il est au plus {gap} en "
    "dessous.",
    "lottery": "D'autres répartitions sont aussi bonnes : un tirage au sort (graine {seed}) a décidé.",
    "one optimum": "Aucune autre répartition n'est aussi bonne.",
    "quotas kept": "Tous les quotas sont respectés ({count}).",
    "quotas not kept": "Les quotas ne sont pas tous respectés.",
    "everybody": "Personne n'est sans duo.",
    "day": "Les âges sont ceux au {day}.",
    # Tableaux
    "mentor": "Mentor",
    "mentee": "Mentoré(e)",
    "score": "Score",
    "points": "Points des critères",
    "why": "Pourquoi",
    "who": "Qui",
    "role": "Rôle",
    "as mentor": "mentor",
    "as mentee": "mentoré(e)",
    "quota": "Quota",
    "counts": "Ce qui compte",
    "all duos": "tous les duos",
    "each": "duos de chaque groupe : {field}",
    "reached": "Atteint",
    "bounds": "Permis",
    "kept": "Respecté",
    "cost": "Limite le résultat",
    "yes": "oui",
    "no": "non",
    "at least": "au moins {value}",
    "at most": "au plus {value}",
    "between": "de {low} à {high}",
    "nothing": "aucun duo",
    "points of": "{points} sur {most}",
    "unknown points": "{points} sur {most} (inconnu)",
    "unknown note": "Quand une donnée est inconnue pour une paire, le critère donne sa valeur neutre : ni "
    "pénalité, ni avantage.",
    "group": "{name} : {duos}, score moyen {mean}",
    "range": "de {first} à {last}",
    "no department": "service inconnu",
    "by department": "Par service du ou de la mentoré(e) ; ouvrir un service pour voir ses duos.",
    "by range": "Dans l'ordre des mentors ; ouvrir une partie pour voir ses duos.",
    "too many": "Il y a plus de {count} duos : seuls leurs points figurent ici ; les noms en commun sont "
    "dans le fichier de la répartition.",
    "weakest": "Les duos aux scores les plus bas",
    "nothing said": "Aucun nom en commun.",
    # Sans duo
    "reason sits_out": "Ne participent pas (capacité 0)",
    "reason no_allowed_partner": "Aucun partenaire permis",
    "reason below_minimum_score": "Tous les partenaires possibles sous le score minimal",
    "reason partners_taken": "Tous les partenaires possibles déjà pris",
    "reason quota_full": "Plus de place dans un quota",
    "shortages": "Où les partenaires manquent",
    "exact costs": "Ce que coûterait exactement un autre duo, reverse-match explain le dit.",
    # À la main
    "on": "Jour",
    "by": "Par",
    "because": "Motif",
    "asked": "Ce qui a été demandé",
    "ended": "Duos terminés",
    "new": "Nouveaux duos",
    "points lost": "Points perdus",
    "not said": "non précisé",
    "fixed": "ensemble : {pair}",
    "forbidden": "séparés : {pair}",
    "gone": "départ : {person}",
    "come": "arrivée : {person}",
    "pair": "{mentor} avec {mentee}",
    # Cycle
    "kind kept": "Duos qui continuent",
    "kind ended": "Duos qui prennent fin",
    "kind new": "Nouveaux duos",
    "kind waiting": "Personnes qui attendent le prochain cycle",
    "reciprocal": "Les rôles sont inversés : qui enseignait au cycle précédent apprend dans celui-ci.",
    # Diversité
    "mixed": "Des personnes différentes dans un duo",
    "what": "Quoi",
    "duos that differ": "Duos",
    "share that differs": "Part",
    "known of": "Connu pour",
    "differ gender": "genres différents",
    "differ department": "services différents",
    "differ location": "lieux différents",
    "apart": "Écart entre les deux personnes d'un duo",
    "gap age": "âge du ou de la mentoré(e) moins âge du mentor (années)",
    "gap grade": "niveau du ou de la mentoré(e) moins niveau du mentor",
    "smallest": "Le plus petit",
    "median": "Médiane",
    "largest": "Le plus grand",
    "no people": "Le rapport a été établi sans les personnes de la répartition : services, âges et "
    "diversité n'y figurent pas.",
    # Graphiques
    "picture scores": "{duos} : score le plus bas {low}, moyen {mean}, le plus haut {high}.",
    "picture contributions": "Points d'un duo en moyenne : {points}.",
    "picture left out": "{count} sans duo dans un rôle.",
    "picture ages": "Écart d'âge : le plus petit {low}, médian {median}, le plus grand {high} ans.",
    "picture grades": "Écart de niveau : le plus petit {low}, médian {median}, le plus grand {high}.",
    "picture departments": "En lignes les services des mentors, en colonnes ceux des mentoré(e)s.",
    "most often": "Le plus souvent ensemble : {pair}, {duos}.",
    "title scores": "Scores",
    "title contributions": "Composition des scores",
    "title left out": "Personnes sans duo dans un rôle, par raison",
    "title ages": "Âges dans les duos",
    "title grades": "Niveaux dans les duos",
    "title departments": "Services des duos",
    # Ce qui a compté
    "objective": "Ce qui a été cherché",
    "objective coverage": "le plus de duos possible, puis le total des scores le plus élevé",
    "objective total": "le total des scores le plus élevé, puis le plus de duos possible",
    "objective max_min": "le plus de duos possible, puis le meilleur score pour le duo le plus faible, puis"
    " le total des scores le plus élevé",
    "objective fair": "le plus de duos possible, puis la somme d'utilités équitables la plus élevée (alpha "
    "{alpha})",
    "criteria": "Critères",
    "criterion": "Critère",
    "weight": "Poids",
    "neutral": "Valeur si inconnu",
    "known pairs": "Paires pour lesquelles il est connu",
    "rules": "Règles",
    "rule": "Règle",
    "no rules": "Aucune règle en dehors des capacités.",
    "credits": "Points accordés en plus des scores",
    "synonyms": "Noms que les règles déclarent équivalents",
    "points given": "Points",
    "name": "Nom",
    "means": "Équivalents",
    "decides": "La décision revient à des personnes ; l'âge et le genre ne comptent que dans la mesure de "
    "ces poids.",
    # Certificat
    "certificate is": "La répartition est accompagnée de prix pour les personnes et les quotas. Grâce à "
    "eux, chacun peut vérifier qu'échanger des duos contre d'autres paires ne rapporterait rien : aucune "
    "paire ne vaut plus que ce qu'elle prend aux autres.",
    "certificate search": "Ce que les prix seuls laissent ouvert, un duo étant indivisible, une recherche "
    "l'a tranché.",
    "certificate short": "La répartition est accompagnée de prix pour les personnes et les quotas. Grâce à "
    "eux, chacun peut vérifier de combien une autre répartition pourrait être meilleure, au plus.",
    "proof figures": "La preuve en chiffres",
    "figure": "Chiffre",
    "this": "Cette répartition",
    "possible": "Maximum possible",
    "proof duos": "duos",
    "proof total": "total de ce qui est maximisé",
    "proof worst": "score le plus bas d'un duo non imposé",
    "proof gap": "écart, en part du maximum possible",
    "proof pairs": "paires permises examinées",
    "proof relaxed": "total d'après les prix seuls, avant la recherche",
    "proof searched": "paires parcourues par la recherche",
    "proof price": "ce que rapporterait un duo de moins (points)",
    # Vérification
    "verify how": "Avec le fichier de la répartition, celui des personnes et les règles, cette commande "
    "recalcule scores, règles, quotas et preuve, avec un code qui ne partage rien avec le solveur :",
    "verify or": "Ou en Python :",
    "verify other": "Que ce rapport décrit la même répartition, son empreinte le montre (SHA-256).",
    "digests": "Empreintes (SHA-256)",
    "digest": "De",
    "value": "Valeur",
    "digest matching": "répartition",
    "digest file": "fichier des personnes",
    "digest cohort": "personnes, dans n'importe quel ordre",
    "digest policy": "règles",
}
"""Headings, columns and sentences by name; spaces before colons and semicolons are set when they are said."""

MINUS = "\N{MINUS SIGN}"

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
FURTHER_RULES = {"avoids": "personnes que quelqu'un souhaite éviter"}


class FrenchReport:
    """The phrases in French."""

    def __call__(self, phrase: str, **values: str) -> str:
        """Return a heading, a column or a sentence, with values in its places."""
        spaced = PHRASES[phrase].replace(" :", f"{FIXED}:").replace(" ;", f"{THIN};")
        return spaced.format(**values)

    def count(self, number: int) -> str:
        """Write a whole number."""
        return f"{number:,}".replace(",", THIN)

    def number(self, value: float, places: int = 3) -> str:
        """Write a number with so many decimal places."""
        return f"{value:,.{places}f}".replace(",", THIN).replace(".", ",").replace("-", MINUS)

    def share(self, value: float, places: int = 1) -> str:
        """Write a share as so many of a hundred."""
        return f"{self.number(100 * value, places)}{FIXED}%"

    def day(self, day: date) -> str:
        """Write a day."""
        number = f"{day.day}er" if day.day == 1 else f"{day.day}"
        return f"{number}{FIXED}{MONTHS[day.month - 1]} {day.year}"

    def criterion(self, name: str) -> str:
        """Say what a criterion is called."""
        return CRITERIA.get(name, name)

    def rule(self, label: str) -> str:
        """Say what a rule is called."""
        return (RULES | FURTHER_RULES).get(label, label)

    def of(self, part: int, whole: int) -> str:
        """Say that so many of so many."""
        return f"{self.count(part)} sur {self.count(whole)}"

    def duos(self, number: int) -> str:
        """Count duos."""
        return f"{self.count(number)} duo{'s' * (number > 1)}"

    def people(self, number: int) -> str:
        """Count people."""
        return f"{self.count(number)} personne{'s' * (number > 1)}"

    def allowed_pairs(self, number: int) -> str:
        """Count the allowed pairs that a proof has looked at."""
        if number == 1:
            return "la seule paire permise"
        return f"l'ensemble des {self.count(number)} paires permises"

    def is_one(self, number: int) -> bool:
        """Say whether a noun of so many is in the singular, which in French none is, too."""
        return number < 2

    def matched(self, taught_by: Role | None, names: Sequence[NameMatch]) -> str:
        """Say which names match between two people: what one of them teaches, or what both have."""
        told = f"Le côté {ROLES[taught_by]} enseigne" if taught_by else "En commun"
        return f"{told}{FIXED}: {', '.join(map(_matched, names))}."

    def best(self, proof: ProofInWords) -> str:
        """Say in a clause what no other matching has."""
        others = "de ces personnes" + " qui respecte les quotas" * proof.quotas
        total = "total de scores et de points accordés" if proof.credits else "total"
        if proof.objective == "fair" and proof.alpha:
            alpha = f"{proof.alpha}".replace(".", ",")
            total = f"total d'utilités équitables (alpha {alpha})" + " et de points accordés" * proof.credits
        none = f"aucune répartition {others} n'a"
        if proof.objective == "total":
            most = self.duos(proof.duos_bound)
            return f"{none} un {total} plus élevé, ni plus de {most}"
        count = self.duos(proof.duos)
        if proof.objective == "max_min":
            worst = f"aucune de {count} n'a un duo le plus faible meilleur"
            return (
                f"{none} plus de duos, {worst}, et aucune de celles qui l'égalent n'a un {total} plus élevé"
            )
        return f"{none} plus de duos, et aucune de {count} n'a un {total} plus élevé"

    def round(self, number: int, day: str) -> str:
        """Say which round begins, and when."""
        return f"Cycle {number}, à partir du {day}."

    def passage(self, kept: int, ended: int, new: int, waiting: int) -> str:
        """Say how many duos go on, end and are new, and how many people wait."""
        goes = f"{self.duos(kept)} {'continuent' if kept > 1 else 'continue'}"
        ends = f"{self.count(ended)} {'ont' if ended > 1 else 'a'} pris fin"
        are = f"{self.count(new)} {'sont nouveaux' if new > 1 else 'est nouveau'}"
        wait = f"{self.people(waiting)} {'attendent' if waiting > 1 else 'attend'} le prochain cycle"
        return f"{goes}, {ends}, {are}{THIN}; {wait}."

    def learned(self, skills: int) -> str:
        """Say how many skills were learned."""
        if skills > 1:
            return f"{self.count(skills)} compétences acquises ont changé ce que l'on cherche ou propose."
        return f"{self.count(skills)} compétence acquise a changé ce que l'on cherche ou propose."


def _matched(name: NameMatch) -> str:
    same = "" if name.mentor == name.mentee else f" = «{FIXED}{name.mentee}{FIXED}»"
    rung = f" ({RUNGS[name.rung]})" if name.rung in RUNGS else ""
    return f"«{FIXED}{name.mentor}{FIXED}»{same}{rung}"
