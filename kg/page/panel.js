// The panel: a thing's record and its statements, or the words a line rests on.
const Panel = (() => {
  const MANY = 40, FEW = 24;
  const panel = $("panel"), told = $("told");
  const kept = new Set();  // statements whose words stay in sight beside others
  let current = null, chosen = ["", null], from = -1;

  const chip = (css, text, picture) => {
    const el = make("span", "chip " + css);
    if (picture) el.append(picture);
    el.append(text);
    return el;
  };
  const pairOf = (e) => G.edges[e][0] + "-" + G.edges[e][1];
  const qualifier = (e) => {
    const props = G.edges[e][6], key = ["role", "kind", "form", "status"].find((k) => props[k]);
    return key ? Words.value(key, props[key]) : "";
  };

  const cite = (notice) => {
    const el = make("cite"), name = "《" + notice.title + "》";
    if (notice.url) {
      const a = make("a", "", name);
      a.href = notice.url; a.target = "_blank"; a.rel = "noopener noreferrer";
      el.append(a);
    } else el.append(name);
    const rest = [notice.published, notice.publisher, notice.number].filter(Boolean).join(" · ");
    if (rest) el.append(document.createElement("br"), rest);
    return el;
  };
  const passage = (n) => {
    const notice = G.passages[n][0], [before, words, after] = Text.parts(n), quote = make("blockquote");
    if (!words) return [cite(G.notices[notice])];
    if (before) quote.append(make("span", "", before));
    quote.append(make("mark", "", words));
    if (after) quote.append(make("span", "", after));
    if (!Text.has(notice)) return [quote, cite(G.notices[notice])];
    const whole = make("button", "plain more", Words.say("whole_text"));
    whole.type = "button";
    whole.addEventListener("click", () => showWhole(notice));
    return [quote, cite(G.notices[notice]), whole];
  };
  const facts = (props, skip) => {
    const list = make("dl");
    for (const [k, v] of Object.entries(props)) {
      if (skip.includes(k)) continue;
      const said = v === true ? "✓" : Array.isArray(v) ? v.join("、") : Words.value(k, v);
      list.append(make("dt", "", Words.property(k)), make("dd", "", said));
    }
    return list.children.length ? [list] : [];
  };

  const relation = (e, n) => {
    const row = make("div", "rel"), other = Data.other(e, n), to = make("button", "to"), why = make("button", "why");
    to.type = why.type = "button";
    to.append(sign(Data.label(other)), make("span", "", G.nodes[other][2]));
    if (qualifier(e)) to.append(make("small", "", qualifier(e)));
    to.addEventListener("click", () => go(other));
    why.textContent = Words.say(G.edges[e][3] ? "derived" : "evidence");
    if (G.edges[e][3]) why.classList.add("derived");
    why.addEventListener("click", () => pair(pairOf(e), e));
    row.append(to, why);
    return row;
  };
  // Of an overview: the things at the far end that are not drawn yet, to be drawn by a press.
  const unfold = (n, rows) => {
    const others = G.overview ? [...new Set(rows.map((e) => Data.other(e, n)))].filter((o) => !Canvas.drawn(o)) : [];
    if (!others.length) return [];
    const button = make("button", "plain unfold", Words.say("unfold", { n: others.length }));
    button.type = "button";
    button.addEventListener("click", () => { Canvas.reveal(n, others.length + 1, others); again(); });
    return [button];
  };
  const group = (title, rows, draw, extra) => {
    const head = make("h4", "", title), body = make("div");
    head.append(make("span", "n", rows.length), ...(extra || []));
    let shown = 0;
    const more = make("button", "plain more");
    more.type = "button";
    const grow = () => {
      rows.slice(shown, shown + MANY).forEach((r) => body.append(draw(r)));
      shown = Math.min(shown + MANY, rows.length);
      more.hidden = shown >= rows.length;
      more.textContent = Words.say("more", { n: Math.min(MANY, rows.length - shown) });
    };
    more.addEventListener("click", grow);
    grow();
    return [head, body, more];
  };

  // Pin a thing's name, hide the thing, or look for the way to another.
  const deeds = (n) => {
    const row = make("p", "deeds"), deed = (key, act, pressed) => {
      const button = make("button", "plain", Words.say(key));
      button.type = "button"; button.dataset.deed = key;
      if (pressed !== undefined) button.setAttribute("aria-pressed", String(pressed));
      button.addEventListener("click", act);
      row.append(button);
    };
    deed("pin", () => {
      if (!Data.pinned.delete(n)) Data.pinned.add(n);
      again(); Canvas.network.redraw(); View.keep();
    }, Data.pinned.has(n));
    deed("hide", () => { Data.hidden.things.add(n); close(); Legend.draw(); Canvas.refresh(); Note.show(); View.keep(); });
    deed("way", () => { from = n; close(); Note.ask(Words.say("way_to", { name: G.nodes[n][2] })); });
    return row;
  };

  const showNode = (n) => {
    const [id, , name, aliases, props] = G.nodes[n], label = Data.label(n);
    told.append(chip("", Words.pick(label.name), sign(label)));
    for (const k of ["generic", "inferred"]) if (props[k]) told.append(chip("derived", Words.say(k)));
    told.append(make("h3", name.length > 24 ? "long" : "", name), make("p", "id", id), deeds(n));
    told.append(...facts(aliases.length ? { aliases, ...props } : props, ["generic", "inferred", "text"]));
    const found = new Map();
    for (const e of Data.around[n]) {
      const key = G.edges[e][2] * 2 + (G.edges[e][0] === n ? 0 : 1);
      if (found.has(key)) found.get(key).push(e); else found.set(key, [e]);
    }
    for (const key of [...found.keys()].sort((a, b) => a - b)) {
      const type = Words.pick(G.types[key >> 1].name), short = name.length > 10 ? name.slice(0, 9) + "…" : name;
      const title = key % 2 ? "… " + type + " → " + short : short + " → " + type + " …";
      told.append(...group(title, found.get(key), (e) => relation(e, n), unfold(n, found.get(key))));
    }
    const named = G.named[n] || [];
    if (named.length) told.append(...group(Words.say("notices"), named, (k) => cite(G.notices[k])));
  };

  const showStatement = (e) => {
    const [, , type, derived, rule, confidence, props, passages, premises] = G.edges[e], box = make("section", "statement");
    box.append(chip("", Words.pick(G.types[type].name) + (qualifier(e) ? " · " + qualifier(e) : ""), stroke(G.types[type].colour[Canvas.colours], derived)),
      chip(derived ? "derived" : "", Words.say(derived ? "derived" : "stated")));
    if (!passages.length) box.append(make("p", "quiet", Words.say("no_words")));
    for (const p of passages) box.append(...passage(p));
    const list = make("dl"), [why, reason] = (derived && G.why[rule + "|" + type] || [["", ""], ["", ""]]).map(Words.pick);
    const says = make("dd", "", why ? why + " " : rule || "–");
    if (why) says.append(make("code", "", rule));
    if (reason) says.append(make("p", "quiet", reason));
    list.append(make("dt", "", Words.say("rule")), says,
      make("dt", "", Words.say("confidence")), make("dd", "", confidence.toFixed(2)));
    box.append(list, ...facts(props, ["role", "kind", "form", "status"]));
    if (premises.length) {
      box.append(make("h4", "", Words.say("premises")));
      for (const p of premises) {
        const go = make("button", "plain more", G.nodes[G.edges[p][0]][2] + " → " + Words.pick(G.types[G.edges[p][2]].name) + " → " + G.nodes[G.edges[p][1]][2]);
        go.type = "button";
        go.addEventListener("click", () => pair(pairOf(p), p));
        box.append(go);
      }
    }
    const keep = make("button", "plain more", Words.say(kept.has(e) ? "let_go" : "keep"));
    keep.type = "button"; keep.setAttribute("aria-pressed", String(kept.has(e)));
    keep.addEventListener("click", () => { if (!kept.delete(e)) kept.add(e); again(); View.keep(); });
    box.append(keep);
    return box;
  };
  const showEnds = (e) => make("p", "quiet", G.nodes[G.edges[e][0]][2] + " → " + G.nodes[G.edges[e][1]][2]);
  // What is kept stands below whatever else is told, unless that tells it already.
  const showKept = () => {
    const shown = chosen[0] === "pair" ? Data.pairs.get(chosen[1].join("-")) : [], rows = [...kept].filter((e) => !shown.includes(e));
    if (!rows.length) return;
    const box = make("section", "kept");
    box.append(make("h4", "", Words.say("kept")));
    for (const e of rows) box.append(showEnds(e), showStatement(e));
    told.append(box);
  };
  const showPair = (key, first) => {
    const [a, b] = key.split("-").map(Number), ends = make("div", "ends");
    for (const n of [a, b]) {
      const row = make("div", "rel"), to = make("button", "to");
      to.type = "button";
      to.append(sign(Data.label(n)), make("strong", "", G.nodes[n][2]));
      to.addEventListener("click", () => go(n));
      row.append(to); ends.append(row);
      if (n === a && a !== b) ends.append(make("span", "quiet", "↓"));
    }
    told.append(ends);
    const rows = Data.pairs.get(key).slice();
    if (first !== undefined) rows.sort((x, y) => (y === first) - (x === first));
    rows.forEach((e) => told.append(showStatement(e)));
  };

  const open = (draw, light) => {
    told.replaceChildren();
    draw();
    showKept();
    panel.hidden = false; panel.scrollTop = 0;
    document.body.classList.add("open");
    light();
  };
  // The way between two things, step by step, each with its words.
  const showPath = (a, b) => {
    const way = Data.way(a, b);
    told.append(make("h3", "", Words.say("way")), make("p", "quiet", G.nodes[a][2] + " … " + G.nodes[b][2]));
    if (!way) { told.append(make("p", "quiet", Words.say("no_way"))); return { nodes: [a, b], edges: [] }; }
    way.edges.forEach((e) => {
      told.append(showEnds(e), showStatement(e));
    });
    return way;
  };
  const path = (a, b) => {
    current = () => path(a, b); chosen = ["path", [a, b]];
    let way = null;
    open(() => { way = showPath(a, b); }, () => Canvas.trail(way.nodes, way.edges));
    View.keep();
  };

  // A notice's whole text; what was read from it is marked, and a click on a mark opens it.
  const showWhole = (notice) => {
    current = () => showWhole(notice); chosen = ["notice", notice];
    open(() => {
      const spans = new Map();
      G.edges.forEach((e, n) => e[7].forEach((p) => {
        const [where, start, end] = G.passages[p];
        if (where !== notice || end === undefined) return;
        for (const at of [start, end]) if (!spans.has(at)) spans.set(at, [[], []]);
        spans.get(start)[0].push(n); spans.get(end)[1].push(n);
      }));
      const box = make("div", "whole"), live = new Set(), cuts = [...spans.keys()].sort((a, b) => a - b);
      told.append(make("h3", "long", G.notices[notice].title), cite(G.notices[notice]), box);
      let last = 0;
      const piece = (end) => {
        if (end <= last) return;
        const text = Text.all(notice, last, end), said = [...live];
        if (said.length) {
          const mark = make("span", "said", text), act = () => pair(pairOf(said[said.length - 1]), said[said.length - 1]);
          mark.tabIndex = 0; mark.setAttribute("role", "button");
          mark.addEventListener("click", act);
          mark.addEventListener("keydown", (event) => { if (event.key === "Enter") act(); });
          box.append(mark);
        } else box.append(text);
        last = end;
      };
      for (const at of cuts) {
        piece(at);
        spans.get(at)[1].forEach((n) => live.delete(n)); spans.get(at)[0].forEach((n) => live.add(n));
      }
      piece(Text.all(notice).length);
    }, () => Canvas.light(null));
    View.keep();
  };

  // What a thing brings along onto an overview: its neighbours, where they are few; else they wait to be asked for.
  const near = (n) => {
    const others = [...new Set(Data.around[n].map((e) => Data.other(e, n)))];
    return others.filter((o) => !Canvas.drawn(o)).length <= FEW ? others : [];
  };
  const node = (n) => { current = () => node(n); chosen = ["node", n]; Canvas.reveal(n, 80, near(n)); open(() => showNode(n), () => Canvas.light(n)); View.keep(); };
  const pair = (key, first) => {
    current = () => pair(key, first); chosen = ["pair", key.split("-").map(Number)];
    open(() => showPair(key, first), () => { Canvas.light(null, key); Canvas.sight(key); });
    View.keep();
  };
  // A thing that was clicked, or found: the far end of a way that was asked for, or the thing to tell of.
  const chose = (n) => {
    if (from < 0 || from === n) { from = -1; node(n); return; }
    const start = from;
    from = -1; Note.show(); path(start, n);
  };
  // To a thing from the search or the panel: show it even if the legend hides its kind.
  const go = (n) => {
    if (!Data.nodeSeen(n)) { Data.hidden.labels.delete(G.nodes[n][1]); Legend.draw(); Canvas.refresh(); Note.show(); }
    Data.hidden.things.delete(n);
    if (from >= 0 && from !== n) { chose(n); return; }
    node(n); Canvas.fly(n);
    if (G.overview) Note.settle();
  };
  const again = () => { if (current) { const top = panel.scrollTop; current(); panel.scrollTop = top; } };
  const close = () => { current = null; chosen = ["", null]; panel.hidden = true; document.body.classList.remove("open"); Canvas.light(null); View.keep(); };
  const start = () => {
    $("close").addEventListener("click", close);
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !panel.hidden && event.target !== $("search")) close();
    });
    Words.heard(again);
  };
  return { start, node, chose, pair, path, notice: showWhole, go, close, again, kept, get chosen() { return chosen; } };
})();
