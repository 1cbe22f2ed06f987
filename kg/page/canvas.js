// The drawing: vis-network draws marks and lines; names and bands are drawn here, names only where they do not overlap.
const Canvas = (() => {
  const FONT = 12, LONG = 13, MOST = 260;
  const stage = $("canvas"), dark = matchMedia("(prefers-color-scheme: dark)");
  let css, network, nodes, edges, nodeView, edgeView, hover = null, chosen = null, lit = null;
  const widths = new Map(), left = new Map();
  const theme = () => (dark.matches ? 1 : 0);
  const colour = (pair) => pair[theme()];

  const readStyle = () => {
    const s = getComputedStyle(document.documentElement);
    css = Object.fromEntries(["paper", "ink", "soft", "faint", "band0", "band1", "line", "veil", "font", "focus"]
      .map((k) => [k, s.getPropertyValue("--" + k).trim()]));
  };
  const groups = () => Object.fromEntries(G.labels.map((l) => {
    const fill = colour(l.colour), lined = { background: fill, border: css.ink };
    return [l.key, { shape: l.shape, color: { background: fill, border: css.paper, highlight: lined, hover: lined } }];
  }));
  // A line stands for all statements from one thing to another: the first one seen gives the colour, solid if any is stated.
  const dress = (edge) => {
    const seen = edge.of.filter(Data.edgeSeen), n = seen.length ? seen[0] : edge.of[0];
    const tone = colour(G.types[G.edges[n][2]].colour);
    return { ...edge, hidden: !seen.length, dashes: seen.every((k) => G.edges[k][3]) ? [5, 4] : false,
      color: { color: tone, highlight: tone, hover: tone, opacity: lit ? 0.9 : 0.62 } };
  };
  const pairLine = (key) => {
    const [from, to] = key.split("-").map(Number);
    return dress({ id: key, from, to, arrows: "to", of: Data.pairs.get(key) });
  };

  const build = () => {
    readStyle();
    nodes = new vis.DataSet(G.vis.nodes.map((n) => ({ ...n, borderWidth: 1.2 })));
    edges = new vis.DataSet([...Data.pairs].filter(([, of]) => nodes.get(G.edges[of[0]][0]) && nodes.get(G.edges[of[0]][1])).map(([key]) => pairLine(key)));
    nodeView = new vis.DataView(nodes, { filter: (n) => Data.nodeSeen(n.id) });
    edgeView = new vis.DataView(edges, { filter: (e) => Data.nodeSeen(e.from) && Data.nodeSeen(e.to) });
    network = new vis.Network(stage, { nodes: nodeView, edges: edgeView }, { ...G.vis.options, groups: groups() });
    network.on("beforeDrawing", bands);
    network.on("afterDrawing", names);
    network.on("hoverNode", (p) => { hover = p.node; stage.classList.add("over"); });
    network.on("blurNode", () => { hover = null; stage.classList.remove("over"); });
    network.on("hoverEdge", () => stage.classList.add("over"));
    network.on("blurEdge", () => stage.classList.remove("over"));
    network.on("click", (p) => {
      if (p.nodes.length) Panel.chose(p.nodes[0]);
      else if (p.edges.length) Panel.pair(p.edges[0]);
      else Panel.close();
    });
  };

  // Screen coordinates of a point of the drawing.
  const lens = () => {
    const scale = network.getScale(), at = network.getViewPosition();
    const w = stage.clientWidth, h = stage.clientHeight;
    return { scale, w, h, x: (x) => (x - at.x) * scale + w / 2, y: (y) => (y - at.y) * scale + h / 2 };
  };
  const flat = (ctx, draw) => {
    const ratio = ctx.canvas.width / stage.clientWidth;
    ctx.save(); ctx.setTransform(ratio, 0, 0, ratio, 0, 0); draw(); ctx.restore();
  };

  const bands = (ctx) => flat(ctx, () => {
    const view = lens(), levels = [...new Set(G.bands.map((b) => b[0]))];
    ctx.fillStyle = css.paper; ctx.fillRect(0, 0, view.w, view.h);
    G.bands.forEach((b, i) => {
      const top = i ? view.y(b[2]) : -1, end = i < G.bands.length - 1 ? view.y(b[3]) : view.h + 1;
      ctx.fillStyle = levels.indexOf(b[0]) % 2 ? css.band1 : css.band0;
      ctx.fillRect(0, top, view.w, end - top);
      if (i) { ctx.fillStyle = css.line; ctx.fillRect(0, Math.round(top), view.w, 1); }
    });
  });

  // What lies over the drawing: no name is written beneath it.
  const covered = () => {
    const from = stage.getBoundingClientRect();
    return ["tools", "time", "note", "panel"].map((id) => $(id)).filter((el) => !el.hidden).map((el) => el.getBoundingClientRect())
      .map((r) => [r.left - from.left, r.top - from.top, r.right - from.left, r.bottom - from.top]);
  };
  // How many neighbours of a thing an overview leaves out.
  const beyond = (n) => {
    if (!G.overview) return "";
    if (!left.has(n)) left.set(n, new Set(Data.around[n].map((e) => Data.other(e, n)).filter((o) => !nodes.get(o))).size);
    return left.get(n) ? " +" + left.get(n) : "";
  };

  const cut = (text) => (text.length > LONG ? text.slice(0, LONG - 1) + "…" : text);
  const wide = (ctx, text) => {
    if (!widths.has(text)) widths.set(text, ctx.measureText(text).width);
    return widths.get(text);
  };

  const names = (ctx) => {
    if (lit) spotlight(ctx);
    flat(ctx, () => {
      const view = lens(), taken = new Map(), shown = [];
      ctx.font = FONT + "px " + css.font; ctx.textBaseline = "middle"; ctx.lineJoin = "round";
      const free = (r) => {
        for (let i = r[0] >> 6; i <= r[2] >> 6; i++) for (let j = r[1] >> 6; j <= r[3] >> 6; j++)
          for (const o of taken.get(i + "," + j) || [])
            if (r[0] < o[2] && r[2] > o[0] && r[1] < o[3] && r[3] > o[1]) return false;
        return true;
      };
      const take = (r) => {
        for (let i = r[0] >> 6; i <= r[2] >> 6; i++) for (let j = r[1] >> 6; j <= r[3] >> 6; j++) {
          const k = i + "," + j;
          if (taken.has(k)) taken.get(k).push(r); else taken.set(k, [r]);
        }
      };
      if (view.w <= 700) take([0, 0, 100, 62]);  // the legend's button
      covered().forEach(take);
      for (const b of G.bands) {  // names of the bands keep their place at the left
        const top = Math.max(view.y(b[2]), 0), end = Math.min(view.y(b[3]), view.h), text = Words.pick(b[1]);
        if (end - top < 22) continue;
        const y = Math.min(Math.max(top + 16, 16), end - 8), w = wide(ctx, text);
        const box = [10, y - 10, 10 + w + 12, y + 10];
        if (!free(box)) continue;
        take(box);
        shown.push([text, 16, y, css.faint, true]);
      }
      const visible = [];
      for (const n of nodeView.getIds()) {
        const v = nodes.get(n), x = view.x(v.x), y = view.y(v.y), r = v.size * view.scale + 1;
        if (x < -90 || x > view.w + 90 || y < -20 || y > view.h + 20) continue;
        const first = n === chosen || n === hover || Data.pinned.has(n) ? 2 : lit && lit.has(n) ? 1 : 0;
        if (lit && !first) continue;
        visible.push([first, G.nodes[n][5], n, x, y, r]);
      }
      visible.sort((a, b) => b[0] - a[0] || b[1] - a[1] || a[2] - b[2]);
      if (visible.length < 700) for (const v of visible) take([v[3] - v[5] * 0.8, v[4] - v[5] * 0.8, v[3] + v[5] * 0.8, v[4] + v[5] * 0.8]);
      let count = 0;
      for (const [first, , n, x, y, r] of visible) {
        if (count >= MOST) break;
        const text = (first === 2 ? G.nodes[n][2].slice(0, 40) : cut(G.nodes[n][2])) + beyond(n);
        const w = wide(ctx, text), h = FONT / 2 + 2;
        const places = [[x - w / 2, y + r + h], [x - w / 2, y - r - h], [x + r + 4, y], [x - r - 4 - w, y]];
        const spot = places.find((p) => p[0] >= 4 && p[0] + w <= view.w - 4 && free([p[0] - 2, p[1] - h, p[0] + w + 2, p[1] + h])) || (first === 2 ? places[0] : null);
        if (!spot) continue;
        take([spot[0] - 2, spot[1] - h, spot[0] + w + 2, spot[1] + h]);
        shown.push([text, spot[0], spot[1], css.ink, false]);
        count++;
      }
      ctx.lineWidth = 3.5; ctx.strokeStyle = css.paper;
      for (const [text, x, y, tone] of shown) { ctx.strokeText(text, x, y); ctx.fillStyle = tone; ctx.fillText(text, x, y); }
      Canvas.written = shown.filter((s) => !s[4]).map((s) => [s[0], s[1], s[2], wide(ctx, s[0])]);
    });
  };

  // All but the chosen thing and its neighbours fade: a veil over the picture, and those drawn once more on top.
  const spotlight = (ctx) => {
    flat(ctx, () => { ctx.fillStyle = css.veil; ctx.fillRect(0, 0, stage.clientWidth, stage.clientHeight); });
    for (const id of chosen === null ? [] : network.getConnectedEdges(chosen)) draw(ctx, network.body.edges[id]);
    for (const id of lit.edges || []) draw(ctx, network.body.edges[id]);
    for (const n of lit) draw(ctx, network.body.nodes[n]);
  };
  const draw = (ctx, thing) => {
    if (!thing || thing.options.hidden || !thing.connected && thing.fromId !== undefined) return;
    thing.draw(ctx);
    if (thing.drawArrows) thing.drawArrows(ctx);
  };

  const light = (node, pair) => {
    chosen = node;
    if (node !== null) {
      lit = new Set([node]);
      for (const e of Data.around[node]) if (Data.edgeSeen(e)) lit.add(Data.other(e, node));
    } else if (pair) {
      lit = new Set(pair.split("-").map(Number)); lit.edges = [pair];
    } else lit = null;
    if (node !== null) network.selectNodes([node], false);
    else if (pair && edges.get(pair)) network.setSelection({ nodes: [], edges: [pair] }, { highlightEdges: false });
    else network.unselectAll();
    network.redraw();
  };

  // A way from one thing to another, lit with its lines.
  const trail = (things, statements) => {
    chosen = null;
    lit = new Set(things); lit.edges = statements.map((e) => G.edges[e][0] + "-" + G.edges[e][1]);
    things.forEach((n) => reveal(n, 8));
    network.unselectAll(); network.redraw();
  };

  // Bring things that the overview leaves out onto the drawing: the thing, its neighbours, and the way to the nearest
  // thing that is drawn, in a spiral around that one.
  // ``only`` names the neighbours that are wanted, all where it is not given.
  const reveal = (node, most, only) => {
    const from = new Map([[node, -1]]), queue = [node];
    let anchor = nodes.get(node) ? node : -1;
    for (let i = 0; i < queue.length && i < 4000 && anchor < 0; i++) for (const e of Data.around[queue[i]]) {
      const n = Data.other(e, queue[i]);
      if (from.has(n)) continue;
      from.set(n, queue[i]); queue.push(n);
      if (nodes.get(n)) { anchor = n; break; }
    }
    const way = [];
    for (let n = from.has(anchor) ? from.get(anchor) : -1; n !== undefined && n !== -1; n = from.get(n)) way.push(n);
    const fresh = [...new Set([...way, node, ...(only || Data.around[node].map((e) => Data.other(e, node)))])]
      .filter((n) => !nodes.get(n)).slice(0, most);
    if (!fresh.length) return;
    left.clear();
    const here = anchor < 0 ? { x: 0, y: 0 } : nodes.get(anchor);
    nodes.add(fresh.map((n, i) => {
      const turn = (i + 1) * 2.399963, far = 54 * Math.sqrt(i + 1.5), label = Data.label(n);
      return { id: n, label: "", group: label.key, shape: label.shape, size: 10, borderWidth: 1.2,
        x: here.x + Math.cos(turn) * far, y: here.y + Math.sin(turn) * far };
    }));
    const lines = new Set();
    for (const n of fresh) for (const e of Data.around[n]) {
      const key = G.edges[e][0] + "-" + G.edges[e][1];
      if (nodes.get(G.edges[e][0]) && nodes.get(G.edges[e][1]) && !edges.get(key)) lines.add(key);
    }
    edges.add([...lines].map(pairLine));
  };

  const refresh = () => {
    edges.update(edges.get().map(dress));
    nodeView.refresh(); edgeView.refresh();
    network.redraw();
  };
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const motion = () => (still.matches ? false : { duration: 380, easingFunction: "easeInOutQuad" });
  // The panel covers the right side of the stage, or on a narrow screen its lower half.
  const cover = () => {
    if ($("panel").hidden) return { x: 0, y: 0 };
    return matchMedia("(max-width:760px)").matches ? { x: 0, y: stage.clientHeight * 0.5 } : { x: $("panel").clientWidth, y: 0 };
  };
  const fly = (n) => {
    const over = cover(), scale = Math.max(network.getScale(), 0.95);
    network.focus(n, { scale, animation: motion(), offset: { x: -over.x / 2, y: -over.y / 2 } });
  };
  // Move only if an end of the line is out of sight, and no more than needed to see both.
  const sight = (pair) => {
    const ends = pair.split("-").map((n) => nodes.get(Number(n))), view = lens(), over = cover(), edge = 46;
    if (!ends[0] || !ends[1]) return;
    const free = [view.w - over.x, view.h - over.y];
    const seen = ends.every((v) => view.x(v.x) > edge && view.x(v.x) < free[0] - edge && view.y(v.y) > edge && view.y(v.y) < free[1] - edge);
    if (seen) return;
    const scale = Math.min(view.scale, (free[0] - 3 * edge) / Math.max(Math.abs(ends[0].x - ends[1].x), 1),
      (free[1] - 3 * edge) / Math.max(Math.abs(ends[0].y - ends[1].y), 1));
    const position = { x: (ends[0].x + ends[1].x) / 2 + over.x / 2 / scale, y: (ends[0].y + ends[1].y) / 2 + over.y / 2 / scale };
    network.moveTo({ position, scale, animation: motion() });
  };
  // Everything, with room for the names of the bands at the left and of things at the edges. Where that would be too
  // small to read (a telephone), the best connected thing in the middle instead.
  const fit = (slow) => {
    const all = nodes.get({ filter: (n) => Data.nodeSeen(n.id) });
    if (!all.length) return;
    const xs = all.map((n) => n.x), ys = all.map((n) => n.y), w = stage.clientWidth - cover().x, h = stage.clientHeight;
    const low = [Math.min(...xs), Math.min(...ys)], high = [Math.max(...xs), Math.max(...ys)];
    const names = Math.max(0, ...G.bands.map((b) => Words.pick(b[1]).length * (document.documentElement.lang === "en" ? 7 : 12)));
    const left = w > 700 ? Math.min(names + 44, w / 4) : 40, right = w > 700 ? 76 : 40, edge = 34;
    let scale = Math.min((w - left - right) / Math.max(high[0] - low[0], 1), (h - 2 * edge) / Math.max(high[1] - low[1], 1), 1.15);
    let middle = { x: (low[0] + high[0]) / 2 - (left - right - cover().x) / 2 / scale, y: (low[1] + high[1]) / 2 };
    if (w <= 700 && scale < 0.5) {
      const hub = all.reduce((a, b) => (G.nodes[b.id][5] > G.nodes[a.id][5] ? b : a));
      scale = 0.62; middle = { x: hub.x, y: hub.y + h * 0.22 / scale };
    }
    network.moveTo({ position: middle, scale, animation: slow ? motion() : false });
  };
  const zoom = (k) => network.moveTo({ scale: Math.min(4, Math.max(0.03, network.getScale() * k)), animation: motion() });
  dark.addEventListener("change", () => {
    readStyle(); widths.clear();
    network.setOptions({ groups: groups() }); refresh();
  });
  const seen = () => nodeView.getIds(), place = (n) => nodeView.get(n), drawnEdges = () => edgeView.get({ filter: (e) => !e.hidden });
  return { build, light, trail, lens, seen, place, edges: drawnEdges, reveal, refresh, fly, sight, fit, zoom, written: [], get network() { return network; },
    get colours() { return theme(); }, drawn: (n) => Boolean(nodes.get(n)), count: () => nodeView.length };
})();

// A label's mark as a small picture.
const sign = (label) => {
  const shapes = { dot: "M14.5 8a6.5 6.5 0 1 1-13 0a6.5 6.5 0 0 1 13 0z", square: "M2.2 2.2h11.6v11.6H2.2z",
    diamond: "M8 .8 15.2 8 8 15.2.8 8z", triangle: "M8 1.2 15 14H1z", triangleDown: "M8 14.8 1 2h14z",
    hexagon: "M4.4 1.6h7.2L15.2 8l-3.6 6.4H4.4L.8 8z",
    star: "M8 .9l2.1 4.7 5.1.5-3.8 3.4 1.1 5L8 11.9l-4.5 2.6 1.1-5L.8 6.1l5.1-.5z" };
  const ns = "http://www.w3.org/2000/svg", svg = document.createElementNS(ns, "svg"), path = document.createElementNS(ns, "path");
  svg.setAttribute("viewBox", "0 0 16 16"); svg.setAttribute("class", "sign"); svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", shapes[label.shape] || shapes.dot); path.setAttribute("fill", label.colour[Canvas.colours]);
  svg.append(path);
  return svg;
};
const stroke = (tone, dashed) => {
  const ns = "http://www.w3.org/2000/svg", svg = document.createElementNS(ns, "svg"), path = document.createElementNS(ns, "path");
  svg.setAttribute("viewBox", "0 0 16 16"); svg.setAttribute("class", "sign"); svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", "M0 8h16"); path.setAttribute("stroke", tone); path.setAttribute("stroke-width", "2.4");
  if (dashed) path.setAttribute("stroke-dasharray", "4 2.4");
  svg.append(path);
  return svg;
};
