"""Small changes to the source of a module, each of which a test should notice."""

import ast
import copy
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_OPERATORS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
}
_FUNCTIONS = {"any": "all", "all": "any", "min": "max", "max": "min"}
# The words of logs and errors are no promise, and annotations do nothing.
_UNCHANGED = (ast.Raise, ast.JoinedStr, ast.Import, ast.ImportFrom)
_LOGS = frozenset({"log", "_log", "message", "count_message"})


@dataclass(frozen=True)
class Change:
    """One change of a module: its line, the code there before and after, and the changed source."""

    line: int
    before: str
    after: str
    source: str


def changes(source: str) -> Iterator[Change]:
    """All changes of a module, in the order of its syntax tree."""
    encoded = source.encode()
    starts = [0]
    for line in encoded.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for node, after in _replacements(ast.parse(source)):
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[node.end_lineno - 1] + node.end_col_offset
        changed = encoded[:start] + after.encode() + encoded[end:]
        yield Change(node.lineno, encoded[start:end].decode(), after, changed.decode())


def _replacements(tree: ast.AST) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    """The nodes below a node that can be changed, each with the code that replaces it."""
    for node in _parts(tree):
        if isinstance(node, _UNCHANGED) or _is_log(node):
            continue
        if isinstance(node, ast.expr):
            yield from ((node, f"({ast.unparse(changed)})") for changed in _changed_expressions(node))
        elif isinstance(node, ast.stmt):
            yield from ((node, code) for code in _changed_statements(node))
        yield from _replacements(node)


def _parts(node: ast.AST) -> Iterable[ast.AST]:
    """The child nodes, without annotations."""
    match node:
        case ast.FunctionDef(args=arguments, body=body):
            return (*filter(None, (*arguments.defaults, *arguments.kw_defaults)), *body)
        case ast.AnnAssign(value=value):
            return filter(None, [value])
    return ast.iter_child_nodes(node)


def _is_log(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and not _LOGS.isdisjoint(ast.unparse(node.func).split("."))


def _changed_expressions(node: ast.expr) -> Iterator[ast.expr]:
    match node:
        case ast.Compare(ops=[operator]) if type(operator) in _OPERATORS:
            yield _with(node, ops=[_OPERATORS[type(operator)]()])
        case ast.BoolOp(op=operator, values=values):
            yield _with(node, op=_OPERATORS[type(operator)]())
            yield from (_with(node, values=[*values[:place], *values[place + 1 :]]) for place in range(len(values)))
        case ast.BinOp(op=operator) if type(operator) in _OPERATORS:
            yield _with(node, op=_OPERATORS[type(operator)]())
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.IfExp(body=body, orelse=other):
            yield from (body, other)
        case ast.Call(func=ast.Name(id=name)) if name in _FUNCTIONS:
            yield _with(node, func=ast.Name(_FUNCTIONS[name]))
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield ast.Constant(value + 1)
        case ast.Constant(value=float(value)):
            yield from (ast.Constant(value / 2), ast.Constant(value * 1.5)) if value else [ast.Constant(1.0)]
        case ast.Set(elts=elements) if len(elements) > 1:
            yield from (_with(node, elts=[*elements[:at], *elements[at + 1 :]]) for at in range(len(elements)))


def _changed_statements(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.Continue() | ast.Break() | ast.AugAssign() | ast.Delete():
            yield "pass"
        case ast.Expr(value=ast.Call()) if not _is_log(node.value):
            yield "pass"
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield "return None"


def _with(node: ast.expr, **fields: object) -> ast.expr:
    """A copy of a node with some of its fields replaced."""
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed
