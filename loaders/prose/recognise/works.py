"""Firms and works: a last word ('有限公司', '污水处理厂'), and the name, the trade and the place before it."""

from __future__ import annotations

from kg.lazy import lazy
from loaders.prose.page import Entity
from loaders.prose.recognise.edges import HAN, everyday_at
from loaders.prose.recognise.names import forward
from loaders.prose.recognise.own_firm import own_firm
from loaders.prose.recognise.places import after_deed
from loaders.prose.recognise.surroundings import Bodies, Prefix, enter, words_of
from loaders.words import NUMERALS

SCHOOL = lazy(
    r"(?![和与及])(?:(?![的了由在对将向])[\u4e00-\u9fff]){2,14}?(?:学院|实验站|试验站|研究所|研究院|实验室|研究中心|校区)"
    r"(?=[、，。（）]|副?(?:院长|所长|站长|主任|书记)|党委|教授|研究员|专家|团队|师生|派|等|[与和及]|承担|负责|联合|要(?!求))"
)
"""A school or institute within a university."""
CALLED = lazy("下?(?:统一)?简称为?")
SOME = lazy(
    r"^[一二三四五六]期|部分|多家|有关|相关|涉及|周边|全部|所有|个别|境内|辖区|涉事|涉案|上述|废弃"
    r"|^(?:非法|违法|违规|无证|无照|流动|黑(?=加油))"
)
WITHIN = lazy("院[内里]|[厂场]区|[内门][的、，口前外]|附近|周边|旁边?|对面")
"""What of a works is meant, or beside it."""
OWN_WORKS = ("分公司", "厂")
MODALS = frozenset("要应须需")
COUNTING = frozenset(f"0123456789{NUMERALS}两几多")


def firm(b: Bodies, i: int) -> int:
    """A firm or works: its last word and the name before it. A public works is its place's ('悦来镇热源厂'); other works
    without a name of their own are no body."""
    end, start, words = last_word(b, i), b.t.starts[i], words_of("firm_words")
    left, k, place, seated = start, i - 1, None, False
    while k >= 0 and start - b.t.starts[k] <= 24:
        if left in b.ends and b.ends[left][1].props.get("level") in ("township", "village"):
            place = b.ends[left]
            break
        c, word = b.t.letters[k], b.t.word(k)
        if word == "）" and (opened := bracketed(b, left)) is not None:  # '华润水泥（曲阳）有限公司'
            seated = True
            left, k = opened, b.t.at(opened) - 1
            continue
        counts = word in f"{NUMERALS}两" and (word == "两" or b.text[left : left + 1] in "家个座处类批户条大")
        counted = word in "座家处个" and b.text[b.t.starts[k] - 1 : b.t.starts[k]] in COUNTING  # '11座…厂'
        # '河北君' + '和' + '兴商贸有限公司', '，河北' + '同' + '方铸造有限公司'
        named = (word, b.t.letters[max(0, k - 2) : k]) in (("和", "Px"), ("同", "pP"))
        named = (
            named or word == "和" and b.t.letters[k - 1 : k] == "P" and b.t.letters[k + 1] == "x"
        )  # '曲阳县' + '和兴'
        named = named or word == "原" and b.t.letters[k - 1 : k] == "x" and k > 0  # '正原微玻纤公司'
        if left == start and word in ("我", "本", "该", "贵", "你"):
            break  # '来我' + '公司'
        if (c not in "xPD" and word not in words and not named) or counts or counted or word in "的入内归由将把让":
            break
        left, k = b.t.starts[k], k - 1
    while n := before_name(b, left, start):
        left += n  # '接入' + '占陇污水处理厂', '要科学制订' + '填埋场'
    left = behind_somebody(b, left, start)
    if called := CALLED.search(b.text, max(0, left - 1), start):
        left = called.end()  # '（以下简称' + '远山公司'
    name, unknown = b.text[left:end], own_characters(b, left, start)
    public = b.t.word(i) in words_of("public_works")
    beside = (
        Prefix(*place)
        if place
        else b.prefix(b.t.begins.get(left, i)) or (b.inherit(left)[0] if left == start else None)
    )
    if public and start in b.ends and b.ends[start][0] == left:
        beside = Prefix(*b.ends[start])  # '台前县污水处理厂'
        name = b.text[start:end]
    if unknown < 2 and public and (prefix := beside):
        return b.record(prefix.start, end, enter(b.scene, prefix, name, "firm", b.text[prefix.start : end]), prefix)
    counted = b.text[left - 1 : left] in ("座", "家", "处", "个") and not b.text.endswith("查处", 0, left)
    if SOME.search(name) or name[0] == "（" or counted:
        return 0  # '部分采石场', '11座再生水厂'
    of_a_place = b.t.letter_at(left) == "P" and b.t.starts[b.t.at(left) + 1] < start
    own = trade_start(b, i)
    if unknown < 2 and (begin := of_its_place(b, own, start, end)) is not None:
        whole = b.text[begin:end]
        e = b.scene.entity("Agency", f"firm/{whole}", whole, b.text[own:end], kind="firm")
        return b.record(own, end, e, Prefix(own))
    if b.text[start:end] == "分公司" and start in b.ends and (host := firm_before(b, start)) is not None:
        begin = b.ends[start][0]
        return b.inner(host, begin, begin, end, Prefix(begin))
    alone = beside is None or not beside
    if (
        alone
        and name.endswith(OWN_WORKS)
        and left < end - 2
        and (host := own_firm(b, left)) is not None
        and not of_a_place
    ):
        return b.inner(host, left, left, end, Prefix(left))  # a branch or works alone in its firm's own notice
    trade = b.text[b.t.starts[b.t.at(left) + 1] : start] if of_a_place else ""
    if b.t.word(i) in ("公司", "林场", "农场") and len(trade) > 1 and trade != "国有":
        unknown = max(unknown, 2)  # '北票煤业公司'
    if seated or unknown < 2 and b.t.word(i) == "集团" and start - left >= 4 - of_a_place:
        unknown = 2  # '环境服务集团', '天津港集团'
    school = b.t.word(i) == "大学" or b.t.word(i).endswith("学院") and b.t.letter_at(left) == "P"
    if school and left < start and b.text[end : end + 1] != "生":
        unknown = 2  # '广西大学', '滨州学院'
    legal = b.t.word(i).endswith("有限公司") and left < start  # '海伦农场有限公司'
    if unknown < 2 and (
        place or b.t.word(i) in words_of("bare_firms") and not legal or not named_by_place(b, k + 1, i)
    ):
        return 0
    firms = [x for (_, key), x in b.scene.entities.items() if key.startswith("firm/") and x.name != name]
    longer = [x for x in firms if len(name) > 5 and x.key.endswith(name) or of_a_group(name, x.name)]
    if len(longer) == 1:  # '曲阳县二桥污水处理厂', then '二桥污水处理厂'
        longer[0].aliases += [name] if name not in longer[0].aliases else []
        return b.record(left, end, longer[0], Prefix(left))
    e = b.scene.entity("Agency", f"firm/{name}", name, name, kind="firm")
    if place and (whole := b.text[place[0] : end]) not in e.aliases:
        e.aliases.append(whole)
    unit = SCHOOL.match(b.text, end) if name.endswith("大学") else None
    if name.endswith(("大学", "学院")) and (stop := unit.end() if unit else b.nested(end)):
        return b.inner(e, left, end, stop, Prefix(left))  # '滨州学院' + '环境工程研究所'
    return b.record(left, end, e, Prefix(left))


def before_name(b: Bodies, left: int, start: int) -> int:
    """How many characters at an offset are an everyday word, or a modal verb, and no part of the name of works."""
    after_a_day = b.text[left] == "日" and b.text[left - 1 : left].isdigit()  # '10月25日' + '二道河农场'
    inner = (
        left and b.t.letters[b.t.at(left - 1)] == "V" and everyday_at(b.text, left - 1) == 2
    )  # '到达' + '宏发建材厂'
    if (b.text[left] in MODALS or after_a_day or b.text[left] == "着" or inner) and left + 1 < start:
        return 1
    if (deed := after_deed(b.text, left, start)) > left:
        return deed - left
    n = everyday_at(b.text, left) if b.t.letter_at(left) == "x" else 0
    said = n and left + n <= start and b.text[left : left + n] not in words_of("firm_words")
    return n if said and b.text[left + n] not in "式型类" else 0


def behind_somebody(b: Bodies, left: int, start: int) -> int:
    """Where a firm's name begins in left..start behind somebody who does something to it ('石某' + '走访' + '宏发建材厂')."""
    stop = forward(b.t, left) if left == 0 or b.t.letters[b.t.at(left - 1)] == "p" else 0
    n = everyday_at(b.text, stop) if stop else 0
    at = stop + n
    word = b.text[stop:at]
    if not n or word in words_of("firm_words") or at >= start or own_characters(b, at, start) < 2:
        return left
    return at


def of_a_group(name: str, whole: str) -> bool:
    """Whether a group's short name may be that of the one named in full ('远山集团' of 河北远山化工集团股份有限公司)."""
    stem, kind, rest = name.partition("集团")
    return bool(kind) and not rest and 2 <= len(stem) <= 4 and stem in whole.partition("集团")[0] and "集团" in whole


def firm_before(b: Bodies, at: int) -> Entity | None:
    """The firm named last in the paragraph before one of its branches ('远山公司总经理石某、石桥分公司经理路某')."""
    firms = (x for _, _, x, _ in b.back(at, b.scene.paragraph(at)) if x.props.get("kind") == "firm")
    return next(firms, None)


def trade_start(b: Bodies, i: int) -> int:
    """Where the trade begins that a works' last word closes ('陶瓷' + '釉厂')."""
    while i and b.t.word(i - 1) in words_of("firm_words"):
        i -= 1
    return b.t.starts[i]


def of_its_place(b: Bodies, own: int, start: int, end: int) -> int | None:
    """Where a county or town begins whose own works stands in a list by what it makes ('石桥县釉料厂、望山镇石灰厂')."""
    begin, where = b.ends.get(own, (0, None))
    small = where is not None and where.props.get("level") in ("county", "township")
    word = b.text[start:end]
    known = word in words_of("bare_firms") or word in words_of("public_works") or word[-1] != "厂"
    return begin if small and not known and b.text[end : end + 1] in ("、", "，", "。", "和", "等") else None


def bracketed(b: Bodies, end: int) -> int | None:
    """Where the word before brackets that end at an offset ends: the brackets' own beginning; None where they hold more
    than a place or a name."""
    opened = b.text.rfind("（", max(0, end - 9), end)
    inner = b.text[opened + 1 : end - 1]
    told = b.text.endswith(("消息", "讯", "报道", "电"), 0, max(opened, 0))  # '某新闻网消息（某某）' + '三农场'
    return opened if opened > 0 and 2 <= len(inner) <= 6 and HAN.fullmatch(inner) and not told else None


def last_word(b: Bodies, i: int) -> int:
    """Where a firm's name ends that may run on over several last words ('…集团有限公司分公司')."""
    end, words, public = b.t.starts[i + 1], words_of("firm_words"), words_of("public_works")
    for j in range(i + 1, min(i + 12, len(b.t.letters))):
        c, word = b.t.letters[j], b.t.word(j)
        if b.t.starts[j] == end and (word[0] in "和与及" or WITHIN.match(b.text, end)):
            break  # '…有限公司' + '和平罗县…厂', '…厂' + '院内料场'
        if (
            c in "pVTs"
            or (c == "W" and word not in words)
            or (c == "x" and everyday_at(b.text, at := b.t.starts[j]) and b.text[at : at + 2] not in words)
        ):
            break
        if c == "F" and word in public and b.text.endswith("公司", 0, end):
            break  # '…有限公司' + '污水处理站'
        if c == "F":
            end = b.t.starts[j + 1]
    return end


def own_characters(b: Bodies, left: int, right: int) -> int:
    """How many characters of a firm's name say nothing of its place or its trade."""
    inside = next((e for e in range(right, left, -1) if e in b.ends and b.text[e : e + 1] != "）"), left)
    count, at, trades = 0, inside, words_of("firm_words")
    if b.text.startswith("分公司", right) or inside > left and b.ends[inside][0] > left:
        at = left  # '国能曲阳发电有限公司'
    if b.text.startswith(("中国", "国家", "国网"), left):
        return 2
    while at < right:
        n = everyday_at(b.text, at) or next((n for n in (4, 3, 2) if b.text[at : at + n] in trades), 0)
        if n:
            at += n
            continue
        count += b.t.letter_at(at) == "x"
        at += 1
    return count


def named_by_place(b: Bodies, first: int, last: int) -> bool:
    """Whether a place and a trade together name a firm ('沂水水泥有限公司')."""
    return last - first > 1 and any(b.t.letters[n] == "P" for n in range(first, last))
