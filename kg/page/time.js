// The day that the drawing speaks of: '' is all times. The rules are those of the command line's --as-of.
const Time = (() => {
  let day = "";
  const dates = (e) => e[7].map((p) => G.notices[G.passages[p][0]].published).filter(Boolean).sort();
  const memo = new Map();
  const span = (n) => {
    if (memo.has(n)) return memo.get(n);
    const e = G.edges[n], p = e[6], seen = dates(e);
    const first = p.first_seen || seen[0] || "", last = p.last_seen || seen[seen.length - 1] || "", status = p.status || "";
    const until = p.until || p.superseded || (status === "免去" ? last : "");
    const made = { type: G.types[e[2]].key, derived: e[3], since: p.since || "", until, first, last, status };
    memo.set(n, made);
    return made;
  };
  const edge = (n) => {
    if (!day) return true;
    const s = span(n);
    if (s.type === "HOLDS") {
      if (s.status === "拟任") return false;
      if (s.until && day >= s.until) return false;
      const begun = s.since || s.first;
      if (begun && day < begun) return false;
      return !(s.last && day > s.last && !s.until && s.status === "时任");
    }
    if (s.until && day >= s.until) return false;
    const begun = s.since || (s.derived ? "" : s.first);
    return !(begun && day < begun);
  };
  const node = (n) => !day || !G.nodes[n][4].first_seen || G.nodes[n][4].first_seen <= day;
  const write = () => {
    const at = G.days.indexOf(day);
    $("day").value = day ? Math.max(0, at) : G.days.length;
    $("said").textContent = day || Words.say("all_times");
    $("day").setAttribute("aria-valuetext", day || Words.say("all_times"));
  };
  // A day that is not among those of the graph stands for the last one before it.
  const set = (wanted) => {
    day = wanted && wanted < (G.days[0] || "") ? G.days[0] : [...G.days].reverse().find((d) => d <= wanted) || "";
    if (!wanted) day = "";
    write(); Canvas.refresh(); Panel.again(); Note.show();
  };
  const start = () => {
    $("time").hidden = G.days.length < 2;
    $("day").max = G.days.length;
    $("day").addEventListener("input", () => set(G.days[Number($("day").value)] || ""));
    $("day").addEventListener("change", View.keep);
    Words.heard(write);
    write();
  };
  return { start, set, edge, node, get day() { return day; } };
})();
