"""Front matter: headline, date, publisher, document number and address, from labels, markup and signature."""

from __future__ import annotations

import re
from functools import cache
from itertools import zip_longest

from kg.lazy import lazy
from loaders.clean.characters import HAN
from loaders.clean.lines import BODY, CRUMB, FRONT, HEADLINE, MENU, OPENING, Line, one_speech
from loaders.clean.minutes import MINUTES, mark_minutes
from loaders.clean.tables import front
from loaders.clean.values import DATE, DAY, DOC_NUMBER, HAN_DATE, NUMBER, iso_date, publisher_of, signer
from loaders.words import HEADS

_ITS_NUMBER = lazy(rf"[（]?({NUMBER})[）]?(?:[ \t][^，。]{{0,40}})?$")
_RED_HEAD = lazy(rf"([{HAN}]{{4,24}})文件")
_PROMULGATED = lazy(
    rf"（{DATE.pattern}日?[{HAN}、]{{2,30}}?(?:印发|发布|公布|批准|审议通过)）"
)  # by whom, it says itself
_DATELINE = lazy(
    rf"([{HAN}（）·]{{2,24}})[ \t|/]+{DATE.pattern}日?(?: \d{{1,2}}:\d{{2}}(?::\d{{2}})?)?(?:[ \t|/]+[^，；]{{0,40}})?$"
)
_TITLE_END = lazy(
    r"(?:通知|意见|通报|公告|通告|公示|函|决定|报告|方案|办法|批复|细则|规定|计划|预案|清单|名单|讲话|通报会|要点)》?(?:的通知)?(?:（[^）]{1,20}）)?$"
)
_DAY = lazy(DAY)
_ON_A_DAY = lazy(
    rf"{DATE.pattern}日(?:[上下]午)?(?:，[{HAN}]|[{HAN}“”]{{8,}}：$)"
)  # a sentence: '2024年5月8日，县环委会召开', '5月8日镇长调度禁烧工作：'
_SPEECH = lazy("上的?(?:讲话|发言|致辞|总结|报告)")
_AT_A_SPEECH = rf"在.{{4,40}}[上时]的[{HAN}]{{0,3}}(?:讲话|发言|致辞)"
_SPEAKER_WITHIN = lazy(
    rf"{HEADS}[{HAN}·]{{2,12}}?(?:同志)?{_AT_A_SPEECH}"
    rf"|^[{HAN}·]{{2,4}}?(?:同志|(?:常务)?副?(?:[省市县区州旗镇乡局厅]长|书记|主任|主席)){_AT_A_SPEECH}"
    rf"|{_AT_A_SPEECH}（[{HAN}、]{{0,16}}{HEADS}[{HAN}·]{{2,4}}）$"
)
_BRACKETED_DAY = lazy(
    rf"[{HAN}· \t]{{0,24}}[（(]\d{{4}}年\d{{1,2}}月\d{{1,2}}日[）)]$"
)  # after who gave it: '某县县长（2024年3月5日）'
_SPEAKER = lazy(rf"(?:长|书记|主任|委员|专员|主席|[经助]理)[ \t]+[{HAN}·]{{2,8}}$")  # under the headline of a speech
_SAID_BY = lazy(
    rf"(?:讲话|主讲|发言|致辞)人：[^，。；]{{2,30}}$|(?:[{HAN}]{{2,16}}、)*[{HAN}]{{0,16}}(?:长|书记|主任|委员|专员|主席|[经助]理)(?!制)[{HAN}·]{{2,3}}$"
)  # the same without a space, right under words that say it is one


@cache
def _labels() -> tuple[dict[str, str], re.Pattern[str]]:
    by_label = {label: field for field, labels in front()["labels"].items() for label in labels}
    every = "|".join(sorted(map(re.escape, by_label), key=len, reverse=True))
    return by_label, re.compile(rf"(?<![{HAN}])({every})(?:[：\t]|[ ]?\||(?=[\[【（？]|$)|[ ](?=\d|$))")


def fields_of(text: str) -> list[tuple[str, str, str]]:
    """(field, label, value) of a line of labelled values; [] where the line is not one.

    A date without a label, at the line's start, alone or after a source, gives ('published', '', date), a name
    before it ('市大气办 2019-01-17') the publisher.
    """
    if len(text) > 400 or "。" in text:
        return []
    if dateline := _DATELINE.match(text):
        return [("publisher", "", dateline[1].removesuffix("讯")), ("published", "", text)]
    by_label, pattern = _labels()
    labels = list(pattern.finditer(text))
    bare = text.lstrip("（[【 ")
    dated = None if _ON_A_DAY.match(text) else DATE.match(bare) or HAN_DATE.match(bare)
    first = labels[0].start() if labels else len(text)
    if first > 2 and not (dated and (labels or len(text) <= 24)):
        return []
    if not labels and not dated:
        return []
    found = [("published", "", text[:first])] if dated and first > 2 else []
    loose = None if found else DATE.search(text, first)  # '来源：某日报 2022-11-08 09:30'
    for here, after in zip(labels, [*labels[1:], None], strict=False):
        value = text[here.end() : after.start() if after else len(text)].strip(" \t|，；/[]【】、-？")
        found.append((by_label[here[1]], here[1], value))
    if loose and not any(field == "published" for field, _, _ in found):
        found.append(("published", "", loose[0]))
    return found


def mark_front(lines: list[Line], title: str) -> list[Line]:
    """Give front matter and headlines their role and answer the lines of the headline (several where it is broken).

    ``title`` is what markup says. Before the first prose any labelled line is front matter; after it one needs two
    labels (a page whose body stands before its headline).
    """
    first = next((i for i, line in enumerate(lines) if line.prose and line.role == BODY), len(lines))
    crumb = max((i for i in range(first) if lines[i].role == CRUMB), default=-1)
    for line in lines[: crumb + 1]:
        if line.role == BODY:
            line.role = MENU
    for i, line in enumerate(lines):
        if line.role == BODY and _is_front(line.text, early=i < first):
            line.role = FRONT
    mark_minutes(lines)
    menus = {line.key for line in lines if line.role in (MENU, CRUMB)}
    for line in lines[first:]:
        if line.role == BODY and not line.prose and line.key in menus:  # a section's name comes again under the article
            line.role = MENU
    found = _headline(lines, title, first, crumb)
    if found is None:
        return []
    at = lines.index(found)
    headline = _whole(lines, at) if not title else [found]
    for line in lines[: lines.index(headline[0])]:
        if line.role == BODY and not line.prose and at <= first:
            line.role = MENU
    for line in headline:
        line.role = HEADLINE
    _mark_headlines(lines, headline, first)
    _day_of_speech(lines, headline)
    if _SPEAKER_WITHIN.search("".join(line.text for line in headline)):
        for line in headline:
            line.role = BODY  # who speaks may stand nowhere else: it is read too
    return headline


def _whole(lines: list[Line], at: int) -> list[Line]:
    """A headline with the lines it was broken into: '某县人民政府' / '关于印发某方案的' / '通知'."""
    for pair in (lines[at - 1 : at + 1] if at else [], lines[at : at + 2]):
        if len(pair) == 2 and pair[0].role == pair[1].role == BODY and one_speech(*pair):
            return pair
    run = [lines[at]]
    for line in reversed(lines[:at]):
        if line.role != BODY or not (signer(line.text) or line.text.startswith("关于")) or len(run) == 3:
            break
        if not (run[0].text.startswith("关于") or _TITLE_END.search(run[-1].text)):
            break
        run.insert(0, line)
    for line in lines[at + 1 : at + 3]:
        text = run[-1].text
        broken = (
            "关于" in "".join(x.text for x in run)
            and not _TITLE_END.search(text)
            or line.text.startswith("关于")
            and signer(text)
        )
        if (
            line.role != BODY
            or not broken
            or line.prose
            or not (line.heading_like or _TITLE_END.search(line.text))
            or len(line.text) > 40
        ):
            break
        run.append(line)
    return run if len(run) == 1 or _TITLE_END.search(run[-1].text) else [lines[at]]


def _day_of_speech(lines: list[Line], headline: list[Line]) -> None:
    """The day in brackets under a speech's headline is when it was given, not when it was published: it stays body."""
    if not headline or not _SPEECH.search("".join(line.text for line in headline)):
        return
    for line in lines[lines.index(headline[-1]) + 1 :][:2]:
        if line.role in (FRONT, HEADLINE) and _BRACKETED_DAY.match(line.text):
            line.role = BODY


def _is_front(text: str, early: bool) -> bool:
    """Whether a line is front matter: before the first prose any labelled one, after it only one with two labels."""
    if early and (_ITS_NUMBER.match(text) or _RED_HEAD.fullmatch(text)):
        return True
    if early and _PROMULGATED.fullmatch(text):
        return False
    fields = fields_of(text)
    labelled = [label for _, label, _ in fields if label]
    if early:
        return bool(fields)
    if any(field == "url" and "://" in value for field, _, value in fields):
        return True
    return len(labelled) >= 2 or bool(labelled and fields[0][0] == "published" and not fields[0][1])


def _headline(lines: list[Line], title: str, first: int, crumb: int) -> Line | None:
    if title:
        key = re.sub(rf"[^{HAN}0-9A-Za-z]+", "", title)
        return next((line for line in lines if line.role == BODY and line.key == key), None)
    if minutes := next(
        (line for line in lines[crumb + 1 : first] if line.role == BODY and MINUTES.search(line.text)), None
    ):
        return minutes
    for i, line in enumerate(lines):
        if line.role == FRONT and fields_of(line.text):
            above = (
                x
                for n, x in reversed([*enumerate(lines[:i])])
                if x.role not in ("furniture", FRONT) and not _names_speaker(x, lines[n - 1] if n else None)
            )
            before = next(above, None)
            if before is not None and before.role == BODY and before.heading_like:
                return before
    for line in lines[crumb + 1 : first]:
        if line.role != BODY:
            continue
        after = next((x for x in lines[lines.index(line) + 1 :] if x.role == BODY), None)
        return line if line.heading_like and not _is_opening(line, after) else None
    return _above_crumbs(lines, crumb)


def _names_speaker(line: Line, above: Line | None) -> bool:
    """Whether a line is who holds the speech whose headline stands above it."""
    under = above is not None and _SPEECH.search(above.text)
    return bool(_SPEAKER.search(line.text) or under and _SAID_BY.match(line.text))


def _above_crumbs(lines: list[Line], crumb: int) -> Line | None:
    """The headline that stands above its breadcrumbs, which end in most of its words."""
    above = lines[crumb - 1] if crumb > 0 else None
    if above is None or above.role != MENU or not above.heading_like:
        return None
    section = re.sub(f"[^{HAN}]", "", lines[crumb].text.rpartition(">")[2])
    same = sum(c in above.text for c in section)
    return above if len(section) >= 8 and same >= len(section) * 0.8 else None


def _is_opening(line: Line, after: Line | None) -> bool:
    """Whether a line that no label marks as a headline begins a body without one, broken in mid-sentence."""
    if _TITLE_END.search(line.text):
        return False
    set_in = line.indented and after is not None and not after.indented
    return set_in or line.text.count("，") > 1 or bool("，" in line.text and OPENING.search(line.text))


def _mark_headlines(lines: list[Line], headline: list[Line], first: int) -> None:
    """The lines of headline under it, and every repeat of them."""
    keys = {"".join(line.key for line in headline)}
    at = lines.index(headline[-1])
    if at < first < len(lines):
        run: list[Line] = []
        for line in lines[at + 1 : first]:
            heading = line.heading_like and len(line.text) >= 10 and not re.search("[：，]", line.text)
            says = _names_speaker(line, lines[at]) or _PROMULGATED.fullmatch(line.text)
            if line.role == BODY and heading and not says:
                if line.indented and not lines[at].indented:
                    break
                run.append(line)
            elif line.role == BODY:
                break
        for line in run[:4]:
            line.role = HEADLINE
            keys.add(line.key)
    for line, below in zip_longest(lines, lines[1:]):
        signs = below is not None and line is not headline[0] and _DAY.fullmatch(below.text) and signer(line.text)
        if line.role == BODY and line.key in keys and not signs:
            line.role = HEADLINE


def labelled(lines: list[Line]) -> dict[str, str]:
    """What the front matter's labels say, by field; of several the label that is believed more."""
    ranks = {label: i for labels in front()["labels"].values() for i, label in enumerate(labels)}
    best: dict[str, tuple[int, str]] = {}
    for line in lines:
        if line.role == BODY and (told := _PROMULGATED.fullmatch(line.text)):
            best.setdefault("published", (99, iso_date(told[0])))
        if line.role == CRUMB and (day := iso_date(line.text.rpartition(">")[2])):  # '首页 > 要闻 2024-05-08'
            best.setdefault("published", (99, day))
        if line.role != FRONT:
            continue
        if head := _RED_HEAD.fullmatch(line.text):
            best.setdefault("publisher", (99, head[1]))
        if number := _ITS_NUMBER.match(line.text):
            best.setdefault("doc_number", (0, number[1]))
        for field, label, raw in fields_of(line.text):
            value = _value(field, raw)
            rank = ranks.get(label, 99)
            if value and field != "other" and rank < best.get(field, (100, ""))[0]:
                best[field] = (rank, value)
    return {field: value for field, (_, value) in best.items()}


def _value(field: str, raw: str) -> str:
    if field == "published":
        return iso_date(raw)
    if field == "publisher":
        return publisher_of(DATE.split(raw)[0])
    if field == "doc_number":
        found = DOC_NUMBER.search(raw)
        return found[0] if found else ""
    return raw


def signature(lines: list[Line]) -> tuple[str, str]:
    """(body, ISO date) of the signature at the notice's end; '' for what it has not.

    The signature is a body's name on a line of its own above a date on one of its own (or beside it), or the
    last line; annexes may follow it.
    """
    body = [line for line in lines if line.role == BODY]
    for i in range(len(body) - 1, -1, -1):
        text = body[i].text
        day = iso_date(text)
        if not day or len(text) > 60:
            continue
        rest = re.sub(r"[\s（）]", "", HAN_DATE.sub("", DATE.sub("", text))).strip("日")
        if not rest and i and (name := signer(body[i - 1].text)):
            while i > 1 and (upper := signer(body[i - 2].text)):  # several bodies sign: the first leads
                name, i = upper, i - 1
            return name, day
        if rest and signer(rest):
            return rest, day
        if not rest and i >= len(body) - 2:
            return "", day
    return (signer(body[-1].text) if body else ""), ""
