/* SPDX-License-Identifier: Apache-2.0 */
/* Items that occur together in patents; the list beside the drawing says the same in words. */
function itemNetwork() {
  const W = 520, H = 480, pad = 18, least = byId("network-least"), select = byId("network-item");
  const nodes = data.network.nodes.map(([k, patents, x, y]) => ({ item: items[k], patents, x, y }));
  const links = data.network.links.map(([a, b, patents, strength]) => ({ a, b, patents, strength }));
  if (!nodes.length) return;
  const px = linear([-1, 1], [pad, W - pad]), py = linear([1, -1], [pad, H - pad]);
  const svg = drawing(W, H, "품목 연결망 / Network of items"), lines = s("g", {}), most = Math.max(...nodes.map((x) => x.patents));
  svg.append(lines);
  const label = (node) => (node.item.no ? node.item.no + ". " : "") + node.item.name;
  const dots = nodes.map((node, i) => {
    const at = { cx: px(node.x).toFixed(1), cy: py(node.y).toFixed(1) };
    const dot = s("circle", { ...at, class: node.item.no ? "dot chosen" : "dot", "data-node": i,
      r: (3 + 11 * Math.sqrt(node.patents / most)).toFixed(1) }, s("title", {}, label(node) + ": " + integer(node.patents)));
    svg.append(dot);
    if (node.item.no) svg.append(s("text", { class: "label", x: at.cx, y: Number(at.cy) + 3.5 }, String(node.item.no)));
    return dot;
  });
  const ordered = nodes.map((node, i) => i).sort((a, b) => (nodes[a].item.no || 1e9) - (nodes[b].item.no || 1e9) || a - b);
  const isLinked = (i) => links.some((x) => x.a === i || x.b === i);
  for (const i of ordered) select.append(h("option", { value: i }, label(nodes[i])));
  /* So many patents together that about two links an item are left. */
  const counts = links.map((x) => x.patents).sort((a, b) => b - a);
  least.max = Math.max(1, counts[0] || 1);
  least.value = counts[Math.min(counts.length - 1, 2 * nodes.length)] || 1;
  function drawLinks() {
    byId("network-least-value").value = least.value;
    lines.replaceChildren(...links.filter((x) => x.patents >= Number(least.value)).map((x) => s("line", {
      class: "link", x1: px(nodes[x.a].x).toFixed(1), y1: py(nodes[x.a].y).toFixed(1), x2: px(nodes[x.b].x).toFixed(1),
      y2: py(nodes[x.b].y).toFixed(1), "data-ends": x.a + " " + x.b })));
    mark();
  }
  function mark() {
    const now = Number(select.value);
    dots.forEach((dot, i) => dot.classList.toggle("now", i === now));
    for (const line of lines.children) line.classList.toggle("now", line.dataset.ends.split(" ").includes(String(now)));
  }
  function tell() {
    const now = Number(select.value);
    const near = links.filter((x) => (x.a === now || x.b === now))
      .map((x) => ({ node: nodes[x.a === now ? x.b : x.a], patents: x.patents, strength: x.strength }))
      .sort((a, b) => b.patents - a.patents || b.strength - a.strength).slice(0, 20);
    byId("network-list").replaceChildren(h("h3", {}, label(nodes[now])),
      h("p", { class: "note" }, t("함께 나온 특허 수와 연관 강도(1 = 우연과 같음)", "patents together, and association strength (1 = as by chance)")),
      near.length ? barList(near.map((x) => ({ name: label(x.node), value: x.patents, text: integer(x.patents) + " · " + fixed(x.strength, 1) })))
        : h("p", {}, t("함께 나온 품목이 없습니다.", "No item occurs together with it.")));
    mark();
  }
  svg.addEventListener("click", (event) => {
    if (event.target.dataset.node) { select.value = event.target.dataset.node; tell(); }
  });
  select.addEventListener("change", tell);
  least.addEventListener("input", drawLinks);
  byId("network-map").append(svg);
  select.value = ordered.find(isLinked) ?? ordered[0];
  drawLinks();
  tell();
}
