"""What a task body is said to have under it: its office ('办公室设在县水利局'), its teams by what each does ('下设综合协调、
督查问责2个工作组', '下设督导组，由…')."""

from __future__ import annotations

from operator import itemgetter

from kg.lazy import lazy
from loaders.prose.count import number
from loaders.prose.page import Entity
from loaders.prose.recognise.set_up import LASTING, own_prefix
from loaders.prose.recognise.surroundings import Bodies, Prefix, enter
from loaders.words import INSPECTION, NTH, SEVERAL, TEAM_HEADS

OFFICE = lazy(
    r"(?:下设|[，；。]其?|并设立?)(?P<o>办公室)(?=，?(?:设|挂靠|挂)?[在于]|（设[在于]|，?(?:具体|主要|全面)?负责|[和及以、与][^，。；\n]{2,40}?(?:组|专班)(?:[，。；]|$))"
)
TEAMS = lazy(
    r"(?:下设|内设|分设|设立了?|设|成立|组建)(?P<list>(?:[\u4e00-\u9fff]{2,6}、)+[\u4e00-\u9fff]{2,6}?)"
    f"(?P<n>{SEVERAL})个(?:专项|专门|工作)*小?组"
)
GROUP = "(?P<g>工作领导小组|领导小组|工作专班|指挥部)"
ROSTER = f"\\n正?(?:{TEAM_HEADS})：[\u4e00-\u9fff]"
NAMELESS = (
    lazy(rf"(?:成立|组建){GROUP}(?=[。，；\n]|$)"),
    lazy(rf"(?:^|\n)(?:[（(]?{NTH}[）)、.．][ \t]*)?{GROUP}(?:成员|名单|组成|组成人员)*[：:]?(?={ROSTER})"),
    lazy(rf"(?={ROSTER})(?:\n[^\n]*){{1,40}}?(?<![\u4e00-\u9fff]){GROUP}(?=(?:下设)?办公室设在|下设)"),
)
COUNTED = lazy(f"{SEVERAL}[个支](?P<t>[\u4e00-\u9fff]{{0,4}}?{INSPECTION}[\u4e00-\u9fff]{{0,4}}?[组队])(?!长|员)")
BY_NUMBER = lazy(
    f"(?:^|(?<=[，。；：、\\s])){INSPECTION}?(?P<n>第?{NTH})[小分]?[组队](?=由|（|：|组长|队长|负责|包(?!括)|联系|分?赴|到|进驻|{INSPECTION})"
)  # '第一组由…带队', '督查一组由…'
TEAM = lazy(r"(?:下设|内设|增设)(?P<t>[\u4e00-\u9fff]{2,6}组)(?=，(?:由|负责|专门|专司))")


def read(b: Bodies) -> None:
    """The offices and teams that a scene tells of so."""
    named = any(LASTING.search(e.name) for _, e in b.groups)
    m = None if named else next((m for told in NAMELESS if (m := told.search(b.text))), None)
    if m and b.scene.free(*m.span("g")):  # '一、成立领导小组'
        start, end = m.span("g")
        group = enter(b.scene, own_prefix(b, start), m["g"], "task", m["g"])
        b.record(start, end, group, Prefix(start))
        b.groups = sorted([*b.groups, (m.start(), group)], key=itemgetter(0))  # its roster may stand above
    for m in OFFICE.finditer(b.text):
        start, end = m.span("o")
        host = host_of(b, start)
        if host is None or not b.scene.free(start, end):
            continue
        if host.name.endswith("办公室"):
            b.record(start, end, host, Prefix(start))  # the office told of before
        else:
            name = f"{host.name}办公室"
            office = b.scene.entity("Agency", f"{host.key}办公室", name, "", host.place, kind="task")
            kinds = LASTING.findall(host.name)  # '领导小组办公室'
            spelt = (f"{x}办公室" for x in (*host.aliases, *kinds))
            office.aliases += [x for x in spelt if x not in (name, *office.aliases)]
            b.part_of(office, host, start, end)
            b.record(start, end, office, Prefix(start))
    for m in TEAMS.finditer(b.text):
        host, items = host_of(b, m.start()), m["list"].split("、")
        counted = len(items) == number(m["n"])
        if host is None or not counted or not b.scene.free(*m.span("list")):
            continue
        at = m.start("list")
        for item in items:
            team(b, host, at, item)
            at += len(item) + 1
    for m in TEAM.finditer(b.text):
        host = host_of(b, m.start())
        if host is not None and b.scene.free(*m.span("t")):
            team(b, host, m.start("t"), m["t"])
    numbered(b)


def numbered(b: Bodies) -> None:
    """The teams that their numbers alone name, of the kind whose count was told: '成立4个督导组，第一组由…任组长'."""
    kinds = [m for m in COUNTED.finditer(b.text) if not b.in_title(m.start())]
    for m in BY_NUMBER.finditer(b.text) if kinds else ():
        kind = next((k["t"] for k in reversed(kinds) if k.end() <= m.start()), None)
        if kind is not None and b.scene.free(*m.span()):
            prefix = own_prefix(b, m.start())
            found = enter(b.scene, prefix, f"第{m['n'].removeprefix('第')}{kind}", "task", m.group())
            b.record(*m.span(), found, Prefix(m.start()))


def team(b: Bodies, host: Entity, at: int, item: str) -> None:
    """Mention a team of a task body, where its name or what it does stands."""
    stop = at + len(item)
    found = enter(b.scene, own_prefix(b, at), item if item.endswith("组") else f"{item}组", "task", item)
    b.part_of(found, host, at, stop)
    b.record(at, stop, found, Prefix(at))


def host_of(b: Bodies, at: int) -> Entity | None:
    """The lasting task body last named in the paragraph."""
    left = b.scene.paragraph(at)
    return next((x for _, _, x, _ in b.back(at, left) if LASTING.search(x.name) and not x.props.get("generic")), None)
