#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""check_workbook.py RUN_FOLDER - LibreOffice opens report.xlsx; every sheet is compared cell by cell with the tables.
Exit 77 where there is no LibreOffice."""
import csv
import glob
import os
import shutil
import subprocess
import sys
import tempfile

ALL_SHEETS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
# sheet -> table, and pairs (column of the sheet, column of the table)
SHEETS = {
    "품목 지표": ("items.csv", [
        ("품목 ID", "item_id"), ("테마", "theme"), ("분야", "field"), ("품목", "item"), ("순위", "rank"), ("점수", "score"),
        ("지역 특허", "patents"), ("비교 집단 특허", "patents_reference"), ("비중", "share"), ("특화도(LQ)", "lq"),
        ("특화도(수축)", "lq_shrunk"), ("구간 5 %", "lq_low"), ("구간 95 %", "lq_high"), ("연평균 성장", "growth"),
        ("최근성", "recency"), ("출원인 수", "applicants")]),
    "산업-품목-기술": ("technologies.csv", [
        ("산업", "industry"), ("품목 번호", "item_no"), ("품목", "item"), ("기술 번호", "tech_no"), ("기술", "technology"),
        ("특허 수", "patents"), ("처음 출원", "first_year"), ("최근 출원", "last_year"), ("출원인 수", "applicants"),
        ("대표 특허", "representative_patents")]),
    "선정 까닭": ("selection_reasons.csv", [
        ("점수 순위", "rank"), ("산업", "industry"), ("품목 ID", "item_id"), ("품목", "item"), ("선정", "selected"), ("차점", "runner_up"),
        ("지역 특허", "patents"), ("점수", "score"), ("비중", "share"), ("비중 백분위", "share_rank"), ("특화도(수축)", "lq_shrunk"),
        ("특화도 백분위", "lq_rank"), ("연평균 성장", "growth"), ("성장 백분위", "growth_rank"), ("최근성", "recency"),
        ("최근성 백분위", "recency_rank"), ("비교한 품목", "compared_with"), ("까닭", "reason")]),
    "산업 비교": ("industries.csv", [
        ("산업", "industry"), ("후보 품목", "items"), ("선정 품목", "selected_items"), ("지역 특허", "patents"),
        ("비교 집단 특허", "patents_reference"), ("비중", "evidence_share"), ("특화도(수축)", "evidence_lq_shrunk"),
        ("연평균 성장", "evidence_growth"), ("최근성", "evidence_recency"), ("출원인 수", "evidence_applicants"),
        ("출원인 집중도(HHI)", "evidence_hhi"), ("다른 산업과 겹침", "evidence_reach")]),
    "성장 경로": ("item_paths.csv", [
        ("품목 ID", "item_id"), ("품목", "item"), ("선정", "selected"), ("처음 연도", "first_year"),
        ("공개가 끝난 해", "last_complete_year"), ("그 앞 3년 평균", "mean_before"), ("최근 3년 평균", "mean_now"),
        ("두 평균의 비", "ratio"), ("성장 경로", "growth_path")]),
    "기술 연도별": ("technology_years.csv", [
        ("기술 번호", "tech_no"), ("기술", "technology"), ("연도", "year"), ("특허 수", "patents"), ("3년 평균", "mean_3"),
        ("공개가 끝남", "complete"), ("성장 경로", "growth_path")]),
    "진입 후보": ("entry_candidates.csv", [
        ("순위", "rank"), ("품목 ID", "item_id"), ("품목", "item"), ("산업", "industry"), ("관련 밀도", "density"), ("특화도(LQ)", "lq"),
        ("기술 복잡도", "complexity"), ("지역 특허", "patents"), ("비교 집단 특허", "patents_reference"), ("군집", "cluster"),
        ("가까운 선정 품목", "nearest_selected_item")]),
    "품목 군집": ("clusters_of_items.csv", [
        ("군집", "cluster"), ("종류", "kind"), ("밖으로 나가는 연결", "outside"), ("품목 ID", "item_id"), ("품목", "item"),
        ("연결 강도", "strength"), ("지역 특허", "patents"), ("비교 집단 특허", "patents_reference"), ("특화도(수축)", "lq_shrunk"),
        ("선정", "selected")]),
    "기술별 특허": ("technology_patents.csv", [
        ("기술 번호", "tech_no"), ("기술", "technology"), ("출원번호", "application_number"), ("제목", "title"), ("중심성", "weight")]),
    "새 소식": ("changes.csv", [
        ("번호", "id"), ("이름", "name"), ("이전", "before"), ("지금", "after"), ("새 특허", "n_patents"), ("출원번호", "patents"),
        ("까닭", "reason"), ("구분", "subject"), ("변화", "change")]),
    "빈칸과 규칙": ("notes.csv", [("무엇", "about"), ("설명", "note")]),
    "용어": ("topics.csv", [
        ("주제 번호", "topic"), ("품목 ID", "item_id"), ("품목", "item"), ("순위", "rank"), ("낱말", "word"),
        ("확률", "probability")]),
}
YES_NO = {"선정", "차점", "공개가 끝남"}  # 예 and nothing for 1 and 0
failures = []


def read(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def unguarded(text):
    """The tables put an apostrophe before what would run as a formula; in a workbook a text is a text."""
    return text[1:] if text[:1] == "'" and text[1:2] in set("=+-@\t\r\n") else text


def same(a, b):
    if a == b:
        return True
    try:
        a = float(a[:-1]) / 100 if a.endswith("%") else float(a)
        return abs(a - float(b)) <= 2e-6 * max(1e-3, abs(float(b)))
    except ValueError:
        return False


def compare(name, sheet, table, columns):
    if len(sheet) != len(table):
        failures.append("%s: %d rows, the table has %d" % (name, len(sheet), len(table)))
    cells = 0
    for n, (row, expected) in enumerate(zip(sheet, table)):
        for ours, theirs in columns:
            cells += 1
            told = {"예": "1", "": "0"}.get(row[ours], row[ours]) if ours in YES_NO else row[ours]
            if not same(told, unguarded(expected[theirs])):
                failures.append("%s, row %d, %s: %r, the table has %r" % (name, n + 2, ours, row[ours], expected[theirs]))
    print("%s: %d cells" % (name, cells))


def patents_by_row(folder):
    """patents.csv in the shape of the sheet: a row a patent of the region, its items side by side."""
    found = {}
    for row in read(os.path.join(folder, "patents.csv")):
        if row["in_region"] == "1" and row["item_id"]:
            wide = found.setdefault(row["application_number"], {"출원번호": row["application_number"],
                                    "출원일": row["application_date"], "제목": unguarded(row["title"])})
            wide[row["item_rank"] + "순위 품목"] = row["item"]
            wide[row["item_rank"] + "순위 근거"] = row["evidence"]
    columns = ["출원번호", "출원일", "제목"] + ["%d순위 %s" % (i, x) for i in (1, 2, 3) for x in ("품목", "근거")]
    return [{c: row.get(c, "") for c in columns} for row in found.values()], [(c, c) for c in columns]


def main():
    folder = sys.argv[1]
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office:
        print("skipped: no LibreOffice here, so the workbook was not opened")
        return 77
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run([office, "-env:UserInstallation=file://" + os.path.join(scratch, "profile"), "--headless",
                        "--convert-to", ALL_SHEETS, "--outdir", scratch, os.path.join(folder, "report.xlsx")],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        sheets = {os.path.basename(p)[len("report-"):-len(".csv")]: p for p in glob.glob(os.path.join(scratch, "report-*.csv"))}
        expected = set(SHEETS) | {"요약", "연도별", "특허 목록", "미분류", "설정과 출처"}
        if not os.path.exists(os.path.join(folder, "changes.csv")):  # of an update alone
            expected.remove("새 소식")
        for name in sorted(expected ^ set(sheets)):
            if name not in sheets:
                failures.append("no sheet %s among %s" % (name, sorted(sheets)))
            else:
                failures.append("sheet %s is compared with nothing" % name)
        if failures:
            print("\n".join(failures))
            return 1
        for name, (table, columns) in ((n, x) for n, x in SHEETS.items() if n in expected):
            compare(name, read(sheets[name]), read(os.path.join(folder, table)), columns)
        wide, columns = patents_by_row(folder)
        compare("특허 목록", read(sheets["특허 목록"]), wide, columns)
        years = {(r["item_id"], r["year"]): r["patents"] for r in read(os.path.join(folder, "item_years.csv"))}
        cells = 0
        for row in read(sheets["연도별"]):
            for year in (c for c in row if c.isdigit()):
                cells += 1
                if not same(row[year], years[row["품목 ID"], year]):
                    failures.append("연도별 %s %s: %s" % (row["품목 ID"], year, row[year]))
        print("연도별: %d cells" % cells)
    print("\n".join(failures[:20]))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
