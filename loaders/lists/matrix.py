"""Tables that cross bodies with bare matters and mark who has which: a row for each matter ('行业｜县住建局｜县城管局'), or for each
body ('责任单位｜扬尘｜散煤')."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.lazy import lazy
from loaders.lists.words import Meaning

if TYPE_CHECKING:
    from loaders.lists.header import Column

_BODIES = Meaning("party", "责任", "body")
_MATTERS = frozenset(("group", "", "firm", "area"))
_DEALT = lazy(r"责任|职责|分工|监管|牵头|任务")
_BODY = lazy(
    r"(?:局|委|办|办公室|委员会|中心|公司|支队|大队|院|厅|部|会|站|所|队|镇|乡|街道|苏木|县|区|市|旗|政府|办事处|村|社区|集团|供电|国网|社|联|室|科|管委|城投|林场|学校)(?:（[^（）]*）)?$"
)


def dealing_out(lines: str) -> bool:
    """Whether the lines around a table say that it deals out responsibilities."""
    return bool(_DEALT.search(lines))


def headed_by_bodies(marked: Sequence[Column]) -> bool:
    """Whether columns of marks are headed by bodies."""
    return 2 * sum(1 for c in marked if _BODY.search(c.header)) >= len(marked)


def crossed(columns: Sequence[Column], lines: str) -> None:
    """Where the lines around columns of marks deal out responsibilities and no head says what a row is, what stands at the left
    of the marks does: matters of the bodies in the head, or bodies of the matters there."""
    marked = [c for c in columns if c.kind == "marked"]
    left = [c for c in columns if c.header and c.kind not in ("serial", "remark", "marked")]
    if not marked or len(left) != 1 or left[0].index > marked[0].index or not dealing_out(lines):
        return
    own = left[0]
    if headed_by_bodies(marked) and own.kind in _MATTERS:
        own.meaning, own.kind = Meaning("measure"), "measure"
    elif not headed_by_bodies(marked) and own.kind == "unit":
        own.meaning, own.kind = _BODIES, "party"
