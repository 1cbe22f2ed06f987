"""Where a person's name begins and ends: surnames, given names, and the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.lazy import lazy
from loaders.prose.recognise.edges import (
    HAN,
    MARK,
    OTHER,
    SHORT_WORD,
    WORD,
    bonus,
    edge,
    everyday_at,
    given,
    is_name,
    left_edge,
    runs_on,
    split,
    surname_length,
)
from loaders.prose.recognise.lexicon import function_words, given_words, never_names, numbers, run_on, transliterated
from loaders.prose.recognise.tokens import Tokens
from loaders.prose.recognise.wordlike import COMMON, before_its_chief, starts_badly, swallows_title, wordlike

DOTTED = lazy(r"[\u4e00-\u9fff]{1,7}(?:[·•・][\u4e00-\u9fff]{1,7})+")
DOTTED_END = lazy(r"[\u4e00-\u9fff]{1,7}(?:[·•・][\u4e00-\u9fff]{1,7})+$")
REDACTED = lazy(r"[\u4e00-\u9fff](?:某某|某|XX|××|\*\*|[Xx×*]{1,2})")
SURE = 0.9  # how like a given name what follows an unknown surname must be
SEVERAL = lazy("[、和与及]|以及")
BEFORE_NAMES = "由和与同对经请让向"  # what stands before a name and seldom begins one


def forward(tokens: Tokens, at: int, *, loose: bool = False, firm: bool = False, settled: bool = False) -> int:
    """End of the name that begins at an offset, or 0. ``loose`` allows names without a surname (minority names
    written without a dot) where marks or words close them; ``settled`` (a post whose body is known stands before it) words that people are called by
    (高峰); ``firm`` (the post names its body) both, and surnames that no table has."""
    text = tokens.text
    if tokens.letter_at(at) == "M":
        return tokens.starts[tokens.begins[at] + 1]
    if (c := tokens.letter_at(at)) in ("T", "K", "O") or (c == "s" and len(tokens.word(tokens.at(at))) > 1):
        return 0  # '书记、苏木达镇长们', '时任村书记'
    if m := DOTTED.match(text, at):
        return dotted(tokens, m) if text[at] != "由" else 0
    if m := REDACTED.match(text, at):
        return m.end() if surname_length(text, at) else 0
    settled = settled or firm
    if starts_badly(text, at, firm=settled):
        return 0
    if stop := foreign(tokens, at):
        return stop
    n = surname_length(text, at)
    best, best_end = 0.9, 0
    for length in (n + 1, n + 2) if n else ():
        end = at + length
        if not is_name(tokens, at, end) or swallows_title(tokens, at, end):
            continue
        score = edge(tokens, end) + 0.6 * given(text[at + n : end]) + bonus(text[at + n : end], 0.6)
        score -= max(runs_on(tokens, end), split(tokens, end) if length > n + 1 else 0.0)
        score -= wordlike(tokens, at, end, firm=settled)
        if score > best:
            best, best_end = score, end
    runs_on_so = edge(tokens, best_end) < OTHER or text.startswith(("其其格", "其木格"), best_end)
    if best_end and runs_on_so and (longer := sounding(tokens, at, best_end)):
        return longer
    if best_end - at == n + 1 and text[best_end : best_end + 1] == "均" and is_name(tokens, at, best_end + 1):
        sentence = max(text.rfind(c, 0, at) for c in "。；，\n") + 1
        if not SEVERAL.search(text, sentence, at):
            return best_end + 1  # '以副巡视员宋培均为组长': one person is no 均
    if best_end and n == 2 and edge(tokens, best_end) < OTHER and edge(tokens, at + 2) >= SHORT_WORD:
        best_end = at + 2  # a two-character name whose characters look like a compound surname
    elif (
        not best_end and n == 2 and edge(tokens, at + 2) >= SHORT_WORD and text[at : at + 1] in numbers("surnames.tsv")
    ):
        best_end = at + 2
    if not best_end and firm and text[at] not in function_words():
        best_end = sounding(tokens, at, at)
    if not best_end and loose:
        best_end = next(unlisted(tokens, at, n, firm), 0)
    if not best_end and settled and tokens.begins.get(at + 1) and edge(tokens, at + 3) >= WORD and strange(text, at):
        best_end = at + 3
    return best_end


def strange(text: str, at: int) -> bool:
    """Whether a surname that no table has may begin here: two characters follow that are only ever a given name."""
    name = text[at : at + 3]
    return bool(
        HAN.fullmatch(name)
        and len(name) == 3
        and given(name[1:]) >= SURE
        and not any(everyday_at(text, at + n) for n in range(2))
        and name not in never_names()
    )


def full(tokens: Tokens, at: int) -> int:
    """End of a name of three unknown characters with a common surname whose given name is like one, whatever follows; 0
    for none."""
    end = at + 3
    common = numbers("surnames.tsv").get(tokens.text[at : at + 1], 0.0) >= COMMON
    if not common or any(tokens.letter_at(i) != "x" or everyday_at(tokens.text, i) for i in range(at, end)):
        return 0
    return (
        end if is_name(tokens, at, end) and given(tokens.text[at + 1 : end]) > 0.6 and not runs_on(tokens, end) else 0
    )


def sounding(tokens: Tokens, at: int, end: int) -> int:
    """End of a name that writes another language's sounds but for one character and runs on behind ``end`` up to an edge
    ('阿苦伍' + '果'), or 0."""
    for stop in range(at + 4, min(at + 7, len(tokens.text) + 1)):
        known = any(tokens.letter_at(i) != "x" and tokens.text[i] not in transliterated() for i in range(at, stop))
        if stop <= end or known or "的" in tokens.text[at:stop] or everyday_at(tokens.text, stop - 1):
            continue
        if any(
            tokens.letter_at(i) == "V" and i not in (at, stop - 1) and tokens.letter_at(i + 1) == ""
            for i in range(at, stop)
        ):
            continue  # '孟和' + '参加', though 参 and 加 write sounds too
        common = numbers("surnames.tsv").get(tokens.text[at : at + 1], 0.0) >= COMMON
        strange = sum(c not in transliterated() for c in tokens.text[at + common : stop])
        if edge(tokens, stop) >= SHORT_WORD and strange <= 1 - common and not runs_on(tokens, stop):
            return stop
    return 0


def unlisted(tokens: Tokens, at: int, n: int, firm: bool) -> Iterator[int]:
    """Ends of a name without a surname of the tables, likeliest first."""
    text = tokens.text
    if not n:
        for length in (2, 3):
            end = at + length
            sounds = all(c in transliterated() for c in text[at:end])
            if not (all(tokens.letter_at(i) == "x" for i in range(at, end)) and is_name(tokens, at, end)):
                continue
            likely = sounds or (
                firm
                and text[at] not in function_words()
                and given(text[at + 1 : end]) > 0.25
                and not everyday_at(text, at)
            )
            if likely and edge(tokens, end) >= (SHORT_WORD if sounds or firm else WORD):
                yield end
    for length in (4, 5, 3):
        end = at + length if "的" not in text[at : at + length] else at
        sounds = firm and 2 * sum(c in transliterated() for c in text[at:end]) >= length
        if (
            edge(tokens, end) >= (SHORT_WORD if sounds else MARK)
            and text[at] not in function_words()
            and tokens.letter_at(at) == "x"
            and not tokens.inside(end)
            and all(tokens.letter_at(i) in ("x", "") for i in range(at + 1, end))
            and HAN.fullmatch(text, at, end)
            and not any(everyday_at(text, i) for i in range(at, end - 1))
        ):
            yield end


def backward(tokens: Tokens, end: int, *, firm: bool = False) -> int:
    """Start of the name that ends at an offset, or -1."""
    text = tokens.text
    k = tokens.at(end - 1) if end else -1
    if k >= 0 and tokens.letters[k] == "M" and tokens.starts[k + 1] == end:
        return tokens.starts[k]
    if "·" in text[end - 8 : end] and (m := DOTTED_END.search(text, max(0, end - 20), end)):
        return m.start() + max(m.group().partition("·")[0].rfind(c) for c in BEFORE_NAMES) + 1
    runs = text[end - 1 : end] in run_on() and text[end - 2 : end] not in given_words()
    if runs or before_its_chief(tokens, end) or (k >= 0 and tokens.letters[k] in "TK" and end - tokens.starts[k] > 1):
        return -1
    best, best_at = 1.4, -1
    for length in range(2, 7):
        at = end - length
        if at < 0:
            break
        n = surname_length(text, at)
        if tokens.letter_at(at) == "s" and len(tokens.word(tokens.at(at))) > 1:
            continue  # '时任' + '村书记'
        if text[at] in BEFORE_NAMES and at and tokens.letters[tokens.at(at - 1)] == "T":
            continue  # '王局长' + '向' + '鱼主任汇报'
        if not n or length - n not in (1, 2) or not is_name(tokens, at, end) or starts_badly(text, at, firm=firm):
            continue
        if any(tokens.letter_at(i) == "O" for i in range(at + 1, end)):
            continue  # '由政协' + '副主席'
        score = left_edge(tokens, at) + given(text[at + n : end]) + bonus(text[at + n : end], 0.4)
        score -= wordlike(tokens, at, end, firm=firm)
        if score > best:
            best, best_at = score, at
    return best_at


def dotted(tokens: Tokens, m: re.Match[str]) -> int:
    """End of a dotted name: its last part runs on while it writes sounds, or to the first edge."""
    last = max(m.group().rfind(c) for c in "·•・") + m.start() + 1
    sounds, end = transliterated(), last
    word = next(
        (e for e in range(last + 2, m.end()) if tokens.letter_at(e) in ("V", "T") and edge(tokens, e) >= WORD), 0
    )
    if word and sounds.issuperset(tokens.text[last:word]):  # '买买提·艾力' + '参加', though 参 and 加 write sounds too
        return word
    while end < m.end() and tokens.text[end] in sounds:
        end += 1
    rest = range(end, m.end())
    if 0 < len(rest) <= 2 and edge(tokens, m.end()) == MARK and all(tokens.letter_at(i) == "x" for i in rest):
        end = m.end()  # '巴合提亚尔·努尔' + '兰，'
    while end - last > 2 and edge(tokens, end) < SHORT_WORD and edge(tokens, end - 1) >= SHORT_WORD:
        end -= 1
    if end - last >= 2:
        near = (e for e in range(end, min(end + 2, m.end() + 1)) if edge(tokens, e) >= SHORT_WORD)
        return next(near, end)  # '努尔' + '兰'
    return next((e for e in range(last + 1, m.end() + 1) if edge(tokens, e) >= SHORT_WORD), m.end())


def foreign(tokens: Tokens, at: int) -> int:
    """End of a name of four or more characters that write another language's sounds, or 0."""
    text, sounds, end, n = tokens.text, transliterated(), at, surname_length(tokens.text, at)
    if n and text[at + n : at + n + 2] in given_words():
        return 0  # '项东来' + '代'
    while end < len(text) and text[end] in sounds and end - at < 9:
        if end - at >= 3 and everyday_at(text, end):
            end += text[end - 1 : end + 1] == "孟和"  # '巴图孟和' + '分别'
            break
        if end - at >= 2 and tokens.letter_at(end) == "V" and len(tokens.word(tokens.begins[end])) > 1:
            break  # '万里' + '列席'
        end += 1
    if (
        end - at == 3
        and text[end : end + 1] not in run_on()
        and edge(tokens, end + 1) >= WORD
        and HAN.fullmatch(text, at, end + 1)
        and not everyday_at(text, end)
    ):
        return (end + 1) * (n > 0)  # '沙马拉毅'
    while end - at >= 4:
        if edge(tokens, end) >= SHORT_WORD and not swallows_title(tokens, at, end):  # '司徒明' + '任副主任'
            return end
        end -= 1
    return 0
