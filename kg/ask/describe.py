"""A saved question as others take it: as plain data, and as text that pastes into Neo4j Browser."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.ask.saved import SavedQuery


def query_json(saved: SavedQuery) -> dict[str, Any]:
    """What a person or a program needs to ask it."""
    return {
        "name": saved.name,
        "topic": saved.topic,
        "title": saved.title,
        "description": saved.description,
        "parameters": [
            {"name": p.name, "type": p.type, "required": p.required, "default": p.default, "example": p.example,
             "choices": list(p.choices), "description": dict(p.description)}
            for p in saved.parameters
        ],
        "columns": list(saved.columns),
        "drawing": saved.drawing,
        "file": str(Path(saved.path)),
    }  # fmt: skip


def pasted(saved: SavedQuery, values: Mapping[str, Any]) -> str:
    """The query with its parameters (see :func:`kg.ask.run.arguments`) as Neo4j Browser and cypher-shell take them."""
    lines = [
        f":param {key} => {json.dumps(value, ensure_ascii=False)};"
        for key, value in values.items()
        if f"${key}" in saved.cypher
    ]
    return "\n".join([*lines, saved.cypher.rstrip("\n")])
