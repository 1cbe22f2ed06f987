// The legend: counts, and a filter. A click hides or shows a kind, Alt and a click shows it alone.
const Legend = (() => {
  const tally = (rows, of) => {
    const n = new Map();
    rows.forEach((r) => n.set(of(r), (n.get(of(r)) || 0) + 1));
    return n;
  };
  const byLabel = tally(G.nodes, (n) => n[1]), byType = tally(G.edges, (e) => e[2]), byKind = tally(G.edges, (e) => e[3]);

  const key = (picture, name, count, set, value, all) => {
    const el = make("button", "key");
    el.type = "button";
    el.append(picture, make("span", "", name), make("span", "n", count.toLocaleString("en")));
    el.setAttribute("aria-pressed", String(!set.has(value)));
    el.addEventListener("click", (event) => {
      if (event.altKey) {
        const alone = !set.has(value) && all.every((v) => v === value || set.has(v));
        set.clear();
        if (!alone) all.forEach((v) => { if (v !== value) set.add(v); });
      } else if (set.has(value)) set.delete(value);
      else set.add(value);
      draw(); Canvas.refresh(); Note.show(); View.keep();
      const again = $("legend").querySelectorAll(".key")[place];
      if (again) again.focus();
    });
    const place = $("legend").querySelectorAll(".key").length;
    return el;
  };

  const draw = () => {
    for (const id of ["labels", "types", "kinds"]) $(id).replaceChildren();
    const labels = G.labels.map((_, i) => i), types = G.types.map((_, i) => i);
    G.labels.forEach((l, i) => $("labels").append(key(sign(l), Words.pick(l.name), byLabel.get(i) || 0, Data.hidden.labels, i, labels)));
    G.types.forEach((t, i) => $("types").append(
      key(stroke(t.colour[Canvas.colours]), Words.pick(t.name), byType.get(i) || 0, Data.hidden.types, i, types)));
    for (const [kind, name] of [[0, "stated"], [1, "derived"]])
      if (byKind.get(kind)) $("kinds").append(
        key(stroke("currentColor", kind === 1), Words.say(name), byKind.get(kind), Data.hidden.kinds, kind, [0, 1]));
    $("all").hidden = !Object.values(Data.hidden).some((s) => s.size);
  };
  const all = () => {
    Object.values(Data.hidden).forEach((s) => s.clear());
    draw(); Canvas.refresh(); Note.show(); View.keep();
  };
  const unfold = (open) => { $("keys").hidden = !open; $("fold").setAttribute("aria-expanded", String(open)); };
  const start = () => {
    $("all").addEventListener("click", all);
    $("fold").addEventListener("click", () => unfold($("keys").hidden));
    const narrow = matchMedia("(max-width:760px)");
    unfold(!narrow.matches);
    narrow.addEventListener("change", () => unfold(!narrow.matches));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
    Words.heard(draw);
  };
  return { start, draw, all };
})();

// One line above the drawing, when there is something to say.
const Note = (() => {
  let overview = G.overview;
  const show = () => {
    const text = !G.nodes.length ? Words.say("empty") : !Canvas.count() ? Words.say("hidden_all")
      : overview ? Words.say("overview", { shown: G.shown.length.toLocaleString("en"), n: G.nodes.length.toLocaleString("en") }) : "";
    $("note").textContent = text;
    $("note").hidden = !text;
  };
  const ask = (text) => { $("note").textContent = text; $("note").hidden = false; };
  return { show, ask, settle: () => { overview = false; show(); } };
})();
