/* SPDX-License-Identifier: Apache-2.0 */
/* Why these items and not those; industries side by side; where the region could go next. */
const rankText = (x) => (known(x) ? Math.round(100 * x) : "–");
const itemLink = (id, name) => {
  const item = selected.find((x) => x.id === id);
  return item ? h("a", { href: "#item-" + item.no }, item.no + ". " + name) : name;
};
function reasonText(x) {
  const parts = [["share", x.share_rank], ["LQ", x.lq_rank], ["growth", x.growth_rank], ["recency", x.recency_rank]].filter((p) => known(p[1]));
  const best = parts.slice().sort((a, b) => b[1] - a[1])[0], least = parts.slice().sort((a, b) => a[1] - b[1])[0];
  return t(x.reason, [(x.selected ? "selected; strongest in " + (best ? best[0] : "–") : (x.runner_up ? "runner-up of its industry" : "not selected") +
    "; weakest in " + (least ? least[0] : "–")), x.compared_with ? ["; compared with ", korean(x.compared_with)] : ""]);
}
function reasons() {
  const rows = table("reasons"), body = h("tbody", {}), only = byId("reasons-out");
  const draw = () => body.replaceChildren(...rows.filter((x) => !only.checked || !x.selected).map((x) => h("tr", x.selected ? { class: "chosen" } : {},
    h("td", { class: "number" }, x.rank || "–"), h("td", {}, itemLink(x.item_id, x.item)), h("td", {}, x.industry),
    h("td", {}, x.selected ? t("선정", "selected") : x.runner_up ? t("차점", "runner-up") : t("탈락", "not selected")),
    [fixed(x.score, 2), rankText(x.share_rank), rankText(x.lq_rank), rankText(x.growth_rank), rankText(x.recency_rank)].map((v) => h("td", { class: "number" }, v)),
    h("td", { class: "reason" }, reasonText(x)))));
  only.addEventListener("change", draw);
  byId("reason-table").append(heads([t("순위", "rank"), t("품목", "item"), t("산업", "industry"), t("결과", "result"), t("점수", "score"), t("비중", "share"),
    t("특화도", "LQ"), t("성장", "growth"), t("최근성", "recency"), t("까닭", "reason")]), body);
  draw();
}
function industryTable() {
  const rows = table("industries"), number = (v) => h("td", { class: "number" }, v);
  byId("industry-table").append(heads([t("산업", "industry"), t("선정/후보 품목", "selected/candidates"), t("지역 특허", "patents"), t("비교 집단", "reference"),
    t("비중", "share"), t("수축 특화도", "shrunk LQ"), t("성장(연평균)", "growth a year"), t("최근성", "recency"), t("출원인", "applicants"),
    t("집중도 HHI", "HHI"), t("다른 산업과 겹침", "shared with others")]),
  h("tbody", {}, rows.map((x) => h("tr", x.evidence_lq_shrunk > 1 ? { class: "chosen" } : {}, h("th", { scope: "row" }, x.industry),
    [x.selected_items + " / " + x.items, amount(x.patents), amount(x.patents_reference), percent(x.evidence_share), fixed(x.evidence_lq_shrunk, 2),
      percent(x.evidence_growth), fixed(x.evidence_recency, 2), integer(x.evidence_applicants), fixed(x.evidence_hhi, 2), percent(x.evidence_reach)].map(number)))));
}
/* Items that the region could enter, and the clusters that items form. */
function next() {
  const entries = table("entries"), clusters = d3.nest().key((x) => x.cluster).entries(table("clusters"));
  byId("entry-body").append(entries.length ? plainTable([t("순위", "rank"), t("품목", "item"), t("산업", "industry"), t("관련 밀도", "density"), t("특화도", "LQ"),
    t("지역 특허", "patents"), t("비교 집단", "reference"), t("가까운 선정 품목", "nearest selected item")],
  entries.map((x) => [x.rank, x.item, x.industry, fixedCell(x.density, 3), fixedCell(x.lq, 2), fixedCell(x.patents, 1), fixedCell(x.patents_reference, 1), x.nearest_selected_item || "–"]),
  "진입 후보 / Items to enter") : h("p", {}, t("밀도를 계산할 지역이 모자라 후보를 내지 않았습니다 (10곳 이상 필요).", "Too few regions (10 are needed) to compute densities: no candidates.")));
  byId("cluster-body").append(...clusters.map(({ key, values }) => unfold([t("군집 ", "cluster "), key, " · ", t(values[0].kind, values[0].kind === "독립" ? "independent" : "complex"), " · ",
    t("품목 " + values.length + "개", values.length + " items"), h("span", { class: "meta" }, " ", values.slice().sort((a, b) => b.patents - a.patents).slice(0, 3).map((x) => x.item).join(", "))],
  () => [plainTable([t("품목", "item"), t("연결 강도", "strength"), t("지역 특허", "patents"), t("비교 집단", "reference"), t("수축 특화도", "shrunk LQ")],
    values.map((x) => [itemLink(x.item_id, x.item), fixedCell(x.strength, 1), fixedCell(x.patents, 1), fixedCell(x.patents_reference, 1), fixedCell(x.lq_shrunk, 2)]), "군집 " + key + " / Cluster " + key)])));
  if (!clusters.length) byId("cluster-body").append(h("p", {}, t("함께 나온 품목이 적어 군집이 없습니다.", "Too few items occur together to form clusters.")));
}
