/* SPDX-License-Identifier: Apache-2.0 */
/* The region at a glance, with the map of its items. */
function glance() {
  const { study, totals } = data;
  byId("title").append(study.region);
  if (study.note) byId("note").append(study.note);
  byId("note").hidden = !study.note;
  const period = [dateText(totals.first_date), dateText(totals.last_date)].join(" ~ ");
  byId("subtitle").append(...t("연구 " + study.name + " · 출원일 " + period, "Study " + study.name + " · filed " + period));
  const best = selected.slice().sort((a, b) => b.score - a.score)[0];
  const special = selected.filter((x) => known(x.lq_low) && x.lq_low > 1).length;
  byId("summary").append(...t(
    study.region + "의 특허 " + integer(totals.region) + "건을 읽어 " + items.length + "개 품목 가운데 " + selected.length +
    "개를 주도 품목으로, 그 아래 " + data.technologies.length + "개 기술을 찾았습니다." +
    (best ? " 점수가 가장 높은 품목은 " + best.name + "(" + amount(best.patents) + "건)입니다." : "") +
    (special ? " 선정 품목 가운데 " + special + "개는 특화도 구간 전체가 1보다 큽니다." : ""),
    "From " + integer(totals.region) + " patents of " + study.region + ", " + selected.length + " of " + items.length +
    " items were selected, with " + data.technologies.length + " technologies under them." +
    (best ? " The best score is " + best.name + " (" + amount(best.patents) + " patents)." : "") +
    (special ? " For " + special + " of the selected items the whole interval of LQ is above 1." : "")));
  if (totals.shortage) byId("summary").after(h("p", { class: "note" }, totals.shortage));
  const tile = (ko, en, value) => h("div", {}, h("dt", {}, t(ko, en)), h("dd", {}, value));
  byId("tiles").append(tile("지역 특허", "patents of the region", integer(totals.region)),
    tile("비교 집단 특허 (분류됨)", "reference patents (classified)", integer(totals.reference)),
    tile("출원인", "applicants", integer(totals.applicants)),
    tile("선정 품목", "selected items", integer(selected.length)),
    tile("기술", "technologies", integer(data.technologies.length)),
    tile("미분류", "unclassified", percent(totals.region ? totals.unclassified / totals.region : null)));
  if (data.region_years.length)
    byId("region-years").append(yearBars(data.region_years, data.first_year, 520, 190, "연도별 출원 / Applications by year"));
  byId("scores").append(barList(selected.slice().sort((a, b) => b.score - a.score)
    .map((x) => ({ name: x.no + ". " + x.name, value: x.score, text: fixed(x.score, 2) }))));
}

/* Patents across, shrunk LQ (or, without a reference, the score) up; selected items are links. */
function itemMap() {
  const byScore = !items.some((x) => x.lq_shrunk > 0), up = (x) => (byScore ? x.score : Math.log10(x.lq_shrunk));
  const list = items.filter((x) => x.patents > 0 && (byScore ? known(x.score) : x.lq_shrunk > 0));
  if (!list.length) return;
  if (byScore) byId("item-map-caption").replaceChildren(...t("품목 지도: 가로는 지역 특허 수(로그 눈금), 세로는 점수. 숫자는 선정 품목의 번호",
    "Item map: patents of the region across (log scale), score up; numbers are selected items"));
  const W = 520, H = 380, pad = 32;
  const [x0, x1] = extent(list.map((x) => Math.log10(x.patents)), 0.1);
  const [y0, y1] = extent(list.map(up).concat(0), byScore ? 0.02 : 0.1);
  const px = scale(x0, x1, pad, W - pad), py = scale(y0, y1, H - pad, pad);
  const svg = drawing(W, H, "품목 지도 / Item map");
  for (const v of roundSteps(x0, x1)) svg.append(
    s("line", { class: "axis", x1: px(Math.log10(v)), x2: px(Math.log10(v)), y1: pad / 2, y2: H - pad }),
    s("text", { x: px(Math.log10(v)), y: H - pad + 14, "text-anchor": "middle" }, amount(v)));
  for (const v of byScore ? [0.2, 0.4, 0.6, 0.8] : roundSteps(y0, y1)) {
    const y = py(byScore ? v : Math.log10(v));
    svg.append(s("line", { class: v === 1 ? "one" : "axis", x1: pad, x2: W - pad, y1: y, y2: y }),
      s("text", { x: pad - 5, y: y + 4, "text-anchor": "end" }, String(v)));
  }
  svg.setAttribute("role", "group");
  for (const x of list.sort((a, b) => Boolean(a.no) - Boolean(b.no))) {
    const cx = px(Math.log10(x.patents)).toFixed(1), cy = py(up(x)).toFixed(1);
    const told = x.name + ": " + amount(x.patents) + ", LQ " + fixed(x.lq_shrunk, 2);
    const dot = s("circle", { class: x.no ? "dot chosen" : "dot", cx, cy, r: x.no ? 9 : 4 }, s("title", {}, told));
    svg.append(x.no ? s("a", { href: "#item-" + x.no, "aria-label": x.no + ". " + told }, dot,
      s("text", { class: "label", x: cx, y: Number(cy) + 3.5 }, String(x.no))) : dot);
  }
  byId("item-map").append(svg);
}
