// The notices' texts, packed; a passage is [notice, start, end] where the text holds it, else [notice, words].
const Text = (() => {
  const AROUND = 90;
  let texts = [];
  // Offsets are code points: a text with characters beyond the basic plane is kept as a list of them.
  const whole = (text) => (/[\ud800-\udfff]/.test(text) ? Array.from(text) : text);
  const cut = (text, a, b) => (typeof text === "string" ? text.slice(a, b) : text.slice(a, b).join(""));

  const load = async () => {
    const packed = document.getElementById("texts").textContent;
    if (!packed) return;
    const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    texts = JSON.parse(await new Response(stream).text()).map(whole);
  };
  const has = (notice) => Boolean(texts[notice] && texts[notice].length);
  const all = (notice, a = 0, b = texts[notice].length) => cut(texts[notice], a, b);
  const words = (n) => {
    const [notice, start, end] = G.passages[n];
    return end === undefined ? start : all(notice, start, end);
  };
  // What stands before the words in their paragraph, the words, and what stands after.
  const parts = (n) => {
    const [notice, start, end] = G.passages[n];
    if (end === undefined) return ["", start, ""];
    const text = texts[notice];
    let begin = start, stop = end;
    while (begin > 0 && start - begin < AROUND && text[begin - 1] !== "\n") begin--;
    while (stop < text.length && stop - end < AROUND && text[stop] !== "\n") stop++;
    const before = all(notice, begin, start), after = all(notice, end, stop);
    return [begin > 0 && text[begin - 1] !== "\n" ? "…" + before : before, all(notice, start, end),
      stop < text.length && text[stop] !== "\n" ? after + "…" : after];
  };
  return { load, has, all, words, parts };
})();
