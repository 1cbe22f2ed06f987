"""``page``: a graph as one HTML file to look at, search and follow to the words, without a network."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from kg.errors import KgError, SubjectError
from kg.model import Graph
from kg.page.document import document
from kg.page.model import page_data
from kg.page.people import posts_for_people, renamed, unsigned
from kg.page.style import table

SCRIPTS = (
    "words.js", "text.js", "data.js", "time.js", "canvas.js", "legend.js", "panel.js", "search.js", "save.js", "view.js", "main.js",
)  # fmt: skip


def page(
    graph: Graph, *, title: str, focus: str | None = None, quotes: bool = True, people: bool = True
) -> str:  # fmt: skip
    """The file's text. ``title`` heads the page; ``focus`` is the id of the thing it opens on.

    Without ``quotes`` no text of a notice is in the file; without ``people`` posts stand in place of people's names.

    Graphs of more than about 3,000 things open on an overview of places and bodies. SubjectError if ``focus`` is not
    in the graph; KgError if the drawing library is not installed as it should be.
    """
    if focus is not None and focus not in graph.nodes:
        raise SubjectError(f"{focus} is not among what the page shows: choose a thing of the graph to open on")
    graph = graph if people else unsigned(graph)
    data, texts = page_data(graph, quotes=quotes, whole=people)
    data |= {"title": title, "focus": focus}
    if not people:
        names = posts_for_people(graph)
        data, title = renamed(data, names), renamed(title, names)
    data["words"] = table()["words"]
    return document(
        title,
        _read("page.html").replace("{title}", escape(title)),
        lang="zh-CN",
        styles=[_read("page.css")],
        scripts=[_engine(), "\n".join(_read(name) for name in SCRIPTS)],
        data={"graph": data},
        packed={"texts": texts},
    )


@cache
def _engine() -> str:
    """The script of vis-network that pyvis carries."""
    spec = find_spec("pyvis")
    path = Path(spec.origin or "").parent / "lib" / "vis-9.1.2" / "vis-network.min.js" if spec else Path("pyvis")
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise KgError(f"{path}: the drawing library is missing; install pyvis 0.3.2 again") from error


@cache
def _read(name: str) -> str:
    return files("kg.page").joinpath(name).read_text("utf-8")
