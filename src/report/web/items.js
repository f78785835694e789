/* SPDX-License-Identifier: Apache-2.0 */
/* The table of indicators: sorted by a press on a heading, filtered by words. The last number is a column's width in
   percent: a table with fixed columns need not be measured cell by cell. */
const itemColumns = [["name", "품목", "item", 16], ["industry", "산업", "industry", 12], ["rank", "순위", "rank", 4.4], ["score", "점수", "score", 4.8],
  ["patents", "지역 특허", "patents", 6], ["reference", "비교 집단", "reference", 6.8], ["share", "비중", "share", 5.4], ["lq", "특화도", "LQ", 5.4],
  ["lq_shrunk", "수축 특화도", "shrunk LQ", 6], ["lq_low", "90 % 구간", "90 % interval", 14.4], ["growth", "성장", "growth", 6],
  ["recency", "최근성", "recency", 5.6], ["applicants", "출원인", "applicants", 6.8], ["stability", "안정성", "stability", 6]];
const isMade = (x) => x.source.startsWith("constructed") || x.source.startsWith("recalled");

/* The interval of LQ on a log scale from 0.1 to 10; the dashed line is 1. */
function interval(x) {
  if (!known(x.lq_shrunk)) return "–";
  const place = (v) => (60 + 55 * Math.max(-1, Math.min(1, Math.log10(Math.max(v, 1e-9))))).toFixed(1);
  const svg = s("svg", { viewBox: "0 0 120 12", "aria-hidden": "true" }, s("line", { class: "one", x1: 60, x2: 60, y1: 0, y2: 12 }));
  if (known(x.lq_low)) svg.append(s("line", { class: "span", x1: place(x.lq_low), x2: place(x.lq_high), y1: 6, y2: 6 }));
  svg.append(s("circle", { class: "point", cx: place(x.lq_shrunk), cy: 6, r: 4 }));
  return [svg, " ", known(x.lq_low) ? fixed(x.lq_low, 2) + " – " + fixed(x.lq_high, 2) : ""];
}
function itemRow(x) {
  const numbers = (values) => values.map((v) => h("td", { class: "number" }, String(v)));
  return h("tr", x.no ? { class: "chosen" } : {},
    h("td", {}, x.name, x.no ? [" ", h("a", { class: "meta", href: "#item-" + x.no }, "#" + x.no)] : null, isMade(x) ? " †" : null),
    h("td", {}, x.industry),
    numbers([x.rank || "–", fixed(x.score, 2), amount(x.patents), amount(x.reference), percent(x.share), fixed(x.lq, 2), fixed(x.lq_shrunk, 2)]),
    h("td", { class: "interval" }, interval(x)),
    numbers([percent(x.growth), fixed(x.recency, 2), integer(x.applicants), percent(x.stability)]));
}
function itemTable() {
  let key = "rank", down = false;
  const body = h("tbody", {}), head = h("tr", {}), rows = new Map();
  const rowOf = (x) => rows.get(x) || rows.set(x, itemRow(x)).get(x);
  const searched = new Map(items.map((x) => [x, [x.name, x.industry, x.theme, x.field, x.id].join(" ").toLowerCase()]));
  const order = new Intl.Collator("ko"), value = (x) => (key === "rank" && !x.rank ? null : x[key]);
  function compare(a, b) {
    const x = value(a), y = value(b);
    if (!known(x) || !known(y)) return known(y) - known(x) || a.k - b.k;
    const sign = typeof x === "string" ? order.compare(x, y) : x - y;
    return (down ? -sign : sign) || a.k - b.k;
  }
  function draw() {
    const text = byId("item-filter").value.trim().toLowerCase(), only = byId("item-selected").checked;
    const shown = items.filter((x) => (!only || x.no) && searched.get(x).includes(text)).sort(compare);
    body.replaceChildren(...shown.map(rowOf));
    byId("item-count").replaceChildren(...t(shown.length + "개 품목", shown.length + " items"));
    for (const th of head.children) th.setAttribute("aria-sort", th.dataset.key === key ? (down ? "descending" : "ascending") : "none");
  }
  const columns = h("colgroup", {});
  for (const [name, ko, en, width] of itemColumns) {
    const column = h("col", {});
    column.style.width = width + "%";
    columns.append(column);
    const button = h("button", { type: "button" }, t(ko, en));
    button.addEventListener("click", () => {
      down = name === key ? !down : !["name", "industry", "rank"].includes(name);
      key = name;
      draw();
    });
    head.append(h("th", { scope: "col", "data-key": name }, button));
  }
  byId("item-table").append(columns, h("thead", {}, head), body);
  byId("item-filter").addEventListener("input", draw);
  byId("item-selected").addEventListener("change", draw);
  if (data.totals.lq_note) byId("lq-note").append(data.totals.lq_note);
  if (items.some(isMade)) byId("item-source").append(...t(
    "† 이름이 공개된 자료에서 확인되지 않은 작업용 품목입니다 (품목 기준의 판: " + data.study.edition + ").",
    "† A working item whose name was not found in a public source (edition of the items: " + data.study.edition + ")."));
  draw();
}
