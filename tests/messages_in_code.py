"""Finds every message of the library in its code: what faults, errors and notes may say.

The code is read, not run. A message is the text given to a call that makes a fault, an error or a note.
Where it is put together of other texts (a name for one, a constant, an f-string, one text or another, what a
function returns), each way to put it together is a message. A value that only a run can know is ``X1``,
``X2`` and so on.
"""

from __future__ import annotations

import ast
import re
from collections import deque
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import reverse_match as rm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ROOT = Path(rm.__file__).parent

MAKERS = frozenset(
    (
        *("Fault", "CodedError", "CellError", "JsonError", "SizeError", "VersionError", "Unreadable"),
        *("UnattachedError", "MissingExtraError", "UndecidedError", "BadParameter", "tell_note"),
        *("note", "fault", "Refused"),
    )
)
"""Calls whose first argument is a message for whoever uses the library.

So is an argument that a function hands on to one of these.
"""

MOST = 80
"""Ways to put one message together that are looked at."""

DEEPEST = 8
"""Steps from a message to the texts that it is made of."""

UNKNOWN = re.compile(r"[\s,;]*(X\d[\s,;]*)+")
"""What is made of values alone; its texts stand elsewhere."""


@dataclass(frozen=True)
class Message:
    """A message, and where it stands."""

    text: str
    module: str
    line: int


@dataclass(frozen=True)
class _Way:
    """One way to put a text together, with what is then true of the conditions in it."""

    text: str
    holds: Mapping[str, object]

    def then(self, other: _Way) -> _Way | None:
        """Return this text and another; nothing if they cannot stand together."""
        if any(self.holds.get(test, true) != true for test, true in other.holds.items()):
            return None
        return _Way(self.text + other.text, {**self.holds, **other.holds})


class _Module:
    """The texts of one module."""

    def __init__(self, path: Path) -> None:
        self.name = path.relative_to(ROOT).as_posix()
        self.tree = ast.parse(path.read_text("utf-8"))
        nodes = _read_scopes(self.tree)
        self.calls: dict[str, list[ast.Call]] = {}
        for node in nodes:
            if isinstance(node, ast.Call):
                self.calls.setdefault(_name(node.func), []).append(node)
        self.functions = {node.name: node for node in nodes if isinstance(node, ast.FunctionDef)}
        self.imports = {
            alias.asname or alias.name: (node.module or "", alias.name)
            for node in nodes
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("reverse_match")
            for alias in node.names
        }
        self.makers = {**dict.fromkeys(MAKERS, 0), **self._handing_on()}

    def _handing_on(self) -> dict[str, int]:
        """Return the functions that hand an argument on as a message, each with its place."""
        found: dict[str, int] = {}
        makers = dict.fromkeys(MAKERS, 0)
        for _ in range(2):  # a function may hand on to another
            for name, function in self.functions.items():
                names = _parameters(function)
                for node in _own_calls(function):
                    given = _argument(node, makers.get(_name(node.func)))
                    if isinstance(given, ast.Name) and given.id in names:
                        found[name] = makers[name] = names.index(given.id)
        return found


def _parameters(function: ast.FunctionDef) -> list[str]:
    return [one.arg for one in function.args.args if one.arg not in ("self", "cls")]


def _called(node: ast.AST) -> str:
    return _name(node.func) if isinstance(node, ast.Call) else ""


def _argument(node: ast.AST, at: int | None) -> ast.expr | None:
    """Return what a call is given as its message."""
    if at is None or not isinstance(node, ast.Call):
        return None
    if len(node.args) > at:
        return node.args[at]
    return next((one.value for one in node.keywords if one.arg == "message"), None)


def _name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


_OWN_NODES: dict[ast.AST, list[ast.AST]] = {}
"""The nodes of each scope of the modules read so far, those of functions in it left out."""


def _own_nodes(scope: ast.AST) -> list[ast.AST]:
    return _OWN_NODES[scope]


@cache
def _own_calls(scope: ast.AST) -> tuple[ast.Call, ...]:
    """Return the calls among them."""
    return tuple(node for node in _own_nodes(scope) if isinstance(node, ast.Call))


def _read_scopes(tree: ast.Module) -> list[ast.AST]:
    """Note the nodes of each scope of a module, and return all of them: one walk, for there are very many."""
    nodes: list[ast.AST] = []
    _OWN_NODES[tree] = []
    waiting: deque[tuple[ast.AST, ast.AST]] = deque((node, tree) for node in ast.iter_child_nodes(tree))
    while waiting:
        node, scope = waiting.popleft()
        nodes.append(node)
        if isinstance(node, ast.FunctionDef):
            scope = node
            _OWN_NODES[scope] = []
        else:
            _OWN_NODES[scope].append(node)
        waiting.extend((child, scope) for child in ast.iter_child_nodes(node))
    return nodes


@cache
def _modules() -> dict[str, _Module]:
    found = {}
    for path in sorted(ROOT.rglob("*.py")):
        module = _Module(path)
        found["reverse_match." + module.name.removesuffix(".py").replace("/", ".")] = module
    return found


class _Reader:
    """Reads texts in a scope of a module."""

    def __init__(self, module: _Module, scope: ast.AST, numbers: Iterator[int]) -> None:
        self.module, self.scope, self.numbers = module, scope, numbers
        self.values: dict[str, str] = {}

    def ways(self, node: ast.expr, depth: int = 0) -> list[_Way]:
        """Return what an expression may be as a text."""
        said = self._ways(node, depth + 1) if depth < DEEPEST else []
        return said[:MOST] or [_Way(self._unknown(ast.unparse(node)), {})]

    def _unknown(self, said: str) -> str:
        """Return what stands for a value; for the same value the same."""
        if said not in self.values:
            self.values[said] = f"X{next(self.numbers) % 10}"
        return self.values[said]

    def _ways(self, node: ast.expr, depth: int) -> list[_Way]:
        match node:
            case ast.Constant(value=str(text)):
                return [_Way(text, {})]
            case ast.FormattedValue(value=inner):
                return self.ways(inner, depth)
            case ast.JoinedStr(values=parts):
                return self._joined(parts, depth)
            case ast.IfExp(test=test, body=body, orelse=other):
                return self._either(ast.unparse(test), body, other, depth)
            case ast.Subscript(value=ast.Tuple(elts=values)) | ast.BoolOp(values=values):
                return [way for value in values for way in self.ways(value, depth)]
            case ast.Subscript(value=ast.Name(id=table)):
                return self._values_of(table)
            case ast.BinOp():
                return self._operated(node, depth)
            case ast.Name(id=name):
                return self._named(name, depth)
            case ast.Call():
                return self._returned(node, depth)
        return []

    def _operated(self, node: ast.BinOp, depth: int) -> list[_Way]:
        match node:
            case ast.BinOp(op=ast.Add(), left=left, right=right):
                return self._joined([left, right], depth)
            case ast.BinOp(op=ast.Mult(), left=ast.Constant(value=str()) | ast.JoinedStr() as left):
                return [_Way("", {}), *self.ways(left, depth)]
        return []

    def _joined(self, parts: Iterable[ast.expr], depth: int) -> list[_Way]:
        made = [_Way("", {})]
        for part in parts:
            pairs = ((before, way) for before in made for way in self.ways(part, depth))
            made = [both for before, way in pairs if (both := before.then(way)) is not None][:MOST]
        return made

    def _either(self, test: str, body: ast.expr, other: ast.expr, depth: int) -> list[_Way]:
        pairs = ((True, self.ways(body, depth)), (False, self.ways(other, depth)))
        conditions = ((true, way, way.then(_Way("", {test: true}))) for true, ways in pairs for way in ways)
        return [way for _, _, way in conditions if way is not None]

    def _named(self, name: str, depth: int) -> list[_Way]:
        values = [*_assigned(name, self.scope)] or [*_assigned(name, self.module.tree)]
        if not values and name in self.module.imports:
            where, own = self.module.imports[name]
            other = _modules().get(where)
            return [] if other is None else _Reader(other, other.tree, self.numbers)._named(own, depth)
        given: list[_Way] = []
        if isinstance(self.scope, ast.FunctionDef) and name in _parameters(self.scope):
            values = [value for value in values if name not in map(_name, ast.walk(value))]
            given = [_Way(text, {}) for text in self._given(self.scope, name)]
            given = given or [_Way(self._unknown(name), {})]
        told = [way for value in values for way in self.ways(value, depth)]
        if len(values) > 1:  # one of several, and the same one wherever the name stands
            told = [_Way(way.text, {**way.holds, f"{name} is": way.text}) for way in told]
        return [*given, *told]

    def _values_of(self, name: str) -> list[_Way]:
        """Return the texts in a constant table."""
        parts = (part for value in _assigned(name, self.module.tree) for part in ast.walk(value))
        texts = (part.value for part in parts if isinstance(part, ast.Constant))
        return [_Way(text, {}) for text in texts if isinstance(text, str) and " " in text]

    def _given(self, function: ast.FunctionDef, name: str) -> list[str]:
        """Return the texts that calls in this module give a function for one of its parameters."""
        place = _parameters(function).index(name)
        calls = self.module.calls.get(function.name, [])
        texts = [node.args[place] for node in calls if len(node.args) > place]
        said = [text.value for text in texts if isinstance(text, ast.Constant)]
        named = [value for value in said if isinstance(value, str)]
        return named if len(named) == len(texts) else []

    def _returned(self, node: ast.Call, depth: int) -> list[_Way]:
        name = _called(node)
        if (message := _argument(node, self.module.makers.get(name))) is not None:
            return self.ways(message, depth)
        if (
            name == "get"
            and isinstance(node.func, ast.Attribute)
            and len(node.args) > 1
            and _name(node.func.value)
        ):
            return [*self._values_of(_name(node.func.value)), *self.ways(node.args[-1], depth)]
        if name == "did_you_mean":
            return [_Way(said, {}) for said in ("", "; did you mean 'X'?", "; known are 'X', 'Y'")]
        if name == "quoted_names":
            return [_Way("'X', 'Y'", {})]
        if name == "quantity":
            one = next(iter(self.ways(node.args[1], depth))).text
            many = next(iter(self.ways(node.args[2], depth))).text if len(node.args) > 2 else f"{one}s"
            return [_Way(f"1 {one}", {}), _Way(f"2 {many}", {})]
        if name in ("str", "shorten") and node.args:
            return self.ways(node.args[0], depth)
        module = self.module
        if name not in module.functions and name in module.imports:
            where, name = module.imports[name]
            module = _modules().get(where, module)
        function = module.functions.get(name)
        if function is None or function is self.scope:
            return []
        inner = _Reader(module, function, self.numbers)
        said = [one.value for one in _own_nodes(function) if isinstance(one, ast.Return) and one.value]
        return [way for value in said for way in inner.ways(value, depth)]


def _assigned(name: str, scope: ast.AST) -> Iterator[ast.expr]:
    for node in _own_nodes(scope):
        match node:
            case ast.Assign(targets=targets, value=value):
                yield from _parts_assigned(name, targets, value)
            case ast.AnnAssign(target=target, value=ast.expr() as value) if _name(target) == name:
                yield value
            case ast.NamedExpr(target=target, value=value) if target.id == name:
                yield value
            case ast.comprehension(target=target, iter=listed) | ast.For(target=target, iter=listed):
                yield from _gone_through(name, target, listed)


def _gone_through(name: str, target: ast.expr, listed: ast.expr) -> Iterator[ast.expr]:
    """Yield the values that a name has one after another, where these are written out."""
    if isinstance(target, ast.Name) and target.id == name and isinstance(listed, ast.Tuple | ast.List):
        yield from listed.elts
    elif isinstance(target, ast.Tuple) and name in (names := list(map(_name, target.elts))):
        tuples = (node for node in ast.walk(listed) if isinstance(node, ast.Tuple))
        yield from (one.elts[names.index(name)] for one in tuples if len(one.elts) == len(names))


def _parts_assigned(name: str, targets: Iterable[ast.expr], value: ast.expr) -> Iterator[ast.expr]:
    for target in targets:
        if _name(target) == name:
            yield value
        elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            pairs = zip(target.elts, value.elts, strict=False)
            yield from (one for place, one in pairs if _name(place) == name)


def _name_of(scope: ast.AST) -> str:
    return scope.name if isinstance(scope, ast.FunctionDef) else ""


def _said_in(module: _Module, scope: ast.AST, numbers: Iterator[int]) -> Iterator[tuple[ast.AST, _Way]]:
    reader = _Reader(module, scope, numbers)
    notes = module.name in NOTES
    for node in _own_nodes(scope):
        if not isinstance(node, (ast.Call, ast.Yield, ast.Return)):
            continue
        given = _argument(node, module.makers.get(_called(node)))
        if _called(node) in ("note", "fault") and isinstance(node.func, ast.Name):  # type: ignore[attr-defined]
            given = None  # a text of a page
        if _called(node) == "append" and _name(node.func.value) == "notes" and node.args:  # type: ignore[attr-defined]
            given = node.args[0].elts[0] if isinstance(node.args[0], ast.Tuple) else None  # type: ignore[attr-defined]
        if notes and isinstance(node, ast.Yield):
            given = node.value
        if _name_of(scope) in ANSWERS and isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
            given = node.value.elts[-1]
        if given is not None:
            yield from ((node, way) for way in reader.ways(given))


NOTES = ("matching/policy_notes.py",)
"""Modules whose functions yield notes."""

ANSWERS = ("why",)
"""Functions that return a message behind its place."""


@cache
def messages_in_code() -> tuple[Message, ...]:
    """Return every message of the library, each text once."""
    numbers = count(1)
    found: dict[str, Message] = {}
    for module in _modules().values():
        for scope in (module.tree, *module.functions.values()):
            for node, way in _said_in(module, scope, numbers):
                if way.text and not UNKNOWN.fullmatch(way.text):
                    line = getattr(node, "lineno", 0)
                    found.setdefault(re.sub(r"X\d", "X", way.text), Message(way.text, module.name, line))
    return tuple(found.values())
