/* SPDX-License-Identifier: Apache-2.0 */
/* A small chart of years for each selected item. */
function years() {
  if (data.totals.growth_note) byId("growth-note").append(data.totals.growth_note);
  for (const x of selected)
    if (data.years[x.k]) byId("year-charts").append(h("figure", {}, h("figcaption", {}, x.no + ". " + x.name, " ",
      h("span", { class: "meta" }, known(x.growth) ? [t("성장 ", "growth "), percent(x.growth)] : "")),
    yearBars(data.years[x.k], data.first_year, 160, 56, x.name)));
}
