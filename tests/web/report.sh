#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The report of the sample study in a real browser. PICTURES names a folder for screenshots and the printed page.
. "$(dirname "$0")/../cli/lib.sh.inc"
command -v python3 >/dev/null || { echo "skipped: no python3 here; make test-web installs it"; exit 0; }
"$patopic" run corpus --study corpus/gimhae.ini --out "$scratch" --quiet >/dev/null || fail "run: exit $?"
PYTHONDONTWRITEBYTECODE=1 python3 tests/web/check_page.py "$scratch/gimhae/current" ${PICTURES:+"$PICTURES"}
code=$?
[ $code -eq 0 ] || [ $code -eq 77 ] || fail "the page: exit $code"
finish
