#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What a user sees who types something wrong, or asks for help.
. "$(dirname "$0")/lib.sh.inc"

expect 64 "usage:" -- "$patopic"
expect 0 "usage:" "run" "Exit codes" -- "$patopic" help
expect 0 "[update]" "min_patents = 3" "kappa = 50" -- "$patopic" help study
expect 0 "--threads N" "--study FILE" -- "$patopic" help run
expect 0 "[0.01]" "[100]" -- "$patopic" lda --help
expect 0 "patopic 0." -- "$patopic" --version
expect 64 "no command 'fly'" -- "$patopic" fly
expect 64 "--colour" "no such option" -- "$patopic" run --colour corpus
expect 64 "needs a value" -- "$patopic" run corpus --study
expect 64 "--threads 0" "from 1 to" -- "$patopic" run corpus --threads 0
expect 64 "--threads two" -- "$patopic" run corpus --threads two
expect 64 "--sweeps -5" -- "$patopic" train --sweeps -5
expect 64 "which files or folders" -- "$patopic" run
expect 64 "where to" -- "$patopic" ingest corpus
expect 64 "takes no path" -- "$patopic" train somewhere
expect 64 "which corpus" -- "$patopic" lda
expect 64 "which one" -- "$patopic" export
expect 64 "--format spss" -- "$patopic" export --format spss
expect 0 "vosviewer" "tomotopy-text" -- "$patopic" help export
finish
