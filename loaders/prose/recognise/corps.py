"""The 新疆生产建设兵团: its divisions are bodies that stand where elsewhere a place does ('第十师生态环境局'), its regiments and
farms are places like towns ('一二一团'), their companies like villages."""

from __future__ import annotations

import re

from kg.lazy import lazy
from loaders.prose.page import Entity
from loaders.prose.recognise.places import Ends
from loaders.prose.recognise.scene import Scene
from loaders.words import NUMERALS

CORPS = "新疆生产建设兵团"
WHOLE = f"100000/{CORPS}"
UNIT = lazy(
    rf"(?<![{NUMERALS}教律医老大])(?:{CORPS}|兵团)?(第[{NUMERALS}]{{1,3}}师)(?!生(?!态)|[傅资范])(?:([{NUMERALS}〇零]{{1,3}}团|\d{{2,3}}团)(?!组))?"
    rf"|(?<![第{NUMERALS}])([{NUMERALS}〇零]{{2,3}}|\d{{2,3}})团(?![组体队结圆])"
)

# In a notice of the corps itself '十团' is a regiment as well.
OWN_UNIT = lazy(
    rf"{UNIT.pattern}|(?<![第{NUMERALS}各每该本])([{NUMERALS}])团(?=[、，和要党机政各召负组在的场镇领将]|召开|开展|$)"
)

COMPANY = lazy(
    rf"(?<![第{NUMERALS}\d])((?:[{NUMERALS}]{{1,3}}|\d{{1,2}})连|(?:石河子|石)总场)(?=[、，。；和与及要应须必党的队等在由督负开包（]|$)",
    re.MULTILINE,
)
CITIES = "(?:石河子|五家渠|阿拉尔|图木舒克|铁门关|北屯|双河|可克达拉|昆玉|胡杨河|新星|白杨)市"
TWIN = lazy(rf"(?<![第{NUMERALS}教律])([{NUMERALS}]{{1,3}}师)(?={CITIES})")
"""A division by its number alone, before the city that it is."""
OF_CORPS = lazy(rf"兵团|师市|团场|[{NUMERALS}]师{CITIES}")
DIVISION = lazy(rf"第[{NUMERALS}]{{1,2}}师(?![傅资范生])")
"""A division by its number, in what a notice says of itself."""
AN_OFFICE = lazy("[\u4e00-\u9fff]{1,10}?(?:局|办|站|中心|所|委|队|科|组|部)")
FAR = 400  # characters within which a company's regiment is named before it
REGIMENT = lazy(rf"(?:[{NUMERALS}〇零]{{1,3}}|\d{{2,3}})团")


def read(scene: Scene, ends: Ends) -> None:
    """Mention the divisions and regiments, in a notice that speaks of the corps; each may stand before a body's own name."""
    text, meta = scene.page.text, scene.page.meta
    about = f"{meta.title}\n{meta.publisher}\n{meta.place}"
    if not (OF_CORPS.search(f"{about}\n{text}") or DIVISION.search(about)):
        return
    last = ""
    for m in TWIN.finditer(text):  # '八师石河子市'
        e = unit(scene, f"第{m.group(1)}", f"{CORPS}第{m.group(1)}", m.group(1), place=False)
        e.props.setdefault("inferred", True)
        last = f"第{m.group(1)}"
    own = bool(OF_CORPS.search(about) or DIVISION.search(about)) or "师市" in text or "团场" in text
    for m in (OWN_UNIT if own else UNIT).finditer(text):
        if not scene.free(*m.span()) or scene.tokens.inside(m.start()):
            continue
        twin = scene.tokens.letter_at(m.start()) == "P"  # '第十师北屯市' is one administration under two names
        division = m.group(1) or ""
        number = m.group(3) or (m.group(4) if own else "")
        regiment = m.group(2) or (f"{number}团" if number else "")
        division = division or last
        last = division or last
        name = f"{CORPS}{division}{regiment}"
        e = unit(scene, f"{division}{regiment}", name, m.group(), place=bool(regiment))
        for alias in (f"{division}{regiment}", regiment):
            if alias and alias not in (e.name, *e.aliases):
                e.aliases.append(alias)
        if twin:
            scene.mention(e, *m.span(), take=False)
            continue  # the city, which the tables know, stands before a body's own name
        following = scene.tokens.letter_at(m.end())
        ends[m.end()] = (m.start(), e)
        bodied = following == "O" or following == "D" and AN_OFFICE.match(text, m.end())  # '143团' + '清洁取暖改造'
        if not bodied and not text.startswith("市", m.end()):
            scene.mention(e, *m.span())
    if own:
        companies(scene, ends)
    if CORPS[-2:] in about:
        whole(scene, ends)


def whole(scene: Scene, ends: Ends) -> None:
    """The corps itself where a notice of it calls it short ('兵团召开会议', '兵团党委副书记')."""
    t = scene.tokens
    for m in re.finditer("兵团", t.text):
        if t.letter_at(m.start()) != "L" or not scene.free(*m.span()) or t.text[m.end() : m.end() + 1] in ("级", "内"):
            continue
        e = scene.entity("Agency", WHOLE, CORPS, m.group(), "中国", kind="national", level="country")
        ends[m.end()] = (m.start(), e)
        if t.letter_at(m.end()) not in ("D", "O", "Q"):
            scene.mention(e, *m.span())


def division(text: str) -> str:
    """The division that a title or a publisher names first, '' for none."""
    m = (
        re.search(rf"第[{NUMERALS}]{{1,3}}师(?=(?:{CITIES})|[党机政各生环]|\n|$)", text)
        if OF_CORPS.search(text)
        else None
    )
    return m[0] if m else ""


def unit(scene: Scene, key: str, name: str, surface: str, *, place: bool) -> Entity:
    """A unit of the corps: a body, or a ``place`` like a town."""
    if place:
        return scene.entity("Region", f"660000/{key}", name, surface, name, level="township")
    return scene.entity("Agency", f"660000/{key}", name, surface, CORPS, kind="corps")


def companies(scene: Scene, ends: Ends) -> None:
    """Companies of the regiment named last before them ('一二一团二连、十八连'), and farms that are none."""
    text = scene.page.text
    for m in COMPANY.finditer(text):
        if not scene.free(*m.span(1)):
            continue
        before = REGIMENT.findall(text, max(0, m.start() - FAR), m.start()) if m.group(1).endswith("连") else []
        regiment = before[-1] if before else ""
        name = f"{regiment}{m.group(1)}"
        e = unit(scene, name, f"{CORPS}{name}", m.group(1), place=True)
        e.props["level"] = "village" if name.endswith("连") else "township"
        if name not in e.aliases:
            e.aliases.append(name)
        ends[m.end(1)] = (m.start(1), e)
        if scene.tokens.letter_at(m.end(1)) not in ("D", "O"):
            scene.mention(e, *m.span(1))
