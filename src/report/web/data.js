/* SPDX-License-Identifier: Apache-2.0 */
/* The blocks of data as objects. The study is read at once, everything else when it is asked for. */
const block = (id) => JSON.parse(byId(id).textContent);
const data = block("study");
const items = data.items.map((row, k) => Object.fromEntries(data.item_columns.map((c, i) => [c, row[i]]).concat([["k", k]])));
const selected = items.filter((x) => x.no).sort((a, b) => a.no - b.no);
const technologiesOf = (item) => data.technologies.filter((x) => x.item === item.k);

const blocks = new Map();
function patentAt(place) {
  const n = Math.floor(place / data.block);
  if (!blocks.has(n)) blocks.set(n, block("patents-" + n));
  const { rows, words, applicants } = blocks.get(n), row = rows[place % data.block];
  return { number: row[0], date: row[1], title: row[2], applicants: row[3].map((a) => applicants[a]), confidence: row[4],
    cut: row[5], evidence: (k) => evidenceText(row[6].find((x) => x[0] === k), words) };
}
function evidenceText(assignment, words) {
  const parts = [];
  for (let i = 1; assignment && i + 1 < assignment.length; i += 2) parts.push(words[assignment[i]] + " " + assignment[i + 1] + " %");
  return parts.join("; ");
}
/* A table of the study as objects by column; empty where the run has none. */
let tableBlock = null;
function table(name) {
  const { columns, rows } = (tableBlock ??= block("tables"))[name] || { columns: [], rows: [] };
  return rows.map((row) => Object.fromEntries(columns.map((c, i) => [c, row[i]])));
}
let placeLists = null;
const lists = () => (placeLists ??= block("lists"));

/* One patent; with the evidence for an item where one is given. */
function patentEntry(place, item) {
  const patent = patentAt(place), evidence = item ? patent.evidence(item.k) : "";
  return h("li", {}, patent.title,
    h("span", { class: "meta" }, [patent.number, dateText(patent.date), patent.applicants.join(", ")].filter(Boolean).join(" · ")),
    evidence ? h("span", { class: "meta" }, t("근거: ", "evidence: "), evidence, " · ", t("확실성 ", "confidence "),
      data.confidence[patent.confidence]) : null,
    patent.cut ? h("span", { class: "meta" }, t("초록이 원본에서 잘려 있음", "abstract cut in the source")) : null);
}
/* Ten patents, fifty more a press. */
function patentList(places, item) {
  const list = h("ol", { class: "patents" }), more = h("button", { type: "button", class: "more" });
  let shown = 0;
  const grow = (n) => {
    list.append(...places.slice(shown, shown + n).map((place) => patentEntry(place, item)));
    shown = Math.min(places.length, shown + n);
    const left = places.length - shown;
    more.hidden = left === 0;
    more.replaceChildren(...t("더 보기 (" + integer(left) + "건 남음)", "more (" + integer(left) + " left)"));
  };
  more.addEventListener("click", () => grow(50));
  grow(10);
  return [list, more];
}
const mixed = (x) => (x.cohesion < data.cohesive ? [" ", h("span", { class: "mark" }, t("이질적", "mixed"))] : []);
