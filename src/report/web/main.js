/* SPDX-License-Identifier: Apache-2.0 */
/* Builds the page in slices that are each laid out and painted before the next, so that it can be seen and used
   from the first one on and no task is long. Where nothing is painted (a tab behind others) time goes on all the same. */
const slice = () => new Promise((resolve) => {
  requestAnimationFrame(() => setTimeout(resolve, 0));
  setTimeout(resolve, 100);
});
const loaded = () => new Promise((resolve) => (document.readyState === "loading"
  ? document.addEventListener("DOMContentLoaded", resolve, { once: true }) : resolve()));

/* A link to an item opens the patents behind it. */
function openTarget() {
  const target = location.hash.length > 1 ? byId(decodeURIComponent(location.hash.slice(1))) : null;
  if (!target) return;
  const details = target.querySelector(":scope > details");
  if (details) details.open = true;
  target.scrollIntoView();
}
/* A part is a function, or a generator that yields between its slices. */
async function build(parts) {
  for (const part of parts) {
    for await (const _ of part() || []) await slice();
    await slice();
  }
}
async function start() {
  byId("language").addEventListener("click", () => {
    const root = document.documentElement;
    root.lang = root.lang === "ko" ? "en" : "ko";
  });
  byId("print").addEventListener("click", () => window.print());
  window.addEventListener("hashchange", openTarget);
  await build([glance, news, itemMap, roadmap, reasons, industryTable, itemTable, years, itemNetwork, next]);
  await loaded(); /* the other blocks of data stand behind this script */
  await build([topicExplorer, cards, leftOut, method]);
  openTarget();
  byId("too-old").hidden = canUnpack;
  performance.mark("built");
  document.documentElement.dataset.ready = "yes";
}
start();
