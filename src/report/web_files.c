/* SPDX-License-Identifier: Apache-2.0 */
/* The paths are relative to the top of the source tree, where make runs. */
#include "report/web_files.h"

#define EMBED(name, path)                                                                                    \
    __asm__(".pushsection .rodata\n.global " #name "\n.type " #name ", @object\n" #name ":\n.incbin \"" path \
            "\"\n.byte 0\n.size " #name ", . - " #name "\n.popsection\n")

EMBED(pt_web_html, "src/report/web/report.html");
EMBED(pt_web_css, "src/report/web/report.css");
EMBED(pt_web_js, "src/report/web/report.js");
