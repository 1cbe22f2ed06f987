"""The word tables of recognition, and one pass of the text over all of them.

Each word has a class of one letter, so that a pattern of words is a regular expression over letters
(``P*L?D+`` is a place, a level and what a department looks after):

    P place    L level (省 市 县 …)    H here (我市 全省)    N national body    O whole organ    D domain of a department
    Q task body's last word    F firm's last word    T title    K class of people    s status (原 时任)
    V what people do, and function words    W other common words    p punctuation    n number    x anything else (one character)
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import ahocorasick_rs

from kg.lazy import lazy
from kg.places import Name, gazetteer, split_ending

HERE = Path(__file__).resolve().parents[2] / "lexicon"

LEVELS = (
    "省",
    "市",
    "区",
    "县",
    "州",
    "盟",
    "旗",
    "镇",
    "乡",
    "街道",
    "村",
    "自治区",
    "自治州",
    "自治县",
    "兵团",
    "师",
    "师市",
)
HOME = {f"{a}{b}" for a in ("我", "全", "本", "该") for b in "省市区县州盟旗镇乡村"}
PUNCTUATION = lazy(r"[\s，。；：、！？（）“”‘’《》〈〉【】\[\]—…·,.;:!?()\-/|]")


@dataclass(frozen=True, slots=True)
class Title:
    """A post's title: where it sits when the text names only a place ('gov', 'party', 'same', 'place', 'class')."""

    name: str
    at: str


@cache
def table(name: str) -> dict:  # type: ignore[type-arg]
    """One lexicon file as a dict; its ``words`` strings are still unsplit."""
    return tomllib.loads((HERE / name).read_text("utf-8"))


@cache
def numbers(name: str) -> dict[str, float]:
    """A two-column table: a name's part and how many per million bear it."""
    lines = (HERE / name).read_text("utf-8").splitlines()
    return {k: float(v) for k, v in (line.split("\t") for line in lines if not line.startswith("#"))}


@cache
def titles() -> dict[str, Title]:
    """All titles, those with 副, 常务副, 总, 助理 and those of a party body included."""
    t = table("titles.toml")
    out = {name: Title(name, at) for name, at in t["titles"].items()}
    for base in t["compose"]["deputies_of"]:
        for before in t["compose"]["before"]:
            name = before + base
            if base.startswith(tuple(t["compose"]["party"])):
                organ = next(p for p in sorted(t["compose"]["party"], key=len, reverse=True) if base.startswith(p))
                name = organ + before + base[len(organ) :]
            out.setdefault(name, Title(name, t["titles"].get(base, "same")))
    for base in t["compose"]["acting"]:
        for acting in (f"代{base}", f"代理{base}"):
            out[acting] = Title(acting, t["titles"][base])
    for level in t["compose"]["levels"]:
        for base in t["compose"]["levelled"]:
            out.setdefault(level + base, Title(level + base, "same"))
    for level in t["leaders"]["levels"].split():
        for kind in t["leaders"]["kinds"].split():
            out.setdefault(level + kind, Title(level + kind, "place"))
    assisted = [
        title for name, title in out.items() if name.endswith(tuple(t["compose"]["assisted"])) and "副" not in name
    ]
    return {f"{title.name}助理": Title(f"{title.name}助理", title.at) for title in assisted} | out


@cache
def statuses() -> dict[str, str]:
    """Words before a title that say how the post is held."""
    return dict(table("titles.toml")["status"])


@cache
def row_of(name: str) -> dict[str, str]:
    """One table of titles.toml: ``notes``, ``appointing``, ``moving``, ``heads``."""
    return dict(table("titles.toml")[name])


@cache
def classes_of_people() -> frozenset[str]:
    """Titles that name people by class (县级领导, 主要负责人)."""
    return frozenset(table("titles.toml")["classes"]["words"].split())


@cache
def shared_titles() -> frozenset[str]:
    """Titles that name no unit of their own: beside another post they are held in its body."""
    return frozenset(table("titles.toml")["beside"]["words"].split())


@cache
def units() -> re.Pattern[str]:
    """What may end a department's name, longest first."""
    return re.compile("|".join(sorted(table("organs.toml")["units"].split(), key=len, reverse=True)))


@cache
def transliterated() -> frozenset[str]:
    """Characters that write names of minority peoples."""
    return frozenset(table("words.toml")["transliterated"].strip())


@cache
def borne() -> frozenset[str]:
    """Words that people are called by as well (高峰, 和平)."""
    return frozenset(table("words.toml")["borne"].split())


@cache
def given_words() -> frozenset[str]:
    """Given names that begin or end with a verb or a function word (如玉, 家和)."""
    return frozenset(table("words.toml")["given_words"].split())


@cache
def after_names() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """What ends no name: characters anywhere, some with the mark behind them, words of several characters."""
    words = table("words.toml")
    return (
        frozenset(words["after_names"]),
        frozenset(words["before_marks"].split()),
        frozenset(words["words_after"].split()),
    )


@cache
def function_words() -> frozenset[str]:
    """Characters that never begin a name whose surname no table has."""
    return frozenset(table("words.toml")["function_words"].strip())


@cache
def honours() -> frozenset[str]:
    """What the old and the plain are called behind a surname."""
    return frozenset(table("words.toml")["honours"].split())


@cache
def run_on() -> frozenset[str]:
    """Characters that follow a name more often than they end one."""
    return frozenset(table("words.toml")["run_on"].strip())


@cache
def everyday() -> frozenset[str]:
    """Words that are nobody's name, and that a name does not run into."""
    lines = (HERE / "everyday.txt").read_text("utf-8").splitlines()
    words = (w for line in lines if not line.startswith("#") for w in line.split())
    return frozenset(words) - borne()


@cache
def never_names() -> frozenset[str]:
    """What never begins a name and never is one."""
    return frozenset(table("words.toml")["never"].split())


def is_stem_of_county(name: Name) -> bool:
    """Whether a name is only ever the short form of counties (望都, 和政): such a form needs its county in the context."""
    if split_ending(name.text, "county")[1]:
        return False
    g = gazetteer()
    return all((p := g.get(code)) is not None and p.level == "county" for code in name.adcodes)


@cache
def vocabulary_of_words() -> tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...], tuple[str, ...]]:
    """The matcher, its words, and the class letter of each. Where a word is in two tables the first named wins."""
    organs, words = table("organs.toml"), table("words.toml")
    not_places = frozenset(words["not_places"].split())
    letter: dict[str, str] = {}

    def add(items: object, c: str) -> None:
        for w in items:  # type: ignore[attr-defined]
            letter.setdefault(w, c)

    add(organs["national"], "N")
    add(HOME, "H")
    add(LEVELS, "L")
    names = (n for n in gazetteer().names() if n.safe and n.text not in not_places)
    add((n.text for n in names if not is_stem_of_county(n)), "P")
    add(("首都",), "P")
    add(titles(), "T")
    add(classes_of_people(), "K")
    add((w for w in organs["organs"].split() if len(w) > 1), "O")
    add(organs["task_units"].split(), "Q")
    add(organs["firm_units"].split(), "F")
    add(statuses(), "s")
    add(organs["domains"].split(), "D")
    add(words["act"].split(), "V")
    add(organs["name_words"].split(), "W")
    add(words["plain"].split(), "W")
    keys = tuple(letter)
    matcher = ahocorasick_rs.AhoCorasick(keys, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    return matcher, keys, tuple(letter[k] for k in keys)
