#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""check_news.py RUN_FOLDER - the page of an update tells every row of changes.csv. Exit 77 where there is no Chromium."""
import csv
import os
import sys

import browser


def main():
    folder = sys.argv[1]
    program = browser.find_program()
    if not program:
        print("skipped: no Chromium here; `make test-web` installs it")
        return 77
    with open(os.path.join(folder, "changes.csv"), encoding="utf-8-sig", newline="") as file:
        changes = list(csv.DictReader(file))
    with browser.Browser(program) as chromium:
        page = chromium.open("file://" + os.path.abspath(os.path.join(folder, "report.html")), 1280, 900)
        shown = page.run("document.querySelector('#news').innerText")
        names = page.run("[...document.querySelectorAll('#news tbody tr td:nth-child(3)')].map((x) => x.textContent)")
        complaints = page.complaints()
        page.click("nav a[href='#news']")
    failures = []
    if not changes or sorted(names) != sorted(row["name"] for row in changes):
        failures.append("%d rows on the page, %d in changes.csv" % (len(names), len(changes)))
    if "NaN" in shown or "undefined" in shown or "null" in shown or "건이 더해지고" not in shown:
        failures.append("the section says: " + shown[:200])
    print("%d changes" % len(changes))
    print("\n".join(failures + complaints))
    return 1 if failures or complaints else 0


if __name__ == "__main__":
    sys.exit(main())
