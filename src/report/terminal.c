/* SPDX-License-Identifier: Apache-2.0 */
#include "report/terminal.h"
#include "report/outline.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define BOLD "\033[1m"
#define CYAN "\033[36m"
#define PLAIN "\033[0m"

enum { LEAST_COLUMNS = 60, FIGURES_WIDTH = 17, GAPS = 4 };

/* Ranges of East Asian Width W and F (Unicode TR 11) that occur in text, and of marks without width. */
static int width_of(uint32_t code) {
    static const struct {
        uint32_t first, last;
        int width;
    } ranges[] = {{0x0000, 0x001F, 0}, {0x007F, 0x009F, 0}, {0x0300, 0x036F, 0},   {0x1100, 0x115F, 2},
                  {0x1160, 0x11FF, 0}, {0x200B, 0x200F, 0}, {0x20D0, 0x20FF, 0},   {0x2E80, 0x303E, 2},
                  {0x3041, 0x33FF, 2}, {0x3400, 0x4DBF, 2}, {0x4E00, 0x9FFF, 2},   {0xA960, 0xA97F, 2},
                  {0xAC00, 0xD7A3, 2}, {0xF900, 0xFAFF, 2}, {0xFE00, 0xFE0F, 0},   {0xFE30, 0xFE6F, 2},
                  {0xFF00, 0xFF60, 2}, {0xFFE0, 0xFFE6, 2}, {0x1F300, 0x1F64F, 2}, {0x20000, 0x3FFFD, 2}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (code >= ranges[i].first && code <= ranges[i].last)
            return ranges[i].width;
    return 1;
}

/* Code point at *text, which moves behind it; a wrong byte counts as one of width 1. */
static uint32_t next_code(const char **text) {
    const unsigned char *p = (const unsigned char *)*text;
    const int more = *p >= 0xF0 ? 3 : *p >= 0xE0 ? 2 : *p >= 0xC0 ? 1 : 0;
    uint32_t code = more == 3 ? *p & 7U : more == 2 ? *p & 15U : more == 1 ? *p & 31U : *p;
    int i = 1;
    for (; i <= more && (p[i] & 0xC0) == 0x80; i++)
        code = code << 6 | (p[i] & 63U);
    *text += i;
    return i > more ? code : '?';
}

int pt_display_width(const char *text) {
    int width = 0;
    while (*text)
        width += width_of(next_code(&text));
    return width;
}

static void pad(pt_buf *out, int cells) {
    while (cells-- > 0)
        pt_buf_putc(out, ' ');
}

/* Text in exactly `cells` cells: cut with an ellipsis, or filled with blanks. Control characters are left
 * out: a title must not steer the terminal. */
static void put_cell(pt_buf *out, const char *text, int cells) {
    const bool fits = pt_display_width(text) <= cells;
    const int room = fits ? cells : cells - 1;
    int used = 0;
    while (*text) {
        const char *from = text;
        const uint32_t code = next_code(&text);
        const int width = width_of(code);
        if (used + width > room)
            break;
        if (code >= 0x20 && (code < 0x7F || code > 0x9F))
            pt_buf_append(out, from, (size_t)(text - from));
        used += width;
    }
    if (!fits) {
        pt_buf_puts(out, "…");
        used++;
    }
    pad(out, cells - used);
}

typedef struct layout {
    int industry, item, technology;
    bool colour;
} layout;

static int larger(int a, int b) {
    return a > b ? a : b;
}

static layout fit(const pt_findings *f, int columns, bool colour) {
    layout l = {4, 4, 4, colour};
    for (uint32_t i = 0; i < f->selection->n; i++) {
        l.industry = larger(l.industry, pt_display_width(pt_industry_name(f, f->selection->at[i].industry)));
        l.item = larger(l.item, 3 + pt_display_width(f->items->at[f->selection->at[i].item].name));
    }
    for (uint32_t t = 0; t < f->technologies->n; t++)
        l.technology = larger(l.technology, 3 + pt_display_width(f->technologies->at[t].name));
    if (columns == 0)
        return l;
    int room = larger(columns, LEAST_COLUMNS) - FIGURES_WIDTH - GAPS;
    l.industry = l.industry > room / 4 ? room / 4 : l.industry;
    room -= l.industry;
    if (l.item + l.technology > room) {
        l.item = l.item > room / 2 ? room / 2 : l.item;
        l.technology = room - l.item;
    }
    return l;
}

static void put_coloured(pt_buf *out, const layout *l, const char *colour, const char *text, int cells) {
    if (l->colour)
        pt_buf_puts(out, colour);
    put_cell(out, text, cells);
    if (l->colour)
        pt_buf_puts(out, PLAIN);
}

static void put_header(pt_buf *out, const layout *l) {
    put_coloured(out, l, BOLD, "산업", l->industry);
    pt_buf_puts(out, "  ");
    put_coloured(out, l, BOLD, "품목", l->item);
    put_coloured(out, l, BOLD, "     특허  특화도", FIGURES_WIDTH);
    pt_buf_puts(out, "  ");
    put_coloured(out, l, BOLD, "기술", 4);
    pt_buf_putc(out, '\n');
}

static void put_figures(pt_buf *out, const pt_indicator *x) {
    pt_buf_printf(out, "%9.1f", x->patents);
    if (isfinite(x->lq_shrunk))
        pt_buf_printf(out, "%8.2f", x->lq_shrunk);
    else
        pt_buf_puts(out, "       -");
}

static void end_line(pt_buf *out) {
    while (out->n && out->at[out->n - 1] == ' ')
        out->at[--out->n] = '\0';
    pt_buf_putc(out, '\n');
}

static void put_technology(pt_buf *out, const layout *l, const pt_technology *technology) {
    pt_buf name = {0};
    if (technology)
        pt_buf_printf(&name, "%2u %s", technology->number, technology->name);
    put_cell(out, pt_buf_text(&name), l->technology);
    pt_buf_free(&name);
    end_line(out);
}

static void put_item(pt_buf *out, const layout *l, const pt_findings *f, uint32_t i) {
    const pt_selected *selected = &f->selection->at[i];
    const bool is_first = i == 0 || f->selection->at[i - 1].industry != selected->industry;
    pt_buf name = {0};
    pt_buf_printf(&name, "%2u %s", i + 1, f->items->at[selected->item].name);
    put_coloured(out, l, CYAN, is_first ? pt_industry_name(f, selected->industry) : "", l->industry);
    pt_buf_puts(out, "  ");
    put_coloured(out, l, BOLD, pt_buf_text(&name), l->item);
    pt_buf_free(&name);
    put_figures(out, &f->indicators->at[selected->item]);
    pt_buf_puts(out, "  ");
    bool continued = false;
    for (uint32_t t = 0; t < f->technologies->n; t++) {
        if (f->technologies->at[t].item != selected->item)
            continue;
        if (continued)
            pad(out, l->industry + l->item + FIGURES_WIDTH + GAPS);
        put_technology(out, l, &f->technologies->at[t]);
        continued = true;
    }
    if (!continued)
        put_technology(out, l, NULL);
}

void pt_report_terminal(const pt_findings *findings, pt_buf *out, int columns, bool colour) {
    const layout l = fit(findings, columns, colour);
    if (findings->study->note[0])
        pt_buf_printf(out, "%s\n", findings->study->note);
    put_header(out, &l);
    for (uint32_t i = 0; i < findings->selection->n; i++)
        put_item(out, &l, findings, i);
}
