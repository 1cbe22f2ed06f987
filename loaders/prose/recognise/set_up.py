"""Task bodies without a place before them, and those set up for what a body above does ('迎接中央督察工作领导小组')."""

from __future__ import annotations

import re

from kg.places import gazetteer
from loaders.prose.recognise.regions import region
from loaders.prose.recognise.surroundings import Bodies, Prefix, enter

TENDS = re.compile(
    r"(?:迎接|配合|贯彻落实|落实|接受|应对)(?:第[一二三四]轮|\d{4}年|国家|中央|[和、]|[省市州盟]级?|自治区级?)+"
    r"(?:(?:生态)?环[境保](?:保护)?督[察查](?:“回头看”)?(?:反馈|移交)(?:意见|问题)?)?$"
)
VERB = re.compile("(?:贯彻落实|落实|迎接|配合|接受|应对)$")
MENDS = re.compile(
    r"(?:第[一二三四]轮)?(?:生态)?环[境保](?:保护)?督[察查](?:“回头看”)?(?:反馈)?(?:意见|问题)*(?:整改|迎检|协调|保障|联络)"
    r"[\u4e00-\u9fff]{0,6}?(?:领导小组|专班|指挥部)(?:办公室)?"
)
LASTING = re.compile("(?:领导小组|专班|指挥部|联络组|协调组|领导小组办公室)$")


def own_prefix(b: Bodies, start: int) -> Prefix:
    """A task body without a place word belongs to the notice's own place where that is known."""
    own = gazetteer().get(b.scene.page.home, b.scene.page.meta.published)
    return Prefix(start, region(b.scene, own, inferred=True) if own is not None else None)


def mends(b: Bodies, i: int) -> int:
    """Read the task body that word i, 中央, opens and that mends what the centre found ('省' + '中央环保督察整改领导小组'); 0 for
    none."""
    start = b.t.starts[i]
    m = MENDS.match(b.text, b.t.starts[i + 1])
    if m is None:
        return 0
    verb = VERB.search(b.text, max(0, start - 4), start)
    k = b.t.begins.get(verb.start()) if verb else None
    prefix = b.prefix(k) if k is not None else None
    if verb and prefix:  # '县贯彻落实' + '中央…整改领导小组'
        start = verb.start()
    prefix = prefix or b.prefix(i) or own_prefix(b, start)
    e = enter(b.scene, prefix, b.text[start : m.end()], "task", b.text[prefix.start : m.end()])
    return b.record(prefix.start, m.end(), e, prefix)


def tends(b: Bodies, start: int, end: int) -> int | None:
    """Read the task body set up for what a body above does, whose name ends at ``end`` ('州迎接' + '中央督察工作领导小组');
    None where start..end is no such name's end."""
    m = TENDS.search(b.text, max(0, start - 36), start) if LASTING.search(b.text, start, end) else None
    if m is None or m.start() not in b.t.begins:
        return None
    prefix = b.prefix(b.t.begins[m.start()]) or own_prefix(b, m.start())
    e = enter(b.scene, prefix, b.text[m.start() : end], "task", b.text[prefix.start : end])
    return b.record(prefix.start, end, e, prefix)
