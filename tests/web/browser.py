# SPDX-License-Identifier: Apache-2.0
"""Drives a headless Chromium by the DevTools protocol over two pipes: the standard library alone.

    with Browser(program) as browser:
        page = browser.open("file:///tmp/report.html", width=1280, height=900)
        page.run("document.title")

Messages are JSON objects, each followed by a NUL; the browser reads them from descriptor 3 and writes to 4."""
import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--disable-default-apps", "--disable-extensions", "--mute-audio", "--force-device-scale-factor=1",
         "--remote-debugging-pipe"]
ANSWER_SECONDS = 120  # of a machine that does other work


def find_program():
    return next((path for path in map(shutil.which, PROGRAMS) if path), None)


class Browser:
    def __init__(self, program):
        self.profile = tempfile.mkdtemp(prefix="patopic-web-")
        read_here, write_there = os.pipe()
        read_there, write_here = os.pipe()
        command = 'exec "$0" "$@" 3<&%d 4>&%d' % (read_there, write_there)
        self.process = subprocess.Popen(
            ["sh", "-c", command, program, *FLAGS, "--user-data-dir=" + self.profile, "about:blank"],
            pass_fds=(read_there, write_there), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        os.close(read_there)
        os.close(write_there)
        self.incoming, self.outgoing = read_here, write_here
        self.rest, self.last_id, self.events = b"", 0, []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.call("Browser.close")
            self.process.wait(10)
        except (OSError, RuntimeError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()
        os.close(self.incoming)
        os.close(self.outgoing)
        shutil.rmtree(self.profile, ignore_errors=True)

    def receive(self, seconds):
        """The next message, or None when none came in time."""
        end = time.monotonic() + seconds
        while b"\0" not in self.rest:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.incoming], [], [], left)[0]:
                return None
            block = os.read(self.incoming, 1 << 20)
            if not block:
                raise RuntimeError("the browser went away")
            self.rest += block
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, session=None, **params):
        self.last_id += 1
        message = {"id": self.last_id, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        os.write(self.outgoing, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive(ANSWER_SECONDS)
            if answer is None:
                raise RuntimeError(method + ": no answer")
            if answer.get("id") == self.last_id:
                if "error" in answer:
                    raise RuntimeError("%s: %s" % (method, answer["error"]))
                return answer.get("result", {})
            self.events.append(answer)

    def open(self, url, width, height, mobile=False, ready=True):
        """A page in a new tab; unless `ready` is False, once it has built itself."""
        page = Page(self, width, height, mobile)
        page.load(url)
        if ready:
            page.wait("document.documentElement?.dataset.ready")
        return page


class Page:
    def __init__(self, browser, width, height, mobile):
        self.browser = browser
        target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        self.target = target
        self.session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):  # not Accessibility: its tree would be kept up to date
            self.call(domain + ".enable")
        self.resize(width, height, mobile)
        # no smooth scrolling: a press would land where the target no longer is
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-reduced-motion", "value": "reduce"}])
        self.call("Page.addScriptToEvaluateOnNewDocument", source="""
            window.longTasks = []; window.violations = [];
            new PerformanceObserver((list) => longTasks.push(...list.getEntries().map((x) => x.duration)))
              .observe({ type: "longtask", buffered: true });
            document.addEventListener("securitypolicyviolation",
              (e) => violations.push(e.effectiveDirective + " " + e.blockedURI));""")

    def load(self, url):
        self.call("Page.navigate", url=url)

    def close(self):
        self.browser.call("Target.closeTarget", targetId=self.target)

    def call(self, method, **params):
        return self.browser.call(method, self.session, **params)

    def resize(self, width, height, mobile=False):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                  mobile=mobile)

    def run(self, expression):
        """Value of a JavaScript expression; a promise is awaited."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise RuntimeError("%s: %s" % (expression, details.get("exception", {}).get("description", details)))
        return answer["result"].get("value")

    def wait(self, expression, seconds=ANSWER_SECONDS):
        end = time.monotonic() + seconds
        while not self.run("Boolean(%s)" % expression):
            if time.monotonic() > end:
                raise RuntimeError("never true: %s; %s" % (expression, self.complaints()))
            time.sleep(0.02)

    def click(self, selector):
        """A real click in the middle of the first element that matches, once it has come to rest there."""
        spot = self.run("""(async () => { const e = document.querySelector(%s); if (!e) return null;
            const frame = () => new Promise(requestAnimationFrame), place = () => { const r = e.getBoundingClientRect();
              return [r.left + r.width / 2, r.top + r.height / 2]; };
            for (let i = 0; i < 30; i++) {
              e.scrollIntoView({ block: "center", behavior: "instant" });
              const before = place();
              await frame(); await frame();
              const now = place(), hit = document.elementFromPoint(...now);
              if (String(before) === String(now) && hit && (e.contains(hit) || hit.contains(e))) return now;
            }
            return null; })()""" % json.dumps(selector))
        if spot is None:
            raise RuntimeError("nothing to click: " + selector)
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=spot[0], y=spot[1], button="left", clickCount=1)

    def key(self, key, code=0):
        text = {"Enter": "\r"}.get(key, "")
        self.call("Input.dispatchKeyEvent", type="keyDown", key=key, code=key, windowsVirtualKeyCode=code, text=text)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key, code=key, windowsVirtualKeyCode=code)

    def type(self, text):
        self.call("Input.insertText", text=text)

    def complaints(self):
        """What the page wrote to the console, threw, or asked of a network."""
        self.run("0")
        found = []
        for event in self.browser.events:
            params, method = event.get("params", {}), event.get("method")
            if method == "Runtime.consoleAPICalled":
                found.append("console: %s" % [a.get("value", a.get("description")) for a in params["args"]])
            elif method == "Runtime.exceptionThrown":
                found.append("exception: %s" % params["exceptionDetails"].get("exception", {}).get("description"))
            elif method == "Log.entryAdded":
                found.append("log: %s" % params["entry"]["text"])
            elif method == "Network.requestWillBeSent" and not params["request"]["url"].startswith("file:"):
                found.append("request: %s" % params["request"]["url"])
        self.browser.events.clear()
        return found

    def screenshot(self, path, whole=False):
        data = self.call("Page.captureScreenshot", captureBeyondViewport=whole)["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))

    def pdf(self, path):
        data = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=False)["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))
