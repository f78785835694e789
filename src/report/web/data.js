/* SPDX-License-Identifier: Apache-2.0 */
/* The blocks of data as objects. The study is read at once, everything else when it is asked for; packed blocks
   are unpacked by the browser beside its other work, each once. */
const block = (id) => JSON.parse(byId(id).textContent);
const unpacked = new Map();
function unpack(id) {
  if (!unpacked.has(id)) unpacked.set(id, read());
  return unpacked.get(id);
  async function read() {
    const text = atob(byId(id).textContent), bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).json();
  }
}
const canUnpack = typeof DecompressionStream === "function";
const data = block("study");
const items = data.items.map((row, k) => Object.fromEntries(data.item_columns.map((c, i) => [c, row[i]]).concat([["k", k]])));
const selected = items.filter((x) => x.no).sort((a, b) => a.no - b.no);
const technologiesOf = (item) => data.technologies.filter((x) => x.item === item.k);

async function patentAt(place) {
  const { rows, words, applicants } = await unpack("patents-" + Math.floor(place / data.block)), row = rows[place % data.block];
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
const lists = () => unpack("lists");

/* One patent; with the evidence for an item where one is given. */
async function patentEntry(place, item) {
  const patent = await patentAt(place), evidence = item ? patent.evidence(item.k) : "";
  return h("li", {}, patent.title,
    h("span", { class: "meta" }, [patent.number, dateText(patent.date), patent.applicants.join(", ")].filter(Boolean).join(" · ")),
    evidence ? h("span", { class: "meta" }, t("근거: ", "evidence: "), evidence, " · ", t("확실성 ", "confidence "),
      data.confidence[patent.confidence]) : null,
    patent.cut ? h("span", { class: "meta" }, t("초록이 원본에서 잘려 있음", "abstract cut in the source")) : null);
}
/* Ten patents, fifty more a press. */
async function patentList(places, item) {
  const list = h("ol", { class: "patents" }), more = h("button", { type: "button", class: "more" });
  let shown = 0;
  const grow = async (n) => {
    const from = shown;
    shown = Math.min(places.length, shown + n);
    list.append(...await Promise.all(places.slice(from, shown).map((place) => patentEntry(place, item))));
    const left = places.length - shown;
    more.hidden = left === 0;
    more.replaceChildren(...t("더 보기 (" + integer(left) + "건 남음)", "more (" + integer(left) + " left)"));
  };
  more.addEventListener("click", async () => {
    if (more.ariaDisabled === "true") return;
    more.ariaDisabled = "true"; /* not disabled: the focus would be lost */
    await grow(50);
    more.ariaDisabled = "false";
  });
  await grow(10);
  return [list, more];
}
const mixed = (x) => (x.cohesion < data.cohesive ? [" ", h("span", { class: "mark" }, t("이질적", "mixed"))] : []);
