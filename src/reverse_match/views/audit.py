"""Audits in words: sentences, and the cells of the tables that a terminal and a page show."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reverse_match.audits.groups import BAND
from reverse_match.audits.record import BETWEEN, figures_of
from reverse_match.views.words.formatter import UNKNOWN_MARK
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reverse_match.audits.record import (
        Audit,
        AuditedGroup,
        AuditedTerm,
        GroupPlace,
        TermFigures,
    )
    from reverse_match.policy.values import Role
    from reverse_match.programme.indicators.figures import Figure
    from reverse_match.views.words.phrases import Phrases

SIDES: tuple[Role, Role] = ("mentor", "mentee")


class AuditTable(NamedTuple):
    """A table in words: its title, its headings, its rows, and how wide each column is in percent."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    shares: Sequence[int]


def audit_lines(found: Audit, lang: str = "en") -> list[str]:
    """Return sentences on an audit: its figures, what terms contributed, and how to read it."""
    say = language(lang)
    return [*_figure_lines(found, say), *term_lines(found, lang), *reading_lines(found, lang)]


def _figure_lines(found: Audit, say: Phrases) -> Iterator[str]:
    for place in found.groups:
        if not place.by:
            reasons = say("list").join(_reasons(place, say, within_sentence=True))
            told = say(f"audit overall {place.side}", share=_share(place.matched, say, interval=True))
            yield f"{told} {say('audit reasons', reasons=reasons)}" if reasons else told
    for by in found.by:
        for side in SIDES:
            groups = [one for one in found.groups if (one.side, one.by) == (side, by)]
            if all(not any(one.group) for one in groups):
                continue
            listed = say("audit between").join(_listed(groups, say))
            yield say(f"audit by {side}", column=_column(by, say), groups=listed)
        if not any(any(one.group) for one in found.groups if one.by == by):
            yield say("audit empty column", column=_column(by, say))


def _listed(groups: Sequence[AuditedGroup], say: Phrases) -> list[str]:
    """Return each group that is shown with its share, and the number of the others."""
    told = [
        say("audit group share", group=_group(one, say), share=_share(one.matched, say))
        for one in groups
        if not one.people.suppressed
    ]
    hidden = len(groups) - len(told)
    return [*told, *([say.counted("audit groups not shown", hidden)] if hidden else [])]


def term_lines(found: Audit, lang: str = "en") -> list[str]:
    """Return sentences on what the terms of the policy contributed, and on what is proved of that."""
    say, base = language(lang), found.compared_with
    if base is None:
        return []
    lines = [_term_line(term, say) for term in found.terms]
    compared = [term for term in found.terms if term.outcome == "compared"]
    if not base.as_audited:
        lines.append(say("audit other base"))
    if compared:
        gap = max(base.gap, *(term.gap or 0 for term in compared))
        lines.append(
            say("audit not exact", gap=say.formatter.decimal(gap, ".2e")) if gap else say("audit exact")
        )
    drawn = [_term(term, say) for term in compared if term.equal_optima]
    drawn = [say("audit whole policy")] * bool(base.equal_optima) + drawn
    return [*lines, say("audit lottery", terms=say.formatter.join(drawn))] if drawn else lines


def _term_line(term: AuditedTerm, say: Phrases) -> str:
    if term.outcome != "compared":
        return say(f"audit {term.outcome}", term=_term(term, say))
    criteria = say("list").join(map(say.criterion, term.yardstick))
    duos = say.counted("audit same duos", term.same_duos or 0, duos=say.count_duos(term.duos_without or 0))
    return say("audit without", term=_term(term, say), duos=duos, criteria=criteria)


def reading_lines(found: Audit, lang: str = "en") -> list[str]:
    """Return sentences on how to read the figures, and on what is not shown."""
    say = language(lang)
    places: tuple[AuditedGroup | TermFigures, ...]
    places = (*found.groups, *(one for term in found.terms for one in term.groups))
    hidden = sum(figure.suppressed for place in places for _, figure in figures_of(place))
    lines = [say.counted("audit hidden", hidden, fewest=say.count(found.fewest))] if hidden else []
    if found.unranked:
        numbers = say("list").join(map(say.count, found.unranked))
        lines.append(say("audit unranked", numbers=numbers))
    lines += [say("audit interval note"), say("audit rank note")]
    lines += [say("audit ratio note")] if any(one.ratio is not None for one in found.groups) else []
    return [*lines, say("audit no causes")]


_WIDTHS = {
    "group": 14,
    "people": 9,
    "matched": 10,
    "interval": 10,
    "ratio": 8,
    "left out": 6,
    "mean": 8,
    "worst": 8,
    "rank": 11,
    "rounds": 10,
    "waiting": 9,
    "why": 15,
}
"""How wide columns are beside each other."""


def group_tables(found: Audit, lang: str = "en") -> list[AuditTable]:
    """Return a table for each role, with a row for each group."""
    return [_group_table(found, side, language(lang)) for side in SIDES]


def _group_table(found: Audit, side: Role, say: Phrases) -> AuditTable:
    of_side = [one for one in found.groups if one.side == side]
    groups = [one for one in of_side if not one.people.suppressed]
    hidden = [one for one in of_side if one.people.suppressed]
    names = ["people", "matched", "interval", "ratio", "left out", "mean", "worst", "rank"]
    names += ["rounds"] if any(one.rounds_matched for one in groups) else []
    names += ["waiting"] if any(one.waiting for one in groups) else []
    rows = []
    for one in groups:
        cells = {
            "people": _count(one.people, say),
            "matched": _share(one.matched, say),
            "interval": _interval(one.matched, say),
            "ratio": "" if one.ratio is None else say.number(one.ratio, 2),
            "left out": _count(one.left_out, say),
            "mean": _number(one.mean_score, say, 3),
            "worst": _number(one.worst_score, say, 3),
            "rank": _rank(one, say),
            "rounds": "" if one.rounds_matched is None else _share(one.rounds_matched, say),
            "waiting": "" if one.waiting is None else _number(one.waiting, say, 2),
        }
        rows.append([_label(one, say), *(cells[name] for name in names), "\n".join(_reasons(one, say))])
    rows += _hidden_rows(hidden, len(names) + 1, say)
    heads = [say("audit group"), *(say(f"audit {name}") for name in names), say("audit why")]
    widths = [_WIDTHS[name] for name in ("group", *names, "why")]
    shares = [100 * width // sum(widths) for width in widths]
    return AuditTable(say(f"audit {side}s"), heads, rows, shares)


def _hidden_rows(hidden: Sequence[GroupPlace], cells: int, say: Phrases) -> list[list[str]]:
    """Return a row for all groups of a column that are hidden, and for each role in which all are."""
    rows = []
    for by in dict.fromkeys(one.by for one in hidden):
        number = sum(one.by == by for one in hidden)
        label = (
            say.counted("audit hidden groups", number, column=_column(by, say)) if by else say("audit all")
        )
        rows.append([label, say("audit figure hidden"), *[""] * (cells - 1)])
    return rows


def term_tables(found: Audit, lang: str = "en") -> list[AuditTable]:
    """Return a table for each term that was compared, with a row for each group of each role."""
    say = language(lang)
    names = "matched with", "matched without", "mean with", "mean without"
    heads = [say("audit group"), *(say(f"audit {name}") for name in names)]
    return [
        AuditTable(
            say("audit term title", term=_term(term, say)), heads, _term_rows(term, say), (32, 17, 17, 17, 17)
        )
        for term in found.terms
        if term.outcome == "compared"
    ]


def _term_rows(term: AuditedTerm, say: Phrases) -> list[list[str]]:
    rows = []
    for side in SIDES:
        places = [one for one in term.groups if one.side == side]
        rows += [_term_row(one, say) for one in places if not one.matched.suppressed]
        for label, *cells in _hidden_rows([one for one in places if one.matched.suppressed], 4, say):
            rows.append([say("audit row", side=say(f"audit {side}s"), group=label), *cells])
    return rows


def _term_row(one: TermFigures, say: Phrases) -> list[str]:
    shares = [_share(figure, say) for figure in (one.matched, one.matched_without)]
    means = [_number(figure, say, 3) for figure in (one.mean_score, one.mean_score_without)]
    return [say("audit row", side=say(f"audit {one.side}s"), group=_label(one, say)), *shares, *means]


def _term(term: AuditedTerm, say: Phrases) -> str:
    name = say.criterion(term.name) if term.kind == "criterion" else say.named(term.name)
    return say(f"audit term {term.kind}", name=say.formatter.quote(name))


def _label(place: GroupPlace, say: Phrases) -> str:
    """Return the group of a place, with the column that it is by."""
    if not place.by:
        return say("audit all")
    return say("audit label", column=_column(place.by, say), group=_group(place, say))


def _column(by: Sequence[str], say: Phrases) -> str:
    fields = type(say).made_names.fields
    return BETWEEN.join(
        say("audit bands", column=fields.get(name.removesuffix(BAND), name.removesuffix(BAND)))
        if name.endswith(BAND)
        else fields.get(name, name)
        for name in by
    )


def _group(place: GroupPlace, say: Phrases) -> str:
    return BETWEEN.join(say("audit not known") if part is None else part for part in place.group)


def _reasons(place: AuditedGroup, say: Phrases, *, within_sentence: bool = False) -> list[str]:
    return [
        say(
            "audit reason",
            reason=say(f"bar {name}") if within_sentence else say(f"reason {name}"),
            number=say.count(int(figure.value)),
        )
        for name, figure in place.reasons.items()
        if figure.value
    ]


def _missing(figure: Figure, say: Phrases) -> str:
    return say("audit figure hidden") if figure.suppressed else UNKNOWN_MARK


def _count(figure: Figure, say: Phrases) -> str:
    return _missing(figure, say) if figure.value is None else say.count(int(figure.value))


def _number(figure: Figure, say: Phrases, places: int) -> str:
    return _missing(figure, say) if figure.value is None else say.number(figure.value, places)


def _share(figure: Figure, say: Phrases, *, interval: bool = False) -> str:
    if figure.value is None:
        return _missing(figure, say)
    part, whole = say.count(int(figure.numerator or 0)), say.count(figure.denominator or 0)
    told = say("audit share", part=part, whole=whole, share=say.share(figure.value))
    shown = interval and figure.low is not None
    return say("audit share interval", share=told, interval=_interval(figure, say)) if shown else told


def _interval(figure: Figure, say: Phrases) -> str:
    if figure.low is None or figure.high is None:
        return "" if figure.value is not None else _missing(figure, say)
    return say("audit from to", low=say.share(figure.low), high=say.share(figure.high))


def _rank(one: AuditedGroup, say: Phrases) -> str:
    rank, partners = one.rank, one.partners
    if rank is None or partners is None or rank.value is None or partners.value is None:
        return "" if rank is None else _missing(rank, say)
    return say("part of", part=say.number(rank.value, 1), whole=say.number(partners.value, 1))
