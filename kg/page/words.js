"use strict";
// Words of the interface in Chinese (0) and English (1); names and quotations stay as they are.
const G = JSON.parse(document.getElementById("graph").textContent);
const $ = (id) => document.getElementById(id);

const Words = (() => {
  // the language that the browser asks for; Chinese where it asks for none of the two
  let at = /^en\b/i.test(navigator.language || "") ? 1 : 0;
  const listeners = [];
  const say = (key, values) => (G.words[key] || [key, key])[at].replace(/\{(\w+)\}/g, (_, k) => values[k]);
  const pick = (pair) => pair[at];
  const property = (key) => (G.properties[key] ? G.properties[key][at] : key);
  const value = (key, v) => (G.properties[key + "=" + v] ? G.properties[key + "=" + v][at] : String(v));
  const apply = () => {
    document.documentElement.lang = at ? "en" : "zh-CN";
    document.querySelectorAll("[data-say]").forEach((el) => { el.textContent = say(el.dataset.say); });
    document.querySelectorAll("[data-hold]").forEach((el) => {
      el.placeholder = say(el.dataset.hold); el.setAttribute("aria-label", say(el.dataset.hold));
    });
    document.querySelectorAll("[data-name]").forEach((el) => {
      el.title = say(el.dataset.name); el.setAttribute("aria-label", say(el.dataset.name));
    });
    $("legend").setAttribute("aria-label", say("legend"));
    listeners.forEach((f) => f());
  };
  return { say, pick, property, value, apply, heard: (f) => listeners.push(f), turn: () => { at = 1 - at; apply(); }, get at() { return at; } };
})();

// An element with a class and a text; text never becomes markup.
const make = (tag, css, text) => {
  const el = document.createElement(tag);
  if (css) el.className = css;
  if (text !== undefined && text !== null) el.textContent = text;
  return el;
};
