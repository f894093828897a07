"""A matching as a person reads it on a terminal."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from reverse_match.conflicts.unknown_values import unknown_values_of
from reverse_match.matching_facts import all_allowed_pairs, left_out_in_words
from reverse_match.names.normalise import id_key
from reverse_match.plural import counted
from reverse_match.policy import EachQuota, ShareQuota
from reverse_match.policy_notes import policy_notes
from reverse_match.scoring.grid import ONE
from reverse_match.trade_report import trade
from reverse_match.visible_text import visible
from reverse_match.what_is_proved import what_is_proved

if TYPE_CHECKING:
    from fractions import Fraction

    from rich.console import RenderableType

    from reverse_match.cohort import Cohort
    from reverse_match.matching import Duo, Matching, QuotaResult
    from reverse_match.policy import Quota
    from reverse_match.trade_report import Trade

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
