# SPDX-License-Identifier: Apache-2.0
"""Whether everybody can use the page: audit.js, whose rules it lists; axe-core where AXE names axe.min.js (`make test-web` brings
it from npm); the keyboard; 320 pixels of width. Every rule is broken once, to see that it is told."""
import os

HERE = os.path.dirname(os.path.abspath(__file__))
# rule -> a script that breaks it; all of them are run on one page
HARM = {
    "lang": "document.documentElement.lang = ''",
    "lang-of-parts": "document.querySelector('#roadmap table').lang = 'en'",
    "title": "document.title = ''",
    "bypass": "document.querySelector('.skip').remove()",
    "landmarks": "document.body.append(Object.assign(document.createElement('p'), { textContent: 'outside' }))",
    "headings": "document.querySelector('#items h2').outerHTML = '<h4>x</h4>'",
    "name": "document.querySelector('#print').replaceChildren()",
    "label": "document.querySelector('#item-filter').labels[0].firstElementChild.parentElement.replaceWith(document.querySelector('#item-filter'))",
    "label-in-name": "document.querySelector('#language').setAttribute('aria-label', 'something else')",
    "id": "document.querySelector('#cards').id = 'main'",
    "aria": "document.querySelector('#print').setAttribute('aria-hidden', 'true')",
    "table": "document.querySelector('#item-table th').removeAttribute('scope')",
    "list": "document.querySelector('#summary').append(document.createElement('p'))",
    "contrast": "document.querySelector('#subtitle').style.color = '#5a7fa5'",
    "edge": "document.querySelector('#item-filter').style.borderColor = '#eee'",
    "colour": "document.querySelector('#summary a').style.textDecoration = 'none'",
    "keyboard": "document.querySelector('#print').tabIndex = -1",
    "target": "Object.assign(document.querySelector('#print').style, { width: '9px', height: '9px', padding: 0, marginLeft: '-9px' })",
    "zoom": "document.querySelector('meta[name=viewport]').content = 'width=device-width, user-scalable=no'",
}
AXE_HARM = {
    "button-name": HARM["name"],
    "color-contrast": HARM["contrast"],
    "scrollable-region-focusable": "document.querySelectorAll('.wide').forEach((e) => { e.removeAttribute('tabindex'); e.style.width = '50px'; })",
}
AXE_RUN = """axe.run(document).then((found) => found.violations.map((x) => x.id + ': ' + x.nodes.slice(0, 3).map((n) => n.html.slice(0, 120)).join(' ')))"""


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def each_state(page):
    """Both languages; then with lists open, in English."""
    for language in ("ko", "en"):
        page.run("document.documentElement.lang = '%s'" % language)
        yield language
    page.run("document.querySelectorAll('#item-1 details, #left-out details, #cards details, #cluster-body details').forEach((d) => { d.open = true; })")
    page.wait("[...document.querySelectorAll('details[open]')].every((d) => d.children.length > 1)")
    yield "lists open"
    page.run("document.querySelectorAll('details').forEach((d) => { d.open = false; })")
    page.run("document.documentElement.lang = 'ko'")


def check_audit(page, check):
    audit = read(os.path.join(HERE, "audit.js"))
    for state in each_state(page):
        found = page.run("(%s)()" % audit)
        check(found == {}, "%s: %s" % (state, {rule: what[:4] for rule, what in found.items()}))


def check_axe(page, check):
    axe = os.environ.get("AXE", "")
    if not os.path.exists(axe):
        print("skipped: AXE names no axe.min.js (make test-web brings it where there is npm); the page's own audit was run")
        return False
    page.run(read(axe) + "; 0")
    for state in each_state(page):
        found = page.run(AXE_RUN)
        check(found == [], "axe, %s: %s" % (state, found[:4]))
    return True


def check_that_checks_can_fail(chromium, url, check, with_axe):
    audit = read(os.path.join(HERE, "audit.js"))
    rules = {line.split()[0] for line in audit.split("*/")[1].splitlines() if line.startswith("     ") and line[5] != " "}
    check(set(HARM) == rules, "not broken once, or no rule: %s" % (set(HARM) ^ rules))
    page = chromium.open(url, 1280, 900)
    for harm in HARM.values():
        page.run("void (%s)" % harm)
    found = page.run("(%s)()" % audit)
    check(set(found) == rules, "the audit does not tell of broken rules: %s" % sorted(rules - set(found)))
    page.close()
    if with_axe:
        page = chromium.open(url, 1280, 900)
        page.run(read(os.environ["AXE"]) + "; 0")
        for harm in AXE_HARM.values():
            page.run("void (%s)" % harm)
        found = {x.split(":")[0] for x in page.run(AXE_RUN)}
        check(set(AXE_HARM) <= found, "axe tells of %s alone" % sorted(found))
        page.close()


def check_keyboard(page, check):
    """Tab walks over everything that takes a press, in the order of the page, and one sees where it is."""
    expected = page.run("""[...document.querySelectorAll('a[href],button,input,select,summary,[tabindex="0"]')]
        .filter((e) => e.getClientRects().length && getComputedStyle(e).visibility === 'visible').length""")
    page.run("document.activeElement.blur(); window.scrollTo(0, 0)")
    page.run("document.querySelector('.skip').focus()")
    page.run("window.met = new Set([document.activeElement])")
    for _ in range(60):
        page.key("Tab", 9)
        focus = page.run("""(() => { const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect(), old = met.has(e); met.add(e);
            const box = e.matches('svg a') ? e.querySelector('text, circle').getBoundingClientRect() : r;
            return { what: e.tagName + '#' + e.id + ' ' + (e.getAttribute('href') || ''), width: parseFloat(s.outlineWidth), style: s.outlineStyle, old,
              shown: box.width > 0 && box.bottom > 0 && box.top < innerHeight }; })()""")
        check(focus["width"] >= 2 and focus["style"] != "none", "focus is not seen on %(what)s" % focus)
        check(focus["shown"] and not focus["old"], "Tab goes to %(what)s, out of sight or again" % focus)
    check(expected > 300 and page.run("met.size") == 61, "Tab met %s of %d" % (page.run("met.size"), expected))
    page.run("document.querySelector('#item-3 summary').focus()")
    page.key("Enter", 13)
    page.wait("document.querySelector('#item-3 details').open")
    page.run("document.querySelector('#item-table th[data-key=lq] button').focus()")
    page.key("Enter", 13)
    check(page.run("document.querySelector('#item-table th[data-key=lq]').getAttribute('aria-sort')") == "descending", "Enter does not sort")
    page.run("document.getElementById('language').focus()")
    page.key(" ", 32)
    check(page.run("document.documentElement.lang") == "en", "the space bar does not switch the language")
    page.key(" ", 32)


def check_tree(page, check):
    page.call("Accessibility.enable")
    nodes = [n for n in page.call("Accessibility.getFullAXTree")["nodes"] if not n.get("ignored")]
    page.call("Accessibility.disable")
    roles = {n["role"]["value"] for n in nodes}
    for role in ("main", "banner", "navigation", "heading", "table", "slider", "combobox", "region", "list", "searchbox", "status"):
        check(role in roles, "no %s in the accessibility tree" % role)
    charts = [n for n in nodes if n["role"]["value"] == "image"]
    check(len(charts) >= 20 and all(n["name"]["value"] for n in charts), "drawings without a name")
    check(any("2013" in n["name"]["value"] for n in charts), "a chart of years does not tell its numbers")


def check_reflow(page, check):
    page.resize(320, 640)
    page.wait("innerWidth === 320")
    check(page.run("document.documentElement.scrollWidth") <= 320, "scrolls sideways at 320 pixels: %s" % page.run(
        "document.documentElement.scrollWidth"))
    page.resize(1280, 900)
    page.wait("innerWidth === 1280")


def check_access(chromium, url, check):
    page = chromium.open(url, 1280, 900)
    check_audit(page, check)
    with_axe = check_axe(page, check)
    check_tree(page, check)
    check_reflow(page, check)
    page.close()
    page = chromium.open(url, 1280, 900)
    check_keyboard(page, check)
    page.close()
    check_that_checks_can_fail(chromium, url, check, with_axe)
