(() => {
  "use strict";
  const chain = JSON.parse(document.getElementById("chain").textContent);
  const panel = document.getElementById("panel"), told = document.getElementById("told");
  const svg = document.querySelector(".drawing svg");
  let opener = null;

  const make = (tag, css, text) => {
    const el = document.createElement(tag);
    if (css) el.className = css;
    if (text !== undefined) el.textContent = text;
    return el;
  };

  const quoted = (v) => {
    const out = document.createDocumentFragment(), quote = make("blockquote");
    quote.append(make("span", "", v.parts[0]), make("mark", "", v.parts[1]), make("span", "", v.parts[2]));
    const notice = chain.notices[v.notice], cite = make("cite");
    if (notice) {
      if (notice.url) {
        const a = make("a", "", "《" + notice.title + "》");
        a.href = notice.url; a.target = "_blank"; a.rel = "noopener noreferrer";
        cite.append(a);
      } else cite.append("《" + notice.title + "》");
      const rest = [notice.published, notice.publisher, notice.number].filter(Boolean).join(" · ");
      if (rest) cite.append(document.createElement("br"), rest);
    } else cite.textContent = v.ref;
    out.append(quote, cite);
    return out;
  };

  const links = (rows) => {
    const out = document.createDocumentFragment();
    for (const row of rows) {
      out.append(make("h4", "", row.word + " · " + chain.words[row.derived ? "derived" : "stated"]
        + (row.why ? "：" + row.why : "") + (row.rule ? "（" + row.rule + "）" : "")));
      if (row.reason) out.append(make("p", "lines", row.reason));
      for (const premise of row.premises) {
        out.append(make("p", "lines", "· " + premise.text));
        for (const v of premise.evidence) out.append(quoted(v));
      }
      for (const v of row.evidence) out.append(quoted(v));
    }
    return out;
  };

  const neighbours = (title, rows) => {
    const out = document.createDocumentFragment();
    if (!rows.length) return out;
    out.append(make("h4", "", title));
    const list = make("ul");
    for (const [id, arrow, name] of rows) {
      const item = make("li"), go = make("button", "go");
      go.type = "button";
      go.append(make("i", "", arrow.word), " ", name);
      go.addEventListener("click", () => open(id));
      item.append(go); list.append(item);
    }
    out.append(list);
    return out;
  };

  const showBox = (id, box) => {
    const tag = make("span", "kind", box.kind);
    told.append(tag, make("span", "lines", box.lane), make("h3", "", box.name));
    for (const line of box.lines) told.append(make("p", "lines", line));
    for (const gap of box.gaps) told.append(make("p", "gap", gap));
    const all = Object.entries(chain.arrows);
    told.append(neighbours(chain.words.above, all.filter(([, a]) => a.lower === id).map(([k, a]) => [k, a, a.names[0]])));
    told.append(neighbours(chain.words.below, all.filter(([, a]) => a.upper === id).map(([k, a]) => [k, a, a.names[1]])));
    if (box.members.length > 1) {
      told.append(make("h4", "", chain.words.folded_here));
      for (const m of box.members) told.append(make("p", "lines", m.name + "  " + m.id));
    }
    told.append(links(box.links));
  };

  const showArrow = (arrow) => {
    told.append(make("span", arrow.stated ? "kind" : "kind derived", chain.words[arrow.stated ? "stated" : "derived"]));
    told.append(make("h3", "", arrow.names[0] + " → " + arrow.names[1]));
    told.append(make("p", "lines", arrow.word + (arrow.stated || !arrow.why ? "" : " · " + arrow.why)));
    told.append(links(arrow.links));
  };

  const near = (id) => {
    const keep = new Set([id]), arrow = chain.arrows[id];
    if (arrow) { keep.add(arrow.upper); keep.add(arrow.lower); }
    else for (const [k, a] of Object.entries(chain.arrows))
      if (a.upper === id || a.lower === id) { keep.add(k); keep.add(a.upper); keep.add(a.lower); }
    return keep;
  };

  const clear = () => svg.querySelectorAll(".on,.far").forEach((el) => el.classList.remove("on", "far"));

  // On a narrow screen the panel covers the lower part: bring what was chosen into the part that is left.
  const inView = (el) => {
    const box = el.getBoundingClientRect(), frame = svg.parentElement;
    frame.scrollLeft += (box.left + box.right) / 2 - frame.clientWidth / 2;
    window.scrollBy(0, (box.top + box.bottom) / 2 - window.innerHeight * 0.22);
  };

  const open = (id) => {
    const target = document.getElementById(id), box = chain.boxes[id], arrow = chain.arrows[id];
    if (!target || !(box || arrow)) return;
    clear();
    told.replaceChildren();
    if (box) showBox(id, box); else showArrow(arrow);
    const keep = near(id);
    svg.querySelectorAll("g.box[id],g.arrow[id]").forEach((el) => el.classList.toggle("far", !keep.has(el.id)));
    target.classList.add("on");
    opener = target;
    panel.hidden = false; panel.scrollTop = 0;
    document.body.classList.add("open");
    if (matchMedia("(max-width:820px)").matches) inView(target);
  };

  const close = () => {
    clear();
    panel.hidden = true;
    document.body.classList.remove("open");
    if (opener) opener.focus({ preventScroll: true });
    opener = null;
  };

  svg.addEventListener("click", (event) => {
    const el = event.target.closest("g.box[id],g.arrow[id]");
    if (el) open(el.id); else if (!panel.hidden) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) return close();
    const el = event.target.closest && event.target.closest("g.box[id],g.arrow[id]");
    if (el && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); open(el.id); }
  });
  document.getElementById("close").addEventListener("click", close);

  // A drawing larger than its frame opens on its subject, once it is shown: a frame that is still being laid out has no size.
  const start = chain.subject && document.getElementById(chain.subject), frame = svg.parentElement;
  if (start) requestAnimationFrame(() => {
    const at = start.getBoundingClientRect(), within = frame.getBoundingClientRect();
    frame.scrollLeft += at.left + at.width / 2 - within.left - frame.clientWidth / 2;
    if (at.top > innerHeight * 0.9) scrollTo(0, at.top + scrollY - innerHeight / 2);
  });
})();
