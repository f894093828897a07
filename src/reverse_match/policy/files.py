"""Reads files of plain data that a user writes, such as a policy: JSON or TOML."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from typing import TYPE_CHECKING, Any

from reverse_match.errors import Fault, InputError, PolicyError

if TYPE_CHECKING:
    from pathlib import Path


def plain_data_of(file: Path, error_class: type[InputError] = PolicyError) -> object:
    """Return what a ``.json`` or ``.toml`` file holds.

    Raises
    ------
    InputError
        Of the given class, if it cannot be read, or is of another kind.
    """
    try:
        data = file.read_bytes()
        if file.suffix.lower() == ".toml":
            return tomllib.loads(data.decode("utf-8-sig"))
        if file.suffix.lower() == ".json":
            return json.loads(data.decode("utf-8-sig"), object_pairs_hook=_without_repeated_keys)
    except OSError as error:
        raise error_class([Fault(f"cannot be read: {error.strerror}", file.name)]) from None
    except UnicodeDecodeError:
        raise error_class([Fault("not text in UTF-8", file.name)]) from None
    except ValueError as error:
        raise error_class([Fault(f"not valid {file.suffix[1:].upper()}: {error}", file.name)]) from None
    raise error_class([Fault("unknown kind of file; right would be .json or .toml", file.name)])


def _without_repeated_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    repeated = [key for key, count in Counter(key for key, _ in pairs).items() if count > 1]
    if repeated:
        message = f"the key '{repeated[0]}' stands twice in one object"
        raise ValueError(message)
    return dict(pairs)
