/* SPDX-License-Identifier: Apache-2.0 */
/* The region at a glance, with the map of its items. */
function glance() {
  const { study, totals } = data;
  byId("title").append(study.region);
  if (study.note) byId("note").append(study.note);
  byId("note").hidden = !study.note;
  const period = [dateText(totals.first_date), dateText(totals.last_date)].join(" ~ ");
  byId("subtitle").append(...t("연구 " + study.name + " · 출원일 " + period, ["Study ", korean(study.name), " · filed " + period]));
  tellSummary();
  if (totals.shortage) byId("summary").after(h("p", { class: "note" }, totals.shortage));
  const tile = (ko, en, value) => h("div", {}, h("dt", {}, t(ko, en)), h("dd", {}, value));
  byId("tiles").append(tile("지역 특허", "patents of the region", integer(totals.region)),
    tile("비교 집단 특허 (분류됨)", "reference patents (classified)", integer(totals.reference)),
    tile("출원인", "applicants", integer(totals.applicants)),
    tile("선정 품목", "selected items", integer(selected.length)),
    tile("기술", "technologies", integer(data.technologies.length)),
    tile("미분류", "unclassified", percent(totals.region ? totals.unclassified / totals.region : null)));
  if (data.region_years.length)
    byId("region-years").append(yearBars(data.region_years, data.first_year, 520, 190, "연도별 출원 / Applications by year", data.last_complete));
  const ranked = selected.slice().sort((a, b) => b.score - a.score), byLq = ranked.some((x) => x.lq_shrunk > 0);
  byId("scores-caption").append(...(byLq
    ? t("선정 품목의 특화도와 90 % 구간 (점수순; 1 = 비교 집단과 같음). 오른쪽: 특화도 · 특허 수",
      "LQ of the selected items with 90 % interval (by score; 1 = as in the reference). Right: LQ · patents")
    : t("선정 품목의 점수 (비교 집단이 없어 특화도는 비어 있음)", "Score of the selected items (no reference, so no LQ)")));
  byId("scores").append(byLq ? intervals(ranked.filter((x) => x.lq_shrunk > 0).map((x) => ({ name: x.no + ". " + x.name, href: "#item-" + x.no,
    value: x.lq_shrunk, low: x.lq_low, high: x.lq_high, text: fixed(x.lq_shrunk, 1) + " · " + amount(x.patents),
    told: "LQ " + fixed(x.lq_shrunk, 2) + (known(x.lq_low) ? " (" + fixed(x.lq_low, 2) + "–" + fixed(x.lq_high, 2) + ")" : "") })), "선정 품목의 특화도 / LQ of the selected items")
    : barList(ranked.map((x) => ({ name: x.no + ". " + x.name, value: x.score, text: fixed(x.score, 2) }))));
}
/* What the region is good at, how sure that is, and against what. */
function tellSummary() {
  const { study, totals } = data, ranked = selected.slice().sort((a, b) => b.score - a.score);
  const sure = selected.filter((x) => x.lq_low > 1).length, firm = selected.filter((x) => x.stability >= 0.9).length;
  const best = ranked.slice(0, 3), industries = table("industries").filter((x) => x.evidence_lq_shrunk > 1)
    .sort((a, b) => b.evidence_lq_shrunk - a.evidence_lq_shrunk).slice(0, 3);
  const named = (x) => h("a", { href: "#item-" + x.no, lang: "ko" }, x.name), joined = (list) => list.flatMap((x, i) => (i ? [", ", x] : [x]));
  const lq = (x) => known(x.lq_shrunk) ? " (" + fixed(x.lq_shrunk, 1) + (known(x.lq_low) ? ", " + fixed(x.lq_low, 1) + "–" + fixed(x.lq_high, 1) : "") + ")" : "";
  const industry = (x) => x.industry + " (" + fixed(x.evidence_lq_shrunk, 1) + ")";
  const point = (ko, en) => byId("summary").append(h("li", {}, t(ko, en)));
  if (best.length) point([h("strong", {}, "무엇을 잘하나: "), joined(best.map((x) => [named(x), lq(x)])), "의 점수가 가장 높습니다. 괄호는 특화도와 90 % 구간입니다.",
    industries.length ? " 산업으로 보면 " + industries.map(industry).join(", ") + "의 특화도가 높습니다." : ""],
  [h("strong", {}, "Good at: "), joined(best.map((x) => [named(x), lq(x)])), " score best; in brackets LQ and its 90 % interval.",
    industries.length ? [" Among industries LQ is highest in ", joined(industries.map((x) => [korean(x.industry), " (" + fixed(x.evidence_lq_shrunk, 1) + ")"]))] : "", industries.length ? "." : ""]);
  if (selected.length) point([h("strong", {}, "얼마나 확실한가: "), "선정 품목 " + selected.length + "개 가운데 " + sure + "개는 특화도 구간 전체가 1보다 크고, " + firm +
    "개는 특허를 다시 뽑아도 열에 아홉 번 이상 선정됩니다."],
  [h("strong", {}, "How sure: "), "for " + sure + " of the " + selected.length + " selected items the whole interval of LQ is above 1; " + firm +
    " stay selected in at least nine of ten resamples of the patents."]);
  const knownReference = { none: ["없음", "none"], rest: ["같은 저장소의 나머지 지역", "the other regions of the store"] };
  const reference = knownReference[study.reference] || [study.reference, study.reference];
  point([h("strong", {}, "무엇과 견주었나: "), "비교 집단은 " + reference[0] + ", 품목이 정해진 특허 " + integer(totals.reference) + "건입니다. " +
    study.region + "의 특허 " + integer(totals.region) + "건에서 " + items.length + "개 품목 가운데 " + selected.length + "개와 그 아래 기술 " + data.technologies.length + "개를 골랐습니다."],
  [h("strong", {}, "Compared with: "), reference[1] + ", " + integer(totals.reference) + " patents with an item. From " +
    integer(totals.region) + " patents of ", korean(study.region), ", " + selected.length + " of " + items.length + " items and " + data.technologies.length + " technologies under them were chosen."]);
}

/* Patents across, shrunk LQ (or, without a reference, the score) up; selected items are links. */
function itemMap() {
  const byScore = !items.some((x) => x.lq_shrunk > 0), up = (x) => (byScore ? x.score : x.lq_shrunk);
  const list = items.filter((x) => x.patents > 0 && (byScore ? known(x.score) : x.lq_shrunk > 0));
  if (!list.length) return;
  if (byScore) byId("item-map-caption").replaceChildren(...t("품목 지도: 가로는 지역 특허 수(로그 눈금), 세로는 점수. 숫자는 선정 품목의 번호",
    "Item map: patents of the region across (log scale), score up; numbers are selected items"));
  const W = 520, H = 380, pad = 32, wider = ([low, high], by) => [low / by, high * by];
  const px = logarithmic(wider(d3.extent(list, (x) => x.patents), 1.25), [pad, W - pad]);
  const py = byScore ? linear(d3.extent(list, up), [H - pad, pad]) : logarithmic(wider(d3.extent(list.map(up).concat(1)), 1.25), [H - pad, pad]);
  const svg = drawing(W, H, "품목 지도 / Item map"), root = d3.select(svg);
  const axis = (make, at, ticks, size) => root.append("g").attr("class", "axis").attr("transform", at)
    .call(make.tickValues(ticks).tickFormat((v) => plainFormat.format(v)).tickSize(size).tickSizeOuter(0));
  axis(d3.axisBottom(px), "translate(0," + (H - pad) + ")", roundTicks(px), pad * 1.5 - H);
  axis(d3.axisLeft(py), "translate(" + pad + ",0)", byScore ? py.ticks(5) : roundTicks(py), 2 * pad - W);
  if (!byScore) root.append("line").attr("class", "one").attr("x1", pad).attr("x2", W - pad).attr("y1", py(1)).attr("y2", py(1));
  svg.setAttribute("role", "group");
  for (const x of list.sort((a, b) => Boolean(a.no) - Boolean(b.no))) {
    const cx = px(x.patents).toFixed(1), cy = py(up(x)).toFixed(1);
    const told = x.name + ": " + amount(x.patents) + ", LQ " + fixed(x.lq_shrunk, 2);
    const dot = s("circle", { class: x.no ? "dot chosen" : "dot", cx, cy, r: x.no ? 9 : 4 }, s("title", {}, told));
    svg.append(x.no ? s("a", { href: "#item-" + x.no, "aria-label": x.no + ". " + told }, dot,
      s("text", { class: "label", x: cx, y: Number(cy) + 3.5 }, String(x.no))) : dot);
  }
  byId("item-map").append(svg);
}
