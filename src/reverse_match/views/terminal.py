"""A matching as a person reads it on a terminal.

Answers about a matching as a person reads them on a terminal, and as a program reads them.

What cannot hold together as a person reads it on a terminal: a block for each conflict.

A change by hand as a person reads it on a terminal.

A plan over several rounds as a person reads it on a terminal.

The passage to the next round as a person reads it on a terminal.
"""

from __future__ import annotations

import json
from collections import Counter
from textwrap import wrap
from typing import TYPE_CHECKING, Protocol

from rich.console import Group
from rich.table import Table
from rich.text import Text

from reverse_match.foundation.fixed_point import ONE
from reverse_match.foundation.names import id_key
from reverse_match.foundation.plural import counted
from reverse_match.foundation.text_safety import visible
from reverse_match.matching.infeasible.unknown_values import unknown_values_of
from reverse_match.matching.policy_notes import policy_notes
from reverse_match.matching.results.matching import without_duo
from reverse_match.matching.stability import trade
from reverse_match.policy import EachQuota, ShareQuota
from reverse_match.views.records.matching import all_allowed_pairs, left_out_in_words
from reverse_match.views.words.languages import language
from reverse_match.views.words.what_is_proved import what_is_proved

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from rich.console import RenderableType

    from reverse_match.foundation.errors import InfeasibleError
    from reverse_match.matching.results.amendment import Amendment
    from reverse_match.matching.results.conflict import Conflict
    from reverse_match.matching.results.matching import Duo, Matching, QuotaResult
    from reverse_match.matching.results.plan import RotationPlan
    from reverse_match.matching.results.rotation import FromRound, Rotation
    from reverse_match.matching.stability import Trade
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Quota


class Answer(Protocol):
    """Something that can be told."""

    def sentences(self, lang: str = "en") -> list[str]:
        """Return it in plain sentences."""
        ...

    def model_dump_json(self) -> str:
        """Return it as JSON."""
        ...


def answer_text(answers: Sequence[Answer], lang: str, width: int | None) -> str:
    """Return answers in sentences, each on a line of its own; with a width, folded to fit a terminal.

    No-break spaces do not break.
    """
    return "\n\n".join("\n".join(_lines(answer.sentences(lang), "", width)) for answer in answers)


def alternatives_text(person: str, found: Sequence[Answer], lang: str, width: int | None) -> str:
    """Return alternatives in sentences, numbered; or that there are none."""
    if not found:
        return "\n".join(_lines([language(lang).nobody_else(person)], "", width))
    return "\n\n".join(
        "\n".join(_lines(answer.sentences(lang), f"{number}. ", width))
        for number, answer in enumerate(found, 1)
    )


def answer_json(answers: Sequence[Answer]) -> str:
    """Return a list of answers as JSON text."""
    parsed = [json.loads(answer.model_dump_json()) for answer in answers]
    return json.dumps(parsed, indent=2, ensure_ascii=False)


def _lines(sentences: Sequence[str], begin: str, width: int | None) -> list[str]:
    indent, lines = " " * len(begin), []
    for index, sentence in enumerate(sentences):
        first = indent if index else begin
        if width is None:
            lines.append(first + sentence)
        else:
            lines += wrap(sentence, width, initial_indent=first, subsequent_indent=indent + "  ")
    return lines


def conflicts_text(error: InfeasibleError, lang: str, width: int | None) -> str:
    """Return a block for each conflict: the demands, then what would do.

    Parameters
    ----------
    error : InfeasibleError
        What is told.
    lang : str
        ``"en"`` or ``"fr"``.
    width : int or None
        Lines are folded to fit it; ``None``: they are not.
    """
    say = language(lang)
    if not error.explanations:
        return "\n".join([say.no_matching_possible(), *error.conflicts])
    lines = [say.no_matching_possible()]
    for place, conflict in enumerate(error.explanations):
        lines += [""] * (place > 0) + _block(conflict, lang, width)
    return "\n".join(lines)


def _block(conflict: Conflict, lang: str, width: int | None) -> list[str]:
    lines = _folded(conflict.sentence(lang), "", width)
    for value in conflict.unknown_values:
        lines += _folded(value.sentences(lang)[0], "  ", width)
    if conflict.relaxations:
        lines += _folded(language(lang).would_do(), "  ", width)
    for change in conflict.relaxations:
        lines += _folded(change.sentences(lang)[0], "    ", width)
    return lines


def _folded(sentence: str, indent: str, width: int | None) -> list[str]:
    if width is None:
        return [indent + sentence]
    return wrap(sentence, width, initial_indent=indent, subsequent_indent=indent + "  ")


_UNKNOWN_MARK = "~"

MOST_NOTES = 20
"""On people, in one call."""


def matching_view(matching: Matching, figures: Trade | None = None) -> RenderableType:
    """Return duos, people left out, what was reached, and the proof, ready to print.

    Parameters
    ----------
    matching : Matching
        What is shown.
    figures : Trade, optional
        Of this matching; it adds the number of blocking pairs.
    """
    parts: list[RenderableType] = [_duo_table(matching)]
    if any(duo.missing for duo in matching.duos):
        parts.append(Text(f"{_UNKNOWN_MARK} not known for this pair: the neutral value counts", style="dim"))
    if matching.unmatched:
        parts += [Text(""), _unmatched_table(matching)]
    parts += [Text(""), *(Text(visible(line)) for line in summary_lines(matching, figures))]
    return Group(*parts)


def summary_lines(matching: Matching, figures: Trade | None = None) -> list[str]:
    """Return what was reached and how far it is proved, in sentences."""
    certificate = matching.certificate
    if not matching.duos:
        return [f"No duo is possible: {counted(certificate.pairs_checked, 'allowed pair')}."]
    figures = figures or trade(matching)
    best = max(duo.score for duo in matching.duos)
    lines = [
        f"{counted(figures.duos, 'duo')}, total {figures.total:.6f}, mean {figures.mean:.3f}, "
        f"worst {figures.worst:.3f}, 10th percentile {figures.tenth_percentile:.3f}, best {best:.3f}, "
        f"Gini {figures.gini:.3f}."
    ]
    if figures.blocking_pairs is not None:
        lines.append(blocking_line(figures.blocking_pairs))
    lines += quota_lines(matching)
    lines += credit_lines(matching)
    if not certificate.proved:
        return [*lines, f"Not proved optimal: at most {certificate.gap:.2e} below the best possible."]
    checked = f"checked against {all_allowed_pairs(certificate.pairs_checked)}"
    policy = matching.policy_in_force
    proved = what_is_proved(policy, len(matching.duos), certificate.duos_bound, certificate.worst)
    lines.append(f"Proved optimal (gap 0): {proved}; {checked}.")
    if certificate.equal_optima:
        lines.append(f"Others are as good: a lottery under seed {matching.policy.seed} decided between them.")
    return lines


def quota_lines(matching: Matching) -> list[str]:
    """Return in a sentence each how quotas are met, and what their bounds cost."""
    prices = matching.certificate.quota_prices or ()
    lines = []
    for place, (quota, told) in enumerate(zip(matching.policy_in_force.quotas, matching.quotas, strict=True)):
        bounds = " and ".join(
            f"{word} {_number(quota, bound)}"
            for word, bound in (("at least", quota.at_least), ("at most", quota.at_most))
            if bound is not None
        )
        priced = any(price.quota == place for price in prices)
        limit = "; a bound that costs something" if priced else ""
        lines.append(f"Quota '{told.name}': {_met(quota, told)} ({bounds}{limit}).")
    return lines


def credit_lines(matching: Matching) -> list[str]:
    """Return in a sentence what duos count beside their scores, if the policy has credits."""
    given = matching.policy_in_force.credits
    if not given:
        return []
    credited = [duo.credits for duo in matching.duos if duo.credits]
    by_name = Counter({credit.name: 0 for credit in given})
    for points in credited:
        by_name.update({name: round(value * ONE) for name, value in points.items()})
    told = f"{counted(len(credited), 'duo')}, {sum(by_name.values()) / ONE:.6f} points"
    names = ", ".join(f"'{name}' {whole / ONE:.6f}" for name, whole in by_name.items())
    return [f"Credits beside scores: {told}: {names}."]


def _number(quota: Quota, value: float | Fraction | None) -> str:
    if isinstance(quota, ShareQuota):
        return "none" if value is None else f"{100 * float(value):.1f} %"
    return f"{int(value or 0):,}"


def _met(quota: Quota, told: QuotaResult) -> str:
    if isinstance(quota, EachQuota):
        return f"from {_number(quota, told.lowest)} to {_number(quota, told.highest)}"
    return _number(quota, told.reached)


def blocking_line(count: int) -> str:
    """Return in a sentence how many blocking pairs there are.

    Examples
    --------
    >>> blocking_line(1)
    '1 blocking pair: two people who would both rather have each other.'
    """
    return f"{counted(count, 'blocking pair')}: two people who would both rather have each other."


def notes(matching: Matching, cohort: Cohort) -> list[str]:
    """Return what a reader should know before relying on the result."""
    unknown = [*notes_on_people(cohort), *policy_notes(matching.policy, cohort)]
    unknown += [
        f"criterion '{criterion.name}' is known for no pair and decides nothing: its data is missing"
        for criterion in matching.criteria
        if criterion.known_pairs == 0 and criterion.weight > 0
    ]
    unknown += map(str, unknown_values_of(matching.policy, cohort, matching.as_of))
    managers = [id_key(person.manager_id) for person in cohort.participants if person.manager_id]
    if managers and not any(manager in cohort.position for manager in managers):
        unknown.append(
            "no manager_id is the id of anybody in the file: the reporting-line rule protects nobody; "
            "does the column hold names instead of ids?"
        )
    return unknown


def notes_on_people(cohort: Cohort) -> list[str]:
    """Return what a reader should know of ids that are not what they seem; of many, the first."""
    told = [str(note) for note in cohort.notes[:MOST_NOTES]]
    more = len(cohort.notes) - MOST_NOTES
    return [*told, f"and {more:,} more such notes on people"] if more > 0 else told


def table_of(title: str) -> Table:
    """Return a table without vertical lines: the demo fits a terminal of 80 columns."""
    return Table(
        title=title,
        title_justify="left",
        title_style="bold",
        header_style="underline",
        box=None,
        padding=(0, 1, 0, 0),
        pad_edge=False,
    )


def _duo_table(matching: Matching) -> Table:
    table = table_of(counted(len(matching.duos), "duo"))
    table.add_column("mentor", overflow="fold")
    table.add_column("mentee", overflow="fold")
    table.add_column("score", justify="right", style="bold")
    for criterion in matching.criteria:
        table.add_column(Text(visible(criterion.name)), justify="right")
    for duo in matching.duos:
        table.add_row(*_duo_cells(duo, [criterion.name for criterion in matching.criteria]))
    return table


def _duo_cells(duo: Duo, names: list[str]) -> list[Text]:
    points = [
        Text(f"{_UNKNOWN_MARK}{duo.contributions[name]:.3f}", style="dim")
        if name in duo.missing
        else Text(f"{duo.contributions[name]:.3f}")
        for name in names
    ]
    return [
        Text(visible(duo.mentor)),
        Text(visible(duo.mentee)),
        Text(f"{duo.score:.3f}{'*' if duo.fixed else ''}"),
        *points,
    ]


def _unmatched_table(matching: Matching) -> Table:
    table = table_of(left_out_in_words(matching))
    table.add_column("who", overflow="fold")
    table.add_column("as")
    table.add_column("why", overflow="fold")
    for left in matching.unmatched:
        table.add_row(Text(visible(left.id)), Text(left.role), Text(visible(str(left))))
    return table


def amendment_view(matching: Matching) -> RenderableType:
    """Return the last amendment of a matching: which duos ended, which are new, and what it cost."""
    last = matching.log[-1]
    table = table_of(f"{counted(len(last.ended), 'duo')} ended, {len(last.new)} new")
    table.add_column("")
    table.add_column("mentor", overflow="fold")
    table.add_column("mentee", overflow="fold")
    table.add_column("score", justify="right", style="bold")
    for what, duos in (("ended", last.ended), ("new", last.new)):
        for duo in duos:
            table.add_row(what, Text(visible(duo.mentor)), Text(visible(duo.mentee)), f"{duo.score:.3f}")
    lines = [*cost_lines(last, len(matching.duos)), *summary_lines(matching)]
    return Group(table, Text(""), *(Text(visible(line)) for line in lines))


def verified_line(matching: Matching, *, with_policy: bool) -> str:
    """Return what was verified: the policy, if it was given, and what was added to it since.

    Examples
    --------
    >>> import reverse_match as rm
    >>> cohort = rm.read_cohort(rm.demo_path())
    >>> amended = rm.amend(rm.match(cohort), cohort, author="ada")
    >>> verified_line(amended, with_policy=True)
    'Verified: your policy, and 1 amendment by ada.'
    """
    parts = ["your policy"] if with_policy else []
    if matching.rotation is not None:
        parts.append(f"the passage to round {matching.rotation.round}")
    if matching.log:
        parts.append(_amendments(matching.log))
    if not with_policy or len(parts) == 1:
        return "Verified."
    return f"Verified: {', '.join(parts[:-1])}, and {parts[-1]}."


def _amendments(log: Sequence[Amendment]) -> str:
    number = f"{len(log)} amendment{'s' * (len(log) != 1)}"
    authors = sorted({visible(change.author) for change in log if change.author})
    if not authors:
        return number
    if not all(change.author for change in log):
        authors.append("somebody who is not named")
    return f"{number} by {' and '.join(filter(None, (', '.join(authors[:-1]), authors[-1])))}"


def cost_lines(last: Amendment, duos: int) -> list[str]:
    """Return in sentences how much has changed, and what it cost.

    Parameters
    ----------
    last : Amendment
        What was done.
    duos : int
        How many there are now.
    """
    changes = f"{last.changes} of those that ended did not have to"
    if last.at_most_changes is not None:
        changes += f" (at most {last.at_most_changes} allowed)"
    if last.charge is not None:
        changes += f" (charged {last.charge} points each)"
    verb = "Gained" if last.cost < 0 else "Cost"
    totals = f"{last.total_before:.6f} before, {last.total_after:.6f} now"
    cost = f"{verb} {abs(last.cost):.6f} points of the total: {totals}"
    if last.duos_lost:
        fewer = "fewer" if last.duos_lost > 0 else "more"
        cost += f"; {counted(abs(last.duos_lost), 'duo')} {fewer}"
    lines = [f"{counted(duos - len(last.new), 'duo')} kept; {changes}.", f"{cost}."]
    if last.lifted:
        pairs = ", ".join(f"'{visible(one)}' and '{visible(other)}'" for one, other in last.lifted)
        lines.append(f"May be a duo again: {pairs}.")
    if last.rescored:
        moved = f"the duos that stay score {last.rescored:+.6f}"
        lines.append(f"Neutral values are means over the people: {moved} by who left and joined.")
    if last.charge_gap:
        lines.append(f"The total less charges is at most {last.charge_gap:.2e} below the best.")
    return lines


def plan_view(plan: RotationPlan, lang: str = "en") -> RenderableType:
    """Return a table of the rounds, who sits out, and what is proved, ready to print.

    Parameters
    ----------
    plan : RotationPlan
        What is shown.
    lang : str
        Language of the sentences on who sits out.
    """
    table = table_of(counted(len(plan.rounds), "round"))
    for heading in ("round", "duos", "total", "mean", "worst", "sit out"):
        table.add_column(heading, justify="right")
    for number, matching in enumerate(plan.rounds, 1):
        scores = [duo.score for duo in matching.duos]
        mean = f"{matching.total / len(scores):.3f}" if scores else "-"
        worst = f"{min(scores):.3f}" if scores else "-"
        sit_out = str(len(without_duo(matching)))
        table.add_row(str(number), str(len(scores)), f"{matching.total:.6f}", mean, worst, sit_out)
    parts: list[RenderableType] = [table, Text("")]
    parts += [Text(visible(line)) for one in plan.sitting_out for line in one.sentences(lang)]
    parts += [Text("")] * bool(plan.sitting_out)
    return Group(*parts, *(Text(visible(line)) for line in plan_lines(plan)))


def plan_lines(plan: RotationPlan) -> list[str]:
    """Return what was reached over all rounds, and how far it is proved, in sentences."""
    proof, spread = plan.certificate, plan.spread
    if spread.mean is None:
        return [f"No duo is possible in any round: {counted(proof.pairs_checked, 'allowed pair')}."]
    lines = [
        f"{counted(proof.duos, 'duo')} over all rounds, total {plan.total:.6f}, mean {spread.mean:.3f}; "
        f"nobody meets the same partner twice.",
        f"The worst round is round {spread.worst_round}: mean {spread.worst_mean:.3f}, "
        f"{100 * (spread.worst_share or 0):.2f} % of the mean of all.",
    ]
    if not proof.proved:
        return [*lines, f"Not proved optimal: at most {proof.gap:.2e} below the best possible plan."]
    checked = f"checked against {all_allowed_pairs(proof.pairs_checked)}"
    return [*lines, f"Proved optimal (gap 0): no plan of so many rounds is better; {checked}."]


def rotation_view(matching: Matching, rotation: Rotation, lang: str = "en") -> RenderableType:
    """Return what becomes of every duo and who waits, and what the new round is.

    Parameters
    ----------
    matching : Matching
        Of the round that begins.
    rotation : Rotation
        Its own.
    lang : str
        Language of the reasons.
    """
    table = table_of(f"Round {rotation.round}, from {rotation.on}")
    table.add_column("")
    table.add_column("mentor", overflow="fold")
    table.add_column("mentee", overflow="fold")
    table.add_column("score", justify="right", style="bold")
    table.add_column("why", overflow="fold")
    for change in rotation.changes:
        score = "" if change.score is None else f"{change.score:.3f}"
        table.add_row(
            language(lang).kind_of_change(change.kind),
            Text(visible(change.mentor or "")),
            Text(visible(change.mentee or "")),
            score,
            Text(visible(change.why(lang))),
        )
    lines = [counts_line(rotation), *map(_from_history, rotation.from_history), *summary_lines(matching)]
    return Group(table, Text(""), *(Text(visible(line)) for line in lines))


def _from_history(said: FromRound) -> str:
    """Return in a sentence whom the history keeps apart since a round."""
    pairs = ", ".join(f"'{one}' and '{other}'" for one, other in (*said.forbidden, *said.avoided))
    return f"Kept apart since round {said.round}, as the history says: {pairs}."


def counts_line(rotation: Rotation) -> str:
    """Return in a sentence how many duos go on, have ended, are new, and how many people wait."""
    kept, ended, new = (rotation.count(kind) for kind in ("kept", "ended", "new"))
    waiting = len(rotation.waiting)
    goes, have = ("goes" if kept == 1 else "go"), ("has" if ended == 1 else "have")
    line = f"{_duos(kept)} {goes} on, {ended} {have} ended, {new} {'is' if new == 1 else 'are'} new; "
    line += (
        f"{counted(waiting, 'person', 'people')} {'waits' if waiting == 1 else 'wait'} for the next round."
    )
    if not rotation.learned:
        return line
    learned = len(rotation.learned)
    return f"{line} {counted(learned, 'learned skill')} changed what people seek or offer."


def _duos(number: int) -> str:
    return counted(number, "duo")
