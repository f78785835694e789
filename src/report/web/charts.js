/* SPDX-License-Identifier: Apache-2.0 */
/* Bars, and axes with round steps; every drawing has a name that a screen reader tells. */
function barList(rows) {
  const top = Math.max(...rows.map((r) => r.behind || r.value), 1e-12);
  const part = (kind, value) => {
    const bar = h("span", { class: kind });
    bar.style.width = Math.max(0, (100 * value) / top).toFixed(1) + "%";
    return bar;
  };
  return h("ul", { class: "bars" }, rows.map((r) => h("li", {}, h("span", r.seed ? { class: "seed" } : {}, r.name),
    h("span", { class: "track" }, r.behind ? part("behind", r.behind) : null, part("fill", r.value)),
    h("span", { class: "number" }, r.text))));
}
function drawing(width, height, label) {
  return s("svg", { viewBox: "0 0 " + width + " " + height, role: "img", "aria-label": label }, s("title", {}, label));
}
function yearBars(values, first, width, height, label) {
  const top = Math.max(...values, 1), n = values.length, step = width / Math.max(n, 1);
  const told = label + ": " + values.map((v, i) => first + i + " " + amount(v)).join(", ");
  const svg = drawing(width, height + 16, told);
  values.forEach((v, i) => {
    const tall = (v / top) * (height - 14);
    svg.append(s("rect", { class: "bar", x: (i * step + step * 0.12).toFixed(1), y: (height - tall).toFixed(1),
      width: (step * 0.76).toFixed(1), height: tall.toFixed(1) }, s("title", {}, first + i + ": " + amount(v))));
    if (n <= 16 && step >= 24) svg.append(s("text", { x: (i + 0.5) * step, y: height - tall - 3, "text-anchor": "middle" }, amount(v)));
  });
  svg.append(s("line", { class: "axis", x1: 0, x2: width, y1: height, y2: height }),
    s("text", { x: 0, y: height + 13 }, String(first)),
    s("text", { x: width, y: height + 13, "text-anchor": "end" }, String(first + n - 1)));
  return svg;
}
/* 1, 2 and 5 times the powers of ten that lie between two logarithms. */
function roundSteps(low, high) {
  const steps = [];
  for (let power = Math.floor(low); power <= high; power++)
    for (const digit of [1, 2, 5]) if (Math.log10(digit) + power > low && Math.log10(digit) + power < high) steps.push(Number((digit * 10 ** power).toPrecision(1)));
  return steps;
}
/* Puts a value of [low, high] between the edges of a drawing. */
const scale = (low, high, from, to) => (v) => from + ((v - low) / (high - low || 1)) * (to - from);
function extent(values, margin) {
  const low = values.reduce((a, b) => Math.min(a, b)), high = values.reduce((a, b) => Math.max(a, b));
  return [low - margin, high + margin];
}
