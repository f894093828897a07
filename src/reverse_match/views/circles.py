"""Circles in sentences: what was reached and proved, why somebody is in none, what holds within one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.foundation.fixed_point import ONE
from reverse_match.policy.circles import AtLeastValues, DifferentWithin
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.matching.results.circles import CircleMatching, CircleOf, WithoutCircle
    from reverse_match.policy.circles import Circles, Within
    from reverse_match.views.words.phrases import Phrases


def circle_sentences(circle: CircleOf, lang: str) -> list[str]:
    """Return who is in a circle, what it scores, and what each mentor and mentee have in common."""
    say = language(lang)
    told = [
        say(
            "circle of",
            mentors=say.formatter.join_names(circle.mentors),
            mentees=say.formatter.join_names(circle.mentees),
            score=say.formatter.score(circle.score),
            mean=say.formatter.score(circle.mean),
        )
    ]
    for pair in circle.pairs:
        ends = say.formatter.quote(pair.mentor), say.formatter.quote(pair.mentee)
        line = say("circle pair", mentor=ends[0], mentee=ends[1], score=say.formatter.score(pair.score))
        more = [say.shared_names(pair.name_matches)] if pair.name_matches else []
        more += [say.not_known(pair.missing)] if pair.missing else []
        more += [say("duo fixed")] if pair.fixed else []
        told.append(" ".join([line, *more]))
    return told


def reason_without_circle(left: WithoutCircle, say: Phrases) -> str:
    """Return why somebody is in no circle, as a clause without the name."""
    if left.reason in ("no_circle_possible", "no_place_left"):
        return say(f"circle {left.reason}")
    return say.without_duo(left.reason, left.allowed_partners, left.blocked_by, ())


def without_sentence(left: WithoutCircle, lang: str) -> str:
    """Return why somebody is in no circle, as a sentence."""
    say = language(lang)
    person, role = say.formatter.quote(left.id), say(f"as {left.role}")
    return say("circle without", person=person, role=role, reason=reason_without_circle(left, say))


def size_lines(circles: Circles, lang: str) -> list[str]:
    """Return what a policy asks of each circle."""
    say = language(lang)
    told = [say("circle trios")] if circles.trios else []
    if not circles.trios:
        mentors, mentees = _bounds(circles.bounds_of_mentors, say), _bounds(circles.bounds_of_mentees, say)
        told.append(say("circle size", mentors=mentors, mentees=mentees))
    return [*told, *(_condition(condition, say) for condition in circles.within)]


def _bounds(bounds: tuple[int, int], say: Phrases) -> str:
    low, high = map(say.count, bounds)
    return low if low == high else say("between", low=low, high=high)


def _condition(condition: Within, say: Phrases) -> str:
    members = say(f"members {condition.of}")
    if isinstance(condition, DifferentWithin):
        values = {"most": say.count(condition.at_most), "field": say.formatter.quote(condition.field)}
        return say("within different", members=members, **values)
    if isinstance(condition, AtLeastValues):
        values = {"least": say.count(condition.at_least), "field": say.formatter.quote(condition.field)}
        return say("within at_least_values", members=members, **values)
    return say(f"within {condition.kind}", members=members)


def circle_lines(record: CircleMatching, lang: str = "en") -> list[str]:
    """Return sentences on what circles have reached, and on their proof."""
    say = language(lang)
    if not record.circles:
        return [say("circles none")]
    pairs = max(1, sum(len(circle.pairs) for circle in record.circles))
    people = {name for circle in record.circles for name in circle.people}
    lines = [
        say(
            "circles reached",
            circles=say.counted("n circles", len(record.circles)),
            people=say.count_people(len(people)),
            total=say.count_points(record.total),
            mean=say.formatter.score(record.total / pairs),
        )
    ]
    if record.past:
        lines.append(say.counted("circles former", len(record.past)))
    return [*lines, *_proof_lines(record, say)]


def _proof_lines(record: CircleMatching, say: Phrases) -> Iterator[str]:
    certificate = record.certificate
    if certificate.proved:
        yield say("circles best trios" if len(certificate.stages) > 2 else "circles best")
    for stage in certificate.stages:
        if stage.gap and stage.stage == "total":
            yield say("circles open total", points=say.count_points(round(stage.gap * ONE) / ONE))
        elif stage.gap:
            yield say.counted(f"circles open {stage.stage}", round(stage.gap))


def circles_line_without(record: CircleMatching, lang: str = "en") -> str:
    """Return how many people are in no circle, as a heading."""
    say = language(lang)
    return say("circles without", people=say.count_people(len(record.without_circle)))
