"""Views of results and answers for a terminal, and of answers as JSON."""

from __future__ import annotations

import json
from textwrap import wrap
from typing import TYPE_CHECKING

from reverse_match.foundation.text_safety import visible
from reverse_match.matching.policy_notes import matching_notes, policy_notes
from reverse_match.matching.results.matching import Matching
from reverse_match.views.summaries import (
    ROUND_HEADS,
    change_lines,
    change_rows,
    cost_lines,
    left_out_in_words,
    plan_lines,
    publication_line,
    rotation_lines,
    round_rows,
    summary_lines,
)
from reverse_match.views.text_table import (
    BOLD,
    DIM,
    RowsOf,
    TextColumn,
    TextLine,
    TextList,
    lines_of,
    table_of,
)
from reverse_match.views.with_names import put_names
from reverse_match.views.words.faults import message_in_words, noted_in_words
from reverse_match.views.words.formatter import FIXED_MARK, UNKNOWN_MARK
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.foundation.errors import InfeasibleError
    from reverse_match.foundation.records import PlainData, WordedRecord
    from reverse_match.matching.results.amendment import Amendment
    from reverse_match.matching.results.circles import CircleMatching
    from reverse_match.matching.results.matching import Duo
    from reverse_match.matching.results.plan import RotationPlan
    from reverse_match.matching.results.rotation import Rotation
    from reverse_match.matching.results.unmatched import Unmatched
    from reverse_match.matching.stability import Trade
    from reverse_match.people.cohort import Cohort
    from reverse_match.views.text_table import Part
    from reverse_match.views.with_names import Names
    from reverse_match.views.words.phrases import Phrases

MOST_NOTES = 20
"""The most notes on people that one command prints."""


def answer_text(
    answers: Sequence[WordedRecord], lang: str, width: int | None, names: Names | None = None
) -> str:
    """Return answers in sentences, each on a line of its own; with a width, lines are folded to it.

    Lines are not folded at no-break spaces.
    """
    shown = [put_names(answer, names) for answer in answers]
    return "\n\n".join("\n".join(_hanging(answer.sentences(lang), "", width)) for answer in shown)


def alternatives_text(
    person: str, found: Sequence[WordedRecord], lang: str, width: int | None, names: Names | None = None
) -> str:
    """Return alternatives in numbered sentences, or a sentence that there are none."""
    if not found:
        say, who = language(lang), (names or {}).get(person, person)
        return "\n".join(_folded(say("nobody else", person=say.formatter.quote(who)), "", width))
    return "\n\n".join(
        "\n".join(_hanging(put_names(answer, names).sentences(lang), f"{number}. ", width))
        for number, answer in enumerate(found, 1)
    )


def answer_json(answers: Sequence[PlainData]) -> str:
    """Return a list of answers as JSON text."""
    parsed = [json.loads(answer.model_dump_json()) for answer in answers]
    return json.dumps(parsed, indent=2, ensure_ascii=False)


def conflicts_text(error: InfeasibleError, lang: str, width: int | None) -> str:
    """Return a block of text for each conflict: the demands, then the relaxations.

    Parameters
    ----------
    error : InfeasibleError
        The error with the conflicts.
    lang : str
        ``"en"`` or ``"fr"``.
    width : int or None
        Width in characters to which lines are folded; ``None`` for no folding.
    """
    say = language(lang)
    if not error.explanations:
        return "\n".join([say("no matching"), *(message_in_words(one, lang) for one in error.conflicts)])
    lines = [say("no matching")]
    for place, conflict in enumerate(error.explanations):
        lines += [""] * (place > 0) + _folded(conflict.sentence(lang), "", width)
        for value in conflict.unknown_values:
            lines += _folded(value.sentences(lang)[0], "  ", width)
        if conflict.relaxations:
            lines += _folded(say("would do"), "  ", width)
        for change in conflict.relaxations:
            lines += _folded(change.sentences(lang)[0], "    ", width)
    return "\n".join(lines)


def _hanging(sentences: Sequence[str], begin: str, width: int | None) -> list[str]:
    """Return lines of sentences with a hanging indent; the first line begins with ``begin``."""
    indent, lines = " " * len(begin), []
    for index, sentence in enumerate(sentences):
        lines += _folded(sentence, indent if index else begin, width, indent + "  ")
    return lines


def _folded(sentence: str, begin: str, width: int | None, indent: str | None = None) -> list[str]:
    if width is None:
        return [begin + sentence]
    return wrap(sentence, width, initial_indent=begin, subsequent_indent=indent or begin + "  ")


def notes(matching: Matching, cohort: Cohort, lang: str = "en") -> list[str]:
    """Return all that a reader should know of people, policy and matching before relying on it."""
    on_people = [noted_in_words(note, lang) for note in notes_on_people(cohort)]
    return [*on_people, *notes_on_policy(matching, cohort, lang)]


def notes_on_policy(matching: Matching, cohort: Cohort, lang: str = "en") -> list[str]:
    """Return what a reader should know of the policy on these people, and of what it left undone."""
    told = (*policy_notes(matching.policy, cohort), *matching_notes(matching, cohort))
    return [noted_in_words(str(note), lang) for note in told]


def notes_on_people(cohort: Cohort) -> list[str]:
    """Return warnings on ids that look like others or name nobody, up to :data:`MOST_NOTES`."""
    told = [str(note) for note in cohort.notes[:MOST_NOTES]]
    more = len(cohort.notes) - MOST_NOTES
    return [*told, f"and {more:,} more such notes on people"] if more > 0 else told


def matching_view(
    matching: Matching, figures: Trade | None = None, lang: str = "en", names: Names | None = None
) -> list[Part]:
    """Return tables of duos and of unmatched people, and sentences on the result and its proof.

    Parameters
    ----------
    matching : Matching
        The matching to show.
    figures : Trade, optional
        Trade of the matching, whose number of blocking pairs is added.
    lang : str
        ``"en"`` or ``"fr"``.
    names : mapping of str to str, optional
        What people are shown as, by id.
    """
    say, criteria = language(lang), [criterion.name for criterion in matching.criteria]
    heads = [*_duo_heads(say), *(TextColumn(say.criterion(name), number=True) for name in criteria)]
    parts: list[Part] = [
        table_of(
            say.count_duos(len(matching.duos)),
            heads,
            matching.duos,
            lambda duo: _duo_cells(put_names(duo, names), criteria, say),
        )
    ]
    if any(duo.missing for duo in matching.duos):
        parts.append(TextLine(say("unknown mark", mark=UNKNOWN_MARK), DIM))
    if matching.unmatched:
        parts += [TextLine(""), _left_out_table(matching, say, lang, names)]
    lines = [*_publication(matching, lang), *summary_lines(matching, figures, lang, names)]
    return [*parts, TextLine(""), *lines_of(lines)]


def _left_out_table(matching: Matching, say: Phrases, lang: str, names: Names | None) -> Part:
    def cells(one: Unmatched) -> list[str]:
        left = put_names(one, names)
        why = say.without_duo(left.reason, left.allowed_partners, left.blocked_by, left.quotas)
        return [left.id, say(f"as {left.role}"), why]

    heads = [TextColumn(say(head)) for head in ("head who", "head as", "head why")]
    return table_of(left_out_in_words(matching, lang), heads, matching.unmatched, cells)


def _publication(matching: Matching, lang: str) -> list[str]:
    line = publication_line(matching, lang)
    return [] if line is None else [line]


def amendment_view(matching: Matching, lang: str = "en", names: Names | None = None) -> list[Part]:
    """Return the last amendment of a matching: the duos that ended, the new ones, and the cost."""
    say, last = language(lang), put_names(matching.log[-1], names)
    rows = [
        [say(f"becomes {what}"), duo.mentor, duo.mentee, say.formatter.score(duo.score)]
        for what, duos in (("ended", last.ended), ("new", last.new))
        for duo in duos
    ]
    title = say.counted("duos ended", len(last.ended), new=str(len(last.new)))
    told = [*change_lines(last, lang), *cost_lines(last, len(matching.duos), lang)]
    lines = [*told, *_publication(matching, lang), *summary_lines(matching, None, lang, names)]
    if not rows:
        asked = (last.fixed, last.forbidden, last.lifted, last.left, last.joined, last.logged)
        return lines_of([say("same duos" if any(asked) else "nothing asked"), *lines])
    return [table_of(title, [TextColumn(""), *_duo_heads(say)], rows), TextLine(""), *lines_of(lines)]


def plan_view(plan: RotationPlan, lang: str = "en", names: Names | None = None) -> list[Part]:
    """Return a table of the rounds, and sentences on people who sit out and on the proof.

    Parameters
    ----------
    plan : RotationPlan
        The plan to show.
    lang : str
        ``"en"`` or ``"fr"``.
    names : mapping of str to str, optional
        What people are shown as, by id.
    """
    say = language(lang)
    heads = [TextColumn(say(f"head {name}"), number=True) for name in ROUND_HEADS]
    rounds = table_of(say.counted("n rounds", len(plan.rounds)), heads, round_rows(plan, lang))
    parts: list[Part] = [rounds, TextLine("")]
    if plan.sitting_out:
        told = [line for one in plan.sitting_out for line in put_names(one, names).sentences(lang)]
        parts += [TextList(RowsOf(told)), TextLine("")]
    return [*parts, *lines_of(plan_lines(plan, lang, names))]


def rotation_view(
    matching: Matching, rotation: Rotation, lang: str = "en", names: Names | None = None
) -> list[Part]:
    """Return a table of the changes of a rotation, and sentences on the round that begins.

    Parameters
    ----------
    matching : Matching
        The matching of the round that begins.
    rotation : Rotation
        The rotation to this round.
    lang : str
        ``"en"`` or ``"fr"``.
    names : mapping of str to str, optional
        What people are shown as, by id.
    """
    say, rotation = language(lang), put_names(rotation, names)
    heads = [TextColumn(""), *_duo_heads(say), TextColumn(say("head why"))]
    title = say("round from", number=str(rotation.round), day=rotation.on)
    lines = [*rotation_lines(rotation, lang), *summary_lines(matching, None, lang, names)]
    return [table_of(title, heads, change_rows(rotation, lang)), TextLine(""), *lines_of(lines)]


def _duo_heads(say: Phrases) -> list[TextColumn]:
    score = TextColumn(say("head score"), number=True, looks=BOLD)
    return [TextColumn(say("as mentor")), TextColumn(say("as mentee")), score]


def _duo_cells(duo: Duo, criteria: Sequence[str], say: Phrases) -> list[str]:
    told, points, missing = say.formatter.score, duo.contributions, duo.missing
    score = told(duo.score) + (FIXED_MARK if duo.fixed else "")
    cells = [
        f"{UNKNOWN_MARK}{told(points[name])}" if name in missing else told(points[name]) for name in criteria
    ]
    return [duo.mentor, duo.mentee, score, *cells]


def verified_text(
    verified: Matching | RotationPlan | CircleMatching, *, with_policy: bool, lang: str = "en"
) -> str:
    """Return lines on what was verified, and on the result."""
    if not isinstance(verified, Matching):
        return "\n".join([language(lang)("verified"), *_lines_of_other(verified, lang)])
    line = _verified_line(verified, language(lang), with_policy=with_policy)
    return "\n".join([line, *summary_lines(verified, None, lang), *_publication(verified, lang)])


def _lines_of_other(verified: RotationPlan | CircleMatching, lang: str) -> list[str]:
    """Return lines on a plan or on circles, whose modules other commands do not load."""
    from reverse_match.matching.results.circles import CircleMatching

    if isinstance(verified, CircleMatching):
        from reverse_match.views.circles import circle_lines

        return circle_lines(verified, lang)
    return plan_lines(verified, lang)


def published_text(published: Matching, lang: str = "en") -> str:
    """Return lines on a matching that has been published."""
    return "\n".join([*_publication(published, lang), *summary_lines(published, None, lang)])


def forgotten_text(files: Sequence[str], tombstone: str, lang: str = "en") -> str:
    """Return a line on the files from which somebody was erased."""
    say = language(lang)
    return say("forgotten in", files=say.formatter.join(list(files)), tombstone=tombstone)


def pseudonyms_text(files: Sequence[str], people: int, lang: str = "en") -> str:
    """Return a line on the files in which people have pseudonyms."""
    say = language(lang)
    return say.counted("pseudonyms in", people, files=say.formatter.join(list(files)))


def _verified_line(matching: Matching, say: Phrases, *, with_policy: bool) -> str:
    """Return a line that names what was verified: the policy, if it was given, and additions to it.

    Examples
    --------
    >>> import reverse_match as rm
    >>> cohort = rm.read_cohort(rm.demo_path())
    >>> amended = rm.amend(rm.match(cohort), cohort, author="ada")
    >>> _verified_line(amended, language("en"), with_policy=True)
    'Verified: your policy and 1 amendment by ada.'
    """
    parts = [say("verified policy")] if with_policy else []
    if matching.rotation is not None:
        parts.append(say("verified passage", round=str(matching.rotation.round)))
    if matching.log:
        parts.append(_amendments(matching.log, say))
    if not with_policy or len(parts) == 1:
        return say("verified")
    return say("verified of", parts=say.formatter.join(parts))


def _amendments(log: Sequence[Amendment], say: Phrases) -> str:
    number = say.counted("n amendments", len(log))
    authors = sorted({visible(change.author) for change in log if change.author})
    if not authors:
        return number
    if not all(change.author for change in log):
        authors.append(say("not named"))
    return say("amendments by", amendments=number, authors=say.formatter.join(authors))
