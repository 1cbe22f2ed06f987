"""The compiled schema, kept (see :mod:`kg.kept`) so that a command need not parse Turtle."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import VocabularyError
from kg.kept import file_for, keep
from kg.resources import ontology_dir
from kg.vocabulary.model import LabelInfo, PropertyInfo, Scheme, SchemeRule, Topic, TypeInfo, Vocabulary

_COMPILER = ("compile.py", "load.py", "model.py")


@cache
def vocabulary() -> Vocabulary:
    """The project's own schema, loaded once a process."""
    return load_vocabulary(ontology_dir())


def load_vocabulary(folder: Path, cache_folder: Path | None = None) -> Vocabulary:
    """The schema in a folder of Turtle files; the compiled form is kept in ``cache_folder`` (default: the user's).

    Raises VocabularyError naming the file when one cannot be read or parsed.
    """
    files = sorted(folder.glob("*.ttl"))
    try:
        contents = {f.name: f.read_bytes() for f in files}
    except OSError as error:
        raise VocabularyError(f"{error.filename}: the ontology cannot be read: {error.strerror}") from error
    if not contents:
        raise VocabularyError(f"{folder}: no ontology here (*.ttl): install accountability-kg again")
    cached = _cache_file(contents, cache_folder)
    try:
        return _build(json.loads(cached.read_bytes()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        # Absent, half-written or tampered with: the files themselves are the authority, so compile them again.
        from kg.vocabulary.compile import compile_ontology

        compiled = compile_ontology(contents)
        keep(cached, compiled)
        return _build(compiled)


def _cache_file(contents: Mapping[str, bytes], folder: Path | None) -> Path:
    here = Path(__file__).parent
    return file_for("vocabulary", {**contents, **{n: (here / n).read_bytes() for n in _COMPILER}}, folder)


def _build(data: Mapping[str, Any]) -> Vocabulary:
    return Vocabulary(
        version=data["version"],
        namespace=data["namespace"],
        labels={d["name"]: _label(d) for d in data["labels"]},
        types={d["name"]: _type(d) for d in data["types"]},
        topics=tuple(map(_topic, data["topics"])),
        fields=tuple(map(_topic, data["fields"])),
        schemes=tuple(_scheme(d) for d in data["schemes"]),
    )


def _properties(rows: list[dict[str, Any]]) -> dict[str, PropertyInfo]:
    return {
        d["name"]: PropertyInfo(
            **{
                **d,
                "values": tuple(d["values"]),
                "aligned": tuple(d["aligned"]),
                "value_labels": {k: (zh, en) for k, (zh, en) in d["value_labels"].items()},
            }
        )
        for d in rows
    }


def _label(d: dict[str, Any]) -> LabelInfo:
    properties = _properties(d["properties"])
    return LabelInfo(
        **{**d, "properties": properties, "required": _required(properties), "aligned": tuple(d["aligned"])}
    )


def _type(d: dict[str, Any]) -> TypeInfo:
    properties = _properties(d["properties"])
    lists = {k: tuple(d[k]) for k in ("aligned", "aligned_inverse", "statement_aligned")}
    ends = {k: frozenset(d[k]) for k in ("domain", "range")}
    return TypeInfo(**{**d, **lists, **ends, "properties": properties, "required": _required(properties)})


def _required(properties: Mapping[str, PropertyInfo]) -> tuple[str, ...]:
    return tuple(p.name for p in properties.values() if p.required)


def _topic(d: dict[str, Any]) -> Topic:
    return Topic(**{**d, "alt_labels": tuple(d["alt_labels"]), "bureaus": tuple(d["bureaus"])})


def _scheme(d: dict[str, Any]) -> Scheme:
    rules = tuple(SchemeRule(**r) for r in d["rules"])
    return Scheme(**{**d, "alt_labels": tuple(d["alt_labels"]), "parts": tuple(d["parts"]), "rules": rules})
