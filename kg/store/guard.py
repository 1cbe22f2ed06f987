"""Refuses, before anything runs, a query of the user's own that is not a plain question.

The engines' read-only modes stand behind this; they alone would let LOAD CSV read files, and a server would let
procedures through. So a query must begin as a question does, hold no writing clause, call only procedures known
to read, and be one statement. Strings, comments, backticks, property names, labels and map keys are no clauses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.errors import QueryError

_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*.*?\*/)
    |(?P<string>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")
    |(?P<quoted>`(?:``|[^`])*`)
    |(?P<number>0[xX][0-9a-fA-F]+|\d+(?:\.(?!\.)\d*)?(?:[eE][+-]?\d+)?)
    |(?P<word>[^\W\d]\w*)
    |(?P<open>/\*|['"`])
    |(?P<mark>.)""",
    re.VERBOSE | re.DOTALL,
)
_BEGINS = {"MATCH", "OPTIONAL", "RETURN", "WITH", "UNWIND", "CALL"}
_WRITES = {"CREATE", "MERGE", "SET", "DELETE", "DETACH", "NODETACH", "REMOVE", "FOREACH", "INSERT", "DROP", "LOAD",
           "ALTER", "GRANT", "DENY", "REVOKE", "TERMINATE", "TRANSACTIONS"}  # fmt: skip
_READING_PROCEDURES = {
    "db.labels", "db.relationshiptypes", "db.propertykeys", "db.schema.visualization", "db.schema.nodetypeproperties",
    "db.schema.reltypeproperties", "db.index.fulltext.querynodes", "db.index.fulltext.queryrelationships",
    "db.ping", "db.info", "dbms.components",
}  # fmt: skip
_UNICODE = re.compile(r"\\u+([0-9a-fA-F]{4})")


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


@lru_cache(256)
def check_read_only(cypher: str) -> None:
    """Raise QueryError, naming line and column, unless ``cypher`` can only read."""
    _check(cypher)
    # Neo4j turns \\uXXXX into its character before it looks for strings and clauses; look at it so as well.
    decoded = _UNICODE.sub(lambda m: chr(int(m[1], 16)), cypher)
    if decoded != cypher:
        _check(decoded)


def _check(cypher: str) -> None:
    tokens = [_Token(m.lastgroup or "", m[0], m.start()) for m in _TOKEN.finditer(cypher) if m.lastgroup != "space"]
    for token in tokens:
        if token.kind == "open":
            what = "comment" if token.text == "/*" else f"quotation mark {token.text}"
            raise QueryError(f"the {what} at {_place(cypher, token.at)} is never closed")
    while tokens and tokens[-1].text == ";":
        tokens.pop()
    if not tokens:
        raise QueryError("the query is empty; write for instance: MATCH (n:Region) RETURN n.name LIMIT 10")
    first = tokens[0]
    for index, token in enumerate(tokens):
        if token.text == ";":
            raise QueryError(f"a second statement begins at {_place(cypher, token.at)}; ask one question at a time")
        word = token.text.upper()
        if token.kind != "word" or not _is_clause(tokens, index):
            continue
        if word in _WRITES:
            raise QueryError(f"{word} at {_place(cypher, token.at)} would write; only questions are answered here")
        if word == "CALL":
            _check_call(cypher, tokens, index)
        if word == "FORMAT" and index + 1 < len(tokens) and tokens[index + 1].text.upper() == "CSV":
            raise QueryError(f"FORMAT CSV at {_place(cypher, token.at)} is not Cypher; use --format csv")
    if first.kind != "word" or first.text.upper() not in _BEGINS:
        raise QueryError(
            f"a question begins with MATCH, OPTIONAL MATCH, WITH, UNWIND, CALL or RETURN, not with {first.text!r} "
            f"at {_place(cypher, first.at)}"
        )


def _is_clause(tokens: list[_Token], index: int) -> bool:
    """Whether a word may be a clause: not a property (``n.set``), label (``:Set``), parameter or map key."""
    before = tokens[index - 1].text if index else ""
    after = tokens[index + 1].text if index + 1 < len(tokens) else ""
    if before in {".", "$", ":", "|", "&", "!"}:
        return False
    return not (after == ":" and before in {"{", ","})


def _check_call(cypher: str, tokens: list[_Token], index: int) -> None:
    name, at = "", index + 1
    while at < len(tokens) and (tokens[at].kind in {"word", "quoted"} or tokens[at].text == "."):
        name += tokens[at].text.strip("`")
        at += 1
        if at < len(tokens) and tokens[at].text != "." and tokens[at - 1].text != ".":
            break
    if name and name.lower() not in _READING_PROCEDURES:
        raise QueryError(
            f"CALL {name} at {_place(cypher, tokens[index].at)} is not among the procedures known to read only "
            f"({', '.join(sorted(_READING_PROCEDURES))})"
        )


def _place(cypher: str, at: int) -> str:
    line = cypher.count("\n", 0, at) + 1
    return f"line {line}, column {at - (cypher.rfind(chr(10), 0, at) + 1) + 1}"
