"""The base of everything that a policy is made of."""

from __future__ import annotations

from typing import ClassVar

from pydantic import ConfigDict

from reverse_match.foundation.errors import InputError, PolicyError
from reverse_match.foundation.records import PlainData

LONGEST_TEXT = 10_000
"""Characters of a name, an id or a field; a text of more is none of these."""


class PolicyData(PlainData):
    """A policy, or a part of one."""

    model_config = ConfigDict(str_max_length=LONGEST_TEXT)
    refusal: ClassVar[type[InputError]] = PolicyError
