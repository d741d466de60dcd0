"""Check the marks of a template where they stand: whether they can be read, close one another, and name what there is."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from jinja2 import TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from kenes.documents.editing import shapes
from kenes.documents.editing.paragraphs import Mark, Paragraph
from kenes.documents.editing.shapes import Group, Leaf, Rows, Shape
from kenes.documents.filling.problems import Problem
from kenes.documents.filling.safety import MAX_LOOP_DEPTH, expression_problems
from kenes.documents.letters.filters import FILTERS

_ENDS: Final = {"if": "endif", "for": "endfor", "with": "endwith"}
_WORDS: Final = ("if", "elif", "else", "endif", "for", "endfor", "with", "endwith")
_FORBIDDEN: Final = frozenset(
    {
        "set", "endset", "macro", "endmacro", "call", "endcall", "include", "import", "from", "extends", "block", "endblock",
        "filter", "endfilter", "do", "break", "continue", "raw", "endraw", "autoescape", "endautoescape", "trans", "debug",
        "colspan", "cellbg", "vm", "hm",
    }
)  # fmt: skip
# The longest template has about two hundred marks. Beyond these nobody reads on, and the check ends.
MAX_MARKS: Final = 4000
MAX_PROBLEMS: Final = 200
MAX_MARK: Final = 1000
_WORD: Final = re.compile(r"\w+")
_TEXT: Final = Leaf(frozenset({"text"}))
_YES_NO: Final = Leaf(frozenset({"yes_no"}))
_parser: Final = ImmutableSandboxedEnvironment(autoescape=True)


@dataclass(slots=True)
class _Block:
    """An open block: `names` are what it gives a name to."""

    word: str
    mark: Mark
    paragraph: Paragraph
    names: dict[str, Shape | None]


class MarkCheck:
    """Walks over the paragraphs of one part. `names`: what the template may name."""

    def __init__(self, names: Group) -> None:
        self._names = names
        self._blocks: list[_Block] = []
        self._found: list[Problem] = []
        self._mark = Mark("", "", "")
        self._paragraph = Paragraph("", 0, "", None, None, frozenset())

    def check(self, paragraphs: list[Paragraph]) -> list[Problem]:
        """All problems of the marks, in reading order."""
        count = 0
        for paragraph in paragraphs:
            self._paragraph = paragraph
            for mark in paragraph.marks():
                self._mark = mark
                count += 1
                if count > MAX_MARKS:
                    self._tell("too_many_marks", limit=str(MAX_MARKS))
                    return self._found
                self._check_mark(mark)
                if len(self._found) >= MAX_PROBLEMS:
                    return self._found
            self._mark = Mark("", "", "")
            rest = paragraph.rest()
            if left := re.search(r"\{[{%#].{0,60}", rest):
                self._tell("mark_open", tag=left.group())
            elif left := re.search(r".{0,60}[}%#]\}", rest):
                self._tell("mark_stray", tag=left.group())
        for block in reversed(self._blocks):
            self._paragraph, self._mark = block.paragraph, block.mark
            self._tell("block_open", end=_ENDS[block.word])
        return self._found

    def _tell(self, code: str, *, tag: str = "", near: tuple[str, ...] = (), **values: str) -> None:
        where = self._paragraph
        self._found.append(
            Problem(
                code, part=where.part, paragraph=where.number, quote=where.quote, tag=tag or self._mark.source, near=near,
                values=values,
            )
        )  # fmt: skip

    def _check_mark(self, mark: Mark) -> None:
        if mark.kind == "remark":
            return
        if len(mark.inside) > MAX_MARK:
            self._tell("mark_broken", tag=mark.source[:80])
            return
        if "«" in mark.inside and '"' not in mark.inside and "'" not in mark.inside:
            self._tell("mark_quotes")
        elif mark.prefix in ("r", "tc") or (mark.prefix and mark.kind == "print"):
            self._tell("mark_prefix")
        elif mark.inside.startswith(("-", "+")) or mark.inside.endswith("-"):
            self._tell("construct_forbidden", name="-")
        elif mark.kind == "print":
            self._check_print(mark)
        else:
            self._check_logic(mark)

    def _check_print(self, mark: Mark) -> None:
        tree = self._parse("{{ " + mark.inside + " }}")
        if tree is None:
            return
        for output in tree.find_all(nodes.Output):
            for one in output.nodes:
                if not isinstance(one, nodes.TemplateData):
                    self._check_printable(one)

    def _check_printable(self, node: nodes.Node) -> None:
        shape = self._shape(node)
        name = _path(node) or self._mark.inside
        if isinstance(shape, Group):
            self._tell(
                "variable_group", name=name, near=tuple(f"{name}.{one}" for one in list(shape.fields)[:6])
            )
        elif isinstance(shape, Rows) or (isinstance(shape, Leaf) and not shape.types & shapes.PRINTABLE):
            self._tell("not_printable", name=name)

    def _check_logic(self, mark: Mark) -> None:
        found = _WORD.match(mark.inside)
        word = found.group() if found else ""
        if word in _FORBIDDEN:
            self._tell("construct_forbidden", name=word)
        elif word not in _WORDS:
            self._tell("tag_unknown", near=tuple(difflib.get_close_matches(word, _WORDS, n=2, cutoff=0.6)))
        elif (mark.prefix == "p" and not mark.alone) or (mark.prefix == "tr" and self._paragraph.row is None):
            self._tell("mark_prefix")
        elif word in _ENDS:
            self._open(word, mark)
        elif word in ("elif", "else"):
            self._middle(word, mark)
        else:
            self._close(word, mark)

    def _open(self, word: str, mark: Mark) -> None:
        tree = self._parse("{% " + mark.inside + " %}{% " + _ENDS[word] + " %}")
        names: dict[str, Shape | None] = {}
        node = None if tree is None or not tree.body else tree.body[0]
        if isinstance(node, nodes.For):
            names = self._loop_names(node)
        elif isinstance(node, nodes.With):
            names = {
                target.name: self._shape(value)
                for target, value in zip(node.targets, node.values, strict=True)
                if isinstance(target, nodes.Name)
            }
        elif isinstance(node, nodes.If):
            self._shape(node.test)
        if word == "for" and sum(block.word == "for" for block in self._blocks) >= MAX_LOOP_DEPTH:
            self._tell("loops_too_deep", limit=str(MAX_LOOP_DEPTH))
        self._blocks.append(_Block(word, mark, self._paragraph, names))
        if isinstance(node, nodes.For) and node.test is not None:
            self._shape(node.test)

    def _loop_names(self, node: nodes.For) -> dict[str, Shape | None]:
        listed = self._shape(node.iter)
        item: Shape | None = None
        if isinstance(listed, Rows):
            item = listed.item
        elif listed is not None:
            self._tell("not_a_list", name=_path(node.iter) or self._mark.inside)
        if isinstance(node.target, nodes.Name):
            return {node.target.name: item, "loop": shapes.LOOP}
        self._tell("construct_forbidden", name="for")
        return {one.name: None for one in node.target.find_all(nodes.Name)}

    def _middle(self, word: str, mark: Mark) -> None:
        if not self._blocks or self._blocks[-1].word == "with":
            self._tell("block_stray", name=word)
        elif word == "elif":
            tree = self._parse("{% if " + mark.inside.removeprefix("elif") + " %}{% endif %}")
            if tree is not None and tree.body and isinstance(tree.body[0], nodes.If):
                self._shape(tree.body[0].test)

    def _close(self, word: str, mark: Mark) -> None:
        if word not in {_ENDS[block.word] for block in self._blocks}:
            self._tell("block_stray", name=word)
            return
        if _ENDS[self._blocks[-1].word] != word:
            self._tell("block_crossed", name=word, end=_ENDS[self._blocks[-1].word])
            while _ENDS[self._blocks[-1].word] != word:
                self._blocks.pop()
        block = self._blocks.pop()
        if not _same_place(block, mark, self._paragraph):
            self._tell("block_place")

    def _parse(self, source: str) -> nodes.Template | None:
        try:
            tree = _parser.parse(source)
        except (TemplateError, RecursionError):
            self._tell("mark_broken")
            return None
        # The names of a mark are checked only when it does nothing that is forbidden.
        problems = [one for one in expression_problems(tree) if one.code != "loops_too_deep"]
        for problem in problems:
            near: tuple[str, ...] = ()
            if problem.code == "filter_unknown":
                near = tuple(difflib.get_close_matches(problem.values["name"], FILTERS, n=3, cutoff=0.5))
            where = self._paragraph
            self._found.append(
                replace(
                    problem, part=where.part, paragraph=where.number, quote=where.quote, tag=self._mark.source, near=near
                )
            )  # fmt: skip
        return None if problems else tree

    def _shape(self, node: nodes.Node) -> Shape | None:
        """The shape of an expression; None when it is not known, which was told already."""
        match node:
            case nodes.Name():
                return self._named(node.name)
            case nodes.Getattr():
                return self._member(node)
            case nodes.Filter():
                return self._filtered(node)
            case nodes.Const():
                return Leaf(frozenset({"number"})) if isinstance(node.value, int) else _TEXT
            case nodes.CondExpr():
                self._shape(node.test)
                other = None if node.expr2 is None else self._shape(node.expr2)
                return self._shape(node.expr1) or other
            case nodes.And() | nodes.Or():
                right = self._shape(node.right)
                return self._shape(node.left) or right
        for child in node.iter_child_nodes():
            self._shape(child)
        return _YES_NO

    def _named(self, name: str) -> Shape | None:
        for block in reversed(self._blocks):
            if name in block.names:
                return block.names[name]
        found = self._names.fields.get(name)
        if found is None:
            own = [one for block in self._blocks for one in block.names]
            self._unknown(name, [*own, *self._names.fields])
        return found

    def _member(self, node: nodes.Getattr) -> Shape | None:
        whole = self._shape(node.node)
        if whole is None:
            return None
        if isinstance(whole, Group):
            found = whole.fields.get(node.attr)
            if found is None:
                base = _path(node.node)
                self._unknown(f"{base}.{node.attr}", [f"{base}.{one}" for one in whole.fields])
            return found
        self._unknown(_path(node) or node.attr, [])
        return None

    def _unknown(self, name: str, known: list[str]) -> None:
        near = difflib.get_close_matches(name, known, n=3, cutoff=0.6)
        last = name.rsplit(".", 1)[-1]
        alike = [
            path
            for path, _leaf in shapes.paths(self._names)
            if path.rsplit(".", 1)[-1] == last and "[]" not in path
        ]
        self._tell("variable_unknown", name=name[:80], near=tuple(dict.fromkeys([*near, *alike[:2]])))

    def _filtered(self, node: nodes.Filter) -> Shape | None:
        inner = None if node.node is None else self._shape(node.node)
        if inner is None:
            return _TEXT
        takes = shapes.FILTER_TAKES.get(node.name, frozenset())
        given = (
            frozenset({"list"})
            if isinstance(inner, Rows)
            else inner.types
            if isinstance(inner, Leaf)
            else frozenset()
        )
        if not given <= takes:
            fitting = [name for name, types in shapes.FILTER_TAKES.items() if given and given <= types]
            self._tell("filter_type", name=node.name, near=tuple(fitting[:4]))
        return Leaf(frozenset({"number"})) if node.name == "count" else _TEXT


def _same_place(block: _Block, mark: Mark, end: Paragraph) -> bool:
    """Whether a block closes where it began: in one paragraph, in one cell, in rows of tables, or outside of tables."""
    begin = block.paragraph
    if "tr" in (block.mark.prefix, mark.prefix):
        return block.mark.prefix == mark.prefix
    if (block.mark.prefix == "p") != (mark.prefix == "p"):
        return False
    return begin.cell == end.cell and (mark.prefix == "p" or begin.number == end.number)


def _path(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        base = _path(node.node)
        return f"{base}.{node.attr}" if base else ""
    return ""


def problems_of(paragraphs: list[Paragraph], names: Group) -> Iterator[Problem]:
    """What is wrong with the marks of one part."""
    yield from MarkCheck(names).check(paragraphs)
