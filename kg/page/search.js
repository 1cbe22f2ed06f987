// Search: names, aliases and ids as one types; arrows choose, Enter flies there.
const Search = (() => {
  const MOST = 12;
  const input = $("search"), list = $("found");
  let hits = [], at = 0;

  const marked = (text, want) => {
    const out = make("span"), i = text.toLowerCase().indexOf(want);
    if (i < 0 || !want) { out.textContent = text; return out; }
    out.append(text.slice(0, i), make("mark", "", text.slice(i, i + want.length)), text.slice(i + want.length));
    return out;
  };
  const draw = () => {
    const want = input.value.trim().toLowerCase();
    list.replaceChildren();
    hits.forEach((n, i) => {
      const [, , name, aliases] = G.nodes[n], row = make("li");
      row.id = "hit" + i; row.setAttribute("role", "option"); row.setAttribute("aria-selected", String(i === at));
      row.append(sign(Data.label(n)), marked(name.length > 40 ? name.slice(0, 39) + "…" : name, want));
      const alias = name.toLowerCase().includes(want) ? "" : aliases.find((a) => a.toLowerCase().includes(want));
      if (alias) row.append(make("span", "alias", alias));
      const told = hits.some((m) => m !== n && G.nodes[m][2] === name) ? Data.told(n) : "";
      if (told) row.append(make("span", "alias", told));
      row.append(make("span", "what", Words.pick(Data.label(n).name)));
      row.addEventListener("mousedown", (event) => { event.preventDefault(); take(i); });
      list.append(row);
    });
    if (want && !hits.length) list.append(make("li", "none", Words.say("nothing_found")));
    list.hidden = !want;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (hits.length) input.setAttribute("aria-activedescendant", "hit" + at); else input.removeAttribute("aria-activedescendant");
  };
  const hide = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); };
  const take = (i) => {
    if (hits[i] === undefined) return;
    hide(); input.blur();
    Panel.go(hits[i]);
  };
  const look = () => { hits = Data.find(input.value, MOST); at = 0; draw(); };
  const start = () => {
    input.addEventListener("input", look);
    input.addEventListener("focus", () => { if (input.value) look(); });
    input.addEventListener("blur", hide);
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;  // an input method is still choosing characters
      if (event.key === "Enter") take(at);
      else if (event.key === "Escape") { hide(); input.blur(); }
      else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        at = (at + (event.key === "ArrowDown" ? 1 : hits.length - 1)) % (hits.length || 1);
        draw();
      }
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "/" && document.activeElement !== input) { event.preventDefault(); input.focus(); input.select(); }
    });
  };
  return { start };
})();
