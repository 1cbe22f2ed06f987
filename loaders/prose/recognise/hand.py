"""Whose body a bare name means, and in which place: what is in hand where it stands."""

from __future__ import annotations

from bisect import bisect_right

from kg.lazy import lazy
from kg.places import gazetteer
from loaders.prose.page import Entity
from loaders.prose.recognise.names import forward
from loaders.prose.recognise.naming import Prefix, enter
from loaders.prose.recognise.regions import region
from loaders.prose.recognise.scene import ORDER, Scene
from loaders.prose.recognise.surroundings import Bodies
from loaders.words import INSPECTION, SEVERAL, TEAM_HEADS

LOOK_BACK = 40  # groups among which the last task body is looked for
HEADED = (
    ("组长", lazy("组$|专班$")),
    ("组员", lazy("组$|专班$")),
    ("班长", lazy("专班$")),
    ("队长", lazy("队$")),
    ("队员", lazy("队$")),
    ("指挥长", lazy("指挥部$|专班$")),
    ("指挥", lazy("指挥部$")),
    ("主任", lazy("联席会议$")),
    ("召集人", lazy("联席会议$|组$|专班$")),
    ("主任委员", lazy("委员会$")),
    ("政委", lazy("指挥部$")),
)
"""How a task body's name ends that has such a post."""
FAR = 40
LABEL = lazy("[\u4e00-\u9fff]{2,4}：")
AS_HEAD = lazy(r"[以由、，][^以由、，。；]{0,14}[为任]双?$|以[^以由、，。；]{0,30}为$")
HEAD_OF = lazy(
    f"(?:[、，][^，。；、]{{2,16}}[为任](?:常务|第一)?副?{TEAM_HEADS})*(?:[、，][^，。；]{{2,30}}为成员|，[^，。；]{{2,60}}?组成)?的"
)
SEATED = lazy(r"(?:（[^（）\n]{0,40}）)?(?:设在|设于|设立在|设置在|挂靠|依托|放在)")
SET_UNDER = lazy("[下内]设(?:立|置)?了?$")
EACH = lazy(
    r"(?:\d+|[两几多数]|[二三四五六七八九十]+)个(?:县市区|市县区|[县市区旗]{1,2}|[县市区旗](?:（[县市区旗、]+）))$|各(?:[县市区州旗盟镇乡街道]|（[县市区州旗盟镇乡街道、]+）|、(?=[县市区]))+[^，。；：\n]*[长记任员]、$"
)
UNTOLD = lazy(f"{SEVERAL}个?(?:专项|专门|综合)?(?:工作|{INSPECTION})?小?组(?![长成])")


def own_office(b: Bodies, start: int) -> Entity | None:
    """The department that a lone 厅, 局 or 委 before an offset means: the only one of that ending met so far, else the
    one that publishes; with 我 or 本 before it the one that publishes, however many are met, with 该 the one named last."""
    word, before = b.text[start - 1 : start], b.text[max(0, start - 2) : start - 1]
    ours = before in ("我", "本")
    if word and word in "厅局委" and before == "该":
        return b.department_in_hand(start, b.scene.paragraph(start), (word.replace("委", "委员会"),))
    if not word or word not in "厅局委" or not ours and b.t.letter_at(start - 2) != "p" and start > 1:
        return None
    bodies = (x for (label, _), x in b.scene.entities.items() if label == "Agency" and not x.props.get("generic"))
    every = [x for x in bodies if x.name.endswith(word)]
    if ours:
        every = [x for x in every if x.name == b.scene.page.meta.publisher]
    if len(every) == 1:
        return every[0]
    own, level = b.scene.page.meta.publisher, next((x for x in reversed(ORDER) if x in b.scene.home), "")
    if every or not level or not own.endswith(word) or not own.startswith(b.scene.home[level].name):
        return None
    place = region(b.scene, b.scene.home[level], inferred=True)
    return enter(b.scene, Prefix(start, place), own.removeprefix(place.name), "department", own)


LEVELS = {
    "省": ("province",),
    "市": ("prefecture", "province", "county"),
    "州": ("prefecture",),
    **dict.fromkeys("县区旗", ("county",)),
}


def of_its_level(b: Bodies, word: str) -> Entity | None:
    """The one department that '省厅', '市局' means: of that level and kind, of several the environment's; None for none."""
    named = (e for (label, _), e in b.scene.entities.items() if label == "Agency" and "generic" not in e.props)
    every = [e for e in named if e.name.endswith(word[1])]
    same = next((s for x in LEVELS[word[0]] if (s := [e for e in every if e.props.get("level") == x])), [])
    one = same if len(same) == 1 else [e for e in same if "环境" in e.name]
    return one[0] if len(one) == 1 else None


def of_the_province(b: Bodies, start: int) -> Prefix:
    """Only provinces have a 厅, and send out 环境监察专员: bare, the body is of the notice's province, where that is known."""
    home = gazetteer().get(b.scene.page.home, b.scene.page.meta.published)
    province = gazetteer().get(home.parents[0]) if home is not None and home.parents else home
    return Prefix(start, region(b.scene, province, inferred=True) if province is not None else None)


def place_in_hand(b: Bodies, start: int) -> Entity | None:
    """Whose organ is meant within a chain of posts: that of the party body just before, else of the notice's own place."""
    for _, _, body, prefix in b.back(start - 1, max(0, start - 30)):
        if body.props.get("kind") == "party" and prefix.region is not None:
            return prefix.region
    if (town := town_that_leads(b, start)) is not None:
        return town
    k = b.t.begins.get(start - 1, 0) - 1
    if k > 0 and b.t.letters[k] == "T" and b.t.word(k).startswith("党委"):  # '镇党委委员、纪委书记'
        at = b.t.starts[k]
        if at in b.ends and b.ends[at][1].props.get("level") == "township":
            return b.ends[at][1]
        if b.t.letters[k - 1] == "L" and b.t.word(k - 1) in ("镇", "乡", "街道"):
            return b.last_town(at)
    level = next((x for x in ("county", "prefecture", "province") if x in b.scene.home), None)
    return region(b.scene, b.scene.home[level], inferred=True) if level and not of_every(b, start) else None


OF_TOWN = lazy("(?:党委|党工委|人大|政府|副?[镇乡]长)")


def town_that_leads(b: Bodies, start: int) -> Entity | None:
    """The township whose leaders a sentence lists right before an offset ('石桥镇党委书记方某，镇长石某，' + '纪委书记'); None
    where anything of another place was named since."""
    left = max(b.text.rfind(c, max(0, start - 120), start) for c in "。；\n") + 1
    near = next((f for f in reversed(b.scene.region_spans) if left <= f[0] < start), None)
    if near is None or near[2].props.get("level") != "township" or not OF_TOWN.match(b.text, near[1]):
        return None
    between = any(end > near[1] for _, end, _, _ in b.back(start - 1, near[1]))
    return None if between or any(c in "LHN" for c in b.t.letters[b.t.at(near[1]) : b.t.at(start)]) else near[2]


def of_every(b: Bodies, start: int) -> bool:
    """Whether a title or body in a chain of posts is one of each of a kind of places ('各县区分管副县区长、住建局长')."""
    return EACH.search(b.text, max(0, start - 60), start) is not None


def zone_in_hand(scene: Scene, before: int) -> Entity | None:
    """The development zone last named in the paragraph, else the only one of the notice."""
    near = scene.places_back(before, scene.paragraph(before))
    return next((x for x in near if x.props.get("level") == "zone"), None) or scene.only_place(("zone",))


def firm_in_hand(b: Bodies, before: int) -> Entity | None:
    """The firm that a sentence has named last before an offset, where no other body was named since."""
    left = max(b.text.rfind(c, max(0, before - 200), before) for c in "。；\n") + 1
    last = next((x for _, _, x, _ in b.back(before, left)), None)
    return last if last is not None and last.props.get("kind") == "firm" and not last.props.get("generic") else None


def corps_in_hand(scene: Scene, ending: str) -> Entity | None:
    """The one division (师), regiment (团) or company (连) of the corps that the notice names."""
    every = [x for x in scene.entities.values() if x.key.startswith("660000/") and x.name.endswith(ending)]
    return every[0] if len(every) == 1 else None


def behind_a_name(bodies: Bodies, start: int, end: int) -> bool:
    """Whether a line of a roster is a name and the post start..end in its body ('石磊　财政所干部')."""
    begin = bodies.at_end[start][0] if start in bodies.at_end else bodies.ends[start][0]
    line = bodies.text.rfind("\n", 0, begin) + 1
    name = line + (label.end() if (label := LABEL.match(bodies.text[line:begin])) else 0)
    apart = bodies.text[begin - 1] in " \t"
    ends_line = bodies.text[end : end + 1] in ("", "\n")
    return ends_line and begin > name and forward(bodies.t, name, loose=True, firm=True) == begin - apart


def village_in_hand(scene: Scene, before: int) -> Entity | None:
    """The village last named in the paragraph, else the only one of the notice."""
    left = scene.paragraph(before)
    near = next((x for x in scene.places_back(before, left) if x.props.get("level") == "village"), None)
    return near if near is not None else scene.only_place(("village",))


def village_before(scene: Scene, before: int) -> Entity | None:
    """The village last named before an offset, in whatever paragraph."""
    return next((x for x in scene.places_back(before, 0) if x.props.get("level") == "village"), None)


def group_in_hand(b: Bodies, before: int, title: str = "", end: int = 0) -> Entity | None:
    """The task body last named before an offset, of a kind that has such a post; in '以X为组长的领导小组' the one that
    follows. None where groups that no name tells apart were named last ('下设四个工作组')."""
    if end and AS_HEAD.search(b.text, max(0, before - 34), before) and (m := HEAD_OF.match(b.text, end)):
        k = bisect_right(b.groups, m.end(), key=lambda g: g[0])
        if k < len(b.groups) and b.groups[k][0] - m.end() < FAR:
            return b.groups[k][1]
    k = bisect_right(b.groups, before, key=lambda g: g[0])
    near = b.groups[max(0, k - LOOK_BACK) : k]
    left = max(b.text.rfind(c, 0, before) for c in "。\n")
    left = max(left, before - 120, near[-1][0] if near else 0, 0)
    if title.endswith("组长") and UNTOLD.search(b.text, left, before):
        return None
    last = [x for _, x in near]
    headed = next((p for ending, p in HEADED if title.endswith(ending)), None)
    last = [x for x in last if headed is None or headed.search(x.name)]
    task = [x for x in last if x.props.get("kind") == "task"] or last
    return task[-1] if task else None


def office_in_hand(b: Bodies, before: int) -> Entity | None:
    """The office that the paragraph has last said to be housed somewhere or set up under a group ('河长制办公室设在市水利局，
    …任主任', '下设某县迎检工作办公室，由…任主任')."""
    every = b.back(before, b.scene.paragraph(before))
    return next(
        (
            x
            for start, end, x, prefix in every
            if x.name.endswith("办公室")
            and (SEATED.match(b.text, end) or SET_UNDER.search(b.text, 0, prefix.start if prefix else start))
        ),
        None,
    )
