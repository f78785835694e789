/* SPDX-License-Identifier: Apache-2.0 */
/* What is new since the report before: there after an update alone. */
function news() {
  const rows = table("changes"), section = byId("news");
  if (!data.news) return;
  section.hidden = byId("news-link").hidden = false;
  const what = { new: ["새로", "new"], in: ["들어옴", "in"], out: ["빠짐", "out"], up: ["오름", "up"], down: ["내림", "down"], renamed: ["이름 바뀜", "renamed"] };
  const group = (subject, ko, en, before, after) => {
    const found = rows.filter((x) => x.subject === subject);
    if (found.length) byId("news-body").append(h("h3", {}, t(ko, en)), plainTable([t("변화", "change"), t("번호", "id"), t("이름", "name"), before, after,
      t("새 특허", "new patents"), t("까닭", "reason"), t("출원번호", "application numbers")],
    found.map((x) => [t(...(what[x.change] || [x.change, x.change])), x.id || "–", x.name, known(x.before) ? x.before : "–", known(x.after) ? x.after : "–", x.n_patents,
      h("span", { lang: "" }, x.reason || "–"), (x.patents || "–").split("|").join(", ")]), ko + " / " + en));
  };
  byId("news-body").append(h("p", {}, t("이전 보고서의 특허 " + integer(data.news.before) + "건에 " + integer(data.news.added) + "건이 더해지고 " + integer(data.news.gone) + "건이 빠졌습니다. " +
    (data.news.fitted ? "모형을 새로 맞추었습니다" + (data.news.reason_korean ? " (" + data.news.reason_korean + ")" : "") + "." : "모형은 그대로 두고 새 특허를 더했습니다."),
  integer(data.news.added) + " patents joined the " + integer(data.news.before) + " of the report before, " + integer(data.news.gone) + " are gone. " +
    (data.news.fitted ? "The model was fitted anew" + (data.news.reason ? " (" + data.news.reason + ")" : "") + "." : "The model stayed, the new patents were folded in."))));
  group("item", "품목 순위", "Items", t("이전 순위", "rank before"), t("지금 순위", "rank now"));
  group("technology", "기술", "Technologies", t("이전 특허", "patents before"), t("지금 특허", "patents now"));
  group("patents", "품목별 새 특허", "New patents by item", t("이전", "before"), t("지금", "now"));
  if (!rows.length) byId("news-body").append(h("p", {}, t("품목과 기술에는 바뀐 것이 없습니다.", "No item or technology has changed.")));
}
