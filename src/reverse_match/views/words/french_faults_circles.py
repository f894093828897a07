"""What is wrong with circles, and worth knowing of them, in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # What a policy says of circles
    "not a number of people": "ce n’est pas un nombre de personnes",
    'a number such as 4, or bounds such as "3..6"': "un nombre, par exemple 4, ou des bornes, par exemple "
    '"3..6"',
    'the smaller number first, such as "3..6"': 'le plus petit nombre d’abord, par exemple "3..6"',
    "less than 1": "inférieur à 1",
    "a circle has at least one mentor and one mentee": "un cercle a au moins un mentor et une personne "
    "mentorée",
    "does not say how many mentees are in a circle": "le nombre de personnes mentorées d’un cercle manque",
    'mentees = "3..6"': 'mentees = "3..6"',
    "more than {most} mentors in one circle": "plus de {most} mentors dans un cercle",
    "1, 2 or 1..2": "1, 2 ou 1..2",
    "more than {most} mentees in one circle": "plus de {most} personnes mentorées dans un cercle",
    "fewer": "moins",
    "trios are of three people": "un trio compte trois personnes",
    'mentees = "1..2", mentors = 1 or "1..2"': 'mentees = "1..2", mentors = 1 ou "1..2"',
    "at_least asks for more values than a circle can have members": "at_least demande plus de valeurs qu’un "
    "cercle n’a de membres",
    "lower it": "baissez-le",
    "says nothing of circles": "rien n’y est dit des cercles",
    'circles = {{mentees = "3..6"}}': 'circles = {{mentees = "3..6"}}',
    "circles have none, since they count duos": "les cercles n’en ont pas, car on y compte des duos",
    "a policy without them": "des règles qui n’en ont pas",
    "circles place the most people, then reach the highest total": "les cercles placent le plus de "
    "personnes, "
    "puis visent le total le plus élevé",
    "coverage": "coverage",
    # Too many people, and fixed duos
    "circles are formed of up to {number} pairs of a mentor and a mentee": "les cercles se forment à partir "
    "d’au plus {number} paires d’un mentor et d’une personne mentorée",
    "split the cohort": "divisez le groupe",
    "{number} possible teams of mentors for {count} mentees are too many": "{number} équipes de mentors "
    "possibles pour {count} personnes mentorées, c’est trop",
    "one mentor for each circle, or a smaller cohort": "un seul mentor par cercle, ou un groupe plus petit",
    "the fixed duos cannot be in circles that keep the sizes, the rules and the conditions": "les duos "
    "imposés ne peuvent pas être dans des cercles qui respectent les tailles, les règles et les conditions",
    "no circles were found that have the fixed duos, nor a proof that there are none": "aucune composition "
    "avec les duos imposés n’a été trouvée, ni de preuve qu’il n’y en a pas",
    "more time, or fewer fixed duos": "plus de temps, ou moins de duos imposés",
    # Notes, and files
    "1 capacity is above 1": "1 capacité est supérieure à 1",
    "{number} capacities are above 1": "{number} capacités sont supérieures à 1",
    "everybody is in at most one circle in a role": "chaque personne est au plus dans un cercle par rôle",
    "no circle is possible": "aucun cercle n’est possible",
    "the reasons of people tell whether rules or sizes are in the way": "les raisons données pour chaque "
    "personne disent si les règles ou les tailles l’empêchent",
    "circles are formed by reverse-match circles": "les cercles se forment par reverse-match circles",
    "this forms duos and does not look at them": "ici se forment des duos, sans en tenir compte",
    "neither circles nor a matching nor a history that this library has written": "ni des cercles, ni une "
    "répartition, ni un historique écrits par cet outil",
    "the policy was taken from the circles; give --policy to check that it is yours": "les règles sont "
    "celles "
    "des cercles ; ajoutez --policy pour vérifier que ce sont les vôtres",
    "these circles have no people beside them (they were read, copied or pickled)": "ces cercles n’ont pas "
    "de "
    "personnes jointes (ils ont été lus, copiés ou sérialisés)",
    "circles.with_people(cohort)": "circles.with_people(cohort)",
    'a list of circles, matchings, histories or pairs such as [("lea", "ada")]': "une liste de cercles, de "
    'répartitions, d’historiques ou de paires, par exemple [("lea", "ada")]',
    # What verification finds
    "these are not the people of the circles: the digest of their records differs": "ce ne sont pas les "
    "personnes de ces cercles : l’empreinte de leurs données est différente",
    "the circles followed another policy than the one given": "les cercles ont été formés avec d’autres "
    "règles "
    "que celles indiquées",
    "'{name}' is in several circles as {role}": "'{name}' est dans plusieurs cercles comme {role}",
    "{who} has another number of members than the policy allows": "{who} : le nombre de membres n’est pas "
    "celui que les règles permettent",
    "{who} breaks a condition within circles": "{who} : une condition au sein des cercles n’est pas "
    "respectée",
    "{who} has two {role}s who must not be in one circle": "{who} : deux personnes du même rôle ({role}) ne "
    "doivent pas y être ensemble",
    "the total is not the sum of the scores of the circles": "le total n’est pas la somme des scores des "
    "cercles",
    "the reason why '{name}' is in no circle as {role} is not the true one": "la raison pour laquelle "
    "'{name}' n’est dans aucun cercle comme {role} n’est pas la bonne",
}
