#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The report of the sample study, opened by the programs that people use: a browser, a spreadsheet. PICTURES names a folder for screenshots and the printed page.
. "$(dirname "$0")/../cli/lib.sh.inc"
command -v python3 >/dev/null || { echo "skipped: no python3 here; make test-web installs it"; exit 0; }
"$patopic" run corpus --study corpus/gimhae.ini --out "$scratch" --quiet >/dev/null || fail "run: exit $?"
export PYTHONDONTWRITEBYTECODE=1

# the table: whole names and no colour in a pipe, cut to the width of a terminal, colour there but not with NO_COLOR
report=("$patopic" report --study corpus/gimhae.ini --out "$scratch")
"${report[@]}" >"$scratch/plain.txt" 2>"$scratch/log.txt" || fail "report: exit $?"
grep -q $'\033' "$scratch/plain.txt" && fail "colour in a pipe"
grep -q '…' "$scratch/plain.txt" && fail "names are cut in a pipe"
grep -q 'report: [0-9.]* s' "$scratch/log.txt" || fail "no stages on stderr: $(cat "$scratch/log.txt")"
on_terminal() { # environment
    env "$@" script -qec "stty cols 80; ${report[*]}" /dev/null 2>/dev/null | tr -d '\r'
}
if command -v script >/dev/null && script -qec true /dev/null >/dev/null 2>&1; then
    on_terminal TERM=xterm NO_COLOR= >"$scratch/colour.txt"
    on_terminal TERM=xterm NO_COLOR=1 >"$scratch/grey.txt"
    grep -q $'\033\\[1m' "$scratch/colour.txt" || fail "no colour on a terminal"
    grep -q $'\033\\[[0-9]*m' "$scratch/grey.txt" && fail "colour in spite of NO_COLOR"
    python3 - "$scratch/grey.txt" <<'PYTHON' || fail "lines wider than the terminal"
import sys, unicodedata
lines = open(sys.argv[1], encoding="utf-8").read().split("산업 ", 1)[1].splitlines()[1:-1]
wide = [x for x in lines if sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in x) > 80]
print("\n".join(wide))
sys.exit(1 if wide or len(lines) < 40 else 0)
PYTHON
else
    echo "skipped: no script(1) here, so no terminal was tried"
fi
"${report[@]}" --quiet --log-json 2>&1 | grep -vq '^report: ' && fail "--quiet talks"

# the tables survive Python's csv module unchanged
python3 - "$scratch/gimhae/current" <<'PYTHON' || fail "round trip through Python's csv"
import csv, glob, io, sys
for path in glob.glob(sys.argv[1] + "/*.csv"):
    text = open(path, encoding="utf-8-sig", newline="").read()
    rows, out = list(csv.reader(io.StringIO(text, newline=""))), io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    if out.getvalue() != text or len({len(row) for row in rows}) != 1:
        sys.exit(path)
PYTHON

# and R's read.csv: as many rows and columns, numbers of applications as text
if command -v Rscript >/dev/null; then
    Rscript --vanilla - "$scratch/gimhae/current" >"$scratch/r.txt" 2>&1 <<'R' || fail "R's read.csv: $(cat "$scratch/r.txt")"
folder <- commandArgs(trailingOnly = TRUE)[1]
for (path in list.files(folder, "[.]csv$", full.names = TRUE)) {
    table <- read.csv(path, fileEncoding = "UTF-8-BOM", colClasses = "character", na.strings = character(0), check.names = FALSE)
    cat(basename(path), nrow(table), ncol(table), "\n")
    copy <- tempfile()
    write.csv(table, copy, row.names = FALSE, fileEncoding = "UTF-8")
    again <- read.csv(copy, fileEncoding = "UTF-8", colClasses = "character", na.strings = character(0), check.names = FALSE)
    if (!identical(table, again)) stop(path, " does not come back")
    if ("application_number" %in% names(table) && !all(grepl("^[0-9]{13}$", table$application_number))) stop(path, ": an application number")
}
R
    python3 - "$scratch/gimhae/current" "$scratch/r.txt" <<'PYTHON' || fail "R and Python read different tables"
import csv, os, sys
told = {name: (int(rows), int(columns)) for name, rows, columns in (line.split() for line in open(sys.argv[2]))}
for name in (x for x in os.listdir(sys.argv[1]) if x.endswith(".csv")):
    rows = list(csv.reader(open(os.path.join(sys.argv[1], name), encoding="utf-8-sig", newline="")))
    if told.get(name) != (len(rows) - 1, len(rows[0])):
        sys.exit("%s: %s, here %d rows" % (name, told.get(name), len(rows) - 1))
PYTHON
else
    echo "skipped: no Rscript here, so R did not read the tables"
fi

export AXE=${AXE:-${BUILD:-build}/web/node_modules/axe-core/axe.min.js}
python3 tests/web/check_page.py "$scratch/gimhae/current" ${PICTURES:+"$PICTURES"}
code=$?
[ $code -eq 0 ] || [ $code -eq 77 ] || fail "the page: exit $code"
python3 tests/web/check_workbook.py "$scratch/gimhae/current"
code=$?
[ $code -eq 0 ] || [ $code -eq 77 ] || fail "the workbook: exit $code"
finish
