/* SPDX-License-Identifier: Apache-2.0 */
/* Builds the page, a section a task, so that it can be seen and used from the first one on. */
const pause = () => new Promise((resolve) => setTimeout(resolve, 0));
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
async function build(parts) {
  for (const part of parts) {
    part();
    await pause();
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
  document.documentElement.dataset.ready = "yes";
}
start();
