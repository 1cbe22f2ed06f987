"""People named without a title of the tables: by what they are, at the head of speech, by given name; and named again."""

from __future__ import annotations

from functools import cache

from ahocorasick_rs import AhoCorasick

from kg.lazy import lazy
from loaders.prose.recognise.edges import SHORT_WORD, edge, everyday_at, given, surname_length
from loaders.prose.recognise.lexicon import borne, everyday, given_words, table, transliterated
from loaders.prose.recognise.names import backward, forward, full
from loaders.prose.recognise.people import People
from loaders.prose.recognise.tokens import Tokens, any_of
from loaders.prose.recognise.wordlike import starts_badly

LIKELY = 0.6
GIVEN_ONLY = lazy(r"(?<=[，。：；\s“、])([\u4e00-\u9fff]{2})同志(?!们)")
IDEOLOGY = lazy(r"习近平(?=(?:新时代|生态文明|法治|经济|外交|强军|文化)|同志为核心)")


@cache
def speech() -> AhoCorasick:
    """What somebody who is named by name alone does at the head of a clause."""
    return any_of(tuple(table("words.toml")["speech"].split()))


@cache
def kinds_of_people() -> AhoCorasick:
    """Words for a kind of person that a name may follow."""
    return any_of(tuple(table("words.toml")["persons"].split()))


def read(people: People) -> None:
    """All people who are named without a post."""
    personal(people)
    speakers(people)
    given_names(people)
    everywhere(people)


def personal(p: People) -> None:
    """'村民郑某', '包村干部荆某': a name right after a word for a kind of person."""
    for _, _, at in kinds_of_people().find_matches_as_indexes(p.text):
        if p.t.letter_at(at) == "":
            continue  # '居民' + '区'
        stop = forward(p.t, at)
        stop = stop if stop and edge(p.t, stop) >= SHORT_WORD else full(p.t, at) or sounds(p.t, at)
        word = everyday_at(p.text, at) or p.text[at:stop] in borne() or p.t.letter_at(at + 1) == ""
        if word and p.t.letter_at(stop) != "V":
            continue  # '居民楼房屋', '教师程序'
        if stop and p.scene.free(at, stop) and (surname_length(p.text, at) or stop == sounds(p.t, at)):
            p.person(at, stop)


def sounds(t: Tokens, at: int) -> int:
    """End of a name of three or four characters that write another language's sounds, up to a mark or a word ('牧民' +
    '额尔登' + '反映'); 0 for none."""
    for stop in (at + 4, at + 3):
        written = transliterated().issuperset(t.text[at:stop]) and all(t.letter_at(i) == "x" for i in range(at, stop))
        if written and edge(t, stop) >= SHORT_WORD and not any(everyday_at(t.text, i) for i in range(at - 1, stop - 1)):
            return stop
    return 0


def speakers(p: People) -> None:
    """A name at the head of a clause, right before a verb of speech."""
    for _, at, _ in speech().find_matches_as_indexes(p.text):
        if p.t.letter_at(at) != "V":
            continue
        s = backward(p.t, at)
        if s < 0 or not (s == 0 or p.text[s - 1] in "\n。；，：“”、 ") or not p.scene.free(s, at):
            continue
        name = p.text[s:at]
        own = name[surname_length(name, 0) :]  # '曾治国', though 曾 is a verb as well
        likely = own in given_words() or (len(own) == 2 and given(own) > LIKELY)
        unknown = all(p.t.letter_at(s + k) == "x" for k in range(len(name) - len(own) if likely else 0, len(name)))
        unknown = unknown or own in given_words()
        if name in p.known or (p.text[s - 1 : s] in ("\n", "。", "") and unknown):
            p.person(s, at)


def given_names(p: People) -> None:
    """'益民同志': a person by given name only, kept as partial."""
    for m in GIVEN_ONLY.finditer(p.text):
        s, e = m.span(1)
        if not p.scene.free(s, e) or m.group(1) in everyday() or starts_badly(p.text, s):
            continue
        longer = [x for n, x in p.known.items() if n.endswith(m.group(1)) and len(n) > 2]
        if len(longer) == 1:
            p.scene.mention(longer[0], s, e)
        elif surname_length(p.text, s) and forward(p.t, s) == e:
            p.person(s, e)
        else:
            p.scene.mention(p.scene.entity("Person", m.group(1), m.group(1), partial=True), s, e)


def everywhere(p: People) -> None:
    """Every other place where a known name stands, unless inside a longer word."""
    if not p.known:
        return
    for _, s, e in any_of(tuple(p.known)).find_matches_as_indexes(p.text):
        if p.scene.free(s, e) and not IDEOLOGY.match(p.text, s):
            who = p.known[p.text[s:e]]
            p.note(s, e, who)
            p.scene.mention(who, s, e)
