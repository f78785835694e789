/* SPDX-License-Identifier: Apache-2.0 */
/* A card for each technology, a few a slice. */
async function* cards() {
  for (const [i, x] of data.technologies.entries()) {
    const period = [x.first_year, x.last_year].filter(Boolean).join("–"), others = x.patents - x.representatives.length;
    byId("cards").append(h("article", { class: "card", id: "technology-" + x.no }, h("h3", {}, x.no + ". " + x.name, mixed(x)),
      h("p", { class: "meta" }, items[x.item].industry + " › ", h("a", { href: "#item-" + items[x.item].no }, items[x.item].name)),
      h("p", {}, t("특허 ", "patents "), integer(x.patents), " · ", t("출원인 ", "applicants "), integer(x.applicants),
        " · ", period, " · ", t("응집도 ", "cohesion "), fixed(x.cohesion, 2)),
      h("p", {}, x.words.map((w) => data.words[w]).join(", ")),
      canUnpack ? h("ol", { class: "patents" }, await Promise.all(x.representatives.map((place) => patentEntry(place, null)))) : null,
      others > 0 ? unfold(t("다른 특허 " + integer(others) + "건", integer(others) + " other patents"),
        async () => patentList((await lists()).technologies[i].slice(x.representatives.length), null)) : null));
    if (i % 8 === 7) yield;
  }
}
