# SPDX-License-Identifier: Apache-2.0
"""kipris_xml.py OUT FILE... - patents kept one JSON object a line back to KIPRIS XML of the detail form, a file each."""
import json
import sys
from xml.sax.saxutils import escape


def element(name, text):
    return f"<{name}>{escape(text or '')}</{name}>"


def record(p):
    biblio = "".join([
        element("applicationDate", p["applicationDate"]), element("applicationNumber", p["applicationNumber"]),
        element("inventionTitle", p["inventionTitle"]), element("openDate", p.get("openDate")),
        element("openNumber", p.get("openNumber")), element("registerDate", p.get("registerDate")),
        element("registerNumber", p.get("registerNumber")), element("registerStatus", p.get("registerStatus"))])
    codes = "".join(f"<ipcInfo>{element('ipcNumber', code)}</ipcInfo>" for code in p["ipc"])
    applicants = "".join(
        "<applicantInfo>" + element("address", a.get("address")) + element("code", a.get("code")) +
        element("country", a.get("country")) + element("name", a["name"]) + "</applicantInfo>" for a in p["applicants"])
    return ("<response><header><successYN>Y</successYN><resultCode>00</resultCode></header><body><item>"
            f"<biblioSummaryInfoArray><biblioSummaryInfo>{biblio}</biblioSummaryInfo></biblioSummaryInfoArray>"
            f"<ipcInfoArray>{codes}</ipcInfoArray><abstractInfoArray><abstractInfo>"
            f"{element('astrtCont', p['abstract'])}</abstractInfo></abstractInfoArray>"
            f"<applicantInfoArray>{applicants}</applicantInfoArray></item></body></response>")


def main():
    out, n = sys.argv[1], 0
    for path in sys.argv[2:]:
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                n += 1
                with open(f"{out}/{n:05d}.xml", "w", encoding="utf-8") as xml:
                    xml.write('<?xml version="1.0" encoding="UTF-8"?>' + record(json.loads(line)) + "\n")


main()
