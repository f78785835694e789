#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Count what the analyser's costs are made of, in treebanks (stdlib only).

usage: build_counts.py GOLD_FOLDER OUT_FOLDER [ALIGNED_FILE]

Reads NAME.morph.tsv of kaist-train, gsd-train and ksl-train (key, index, surface, morphemes as form/TAG) and writes
  morphemes.tsv    surface, analysis, count. A unit is the shortest stretch of an eojeol that whole morphemes cover:
                   one morpheme as a rule, several where they melt together (했 = 하/XSV+었/EP). The analysis is the
                   tag alone when the only morpheme is spelled as the surface.
  connections.tsv  right id, left id, count: how often a unit with this right id is followed by one with that left
                   id; ^ opens an eojeol and $ ends it.
ALIGNED_FILE gets the units of every eojeol for train/ (not part of the dictionary).
Both tables are counts, no sentence can be read back from them. Ids: see left_id and right_id.
"""
import sys
import unicodedata
from collections import Counter, defaultdict

KAIST = {
    'ncn': 'NNG', 'ncpa': 'NNV', 'ncps': 'NNA', 'nq': 'NNP', 'nbn': 'NNB', 'nbs': 'NNB', 'nbu': 'NNU',
    'npp': 'NP', 'npd': 'NP', 'nnc': 'NR', 'nno': 'NR', 'pvg': 'VV', 'pvd': 'VV', 'paa': 'VA', 'pad': 'VA',
    'px': 'VX', 'jp': 'VCP', 'mmd': 'MM', 'mma': 'MM', 'mag': 'MAG', 'mad': 'MAG', 'maj': 'MAJ', 'ii': 'IC',
    'jcs': 'JKS', 'jcc': 'JKS', 'jco': 'JKO', 'jcm': 'JKG', 'jca': 'JKB', 'jct': 'JKB', 'jcj': 'JC',
    'jcr': 'JKQ', 'jcv': 'JKV', 'jxc': 'JX', 'jxt': 'JX', 'jxf': 'JX', 'ep': 'EP', 'ef': 'EF', 'ecc': 'EC',
    'ecs': 'EC', 'ecx': 'EC', 'etm': 'ETM', 'etn': 'ETN', 'xp': 'XPN', 'xsn': 'XSN', 'xsv': 'XSV',
    'xsm': 'XSA', 'xsa': 'XSB', 'f': 'SL'}
SEJONG = {t: t for t in ('NNG NNP NNB NP NR VV VA VX VCP VCN MM MAG MAJ IC JKS JKO JKG JKB JX JC JKQ JKV EP EF EC '
                         'ETM ETN XPN XSN XSV XSA SL SH SN').split()}
SEJONG.update(JKC='JKS', XR='NNA', NF='NNG', MMD='MM', MMN='MM', MMA='MM', NNC='NR')
SYMBOLS = {'sf', 'sp', 'sl', 'sr', 'sd', 'se', 'su', 'sy', 'SF', 'SP', 'SS', 'SE', 'SO', 'SW'}
NOUN = {'NNG', 'NNV', 'NNA', 'NNP'}
# Sejong writes these suffixes apart, Kaist (and patents) keep them on the noun.
KEEP = set('성 화 율 률 형 식 권 계 론 기 부 체 막 층 류 생 자 산 질 력 제 판'.split())
# One word in dictionaries; the treebanks, Kaist too, write it both ways.
WHOLE = {('우리', '나라')}
LEXICAL = ('J', 'E', 'X')
FREQUENT = 30
# Ids of open classes carry the length of the unit: 1, 2, or 3 and more syllables.
SIZED = NOUN | {'VV', 'VA'}
CLOSE = set(')]}>”’』」》〉】')


def is_hangul(c):
    return '가' <= c <= '힣'


def jamo(text):
    return unicodedata.normalize('NFD', text)


def final_class(text):
    c = text[-1]
    if is_hangul(c):
        last = (ord(c) - 0xAC00) % 28
        return 'V' if last == 0 else 'L' if last == 8 else 'C'
    if c in '017368':
        return 'L' if c in '178' else 'C'
    return 'V' if c in '2459' else 'N'


def symbol(c):
    if c in '.!?':
        return 'SF'
    if c in ',·:;/、':
        return 'SP'
    if c in '([{<“‘『「《〈【':
        return 'SSO'
    if c in CLOSE:
        return 'SSC'
    return 'SW'


def rows(path):
    for line in open(path, encoding='utf-8'):
        cells = line.rstrip('\n').split('\t')
        morphemes = [tuple(m.rsplit('/', 1)) for m in cells[3].split(' ') if m]
        if all(len(m) == 2 and m[0] for m in morphemes):
            yield cells[2], morphemes


def spell_class(form):
    """Tag of what the scanner cuts off by itself: digits, Latin, hanja; None for Hangul."""
    if form[0].isdigit():
        return 'SN'
    if form[0].isascii() and form[0].isalpha() or 'Α' <= form[0] <= 'ω' or 'À' <= form[0] <= 'ɏ':
        return 'SL'
    if '\u4e00' <= form[0] <= '\u9fff':
        return 'SH'
    return None


def kaist(morphemes):
    out = []
    for form, tag in morphemes:
        if tag in SYMBOLS or tag not in KAIST:
            out.append((form, symbol(form[0])))
        else:
            out.append((form, spell_class(form) or KAIST[tag]))
    return out


def sejong(morphemes, votes):
    out = []
    for k, (form, tag) in enumerate(morphemes):
        following = morphemes[k + 1][1] if k + 1 < len(morphemes) else ''
        if tag == 'XSN' and form in KEEP and out and out[-1][1] in NOUN:
            out[-1] = (out[-1][0] + form, 'NNG' if form != '화' else 'NNV')
            continue
        if tag in SYMBOLS:
            out.append((form, symbol(form[0])))
            continue
        if tag not in SEJONG:
            return None
        tag = spell_class(form) or SEJONG[tag]
        if tag == 'NNG':
            tag = 'NNV' if following == 'XSV' else 'NNA' if following == 'XSA' else votes(form, 'NNG', NOUN)
        elif tag == 'NNB':
            tag = votes(form, 'NNB', {'NNB', 'NNU'})
        elif tag == 'XSA' and form in '이히':
            tag = 'XSB'
        out.append((form, tag))
    return out


def whole(morphemes):
    """Words of WHOLE that an annotator took apart, as one noun."""
    out = []
    for form, tag in morphemes:
        if out and tag in NOUN and (out[-1][0], form) in WHOLE:
            out[-1] = (out[-1][0] + form, 'NNG')
        else:
            out.append((form, tag))
    return out


def cells(surface):
    """The scanner's view: Hangul syllables one by one, runs of digits, Latin and hanja whole."""
    out, k = [], 0
    while k < len(surface):
        kind, n = spell_class(surface[k]), 1
        if kind:
            while k + n < len(surface) and (
                    spell_class(surface[k + n]) == kind or
                    kind == 'SN' and surface[k + n] in '.,' and surface[k + n + 1:k + n + 2].isdigit() or
                    kind == 'SL' and (surface[k + n].isdigit() and surface[k + n].isascii() or
                                      surface[k + n] in "-_&.'" and
                                      surface[k + n + 1:k + n + 2].isascii() and
                                      surface[k + n + 1:k + n + 2].isalnum())):
                n += 1
        out.append((surface[k:k + n], kind))
        k += n
    return out


def align(surface, morphemes):
    """Cheapest cover of the cells by units; None when the annotation does not fit the surface."""
    parts = cells(surface)
    n, m = len(parts), len(morphemes)
    best = {(0, 0): (0, None)}
    for i in range(n + 1):
        for j in range(m + 1):
            if (i, j) not in best:
                continue
            cost = best[i, j][0]
            for a in range(1, min(n - i, 12) + 1):
                text = ''.join(p[0] for p in parts[i:i + a])
                if any(p[1] for p in parts[i:i + a]) and a > 1:
                    break
                for b in range(1, min(m - j, 4) + 1):
                    group = morphemes[j:j + b]
                    if b == 1 and group[0][0] == text:
                        step = 0
                    elif parts[i][1] or not all(is_hangul(c) for c in text) or a > 4:
                        continue
                    elif any(t in NOUN for _, t in group) or any(t[0] == 'S' for _, t in group):
                        continue
                    elif jamo(text)[0] != jamo(group[0][0])[0] and group[0][1] != 'VCP':
                        continue
                    else:
                        step = 2 * a + b + 2 * abs(a - sum(len(f) for f, _ in group if is_hangul(f[0])))
                    key = (i + a, j + b)
                    if key not in best or cost + step < best[key][0]:
                        best[key] = (cost + step, (i, j))
    if (n, m) not in best:
        return None
    units, at = [], (n, m)
    while at != (0, 0):
        _, back = best[at]
        units.append((''.join(p[0] for p in parts[back[0]:at[0]]), tuple(morphemes[back[1]:at[1]])))
        at = back
    return units[::-1]


def sized(tag, surface):
    return f'{tag}.{min(len(surface), 3)}' if tag in SIZED else tag


def is_lexical(tag):
    return tag[0] in LEXICAL or tag in ('VCP', 'VX', 'VCN')


def main():
    gold, out = sys.argv[1], sys.argv[2]
    kaist_rows = [(s, kaist(m)) for s, m in rows(f'{gold}/kaist-train.morph.tsv')]
    seen = defaultdict(Counter)
    for _, morphemes in kaist_rows:
        for form, tag in morphemes:
            seen[form][tag] += 1

    def votes(form, default, allowed):
        ranked = [(c, t) for t, c in seen[form].items() if t in allowed] if form in seen else []
        return max(ranked)[1] if ranked else default

    every = kaist_rows
    for name in ('gsd-train', 'ksl-train'):
        every = every + [(s, sejong(m, votes)) for s, m in rows(f'{gold}/{name}.morph.tsv')]
    aligned, failed = [], 0
    for surface, morphemes in every:
        units = align(surface, whole(morphemes)) if morphemes else None
        if units is None:
            failed += 1
        else:
            aligned.append(units)
    unit_count, left_seen, right_seen = Counter(), Counter(), Counter()
    for units in aligned:
        for surface, group in units:
            unit_count[surface, group] += 1
            left_seen[group[0][1], surface] += 1
            right_seen[group[-1][1], group[-1][0]] += 1

    def left_id(surface, group):
        tag = group[0][1]
        return f'{tag}/{surface}' if is_lexical(tag) and left_seen[tag, surface] >= FREQUENT else sized(tag, surface)

    def right_id(surface, group):
        form, tag = group[-1]
        if is_lexical(tag):
            return f'{tag}/{form}' if right_seen[tag, form] >= FREQUENT else tag
        return tag if tag[0] == 'S' and tag != 'SN' or tag[0] in 'MI' else f'{sized(tag, surface)}:{final_class(surface)}'

    edges, rights, lefts = Counter(), {}, {}
    for units in aligned:
        last = '^'
        for surface, group in units:
            lefts[surface, group], rights[surface, group] = left_id(surface, group), right_id(surface, group)
            edges[last, lefts[surface, group]] += 1
            last = rights[surface, group]
        edges[last, '$'] += 1
    if len(sys.argv) > 3:
        with open(sys.argv[3], 'w', encoding='utf-8') as f:
            for units in aligned:
                row = [''.join(u[0] for u in units)]
                for surface, group in units:
                    plain = len(group) == 1 and group[0][0] == surface
                    row += [surface, group[0][1] if plain else '+'.join('/'.join(m) for m in group)]
                f.write('\t'.join(row) + '\n')
    note = ('# {what}, counted by dict/korean/build_counts.py in adapted material under CC BY-SA 4.0\n'
            '# (https://creativecommons.org/licenses/by-sa/4.0/); this table is shared under the same licence. Sources:\n'
            '# UD_Korean-Kaist and emorynlp/ud-korean (Chun, Han, Hwang, Choi 2018; KAIST Tree-Tagging Corpus, Choi et al.\n'
            '# 1994), training part; UD_Korean-GSD training part (Google; Chun et al. 2018); UD_Korean-KSL training part\n'
            '# (Sung, Shin). Changes: common tag set, units aligned to the surface, counts only.\n')
    with open(f'{out}/morphemes.tsv', 'w', encoding='utf-8') as f:
        f.write(note.format(what='Units of Korean eojeols') + 'surface\tanalysis\tcount\n')
        for (surface, group), count in sorted(unit_count.items()):
            if not all(is_hangul(c) for c in surface):
                continue
            plain = len(group) == 1 and group[0][0] == surface
            analysis = group[0][1] if plain else '+'.join('/'.join(m) for m in group)
            f.write(f'{surface}\t{analysis}\t{count}\n')
    with open(f'{out}/connections.tsv', 'w', encoding='utf-8') as f:
        f.write(note.format(what='Neighbours within eojeols') + 'right\tleft\tcount\n')
        for (right, left), count in sorted(edges.items()):
            f.write(f'{right}\t{left}\t{count}\n')
    print(f'{len(aligned)} eojeols aligned, {failed} not; {len(unit_count)} units, {len(set(lefts.values()))} left ids, '
          f'{len(set(rights.values()))} right ids, {len(edges)} connections')


main()
