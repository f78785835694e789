/* SPDX-License-Identifier: Apache-2.0 */
/* audit.js - what can be told of WCAG 2.2 A and AA from a page at rest. Evaluates to a function that returns
   {rule: [what breaks it …]}, rules that hold left out. tests/web/access.py breaks each rule once and looks that it is
   told. Keyboard and the visible focus (2.1.1, 2.4.7) need real presses: access.py walks with them.

     lang            3.1.1  the document has a language that the page knows
     lang-of-parts   3.1.2  Hangul stands in Korean elements, whatever the switch says
     title           2.4.2  the document has a title
     bypass          2.4.1  a link before everything else leads to the main content
     landmarks       1.3.1  one main, one banner, every text in a landmark, names of landmarks of a kind differ
     headings        1.3.1, 2.4.6  one h1, no level left out, none empty
     name            1.1.1, 4.1.2  controls, links, regions, drawings have a name
     label           1.3.1, 3.3.2  form fields have a visible label
     label-in-name   2.5.3  what is read aloud has the words that are seen
     id              4.1.2  ids are there once; what refers to one finds it
     aria            4.1.2  roles and states are known ones; nothing hidden from readers can be focused
     table           1.3.1  headings with scope, data cells under them, a caption or label, rows of equal length
     list            1.3.1  lists hold items alone
     contrast        1.4.3  text 4.5 to 1, large text 3 to 1, in drawings too
     edge            1.4.11  edges of fields and buttons 3 to 1
     colour          1.4.1  links in running text are underlined; seed words have a mark beside their colour
     keyboard        2.1.1, 2.4.3  what takes a press or scrolls can be focused; no order of its own
     target          2.5.8  targets of 24 pixels, or with room around them, or in a line of text; a place on a map of items is
                            essential to it, and the roadmap has the same links
     zoom            1.4.4  the viewport may be enlarged */
(() => {
  const bad = {}, all = (x) => [...document.querySelectorAll(x)];
  const tell = (rule, e) => (bad[rule] ??= []).push(typeof e === "string" ? e : e.outerHTML.slice(0, 120));
  const seen = (e) => e.getClientRects().length > 0 && getComputedStyle(e).visibility === "visible";
  const text = (e) => (e.textContent || "").replace(/\s+/g, " ").trim();
  const visible = (e) => (e.innerText ?? [...e.querySelectorAll("text")].map(text).join(" ")).replace(/\s+/g, " ").trim();
  const named = (ids) => ids.split(/\s+/).map((id) => document.getElementById(id)?.textContent || "").join(" ").trim();
  const name = (e) => (e.getAttribute("aria-labelledby") && named(e.getAttribute("aria-labelledby"))) || e.getAttribute("aria-label") ||
    (e.labels?.length ? [...e.labels].map(visible).join(" ") : "") || (/^(SECTION|NAV|DIV|INPUT|SELECT)$/.test(e.tagName) ? "" : text(e)) || e.title || "";

  const root = document.documentElement;
  if (!["ko", "en"].includes(root.lang)) tell("lang", "html lang=" + root.lang);
  for (const e of all("main *, header *, nav *"))
    if (seen(e) && [...e.childNodes].some((n) => n.nodeType === 3 && /[가-힣]/.test(n.data)) && e.closest("[lang]").lang !== "ko")
      if (e.closest("[lang]").lang !== "") tell("lang-of-parts", e);
  if (!document.title.trim()) tell("title", "no title");
  const first = document.querySelector("a[href], button, input, select, summary, [tabindex]");
  if (!first?.matches("a[href='#main']") || !document.getElementById("main")) tell("bypass", "the first link leads elsewhere");

  if (all("main").length !== 1) tell("landmarks", all("main").length + " main");
  if (all("body > header").length !== 1) tell("landmarks", "no banner");
  for (const e of all("body *"))
    if (seen(e) && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) && !e.closest("main, header, nav, .skip, script, style")) tell("landmarks", e);
  const regions = all("section, [role=region], nav").filter(seen);
  for (const [i, e] of regions.entries()) if (regions.some((x, j) => j < i && name(x) === name(e))) tell("landmarks", "two are called " + name(e));

  let level = 0;
  for (const e of all("h1,h2,h3,h4,h5,h6").filter(seen)) {
    const now = Number(e.tagName[1]);
    if (now > level + 1 || !text(e)) tell("headings", e);
    level = now;
  }
  if (all("h1").length !== 1) tell("headings", all("h1").length + " h1");

  for (const e of all("button,select,input,a,svg[role],section,nav,[role=region],summary,img,iframe"))
    if (!name(e).trim()) tell("name", e);
  for (const e of all("svg")) if (!e.getAttribute("role") && e.getAttribute("aria-hidden") !== "true") tell("name", e);
  for (const e of all("input,select,textarea")) if (seen(e) && !(e.labels?.length && visible(e.labels[0]))) tell("label", e);
  for (const e of all("button[aria-label], a[aria-label], summary[aria-label]"))
    if (!name(e).replace(/\s/g, "").includes(visible(e).replace(/\s/g, ""))) tell("label-in-name", e);

  const ids = all("[id]").map((e) => e.id);
  for (const id of ids.filter((x, i) => ids.indexOf(x) !== i)) tell("id", id);
  for (const attribute of ["aria-labelledby", "aria-describedby", "aria-controls", "for"])
    for (const e of all("[" + attribute + "]"))
      for (const id of e.getAttribute(attribute).split(/\s+/)) if (!document.getElementById(id)) tell("id", e);
  const roles = ["img", "group", "region", "status", "main", "navigation"], states = /^aria-(label|labelledby|hidden|live|sort|pressed|disabled|expanded|current|describedby)$/;
  for (const e of all("[role]")) if (!roles.includes(e.getAttribute("role"))) tell("aria", e);
  for (const e of all("*")) for (const a of e.attributes) if (a.name.startsWith("aria-") && !states.test(a.name)) tell("aria", e);
  for (const e of all("[aria-hidden=true]"))
    if (e.matches("a,button,input,select,summary,[tabindex]") || e.querySelector("a,button,input,select,summary,[tabindex]")) tell("aria", e);

  for (const table of all("table")) {
    if (!seen(table)) continue;
    const heads = [...table.querySelectorAll("thead th")], wide = heads.length;
    if (!wide || heads.some((th) => th.scope !== "col")) tell("table", table);
    for (const th of table.querySelectorAll("tbody th")) if (th.scope !== "row") tell("table", th);
    for (const row of table.querySelectorAll("tbody tr"))
      if ([...row.children].reduce((n, cell) => n + cell.colSpan, 0) !== wide) tell("table", row);
    if (!table.caption && !table.closest("[role=region]")) tell("table", "no caption: " + table.id);
  }
  for (const e of all("ul,ol")) if ([...e.children].some((x) => x.tagName !== "LI")) tell("list", e);
  for (const e of all("li")) if (!/^(UL|OL)$/.test(e.parentElement.tagName)) tell("list", e);
  for (const e of all("dl > *")) if (!/^(DT|DD|DIV)$/.test(e.tagName)) tell("list", e);

  const channel = (v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  const luminance = (c) => c.slice(0, 3).map((v) => channel(v / 255)).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const colour = (value) => (value.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number);
  const mixed = (over, share, under) => over.slice(0, 3).map((v, i) => share * v + (1 - share) * under[i]);
  const ratio = (a, b) => { const [x, y] = [luminance(a), luminance(b)]; return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05); };
  const behind = (e) => {
    for (; e; e = e.parentElement) { const c = colour(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] === 1) return c.slice(0, 3); }
    return [255, 255, 255];
  };
  const through = (e) => { let o = 1; for (; e; e = e.parentElement) o *= getComputedStyle(e).opacity; return o; };
  for (const e of all("header *,nav *,main *")) {
    if (e.tagName === "OPTION" || !seen(e) || ![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
    const style = getComputedStyle(e), inSvg = e.closest("svg");
    if (inSvg && e.tagName !== "text") continue;
    let back = behind(inSvg || e);
    const dot = inSvg && e.classList.contains("label") && (e.previousElementSibling || e.parentElement.querySelector("circle"));
    if (dot) back = mixed(colour(getComputedStyle(dot).fill), Number(getComputedStyle(dot).fillOpacity), back);
    const front = mixed(colour(inSvg ? style.fill : style.color), through(e), back), size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700), found = ratio(front, back);
    if (found < (large ? 3 : 4.5)) tell("contrast", found.toFixed(2) + ": " + text(e).slice(0, 40));
  }
  for (const e of all("input:not([type=range]):not([type=checkbox]),select,.tools button,.controls button")) {
    const style = getComputedStyle(e);
    if (seen(e) && Math.max(ratio(colour(style.borderTopColor), behind(e.parentElement)), ratio(colour(style.backgroundColor), behind(e.parentElement))) < 3) tell("edge", e);
  }

  for (const e of all("p a, li a:not(nav a), td a")) if (seen(e) && !getComputedStyle(e).textDecorationLine.includes("underline")) tell("colour", e);
  for (const e of all(".seed")) if (seen(e) && !getComputedStyle(e, "::after").content.includes("*")) tell("colour", e);

  const focusable = (e) => e.tabIndex >= 0;
  for (const e of all("[tabindex]")) if (e.tabIndex > 0) tell("keyboard", e);
  for (const e of all("a[href],button,input,select,summary")) if (seen(e) && !focusable(e)) tell("keyboard", e);
  for (const e of all("main *, nav *"))
    if (seen(e) && /(auto|scroll)/.test(getComputedStyle(e).overflow) && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1) &&
        !focusable(e) && !e.querySelector("a[href],button,input,select,summary")) tell("keyboard", e);

  const targets = all("a[href],button,input,select,summary").filter(seen).map((e) => ({ e, box: e.getBoundingClientRect() }));
  const inLine = (e) => ["P", "LI", "TD", "TH", "SPAN"].some((x) => e.parentElement.closest(x)) && getComputedStyle(e).display.startsWith("inline") && e.tagName === "A";
  for (const { e, box } of targets) {
    if (Math.min(box.width, box.height) >= 24 || inLine(e) || e.closest("#item-map")) continue;
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const near = targets.some((o) => o.e !== e && !o.e.contains(e) && !e.contains(o.e) && Math.hypot(
      Math.max(o.box.left - x, 0, x - o.box.right), Math.max(o.box.top - y, 0, y - o.box.bottom)) < 12);
    if (near) tell("target", e);
  }
  const viewport = document.querySelector("meta[name=viewport]")?.content || "";
  if (!viewport || /user-scalable\s*=\s*(no|0)|maximum-scale\s*=\s*[01](\D|$)/.test(viewport)) tell("zoom", viewport);
  return bad;
})
