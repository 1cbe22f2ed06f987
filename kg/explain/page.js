(() => {
  "use strict";
  const E = JSON.parse(document.getElementById("explained").textContent);
  const T = Array.from(E.text);  // by character, as offsets count them
  const $ = (id) => document.getElementById(id);
  const panel = $("panel"), told = $("told"), article = $("text"), MANY = 60;
  const narrow = () => matchMedia("(max-width:820px)").matches;
  let at = 0, tab = "stated", chosen = null;  // language; list; {words: number of a piece} or {said|named|unread: number}

  const make = (tag, css, text) => {
    const el = document.createElement(tag);
    if (css) el.className = css;
    if (text !== undefined) el.textContent = text;
    return el;
  };
  const say = (key, n) => (E.words[key] || [key, key])[at].replace("{n}", n);
  const named = (table, key) => (table[key] ? table[key][at] : key);
  const value = (key, v) => named(E.values, key + "=" + v);
  const spans = new Map([...article.querySelectorAll("[data-k]")].map((el) => [Number(el.dataset.k), el]));
  const holding = (kind, n) => E.pieces.flatMap((p, k) => (p[kind].includes(n) && spans.has(k) ? [spans.get(k)] : []));
  const NAMED = 0, SAID = 1, UNREAD = 2, KIND = { named: NAMED, said: SAID, unread: UNREAD };

  const things = (n) => E.things[n][1];
  const qualifier = (s) => ["role", "kind", "form", "status"].filter((k) => s.props[k]).map((k) => value(k, s.props[k])).join(" ");
  const button = (what, n) => {
    const el = make("button", "row");
    el.type = "button";
    if (chosen && chosen[what] === n) { el.classList.add("on"); el.setAttribute("aria-expanded", "true"); }
    el.addEventListener("click", () => (chosen && chosen[what] === n && !narrow() ? choose(null) : choose({ [what]: n })));
    return el;
  };
  const quotes = (runs) => runs.map(([a, b]) => {
    const quote = make("blockquote");
    quote.append(make("mark", "", T.slice(a, b).join("")));
    return quote;
  });

  const statement = (n) => {
    const s = E.statements[n], row = button("said", n), out = [row];
    row.append(things(s.source), " ", make("i", "", [named(E.types, s.type), qualifier(s)].filter(Boolean).join(" · ")), " ", things(s.target));
    row.append(make("small", "", (s.derived ? say("derived") + " · " : "") + say("rule") + " " + s.rule + " · " + say("confidence") + " " + s.confidence.toFixed(2)));
    if (chosen && chosen.said === n) {
      const full = make("div", "full");
      full.append(...quotes(s.runs));
      if (s.premises.length) full.append(make("h4", "", say("premises")), ...s.premises.flatMap(statement));
      out.push(full);
    }
    return out;
  };
  const mention = (n) => {
    const [start, end, thing, state] = E.named[n], row = button("named", n), [id, name, label, why] = E.things[thing];
    const words = T.slice(start, end).join("");
    row.append(make("i", "", named(E.labels, label)), " ", words + (words === name ? "" : " → " + name));
    row.append(make("small", "", id));
    if (why[at]) row.append(make("small", state === "generic" ? "" : "alarm", why[at]));
    return [row];
  };
  const missed = (n) => {
    const [start, end, from, till, kind, shape] = E.unread[n], row = button("unread", n);
    row.append(make("i", "alarm", shape), " ", T.slice(start, from).join(""), make("mark", "", T.slice(from, till).join("")),
      T.slice(till, end).join(""), make("small", "", say(kind)));
    return [row];
  };

  const LISTS = {
    stated: [E.statements.flatMap((s, n) => (s.derived ? [] : [n])), statement],
    derived: [E.statements.flatMap((s, n) => (s.derived ? [n] : [])), statement],
    named: [E.named.map((_, n) => n), mention],
    unread: [E.unread.map((_, n) => n), missed],
  };
  const list = (rows, draw, shown) => {
    if (!rows.length) told.append(make("p", "lines", say("nothing")));
    for (const n of rows.slice(0, shown)) told.append(...draw(n));
    if (rows.length <= shown) return;
    const more = make("button", "more", say("more", Math.min(MANY, rows.length - shown)));
    more.type = "button";
    more.addEventListener("click", () => { more.remove(); rows.slice(shown, shown + MANY).forEach((n) => told.append(...draw(n))); if (rows.length > shown + MANY) list(rows.slice(shown + MANY), draw, 0); });
    told.append(more);
  };

  const draw = () => {
    document.documentElement.lang = at ? "en" : "zh-CN";
    document.querySelectorAll("[data-say]").forEach((el) => { el.textContent = say(el.dataset.say); });
    $("key").replaceChildren(...E.key.map((k) => make("b", "n " + k, named(E.labels, k))),
      ...["generic", "partial", "unresolved"].filter((k) => E.named.some((m) => m[3] === k)).map((k) => make("b", "n " + k, say(k))),
      make("b", "u", say("unread")));
    $("tabs").replaceChildren(...Object.keys(LISTS).map((key) => {
      const el = make("button", "", say(key));
      el.type = "button";
      el.append(make("span", "", LISTS[key][0].length));
      el.setAttribute("aria-pressed", String(tab === key));
      el.addEventListener("click", () => {
        const shut = narrow() && panel.classList.contains("open") && tab === key;
        tab = key; chosen = null; panel.classList.toggle("open", !shut); draw();
        panel.scrollTop = 0;
      });
      return el;
    }));
    told.replaceChildren();
    article.querySelectorAll(".on").forEach((el) => el.classList.remove("on"));
    if (chosen && chosen.words !== undefined) {
      const piece = E.pieces[chosen.words];
      told.append(make("h4", "", say("here")));
      told.append(...piece[UNREAD].flatMap(missed), ...piece[NAMED].flatMap(mention), ...piece[SAID].flatMap(statement));
      spans.get(chosen.words).classList.add("on");
    } else {
      const [what, n] = chosen ? Object.entries(chosen)[0] : ["", -1];
      if (chosen) holding(KIND[what], n).forEach((el) => el.classList.add("on"));
      const [rows, one] = LISTS[tab];
      list(rows, one, Math.max(MANY, rows.indexOf(n) + 1));
    }
    if (tab === "unread" && !chosen) for (const r of E.remarks) told.append(make("p", "lines", r));
  };

  const choose = (next) => {
    const kept = panel.scrollTop;
    chosen = next;
    if (next && next.said !== undefined) tab = E.statements[next.said].derived ? "derived" : "stated";
    if (next && next.named !== undefined) tab = "named";
    if (next && next.unread !== undefined) tab = "unread";
    draw();
    panel.classList.add("open");
    panel.scrollTop = next && next.words !== undefined ? 0 : kept;
    const row = told.querySelector(".row.on"), words = article.querySelector(".on");
    if (row) {
      const a = row.getBoundingClientRect(), b = panel.getBoundingClientRect();
      if (a.top < b.top + 60 || a.bottom > b.bottom) panel.scrollTop += a.top - b.top - 90;
      row.focus({ preventScroll: true });
    }
    if (words) {
      // the sheet of a narrow screen covers the lower part
      const box = words.getBoundingClientRect(), low = narrow() ? innerHeight * 0.35 : innerHeight - 60;
      if (box.top < 20 || box.bottom > low) scrollBy(0, box.top - innerHeight * (narrow() ? 0.15 : 0.35));
    }
  };

  const words = (el) => choose({ words: Number(el.dataset.k) });
  article.addEventListener("click", (event) => {
    const el = event.target.closest("[data-k]");
    if (el) words(el); else if (chosen) choose(null);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { panel.classList.remove("open"); chosen = null; draw(); return; }
    const el = event.target.closest && event.target.closest("#text [data-k]");
    if (el && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); words(el); }
  });
  $("language").addEventListener("click", () => { at = 1 - at; draw(); });
  draw();
})();
