"""A policy as a file to start from: TOML with comments, or sentences on what it does and which data it uses.

The TOML reads back as an equal policy. What has its default and would only be in the way of whoever adds to
the file (an empty list of quotas) is left out.
"""

from __future__ import annotations

import json
import re
import textwrap
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.text_safety import visible
from reverse_match.foundation.version import __version__
from reverse_match.people.headings import FIELDS
from reverse_match.policy.data_used import data_used
from reverse_match.policy.rules import waivers_of
from reverse_match.views.words.languages import language
from reverse_match.views.words.preset_words import preset_words
from reverse_match.views.words.sought import sought

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reverse_match.policy import Policy
    from reverse_match.views.words.phrases import Phrases

WIDTH = 110
"""Characters of a line of comments, with the sign before it."""

_SHOWN = ("name", "first_name", "last_name", "email")
_EVERY_MATCH = ("id", "earlier_id", "role", "birth_year", "birth_date", "wants_ranks")
"""Fields that every match reads, or that are another form of one that is told."""

ASKED = "as_far_as_possible"

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


class PolicyText:
    """What is said of a policy in a language.

    Parameters
    ----------
    policy : Policy
        The policy.
    lang : str
        Language of comments and sentences.
    name : str
        Name of the preset, or of the file.
    preset : bool
        Whether it is a preset.
    """

    def __init__(self, policy: Policy, lang: str, name: str, *, preset: bool) -> None:
        self.policy = policy
        self.say: Phrases = language(lang)
        self.words = preset_words(lang)
        self.name = name
        self.preset = preset
        self.reasons: Mapping[str, str] = self.words.reasons[name] if preset else {}

    def toml(self) -> str:
        """Return the policy as TOML with comments."""
        told = "\n#\n".join(_comment(line) for line in self._head())
        return "\n".join([told, "", *self._toml_lines()]) + "\n"

    def json(self) -> str:
        """Return the policy as JSON, which has no comments."""
        return json.dumps(self.policy.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"

    def sentences(self) -> list[str]:
        """Return what the policy does, and which data it uses."""
        first, *data = self._head()
        criteria = [
            f"- {self._share_of(criterion.name)}{self._reason(criterion.name)}"
            for criterion in self.policy.criteria
        ]
        asked = f"{self._asked()}{self._reason(ASKED)}"
        rules = self.policy.rule_labels
        lines = [
            *filter(None, (first, self._objective(), self._spread(), asked)),
            self._text("criteria"),
            *criteria,
            self._text("rules", names=self._named(rules)) if rules else self._text("no rules"),
        ]
        lines += [
            self._text("waiver", mentor=one.mentor, mentee=one.mentee, author=one.author, reason=one.reason)
            for one in waivers_of(self.policy.rules)
        ]
        if self.policy.quotas:
            lines.append(self._text("quotas", names=self._named(self._quota_names())))
        if self.policy.credits:
            credited = [credit.name for credit in self.policy.credits]
            lines.append(self._text("credits", names=self._named(credited)))
        return [*lines, *data]

    def _head(self) -> list[str]:
        """Return what the policy is, and which data it uses."""
        if self.preset:
            purpose = self.words.purposes[self.name]
            first = self._text("preset", name=self.name, version=__version__, purpose=purpose)
        else:
            first = self._text("file", name=self.name)
        used = data_used(self.policy)
        unused = [
            name for name in FIELDS if name not in (*used.fields, *_SHOWN, *_EVERY_MATCH, *_of_numbers())
        ]
        lines = [first, self._text("uses", fields=self._fields(sorted(used.fields, key=_order)))]
        if unused:
            lines.append(self._text("uses not", fields=self._fields(unused)))
        lines.append(self._text("always"))
        if used.any_field:
            lines.append(self._text("fields that people name"))
        if used.functions:
            lines.append(self._text("functions", names=", ".join(sorted(used.functions))))
        if used.from_outside:
            lines.append(self._text("outside", names=self._criteria(used.from_outside)))
        return [*lines, self._text("sources")] if self.preset else lines

    def _toml_lines(self) -> Iterator[str]:
        """Yield the policy: first single values, then what has parts, each with its comment."""
        data = {
            key: value
            for key, value in self.policy.model_dump(mode="json").items()
            if key != "quotas" or value
        }
        tables = [key for key, value in data.items() if _is_table(key, value)]
        for key, value in data.items():
            if key not in tables:
                yield from self._comments_on(key)
                yield f"{_key(key)} = {_value(value)}"
        for key in sorted(tables, key=lambda one: one in ("credits", "synonyms", "rotation")):
            if isinstance(data[key], dict):
                yield from self._table(f"[{_key(key)}]", data[key], self._comments_on(key))
            else:
                comments = self._comments_on_parts(key)
                for part, comment in zip(data[key], comments, strict=True):
                    yield from self._table(f"[[{_key(key)}]]", part, comment)

    @staticmethod
    def _table(head: str, values: Mapping[str, Any], comments: Iterator[str]) -> Iterator[str]:
        yield ""
        yield from comments
        yield head
        for key, value in values.items():
            yield f"{_key(key)} = {_value(value)}"

    def _comments_on(self, key: str) -> Iterator[str]:
        """Yield a comment on what has no parts with comments of their own."""
        said = {"objective": self._objective, "spread": self._spread, ASKED: self._asked}
        if key in said:
            yield _comment(f"{said[key]()}{self._reason(key)}")

    def _comments_on_parts(self, key: str) -> Iterator[Iterator[str]]:
        """Yield the comments on each part of a list."""
        names: list[str] = []
        if key == "criteria":
            names = [f"{self._share_of(one.name)}{self._reason(one.name)}" for one in self.policy.criteria]
        elif key == "rules":
            names = [self.say.named(label) for label in self.policy.rule_labels]
        elif key == "quotas":
            names = [self.say.named(name) for name in self._quota_names()]
        elif key == "credits":
            names = [self.say.named(credit.name) for credit in self.policy.credits]
        for name in names:
            yield iter([_comment(name)])

    def _share_of(self, name: str) -> str:
        whole = sum(criterion.weight for criterion in self.policy.criteria)
        weight = next(criterion.weight for criterion in self.policy.criteria if criterion.name == name)
        said = "criterion" if weight else "no weight"
        return self._text(said, name=self._criteria([name]), share=self.say.share(weight / whole))

    def _reason(self, name: str) -> str:
        found = self.reasons.get(name)
        return "" if found is None else f" {self._spaced(found)}"

    def _objective(self) -> str:
        return self._text("objective", objective=sought(self.policy.objective, self.say))

    def _spread(self) -> str:
        spread = self.policy.spread
        if spread is None:
            return ""
        kind = "objective spread after" if spread.after_total else "objective spread"
        return self.say(kind, whom=self.say(f"spread over {spread.of}"))

    def _asked(self) -> str:
        if self.policy.as_far_as_possible is None:
            return ""
        from reverse_match.policy.labels import describe_fully

        return self.say("asked too", name=self.say.named(describe_fully(self.policy.as_far_as_possible)))

    def _quota_names(self) -> list[str]:
        from reverse_match.constraints.quotas import quota_names  # loads numpy

        return quota_names(self.policy)

    def _named(self, labels: list[str]) -> str:
        return self.say("list").join(self.say.named(label) for label in dict.fromkeys(labels))

    def _criteria(self, names: tuple[str, ...] | list[str]) -> str:
        return self.say("list").join(map(self.say.criterion, names))

    def _fields(self, names: list[str]) -> str:
        return self.say("list").join(self.words.fields.get(name, name) for name in names)

    def _text(self, text: str, /, **values: object) -> str:
        return self._spaced(self.words.texts[text]).format(**values)

    def _spaced(self, text: str) -> str:
        return self.say.formatter.set_spaces({"": text})[""]


def presets_text(lang: str) -> str:
    """Return what presets there are, a line each, and how to take one."""
    words, spaced = preset_words(lang), language(lang).formatter.set_spaces
    longest = max(map(len, words.purposes))
    lines = [f"{name:<{longest}}  {purpose}" for name, purpose in spaced(words.purposes).items()]
    return "\n".join([*lines, "", spaced(words.texts)["how"]])


def written_text(file: str, lang: str) -> str:
    """Return a sentence on a policy that was written."""
    return language(lang).formatter.set_spaces(preset_words(lang).texts)["written"].format(file=file)


def _of_numbers() -> list[str]:
    """Return the fields that say how many duos somebody can have, or must have."""
    return [name for name in FIELDS if name.startswith(("capacity", "least_duos"))]


def _order(field: str) -> tuple[int, str]:
    """Order fields as a people file has them; columns of one's own come last."""
    return (FIELDS.index(field) if field in FIELDS else len(FIELDS), field)


def _comment(text: str) -> str:
    lines = textwrap.wrap(visible(text), WIDTH - 2, break_long_words=False, break_on_hyphens=False)
    return "\n".join(f"# {line}" for line in lines)


def _is_table(key: str, value: object) -> bool:
    """Say whether a value has a part of the file for itself."""
    if key in ("objective", "spread"):
        return False
    return isinstance(value, dict) or (
        isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)
    )


def _key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else _value(key)


def _value(value: Any) -> str:
    """Return a value of JSON as TOML, whose only null stands for a forbidden pair of a table."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)} = {_value(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        nested = any(isinstance(one, dict) for one in value)
        between = ",\n  " if nested else ", "
        inside = between.join(map(_value, value))
        return f"[\n  {inside},\n]" if nested else f"[{inside}]"
    if value is None:
        return '"forbidden"'
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
