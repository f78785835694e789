# SPDX-License-Identifier: Apache-2.0
"""paraphrase.py DICT OUT - the tables of DICT/synth told by somebody else: other sentences and titles, half of the parts by another
word, names with other spacing and other verbs. The planted names and seeds stay. For `recovery ... OUT` (bench/recovery.sh)."""
import os
import shutil
import sys
import zlib

SENTENCES = """
title	all	20	{이름}
title	all	12	{수식}{이름}
title	all	8	{이름} 및 그의 운용방법
title	all	8	{부품1|을/를} 구비한 {이름}
title	all	6	{이름|과/와} 이를 이용한 {동작1} 방법
title	all	6	{물리량1|이/가} 개선된 {이름}
title	all	5	{이름}용 {부품1}
title	all	5	{동작1} 가능한 {이름}
title	all	4	{문제1|을/를} 줄인 {이름}, 이의 제작방법
title	all	4	{재료1|을/를} 적용한 {이름}
opening	all	10	{이름|이/가} 개시된다. 개시된 {이름|은/는} {관련1}에 쓰인다.
opening	all	8	{관련1|을/를} 대상으로 하는 {제목|을/를} 제안한다.
opening	all	8	본 출원은 {제목}에 대한 것이며, 그 목적은 {문제1} 없이 {동작1|을/를} 수행하는 데 있다.
opening	all	6	{사용자|을/를} 위하여 {관련1|과/와} {관련2|을/를} 함께 다루는 {이름|을/를} 마련하였다.
problem	all	8	알려진 {관련2}에서는 {문제1|이/가} 자주 보고되었다.
problem	all	6	{이웃1|을/를} 쓰는 방식은 {문제1} 탓에 {효과1|을/를} 기대하기 어렵다.
composition	all	9	이 {이름|은/는} {부품1}, {부품2}, {부품3} 그리고 {부품4|으로/로} 이루어진다.
composition	all	8	{부품1|은/는} {위치1}에 놓이고, {부품2|이/가} 그 곁에서 {재료1|을/를} {동작1}한다.
composition	all	7	여기에 {재료1|과/와} {재료2|이/가} 쓰이며 {물리량1|은/는} {수1}에서 {수2}까지이다.
relation	all	8	{부품2|이/가} {물리량1|을/를} 바꾸면 {부품1|은/는} {동작2} 상태로 넘어간다.
relation	all	6	{동작1} 뒤에 {부품3|이/가} {물리량2|을/를} 다시 확인한다.
method	all	8	먼저 {재료1|을/를} {동작1}하고, 이어서 {부품1|으로/로} {동작2}한 다음, {물리량1|을/를} 살핀다.
method	all	6	순서는 {동작1}, {동작2}, {동작3|이다/이다}.
effect	all	8	그 결과 {효과1|이/가} 좋아지고 {문제1|이/가} 줄어든다.
effect	all	6	{사용자|은/는} {효과1|을/를} 바로 느낄 수 있다.
use	all	6	{관련1} 말고도 {관련2} 현장에 두루 쓰인다.
use	all	4	{이웃1} 분야로 넓힐 수 있다.
claim	all	8	{부품1|과/와} {부품2|을/를} 가지는 {이름}.
""".strip().replace("|이다/이다}", "}이다").split("\n")

PARTS = [("제어부", "컨트롤러"), ("센서", "감지기"), ("판단부", "판정 모듈"), ("저장부", "보관 모듈"), ("표시부", "화면 유닛"), ("통신부", "송수신 유닛"),
         ("노즐", "분사구"), ("탱크", "저장조"), ("밸브", "개폐구"), ("프레임", "골조"), ("모터", "구동기"), ("펌프", "압송기"), ("카메라", "촬영기"),
         ("서버", "관리 컴퓨터"), ("단말", "휴대 기기"), ("배관", "관로"), ("필터", "여과체"), ("부", " 유닛"), ("기", "기구")]
NAMES = [("를 이용한", "를 활용한"), ("을 이용한", "을 활용한"), ("를 활용한", " 기반"), (" 시스템", "시스템"), (" 장치", "장치"), ("저장 탱크", "저장탱크"),
         (" 제조", "제조"), ("제조시스템", "제조 설비")]


def coin(text):
    return zlib.crc32(text.encode()) % 2


def other_part(part):
    for old, new in PARTS:
        if coin(part) and part.endswith(old):
            return part[:-len(old)] + new
    return part


def other_name(name):
    for old, new in NAMES:
        if old in name and coin(name + old):
            return name.replace(old, new)
    return name


def rewrite(path):
    with open(path, encoding="utf-8") as file:
        lines = file.read().rstrip("\n").split("\n")
    head, out = None, []
    for line in lines:
        cells = line.split("\t")
        if line.startswith("#") or head is None:
            head = head if line.startswith("#") else cells
        else:
            for column, change in (("parts", other_part), ("variants", other_name), ("heads", other_name)):
                if column in head:
                    at = head.index(column)
                    cells[at] = "|".join(dict.fromkeys(change(word) for word in cells[at].split("|")))
        out.append("\t".join(cells))
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(out) + "\n")


def main():
    source, out = sys.argv[1:]
    shutil.copytree(os.path.join(source, "synth"), os.path.join(out, "synth"))
    with open(os.path.join(out, "synth", "sentences.tsv"), "w", encoding="utf-8") as file:
        file.write("kind\tstyles\tweight\tpattern\n" + "\n".join(SENTENCES) + "\n")
    for table in ("technologies.tsv", "items.tsv", "outside.tsv"):
        rewrite(os.path.join(out, "synth", table))


main()
