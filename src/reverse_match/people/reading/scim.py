"""Reads users of SCIM 2.0 (RFC 7643): a list response, a list of users, or a user a line.

Only what a programme needs is taken: id, name, the primary address, department, manager, time zone and title.
Telephone numbers, private addresses and whatever else a directory knows stay where they are.
"""

from __future__ import annotations

from typing import Any

from reverse_match.foundation.errors import CohortError, Fault
from reverse_match.foundation.json_values import JsonError, json_value, stand_in

_START = 4_000
"""Characters in which a schema is named."""

_ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"


def is_scim(text: str) -> bool:
    """Say whether a text says of itself that it holds users of SCIM 2.0."""
    return "urn:ietf:params:scim:" in text[:_START]


def scim_records(text: str, name: str) -> list[dict[str, Any]]:
    """Return a record for each active user.

    Raises
    ------
    CohortError
        If the text holds no users.

    Examples
    --------
    >>> scim_records('{"id": "7", "displayName": "Léa Martin"}', "users.ndjson")[0]["name"]
    'Léa Martin'
    """
    users = [user for user in _users(text, name) if user.get("active") is not False]
    faults = [
        Fault("no id; right would be a user as RFC 7643 has it", name, place, code="missing")
        for place, user in enumerate(users, start=1)
        if not isinstance(user.get("id"), str)
    ]
    if faults:
        raise CohortError(faults)
    return [_record(user) for user in users]


def _users(text: str, name: str) -> list[dict[str, Any]]:
    right = "right would be a list response of SCIM 2.0, or a user a line"
    try:
        whole = _parsed(text)
        found = whole.get("Resources", [whole]) if isinstance(whole, dict) else whole
    except JsonError:
        try:
            found = [_parsed(line) for line in text.splitlines() if line.strip()]
        except JsonError as error:
            raise CohortError([Fault(f"{error}; {right}", name, code=error.code)]) from None
    if not isinstance(found, list) or not all(isinstance(user, dict) for user in found):
        raise CohortError([Fault(f"no users; {right}", name, code="wrong-type")])
    return found


def _parsed(text: str) -> Any:
    return json_value(text, dict, stand_in)


def _record(user: dict[str, Any]) -> dict[str, Any]:
    enterprise = _mapping(user.get(_ENTERPRISE))
    name = _mapping(user.get("name"))
    parts = (name.get("givenName"), name.get("familyName"))
    composed = " ".join(part for part in parts if isinstance(part, str))
    return {
        "id": user["id"],
        "name": user.get("displayName") or name.get("formatted") or composed or None,
        "email": _address(user.get("emails")),
        "department": enterprise.get("department"),
        "manager_id": _mapping(enterprise.get("manager")).get("value"),
        "timezone": user.get("timezone"),
    }


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _address(emails: Any) -> str | None:
    """Return the primary address, else the one for work or of no kind; a private one is nobody's business."""
    listed = [email for email in emails if isinstance(email, dict)] if isinstance(emails, list) else []
    for wanted in (
        lambda one: one.get("primary") is True,
        lambda one: one.get("type") == "work",
        lambda one: one.get("type") is None,
    ):
        found = next((one.get("value") for one in listed if wanted(one)), None)
        if isinstance(found, str):
            return found
    return None
