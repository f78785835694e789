/* SPDX-License-Identifier: Apache-2.0 */
/* What was left out, and how everything was computed. */
/* What a note is about, in both languages, and the rules in English (notes.csv has them in Korean). */
const noteNames = {
  lq: ["특화도", "LQ", "LQ is empty: there is no reference to compare with."],
  growth: ["성장", "growth", "Growth is empty: the period has too few years."],
  density: ["관련 밀도", "density", "Density is empty: too few regions to tell which items go together."],
  complexity: ["기술 복잡도", "complexity", "Complexity is empty: its correlation with diversity is too small to fix its sign, or there are too few regions."],
  selection: ["선정", "selection", "Fewer items than asked for, or an industry without one."],
  technologies: ["기술", "technologies", "Fewer technologies than asked for."],
  region: ["지역", "region", "Some patents of the period have an address that reaches no region."],
  complete: ["공개가 끝난 해", "complete years", "Years within 18 months of the last application in the store are not yet published in full and are not used for growth paths."],
  growth_path: ["성장 경로", "growth path", "Mean of the last 3 years over that of the 3 before (+0.5): 1.2 and more growing (emerging where under 20 % is older than 5 years), 0.8 and less declining, mature between; empty below 6 complete years or 5 patents."],
  evidence: ["산업 비교", "industries", "Evidence from patents, no verdict on policy: share and LQ tell concentration; growth and recency growth; applicants and HHI how many take part; the last column which patents also have items of other industries."],
};
async function* leftOut() {
  const { totals } = data, body = byId("left-out-body"), { unclassified, cut } = canUnpack ? await lists() : { unclassified: [], cut: [] };
  const line = (ko, en, n) => h("li", {}, t(ko, en), ": ", integer(n));
  body.append(h("ul", {},
    line("주소로 지역을 알 수 없는 특허 (어느 지역에도 세지 않음)", "patents whose address reaches no region (counted nowhere)", totals.unknown_region),
    line("전체 특허 가운데 미분류", "unclassified among all patents", totals.all_unclassified)));
  if (unclassified.length) body.append(unfold(t("미분류인 지역 특허 " + integer(unclassified.length) + "건",
    integer(unclassified.length) + " unclassified patents of the region"), () => patentList(unclassified, null)));
  if (cut.length) body.append(unfold(t("초록이 잘린 지역 특허 " + integer(cut.length) + "건",
    integer(cut.length) + " patents of the region with a cut abstract"), () => patentList(cut, null)));
  if (data.counts.length) body.append(h("h3", {}, t("읽은 자료", "what was read")),
    plainTable([t("구분", "count"), t("수", "number")], data.counts.map((x) => [t(x[0], x[1]), x[2]]), "읽은 자료 / What was read"));
  const notes = table("notes");
  if (notes.length) body.append(h("h3", {}, t("빈칸과 규칙", "empty figures and rules")),
    h("dl", { class: "notes" }, notes.map((x) => [h("dt", {}, noteNames[x.about] ? t(...noteNames[x.about].slice(0, 2)) : x.about),
      h("dd", {}, noteNames[x.about]?.[2] ? t(x.note, noteNames[x.about][2]) : x.note)])));
}
function method() {
  const body = byId("method-body");
  const sections = { study: "연구", model: "모형", score: "점수", quota: "산업별 품목 수", standard: "품목 기준", version: "판" };
  const value = (x) => (x === null ? "–" : typeof x === "string" && x.length === 64 ? h("span", { class: "digest" }, x) : x);
  body.append(h("h3", {}, t("지표의 뜻", "what the indicators mean")),
    plainTable([t("지표", "indicator"), t("뜻과 식", "meaning and formula")], data.definitions.map((x) => [t(x[0], x[2]), t(x[1], x[3])]), "지표의 뜻 / Indicators"),
    h("h3", {}, t("확실성은 얼마나 믿을 수 있나", "how reliable the confidence is")),
    h("p", { class: "note" }, t("실제 특허 4,500건에서 1순위 품목이 주 분류코드(모형은 보지 못함)가 인정하는 품목과 같았던 비율. 낮은 값은 엄격하게, 높은 값은 너그럽게 본 것이며 정답률이 아닙니다.",
      "On 4,500 real patents: how often the best item is one that the main classification code, unseen by the model, admits; from a strict to a generous reading. Agreement, not accuracy.")),
    h("div", { id: "reliability" }, plainTable([t("확실성", "confidence"), t("이 지역 특허", "patents of the region"), t("분류코드와 일치", "agreement with codes")],
      data.reliability.map((x, i) => [t(data.confidence[i], ["low", "medium", "high"][i]), x[0], Math.round(100 * x[1]) + "–" + Math.round(100 * x[2]) + " %"]),
      "확실성 / Confidence"), barList(data.reliability.map((x, i) => ({ name: t(data.confidence[i], ["low", "medium", "high"][i]), value: x[1], behind: x[2],
      text: Math.round(100 * x[1]) + "–" + Math.round(100 * x[2]) + " %" })))),
    h("h3", {}, t("순서", "steps")), h("ol", {}, data.steps.map((x) => h("li", {}, t(x[0], x[1])))),
    h("h3", {}, t("설정", "settings")),
    plainTable([t("구분", "section"), t("항목", "setting"), t("값", "value")],
      data.settings.map((x) => [sections[x[0]] ? t(sections[x[0]], x[0]) : x[0], t(x[1], x[2]), value(x[3])]), "설정 / Settings"));
  if (data.sources.length) body.append(unfold(t("읽은 파일 " + integer(data.n_sources) + "개", integer(data.n_sources) + " source files"), () => [
    plainTable([t("파일", "file"), t("형식", "dialect"), t("특허", "patents"), t("격리", "quarantined"), "SHA-256"],
      data.sources.map((x) => [x[0], x[1], x[2], x[3], h("span", { class: "digest" }, x[4])]), "읽은 파일 / Source files"),
    data.sources.length < data.n_sources ? h("p", { class: "note" }, t("나머지는 run.json에 있습니다.", "The others are in run.json.")) : ""]));
}
