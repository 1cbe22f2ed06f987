"use strict";
// Suggestions while one types, copying, and going between a notice's words and what they state. Text never becomes markup.
(() => {
  const get = async (url) => { const r = await fetch(url, { headers: { accept: "application/json" } }); return r.ok ? r.json() : []; };

  const menu = (input, ask, choose) => {
    const list = document.createElement("ul");
    const id = "menu-" + Math.random().toString(36).slice(2);
    Object.assign(list, { id, className: "menu", hidden: true });
    list.setAttribute("role", "listbox");
    Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list" })
      .forEach(([k, v]) => input.setAttribute(k, v));
    input.parentElement.append(list);
    let rows = [], at = -1, turn = 0, timer = 0;
    const show = (open) => { list.hidden = !open; input.setAttribute("aria-expanded", String(open)); };
    const point = (n) => {
      at = n;
      [...list.children].forEach((li, i) => li.setAttribute("aria-selected", String(i === at)));
      if (at >= 0) { input.setAttribute("aria-activedescendant", list.children[at].id); list.children[at].scrollIntoView({ block: "nearest" }); }
      else input.removeAttribute("aria-activedescendant");
    };
    const take = (n) => { clearTimeout(timer); turn += 1; show(false); choose(rows[n]); };
    const fill = async () => {
      const mine = ++turn;
      const found = await ask(input.value.trim());
      if (mine !== turn || document.activeElement !== input) return;
      rows = found;
      list.replaceChildren(...rows.map((row, n) => {
        const li = document.createElement("li"), what = document.createElement("span");
        li.id = id + "-" + n; li.setAttribute("role", "option"); li.textContent = row.text; what.textContent = row.what; li.append(what);
        li.addEventListener("mousedown", (e) => { e.preventDefault(); take(n); });
        return li;
      }));
      point(-1); show(rows.length > 0);
    };
    // What the menu shows answers what is typed: rows of an earlier prefix are gone before one can choose them.
    input.addEventListener("input", () => { clearTimeout(timer); turn += 1; show(false); timer = setTimeout(fill, 120); });
    input.addEventListener("focus", () => { if (!input.hasAttribute("autofocus")) fill(); });
    input.addEventListener("blur", () => show(false));
    input.addEventListener("keydown", (e) => {
      if (list.hidden) return;
      if (e.key === "ArrowDown") { e.preventDefault(); point((at + 1) % rows.length); }
      else if (e.key === "ArrowUp") { e.preventDefault(); point((at - 1 + rows.length) % rows.length); }
      else if (e.key === "Enter" && at >= 0) { e.preventDefault(); take(at); }
      else if (e.key === "Escape") show(false);
    });
  };

  document.querySelectorAll("[data-suggest]").forEach((input) => menu(
    input,
    async (prefix) => (await get("/api/suggest?" + new URLSearchParams({ query: input.dataset.suggest, parameter: input.dataset.parameter, prefix })))
      .map((row) => ({ text: row.value, what: row.what, value: row.value })),
    (row) => { input.value = row.value; },
  ));
  document.querySelectorAll("[data-find]").forEach((input) => menu(
    input,
    async (q) => (q ? await get("/api/search?" + new URLSearchParams({ q, limit: 10 })) : []).map((n) => ({ text: n.name, what: n.what, id: n.id })),
    (row) => { location.href = "/thing/" + encodeURIComponent(row.id); },
  ));

  document.querySelectorAll("[data-copy]").forEach((button) => button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy).textContent;
    try { await navigator.clipboard.writeText(text); } catch {
      const range = document.createRange(); range.selectNodeContents(document.getElementById(button.dataset.copy));
      const chosen = getSelection(); chosen.removeAllRanges(); chosen.addRange(range); document.execCommand("copy");
    }
    button.textContent = button.dataset.copied;
  }));

  const drop = document.querySelector(".drop");
  if (drop) {
    const files = drop.querySelector("input[type=file]");
    for (const kind of ["dragenter", "dragover"]) drop.addEventListener(kind, (e) => { e.preventDefault(); drop.classList.add("over"); });
    for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("over"));
    drop.addEventListener("drop", (e) => { e.preventDefault(); if (e.dataTransfer.files.length) files.files = e.dataTransfer.files; });
  }

  const pieces = [...document.querySelectorAll("[data-said]")], items = [...document.querySelectorAll("[data-statement]")];
  const numbers = (el) => el.dataset.said.split(" ");
  const light = (chosen, from) => {
    pieces.forEach((p) => p.classList.toggle("on", numbers(p).some((n) => chosen.includes(n))));
    items.forEach((i) => i.classList.toggle("on", chosen.includes(i.dataset.statement)));
    const first = (from === "text" ? items : pieces).find((el) => el.classList.contains("on"));
    if (first) first.scrollIntoView({ block: "center", behavior: "smooth" });
  };
  const press = (el, act) => {
    el.addEventListener("click", (e) => { if (!e.target.closest("a, details")) act(); });
    el.addEventListener("keydown", (e) => { if (e.key === "Enter" && e.target === el) act(); });
  };
  pieces.forEach((p) => press(p, () => light(numbers(p), "text")));
  items.forEach((i) => press(i, () => light([i.dataset.statement], "list")));
  const at = /^#at-(\d+)$/.exec(location.hash);
  if (at) {
    const chosen = items.filter((i) => (i.dataset.spans || "").split(" ").includes(at[1])).map((i) => i.dataset.statement);
    light(chosen, "list");
  }
})();
