"""Agencies: departments, whole organs, task bodies, firms; coordinated lists expanded, places and levels restored."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from loaders.prose.page import Entity
from loaders.prose.recognise.lexicon import table, units
from loaders.prose.recognise.regions import home_region, region, short, titles_of_documents
from loaders.prose.recognise.scene import ORDER, Scene

SEPARATORS = "、和与及"
BRANCH = re.compile(r"等?(?:[一二三四五六七八九十两\d]+个)?(?:有关|相关|职能|责任)?部门(?!规章|联动|协同|责任|负责|间)")
ORDINAL = re.compile(r"第[一二三四五六七八九十\d]+")
GOVERNMENTS = {"人民政府", "政府", "委", "委员会", "党委", "纪委", "管委会", "人民政府办公室", "政府办公室", "管理委员会"}
NUMBERED = re.compile(r"等?(?:[一二三四五六七八九十两\d]+个?)$")
NOT_THE_CENTRE = re.compile(r"生态|环保|环境|财政|预算|巡视|层面|电视台|媒体|储备|企业")
INNER = re.compile(
    r"(?:组织部|宣传部|统战部|政法委(?:员会)?|督查室|督查局|督考办|政研室|编办|网信办|常委会|常务委员会|巡察办|办公厅|办公室(?!主任医师)|机关党委|研究室)(?![长])"
    r"|(?:第[一二三四五六七八九十]+|[\u4e00-\u9fff]{2,4}(?:县|区|市|旗)?|经济技术开发区|高新区)分局"
    r"|(?:派)?驻[\u4e00-\u9fff]{1,12}纪检监察组|派驻第[一二三四五六七八九十]+纪检监察组"
)
EVERY = re.compile(r"(?:各|全[省市县])(?:级|县区|区县|县（市、区）|县（区）|市县|县市区|县|区|市|镇|乡镇|镇街|地|派驻)")


@dataclass(slots=True)
class Prefix:
    """What stands before a body's own name: where it begins, the place, or a level word that stays open."""

    start: int
    region: Entity | None = None
    level: str = ""

    def __bool__(self) -> bool:
        return self.region is not None or bool(self.level)


@cache
def words_of(name: str) -> frozenset[str]:
    """One row of words of organs.toml."""
    return frozenset(table("organs.toml")[name].split())


def canonical(core: str) -> str:
    """A body's own name with its domain spelt out ('住建局' -> '住房和城乡建设局'), short forms made whole."""
    whole = table("organs.toml")["whole"].get(core)
    if whole:
        return str(whole)
    core = f"{core}员会" if len(core) > 2 and core.endswith("委") else core
    for short, full in table("organs.toml")["spelt"].items():
        if core.startswith(short) and not core.startswith(full) and units().match(core, len(short)):
            return str(full) + core[len(short):]
    return core


def full_name(place: Entity | None, core: str) -> str:
    """The official name of a body of a place, '中共' and the CPPCC's long form included."""
    where = place.name if place else ""
    if core == "政协" and where:
        return f"中国人民政治协商会议{where}委员会"
    return f"中共{where}{core}" if core in ("委员会", "纪律检查委员会") and where else f"{where}{core}"


def enter(scene: Scene, prefix: Prefix, core: str, kind: str, surface: str) -> Entity:
    """The entity of a body with its place or open level."""
    own = canonical(core)
    where = prefix.region
    if where is None and prefix.level:
        e = scene.entity("Agency", f"~/{prefix.level}{own}", surface or f"{prefix.level}{core}", surface, kind=kind, unresolved=True)
    elif where is None:
        e = scene.entity("Agency", f"~/{own}", surface or own, surface, kind=kind, unresolved=True)
        if core.endswith("分局"):
            e.props["generic"] = True
    else:
        e = scene.entity("Agency", f"{where.key}/{own}", full_name(where, own), surface, where.place or where.name, kind=kind)
        if where.props.get("level") in (*ORDER, "village", "zone"):
            e.props.setdefault("level", where.props["level"])
    e.props.pop("inferred", None)
    return e


class Bodies:
    """Reads the agencies of one scene. ``ends`` maps where a place ends to its start and entity."""

    def __init__(self, scene: Scene, ends: dict[int, tuple[int, Entity]]) -> None:
        self.scene, self.ends = scene, ends
        self.text, self.t = scene.page.text, scene.tokens
        self.quoted = titles_of_documents(self.text)
        self.at_end: dict[int, tuple[int, Entity, Prefix]] = {}
        self.shared: tuple[list[Entity], int] = ([], -1)  # places a list spoke of, and where it ended

    def read(self) -> None:
        """Find all bodies, left to right; longer readings first at a place."""
        i, n = 0, len(self.t.letters)
        while i < n:
            c, start = self.t.letters[i], self.t.starts[i]
            end = (self.national(i) if c == "N" else self.department(i) if c == "D" else self.organ(i) if c == "O"
                   else self.task(i) if c == "Q" else self.firm(i) if c == "F" else self.committee(start) if c == "x" else 0)
            i = self.t.at(end) if end and end > start and end in self.t.begins else i + 1 if not end else max(i + 1, self.t.at(end - 1) + 1)

    # -- what stands before

    def prefix(self, i: int) -> Prefix:
        """Place words or a level word right before word i."""
        start = self.t.starts[i]
        if start in self.ends:
            s, e = self.ends[start]
            if self.text[max(0, s - 2):s] == "中共":
                s -= 2
            return Prefix(s, e)
        if i and self.t.letters[i - 1] == "L":
            word = self.t.word(i - 1)
            at = self.t.starts[i - 1]
            place = self.scene.level_place(word)
            if place is None and word in ("镇", "乡", "街道"):
                town = self.last_town(at)
                return Prefix(at, town, "" if town else word)
            return Prefix(at, region(self.scene, place, inferred=True) if place else None, "" if place else word)
        if i and self.t.letters[i - 1] == "H":
            word = self.t.word(i - 1)
            place = self.scene.level_place(word[1:])
            return Prefix(self.t.starts[i - 1], region(self.scene, place, inferred=True) if place else None, "" if place else word[1:])
        return Prefix(start)

    def last_town(self, before: int) -> Entity | None:
        """The township last named before an offset in the same paragraph, else the notice's own."""
        p = next((p.start for p in self.scene.page.paragraphs if p.start <= before < p.end), 0)
        near = [e for s, _, e in self.scene.region_spans if p <= s < before and e.props.get("level") == "township"]
        if near:
            return near[-1]
        own = self.scene.home.get("township")
        every = {id(e): e for _, _, e in self.scene.region_spans if e.props.get("level") == "township"}
        if own is None and len(every) == 1:
            return next(iter(every.values()))
        return region(self.scene, own, inferred=True) if own else None

    def record(self, start: int, end: int, entity: Entity, prefix: Prefix) -> int:
        """Mention a body unless it stands in a document's title; returns its end."""
        if self.scene.free(start, end) and not any(a <= start < b for a, b in self.quoted):
            self.scene.mention(entity, start, end)
        self.at_end[end] = (start, entity, prefix)
        return end

    def inherit(self, start: int) -> tuple[Prefix, list[Entity]]:
        """For a bare department after a separator: the prefix of the body before it, or the places of the list before it."""
        if self.shared[0] and 0 <= start - self.shared[1] <= 14 and not re.search(r"[，。；]", self.text[self.shared[1]:start]):
            return Prefix(start), self.shared[0]
        if start and self.text[start - 1] in SEPARATORS and (start - 1) in self.at_end:
            before = self.at_end[start - 1][2]
            if before:
                return Prefix(start, before.region, before.level), []
        return Prefix(start), []

    # -- the kinds of bodies

    def national(self, i: int) -> int:
        """A body of the state or the party that stands alone, with what hangs on it ('环境保护部督查组')."""
        word, start, end = self.t.word(i), self.t.starts[i], self.t.starts[i + 1]
        if self.text[end:end + 1] == "门" and word.endswith("部"):
            return self.branch(i, start, end - 1)
        if self.text[start - 1:start] in ("市", "省", "县", "区") or (word == "中央" and NOT_THE_CENTRE.match(self.text, end)):
            return 0
        nested = self.nested(end)
        official = str(table("organs.toml")["national"][word])
        head = self.scene.entity("Agency", f"100000/{official.removeprefix('中华人民共和国')}", official, word, "中国", kind="national", level="country")
        if nested:
            core = self.text[end:nested]
            sub = self.scene.entity("Agency", f"{head.key}/{core}", f"{official}{core}", self.text[start:nested], "中国", kind="department")
            sub.aliases += [x for x in (core,) if x not in sub.aliases]
            self.part_of(sub, head, start, nested)
            return self.record(start, nested, sub, Prefix(start))
        head.props.pop("inferred", None)
        return self.record(start, end, head, Prefix(start))

    def nested(self, end: int) -> int:
        """End of a body that follows right on another ('…厅第十调研帮扶组'); 0 if none."""
        if (m := INNER.match(self.text, end)) and not re.search(r"[和与及对将把向在要应]", m.group()[:-2]):
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
            return self.t.starts[j + 1]
        if j > k and (m := units().match(self.text, self.t.starts[j])) and self.unit_ok(self.t.starts[j], m.end()):
            return m.end()
        m = re.compile(r"(?:[东西南北中华\u4e00-\u9fff]{2,4})(?:环境保护督查中心|督察局|核与辐射安全监督站|分局|大气司|监督管理局)").match(self.text, end)
        return m.end() if m and not re.search(r"[在对和与的将向]", m.group()[:4]) else 0

    def unit_ok(self, at: int, end: int) -> bool:
        """Whether a unit word stands for itself and is no part of a longer word ('部' in '部署', '局' in '局长')."""
        k = self.t.begins.get(at)
        if k is None:
            return False
        reach = self.t.starts[k + 1]
        if reach > end and self.t.letters[k] not in "OQ":
            return False
        return self.text[end:end + 1] not in ("长", "门") or self.text[end:end + 2] == "长江"

    def department(self, i: int) -> int:
        """D+ and a unit word, or a branch ('环保部门'), or a coordinated list of branches."""
        j = i
        while j < len(self.t.letters) and self.t.letters[j] == "D":
            j += 1
        k = j  # '农牧和科技' + '局'
        while k + 1 < len(self.t.letters) and self.t.word(k) in ("和", "与") and self.t.letters[k + 1] == "D":
            k += 2
            if (m := units().match(self.text, self.t.starts[k])) and self.unit_ok(self.t.starts[k], m.end()) and m.group() not in ("部",):
                j = k
        end = self.t.starts[j]
        m = units().match(self.text, end)
        if m and self.unit_ok(end, m.end()):
            stop = m.end()
            k = self.t.begins.get(end)
            if k is not None and self.t.letters[k] in "OQ" and self.t.starts[k + 1] > stop:
                stop = self.t.starts[k + 1]
            return self.unit(i, stop)
        if j < len(self.t.letters) and self.t.letters[j] == "Q":
            return self.task(j)
        return self.branches(i, j)

    def unit(self, i: int, stop: int) -> int:
        """One department that ends at stop; spread over the places of a list before it."""
        start, prefix = self.t.starts[i], self.prefix(i)
        core = self.text[start:stop]
        if every := EVERY.search(self.text, max(0, start - 10), start):
            if every.end() == start:
                word = self.text[every.start():stop]
                return self.record(every.start(), stop, self.scene.entity("Agency", f"class/{word}", word, word, generic=True), Prefix(every.start()))
        if m := re.search(r"第[一二三四五六七八九十\d]+$", self.text[max(0, start - 4):start]):
            core, start = m.group() + core, start - len(m.group())
        if self.text[start - 2:start] == "国家":
            name = f"国家{core}"
            return self.record(start - 2, stop, self.scene.entity("Agency", f"100000/{name}", name, name, "中国", kind="national", level="country"), Prefix(start - 2))
        tail = self.nested(stop)
        places = self.places_before(prefix)
        if not prefix:
            prefix, spread = self.inherit(start)
            places = places or spread
            if not prefix and not spread and (own := self.known(core)):
                return self.record(prefix.start, stop, own, prefix)
        if len(places) > 1 and not tail:
            for p in places:
                e = enter(self.scene, Prefix(start, p), core, "department", "")
                self.scene.mention(e, prefix.start, stop, take=False)
            self.scene.take(prefix.start, stop)
            self.shared = (places, stop)
            return stop
        head = enter(self.scene, prefix, core, "department", self.text[prefix.start:stop])
        if tail:
            return self.inner(head, prefix.start, stop, tail, prefix)
        return self.record(prefix.start, stop, head, prefix)

    def known(self, core: str) -> Entity | None:
        """The one body met so far with this own name."""
        own = canonical(core)
        same = [e for (label, key), e in self.scene.entities.items() if label == "Agency" and key.split("/", 1)[-1] == own and not key.startswith("~")]
        return same[0] if len(same) == 1 else None

    def branches(self, i: int, j: int) -> int:
        """'公安、交通部门', '省气象、环保等部门': one branch of government a domain."""
        spans = [(self.t.starts[i], self.t.starts[j])]
        k = j
        while k + 1 < len(self.t.letters) and self.t.word(k) in SEPARATORS and self.t.letters[k + 1] == "D":
            a = k + 1
            k = a
            while k < len(self.t.letters) and self.t.letters[k] == "D":
                k += 1
            if units().match(self.text, self.t.starts[k]) and self.unit_ok(self.t.starts[k], self.t.starts[k] + 1):
                return 0
            spans.append((self.t.starts[a], self.t.starts[k]))
        m = BRANCH.match(self.text, spans[-1][1])
        if not m:
            return 0
        prefix = self.prefix(i)
        if not prefix and self.text[max(0, spans[0][0] - 2):spans[0][0]] in ("各级", "基层"):
            prefix = Prefix(spans[0][0] - 2)
        for n, (s, e) in enumerate(spans):
            domain = self.text[s:e]
            begin = prefix.start if n == 0 else s
            stop = m.end() if n == len(spans) - 1 else e
            surface = self.text[begin:stop] if len(spans) == 1 else f"{self.text[prefix.start:spans[0][0]] if prefix else ''}{domain}部门"
            entity = self.department_of(prefix, domain) or enter(self.scene, prefix, f"{domain}部门", "branch", surface)
            for x in (surface, f"{domain}部门", domain if len(spans) > 1 else ""):
                if x and x != entity.name and x not in entity.aliases and not (prefix and x == domain):
                    entity.aliases.append(x)
            self.record(begin, stop, entity, prefix)
        return m.end()

    def department_of(self, prefix: Prefix, domain: str) -> Entity | None:
        """The department of the same place that looks after a domain, where the notice names it by its full name."""
        if prefix.region is None:
            return None
        full = str(table("organs.toml")["spelt"].get(domain, domain))
        for unit in ("厅", "局", "委员会"):
            if e := self.scene.entities.get(("Agency", f"{prefix.region.key}/{full}{unit}")):
                return e
        return None

    def branch(self, i: int, start: int, end: int) -> int:
        """One branch whose domain ends inside a longer word ('生态环境部' + '门')."""
        m = BRANCH.match(self.text, end)
        if m is None:
            return 0
        prefix, domain = self.prefix(i), self.text[start:end]
        entity = self.department_of(prefix, domain) or enter(self.scene, prefix, f"{domain}部门", "branch", self.text[prefix.start:m.end()])
        return self.record(prefix.start, m.end(), entity, prefix)

    def places_before(self, prefix: Prefix) -> list[Entity]:
        """The places that share what follows: '望都县、曲阳县' before 政府, '太原、忻州等7市' before 人民政府."""
        at, level = prefix.start, prefix.level
        if prefix.region is not None and prefix.start in (s for s, _ in [self.ends.get(prefix.start, (prefix.start, None))]):
            spans = [(s, e, x) for e, (s, x) in self.ends.items() if s == prefix.start and x is prefix.region]
            out = [prefix.region] if spans or prefix.start in self.scene.listed else []
        else:
            out = []
        if not out and (level or prefix.region is not None):
            if not (m := NUMBERED.search(self.text[max(0, at - 6):at])) or not m.group():
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
            if x.props.get("level") != out[-1].props.get("level"):
                break
            out.insert(0, x)
            at = s
        return out

    def organ(self, i: int) -> int:
        """A whole organ: of the place or level before it, of each place of a list, or of a level it names itself ('市委')."""
        word, start, end = self.t.word(i), self.t.starts[i], self.t.starts[i + 1]
        prefix, core = self.prefix(i), word
        zones = self.scene.listed.get(start)
        if m := re.match(r"(自治区|[省市县区州旗盟镇乡]|街道)(委|党委|党工委|政协|政府|政府办|政府办公室|政府办公厅)$", word):
            before = self.ends.get(start)
            place = self.scene.level_place(m.group(1))
            where = before[1] if before and before[1].name.endswith(m.group(1)) else region(self.scene, place, inferred=True) if place else self.last_town(start) if m.group(1) in ("镇", "乡", "街道") else None
            prefix, core = Prefix(before[0] if before and where is before[1] else start, where, "" if where else m.group(1)), m.group(2)
            places: list[Entity] = []
        elif zones:
            places = zones
        elif word == "村委会" and start + 1 in self.ends:
            s, village = self.ends[start + 1]
            prefix, places = Prefix(s, village), []
        elif word in ("行署", "盟行署"):
            place = self.scene.level_place("盟")
            prefix, core, places = Prefix(start, region(self.scene, place, inferred=True) if place else None, "" if place else "盟"), "行政公署", []
        elif not prefix:
            return self.bare_organ(start, end, word)
        else:
            places = self.places_before(prefix)
        kind = "party" if re.search(r"委$|党|纪|委员会$", core) and core not in ("管委会", "监委", "村委会", "居委会") else "government" if "政府" in core else "organ"
        nested = self.nested(end)
        if len(places) > 1:
            for p in places:
                e = enter(self.scene, Prefix(start, p), core, kind, "")
                self.scene.mention(e, prefix.start if p is places[-1] else start, end, take=False)
            self.scene.take(prefix.start, end)
            for p in places:
                p.props.pop("inferred", None)
                if not any(m.entity is p for m in self.scene.mentions):
                    self.scene.mention(p, prefix.start, prefix.start + len(short(p)), take=False)
            self.shared = (places, end)
            self.at_end[end] = (prefix.start, e, Prefix(prefix.start, places[-1]))
            return end
        if "党委政府" == core:
            for c, k in (("党委", "party"), ("政府", "government")):
                self.scene.mention(enter(self.scene, prefix, c, k, f"{self.text[prefix.start:start]}{c}"), prefix.start, end, take=False)
            self.scene.take(prefix.start, end)
            return end
        head = enter(self.scene, prefix, core, kind, self.text[prefix.start:end])
        if nested:
            return self.inner(head, prefix.start, end, nested, prefix)
        return self.record(prefix.start, end, head, prefix)

    def bare_organ(self, start: int, end: int, word: str) -> int:
        """An organ without place: of the body or place the list before it names ('县委、政府'), else nothing."""
        if start and self.text[start - 1] in SEPARATORS and (start - 1) in self.at_end and word in ("政府", "人民政府", "人大", "政协", "纪委", "宣传部", "组织部", "统战部", "政法委", "监委"):
            before = self.at_end[start - 1][2]
            if before:
                return self.record(start, end, enter(self.scene, before, word, "government" if "政府" in word else "organ", word), Prefix(start, before.region, before.level))
        if word in ("宣传部", "组织部", "统战部", "政法委", "纪委", "人大", "政协") and self.text[start - 1:start] in ("、", "，", "兼"):
            home = home_region(self.scene) or next((region(self.scene, self.scene.home[x], inferred=True) for x in ("prefecture", "province") if x in self.scene.home), None)
            near = [x for e, x in self.at_end.items() if start - 12 <= e < start and x[1].props.get("kind") == "party" and x[2].region is not None]
            if near:
                home = near[-1][2].region
            if home is not None:
                return self.record(start, end, enter(self.scene, Prefix(start, home), word, "organ", word), Prefix(start, home))
        return 0

    def committee(self, start: int) -> int:
        """'保定市' + '委': the party committee of a place."""
        if self.text[start] != "委" or start not in self.ends:
            return 0
        s, place = self.ends[start]
        if place.props.get("level") not in ("province", "prefecture", "county"):
            return 0
        head = enter(self.scene, Prefix(s, place), "委员会", "party", self.text[s:start + 1])
        if m := INNER.match(self.text, start + 1):
            return self.inner(head, s, start + 1, m.end(), Prefix(s, place))
        return self.record(s, start + 1, head, Prefix(s, place))

    def inner(self, head: Entity, start: int, end: int, stop: int, prefix: Prefix) -> int:
        """A body within the body that ends at ``end`` ('县委' + '督查室'): one mention, the host only inferred."""
        if not any(m.entity is head for m in self.scene.mentions):
            head.props["inferred"] = True
        core = self.text[end:stop]
        sub = self.scene.entity("Agency", f"{head.key}/{core}", f"{head.name}{core}", self.text[start:stop], head.place, kind="department")
        self.part_of(sub, head, start, stop)
        return self.record(start, stop, sub, prefix)

    def task(self, i: int) -> int:
        """A task body: its last word and what stands before it that belongs to the name."""
        end, k, reach = self.t.starts[i + 1], i - 1, 0
        if self.text[end:end + 3] == "办公室" and not self.t.word(i).endswith("办公室"):
            end += 3
        names, prefix = words_of("name_words"), None
        left = self.t.starts[i]
        while k >= 0 and reach < 36:
            c, word = self.t.letters[k], self.t.word(k)
            at = self.t.starts[k]
            if self.t.starts[k + 1] in self.ends and c in "PLx":
                s, e = self.ends[self.t.starts[k + 1]]
                prefix, left = Prefix(s, e), self.t.starts[k + 1]
                break
            if c in "LHN" and left == self.t.starts[k + 1]:
                prefix = self.prefix(k + 1) if c in "LH" else Prefix(at)
                break
            if c in "Dn" or word in names or word == "第" or (c == "p" and word in "“”+") or (c == "x" and word in "战攻坚专班驻点组环境第一二三四五六七八九十"):
                left, k, reach = at, k - 1, reach + len(word)
                continue
            break
        core = self.text[left:end].strip("“”")
        if k >= 0 and self.t.letters[k] == "N" and prefix is not None:
            return 0  # read with the national body it hangs on
        word = self.t.word(i)
        if left == self.t.starts[i] and prefix is None and not (len(word) > 2 and word[-1] == "办"):
            return self.again(left, end)
        if prefix is None:
            if core == word and len(word) > 2 and word[-1] == "办":
                if self.text[max(0, left - 2):left] == "各级":
                    e = self.scene.entity("Agency", f"class/{word}", word, f"各级{word}")
                    return self.record(left - 2, end, e, Prefix(left))
                prefix = self.inherit(left)[0] or self.own_prefix(left)
                return self.record(left, end, enter(self.scene, prefix, word, "task", word), prefix)
            if core == word or (len(core) - len(word) < 2 and word in ("工作组", "检查组", "专班")):
                return 0
            prefix = self.own_prefix(left)
        surface = self.text[prefix.start:end]
        e = enter(self.scene, prefix, core, "task", surface)
        if core.endswith("办公室") and len(core) > 6 and re.search(r"(?:领导小组|指挥部|联席会议|委员会)办公室$", core):
            host = enter(self.scene, prefix, core.removesuffix("办公室"), "task", "")
            if not any(m.entity is host for m in self.scene.mentions):
                host.props["inferred"] = True
            self.part_of(e, host, prefix.start, end)
        return self.record(prefix.start, end, e, prefix)

    def own_prefix(self, start: int) -> Prefix:
        """A task body without a place word belongs to the notice's own place where that is known."""
        for level in ("county", "prefecture", "province"):
            if level in self.scene.home:
                return Prefix(start, region(self.scene, self.scene.home[level], inferred=True))
        return Prefix(start)

    def again(self, start: int, end: int) -> int:
        """A bare '领导小组', '督查组': the one such body already met."""
        word = self.text[start:end]
        if word.endswith("办公室") and len(word) > 3:
            hosts = {id(m.entity): m.entity for m in self.scene.mentions if m.entity.label == "Agency" and m.entity.name.endswith(word[:-3])}
            named = {id(m.entity): m.entity for m in self.scene.mentions if m.entity.label == "Agency" and m.entity.name.endswith(word)}
            if len(hosts) == 1 and not named:
                host = next(iter(hosts.values()))
                office = self.scene.entity("Agency", f"{host.key}办公室", f"{host.name}办公室", word, host.place, kind="task")
                self.part_of(office, host, start, end)
                return self.record(start, end, office, Prefix(start))
        same = {id(m.entity): m.entity for m in self.scene.mentions if m.entity.label == "Agency" and m.entity.name.endswith(word)}
        if len(same) != 1:
            return 0
        e = next(iter(same.values()))
        if word not in e.aliases:
            e.aliases.append(word)
        return self.record(start, end, e, Prefix(start))

    def firm(self, i: int) -> int:
        """A firm or works: its last word and the name before it; without a name it is no body."""
        end, k = self.t.starts[i + 1], i - 1
        for j in range(i + 1, min(i + 12, len(self.t.letters))):
            if self.t.letters[j] in "pVT":
                break
            if self.t.letters[j] == "F":
                end = self.t.starts[j + 1]
        left = self.t.starts[i]
        while k >= 0 and left - self.t.starts[k] + (self.t.starts[i] - left) <= 24:
            c, word = self.t.letters[k], self.t.word(k)
            if c not in "xPDL" or word in "一二三四五六七八九十两":
                break
            left, k = self.t.starts[k], k - 1
        name = self.text[left:end]
        own = self.text[left:self.t.starts[i]]
        inside = max((e for e in self.ends if left < e <= self.t.starts[i]), default=left)
        unknown = sum(1 for n in range(k + 1, i) if self.t.letters[n] == "x" and self.t.starts[n] >= inside)
        if len(own) < 2 or (unknown < 2 and not any(self.t.letters[n] == "P" for n in range(k + 1, i))):
            return 0
        if self.t.word(i) in words_of("bare_firms") and unknown < 2:
            return 0
        prefix = Prefix(left)
        e = self.scene.entity("Agency", f"firm/{name}", name, name, kind="firm")
        return self.record(left, end, e, prefix)

    def part_of(self, part: Entity, whole: Entity, start: int, end: int) -> None:
        """The statement that one body's name makes of its host."""
        if not any(m.entity is whole for m in self.scene.mentions):
            whole.props.setdefault("inferred", True)
        self.scene.part(part, whole, start, end)
