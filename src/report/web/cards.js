/* SPDX-License-Identifier: Apache-2.0 */
/* A card for each technology. */
function cards() {
  for (const x of data.technologies) {
    const period = [x.first_year, x.last_year].filter(Boolean).join("–");
    const others = x.patents.slice(data.representatives);
    byId("cards").append(h("article", { class: "card", id: "technology-" + x.no }, h("h3", {}, x.no + ". " + x.name, mixed(x)),
      h("p", { class: "meta" }, items[x.item].industry + " › ", h("a", { href: "#item-" + items[x.item].no }, items[x.item].name)),
      h("p", {}, t("특허 ", "patents "), integer(x.patents.length), " · ", t("출원인 ", "applicants "), integer(x.applicants),
        " · ", period, " · ", t("응집도 ", "cohesion "), fixed(x.cohesion, 2)),
      h("p", {}, x.words.map((w) => data.words[w]).join(", ")),
      h("ol", { class: "patents" }, x.patents.slice(0, data.representatives).map((place) => patentEntry(place, null))),
      others.length ? unfold(t("다른 특허 " + integer(others.length) + "건", integer(others.length) + " other patents"),
        () => patentList(others, null)) : null));
  }
}
