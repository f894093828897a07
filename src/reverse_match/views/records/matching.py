"""Views of a matching, its duos, quotas, certificate and amendments: in a notebook, and as a report."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from reverse_match.foundation.plural import quantity
from reverse_match.matching.results.amendment import Amendment
from reverse_match.matching.results.matching import Certificate, Duo, Matching, QuotaResult
from reverse_match.matching.stability import Trade
from reverse_match.views.html.blocks import (
    SHOWN,
    UNKNOWN_NOTE,
    Column,
    block,
    changes_table,
    contributions_table,
    facts,
    fold,
    list_names,
    names_that_match,
    note,
    number,
    pair_title,
    points_of,
    sentences,
    table,
)
from reverse_match.views.html.element import name_of
from reverse_match.views.records import any_record
from reverse_match.views.summaries import (
    lacking_lines,
    left_out_in_words,
    spread_lines,
    what_is_proved,
)
from reverse_match.views.with_names import names_beside, put_names
from reverse_match.views.words.formatter import FIXED_MARK
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from fractions import Fraction

    from reverse_match.people.cohort import Cohort
    from reverse_match.views.html.element import Element
    from reverse_match.views.with_names import Names

notebook = singledispatch(any_record.notebook)


@notebook.register(Duo)
def _notebook_of_duo(duo: Duo) -> str:
    return block(
        pair_title(duo.mentor, duo.mentee, "teaches", duo.score),
        sentences(
            ["The policy demands this duo."] * duo.fixed
            + [language("en").common_times(duo.common_times)] * bool(duo.common_times)
            + [language("en").matters_most(duo.matters_most)] * bool(duo.matters_most)
        ),
        contributions_table(duo.contributions, duo.missing, duo.score),
        note(UNKNOWN_NOTE) if duo.missing else None,
        names_that_match(duo.name_matches),
    )


@notebook.register(QuotaResult)
def _notebook_of_quotaresult(quota: QuotaResult) -> str:
    known = [
        ("reached (duos, or their share)", _whole(quota.reached)),
        ("fewest in a group (duos)", quota.lowest),
        ("most in a group (duos)", quota.highest),
    ]
    return block(["Quota ", name_of(quota.name)], facts(known))


@notebook.register(Certificate)
def _notebook_of_certificate(proof: Certificate) -> str:
    total = "utility" if proof.units else "points"
    known = [
        ("duos", proof.duos),
        ("duos, at most possible", proof.duos_bound),
        (f"total ({total})", proof.total),
        (f"total, at most possible ({total})", proof.bound),
        ("lowest score (0 to 1)", proof.worst),
        ("lowest score, maximum (0 to 1)", proof.worst_bound),
        *_of_people(proof),
        ("duos that lack what is asked", proof.lacking),
        ("such duos, at least", proof.lacking_bound),
        ("pairs of duos that share a person", None if proof.spread is None else proof.spread.shared),
        ("points that spreading costs", proof.price_of_spread),
        ("gap (share of the bound)", f"{proof.gap:.2e}" if proof.gap else 0),
        ("pairs checked", proof.pairs_checked),
        ("one duo fewer would gain", proof.duo_price or None),
    ]
    prices = [
        fold(f"Prices of {len(paid):,} {who}s", _prices(who, paid, total))
        for who, paid in (("mentor", proof.mentor_prices), ("mentee", proof.mentee_prices))
    ]
    proved = "Proved optimal" if proof.proved else "Not proved optimal"
    return block([proved], facts(known, places=6), *prices)


def _of_people(proof: Certificate) -> list[tuple[str, float | None]]:
    people = proof.people
    if people is None:
        return []
    return [
        ("lowest mean or sum of a person", people.lowest),
        ("lowest mean or sum of a person, maximum", people.lowest_bound),
        ("sum of utilities of people", people.utility),
        ("sum of utilities of people, maximum", people.utility_bound),
    ]


def _prices(who: str, paid: dict[str, float], unit: str) -> Element | None:
    dearest = sorted(paid.items(), key=lambda item: (-item[1], item[0]))
    return table([Column(who), Column(f"one more place would be worth ({unit})", 6)], dearest)


@notebook.register(Matching)
def _notebook_of_matching(matching: Matching) -> str:
    """Return the notebook view of a matching: a summary with the proof, and tables that fold."""
    known, names = any(duo.missing for duo in matching.duos), names_beside(matching)
    return block(
        _title(matching),
        sentences(_proof_in_words(matching)),
        sentences(lacking_lines(matching, "en", names)),
        _quota_table(matching),
        duo_table(matching, names),
        note(UNKNOWN_NOTE) if known else None,
        note(f"{FIXED_MARK} demanded by the policy") if any(duo.fixed for duo in matching.duos) else None,
        _unmatched_table(matching, names),
        sentences(
            line for shortage in matching.shortages[:SHOWN] for line in put_names(shortage, names).sentences()
        ),
        _log_table(matching),
    )


def _title(matching: Matching) -> list[str]:
    scores = [duo.score for duo in matching.duos]
    title = [quantity(len(scores), "duo")]
    if scores:
        title.append(
            f" · total {number(matching.total)} points · mean {number(sum(scores) / len(scores))}, "
            f"lowest {number(min(scores))}, highest {number(max(scores))} (0 to 1)"
        )
    return [*title, f" · {left_out_in_words(matching)}"]


def _proof_in_words(matching: Matching) -> list[str]:
    say, proof = language("en"), matching.certificate
    if not matching.duos:
        return [say("none possible", pairs=say.counted("n pairs", proof.pairs_checked))]
    if not proof.proved:
        return [say("not optimal", gap=f"{proof.gap:.2e}")]
    checked = say.count_allowed_pairs(proof.pairs_checked)
    told = [f"Proved optimal: {what_is_proved(matching.policy_in_force, proof)}; checked against {checked}."]
    told += spread_lines(matching)
    return told + ([say("others as good", seed=str(matching.policy.seed))] if proof.equal_optima else [])


def _quota_table(matching: Matching) -> Element | None:
    rows = []
    for quota, met in zip(matching.policy_in_force.quotas, matching.quotas, strict=True):
        told: list[str | float | Fraction | None] = [met.reached, quota.at_least, quota.at_most]
        if met.lowest is not None and met.highest is not None:
            told[0] = f"{met.lowest:,} to {met.highest:,}"
        share = quota.kind == "share"
        rows.append([language("en").named(met.name), *(_bound(value, share=share) for value in told)])
    columns = [
        Column("quota"),
        Column("reached", 0),
        Column("at least", 0),
        Column("at most", 0),
    ]
    return table(columns, rows)


def duo_table(matching: Matching, names: Names) -> Element | None:
    """Return a table of the duos of a matching, for a notebook."""
    criteria = [criterion.name for criterion in matching.criteria]
    columns = [Column("mentor"), Column("mentee"), Column("score", 3)]
    columns += [Column(name, 3) for name in criteria]
    rows = [
        [
            *(duo.mentor, duo.mentee),
            f"{number(duo.score)}{FIXED_MARK}" if duo.fixed else duo.score,
            *(points_of(name, duo.contributions, duo.missing) for name in criteria),
        ]
        for duo in (put_names(one, names) for one in matching.duos)
    ]
    return table(
        columns,
        rows,
        "Duos: score from 0 to 1, and the points of each criterion",
        ": matching.to_frame() has all",
    )


def _unmatched_table(matching: Matching, names: Names) -> Element | None:
    rows = [[left.id, left.role, str(left)] for left in (put_names(one, names) for one in matching.unmatched)]
    columns = [Column("who"), Column("as"), Column("why")]
    return table(columns, rows, "Left out", ': matching.to_frame(what="unmatched") has all')


def _log_table(matching: Matching) -> Element | None:
    columns = [Column("on"), Column("by"), Column("because"), Column("duos ended", 0)]
    rows = [
        [
            None if change.on is None else str(change.on),
            change.author,
            change.reason,
            len(change.ended),
            change.cost,
        ]
        for change in matching.log
    ]
    return table([*columns, Column("cost (points)", 3)], rows, "Changed by hand")


@notebook.register(Amendment)
def _notebook_of_amendment(change: Amendment) -> str:
    known = [
        ("on", None if change.on is None else str(change.on)),
        ("by", change.author),
        ("because", change.reason),
        ("total before (points)", change.total_before),
        ("total now (points)", change.total_after),
        ("ended that did not have to (duos)", change.changes),
        ("allowed of these (duos)", change.at_most_changes),
        ("allowed again (pairs)", list_names(" and ".join(pair) for pair in change.lifted) or None),
        ("left (people)", list_names(change.left) or None),
        ("joined (people)", list_names(change.joined) or None),
        ("corrected (people)", list_names(change.corrected) or None),
        ("wait this time (people)", list_names(change.waiting) or None),
    ]
    duos = [(what, duo) for what, duos in (("ended", change.ended), ("new", change.new)) for duo in duos]
    return block(
        [f"Duos ended: {len(change.ended):,}, new: {len(change.new):,} · cost {number(change.cost)} points"],
        facts(known),
        changes_table((what, duo.mentor, duo.mentee, duo.score) for what, duo in duos),
    )


@notebook.register(Trade)
def _notebook_of_trade(trade: Trade) -> str:
    known = [
        ("total (points)", trade.total),
        ("mean score (0 to 1)", trade.mean),
        ("lowest score (0 to 1)", trade.worst),
        ("10th percentile (0 to 1)", trade.tenth_percentile),
        ("Gini coefficient (0: all the same)", trade.gini),
        ("blocking pairs (would both rather be paired)", trade.blocking_pairs),
    ]
    return block([quantity(trade.duos, "duo")], facts(known))


def _whole(value: float | None) -> float | None:
    return value if value is None or not value.is_integer() else int(value)


def _bound(value: str | float | Fraction | None, *, share: bool) -> str | int | None:
    if value is None or isinstance(value, str):
        return value
    return f"{100 * float(value):.1f}%" if share else int(value)


def workbook(matching: Matching, people: Cohort, lang: str, *, anonymous: bool) -> bytes:
    """Return a matching as a workbook (:mod:`reverse_match.views.spreadsheet`)."""
    from reverse_match.views.spreadsheet.sheets import sheets_of
    from reverse_match.views.spreadsheet.workbook import workbook_of

    return workbook_of(sheets_of(matching, people.without_names() if anonymous else people, lang))


def page(matching: Matching, people: Cohort | None, lang: str, *, anonymous: bool) -> str:
    """Return the report of a matching as HTML (:func:`.report_page`)."""
    from reverse_match.views.report.page import report_page

    names = {} if people is None or anonymous else people.names
    return report_page(matching, people, lang, names)
