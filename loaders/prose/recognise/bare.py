"""Organs without a place of their own: they are of the body or place named before ('县委、政府', '大石头村党支部、村委会')."""

from __future__ import annotations

from kg.lazy import lazy
from loaders.prose.page import Entity
from loaders.prose.recognise.edges import everyday_at
from loaders.prose.recognise.hand import firm_in_hand, place_in_hand
from loaders.prose.recognise.lexicon import table
from loaders.prose.recognise.own_firm import own_firm
from loaders.prose.recognise.regions import region
from loaders.prose.recognise.surroundings import FUNCTION, SEPARATORS, Bodies, Prefix, enter, words_of
from loaders.words import SEVERAL

EACH_ZONE = lazy(
    "[各全][县市区]?(?:[\u4e00-\u9fff]{0,2}开发区|园区|功能区|高新区|经开区|新区|集聚区|管理区|示范区|度假区)$"
)
EACH_AND_ZONES = lazy("各[^，。；：\n]{1,14}[、和及](?P<zones>开发区|园区|产业集聚区|集聚区|功能区)$")
OF_EVERY = lazy(r"(各)[^，。；：\n]{1,12}[、和]$")
CONFERENCE = lazy("政协$|^中国人民政治协商会议[\u4e00-\u9fff]+委员会$|人民代表大会(?:常务委员会)?$|人大(?:常委会)?$")
EVERYWHERE = lazy(
    f"(各级|各地|(?:各|{SEVERAL}个?)(?:县区|区县|市县|县市|乡镇|镇街|镇乡|街镇|街道|苏木镇?场?|乡镇场|镇街场|[省市州盟县区旗镇乡])(?:（[省市州盟县区旗镇乡街道、]{{1,8}}）)?)"
    "(?:地方)?党(?:委|工委|组织)(?:（党工委）)?[、和]$"
)
OF_EACH = lazy(
    f"(?P<each>各|{SEVERAL}个?)(?P<kind>县区|区县|县（市、区）|县（区）|县市区|市县|县市|乡镇|镇街|乡镇（街道）|[县区镇乡])"
    "(?![级直长域委局])[^。；：\\n]{0,40}[由，]党委、$"
)
"""Each of several places before a bare 党委、政府 that is its own."""
OF_SIDES = lazy("(?:[两三四五六七八]|各)(?:地|[省市县区州旗镇乡])[^，。；、\n]{1,6}[、和]$")
HEADED = lazy("(?:常务副|副|代)?([省市县区旗州])长")


def bare_organ(b: Bodies, start: int, end: int, word: str) -> int:
    """An organ without place: of the body or place named before it ('县委、政府', '大石头村党支部、村委会'), else nothing."""
    kind = "government" if "政府" in word else "organ"
    c = b.text[start - 1 : start]
    if word in words_of("of_conferences"):  # '市政协副主席、人口资源环境委员会主任'
        left = max(b.text.rfind(x, 0, start) for x in "。\n") + 1
        over = next(((x, p) for _, _, x, p in b.back(start, left) if CONFERENCE.search(x.name)), None)
        return b.inner(over[0], start, start, end, Prefix(start, over[1].region)) if over else 0
    if word.endswith("政府") and (m := EVERYWHERE.search(b.text, max(0, start - 20), start)):  # '各级党委、政府'
        b.a_class(start, end, f"{m.group(1)}{word}", word)
        both, said = b.scene.entities["Agency", f"class/{m.group(1)}{word}"], b.text[m.start() : end]
        both.aliases += [said] if said not in both.aliases else []
        return end
    if c and c in SEPARATORS and (start - 1) in b.at_end and word in words_of("bare_after_a_body"):
        before = b.at_end[start - 1][2]
        if b.shared[1] == start - 1:  # '望都县、曲阳县党委' + '和政府'
            return b.spread(b.shared[0], word, kind, start, start, end)
        if before.region is not None and word in words_of("party_offices"):
            return b.inner(enter_host(b, before.region), start, start, end, Prefix(start, before.region))
        if before:
            e = enter(b.scene, before, word, kind, word)
            return b.record(start, end, e, Prefix(start, before.region, before.level))
    if word in words_of("named_by_themselves") and (own := own_name(b, start)) < start:
        prefix = b.prefix(b.t.begins[own])
        county = b.scene.home.get("county")
        home = region(b.scene, county, inferred=True) if county is not None else None
        place = prefix.region or home or last_place(b, own, ["county"])
        prefix = prefix if prefix else Prefix(own, place)
        return b.record(
            prefix.start, end, enter(b.scene, prefix, b.text[own:end], kind, b.text[prefix.start : end]), prefix
        )
    if c and c in SEPARATORS and word.endswith("政府") and (start - 1) in b.at_end:
        before_it = b.at_end[start - 1][1]
        if before_it.props.get("generic"):  # '各县区委、政府'
            return b.record(
                start, end, b.scene.entity("Agency", f"{before_it.key}/政府", word, word, generic=True), Prefix(start)
            )
    small = table("organs.toml")["of_small_places"].get(word) if c != "（" else ""  # '各乡镇人民政府（办事处）'
    if small and (each := EACH_ZONE.search(b.text, max(0, start - 10), start)):  # '某新区、各开发区管委会'
        return b.a_class(each.start(), end, b.text[each.start() : end])
    if small and (each := EACH_AND_ZONES.search(b.text, max(0, start - 20), start)):  # '各乡镇政府、开发区管委会'
        zones = each.start("zones")
        return b.a_class(zones, end, f"各{b.text[zones:end]}", b.text[zones:end])
    if small and c in SEPARATORS and (m := OF_EVERY.search(b.text, max(0, start - 16), start)):
        return b.a_class(start, end, f"{m.group(1)}{word}", word)  # '各镇人民政府、街道办事处'
    if small and word in words_of("of_zones") and c and c in "区园城带港岛":
        return 0  # '王桥新型煤化工园区' + '管委会' is not that of a zone named before
    if small and (place := beside_it(b, start, small) or last_place(b, start, small.split())) is not None:
        core = {"办事处": "街道办事处", "村民委员会": "村委会"}.get(word, word)
        e = enter(b.scene, Prefix(start, place), core, kind, word)
        if stop := b.nested(end):  # '办事处' + '安监办'
            return b.inner(e, start, end, stop, Prefix(start, place))
        return b.record(start, end, e, Prefix(start, place))
    if word == "政府" and (
        m := OF_EACH.search(b.text, max(0, start - 60), start)
    ):  # '各县区共设林长18名，由党委、政府…'
        return b.a_class(start, end, f"{m['each']}{m['kind']}{word}", word)
    if word == "政府" and b.text.endswith("党委、", 0, start) and start - 1 not in b.at_end:
        told = b.back(
            start, b.scene.paragraph(start)
        )  # '该镇党委、政府作检查，党委、政府负责人…': the town's both times
        if town := next((p.region for _, _, x, p in told if x.name.endswith("党委") and p.region), None):
            return b.record(start, end, enter(b.scene, Prefix(start, town), word, kind, word), Prefix(start, town))
    if word == "政府" and (m := HEADED.match(b.text, end)) and (not c or c in "，。；：、\n"):  # '政府副县长'
        level = b.scene.level_place(m.group(1))
        prefix = Prefix(start, region(b.scene, level, inferred=True)) if level else Prefix(start, None, m.group(1))
        e = enter(b.scene, prefix, word, kind, word if level else f"{m.group(1)}{word}")
        e.aliases += [word] if word not in e.aliases else []
        return b.record(start, end, e, prefix)
    begins = c in ("", *"，。；：\n") or b.text.endswith(("领着", "带着", "带领", "率领", "召集", "会同"), 0, start)
    listed = begins and b.text.startswith("、", end) or c == "、" and start - 1 in b.at_end
    runs_on = c == "委" and b.t.letters[b.t.at(start - 1)] == "T" == b.t.letter_at(end)  # '常委' + '组织部' + '部长'
    if word == "纪委" and (firm_in_hand(b, start) or own_firm(b, start)) is not None:
        return 0  # '…公司党委委员、纪委书记': of the firm
    if OF_SIDES.search(b.text, max(0, start - 12), start):
        return 0  # '三地法院、检察院'
    if (listed or runs_on or c and c in "，兼和、") and word in words_of("bare_after_a_title"):
        home = place_in_hand(b, start)
        if home is None and (beside := committee_before(b, start)):  # '县委常委、纪委书记' of a county nothing tells
            open_level = Prefix(start, None, beside.level)
            if word in words_of("party_offices"):
                host = enter(b.scene, open_level, "委员会", "party", f"{beside.level}委")
                return b.inner(host, start, start, end, open_level)
            return b.record(start, end, enter(b.scene, beside, word, kind, f"{beside.level}{word}"), open_level)
        if home is None and listed:  # '政府办、组织部、…' of a place that nothing tells
            return b.record(start, end, enter(b.scene, Prefix(start), word, kind, word), Prefix(start))
        if home is not None:
            if word in words_of("party_offices"):
                head = enter_host(b, home)
                return b.inner(head, start, start, end, Prefix(start, home))
            return b.record(start, end, enter(b.scene, Prefix(start, home), word, kind, word), Prefix(start, home))
    return 0


def beside_it(b: Bodies, start: int, levels: str) -> Entity | None:
    """The small place whose body stands right before the mark before an offset ('镇纪委、派出所')."""
    before = b.at_end[start - 1][2].region if start - 1 in b.at_end and b.text[start - 1] in SEPARATORS else None
    return before if before is not None and before.props.get("level") in levels.split() else None


def committee_before(b: Bodies, start: int) -> Prefix | None:
    """What places the committee whose member's title stands before the mark before an offset; None for no title there."""
    k = b.t.at(start - 1) - 1
    if k < 0 or b.text[start - 1] != "、" or b.t.letters[k] != "T" or b.t.starts[k] not in b.at_end:
        return None
    prefix = b.at_end[b.t.starts[k]][2]
    return prefix if prefix.level else None


def own_name(b: Bodies, start: int) -> int:
    """Where a run of two to six unknown characters begins that stands between a mark, a verb or a place and an offset;
    the offset itself where there is none ('由恩城' + '派出所')."""
    k, word = b.t.at(start - 1) if start else -1, False
    while k >= 0 and b.t.letters[k] == "x" and start - b.t.starts[k] <= 6:
        whole = start - b.t.starts[k + 1] >= 2
        word = whole and (b.t.word(k) == "着" or b.t.starts[k] > 0 and everyday_at(b.text, b.t.starts[k] - 1) == 2)
        if word or b.t.word(k) in FUNCTION or everyday_at(b.text, b.t.starts[k]) or b.t.starts[k + 1] in b.ends:
            break  # '看望' + '石桥派出所'
        k -= 1
    at = b.t.starts[k + 1]
    bounded = k < 0 or word or b.t.letters[k] in "pVM" or at in b.ends or b.t.word(k) in "由和与"
    return at if bounded and start - at >= 2 else start


def enter_host(b: Bodies, home: Entity) -> Entity:
    """The party committee of a place, inferred where nothing names it."""
    known = ("Agency", f"{home.key}/委员会") in b.scene.entities
    head = (
        enter(b.scene, Prefix(0, home), "委员会", "party", "")
        if not known
        else b.scene.entities["Agency", f"{home.key}/委员会"]
    )
    if not known:
        head.props["inferred"] = True
    return head


def last_place(b: Bodies, before: int, levels: list[str]) -> Entity | None:
    """The place of some level named last before an offset in its sentence, else the only one of the notice."""
    left = max(b.text.rfind(c, max(0, before - 400), before) for c in "。\n") + 1
    zone = ("新区", "开发区", "示范区", "高新区", "园区") if "zone" in levels else ()
    near = next(
        (x for x in b.scene.places_back(before, left) if x.props.get("level") in levels or x.name.endswith(zone)), None
    )
    own = b.scene.home.get("township") if "township" in levels else None
    return near or b.scene.only_place(levels) or (region(b.scene, own, inferred=True) if own is not None else None)
