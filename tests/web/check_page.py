#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""check_page.py RUN_FOLDER [PICTURES] - opens RUN_FOLDER/report.html in headless Chromium and uses everything on it.
Pictures (desktop, phone, print) go to PICTURES. Exit 77 where there is no Chromium."""
import csv
import json
import os
import sys

import access
import browser

failures = []


def check(good, text):
    if not good:
        failures.append(text)
        print("FAIL: " + text)


def rows_of(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def count(page, selector):
    return page.run("document.querySelectorAll(%s).length" % json.dumps(selector))


def text_of(page, selector):
    return page.run("document.querySelector(%s).textContent" % json.dumps(selector))


def shown(page, selector):
    """What can be read: the hidden language does not count."""
    return page.run("document.querySelector(%s).innerText" % json.dumps(selector))


def check_texts(page, folder):
    everything = page.run("document.querySelector('main').textContent")
    selected, technologies = rows_of(folder, "selected_items.csv"), rows_of(folder, "technologies.csv")
    for row in selected:
        check(row["item"] in text_of(page, "#item-" + row["item_no"]), "no item %(item)s in the roadmap" % row)
        check(row["industry"] in everything, "no industry %(industry)s" % row)
    for row in technologies:
        check(row["technology"] in text_of(page, "#roadmap"), "no technology %(technology)s in the roadmap" % row)
        check(row["technology"] in text_of(page, "#technology-" + row["tech_no"]), "no card of %(technology)s" % row)
    check(count(page, "#item-table tbody tr") == len(rows_of(folder, "items.csv")), "not every item in the table")
    check(count(page, ".card") == len(technologies), "cards and technologies differ in number")
    check(count(page, "#year-charts svg") == len(selected), "charts of years and items differ in number")


def check_links(page):
    dangling = page.run("""[...document.querySelectorAll('a[href]')].map((a) => a.getAttribute('href'))
        .filter((x) => !x.startsWith('#') || !document.getElementById(x.slice(1)))""")
    check(dangling == [], "links to nowhere: %s" % dangling)
    shown = page.run("[...document.querySelectorAll('nav li:not([hidden]) a')].map((a) => a.getAttribute('href'))")
    check(len(shown) >= 12 and "#news" not in shown, "contents: %s" % shown)  # news are an update's alone
    for target in shown:
        page.click("nav a[href='%s']" % target)
        page.wait("location.hash === '%s'" % target)
        page.wait("Math.abs(document.querySelector(location.hash).getBoundingClientRect().top) < innerHeight")
    page.run("location.hash = '#item-2'")
    page.wait("document.querySelector('#item-2 > details').open")


def check_lists(page, folder):
    """The patents behind an item are those of the table, all of them after enough presses."""
    first = rows_of(folder, "selected_items.csv")[0]
    numbers = {r["application_number"] for r in rows_of(folder, "patents.csv")
               if r["item_id"] == first["item_id"] and r["in_region"] == "1"}
    page.click("#item-1 summary")
    page.wait("document.querySelector('#item-1 .patents li')")
    while page.run("(() => { const b = document.querySelector('#item-1 .more'); return b && !b.hidden; })()"):
        page.click("#item-1 .more")
    listed = page.run("document.querySelector('#item-1 .patents').textContent")
    check(count(page, "#item-1 .patents li") == len(numbers), "item 1: %d patents in the list, %d in the table"
          % (count(page, "#item-1 .patents li"), len(numbers)))
    check(all(n in listed for n in numbers), "a patent of item 1 is not in its list")
    behind = [r for r in rows_of(folder, "technology_patents.csv") if r["tech_no"] == "1"]
    page.run("document.querySelectorAll('#roadmap details').forEach((d) => { d.open = true; })")
    page.wait("[...document.querySelectorAll('#roadmap details')].every((d) => d.querySelector('.patents li'))")
    check(behind[0]["title"] in text_of(page, "#roadmap-tables"), "no patent behind technology 1")
    page.run("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    page.wait("[...document.querySelectorAll('details')].every((d) => d.children.length > 1)")
    page.run("document.querySelectorAll('details').forEach((d) => { d.open = false; })")


def check_explanations(page, folder):
    """Reasons, industries, entries, clusters, notes: every row of the tables is on the page."""
    reasons = rows_of(folder, "selection_reasons.csv")
    check(count(page, "#reason-table tbody tr") == len(reasons), "reasons and rows differ in number")
    check(all(r["reason"] in text_of(page, "#reason-table") for r in reasons), "a reason is missing")
    page.click("#reasons-out")
    check(count(page, "#reason-table tbody tr") == sum(r["selected"] == "0" for r in reasons) > 0, "only those left out")
    page.click("#reasons-out")
    check(count(page, "#industry-table tbody tr") == len(rows_of(folder, "industries.csv")), "industries")
    check(count(page, "#entry-body tbody tr") == len(rows_of(folder, "entry_candidates.csv")), "entries")
    clusters = rows_of(folder, "clusters_of_items.csv")
    check(count(page, "#cluster-body details") == len({r["cluster"] for r in clusters}) > 0, "clusters")
    notes = rows_of(folder, "notes.csv")
    check(count(page, ".notes dd") == len(notes) > 0 and all(r["note"] in text_of(page, ".notes") for r in notes), "notes")
    paths = {r["item"]: r["growth_path"] for r in rows_of(folder, "item_paths.csv") if r["selected"] == "1" and r["growth_path"]}
    check(all(p in text_of(page, "#years") for p in paths.values()), "growth paths")
    check(count(page, "#region-years .open") > 0, "years not yet published in full look like the others")
    check(count(page, "#reliability tbody tr") == 3, "reliability of the confidence")
    check(count(page, "#reliability .bars .fill") == 3, "diagram of the reliability")
    check(count(page, "#scores a") == len(rows_of(folder, "selected_items.csv")), "a selected item has no interval")
    check(shown(page, "#summary").count("\n") >= 2, "the first screen says what, how sure, against what")


def check_table(page):
    for i in range(1, count(page, "#item-table th") + 1):
        heading = "#item-table th:nth-child(%d)" % i
        orders = []
        for _ in range(2 if i % 4 == 1 else 1):
            page.click(heading + " button")
            orders.append(page.run("document.querySelector('%s').getAttribute('aria-sort')" % heading))
            cells = page.run("""[...document.querySelectorAll('#item-table tbody td:nth-child(%d)')]
                .map((x) => x.textContent.replace(/[,%%]/g, '')).filter((x) => x.trim() !== '' && !x.includes('–'))""" % i)
            if i not in (1, 2, 10):
                numbers = [float(x) for x in cells]
                check(numbers == sorted(numbers, reverse=orders[-1] == "descending"), "column %d is not sorted" % i)
        check(len(orders) == 1 or sorted(orders) == ["ascending", "descending"], "column %d sorts as %s" % (i, orders))
        check(set(orders) <= {"ascending", "descending"}, "column %d sorts as %s" % (i, orders))
    page.click("#item-filter")
    page.type("로봇")
    page.wait("document.querySelectorAll('#item-table tbody tr').length < 100")
    check(count(page, "#item-table tbody tr") > 0, "filter leaves nothing")
    page.run("(() => { const f = document.getElementById('item-filter'); f.value = ''; f.dispatchEvent(new Event('input')); })()")
    page.click("#item-selected")
    check(count(page, "#item-table tbody tr") == count(page, "#item-table tbody tr.chosen") > 0, "selected only")
    page.click("#item-selected")


def set_range(page, selector, value):
    page.run("(() => { const e = document.querySelector('%s'); e.value = %s; e.dispatchEvent(new Event('input')); })()"
             % (selector, json.dumps(str(value))))


def check_explorer(page):
    listed = lambda: page.run("[...document.querySelectorAll('#topic-words .word')].map((x) => x.textContent)")
    before = listed()
    check(len(before) >= 10, "few words in a topic")
    set_range(page, "#lambda", 0)
    by_lift = listed()
    set_range(page, "#lambda", 1)
    by_phi = listed()
    check(by_lift != by_phi, "lambda changes nothing")
    shares = [float(x.split()[0]) for x in page.run("[...document.querySelectorAll('#topic-words .number')].map((x) => x.textContent)")]
    check(shares == sorted(shares, reverse=True), "lambda 1 is not by probability")
    page.click("#lambda")  # a real press in the middle of the slider
    check(page.run("document.getElementById('lambda-value').value") == "0.50", "the slider does not follow the pointer")
    page.key("ArrowRight", 39)
    check(page.run("document.getElementById('lambda-value').value") == "0.55", "the slider does not follow the keys")
    heading = text_of(page, "#topic-words h3")
    page.click("#topic-after")
    check(text_of(page, "#topic-words h3") != heading, "next topic")
    page.click("#topic-before")
    check(text_of(page, "#topic-words h3") == heading, "previous topic")
    sizes = "[...document.querySelectorAll('#topic-map circle')].map((x) => x.getAttribute('r')).join()"
    plain = page.run(sizes)
    page.click("#topic-words .word")
    check(count(page, "#topic-words .word[aria-pressed=true]") == 1 and page.run(sizes) != plain, "a word on the map")
    page.click("#topic-words .word")
    check(page.run(sizes) == plain, "the map comes back")
    page.run("document.querySelectorAll('#topic-map circle')[0].dispatchEvent(new MouseEvent('click', { bubbles: true }))")
    check(count(page, "#topic-map .now") == 1, "a press on the map")
    check(page.run("document.querySelector('#topic-map .now').dataset.topic === document.getElementById('topic').value"), "map and list differ")


def check_network(page):
    lines = count(page, "#network-map .link")
    set_range(page, "#network-least", 1)
    check(count(page, "#network-map .link") >= lines > 0, "links of the network")
    set_range(page, "#network-least", 10 ** 6)
    check(0 < count(page, "#network-map .link") <= lines, "the slider of the network")
    check(count(page, "#network-list li") > 0, "neighbours in the list")
    heading = text_of(page, "#network-list h3")
    page.run("document.querySelectorAll('#network-map circle')[7].dispatchEvent(new MouseEvent('click', { bubbles: true }))")
    check(text_of(page, "#network-list h3") != heading, "a press on the network")


def check_languages(page):
    check("품목 지표" in shown(page, "#items h2") and "Item indicators" not in shown(page, "#items h2"), "Korean first")
    page.click("#language")
    check(page.run("document.documentElement.lang") == "en", "lang")
    check("Item indicators" in shown(page, "#items h2") and "품목 지표" not in shown(page, "#items h2"), "English switch")
    page.click("#language")
    check("품목 지표" in shown(page, "#items h2"), "back to Korean")


def check_narrow(page, pictures):
    page.resize(390, 844, mobile=True)
    page.wait("innerWidth === 390")
    check(page.run("document.documentElement.scrollWidth") <= 390, "wider than a phone")
    if pictures:
        page.run("window.scrollTo(0, 0)")
        page.screenshot(os.path.join(pictures, "phone.png"))
        for section in ("roadmap", "items", "topics", "technologies"):
            page.run("document.getElementById('%s').scrollIntoView({ behavior: 'instant' })" % section)
            page.screenshot(os.path.join(pictures, "phone-%s.png" % section))


def check_no_network(page):
    """Every way out is refused by the policy, not only by a machine without a network."""
    tries = ["fetch('https://example.invalid/a').catch(() => 0)", "fetch('report.xlsx').catch(() => 0)",
             "new Image().src = 'https://example.invalid/b.png'",
             "(() => { try { new WebSocket('wss://example.invalid/c'); } catch (e) { return 0; } })()",
             "document.body.append(Object.assign(document.createElement('script'), { src: 'https://example.invalid/d.js' }))",
             "document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.harmed = 1' }))",
             "document.body.append(Object.assign(document.createElement('iframe'), { src: 'https://example.invalid/e' }))",
             "document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: 'https://example.invalid/f.css' }))"]
    for n, attempt in enumerate(tries):
        page.run("void (%s)" % attempt)
        page.wait("violations.length >= %d" % (n + 1))
    check(page.run("window.harmed") is None, "an injected script ran")
    asked = [x for x in page.complaints() if x.startswith("request") and "example.invalid" in x]
    blocked = page.run("violations.length")
    check(blocked >= len(tries), "%d of %d ways out were refused" % (blocked, len(tries)))
    return asked


def main():
    folder, pictures = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None
    program = browser.find_program()
    if not program:
        print("skipped: no Chromium here; `make test-web` installs it")
        return 77
    if pictures:
        os.makedirs(pictures, exist_ok=True)
    with browser.Browser(program) as chromium:
        url = "file://" + os.path.abspath(os.path.join(folder, "report.html"))
        access.check_access(chromium, url, check)
        page = chromium.open(url, 1280, 900)
        paint = page.run("performance.getEntriesByType('paint')[0]?.startTime || 0")
        print("first paint %.0f ms, long tasks %s" % (paint, page.run("longTasks")))
        size = os.path.getsize(os.path.join(folder, "report.html"))
        check(size < 3 << 20, "the page of the sample has %d bytes" % size)
        check_texts(page, folder)
        check_languages(page)
        check_links(page)
        check_lists(page, folder)
        check_table(page)
        check_explanations(page, folder)
        check_explorer(page)
        check_network(page)
        check_narrow(page, pictures)
        complaints = page.complaints()
        check(complaints == [] and page.run("violations.length") == 0, "the page complains: %s" % complaints)
        check_no_network(page)
        if pictures:  # last: a picture of the whole page leaves the pointer's coordinates wrong
            page = chromium.open(url, 1280, 900)
            page.screenshot(os.path.join(pictures, "desktop.png"), whole=True)
            page.pdf(os.path.join(pictures, "print.pdf"))
    print("%d failures" % len(failures))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
