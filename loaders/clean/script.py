"""Traditional script to simplified, line by line, where a line is traditional.

Simplified text is left alone but for stray traditional letters: a converter run over it would turn 乾县 into 干县
and 著名 names into others. A line is traditional where it has more letters that only traditional script uses
than letters that only simplified script uses.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from kg.lazy import lazy
from loaders.clean.tables import characters

_FIRST, _LAST = 0x3400, 0x9FFF


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("tw2s")


@cache
def _letters() -> tuple[dict[int, str], re.Pattern[str], re.Pattern[str]]:
    """(traditional letter -> simplified, pattern of the former, pattern of letters that are only simplified)."""
    every = [chr(code) for code in range(_FIRST, _LAST + 1)]
    simplified = _converter().convert("\n".join(every)).split("\n")
    both = set(characters()["both_scripts"]["letters"])
    table = {
        ord(a): b
        for a, b in zip(every, simplified, strict=True)
        if a != b and len(b) == 1 and ord(b) <= _LAST and a not in both
    }
    # 后, 里, 干 and the like are letters of both scripts: what converts to them says nothing of the line they stand in
    shared = set(characters()["both_scripts"]["shared"])
    only = sorted(set(table.values()) - shared - both)
    return table, lazy(f"[{''.join(map(chr, table))}]"), lazy(f"[{''.join(only)}]")


def simplify(text: str) -> str:
    """The text in simplified script, character for character (the length never changes)."""
    table, traditional, simplified = _letters()
    if not traditional.search(text):
        return text
    lines = text.split("\n")
    for i, line in enumerate(lines):
        foreign = len(traditional.findall(line))
        if foreign:
            lines[i] = _line(line) if foreign > len(simplified.findall(line)) else line.translate(table)
    return "\n".join(lines)


def _line(line: str) -> str:
    converted = str(_converter().convert(line))
    if len(converted) != len(line):  # a phrase of another length: letter by letter keeps every offset
        return line.translate(_letters()[0])
    if max(converted) > "\uffff":  # rare letters whose simplified form hardly any font or writer has (頔)
        return "".join(a if b > "\uffff" >= a else b for a, b in zip(line, converted, strict=True))
    return converted
