#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# check_layers.sh [SRC] - dependencies point down only: fails on an include that points up or sideways, and
# on an outside library's header outside the folder that is its door.
set -u
src=${1:-src}
declare -A below=(
    [base]="base"
    [patent]="base patent"
    [korean]="base korean"
    [topics]="base topics"
    [synth]="base synth"
    [store]="base patent korean store"
    [study]="base topics korean study"
    [report]="base topics korean study report"
    [pipeline]="base patent korean topics synth store study report pipeline"
    [cli]="base patent korean topics synth store study report pipeline cli"
)
declare -A door=(
    [libxml/]="patent" [pcre2.h]="korean" [utf8proc.h]="korean" [sqlite3.h]="store" [xlsxwriter.h]="report"
    [jansson.h]="base" [ini.h]="base" [archive.h]="patent" [nettle/]="base" [omp.h]="base" [igraph/]="study" [mpi.h]="topics"
)
bad=0
while IFS=: read -r file line text; do
    room=${file#"$src"/}; room=${room%%/*}
    if [[ $text =~ \"([a-z]+)/[a-z0-9_]+\.h\" ]]; then
        case " ${below[$room]:-} " in
            *" ${BASH_REMATCH[1]} "*) ;;
            *) echo "$file:$line: $room may not include ${BASH_REMATCH[1]}"; bad=1 ;;
        esac
    fi
    for header in "${!door[@]}"; do
        if [[ $text == *"<$header"* && $room != "${door[$header]}" ]]; then
            echo "$file:$line: <$header enters by ${door[$header]} only"; bad=1
        fi
    done
    if [[ $text == *"<mpi.h"* && $file != "$src/topics/ranks.c" ]]; then
        echo "$file:$line: <mpi.h> enters by topics/ranks.c only"; bad=1
    fi
done < <(grep -rnE '^[[:space:]]*#[[:space:]]*include' "$src" --include='*.c' --include='*.h')
exit $bad
