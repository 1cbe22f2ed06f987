"""What stands around a body's own name: places and level words before it, bodies within it, the bodies found so far."""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Iterator

from kg.lazy import lazy
from loaders.prose.page import Entity
from loaders.prose.recognise.edges import everyday_at
from loaders.prose.recognise.inside import ACTS, BESIDE, INNER, ORDINAL, REGIONAL, STATION, WITHIN, an_office
from loaders.prose.recognise.lexicon import units
from loaders.prose.recognise.naming import Prefix, canonical, ending_of_a_body, enter, full_name, words_of
from loaders.prose.recognise.regions import region, short, titles_of_documents
from loaders.prose.recognise.scene import Scene
from loaders.words import COUNT, HAN_NUMBER, SEVERAL

__all__ = ["INNER", "SEPARATORS", "Bodies", "Prefix", "canonical", "enter", "full_name", "words_of"]

SEPARATORS = "、和与及"
ALONG = ("会同", "联合", "协同")
"""What stands between a body and one of the same place that it acts along with."""

NUMBERED = lazy(f"(?:等?(?:{COUNT}个?)|等)$")
SMALL_BODY = lazy(r"[\u4e00-\u9fff]{2,6}?(?:所|站|队|中心|办|公司|厂)(?![\u4e00-\u9fff]?[局厅委])")
PARTY = lazy(r"中共[\u4e00-\u9fff]+(?<!自治区)委员会")
GROUP = lazy(r"(?:专班|指挥部|联席会议|委员会|[\u4e00-\u9fff]组|队)$")
FUNCTION = "的了是在和与及对将把被向到从由为等各该其这那每本之以因并还也而或"
TERM = lazy(f"第?{HAN_NUMBER}届$")
ZONE_COMMITTEE = lazy("会(?=[、，。；和与及的要应主负党联召]|$)")
CENTRAL = lazy("(?:城?区|城|镇|线|任务|工作|内容|环节)(?![长委])")  # '商务中心区' is a part of a town
CALLED = lazy(r"（(?:以下|下)?(?:统一)?简称(?:为)?[：“]?(?P<short>[\u4e00-\u9fff]{2,12})”?）")
SOME_AREAS = frozenset(
    "各 有关 相关 重点 其他 周边 本 该 全 我 所在 部分 农村 城市".split()
)  # before 地区, no prefecture
COUNTED = lazy(
    f"等?(?:{COUNT}个?)?(?:乡镇（街道）|镇（街道）|乡（镇）|乡镇街道|县（市、区）|县（市）|市（县、区）|市（县）|市（区）|市（州）|州（市）|区（县）|县（区）|县市区|县区|乡镇|镇街|街镇|市县|区县|街道|镇|乡|县|市|区)$|等?{SEVERAL}个$"
)


class Bodies:
    """The agencies of one scene as they are found. ``ends`` maps where a place ends to its start and entity."""

    def __init__(self, scene: Scene, ends: dict[int, tuple[int, Entity]]) -> None:
        self.scene, self.ends = scene, ends
        self.text, self.t = scene.page.text, scene.tokens
        self.begins: dict[int, list[Entity]] = {}
        for s, x in ends.values():
            self.begins.setdefault(s, []).append(x)
        self.quoted = titles_of_documents(self.text)
        self.at_end: dict[int, tuple[int, Entity, Prefix]] = {}
        self.order: list[int] = []
        self.groups: list[tuple[int, Entity]] = []
        self.called: dict[str, Entity] = {}  # short names that the notice gives, by bodies
        self.shared: tuple[list[Entity], int] = ([], -1)  # places a list spoke of, and where it ended
        self.speaks: tuple[Entity | None] | None = None  # the firm whose own notice it is, once that is known

    def prefix(self, i: int) -> Prefix:
        """Place words or a level word right before word i."""
        start = self.t.starts[i]
        if (term := TERM.search(self.text, max(0, start - 7), start)) and term.start() in self.t.begins:
            named = self.prefix(self.t.begins[term.start()])  # '沛县' + '第十八届' + '人大常委会'
            if not self.t.word(i).startswith("委") or self.text.startswith("中共", named.start):
                return named or Prefix(start)  # '政协某市第四届委员会' is no party's
        noted = self.text.rfind("（", max(0, start - 9), start) if self.text[start - 1 : start] == "）" else -1
        if noted in self.ends:
            return Prefix(*self.ends[noted])  # '东平镇（东平林场）' + '河长办'
        if start in self.ends:
            s, e = self.ends[start]
            if self.text[max(0, s - 2) : s] == "中共":
                s -= 2
            return Prefix(s, e)
        if i and self.t.letters[i - 1] == "L":
            word = self.t.word(i - 1)
            at = self.t.starts[i - 1]
            if word == "区" and i > 1 and self.t.letters[i - 2] in "xWD" and self.t.word(i) in words_of("of_zones"):
                return Prefix(start)  # '…循环经济试验' + '区管委会'
            place = self.scene.level_place(word)
            if place is None and word in ("镇", "乡", "街道"):
                town = self.last_town(at)
                return Prefix(at, town, "" if town else word)
            if place is None and (near := self.county_told(word, at)) is not None:
                return Prefix(at, near)
            return Prefix(at, region(self.scene, place, inferred=True) if place else None, "" if place else word)
        if i and (area := self._prefecture(i - 1)) is not None:
            return Prefix(self.t.starts[i - 1], area)
        if i and self.t.letters[i - 1] == "s" and (before := self.ends.get(self.t.starts[i - 1])):
            return Prefix(*before)  # '白塔镇' + '原' + '环保所'
        if i and self.t.letters[i - 1] == "H":
            word = self.t.word(i - 1)
            if word[0] == "该":  # '该镇党委': of the town named last
                places = self.scene.places_back(self.t.starts[i - 1], 0)
                said = next((x for x in places if x.name.endswith(word[1:])), None)
                if said is not None:
                    return Prefix(start, said)
            if word in ("我镇", "我乡", "本镇", "本乡") and (town := self.scene.only_place(("township",))) is not None:
                return Prefix(self.t.starts[i - 1], town)
            place = self.scene.level_place(word[1:])
            return Prefix(
                self.t.starts[i - 1],
                region(self.scene, place, inferred=True) if place else None,
                "" if place else word[1:],
            )
        return Prefix(start)

    def _prefecture(self, k: int) -> Entity | None:
        """The notice's own prefecture, where word k is 地区 and means it ('地区水利局')."""
        if self.t.word(k) != "地区" or k and self.t.word(k - 1) in SOME_AREAS:
            return None
        place = self.scene.level_place("地区")
        return region(self.scene, place, inferred=True) if place is not None else None

    def county_told(self, word: str, before: int) -> Entity | None:
        """The county that '区' or '县' means in a city's notice: the only one of that kind named before in its sentence
        ('甲区委、区政府责成区纪委…')."""
        if word not in ("县", "区", "旗"):
            return None
        left = max(self.text.rfind(c, 0, before) for c in "。\n") + 1
        told = {id(x): x for x in self.scene.places_back(before, left) if x.props.get("level") == "county"}
        fits = [x for x in told.values() if x.name.endswith(word)]
        return fits[0] if len(told) == len(fits) == 1 else None

    def last_town(self, before: int) -> Entity | None:
        """The township last named before an offset in the same paragraph, else the notice's own."""
        left = self.scene.paragraph(before)
        near = next((x for x in self.scene.places_back(before, left) if x.props.get("level") == "township"), None)
        if near is not None:
            return near
        own = self.scene.home.get("township")
        if own is None:
            return self.scene.only_place(("township",))
        return region(self.scene, own, inferred=True)

    def record(self, start: int, end: int, entity: Entity, prefix: Prefix) -> int:
        """Mention a body unless it stands in a document's title; returns its end."""
        if m := CALLED.match(self.text, end):  # '（以下简称“县流域办”）'
            self.called[m["short"]] = entity
            if m["short"] not in entity.aliases:
                entity.aliases.append(m["short"])
        elif (known := self.called.get(self.text[start:end])) is not None:
            entity = known
        numbered = self.text.startswith("〔", end)  # '舞环攻坚办〔2020〕41号' is a document's number
        if self.scene.free(start, end) and not self.in_title(start) and not numbered:
            self.scene.mention(entity, start, end)
        self.keep(start, end, entity, prefix)
        return end

    def a_class(self, start: int, end: int, name: str, spelt: str | None = None, prefix: Prefix | None = None) -> int:
        """Mention a class of bodies ('各级政府'), which ``spelt``, else its name, stands for; returns its end."""
        entity = self.scene.entity("Agency", f"class/{name}", name, name if spelt is None else spelt, generic=True)
        return self.record(start, end, entity, prefix or Prefix(start))

    def keep(self, start: int, end: int, entity: Entity, prefix: Prefix) -> None:
        """Remember where a body ends, and whether it is a group that posts may be in."""
        if end not in self.at_end:
            insort(self.order, end)
        elif self.at_end[end][0] < start and self.at_end[end][1].props.get("kind") == "party":
            return  # '来宾市委' within '民盟来宾市委'
        self.at_end[end] = (start, entity, prefix)
        named = not entity.props.get("generic")
        if named and entity.props.get("kind") not in ("organ", "party", "government") and GROUP.search(entity.name):
            self.groups.append((end, entity))

    def in_title(self, offset: int) -> bool:
        """Whether an offset lies in a document's title."""
        k = bisect_right(self.quoted, (offset, len(self.text))) - 1
        return k >= 0 and offset < self.quoted[k][1]

    def back(self, before: int, left: int) -> Iterator[tuple[int, int, Entity, Prefix]]:
        """Bodies that lie in left..before as (start, end, body, prefix), the last first."""
        k = bisect_right(self.order, before)
        while k > 0 and self.order[k - 1] > left:
            k -= 1
            start, entity, prefix = self.at_end[self.order[k]]
            if start >= left:
                yield start, self.order[k], entity, prefix

    def inherit(self, start: int) -> tuple[Prefix, list[Entity]]:
        """For a bare department after a separator: the prefix of the body before it, or the places of the list before it."""
        if (
            self.shared[0]
            and 0 <= start - self.shared[1] <= 14
            and not re.search(r"[，。；]", self.text[self.shared[1] : start])
        ):
            return Prefix(start), self.shared[0]
        joint = 2 if self.text[max(0, start - 2) : start] in ALONG else int(self.text[start - 1 : start] in SEPARATORS)
        if start and joint and (start - joint) in self.at_end:
            before = self.at_end[start - joint][2]
            small = before.region is not None and before.region.props.get("level") in ("township", "village")
            if before and (not small or SMALL_BODY.match(self.text, start)):
                return Prefix(start, before.region, before.level), []
        return Prefix(start), []

    def places_before(self, prefix: Prefix) -> list[Entity]:
        """The places that share what follows: '望都县、曲阳县' before 政府, '太原、忻州等7市' before 人民政府."""
        at, level = prefix.start, prefix.level
        out: list[Entity] = []
        if prefix.region is not None and (
            prefix.start in self.scene.listed or any(x is prefix.region for x in self.begins.get(prefix.start, ()))
        ):
            out = [prefix.region]
        if not out and (level or prefix.region is not None):
            if not (m := NUMBERED.search(self.text[max(0, at - 6) : at])) or not m.group():
                return []
            at -= len(m.group())
            many = int("".join(c for c in m.group() if c.isdigit()) or 0)
            while at in self.ends:
                s, x = self.ends[at]
                out.insert(0, x)
                joint = s and (self.text[s - 1] in SEPARATORS or (self.text[s - 1] == "，" and len(out) < many))
                at = s - 1 if joint else -1
            return out
        while out and at and self.text[at - 1] in SEPARATORS and (at - 1) in self.ends:
            s, x = self.ends[at - 1]
            ranks = {"county" if y.props.get("level") == "zone" else y.props.get("level") for y in (x, out[-1])}
            if x.label != "Region" or len(ranks) > 1:
                break
            out.insert(0, x)
            at = s
        return [] if any(x is out[-1] for x in out[:-1]) else out  # '甲区、乙区、甲区城管局' names one bureau

    def nested(self, end: int) -> int:
        """End of a body that follows right on another ('…厅第十调研帮扶组'); 0 if none."""
        if (m := INNER.match(self.text, end)) and not re.search(r"[和与及对将把向在要应]", m.group()[:-2]):
            return m.end()
        if ACTS.match(self.text, end) and not INNER.match(self.text, end):
            return 0
        kind = self.t.letter_at(end)
        cared_for = kind == "D" and self.t.word(self.t.at(end)) not in words_of("domains_that_are_verbs")
        if (m := STATION.match(self.text, end)) and kind != "V" and (cared_for or not everyday_at(self.text, end)):
            return m.end()
        at = end
        if m := ORDINAL.match(self.text, at):
            at = m.end()
        k = self.t.begins.get(at)
        if k is None or at >= len(self.text):
            return 0
        j = k
        names = words_of("name_words")
        while j < len(self.t.letters) and (self.t.letters[j] in "D" or self.t.word(j) in names) and j - k < 6:
            j += 1
        if j < len(self.t.letters) and self.t.letters[j] == "Q":
            led = any(self.t.word(n) == "组织" for n in range(k, j))  # '…分局联合组织' + '督察组'
            return 0 if led else self.t.starts[j + 1]
        if j > k and (m := units().match(self.text, self.t.starts[j])) and self.unit_ok(self.t.starts[j], m.end()):
            beside = self.t.word(k) == "联合" and m.group()[-1] in "所局办委站"  # '城管办' + '联合' + '建管所'
            return 0 if beside else m.end()
        m = REGIONAL.match(self.text, end)
        if m and not re.search(r"[在对和与的将向]", m.group()[:4]):
            return m.end()
        return self.unlisted_office(end)

    def unlisted_office(self, start: int) -> int:
        """End of an office that no table has and that follows right on a bureau ('县公安局' + '治安警察大队'); 0 if none."""
        m = an_office("").match(self.text, start) if self.text[start - 1 : start] in ("局", "厅") else None
        if m is None or start not in self.t.begins or self.t.inside(m.start("unit")) and self.t.inside(m.end()):
            return 0
        words = range(self.t.at(start), self.t.at(m.end() - 1))
        acts = any(self.t.letters[k] in "VTPSKOFLH" and len(self.t.word(k)) > 1 for k in words)
        return 0 if acts or re.search("[和与及]", m["own"]) else m.end()

    def unit_ok(self, at: int, end: int) -> bool:
        """Whether a unit word stands for itself and is no part of a longer word ('部' in '部署', '局' in '局长')."""
        k = self.t.begins.get(at)
        if k is None:
            return False
        if self.text[end - 1] == "科" and self.text[end : end + 1] in "学技普研教":
            return False
        if self.text[end - 1] == "委" and ZONE_COMMITTEE.match(self.text, end):
            return False  # '生态示范' + '城管委会'
        if self.text[end - 1] == "局" and self.text[end : end + 1] in ("势", "面", "限", "促"):
            return False  # '当前环保' + '局势'
        if self.text[end - 1] == "所" and self.text[end : end + 1] in "在有属涉辖需称谓":
            return False
        if self.text[end - 1] == "心" and CENTRAL.match(self.text, end):
            return False
        reach = self.t.starts[k + 1]
        if reach > end and self.t.letters[k] not in "OQ":
            return False
        return self.text[end : end + 1] not in ("长", "门") or self.text[end : end + 2] == "长江"

    def inner(self, head: Entity, start: int, end: int, stop: int, prefix: Prefix) -> int:
        """A body within the body that ends at ``end`` ('县委' + '督查室'): one mention, the host only inferred."""
        if id(head) not in self.scene.mentioned:
            head.props["inferred"] = True
        core = self.text[end:stop]
        core = "办公室" if core == "办" else core
        sub = self.scene.entity(
            "Agency", f"{head.key}/{core}", f"{head.name}{core}", self.text[start:stop], head.place, kind="department"
        )
        short = f"{head.name[2:-2]}{core}" if PARTY.fullmatch(head.name) else ""  # '沛县委统战部'
        if short and short not in sub.aliases:
            sub.aliases.append(short)
        joint = start - (self.text[start - 1 : start] in ("、", "和"))  # '省委、省政府督查组'
        party = self.at_end.get(joint)
        if party is not None and party[1].props.get("kind") == "party" and head.props.get("kind") == "government":
            sub.aliases.append(self.text[party[0] : stop])
        self.part_of(sub, head, start, stop)
        if (within := WITHIN.match(self.text, stop)) is not None:  # '…局交警支队' + '二大队'
            return self.inner(sub, start, stop, within.end(), prefix)
        if core.endswith("分局") and self.t.letter_at(stop) == "D" and (tail := self.nested(stop)):
            return self.inner(sub, start, stop, tail, prefix)  # '…襄垣分局' + '综合行政执法大队'
        sub.props.pop("inferred", None)  # the host of one of its own, so far
        done = self.record(start, stop, sub, prefix)
        beside = BESIDE.match(self.text, stop)  # '省环保厅大气处、督察办': its next section
        of_its_own = beside and head.props.get("kind") in ("party", "government") and beside[1][-1] in "站队心"
        if beside is None or of_its_own or self.t.letter_at(beside.start(1)) in ("P", "L", "H", "N", "O"):
            return done
        return self.inner(head, beside.start(1), beside.start(1), beside.end(1), prefix)

    def spread(self, places: list[Entity], core: str, kind: str, start: int, own: int, end: int) -> int:
        """One body of each place of a list, each mentioned; what follows the list shares its places. The last place may
        stand inside start..end, before its body's own name at ``own``."""
        for p in places:
            division = p.name[-1] if p.name.endswith(("自治州", "自治县", "自治旗")) else ""  # '昌吉州'
            said = p.name if p.props.get("level") == "zone" else f"{short(p)}{division}"
            e = enter(self.scene, Prefix(own, p), core, kind, f"{said}{core}")
            self.scene.mention(e, start if p is places[-1] else own, end, take=False)
        self.scene.take(start, end)
        self.shared = (places, end)
        self.keep(start, end, e, Prefix(start, places[-1]))
        return end

    def listed_to(self, at: int) -> list[tuple[int, Entity]]:
        """The places of a list that ends at an offset ('济南市、泰安市'), each with where it begins."""
        out: list[tuple[int, Entity]] = []
        while at in self.ends:
            out.insert(0, self.ends[at])
            s = out[0][0]
            at = s - 1 if s and self.text[s - 1] in SEPARATORS else -1
        return out

    def counted(self, start: int) -> list[Entity]:
        """The places of a list that a count and a class close ('新城镇、襄陵镇等13个乡镇' before 人民政府)."""
        m = COUNTED.search(self.text, max(0, start - 24), start)
        at, out = (m.start() if m else -1), list[Entity]()
        while at in self.ends:
            s, x = self.ends[at]
            out.insert(0, x)
            while s in self.ends:  # '江西省' + '抚州、'
                s = self.ends[s][0]
            at = s - 1 if s and self.text[s - 1] in SEPARATORS else -1
        return out

    def last_body(self, before: int, level: str) -> Entity | None:
        """The place of a level whose body was named last before an offset in its sentence."""
        left = max(self.text.rfind(c, max(0, before - 400), before) for c in "。；\n") + 1
        last = next((p.region for _, _, _, p in self.back(before, left) if p.region is not None), None)
        return last if last is not None and last.props.get("level") == level else None

    def unlisted(self, end: int) -> tuple[int, int] | None:
        """The word at which a body's name begins that no table has and that ends before a title, and where it ends: a run
        of unknown words after a mark, a place or a level, with the ending of a body."""
        ending = ending_of_a_body().search(self.text, max(0, end - 3), end)
        if ending is None:
            return None
        # '水保站' + '站长', '武警中队' + '中队长': a title that says the ending again leaves no doubt of it
        twice = next((n for n in (2, 1) if self.text[end - n : end] == self.text[end : end + n]), 0)
        last = min(ending.start(), end - twice)
        k = self.t.at(last - 1) if last else -1
        while k >= 0 and end - self.t.starts[k] <= 18:
            c = self.t.letters[k]
            if self.t.word(k) in ("和", "与") and {self.t.letters[k - 1], self.t.letters[k + 1]} <= {"D", "W"}:
                k -= 1  # '资源环境' + '和' + '经济' + '委员会'
                continue
            if c in "pLHTVsKM" or self.t.starts[k + 1] in self.ends or self.t.starts[k + 1] in self.at_end:
                break
            common = not twice and everyday_at(self.text, self.t.starts[k]) > 1
            if c == "x" and (self.t.word(k) in FUNCTION or common):
                return None
            k -= 1
        begin = self.t.starts[k + 1]
        stops = k < 0 or self.t.letters[k] in "pLHM" or begin in self.ends or begin in self.at_end
        own = self.text[begin:end]
        least = 2 if twice and k >= 0 and self.t.letters[k] in "PL" else 3  # '县' + '医院'
        return (k + 1, end) if stops and least <= end - begin <= 16 and own not in ("办公室", "委员会") else None

    def department_in_hand(
        self, before: int, left: int | None = None, endings: tuple[str, ...] = ("局", "厅", "委员会")
    ) -> Entity | None:
        """The department named last before an offset, no further back than ``left``, else in its sentence: the one that a bare
        section is of."""
        if left is None:
            left = max(self.text.rfind(c, max(0, before - 200), before) for c in "。\n；") + 1
        every = (x for _, _, x, _ in self.back(before, left) if x.props.get("kind") != "party")
        return next((x for x in every if x.name.endswith(endings)), None)

    def named(self, i: int, end: int) -> tuple[int, Entity]:
        """A body by its bare words from word i on, with the place or body before it: where it begins, and the thing."""
        start, prefix = self.t.starts[i], self.prefix(i)
        core = self.text[start:end]
        if core[-1] in "科股处" and not prefix and (near := self.department_in_hand(start)) is not None:
            self.inner(near, start, start, end, Prefix(start))
            return start, self.at_end[end][1]
        joint = prefix.start - self.text.startswith("驻", prefix.start - 1)  # '…有限公司驻庆安收购站'
        if joint in self.at_end and (joint == start or joint < prefix.start):
            begin, host, whole = self.at_end[joint]
            self.inner(host, begin, joint, end, whole)
            return begin, self.at_end[end][1]
        e = enter(self.scene, prefix, core, "organ", self.text[prefix.start : end])
        self.record(prefix.start, end, e, prefix)
        return prefix.start, e

    def part_of(self, part: Entity, whole: Entity, start: int, end: int) -> None:
        """The statement that one body's name makes of its host."""
        if id(whole) not in self.scene.mentioned:
            whole.props.setdefault("inferred", True)
        self.scene.part(part, whole, start, end)
