/* SPDX-License-Identifier: Apache-2.0 */
/* The paths are relative to the top of the source tree, where make runs. */
#include "report/web_files.h"

#define TAKE(file) ".incbin \"src/report/web/" file "\"\n"
#define D3 ".incbin \"/usr/share/nodejs/d3/dist/d3.min.js\"\n.ascii \"\\n\"\n" /* Debian's node-d3 */
#define EMBED(name, files)                                                                                   \
    __asm__(".pushsection .rodata\n.global " #name "\n.type " #name ", @object\n" #name ":\n" files          \
            ".byte 0\n.size " #name ", . - " #name "\n.popsection\n")

EMBED(pt_web_html, TAKE("report.html"));
EMBED(pt_web_css, TAKE("report.css"));
/* One script: d3, then the parts, main.js last, which calls them. */
EMBED(pt_web_js,
      TAKE("d3-licence.js") D3 TAKE("elements.js") TAKE("data.js") TAKE("charts.js") TAKE("glance.js")
          TAKE("news.js") TAKE("roadmap.js") TAKE("items.js") TAKE("explain.js") TAKE("years.js")
              TAKE("network.js") TAKE("topics.js") TAKE("cards.js") TAKE("method.js") TAKE("main.js"));
