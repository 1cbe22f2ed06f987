// The graph by number. A node is [id, label, name, aliases, properties, weight]; an edge is
// [source, target, type, derived, rule, confidence, properties, passages, premises].
const Data = (() => {
  const around = G.nodes.map(() => []);
  const pairs = new Map();
  G.edges.forEach((e, n) => {
    around[e[0]].push(n);
    if (e[1] !== e[0]) around[e[1]].push(n);
    const key = e[0] + "-" + e[1];
    if (pairs.has(key)) pairs.get(key).push(n); else pairs.set(key, [n]);
  });
  const hay = G.nodes.map((n) => [n[2], ...n[3], n[0]].join("\n").toLowerCase());
  const hidden = { labels: new Set(), types: new Set(), kinds: new Set(), things: new Set() }, pinned = new Set();
  const edgeSeen = (n) => !hidden.types.has(G.edges[n][2]) && !hidden.kinds.has(G.edges[n][3]) && Time.edge(n);
  const nodeSeen = (n) => !hidden.labels.has(G.nodes[n][1]) && !hidden.things.has(n) && Time.node(n);
  // What tells a thing from its namesakes: somebody's posts, what a place or body is in; else a notice that names it.
  const TELLS = new Set(["HOLDS", "POST_IN", "WITHIN", "PART_OF"]);
  const told = (n) => {
    const within = around[n].filter((e) => G.edges[e][0] === n && TELLS.has(G.types[G.edges[e][2]].key));
    const names = within.map((e) => G.nodes[G.edges[e][1]][2]), notice = G.notices[(G.named[n] || [])[0]];
    return names.slice(0, 2).join("、") + (names.length > 2 ? "…" : "") || (notice ? "《" + notice.title + "》" : "");
  };
  const label = (n) => G.labels[G.nodes[n][1]];
  const number = (id) => G.nodes.findIndex((n) => n[0] === id);

  // Whole name, then its beginning, then anywhere in it, then an alias; better connected ones first.
  const find = (text, most) => {
    const want = text.trim().toLowerCase();
    if (!want) return [];
    const hits = [];
    for (let n = 0; n < hay.length; n++) {
      if (!hay[n].includes(want)) continue;
      const name = G.nodes[n][2].toLowerCase();
      const rank = name === want ? 0 : name.startsWith(want) ? 1 : name.includes(want) ? 2 : 3;
      hits.push([rank, -G.nodes[n][5], n]);
    }
    hits.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
    return hits.slice(0, most).map((h) => h[2]);
  };
  // The shortest way between two things over what is seen: numbers of things and of the statements between them, or null.
  const way = (a, b) => {
    const from = new Map([[a, [-1, -1]]]), queue = [a];
    for (let i = 0; i < queue.length && !from.has(b); i++) for (const e of around[queue[i]]) {
      const n = other(e, queue[i]);
      if (from.has(n) || !edgeSeen(e) || !nodeSeen(n)) continue;
      from.set(n, [queue[i], e]); queue.push(n);
    }
    if (!from.has(b)) return null;
    const nodes = [b], edges = [];
    for (let n = b; n !== a; n = from.get(n)[0]) { edges.unshift(from.get(n)[1]); nodes.unshift(from.get(n)[0]); }
    return { nodes, edges };
  };
  const other = (e, n) => (G.edges[e][0] === n ? G.edges[e][1] : G.edges[e][0]);
  return { around, pairs, hidden, pinned, way, edgeSeen, nodeSeen, label, told, number, find, other };
})();
