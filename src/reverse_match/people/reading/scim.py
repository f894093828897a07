"""Reads users of SCIM 2.0 (RFC 7643 and 7644): a list response, a list of users, or one of these a line.

A directory knows much that is nobody's business here: telephone numbers, private addresses, groups. So an
attribute is taken only if it is listed in ``_ATTRIBUTES``; every other one stays where it is. Names of
attributes are compared without regard to capitals, as the RFC has it. A user who is not active is left out,
and so is what is no user; a page of a longer list is told of.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.errors import CohortError, Fault
from reverse_match.foundation.json_values import JsonError, json_value, stand_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from reverse_match.people.reading.choices import Findings

_URN = "urn:ietf:params:scim:"
_ENTERPRISE = f"{_URN}schemas:extension:enterprise:2.0:user"
_LIST = f"{_URN}api:messages:2.0:listresponse"
_ERROR = f"{_URN}api:messages:2.0:error"
_USER_SCHEMA = f"{_URN}schemas:core:2.0:user"

_RIGHT = "right would be a list response of SCIM 2.0, or a user a line"
_MOST_LANGUAGES = 50


@dataclass
class Users:
    """Records of users, and the place of each among all that stands in the file."""

    records: list[dict[str, Any]] = field(default_factory=list)
    places: list[int] = field(default_factory=list)


def is_scim(text: str) -> bool:
    """Say whether a text is made of users of SCIM 2.0, as they say themselves by their ``schemas``.

    Examples
    --------
    >>> is_scim('{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "id": "7"}')
    True
    >>> is_scim('[{"id": "7", "role": "mentor"}]')
    False
    """
    if _URN not in text.lower():
        return False
    try:
        first = next(_resources(_parsed(text)), None)
    except (JsonError, CohortError):
        return False
    return first is not None and any(schema.startswith(_URN) for schema in _schemas(first))


def scim_users(text: str, findings: Findings) -> Users:
    """Return a record for each active user.

    Parameters
    ----------
    text : str
        The file.
    findings : Findings
        Gets a note on whoever is left out.

    Raises
    ------
    CohortError
        If the text holds no users, or a user without an id.

    Examples
    --------
    >>> from reverse_match.people.reading.choices import Findings
    >>> scim_users('{"id": "7", "displayName": "Léa Martin"}', Findings("users.ndjson")).records
    [{'id': '7', 'name': 'Léa Martin'}]
    """
    try:
        listed = _parsed(text)
        resources = list(_resources(listed))
    except JsonError as error:
        raise _refusal(f"{error}; {_RIGHT}", findings.name, error.code) from None
    except CohortError as error:
        raise error.of(findings.name) from None
    users = _active_users(resources, findings)
    _note_of_pages(listed, len(resources), findings)
    return users


def _refusal(message: str, name: str | None, code: str) -> CohortError:
    return CohortError([Fault(message, name, code=code)])


def _parsed(text: str) -> list[Any]:
    """Return the values of a JSON text, or of one a line."""
    try:
        return [json_value(text, _object, stand_in)]
    except JsonError:
        lines = [line for line in text.splitlines() if line.strip()]
        return [json_value(line, _object, stand_in) for line in lines]


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object with its keys in small letters; of a key that stands there twice, the first counts."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        found.setdefault(key.lower(), value)
    return found


def _resources(listed: list[Any]) -> Iterator[dict[str, Any]]:
    """Yield what stands in list responses, in lists, or by itself."""
    for value in listed:
        resources = value.get("resources", [value]) if isinstance(value, dict) else value
        if isinstance(value, dict) and _LIST in _schemas(value):
            resources = value.get("resources", [])
        if not isinstance(resources, list) or not all(isinstance(one, dict) for one in resources):
            raise _refusal(f"no users; {_RIGHT}", None, "wrong-type")
        for resource in resources:
            if _ERROR in _schemas(resource):
                raise _refusal(f"an error of the directory, and no users; {_RIGHT}", None, "wrong-type")
            yield resource


def _schemas(resource: Mapping[str, Any]) -> list[str]:
    schemas = resource.get("schemas")
    return [one.lower() for one in schemas if isinstance(one, str)] if isinstance(schemas, list) else []


def _active_users(resources: list[dict[str, Any]], findings: Findings) -> Users:
    users, faults = Users(), []
    inactive = others = 0
    for place, resource in enumerate(resources, start=1):
        if not _is_user(resource):
            others += 1
        elif _is_inactive(resource.get("active")):
            inactive += 1
        elif not _text(resource.get("id")):
            message = "no id; right would be a user as RFC 7643 has it"
            faults.append(Fault(message, findings.name, place, code="missing"))
        else:
            users.records.append(_record(resource))
            users.places.append(place)
    if faults:
        raise CohortError(faults)
    if inactive:
        who = "1 user left out" if inactive == 1 else f"{inactive:,} users left out"
        findings.note(f"{who}, as not active", code="inactive")
    if others:
        what = "1 resource left out" if others == 1 else f"{others:,} resources left out"
        findings.note(f"{what}, as no users", code="no-user")
    return users


def _is_user(resource: Mapping[str, Any]) -> bool:
    """Say whether a resource is a user; one that does not say what it is counts as one."""
    schemas = _schemas(resource)
    kind = _mapping(resource.get("meta")).get("resourcetype")
    return _USER_SCHEMA in schemas or (
        not any(schema.startswith(f"{_URN}schemas:core") for schema in schemas)
        and (not isinstance(kind, str) or kind.lower() == "user")
    )


def _is_inactive(active: Any) -> bool:
    return active is False or (isinstance(active, str) and active.strip().lower() == "false")


def _note_of_pages(listed: list[Any], given: int, findings: Findings) -> None:
    """Tell where a list response says that there are more users than stand in the file."""
    totals = [value.get("totalresults") for value in listed if isinstance(value, dict)]
    most = max((total for total in totals if isinstance(total, int)), default=0)
    if most > given:
        message = (
            f"a page of a longer list: {given:,} of {most:,} stand here; get the other pages, too, and put "
            "one a line"
        )
        findings.note(message, code="page")


def _record(user: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: read(user) for name, read in _ATTRIBUTES.items()}
    return {name: value for name, value in found.items() if value is not None}


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _name(user: Mapping[str, Any]) -> str | None:
    name = _mapping(user.get("name"))
    parts = (_text(name.get("givenname")), _text(name.get("familyname")))
    composed = " ".join(part for part in parts if part)
    return _text(user.get("displayname")) or composed or _text(name.get("formatted"))


def _address(user: Mapping[str, Any]) -> str | None:
    """Return the primary address, else the one for work or of no kind; a private one is nobody's business."""
    emails = user.get("emails")
    listed = [email for email in emails if isinstance(email, dict)] if isinstance(emails, list) else []
    primary = (one.get("value") for one in listed if one.get("primary") is True)
    at_work = (one.get("value") for one in listed if one.get("type") == "work")
    of_no_kind = (one.get("value") for one in listed if one.get("type") is None)
    return next((address for value in (*primary, *at_work, *of_no_kind) if (address := _text(value))), None)


def _manager(user: Mapping[str, Any]) -> str | None:
    """Return the id of the manager, which also ends the address by which a directory refers to them."""
    manager = _mapping(_enterprise(user).get("manager"))
    reference = _text(manager.get("$ref"))
    return _text(manager.get("value")) or (reference.rstrip("/").rpartition("/")[2] if reference else None)


def _enterprise(user: Mapping[str, Any]) -> Mapping[str, Any]:
    return _mapping(user.get(_ENTERPRISE))


def _languages(user: Mapping[str, Any]) -> list[str] | None:
    """Return the preferred languages, which stand there as in the header Accept-Language of HTTP."""
    said = _text(user.get("preferredlanguage"))
    if said is None:
        return None
    parts = [part.partition(";")[0].strip() for part in said.split(",")[:_MOST_LANGUAGES]]
    return [part for part in parts if part and part != "*"] or None


def _plain(name: str) -> Callable[[Mapping[str, Any]], str | None]:
    return lambda user: _text(user.get(name.lower()))


def _of_enterprise(name: str) -> Callable[[Mapping[str, Any]], str | None]:
    return lambda user: _text(_enterprise(user).get(name.lower()))


_ATTRIBUTES: Mapping[str, Callable[[Mapping[str, Any]], Any]] = MappingProxyType(
    {
        "id": _plain("id"),
        "name": _name,
        "email": _address,
        "department": _of_enterprise("department"),
        "manager_id": _manager,
        "languages": _languages,
        "timezone": _plain("timezone"),
        "locale": _plain("locale"),
        "employeeNumber": _of_enterprise("employeeNumber"),
    }
)
"""What is read of a user, by field, or by the column of one's own that it becomes."""
