#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Input that means harm: read or put aside with a reason, within a stated memory (CAP), nothing written anywhere else,
# nothing run. PATOPIC_HOSTILE_MB is the size of the largest element (48; by hand 4200).
. "$(dirname "$0")/lib.sh.inc"
command -v python3 >/dev/null || { echo "skipped: hostile input is made with python3"; exit 0; }
cd "$scratch" || exit 1
export CAP_MB=64 PATOPIC=$patopic HOSTILE_MB=${PATOPIC_HOSTILE_MB:-48}
! nm "$patopic" 2>/dev/null | grep -q __asan_init || CAP_MB=1024 # a sanitizer has memory of its own
cat > hostile.py <<'PY'
import io, os, resource, sqlite3, subprocess, sys, tarfile, zipfile, zlib

CAP, MB = int(os.environ["CAP_MB"]), 1 << 20
failures = 0

def record(number, title, abstract="본 발명은 용접 로봇에 관한 것이다.", date="20200102"):
    return ("<PatentUtilityInfo><Applicant>갑</Applicant><ApplicationDate>%s</ApplicationDate><ApplicationNumber>%s"
            "</ApplicationNumber><Abstract>%s</Abstract><InventionName>%s</InventionName></PatentUtilityInfo>"
            % (date, number, abstract, title))

HEAD, TAIL = '<?xml version="1.0" encoding="UTF-8"?><response><body><items>', "</items></body></response>"
GOOD = record("1020200000001", "용접 로봇")

def gzip_of(parts):
    """A gzip stream of (bytes, times): what repeats is compressed once."""
    out, crc, size = [b"\x1f\x8b\x08\0\0\0\0\0\0\x03"], 0, 0
    for piece, times in parts:
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        block = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
        for _ in range(times):
            out.append(block)
            crc, size = zlib.crc32(piece, crc), size + len(piece)
    end = zlib.compressobj(9, zlib.DEFLATED, -15)
    return b"".join(out) + end.flush() + crc.to_bytes(4, "little") + (size % (1 << 32)).to_bytes(4, "little")

# A process of its own: what it starts begins with the peak of its parent.
LAUNCH = """import os, subprocess, sys
child = subprocess.Popen(sys.argv[1:])
_, code, usage = os.wait4(child.pid, 0)
print(os.waitstatus_to_exitcode(code), usage.ru_maxrss)"""

def ingest(name, content, patents, reasons, status=0, is_path=False):
    """Ingests one file, its bytes or the path where they are; checks exit status, patents, reasons in the quarantine and peak memory. Returns the store."""
    global failures
    if not os.path.isdir(name.split("/")[0]):
        os.mkdir(name.split("/")[0])
    path, store = name, name.split("/")[0] + ".db"
    if is_path:
        os.rename(content, path)
    else:
        with open(path, "wb") as out:
            out.write(content if isinstance(content, bytes) else content.encode("utf-8"))
    done = subprocess.run([sys.executable, "-S", "-c", LAUNCH, os.environ["PATOPIC"], "ingest", path, "--store", store,
                           "--threads", "1"], capture_output=True)
    text = done.stderr.decode("utf-8", "replace")
    code, peak = (int(n) for n in done.stdout.split()[-2:])
    base = sqlite3.connect(store)
    found = base.execute("SELECT count(*) FROM patent").fetchone()[0]
    told = " / ".join(r[0] for r in base.execute("SELECT reason FROM quarantine ORDER BY id"))
    peak //= 1024
    wrong = []
    if code != status: wrong.append("exit %d, expected %d: %s" % (code, status, text[-300:]))
    if found != patents: wrong.append("%d patents, expected %d" % (found, patents))
    wrong += ["no '%s' in '%s'" % (r, told[:300]) for r in reasons if r not in told]
    if peak > CAP: wrong.append("%d MB, the cap is %d" % (peak, CAP))
    if os.environ.get("VERBOSE"): print("%-28s %4d MB  %s" % (name, peak, told[:100]))
    for w in wrong:
        print("FAIL: %s: %s" % (name, w))
    failures += len(wrong)
    return base

def one(base, sql):
    return base.execute(sql).fetchone()[0]

def check(holds, what):
    global failures
    if not holds:
        print("FAIL: " + what)
        failures += 1

# entities: a bomb, and files and hosts that are asked for
laughs = "".join('<!ENTITY l%d "%s">' % (i, ("&l%d;" % (i - 1)) * 10) for i in range(1, 10))
base = ingest("laughs/a.xml", '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">%s]>' % laughs + HEAD[38:] +
              record("1020200000002", "웃음 &l9;") + GOOD + TAIL, 2, [])
check(one(base, "SELECT max(length(title)) FROM patent") < 100, "an entity was expanded")
secret = os.path.abspath("secret.txt")
open(secret, "w").write("TOP SECRET")
base = ingest("external/a.xml", '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file://%s"><!ENTITY %% p SYSTEM '
              '"http://127.0.0.1:9/x.dtd">%%p;]>' % secret + HEAD[38:] + record("1020200000003", "문서 &f;") + TAIL, 1, [])
check("SECRET" not in one(base, "SELECT title || abstract FROM patent"), "a file was read through an entity")

# size: a long text, a deep tree, one element that goes on and on, a long tag, a row of a million cells
ingest("text/a.xml", HEAD + record("1020200000004", "긴 글", "가" * (10 * MB // 3)) + GOOD + TAIL, 1, ["a field of over 4 MiB"], 2)
ingest("deep/a.xml", HEAD + GOOD + "<a>" * 100000 + "</a>" * 100000 + TAIL, 1, ["deeper than 200"], 2)
many, LONG = int(os.environ["HOSTILE_MB"]), "a field of over 4 MiB"
parts = [((HEAD + GOOD + "<PatentUtilityInfo><Abstract>").encode(), 1), (bytes([0x61]) * MB, many)]
ingest("endless/a.xml.gz", gzip_of(parts), 1, ["decompression bomb" if many > 1024 else "the file ends inside"], 2)
parts[1] = ("가".encode() * (MB // 2), many)
ingest("endless_korean/a.xml.gz", gzip_of(parts), 1, ["decompression bomb" if many > 682 else "the file ends inside"], 2)
# the same as it is, by every kind of text: a hole of the file reads as NULs; the record behind it is not lost
for kind, piece in (("plain", b"a"), ("hole", None), ("bare", b"&a "), ("lower", b"< 3"), ("reference", b"&#44032;"),
                    ("section", b"<![CDATA[" + b"<a>" * 20 + b"]]>"), ("comment", b"<!--\n-->"), ("empty", b"<a/>"), ("pair", b"<a>b</a>")):
    size = many if kind in ("plain", "hole", "bare") else 16
    with open("next.xml", "wb") as out:
        out.write((HEAD + GOOD + "<PatentUtilityInfo><Abstract>").encode())
        if piece is None: out.seek(size * MB, os.SEEK_CUR)
        for _ in range(size if piece else 0): out.write(piece * (MB // len(piece)))
        out.write(("</Abstract></PatentUtilityInfo>" + record("1020200000019", "로봇") + TAIL).encode())
    ingest(kind + "/a.xml", "next.xml", 2, [LONG if kind in ("plain", "hole", "bare", "lower", "reference", "section") else ""],
           2, is_path=True)
    os.remove(kind + "/a.xml")
ingest("tag/a.xml", HEAD + GOOD + "<a b='" + "x" * (20 * MB), 1, ["over 8 MiB"], 2)
header = "출원번호,발명의명칭"
ingest("columns/a.csv", header + ",x" * 10**6 + "\n1020200000005,용접 로봇" + ",y" * 10**6 + "\n", 1, [])
ingest("cells/a.csv", header + "\n1020200000006,용접 로봇" + ",z" * 10**6 + "\n1020200000007,로봇\n", 1,
       ["more cells than the header"], 2)
ingest("quote/a.csv", header + '\n1020200000008,"' + "q" * (12 * MB) + "\n1020200000009,로봇\n", 1, ["never closes"], 2)

# archives: a bomb, ways out of the folder, links, an end that is missing
ingest("bomb/a.xml.gz", gzip_of([((HEAD + GOOD).encode(), 1), (b" " * MB, 1100)]), 1, ["decompression bomb"], 2)
inside = io.BytesIO()
with zipfile.ZipFile(inside, "w", zipfile.ZIP_STORED) as out:
    out.writestr("../../../escaped.xml", HEAD + GOOD + TAIL)
    out.writestr("/tmp/patopic-escaped.xml", HEAD + record("1020200000010", "로봇") + TAIL)
ingest("traversal/a.zip", inside.getvalue(), 2, [])
inside = io.BytesIO()
with tarfile.open(fileobj=inside, mode="w:gz") as out:
    for name, kind, target in (("../up.xml", tarfile.SYMTYPE, "/etc/passwd"), ("hard.xml", tarfile.LNKTYPE, "/etc/passwd"),
                               ("device", tarfile.CHRTYPE, "")):
        entry = tarfile.TarInfo(name); entry.type = kind; entry.linkname = target
        out.addfile(entry)
    body = (HEAD + GOOD + TAIL).encode()
    entry = tarfile.TarInfo("../../good.xml"); entry.size = len(body)
    out.addfile(entry, io.BytesIO(body))
ingest("links/a.tar.gz", inside.getvalue(), 1, ["empty"], 2) # the hard link has no bytes of its own
check(not any(os.path.exists(p) for p in ("escaped.xml", "../escaped.xml", "../../escaped.xml", "/tmp/patopic-escaped.xml",
                                          "good.xml", "up.xml", "hard.xml")), "an archive wrote a file")
whole = gzip_of([((HEAD + GOOD + record("1020200000011", "로봇") + TAIL).encode(), 1)])
ingest("cut/a.xml.gz", whole[:-40], 0, ["truncated"], 2)

# bytes: no UTF-8, another encoding than declared, NUL
ingest("bytes/a.xml", HEAD.encode() + record("1020200000012", "TITLE").encode().replace(b"TITLE", b"\xff\xfe\xc0\x80 \xed\xa0\x80 robot")
       + TAIL.encode(), 1, [])
ingest("declared/a.xml", (HEAD.replace("UTF-8", "UTF-32") + GOOD + TAIL).encode("cp949"), 1, [])
base = ingest("nul/a.xml", (HEAD + record("1020200000013", "용접\0로봇") + TAIL), 1, [])
check("\0" not in one(base, "SELECT title FROM patent"), "a NUL in a title")

# numbers and dates
base = ingest("numbers/a.xml", HEAD + record("9" * 400, "수") + record("1020200000014", "날", date="20230231") +
              record("1020200000015", "날", date="9" * 40) + record("1020200000016", "날", date="-1") + TAIL, 3,
              ["none of the known forms"], 2)
check(one(base, "SELECT count(*) FROM patent WHERE application_date IS NOT NULL") == 0, "a date that does not exist")

# titles that want to be run: SQL, formulas, HTML
titles = ["'); DROP TABLE patent; --", "=HYPERLINK(\"http://x\",\"y\")", "+cmd|' /C calc'!A0", "@SUM(1)", "-2+3",
          "&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;/script&gt;&lt;img src=x onerror=alert(2)&gt;",
          "]]&gt;&lt;!--", "${7*7}{{7*7}}", "\u202e\u2066뒤집힌 로봇"]
xml = HEAD + "".join(record("10202199%05d" % i, t + " 용접 로봇", "본 발명은 용접 로봇 장치 %s에 관한 것이다." % t)
                     for i, t in enumerate(titles)) + TAIL
base = ingest("titles/a.xml", xml, len(titles), [])
check(one(base, "SELECT count(*) FROM patent WHERE title LIKE '%DROP TABLE%'") == 1, "SQL in a title")
subprocess.run([os.environ["PATOPIC"], "synth", "--patents", "100", "--regional", "80", "--out", "titles", "--truth", "t.tsv",
                "--quiet"], check=True)
done = subprocess.run([os.environ["PATOPIC"], "run", "titles", "--out", "out", "--sweeps", "2", "--quiet"],
                      stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
check(done.returncode == 0, "run over hostile titles: " + done.stderr.decode())
if done.returncode == 0:
    import csv
    page = open("out/study/current/report.html", encoding="utf-8").read()
    check("<script>alert(1)" not in page and "<img src=x" not in page, "HTML of a title stands in the page")
    rows = list(csv.DictReader(open("out/study/current/patents.csv", encoding="utf-8-sig", newline="")))
    check(len({r["application_number"] for r in rows}) == len(titles) + 100, "patents.csv lost rows")
    check(all(r["title"][:1] not in "=+-@\t\r" for r in rows), "a formula in patents.csv")
sys.exit(failures > 0)
PY
python3 hostile.py || failures=1
finish
