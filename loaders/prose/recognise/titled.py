"""The task body whose rules a notice is, by its title alone: '扬尘治理联席会议制度' sets out what '联席会议' is to do."""

from __future__ import annotations

from kg.lazy import lazy
from loaders.prose.page import Entity
from loaders.prose.recognise.set_up import own_prefix
from loaders.prose.recognise.surroundings import Bodies, Prefix, enter

RULES = lazy(
    "(?:.*(?:关于|建立|成立|组建|调整|完善|印发|设立|[《〈的，]))?(?!召开|举行)(?P<name>[\u4e00-\u9fff]{4,30}?(?:联席会议|领导小组|指挥部|协调小组))"
    "(?:组成|成员|工作|议事|运行|日常|主要|职责)*(?:单位)?(?:制度|规则|细则|职责|分工|机制|规程|章程|名单|的通知)"
)
HOLDS = lazy("召开|举行|会商")


def titled(b: Bodies, start: int, end: int) -> int:
    """A bare '联席会议', '领导小组' before which nothing names one: that whose rules the title says the notice is; 0 for none."""
    m = RULES.match(b.scene.page.meta.title)
    word = b.text[start:end]
    if m is None or not m["name"].endswith(word) or HOLDS.search(m["name"]):
        return 0
    core = m["name"]
    for place in b.scene.home.values():
        core = core.removeprefix(place.name)
    core = core.lstrip("省市州县区旗")
    if len(core) - len(word) < 2:
        return 0
    prefix: Prefix = own_prefix(b, start)
    body: Entity = enter(b.scene, prefix, core, "task", word)
    return b.record(start, end, body, Prefix(start))
