"""Drawings for other programs read by a parser, and the PNG by its bytes."""

from __future__ import annotations

import builtins
import re
import struct
import zlib
from typing import Any

import pydot
import pytest
from small_graph import graph

from kg.chain import Chain, accountability
from kg.draw import draw, picture
from kg.draw.scene import scene
from kg.errors import KgError
from kg.model import Graph

LINES = (
            r"---", r'title: "(?:[^"\\]|\\.)*"', r"flowchart (?:TB|LR)", r'  subgraph L\d+\["[^"]*"\]', r"  end",
            r'    n\d+\["[^"]*"\]:::[A-Z]\w+', r'  n\d+ (?:-->|-\.->)\|"[^"]*"\| n\d+',
            r"  classDef [A-Z]\w+ fill:#\w{6},stroke:#\w{6},color:#\w{6}(?:,stroke-dasharray:5 4)?", r"  style n\d+ stroke-width:3px",
)  # fmt: skip
MERMAID = re.compile("|".join(LINES))


@pytest.fixture(params=["agency:371424/人民政府", "obligation:plan/05", "person:邝学勤@371424", "hostile"])
def chain(county: Graph, request: pytest.FixtureRequest) -> Chain:
    if request.param == "hostile":
        g = graph('A:"];}x[ -SUPERVISES-> A:end|y', "A:end|y -BEARS-> D:`#quot;&<b>\\N", "P:a-->b -HOLDS-> O:c%%{init}")
        return accountability(g, g.nodes["A:end|y"])
    return accountability(county, county.nodes[request.param])


@pytest.mark.filterwarnings("ignore::DeprecationWarning:pydot")  # of the parser's own library
def test_graphviz_text_is_read_by_a_parser(chain: Chain) -> None:
    (found,) = pydot.graph_from_dot_data(draw(chain, "dot")) or [None]
    assert found is not None
    s = scene(chain)
    names = {n.get_name() for n in found.get_nodes()} - {"node", "edge", "graph", '"\\n"'}
    assert len(names) == len(s.items)
    ends = [(e.get_source(), e.get_destination()) for e in found.get_edges()]
    assert len(ends) == len(s.arrows) and {end for pair in ends for end in pair} <= names
    assert sum("dashed" in str(e.get("style")) for e in found.get_edges()) == sum(not a.stated for a in s.arrows)


def test_mermaid_text_follows_its_grammar(chain: Chain) -> None:
    lines = draw(chain, "mermaid").splitlines()
    assert [line for line in lines if not MERMAID.fullmatch(line)] == []
    assert sum(line.startswith("  subgraph") for line in lines) == lines.count("  end")
    assert sum("-.->" in line for line in lines) == sum(not a.stated for a in scene(chain).arrows)


def pixels(data: bytes) -> tuple[int, int, set[bytes]]:
    """Width, height and the different rows of a PNG."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n") and data.endswith(b"IEND\xaeB`\x82")
    width, height = struct.unpack(">II", data[16:24])
    body, at = b"", 8
    while at < len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        body += data[at + 8 : at + 8 + size] if data[at + 4 : at + 8] == b"IDAT" else b""
        at += size + 12
    raw = zlib.decompress(body)
    step = len(raw) // height
    return width, height, {raw[i : i + step] for i in range(0, len(raw), step)}


def test_a_png_is_the_svg_at_the_scale_asked_for(county: Graph) -> None:
    c = accountability(county, county.nodes["obligation:plan/05"])
    width, height, rows = pixels(picture(c, scale=1))
    assert f'width="{width}" height="{height}"' in draw(c, "svg") and len(rows) > height / 3
    assert pixels(picture(c, scale=2))[:2] == (2 * width, 2 * height)
    assert picture(c, scale=1) == picture(c, scale=1)


def test_what_keeps_a_png_from_being_made_is_told_in_one_line(county: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.draw import png

    c = accountability(county, county.nodes["obligation:plan/05"])
    with pytest.raises(KgError, match="--scale"):
        picture(c, scale=99)
    with pytest.raises(KgError, match=r"Noto Sans CJK.*\.svg"):
        monkeypatch.setattr(png, "_PROBE", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>{:.0}{:.0}')
        picture(c)
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "resvg_py":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(KgError, match=r"accountability-kg\[png\]"):
        picture(c)
