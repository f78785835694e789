/* SPDX-License-Identifier: Apache-2.0 */
/* Bars, axes, intervals, by d3; every drawing has a name that a screen reader tells. */
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
/* Years from `complete` on are not yet published in full: light bars. */
function yearBars(values, first, width, height, label, complete) {
  const n = values.length, years = d3.range(first, first + n), isOpen = (year) => complete !== undefined && year > complete;
  const x = d3.scaleBand().domain(years).range([0, width]).padding(0.24);
  const y = d3.scaleLinear().domain([0, d3.max(values.concat(1))]).range([height, 14]);
  const node = drawing(width, height + 20, label + ": " + values.map((v, i) => first + i + " " + amount(v)).join(", "));
  const bars = d3.select(node).selectAll("g").data(values).enter().append("g");
  bars.append("rect").attr("class", (v, i) => (isOpen(years[i]) ? "bar open" : "bar")).attr("x", (v, i) => x(years[i]).toFixed(1))
    .attr("y", (v) => y(v).toFixed(1)).attr("width", x.bandwidth().toFixed(1)).attr("height", (v) => (height - y(v)).toFixed(1))
    .append("title").text((v, i) => years[i] + ": " + amount(v));
  if (n <= 16 && x.step() >= 24) bars.append("text").attr("x", (v, i) => x(years[i]) + x.bandwidth() / 2).attr("y", (v) => y(v) - 3)
    .attr("text-anchor", "middle").text((v) => amount(v));
  const every = Math.ceil(34 / x.step()), shown = years.filter((year, i) => (n - 1 - i) % every === 0);
  d3.select(node).append("g").attr("class", "axis").attr("transform", "translate(0," + height + ")")
    .call(d3.axisBottom(x).tickValues(shown).tickFormat(String).tickSize(3).tickSizeOuter(0));
  return node;
}
/* Ticks of a log scale at 1, 2 and 5 times the powers of ten. */
const roundTicks = (scale) => scale.ticks().filter((v) => /^[125]e/.test(v.toExponential()));
const linear = (domain, range) => d3.scaleLinear().domain(domain).range(range);
const logarithmic = (domain, range) => d3.scaleLog().domain(domain).range(range);

/* Values with their intervals on a log scale around 1, a row each; a row's name is a link. */
function intervals(rows, label) {
  const W = 520, row = 21, left = 172, right = 92, top = 22, H = top + rows.length * row + 6;
  const ends = d3.extent(rows.flatMap((r) => [r.low, r.value, r.high, 1]).filter((v) => v > 0));
  const x = logarithmic([ends[0] / 1.1, ends[1] * 1.1], [left, W - right]), node = drawing(W, H, label), svg = d3.select(node);
  node.setAttribute("role", "group");
  svg.append("g").attr("class", "axis").attr("transform", "translate(0," + top + ")")
    .call(d3.axisTop(x).tickValues(roundTicks(x)).tickFormat(String).tickSize(top - H + 6).tickPadding(top - H + 10).tickSizeOuter(0));
  svg.selectAll(".axis .tick text").attr("y", -6);
  svg.append("line").attr("class", "one").attr("x1", x(1)).attr("x2", x(1)).attr("y1", top).attr("y2", H - 6);
  const line = svg.selectAll("a").data(rows).enter().append("a").attr("href", (r) => r.href)
    .attr("transform", (r, i) => "translate(0," + (top + (i + 0.5) * row + 2) + ")");
  line.append("title").text((r) => r.told);
  line.append("text").attr("class", "name").attr("y", 4).text((r) => r.name);
  const known = line.filter((r) => r.low > 0);
  known.append("line").attr("class", (r) => (r.low > 1 ? "span sure" : "span")).attr("x1", (r) => x(r.low)).attr("x2", (r) => x(r.high));
  line.append("circle").attr("class", (r) => (r.low > 1 ? "point sure" : "point")).attr("cx", (r) => x(r.value)).attr("r", 4.5);
  line.append("text").attr("class", "value").attr("x", W - 2).attr("y", 4).attr("text-anchor", "end").text((r) => r.text);
  return node;
}
