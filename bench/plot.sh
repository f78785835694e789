#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# plot.sh - the figures of bench/results as SVG beside their tables (needs gnuplot).
set -eu
cd "$(dirname "$0")/results"
command -v gnuplot >/dev/null || { echo "gnuplot is not here: skipped" >&2; exit 0; }
style='set terminal svg size 720,460 font "sans-serif,13" background "white" noenhanced; set datafile separator "\t"; set grid lc rgb "#dddddd"; set key top right'
# One curve a sampler of one corpus: held-out perplexity against processor seconds.
quality() { # FILE CORPUS TOPICS TITLE
    names=$(awk -F'\t' -v c="$2" -v k="$3" '$1 == c && $2 == k && $4 == 1 && !seen[$3]++ { print $3 }' peers.tsv)
    [ -n "$names" ] || return 0
    plots=$(printf '%s\n' "$names" | while IFS= read -r name; do
        printf "'< awk -F\"\\\\t\" -v OFS=\"\\\\t\" \"\\\\\$1 == \\\\\"%s\\\\\" && \\\\\$2 == %s && \\\\\$4 == 1 && \\\\\$3 == \\\\\"%s\\\\\" { print \\\\\$7, \\\\\$8 }\" peers.tsv' using 1:2 with linespoints pt 7 ps .5 lw 2 title \"%s\", " "$2" "$3" "$name" "$name"
    done)
    gnuplot <<END
$style; set output "$1"; set title "$4"; set logscale x; set xlabel "processor seconds, one thread"; set ylabel "held-out perplexity"
plot ${plots%, }
END
}
quality quality-synthetic.svg 'genlda 50000 2000 50000 311 100 1' 320 'genlda 50000 2000 50000 311 100 1, 5.0 M tokens, 320 topics'
quality quality-real.svg 'kowiki-2020 and Korean patents' 320 'Korean Wikipedia and patents, 1.5 M tokens, 320 topics'
quality quality-r8.svg R8 320 'R8, 0.4 M tokens, 320 topics'
# Rows of scaling.tsv: what, x, tokens, topics, threads, million tokens a second, peak MB.
if [ -f scaling.tsv ]; then
    gnuplot <<END
$style; unset key
set output "scaling-tokens.svg"; set title "One sweep, 351 topics, 1 thread"; set logscale xy; set xlabel "tokens"; set ylabel "processor seconds a sweep"
plot '< awk -F"\t" "\\\$1 == \"tokens\"" scaling.tsv' using 3:(\$3 / \$6 / 1e6) with linespoints pt 7 lw 2
set output "scaling-topics.svg"; set title "5.0 M tokens, 1 thread"; set xlabel "topics"; set ylabel "ns a token"
plot '< awk -F"\t" "\\\$1 == \"topics\"" scaling.tsv' using 4:(1e3 / \$6) with linespoints pt 7 lw 2
unset logscale; set output "scaling-threads.svg"; set title "5.0 M tokens, 351 topics"; set xlabel "threads"; set ylabel "million tokens a second"; set xtics 1; set yrange [0:*]; set key top left
plot '< awk -F"\t" "\\\$1 == \"threads\"" scaling.tsv' using 5:6 with linespoints pt 7 lw 2 title "patopic", '' using 5:(\$5 == 1 ? one = \$6 : one * \$5) with lines dt 2 title "without any loss"
END
fi
