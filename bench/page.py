#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""page.py REPORT.HTML LABEL [RUNS [SLOWER]] - opens a page in RUNS fresh headless Chromiums and uses it; TSV rows of the medians.
SLOWER (1) is the factor by which Chromium slows the processor down. Milliseconds: first paint, everything built, the longest
task (longtask entries, 0 = none over 50 ms) of opening and of each use."""
import os
import statistics
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tests", "web"))
import browser  # noqa: E402

# what is done -> script; each is awaited until the page has come to rest
USES = {
    "open item 1": "document.querySelector('#item-1 summary').click()",
    "50 more patents": "document.querySelector('#item-1 .more').click()",
    "sort items": "document.querySelector('#item-table th[data-key=lq] button').click()",
    "filter items": "(() => { const f = document.getElementById('item-filter'); f.value = '시'; f.dispatchEvent(new Event('input')); })()",
    "English": "document.getElementById('language').click()",
    "next topic": "document.getElementById('topic-after').click()",
    "unclassified": "document.querySelector('#left-out-body details summary').click()",
    "all lists": "document.querySelectorAll('#roadmap details').forEach((d) => { d.open = true; })",
}


def longest(page):
    tasks = page.run("longTasks.splice(0)")
    return max(tasks, default=0)


def one_run(program, url, slower):
    found = {}
    with browser.Browser(program) as chromium:
        page = chromium.open("about:blank", 1280, 900, ready=False)
        page.call("Emulation.setCPUThrottlingRate", rate=slower)
        time.sleep(2)  # the browser's own pages are still being built when it answers
        page.load(url)
        page.wait("document.documentElement?.dataset.ready", 60)
        time.sleep(0.5)
        found["first paint"] = page.run("performance.getEntriesByType('paint')[0].startTime")
        found["built"] = page.run("performance.getEntriesByName('built')[0]?.startTime || 0")
        found["opening"] = longest(page)
        for name, script in USES.items():
            page.run(script)
            time.sleep(0.4 * slower)
            found[name] = longest(page)
        found["heap MB"] = page.run("performance.memory.usedJSHeapSize / 1e6")
    return found


def main():
    path, label = sys.argv[1:3]
    runs, slower = int((sys.argv[3:4] or [5])[0]), float((sys.argv[4:5] or [1])[0])
    program = browser.find_program()
    if not program:
        print("skipped: no Chromium here", file=sys.stderr)
        return 0
    found = [one_run(program, "file://" + os.path.abspath(path), slower) for _ in range(runs)]
    rows = [("size MB", os.path.getsize(path) / 1e6)]
    rows += [(name, statistics.median(x[name] for x in found)) for name in found[0]]
    rows += [("longest of all runs", max(max(v for k, v in x.items() if k not in ("first paint", "built", "heap MB")) for x in found))]
    for name, value in rows:
        print("%s\t%g\t%s\t%.4g" % (label, slower, name, value))
    return 0


if __name__ == "__main__":
    sys.exit(main())
