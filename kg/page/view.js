// What is chosen, hidden and in sight, in the page's address, so that a link restores it; and steps back.
const View = (() => {
  const past = [];
  let now = "", quiet = true, timer = 0;
  const keys = (rows, set) => [...set].map((i) => rows[i].key).sort().join(",");

  const code = () => {
    const q = new URLSearchParams(), hidden = Data.hidden, put = (k, v) => { if (v) q.set(k, v); };
    const [kind, what] = Panel.chosen;
    put("labels", keys(G.labels, hidden.labels));
    put("types", keys(G.types, hidden.types));
    put("basis", [...hidden.kinds].sort().join(","));
    put("things", [...hidden.things].map((n) => G.nodes[n][0]).sort().join(" "));
    put("pinned", [...Data.pinned].map((n) => G.nodes[n][0]).sort().join(" "));
    put("kept", [...Panel.kept].join(" "));
    put("day", Time.day);
    put("lang", Words.at ? "en" : "");
    if (kind === "node") put("at", G.nodes[what][0]);
    if (kind === "pair" || kind === "path") put(kind, what.map((n) => G.nodes[n][0]).join(" "));
    if (kind === "notice") put("notice", G.notices[what].id);
    return q;
  };
  const full = () => {
    const q = code(), at = Canvas.network.getViewPosition();
    q.set("see", [at.x, at.y, Canvas.network.getScale() * 1000].map(Math.round).join(","));
    return q.toString();
  };
  const write = () => {
    // a page inside another's frame may not be allowed to; then the address just stays
    try { history.replaceState(null, "", "#" + full()); } catch { /* nothing is lost */ }
  };
  const keep = () => {
    if (quiet) return;
    const next = code().toString();
    if (next !== now) { past.push(now); now = next; $("undo").disabled = false; }
    clearTimeout(timer); timer = setTimeout(write, 200);
  };
  const indexes = (rows, text) => (text || "").split(",").map((k) => rows.findIndex((r) => r.key === k)).filter((i) => i >= 0);
  const numbers = (text) => (text || "").split(" ").map(Data.number).filter((n) => n >= 0);
  const fill = (set, values) => { set.clear(); values.forEach((v) => set.add(v)); };

  const restore = (text, move) => {
    const q = new URLSearchParams(text);
    quiet = true;
    fill(Data.hidden.labels, indexes(G.labels, q.get("labels")));
    fill(Data.hidden.types, indexes(G.types, q.get("types")));
    fill(Data.hidden.kinds, (q.get("basis") || "").split(",").filter((k) => k === "0" || k === "1").map(Number));
    fill(Data.hidden.things, numbers(q.get("things")));
    fill(Data.pinned, numbers(q.get("pinned")));
    fill(Panel.kept, (q.get("kept") || "").split(" ").filter(Boolean).map(Number).filter((n) => G.edges[n]));
    if (q.get("lang") === "en" && !Words.at || q.get("lang") !== "en" && Words.at && !move) Words.turn();
    Time.set(q.get("day") || "");
    Legend.draw();
    const at = Data.number(q.get("at")), pair = numbers(q.get("pair")), path = numbers(q.get("path"));
    const notice = G.notices.findIndex((n) => n.id === q.get("notice"));
    if (at >= 0) Panel.node(at);
    else if (pair.length === 2 && Data.pairs.has(pair.join("-"))) Panel.pair(pair.join("-"));
    else if (path.length === 2) Panel.path(path[0], path[1]);
    else if (notice >= 0 && Text.has(notice)) Panel.notice(notice);
    else Panel.close();
    const see = (q.get("see") || "").split(",").map(Number);
    if (move && see.length === 3 && see.every(Number.isFinite))
      Canvas.network.moveTo({ position: { x: see[0], y: see[1] }, scale: Math.min(4, Math.max(0.03, see[2] / 1000)) });
    quiet = false;
    now = code().toString();
  };
  const undo = () => {
    if (!past.length) return;
    restore(past.pop(), false);
    $("undo").disabled = !past.length;
    write();
  };
  const start = () => {
    const asked = location.hash.slice(1);
    $("undo").addEventListener("click", undo);
    document.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key === "z" && event.target.tagName !== "INPUT") { event.preventDefault(); undo(); }
    });
    if (asked) restore(asked, true);
    quiet = false;
    now = code().toString();
    for (const moved of ["dragEnd", "zoom", "animationFinished"]) Canvas.network.on(moved, () => { clearTimeout(timer); timer = setTimeout(write, 300); });
    addEventListener("hashchange", () => { if (location.hash.slice(1) !== full()) restore(location.hash.slice(1), true); });
  };
  return { start, keep, code: full };
})();
