(async () => {
  const texts = Text.load();  // unpacked while the drawing is made
  const count = () => {
    const n = (v) => v.toLocaleString("en");
    $("counts").textContent = Words.say("counts", { n: n(G.nodes.length), e: n(G.edges.length), d: n(G.notices.length) });
  };
  Words.heard(count);
  Canvas.build();
  Legend.start(); Panel.start(); Search.start(); Time.start(); Save.start();
  Words.heard(Note.show);
  Words.apply();
  $("language").addEventListener("click", () => { Words.turn(); Canvas.network.redraw(); View.keep(); });
  $("in").addEventListener("click", () => Canvas.zoom(1.4));
  $("out").addEventListener("click", () => Canvas.zoom(1 / 1.4));
  $("fit").addEventListener("click", () => Canvas.fit(true));
  Canvas.fit(false);
  await texts;
  if (G.focus !== null && Data.number(G.focus) >= 0) Panel.go(Data.number(G.focus));
  View.start();
  document.documentElement.dataset.ready = "true";
})();
