"""What speaks against a name: that it is a word, begins with one, or holds a title."""

from __future__ import annotations

from kg.lazy import lazy
from loaders.prose.recognise.edges import everyday_at, given, surname_length
from loaders.prose.recognise.lexicon import borne, everyday, given_words, never_names, numbers
from loaders.prose.recognise.tokens import Tokens

CARED_FOR = frozenset(
    "断村镇乡户组片点段网街企河路工部县区保联抓干案湖沟站厂社团连战田地林山屯溪门店院楼栋"
)  # after 包: what somebody has charge of
PLOT = lazy("包[\u4e00-\u9fff]{1,7}?(?:干流|流域|[河溪湖沟渠江村镇乡街路片段组]|社区)(?=[，。；、])")
TAKE = lazy("[长记任员部导各]包")
LIKELY = 0.6  # what speaks for a given name where nothing else does
COMMON = 100  # bearers of a surname per million people
OFFICE = ("任", "兼", "为", "当")
CHIEFS = ("河长", "河段长", "湖长", "湾长", "督察长")


def wordlike(tokens: Tokens, start: int, end: int, *, firm: bool) -> float:
    """What speaks against a name: that it is a word, or begins with one, or that a word runs on behind it."""
    name = tokens.text[start:end]
    if name in borne():
        return 0.0 if firm else 0.8
    if word_behind_surname(tokens, start, end):
        return 4.0
    k = tokens.begins.get(start)
    known = tokens.starts[k + 1] if k is not None and tokens.letters[k] in "WVDNKO" else start
    if known - start >= 2 and known >= end:
        return 4.0
    if known - start >= 2 and surname_length(tokens.text, start) != known - start:
        return 1.5
    if tokens.text[start] == "时" and name[1:] not in given_words() and tokens.letter_at(start + 1) == "V":
        return 4.0  # '在约谈负责人时' + '指出'
    rest = tokens.begins.get(start + 1) if tokens.text[start] in "和与于同都" and len(name) == 3 else None
    if rest is not None and (
        tokens.letters[rest] in "WVDNKOPLQF" and tokens.starts[rest + 1] >= end or everyday_at(tokens.text, start + 1)
    ):
        return 4.0  # '和媒体', '都沉默'
    first = everyday_at(tokens.text, start)
    if first > len(name):
        return 4.0
    return 1.5 if first and not first == surname_length(tokens.text, start) < len(name) else 0.0  # '司徒' + '明'


def word_behind_surname(tokens: Tokens, start: int, end: int) -> bool:
    """Whether what stands behind a surname is a verb ('副区长梅' + '出席'), or an everyday word behind a seldom surname, or
    that surname ends an everyday word ('同步' + '完善', '负责人员' + '详细')."""
    text, n = tokens.text, surname_length(tokens.text, start)
    given_name = text[start + n : end]
    named = given_name == "和" and tokens.letter_at(end) == "p"  # '局长卞和，': nothing is joined behind a mark
    if given_name in never_names() and tokens.letter_at(start + n) == "V" and not named:
        return True
    across = text[start - 1 : start + 1] if start else ""
    seldom = numbers("surnames.tsv").get(text[start : start + n], 0.0) < COMMON
    return seldom and (given_name in everyday() or across in everyday() or across in never_names())


def before_its_chief(tokens: Tokens, end: int) -> bool:
    """Whether a run that ends at an offset is a river before its chief's title ('官渡河' 县级河长)."""
    water = tokens.text[end - 1] in "河江湖溪渠湾沟塘浜泾" and tokens.letter_at(end) == "T"
    return water and tokens.word(tokens.at(end)).endswith(CHIEFS)


def swallows_title(tokens: Tokens, start: int, end: int) -> bool:
    """Whether start..end holds a whole title, body or verb, or ends in a verb of office before a title ('邸明任' 副组长), or
    is a river before its chief's title."""
    if before_its_chief(tokens, end):
        return True
    for at in range(start + 1, end):
        k = tokens.begins.get(at)
        if k is not None and tokens.letters[k] in "TKO" and (tokens.starts[k + 1] <= end or tokens.letters[k] == "T"):
            return True
    return tokens.text[end - 1 : end] in OFFICE and tokens.letter_at(end) in ("T", "O", "D", "P", "L", "s")


def takes_a_plot(text: str, at: int) -> bool:
    """Whether 包 at an offset is one of several in its sentence by which officials take what they look after ('镇党委书记包石桥河，
    镇长包柳溪')."""
    if not PLOT.match(text, at):
        return False
    low, high = max(text.rfind(c, 0, at) for c in "。\n") + 1, text.find("。", at)
    return sum(1 for _ in TAKE.finditer(text, low, high if high > 0 else len(text))) > 1


def starts_badly(text: str, at: int, *, firm: bool = False) -> bool:
    """Whether what begins here is a word that never begins a name."""
    if text[at : at + 1] == "包" and (
        not (firm or given(text[at + 1 : at + 3]) > LIKELY)
        or text[at + 1 : at + 2] in CARED_FOR
        or everyday_at(text, at + 1)
        or text[at + 1 : at + 3] in ("苏木", "嘎查")
        or text[at + 1 : at + 3] not in borne()
        and everyday_at(text, at + 1) > 1
        or takes_a_plot(text, at)
    ):
        return True
    if text[at : at + 1] == "由" and surname_length(text, at + 1) and text[at - 1 : at] not in ("", *"、：\n （"):
        return True  # '由' + '林海' + '局长主持'
    if firm and text[at : at + 2] in borne():
        return False
    if text[at : at + 1] in "和都同于齐应" and everyday_at(text, at + 1) and text[at + 1 : at + 3] not in given_words():
        return True  # '和部门', '都沉默', '干部齐行动', '业主应全面…'
    return any(text[at : at + k] in never_names() for k in (2, 3, 4)) or text[at : at + 1] in "的了各本该"
