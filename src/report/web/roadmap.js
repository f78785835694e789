/* SPDX-License-Identifier: Apache-2.0 */
/* Industry, item, technology; the patents behind each are one click away. */
function roadmap() {
  const groups = new Map();
  for (const item of selected) groups.set(item.industry, (groups.get(item.industry) || []).concat(item));
  const itemCell = (item) => h("td", { id: "item-" + item.no }, unfold([item.name, h("span", { class: "meta" }, " ",
    t("특허 ", "patents "), amount(item.patents), " · ", t("특화도 ", "LQ "), fixed(item.lq_shrunk, 2))],
  async () => patentList((await lists()).items[item.k], item)));
  const technologyCell = (item) => h("td", {}, technologiesOf(item).map((x) => unfold(
    [x.no + ". " + x.name, h("span", { class: "meta" }, " ", t(integer(x.patents) + "건", integer(x.patents))), mixed(x)],
    async () => patentList((await lists()).technologies[data.technologies.indexOf(x)], null))));
  for (const [industry, list] of groups)
    byId("roadmap-tables").append(h("table", { class: "roadmap" }, h("caption", {}, industry || "–"),
      heads([t("번호", "No."), t("품목", "item"), t("기술", "technologies")]),
      h("tbody", {}, list.map((item) => h("tr", {}, h("td", {}, String(item.no)), itemCell(item), technologyCell(item))))));
}
