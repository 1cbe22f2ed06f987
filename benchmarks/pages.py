"""The page of `kg viz` beside a plain vis-network page of the same graph, in headless Chromium without a GPU.

    python benchmarks/pages.py [--things 2000 20000] [--keep FOLDER] [--turns 3]

The graph is made up (`generated.py`), the positions are the same, both pages draw with the vis-network that pyvis ships,
and both are opened in turns. Frames a second are those of the clock; beside them stands the processor time of the page's
main thread, which other programs do not stretch. Names that overprint are found by listening to what the canvas is told to
write.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import tempfile
import time
from itertools import count
from pathlib import Path
from typing import Any

import pyvis
from generated import Corpus
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from kg.model import Graph
from kg.page import page as own_page
from kg.page.document import as_json
from kg.page.place import place
from kg.page.style import shape_of
from kg.store import open_store

READY = {2_000: 2.0, 20_000: 3.0}  # seconds, by things
FRAMES, SEARCH, BYTES = 15.0, 100.0, 700  # a second, milliseconds, a thing
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = ["--disable-gpu", "--no-sandbox", "--disable-dev-shm-usage", "--font-render-hinting=none", "--hide-scrollbars"]
STEPS, PATIENCE = 40, 6.0  # of the mouse, and seconds after which it stops
ENGINE = Path(pyvis.__file__).parent / "lib" / "vis-9.1.2" / "vis-network.min.js"
LISTEN = """
window.written = []; window.listening = false; window.frames = 0;
const write = CanvasRenderingContext2D.prototype.fillText;
CanvasRenderingContext2D.prototype.fillText = function (text, x, y, ...rest) {
  if (!window.listening) return write.call(this, text, x, y, ...rest);
  const m = this.measureText(text), t = this.getTransform(), at = t.transformPoint(new DOMPoint(x, y));
  const left = { center: m.width / 2, right: m.width, end: m.width }[this.textAlign] || 0;
  window.written.push([at.x - left * t.a, at.y - m.actualBoundingBoxAscent * t.d, m.width * t.a,
    (m.actualBoundingBoxAscent + m.actualBoundingBoxDescent) * t.d]);
  return write.call(this, text, x, y, ...rest);
};"""
PLAIN = """<!doctype html><meta charset="utf-8"><style>html,body,#graph{margin:0;height:100%}</style><div id="graph"></div>
<script>ENGINE</script><script>
const data = DATA;
const network = new vis.Network(document.getElementById("graph"), { nodes: new vis.DataSet(data.nodes), edges: new vis.DataSet(data.edges) },
  { physics: false, layout: { improvedLayout: false }, edges: { smooth: false, arrows: "to" } });
network.fit({ animation: false });
document.documentElement.dataset.ready = "true";
</script>"""


def graph_of(things: int) -> Graph:
    """As many made-up notices as hold so many things."""
    known: set[str] = set()
    readings = []
    for number in count():
        reading = Corpus(1).reading(number)
        known |= {n.id for n in reading.nodes}
        readings.append(reading)
        if len(known) >= things:
            break
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "g.kgl") as store:
        for _ in store.put_all(readings):
            pass
        return store.graph()


def plain_page(graph: Graph) -> str:
    """What one writes who has the data and vis-network: every thing with its name, every statement with its words."""
    at, _ = place(graph, list(graph.nodes))
    nodes = [{"id": n.id, "label": n.name, "shape": shape_of(n.label), "x": at[n.id][0], "y": at[n.id][1]}
             for n in graph.nodes.values()]  # fmt: skip
    edges = [{"from": e.source, "to": e.target, "label": "", "title": "；".join(v.quote for v in e.evidence)}
             for e in graph.edges if e.source in graph.nodes and e.target in graph.nodes]  # fmt: skip
    return PLAIN.replace("ENGINE", ENGINE.read_text("utf-8")).replace("DATA", as_json({"nodes": nodes, "edges": edges}))


class Opened:
    """A page that was opened and timed."""

    def __init__(self, browser: Browser, path: Path, plain: bool) -> None:
        self.context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(240_000)
        self.session: CDPSession = self.context.new_cdp_session(self.page)
        self.session.send("Performance.enable", {"timeDomain": "threadTicks"})
        self.page.add_init_script(LISTEN)
        self.network = "network" if plain else "Canvas.network"
        self.page.goto(path.as_uri(), wait_until="load")
        self.ready = self.ask(
            "new Promise(done => { let calm = 0, last = 0; const turn = now => { const set = document.documentElement.dataset.ready;"
            " calm = set && now - last < 60 ? calm + 1 : 0; last = now; if (calm > 2) done(performance.now() / 1000);"
            " else requestAnimationFrame(turn); }; requestAnimationFrame(turn); })"
        )
        self.ready_cpu = self.cpu()
        self.ask(f"{self.network}.on('beforeDrawing', () => {{ window.written = []; }}), 0")
        self.ask(f"{self.network}.on('afterDrawing', () => {{ window.frames += 1; }}), 0")

    def ask(self, expression: str) -> Any:
        """The value of an expression in the page, past its policy."""
        told = self.session.send(
            "Runtime.evaluate", {"expression": expression, "awaitPromise": True, "returnByValue": True}
        )
        if "exceptionDetails" in told:
            raise SystemExit(f"the page says: {told['exceptionDetails']}")
        return told["result"].get("value")

    def cpu(self) -> float:
        """Seconds that the page's main thread has worked."""
        told = {m["name"]: m["value"] for m in self.session.send("Performance.getMetrics")["metrics"]}
        return float(told["TaskDuration"])

    def frames(self, move: str) -> tuple[float, float]:
        """Frames a second while the view is dragged or zoomed, and milliseconds of the processor for one."""
        self.ask("window.frames = 0")
        start, worked = self.ask("performance.now()"), self.cpu()
        mouse = self.page.mouse
        if move == "drag":
            mouse.move(700, 420)
            mouse.down()
        limit = time.monotonic() + PATIENCE
        for step in range(STEPS):
            if time.monotonic() > limit:
                break
            if move == "drag":
                mouse.move(700 + step * 6 % 180, 420 + step * 4 % 120)
            else:
                mouse.wheel(0, -120 if step < STEPS / 2 else 120)
        if move == "drag":
            mouse.up()
        self.ask("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(0))))")
        drawn = max(1, self.ask("window.frames"))
        seconds = (self.ask("performance.now()") - start) / 1000
        return drawn / seconds, (self.cpu() - worked) / drawn * 1000

    def close_up(self) -> None:
        """Go where names can be read, once the last wheel's effects are over."""
        self.page.wait_for_timeout(600)
        self.ask(f"{self.network}.moveTo({{scale: 0.9, animation: false}}), 0")

    def overprinted(self) -> tuple[int, int]:
        """Names that one frame writes, and pairs of them that overlap by more than a pixel each way."""
        self.ask("window.written = []; window.listening = true")
        self.ask(
            f"new Promise(done => {{ {self.network}.redraw(); requestAnimationFrame(() => requestAnimationFrame(() => done(0))); }})"
        )
        self.ask("window.listening = false")
        boxes = sorted(
            b for b in self.ask("window.written") if b[0] < 1280 and b[0] + b[2] > 0 and 0 < b[1] + b[3] and b[1] < 800
        )
        pairs = 0
        for i, (x, y, w, h) in enumerate(boxes):
            for x2, y2, w2, h2 in boxes[i + 1 :]:
                if x2 >= x + w - 1:
                    break
                pairs += min(y + h, y2 + h2) - max(y, y2) > 1 and min(x + w, x2 + w2) - x2 > 1
        return len(boxes), pairs

    def search(self) -> float:
        """Milliseconds of the slowest of some searches, from the key to the list; the best of some goes at each counts."""
        words = ["第", "第1省", "生态环境局", "县长", "赵", "镇", "没有的", "任务第3项"]
        return float(self.ask(
            "(() => { const input = document.getElementById('search'), found = document.getElementById('found');"
            "const look = word => { const start = performance.now(); input.value = word; input.dispatchEvent(new Event('input'));"
            "found.offsetHeight; return performance.now() - start; }; input.focus();"
            f"const worst = Math.max(...{json.dumps(words)}.map(w => Math.min(...[1, 2, 3, 4, 5].map(() => look(w)))));"
            "look(''); input.blur(); return worst; })()"
        ))  # fmt: skip


def measured(browser: Browser, path: Path, plain: bool, shots: Path | None) -> dict[str, float]:
    """One opening of a page."""
    opened = Opened(browser, path, plain)
    found = {"ready s": opened.ready, "ready cpu s": opened.ready_cpu, "MB": path.stat().st_size / 1e6}
    found["names, whole"], found["overprinted, whole"] = opened.overprinted()
    for where in ("whole", "close up"):
        if where == "close up":
            opened.close_up()
            found["names, close up"], found["overprinted, close up"] = opened.overprinted()
        if shots:
            opened.page.screenshot(path=str(shots / f"{path.stem}-{where.replace(' ', '-')}.png"))
        for move in ("drag", "zoom"):
            found[f"{move} /s, {where}"], found[f"{move} cpu ms, {where}"] = opened.frames(move)
        opened.close_up()
    if not plain:
        found["search ms"] = opened.search()
    opened.context.close()
    return found


def main() -> None:
    """Print a table for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--things", type=int, nargs="+", default=list(READY))
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="a folder for the pages and pictures of them")
    given = parser.parse_args()
    path = os.environ.get("KG_CHROMIUM") or next((p for n in BROWSERS if (p := shutil.which(n))), None)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        into = given.keep or Path(folder)
        into.mkdir(parents=True, exist_ok=True)
        for things in given.things:
            compared(browser, things, into, given.turns, bool(given.keep))
        browser.close()


def compared(browser: Browser, things: int, into: Path, turns: int, shots: bool) -> None:
    """Open both pages of a graph in turns and print what came of it."""
    graph = graph_of(things)
    pages = {"kg viz": into / f"kg-{things}.html", "plain": into / f"plain-{things}.html"}
    pages["kg viz"].write_text(own_page(graph, title="责任链"), "utf-8")
    pages["plain"].write_text(plain_page(graph), "utf-8")
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in pages}
    for _ in range(turns):
        for name, path in pages.items():
            runs[name].append(measured(browser, path, name == "plain", into if shots else None))
    middle = {name: {k: statistics.median(r[k] for r in found) for k in found[0]} for name, found in runs.items()}
    own, plain = middle["kg viz"], middle["plain"]
    print(
        f"\n{len(graph.nodes):,} things, {len(graph.edges):,} statements{'':8}{'kg viz':>10}{'plain':>10}{'ratio':>8}"
    )
    for key, value in own.items():
        other = plain.get(key)
        ratio = f"{value / other:8.2f}" if other else ""
        print(f"{key:42}{value:>10.2f}{'' if other is None else f'{other:>10.2f}'}{ratio}", flush=True)
    each = own["MB"] * 1e6 / len(graph.nodes)
    print(f"{'bytes a thing':42}{each:>10.0f}   at most {BYTES}")
    most = READY.get(things, max(READY.values()))
    frames = [v for k, v in own.items() if "/s" in k]
    allowed = [1000 / v for k, v in own.items() if "cpu ms" in k]
    print(f"ready {own['ready s']:.1f} s (at most {most:g}), search {own['search ms']:.0f} ms (at most {SEARCH:g}), overprinted "
          f"{own['overprinted, whole'] + own['overprinted, close up']:.0f} (none)")  # fmt: skip
    print(
        f"slowest {min(frames):.0f} frames a second by the clock, {min(allowed):.0f} by the processor (at least {FRAMES:g} at 2,000)"
    )


if __name__ == "__main__":
    main()
