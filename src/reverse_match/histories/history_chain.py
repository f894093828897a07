"""A chain of entries, each of which holds a digest of itself together with the digest of the one before it.

Whoever changes, removes, inserts or moves an entry would have to make new digests from there on to the end,
and whoever takes entries off the end, a new digest of the last one, which is kept beside the chain. That is
enough for accidents and careless edits. It is no signature, since there is no key: who wants to can make all
digests anew, and only a copy elsewhere tells.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

AS_WRITTEN = "right would be a copy as it was written"


def digest_of(entry: Mapping[str, Any], before: str) -> str:
    """Return the digest of an entry as plain data, without its own, together with the one before it.

    Parameters
    ----------
    entry : mapping
        What JSON can hold. The order of its names does not matter.
    before : str
        Digest of the entry before it; empty if there is none.

    Examples
    --------
    >>> entry = {"number": 1}
    >>> digest_of(entry, "") == digest_of(entry | {"sha256": "of itself"}, "") != digest_of(entry, "another")
    True
    """
    content = {name: value for name, value in entry.items() if name != "sha256"}
    # The JSON of the standard library, since it has written numbers the same way for many years.
    text = json.dumps([before, content], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def break_in(entries: Sequence[Mapping[str, Any]], last: object) -> str | None:
    """Say where a chain is broken, ``None`` if nowhere.

    Parameters
    ----------
    entries : sequence of mappings
        As plain data; each has a ``number``, counted from 1, and its digest, ``sha256``.
    last : object
        What is said to be the digest of the last entry; empty if there is none.

    Examples
    --------
    >>> break_in([], "")
    >>> break_in([{"number": 2}], "")[:30]
    'the entry of round 1 was edite'
    """
    before = ""
    for place, entry in enumerate(entries, 1):
        if entry.get("number") != place:
            return (
                f"the entry of round {place} was edited, removed, or is not in its place: "
                f"what stands there is not number {place}; {AS_WRITTEN}"
            )
        if entry.get("sha256") != digest_of(entry, before):
            return (
                f"the entry of round {place} was edited, or put there, after it was written: "
                f"its digest differs; {AS_WRITTEN}"
            )
        before = str(entry["sha256"])
    if last != before:
        return (
            f"the end was edited or removed after it was written: the digest of the last round is not that "
            f"of round {len(entries)}; {AS_WRITTEN}"
        )
    return None
