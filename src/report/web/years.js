/* SPDX-License-Identifier: Apache-2.0 */
/* A small chart of years for each selected item. */
function years() {
  const path = new Map(table("paths").map((x) => [x.item_id, x.growth_path])), english = { 태동: "emerging", 성장: "growing", 성숙: "mature", 쇠퇴: "declining" };
  if (data.totals.growth_note) byId("growth-note").append(data.totals.growth_note);
  const open = data.last_complete && data.region_years.length && data.first_year + data.region_years.length - 1 > data.last_complete;
  if (open) byId("open-years").append(...t("옅은 막대(" + (data.last_complete + 1) + "년부터)는 출원 뒤 18개월이 지나지 않아 공개가 끝나지 않은 해입니다. 성장 경로는 그 앞까지로 판단했습니다.",
    "Light bars (from " + (data.last_complete + 1) + ") are years not yet published in full, 18 months after filing; growth paths end before them."));
  for (const x of selected) {
    const now = path.get(x.id);
    if (data.years[x.k]) byId("year-charts").append(h("figure", {}, h("figcaption", {}, x.no + ". " + x.name, " ",
      h("span", { class: "meta" }, known(x.growth) ? [t("연평균 ", "yearly "), percent(x.growth)] : "", now ? [" · ", t(now, english[now] || now)] : "")),
    yearBars(data.years[x.k], data.first_year, 160, 56, x.name, data.last_complete)));
  }
}
