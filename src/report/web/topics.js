/* SPDX-License-Identifier: Apache-2.0 */
/* Topics in the manner of LDAvis: a map, and the words of a topic by relevance λ ln φ + (1 - λ) ln(φ / p).
   A word that is pressed shows on the map where else it is at home. */
async function* topicExplorer() {
  if (!canUnpack) return;
  const { topics, words } = await unpack("topic-terms"), select = byId("topic"), slider = byId("lambda");
  if (!topics.length) return;
  const W = 520, H = 480, pad = 26, SHOWN = 30;
  const name = (k) => k + 1 + ". " + (k < items.length ? items[k].name : "일반 주제 " + (k - items.length + 1));
  const px = linear(d3.extent(topics, (x) => x.x), [pad, W - pad]), py = linear(d3.extent(topics, (x) => x.y), [H - pad, pad]);
  const svg = drawing(W, H, "주제 지도 / Map of topics");
  const radius = (share) => (2 + 60 * Math.sqrt(share / Math.PI)).toFixed(1);
  const dots = topics.map((topic, k) => s("circle", { class: "dot" + (k >= items.length ? " general" : items[k].no ? " chosen" : ""),
    "data-topic": k, cx: px(topic.x).toFixed(1), cy: py(topic.y).toFixed(1), r: radius(topic.share) }, s("title", {}, name(k))));
  svg.append(...dots.slice().sort((a, b) => b.getAttribute("r") - a.getAttribute("r")));
  select.append(...topics.map((topic, k) => h("option", { value: k }, name(k))));
  let word = null; /* the one that is pressed */

  /* φ_kw p(k), over the topics that list the word */
  function showWord() {
    const found = topics.map((topic) => { const term = topic.terms.find((x) => x[0] === word); return term ? Math.exp(term[1]) * topic.share : 0; });
    const all = found.reduce((a, b) => a + b, 0);
    dots.forEach((dot, k) => dot.setAttribute("r", word === null ? radius(topics[k].share) : all && found[k] ? radius(0.3 * found[k] / all) : 1));
    for (const button of byId("topic-words").querySelectorAll("button"))
      button.setAttribute("aria-pressed", String(Number(button.dataset.word) === word && word !== null));
  }
  function press(w) {
    word = word === w ? null : w;
    showWord();
  }
  function wordButton(w) {
    const button = h("button", { type: "button", class: "word", "data-word": w, "aria-pressed": "false" }, words[w]);
    button.addEventListener("click", () => press(w));
    return button;
  }
  function draw() {
    const k = Number(select.value), lambda = Number(slider.value), topic = topics[k];
    byId("lambda-value").value = lambda.toFixed(2);
    dots.forEach((dot, i) => dot.classList.toggle("now", i === k));
    const terms = topic.terms.map(([w, logPhi, logLift, seed]) => ({ w, seed, phi: Math.exp(logPhi),
      all: Math.exp(logPhi - logLift), relevance: lambda * logPhi + (1 - lambda) * logLift }));
    terms.sort((a, b) => b.relevance - a.relevance || b.phi - a.phi);
    /* Both bars in parts of all words: of the word everywhere, and in this topic. */
    byId("topic-words").replaceChildren(h("h3", {}, name(k)),
      h("p", { class: "note" }, t("낱말의 몫 ", "share of words "), percent(topic.share), " · ",
        t("진한 막대는 이 주제에서, 옅은 막대는 전체에서 · * 주황색은 씨앗말", "dark bars: in this topic, light: everywhere · * seed words, in orange")),
      barList(terms.slice(0, SHOWN).map((x) => ({ name: wordButton(x.w), seed: x.seed, text: percent(x.phi),
        value: Math.min(x.all, x.phi * topic.share), behind: x.all }))));
    word = null;
    showWord();
  }
  const step = (by) => () => {
    select.value = (Number(select.value) + by + topics.length) % topics.length;
    draw();
  };
  svg.addEventListener("click", (event) => {
    if (event.target.dataset.topic) { select.value = event.target.dataset.topic; draw(); }
  });
  select.addEventListener("change", draw);
  slider.addEventListener("input", draw);
  byId("topic-before").addEventListener("click", step(-1));
  byId("topic-after").addEventListener("click", step(1));
  byId("topic-map").append(svg);
  if (selected.length) select.value = selected[0].k;
  draw();
}
