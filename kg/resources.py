"""Where the files that are not code lie: the ontology, the saved queries, the data of a module, the user's own graph.

In a source tree and an editable install ``ontology/`` and ``queries/`` stand beside the package ``kg``; in the built
wheel they stand inside it. Both are looked for, the wheel's place first, so that an installed copy never reads a
source tree it happens to be started in.
"""

from __future__ import annotations

from pathlib import Path

from kg.errors import KgError

_PACKAGE = Path(__file__).resolve().parent


def ontology_dir() -> Path:
    """Folder of the Turtle files of the schema. Raises KgError when the installation lacks it."""
    return _find("ontology", "core.ttl")


def queries_dir() -> Path:
    """Folder of the saved queries, ``<topic>/<name>.cypher``. Raises KgError when the installation lacks it."""
    return _find("queries", "")


def default_address() -> str:
    """Where the graph is kept if nothing else is said: a file in the user's data folder."""
    import platformdirs

    return str(platformdirs.user_data_path("accountability-kg", appauthor=False) / "graph.kgl")


def _find(name: str, member: str) -> Path:
    for place in (_PACKAGE / name, _PACKAGE.parent / name):
        if (place / member).exists():
            return place
    raise KgError(f"{name}/ is missing beside or inside {_PACKAGE}: install accountability-kg again")
