"""Every sentence about what should become of a duo, in both languages, as it stands on the page."""

from __future__ import annotations

from typing import Any

import pytest

import reverse_match as rm

SAID = [{"record": 4, "on": "2026-12-01", "by": "mentee"}]

PROPOSALS: list[tuple[dict[str, Any], str, str]] = [
    ({"proposal": "keep"}, "keep the duo.", "garder le duo."),
    (
        {"proposal": "rotate"},
        "give each of the two a new partner in the next round.",
        "proposer un nouveau binôme à chacun(e) au prochain cycle.",
    ),
    ({"proposal": "end"}, "end the duo.", "mettre fin au duo."),
    (
        {"format": "shorter", "minutes": 20},
        "keep the duo, with shorter sessions of 20 minutes.",
        "garder le duo, avec des séances plus courtes, de 20~minutes.",
    ),
    ({"format": "shorter"}, "keep the duo, with shorter sessions.", "garder le duo, avec des séances plus courtes."),
    ({"format": "other channel"}, "keep the duo, through another channel.", "garder le duo, par un autre canal."),
    ({"format": "different day"}, "keep the duo, on another day.", "garder le duo, un autre jour."),
]  # fmt: skip

REASONS: list[tuple[dict[str, Any], str, str]] = [
    ({"code": "wants_to_stop"}, "'ada' (mentee) wants to stop (2026-12-01).", "«~ada~» (mentoré(e)) souhaite arrêter (01/12/2026)."),
    ({"code": "wants_to_change"}, "'ada' (mentee) wants a change (2026-12-01).", "«~ada~» (mentoré(e)) souhaite changer (01/12/2026)."),
    ({"code": "wants_to_continue"}, "'ada' (mentee) wants to continue (2026-12-01).", "«~ada~» (mentoré(e)) souhaite continuer (01/12/2026)."),
    (
        {"code": "poor_satisfaction", "number": 2},
        "'ada' (mentee) rates satisfaction 2 out of 5 (2026-12-01).",
        "«~ada~» (mentoré(e)) note sa satisfaction 2 sur 5 (01/12/2026).",
    ),
    (
        {"code": "many_cancelled", "number": 3, "out_of": 8},
        "According to 'ada' (mentee), 3 of 8 sessions were cancelled (2026-12-01).",
        "D’après «~ada~» (mentoré(e)), 3 séances sur 8 ont été annulées (01/12/2026).",
    ),
    (
        {"code": "many_cancelled", "number": 1, "out_of": 2},
        "According to 'ada' (mentee), 1 of 2 sessions was cancelled (2026-12-01).",
        "D’après «~ada~» (mentoré(e)), 1 séance sur 2 a été annulée (01/12/2026).",
    ),
    (
        {"code": "format_not_right", "format": "shorter"},
        "'ada' (mentee) asks for shorter sessions (2026-12-01).",
        "«~ada~» (mentoré(e)) demande des séances plus courtes (01/12/2026).",
    ),
    (
        {"code": "format_not_right", "format": "other channel"},
        "'ada' (mentee) asks for another channel (2026-12-01).",
        "«~ada~» (mentoré(e)) demande un autre canal (01/12/2026).",
    ),
    (
        {"code": "format_not_right", "format": "different day"},
        "'ada' (mentee) asks for another day (2026-12-01).",
        "«~ada~» (mentoré(e)) demande un autre jour (01/12/2026).",
    ),
    ({"code": "nothing_against", "by": None}, "No answer calls this duo into question.", "Aucune réponse ne remet ce duo en cause."),
    ({"code": "nothing_said", "by": None, "because": []}, "Neither of the two has answered.", "Aucune des deux personnes n’a répondu."),
]  # fmt: skip


def proposal(**more: Any) -> rm.results.Proposal:
    whole = {
        "mentor": "lea",
        "mentee": "ada",
        "proposal": "keep with another format",
        "both_want_to_keep": False,
    }
    return rm.results.Proposal.model_validate({**whole, "reasons": [], **more})


def french(one: rm.results.Proposal) -> list[str]:
    return [sentence.replace("\u00a0", "~").replace("\u202f", "^") for sentence in one.sentences("fr")]


@pytest.mark.parametrize(("changes", "in_english", "in_french"), PROPOSALS)
def test_proposals(changes: dict[str, Any], in_english: str, in_french: str) -> None:
    assert proposal(**changes).sentences() == [f"'lea' (mentor) and 'ada' (mentee): {in_english}"]
    assert french(proposal(**changes)) == [f"«~lea~» (mentor) et «~ada~» (mentoré(e))^: {in_french}"]


@pytest.mark.parametrize(("changes", "in_english", "in_french"), REASONS)
def test_reasons(changes: dict[str, Any], in_english: str, in_french: str) -> None:
    told = proposal(proposal="keep", reasons=[{"by": "mentee", "because": SAID, **changes}])
    assert told.sentences()[1:] == [in_english]
    assert french(told)[1:] == [in_french]
    assert str(told) == "\n".join(told.sentences("en"))


def test_an_unknown_language() -> None:
    with pytest.raises(rm.InputError, match="unknown language 'de'"):
        proposal(proposal="keep").sentences("de")
