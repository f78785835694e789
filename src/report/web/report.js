(function () {
  "use strict";
  const data = JSON.parse(document.getElementById("data").textContent);
  const byId = (id) => document.getElementById(id);
  const SVG = "http://www.w3.org/2000/svg";

  /* Elements by name, attributes and children; strings become text, never markup. */
  function fill(node, attributes, children) {
    for (const name in attributes) node.setAttribute(name, attributes[name]);
    for (const child of children.flat(Infinity)) if (child !== null && child !== undefined) node.append(child);
    return node;
  }
  const h = (name, attributes, ...children) => fill(document.createElement(name), attributes, children);
  const s = (name, attributes, ...children) => fill(document.createElementNS(SVG, name), attributes, children);
  const t = (ko, en) => [h("span", { lang: "ko" }, ko), h("span", { lang: "en" }, en)];

  const integer = (x) => Math.round(x).toLocaleString("ko-KR");
  const amount = (x) => (Number.isInteger(x) ? integer(x) : x.toLocaleString("ko-KR", { minimumFractionDigits: 1, maximumFractionDigits: 1 }));
  const known = (x) => x !== null && x !== undefined;
  const fixed = (x, digits) => (known(x) ? x.toFixed(digits) : "–");
  const percent = (x) => (known(x) ? (100 * x).toFixed(1) + " %" : "–");
  const dateText = (d) => {
    const text = String(d);
    return d ? [text.slice(0, 4), text.slice(4, 6), text.slice(6, 8)].filter((x) => x && x !== "00").join("-") : "";
  };

  /* ---- the data as objects */
  const columns = data.item_columns;
  const items = data.items.map((row, k) => Object.fromEntries(columns.map((c, i) => [c, row[i]]).concat([["k", k]])));
  const selected = items.filter((x) => x.no).sort((a, b) => a.no - b.no);
  const patents = data.patents.map((row, p) => ({
    p, number: row[0], date: row[1], title: row[2], applicants: row[3], confidence: row[4], cut: row[5],
    rows: row[6].map((r) => ({ k: r[0], score: r[1], share: r[2], evidence: r[3] })),
  }));
  const behind = items.map(() => []);
  for (const patent of patents)
    for (const row of patent.rows) behind[row.k].push({ patent, row });
  behind.forEach((list) => list.sort((a, b) => b.row.share - a.row.share || b.row.score - a.row.score));

  /* ---- shared parts */
  function evidenceText(evidence) {
    const parts = [];
    for (let i = 0; i + 1 < evidence.length; i += 2) parts.push(data.words[evidence[i]] + " " + evidence[i + 1] + " %");
    return parts.join("; ");
  }
  function patentEntry(patent, row) {
    const who = patent.applicants.map((a) => data.applicants[a]).join(", ");
    return h("li", {}, patent.title, h("span", { class: "meta" },
      [patent.number, dateText(patent.date), who].filter(Boolean).join(" · ")),
    row && row.evidence.length
      ? h("span", { class: "meta" }, t("근거: ", "evidence: "), evidenceText(row.evidence),
        " · ", t("확실성 ", "confidence "), data.confidence[patent.confidence]) : null,
    patent.cut ? h("span", { class: "meta" }, t("초록이 원본에서 잘려 있음", "abstract cut in the source")) : null);
  }
  function patentList(entries) {
    const list = h("ol", { class: "patents" });
    const more = h("button", { type: "button", class: "more" });
    let shown = 0;
    const grow = (n) => {
      for (const e of entries.slice(shown, shown + n)) list.append(patentEntry(e.patent, e.row));
      shown = Math.min(entries.length, shown + n);
      const left = entries.length - shown;
      more.hidden = left === 0;
      more.replaceChildren(...t("더 보기 (" + integer(left) + "건 남음)", "more (" + integer(left) + " left)"));
    };
    more.addEventListener("click", () => grow(50));
    grow(10);
    return [list, more];
  }
  /* A list that is built when it is opened for the first time. */
  function unfold(summary, build) {
    const details = h("details", {}, h("summary", {}, summary));
    details.addEventListener("toggle", () => details.append(...build()), { once: true });
    return details;
  }
  const mixed = (x) => (x.cohesion < data.cohesive
    ? [" ", h("span", { class: "mark", title: "cohesion " + fixed(x.cohesion, 2) }, t("이질적", "mixed"))] : []);
  const technologyEntries = (x) => x.patents.map((p) => ({ patent: patents[p], row: null }));

  function barList(rows) {
    const top = Math.max(...rows.map((r) => r.value), 1e-12);
    return h("ul", { class: "bars" }, rows.map((r) => {
      const bar = h("span", { class: "fill" });
      bar.style.display = "block";
      bar.style.width = Math.max(0, (100 * r.value) / top).toFixed(1) + "%";
      return h("li", {}, h("span", r.seed ? { class: "seed" } : {}, r.name), h("span", { class: "track" }, bar),
        h("span", { class: "number" }, r.text));
    }));
  }
  function yearBars(values, first, width, height, label) {
    const top = Math.max(...values, 1), n = values.length, step = width / Math.max(n, 1);
    const svg = s("svg", { viewBox: "0 0 " + width + " " + (height + 16), role: "img" }, s("title", {}, label));
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

  /* ---- at a glance */
  function glance() {
    const { study, totals } = data;
    byId("title").append(study.region);
    if (study.note) byId("note").append(study.note);
    byId("note").hidden = !study.note;
    const period = [dateText(totals.first_date), dateText(totals.last_date)].join(" ~ ");
    byId("subtitle").append(...t("연구 " + study.name + " · 출원일 " + period, "Study " + study.name + " · filed " + period));
    const best = selected.slice().sort((a, b) => b.score - a.score)[0];
    const special = selected.filter((x) => known(x.lq_low) && x.lq_low > 1).length;
    byId("summary").append(...t(
      study.region + "의 특허 " + integer(totals.region) + "건을 읽어 " + data.items.length + "개 품목 가운데 " + selected.length +
      "개를 주도 품목으로, 그 아래 " + data.technologies.length + "개 기술을 찾았습니다." +
      (best ? " 점수가 가장 높은 품목은 " + best.name + "(" + amount(best.patents) + "건)입니다." : "") +
      (special ? " 선정 품목 가운데 " + special + "개는 특화도 구간 전체가 1보다 큽니다." : ""),
      "From " + integer(totals.region) + " patents of " + study.region + ", " + selected.length + " of " + data.items.length +
      " items were selected, with " + data.technologies.length + " technologies under them." +
      (best ? " The best score is " + best.name + " (" + amount(best.patents) + " patents)." : "") +
      (special ? " For " + special + " of the selected items the whole interval of LQ is above 1." : "")));
    if (totals.shortage) byId("summary").after(h("p", { class: "note" }, totals.shortage));
    const tile = (ko, en, value) => h("div", {}, h("dt", {}, t(ko, en)), h("dd", {}, value));
    byId("tiles").append(tile("지역 특허", "patents of the region", integer(totals.region)),
      tile("비교 집단 특허 (분류됨)", "reference patents (classified)", integer(totals.reference)),
      tile("출원인", "applicants", integer(totals.applicants)),
      tile("선정 품목", "selected items", integer(selected.length)),
      tile("기술", "technologies", integer(data.technologies.length)),
      tile("미분류", "unclassified", percent(totals.region ? totals.unclassified / totals.region : null)));
    if (data.region_years.length)
      byId("region-years").append(yearBars(data.region_years, data.first_year, 520, 190, "Applications by year"));
    byId("scores").append(barList(selected.slice().sort((a, b) => b.score - a.score)
      .map((x) => ({ name: x.no + ". " + x.name, value: x.score, text: fixed(x.score, 2) }))));
  }

  /* ---- industry, item, technology */
  function roadmap() {
    const groups = new Map();
    for (const item of selected) groups.set(item.industry, (groups.get(item.industry) || []).concat(item));
    for (const [industry, list] of groups) {
      const body = h("tbody", {}, list.map((item) => h("tr", {}, h("td", {}, String(item.no)),
        h("td", {}, unfold([item.name, h("span", { class: "meta" }, " ", t("특허 ", "patents "), amount(item.patents), " · ",
          t("특화도 ", "LQ "), fixed(item.lq_shrunk, 2))], () => patentList(behind[item.k]))),
        h("td", {}, data.technologies.filter((x) => x.item === item.k).map((x) => unfold(
          [x.no + ". " + x.name, h("span", { class: "meta" }, " ", t(x.patents.length + "건", String(x.patents.length))), mixed(x)],
          () => patentList(technologyEntries(x))))))));
      byId("roadmap-tables").append(h("table", { class: "roadmap" }, h("caption", {}, industry || "–"),
        h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("번호", "No.")), h("th", { scope: "col" }, t("품목", "item")),
          h("th", { scope: "col" }, t("기술", "technologies")))), body));
    }
  }

  /* ---- item indicators */
  function interval(x) {
    if (!known(x.lq_shrunk)) return "–";
    const place = (v) => (60 + 55 * Math.max(-1, Math.min(1, Math.log10(Math.max(v, 1e-9))))).toFixed(1);
    const svg = s("svg", { viewBox: "0 0 120 12", "aria-hidden": "true" },
      s("line", { class: "one", x1: 60, x2: 60, y1: 0, y2: 12 }));
    if (known(x.lq_low)) svg.append(s("line", { stroke: "currentColor", "stroke-width": 2, x1: place(x.lq_low), x2: place(x.lq_high), y1: 6, y2: 6 }));
    svg.append(s("circle", { cx: place(x.lq_shrunk), cy: 6, r: 4, fill: "currentColor" }));
    return [svg, " ", known(x.lq_low) ? fixed(x.lq_low, 2) + " – " + fixed(x.lq_high, 2) : ""];
  }
  function itemTable() {
    const heads = [["name", "품목", "item"], ["industry", "산업", "industry"], ["rank", "순위", "rank"], ["score", "점수", "score"],
      ["patents", "지역 특허", "patents"], ["reference", "비교 집단", "reference"], ["share", "비중", "share"], ["lq", "특화도", "LQ"],
      ["lq_shrunk", "수축 특화도", "shrunk LQ"], ["lq_low", "90 % 구간", "90 % interval"], ["growth", "성장", "growth"],
      ["recency", "최근성", "recency"], ["applicants", "출원인", "applicants"], ["stability", "안정성", "stability"]];
    let key = "rank", down = false;
    const body = h("tbody", {}), row = h("tr", {});
    const made = items.some((x) => x.source.startsWith("constructed") || x.source.startsWith("recalled"));
    const cells = (x) => [h("td", {}, x.name, x.no ? h("span", { class: "meta" }, " #" + x.no) : null,
      x.source.startsWith("constructed") || x.source.startsWith("recalled") ? " †" : null), h("td", {}, x.industry),
    ...[x.rank || "–", fixed(x.score, 2), amount(x.patents), amount(x.reference), percent(x.share), fixed(x.lq, 2),
      fixed(x.lq_shrunk, 2)].map((v) => h("td", { class: "number" }, String(v))),
    h("td", { class: "interval" }, interval(x)),
    ...[percent(x.growth), fixed(x.recency, 2), integer(x.applicants), percent(x.stability)].map((v) => h("td", { class: "number" }, v))];
    const rank = (x) => (key === "rank" && !x.rank ? null : x[key]);
    function compare(a, b) {
      const x = rank(a), y = rank(b);
      if (!known(x) || !known(y)) return known(y) - known(x) || a.k - b.k;
      const order = typeof x === "string" ? x.localeCompare(y, "ko") : x - y;
      return (down ? -order : order) || a.k - b.k;
    }
    function draw() {
      const text = byId("item-filter").value.trim().toLowerCase(), only = byId("item-selected").checked;
      const shown = items.filter((x) => (!only || x.no) &&
        [x.name, x.industry, x.theme, x.field, x.id].join(" ").toLowerCase().includes(text)).sort(compare);
      body.replaceChildren(...shown.map((x) => h("tr", x.no ? { class: "chosen" } : {}, cells(x))));
      byId("item-count").replaceChildren(...t(shown.length + "개 품목", shown.length + " items"));
      row.querySelectorAll("th").forEach((th) => th.setAttribute("aria-sort",
        th.dataset.key === key ? (down ? "descending" : "ascending") : "none"));
    }
    for (const [name, ko, en] of heads) {
      const button = h("button", { type: "button" }, t(ko, en));
      button.addEventListener("click", () => {
        down = name === key ? !down : !["name", "industry", "rank"].includes(name);
        key = name;
        draw();
      });
      row.append(h("th", { scope: "col", "data-key": name }, button));
    }
    byId("item-table").append(h("thead", {}, row), body);
    byId("item-filter").addEventListener("input", draw);
    byId("item-selected").addEventListener("change", draw);
    if (data.totals.lq_note) byId("lq-note").append(data.totals.lq_note);
    if (made) byId("item-source").append(...t("† 이름이 공개된 자료에서 확인되지 않은 작업용 품목입니다 (품목 기준의 판: " + data.study.edition + ").",
      "† A working item whose name was not found in a public source (edition of the items: " + data.study.edition + ")."));
    draw();
  }
  function itemMap() {
    const list = items.filter((x) => x.patents > 0 && x.lq_shrunk > 0);
    if (!list.length) return;
    const W = 520, H = 380, pad = 32, xs = list.map((x) => Math.log10(x.patents)), ys = list.map((x) => Math.log10(x.lq_shrunk));
    const range = (v, least) => { const a = Math.min(...v), b = Math.max(...v); return [a - least, b + least]; };
    const [x0, x1] = range(xs, 0.1), [y0, y1] = range(ys.concat(0), 0.1);
    const px = (v) => pad + ((v - x0) / (x1 - x0)) * (W - 2 * pad), py = (v) => H - pad - ((v - y0) / (y1 - y0)) * (H - 2 * pad);
    const svg = s("svg", { viewBox: "0 0 " + W + " " + H, role: "img" }, s("title", {}, "Item map"));
    for (const v of [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000])
      if (Math.log10(v) > x0 && Math.log10(v) < x1) svg.append(s("line", { class: "axis", x1: px(Math.log10(v)), x2: px(Math.log10(v)), y1: pad / 2, y2: H - pad }),
        s("text", { x: px(Math.log10(v)), y: H - pad + 14, "text-anchor": "middle" }, String(v)));
    for (const v of [0.1, 0.2, 0.5, 1, 2, 5, 10, 20])
      if (Math.log10(v) > y0 && Math.log10(v) < y1) svg.append(s("line", { class: v === 1 ? "one" : "axis", x1: pad, x2: W - pad, y1: py(Math.log10(v)), y2: py(Math.log10(v)) }),
        s("text", { x: pad - 5, y: py(Math.log10(v)) + 4, "text-anchor": "end" }, String(v)));
    list.sort((a, b) => Boolean(a.no) - Boolean(b.no)).forEach((x) => {
      const cx = px(Math.log10(x.patents)).toFixed(1), cy = py(Math.log10(x.lq_shrunk)).toFixed(1);
      svg.append(s("circle", { class: x.no ? "dot chosen" : "dot", cx, cy, r: x.no ? 9 : 4 },
        s("title", {}, x.name + ": " + amount(x.patents) + ", LQ " + fixed(x.lq_shrunk, 2))));
      if (x.no) svg.append(s("text", { class: "label", x: cx, y: Number(cy) + 3.5 }, String(x.no)));
    });
    byId("item-map").append(svg);
  }

  /* ---- years */
  function years() {
    if (data.totals.growth_note) byId("growth-note").append(data.totals.growth_note);
    for (const x of selected)
      if (data.years[x.k]) byId("year-charts").append(h("figure", {}, h("figcaption", {}, x.no + ". " + x.name, " ",
        h("span", { class: "meta" }, known(x.growth) ? [t("성장 ", "growth "), percent(x.growth)] : "")),
      yearBars(data.years[x.k], data.first_year, 160, 56, x.name)));
  }

  /* ---- topics */
  function topics() {
    const select = byId("topic"), slider = byId("lambda"), W = 520, H = 480, pad = 16;
    const name = (k) => (k < items.length ? items[k].name : "일반 주제 " + (k - items.length + 1));
    const xs = data.topics.map((x) => x.x), ys = data.topics.map((x) => x.y);
    const place = (v, all, size) => pad + ((v - Math.min(...all)) / (Math.max(...all) - Math.min(...all) || 1)) * (size - 2 * pad);
    const svg = s("svg", { viewBox: "0 0 " + W + " " + H, role: "img" }, s("title", {}, "Topic map"));
    data.topics.forEach((topic, k) => select.append(h("option", { value: k }, k + 1 + ". " + name(k))));
    const dots = data.topics.map((topic, k) => s("circle", {
      class: "dot" + (k >= items.length ? " general" : items[k].no ? " chosen" : ""), "data-topic": k,
      cx: place(topic.x, xs, W).toFixed(1), cy: place(-topic.y, ys.map((y) => -y), H).toFixed(1),
      r: (2 + 60 * Math.sqrt(topic.share / Math.PI)).toFixed(1) }, s("title", {}, k + 1 + ". " + name(k))));
    svg.append(...dots);
    function draw() {
      const k = Number(select.value), lambda = Number(slider.value);
      byId("lambda-value").value = lambda;
      dots.forEach((dot, i) => dot.classList.toggle("now", i === k));
      svg.append(dots[k]);
      const terms = data.topics[k].terms.map((x) => ({ w: x[0], relevance: lambda * x[1] + (1 - lambda) * x[2], phi: Math.exp(x[1]), seed: x[3] }));
      terms.sort((a, b) => b.relevance - a.relevance || b.phi - a.phi);
      byId("topic-words").replaceChildren(h("h3", {}, k + 1 + ". " + name(k)),
        h("p", { class: "note" }, t("낱말의 몫 ", "share of words "), percent(data.topics[k].share), " · ", t("주황색은 씨앗말", "seed words in orange")),
        barList(terms.slice(0, 20).map((x) => ({ name: data.words[x.w], value: x.phi, text: percent(x.phi), seed: x.seed }))));
    }
    svg.addEventListener("click", (event) => {
      if (event.target.dataset.topic) { select.value = event.target.dataset.topic; draw(); }
    });
    select.addEventListener("change", draw);
    slider.addEventListener("input", draw);
    byId("topic-map").append(svg);
    if (selected.length) select.value = selected[0].k;
    if (data.topics.length) draw();
  }

  /* ---- technology cards */
  function cards() {
    for (const x of data.technologies) {
      const period = [x.first_year, x.last_year].filter(Boolean).join("–");
      byId("cards").append(h("article", { class: "card" }, h("h3", {}, x.no + ". " + x.name, mixed(x)),
        h("p", { class: "meta" }, items[x.item].industry + " › " + items[x.item].name),
        h("p", {}, t("특허 ", "patents "), integer(x.patents.length), " · ", t("출원인 ", "applicants "), integer(x.applicants),
          " · ", period, " · ", t("응집도 ", "cohesion "), fixed(x.cohesion, 2)),
        h("p", {}, x.words.map((w) => data.words[w]).join(", ")),
        h("ol", { class: "patents" }, technologyEntries(x).slice(0, data.representatives).map((e) => patentEntry(e.patent, null)))));
    }
  }

  /* ---- left out, method */
  const plainTable = (heads, rows) => h("div", { class: "wide", tabindex: 0 }, h("table", {}, h("thead", {}, h("tr", {}, heads.map((x) => h("th", { scope: "col" }, x)))),
    h("tbody", {}, rows.map((r) => h("tr", {}, r.map((c) => (typeof c === "number"
      ? h("td", { class: "number" }, c.toLocaleString("ko-KR", { maximumFractionDigits: 6 })) : h("td", {}, c))))))));
  function leftOut() {
    const { totals } = data, body = byId("left-out-body");
    const unclassified = patents.filter((x) => x.rows.length === 0).map((patent) => ({ patent, row: null }));
    const cut = patents.filter((x) => x.cut).map((patent) => ({ patent, row: null }));
    const line = (ko, en, n) => h("li", {}, t(ko, en), ": ", integer(n));
    body.append(h("ul", {}, line("주소로 지역을 알 수 없는 특허 (어느 지역에도 세지 않음)", "patents whose address reaches no region (counted nowhere)", totals.unknown_region),
      line("전체 특허 가운데 미분류", "unclassified among all patents", totals.all_unclassified)));
    if (unclassified.length) body.append(unfold(t("미분류인 지역 특허 " + integer(unclassified.length) + "건", integer(unclassified.length) + " unclassified patents of the region"), () => patentList(unclassified)));
    if (cut.length) body.append(unfold(t("초록이 잘린 지역 특허 " + integer(cut.length) + "건", integer(cut.length) + " patents of the region with a cut abstract"), () => patentList(cut)));
    if (data.counts.length) body.append(h("h3", {}, t("읽은 자료", "what was read")),
      plainTable([t("구분", "count"), t("수", "number")], data.counts.map((x) => [t(x[0], x[1]), x[2]])));
  }
  function method() {
    const body = byId("method-body");
    const sections = { study: "연구", model: "모형", score: "점수", quota: "산업별 품목 수", standard: "품목 기준", version: "판" };
    body.append(h("h3", {}, t("지표의 뜻", "what the indicators mean")),
      plainTable([t("지표", "indicator"), t("뜻과 식", "meaning and formula")], data.definitions.map((x) => [t(x[0], x[2]), t(x[1], x[3])])),
      h("h3", {}, t("순서", "steps")), h("ol", {}, data.steps.map((x) => h("li", {}, t(x[0], x[1])))),
      h("h3", {}, t("설정", "settings")),
      plainTable([t("구분", "section"), t("항목", "setting"), t("값", "value")],
        data.settings.map((x) => [sections[x[0]] ? t(sections[x[0]], x[0]) : x[0], t(x[1], x[2]), typeof x[3] === "string" && x[3].length === 64 ? h("span", { class: "digest" }, x[3]) : x[3] === null ? "–" : x[3]])));
    if (data.sources.length) body.append(unfold(t("읽은 파일 " + integer(data.n_sources) + "개", integer(data.n_sources) + " source files"), () => [
      plainTable([t("파일", "file"), t("형식", "dialect"), t("특허", "patents"), t("격리", "quarantined"), "SHA-256"],
        data.sources.map((x) => [x[0], x[1], x[2], x[3], h("span", { class: "digest" }, x[4])])),
      h("p", { class: "note" }, data.sources.length < data.n_sources ? t("나머지는 run.json에 있습니다.", "The others are in run.json.") : "")]));
  }

  byId("language").addEventListener("click", () => {
    const root = document.documentElement;
    root.lang = root.lang === "ko" ? "en" : "ko";
  });
  byId("print").addEventListener("click", () => window.print());
  for (const part of [glance, roadmap, itemMap, itemTable, years, topics, cards, leftOut, method]) part();
})();
