/* SPDX-License-Identifier: Apache-2.0 */
/* Elements by name, attributes and children; strings become text, never markup. Numbers and dates as people
   write them. */
"use strict";
const SVG = "http://www.w3.org/2000/svg";
const byId = (id) => document.getElementById(id);

function fill(node, attributes, children) {
  for (const name in attributes) node.setAttribute(name, attributes[name]);
  for (const child of children.flat(Infinity)) if (child !== null && child !== undefined) node.append(child);
  return node;
}
const h = (name, attributes, ...children) => fill(document.createElement(name), attributes, children);
const s = (name, attributes, ...children) => fill(document.createElementNS(SVG, name), attributes, children);
/* The same in both languages; the style shows one. */
const t = (ko, en) => [h("span", { lang: "ko" }, ko), h("span", { lang: "en" }, en)];

/* A name of the data within an English sentence. */
const korean = (text) => h("bdi", { lang: "ko" }, text);

const wholeFormat = new Intl.NumberFormat("ko-KR", { maximumFractionDigits: 0 });
const tenthFormat = new Intl.NumberFormat("ko-KR", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const plainFormat = new Intl.NumberFormat("ko-KR", { maximumFractionDigits: 6 });
const integer = (x) => wholeFormat.format(x);
const amount = (x) => (Number.isInteger(x) ? integer(x) : tenthFormat.format(x));
const known = (x) => x !== null && x !== undefined;
const fixed = (x, digits) => (known(x) ? x.toFixed(digits) : "–");
const fixedCell = (x, digits) => (known(x) ? Number(x.toFixed(digits)) : "–");
const percent = (x) => (known(x) ? (100 * x).toFixed(1) + " %" : "–");
function dateText(date) {
  const text = String(date);
  return date ? [text.slice(0, 4), text.slice(4, 6), text.slice(6, 8)].filter((x) => x && x !== "00").join("-") : "";
}

/* A list that is built when it is opened for the first time; build may take its time. */
function unfold(summary, build) {
  const details = h("details", {}, h("summary", {}, summary));
  details.addEventListener("toggle", async () => details.append(...await build()), { once: true });
  return details;
}
const heads = (titles) => h("thead", {}, h("tr", {}, titles.map((x) => h("th", { scope: "col" }, x))));
const plainTable = (titles, rows, label) => h("div", { class: "wide", tabindex: 0, role: "region", "aria-label": label },
  h("table", {}, heads(titles), h("tbody", {}, rows.map((row) => h("tr", {}, row.map((cell) => (typeof cell === "number"
    ? h("td", { class: "number" }, plainFormat.format(cell)) : h("td", {}, cell))))))));
