// What is on screen as a file: CSV of its statements, SVG and PNG of the drawing with its sources beneath.
const Save = (() => {
  const LISTED = 200;
  const lines = () => {
    const { w, h, x, y } = Canvas.lens(), rows = [];
    const inside = (n) => { const v = Canvas.place(n); return v && x(v.x) > 0 && x(v.x) < w && y(v.y) > 0 && y(v.y) < h; };
    for (const edge of Canvas.edges()) {
      const [a, b] = [edge.from, edge.to];
      if (inside(a) || inside(b)) rows.push(...edge.of.filter(Data.edgeSeen));
    }
    return rows.sort((p, q) => p - q);
  };
  const cell = (v) => {
    const text = String(v === undefined || v === null ? "" : v);
    // a cell that begins like a formula is given as text
    const safe = /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
    return /[",\n\r]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
  };
  const csv = () => {
    const head = ["source", "relation", "target", "detail", "derived", "confidence", "rule", "quote", "notice", "date", "source_id", "target_id", "url"];
    const out = [head];
    for (const n of lines()) {
      const e = G.edges[n], p = e[6], [a, b] = [G.nodes[e[0]], G.nodes[e[1]]];
      const row = [a[2], Words.pick(G.types[e[2]].name), b[2], p.role || p.kind || p.form || p.status || "", e[3], e[5], e[4]];
      for (const k of e[7].length ? e[7] : [-1]) {
        const notice = k < 0 ? {} : G.notices[G.passages[k][0]];
        out.push([...row, k < 0 ? "" : Text.words(k), notice.title, notice.published, a[0], b[0], notice.url]);
      }
    }
    return "\ufeff" + out.map((r) => r.map(cell).join(",")).join("\r\n") + "\r\n";
  };
  // One line a source: what is said, in which words, where.
  const sources = () => {
    const out = [], seen = new Set();
    for (const n of lines()) for (const k of G.edges[n][7]) {
      if (seen.has(k)) continue;
      seen.add(k);
      const notice = G.notices[G.passages[k][0]], words = Text.words(k), said = words ? "“" + (words.length > 60 ? words.slice(0, 59) + "…" : words) + "” " : "";
      out.push(said + "《" + notice.title + "》 " + [notice.publisher, notice.published].filter(Boolean).join(" "));
    }
    const more = out.length - LISTED;
    return more > 0 ? [...out.slice(0, LISTED), Words.say("more", { n: more })] : out;
  };
  const heading = () => [G.title, Words.say("as_of") + " " + (Time.day || Words.say("all_times"))].join(" · ");

  const png = () => {
    const from = $("canvas").querySelector("canvas"), ratio = from.width / $("canvas").clientWidth, listed = sources();
    const row = 20 * ratio, top = 44 * ratio, made = document.createElement("canvas"), ctx = made.getContext("2d");
    made.width = from.width; made.height = from.height + top + (listed.length ? row * (listed.length + 1.5) : 0);
    const css = getComputedStyle(document.documentElement), tone = (k) => css.getPropertyValue("--" + k).trim();
    ctx.fillStyle = tone("paper"); ctx.fillRect(0, 0, made.width, made.height);
    ctx.drawImage(from, 0, top);
    ctx.fillStyle = tone("ink"); ctx.textBaseline = "middle";
    ctx.font = "600 " + 16 * ratio + "px " + tone("font"); ctx.fillText(heading(), 16 * ratio, top / 2);
    ctx.font = 12.5 * ratio + "px " + tone("font"); ctx.fillStyle = tone("soft");
    listed.forEach((text, i) => ctx.fillText((i + 1) + "  " + text, 16 * ratio, from.height + top + row * (i + 1)));
    return new Promise((done) => made.toBlob(done, "image/png"));
  };
  const svg = () => {
    const { w, h, x, y, scale } = Canvas.lens(), listed = sources(), ns = "http://www.w3.org/2000/svg";
    const css = getComputedStyle(document.documentElement), tone = (k) => css.getPropertyValue("--" + k).trim();
    const root = document.createElementNS(ns, "svg"), top = 44, high = h + top + (listed.length ? 20 * (listed.length + 1.5) : 0);
    const add = (to, tag, attributes, text) => {
      const el = document.createElementNS(ns, tag);
      for (const [k, v] of Object.entries(attributes)) el.setAttribute(k, typeof v === "number" ? String(Math.round(v * 10) / 10) : v);
      // characters that XML cannot hold become U+FFFD
      if (text !== undefined) el.textContent = text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\ud800-\udfff]/g, "\ufffd");
      to.append(el);
      return el;
    };
    root.setAttribute("xmlns", ns); root.setAttribute("viewBox", `0 0 ${w} ${high}`); root.setAttribute("width", w); root.setAttribute("height", high);
    root.setAttribute("font-family", tone("font").replace(/"/g, "'"));
    add(root, "title", {}, G.title);
    add(root, "desc", {}, listed.join("\n"));
    add(root, "rect", { width: w, height: high, fill: tone("paper") });
    add(root, "text", { x: 16, y: 28, "font-size": 16, "font-weight": 600, fill: tone("ink") }, heading());
    const area = add(root, "svg", { x: 0, y: top, width: w, height: h, viewBox: `0 0 ${w} ${h}` });
    for (const edge of Canvas.edges()) {
      const a = Canvas.place(edge.from), b = Canvas.place(edge.to), seen = edge.of.filter(Data.edgeSeen);
      if (!a || !b || !seen.length) continue;
      const stated = seen.some((n) => !G.edges[n][3]), colour = G.types[G.edges[seen[0]][2]].colour[Canvas.colours];
      const [ax, ay, bx, by] = [x(a.x), y(a.y), x(b.x), y(b.y)], far = Math.hypot(bx - ax, by - ay) || 1, stop = (b.size * scale + 3) / far;
      const [ex, ey] = [bx - (bx - ax) * stop, by - (by - ay) * stop], [ux, uy] = [(bx - ax) / far * 6, (by - ay) / far * 6];
      add(area, "path", { d: [ax, ay, ex, ey].map((v) => v.toFixed(1)).join(" ").replace(/^(\S+ \S+) /, "M$1L"), stroke: colour, "stroke-width": 1.4,
        fill: "none", "stroke-opacity": 0.75, ...(stated ? {} : { "stroke-dasharray": "5 4" }) });
      add(area, "path", { d: `M${ex.toFixed(1)} ${ey.toFixed(1)}L${(ex - ux - uy / 2).toFixed(1)} ${(ey - uy + ux / 2).toFixed(1)}L${(ex - ux + uy / 2).toFixed(1)} ${(ey - uy - ux / 2).toFixed(1)}Z`, fill: colour });
    }
    for (const n of Canvas.seen()) {
      const v = Canvas.place(n), label = Data.label(n), size = Math.max(v.size * scale, 3) / 8;
      const mark = sign(label).querySelector("path");
      add(area, "path", { d: mark.getAttribute("d"), fill: mark.getAttribute("fill"), stroke: tone("paper"),
        transform: `translate(${(x(v.x) - size * 8).toFixed(1)} ${(y(v.y) - size * 8).toFixed(1)}) scale(${size.toFixed(3)})` });
    }
    for (const [text, tx, ty] of Canvas.written) add(area, "text", { x: tx, y: ty + 4, "font-size": 12, fill: tone("ink"),
      stroke: tone("paper"), "stroke-width": 3, "paint-order": "stroke" }, text);
    listed.forEach((text, i) => add(root, "text", { x: 16, y: h + top + 20 * (i + 1), "font-size": 12.5, fill: tone("soft") }, (i + 1) + "  " + text));
    return new XMLSerializer().serializeToString(root);
  };
  const give = (blob, ending) => {
    const a = make("a"), url = URL.createObjectURL(blob);
    a.href = url; a.download = G.title.replace(/[\\/:*?"<>|\s]+/g, "_").slice(0, 60) + "." + ending;
    a.click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  };
  const ways = {
    csv: () => give(new Blob([csv()], { type: "text/csv" }), "csv"),
    svg: () => give(new Blob([svg()], { type: "image/svg+xml" }), "svg"),
    png: async () => give(await png(), "png"),
  };
  const start = () => {
    const menu = $("ways"), toggle = (open) => { menu.hidden = !open; $("save").setAttribute("aria-expanded", String(open)); };
    for (const [name, act] of Object.entries(ways)) {
      const button = make("button", "plain", name.toUpperCase());
      button.type = "button"; button.id = "save-" + name;
      button.addEventListener("click", () => { toggle(false); act(); });
      menu.append(button);
    }
    $("save").addEventListener("click", () => toggle(menu.hidden));
    document.addEventListener("click", (event) => { if (!event.target.closest("#save, #ways")) toggle(false); });
  };
  return { start, csv, svg, png };
})();
