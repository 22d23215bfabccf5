// The page's files over HTTP: who gets them, with what around them, and who gets the key.
import fs from "node:fs"
import path from "node:path"
import {seedApp} from "./apps.mjs"
import {until, withDev} from "./dev.mjs"

const folderOf = (bench) => path.join(path.dirname(bench.bin), "page")

export default {
  "the page: files, headers, the key": async (bench) => {
    seedApp(bench)
    const folder = folderOf(bench)
    const built = fs.existsSync(path.join(folder, "page.js.gz"))
    await withDev(bench, {}, async (dev) => {
      const root = await dev.http("GET", "/")
      // A program without its page, as one that is built from C alone.
      if (!built) return bench.same("no page", 404, (await dev.http("GET", "/__attio/")).status)
      bench.same("the first address", [302, "/__attio/"], [root.status, root.headers.location])
      for (const name of fs.readdirSync(folder).filter((one) => /\.(js|css|html)$/.test(one))) {
        bench.same(name, 200, (await dev.http("GET", `/__attio/${name}`)).status)
      }
      for (const where of ["/__attio/", "/__attio/components"]) {
        const {status, headers, text} = await dev.http("GET", where)
        bench.same(`${where}: status and type`, [200, "text/html; charset=utf-8"], [status, headers["content-type"]])
        const policy = headers["content-security-policy"] ?? ""
        for (const part of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"]) {
          bench.same(`${where}: ${part}`, true, policy.split("; ").includes(part))
        }
        bench.same(`${where}: nothing unsafe`, false, /unsafe|\*|https?:/.test(policy))
        bench.same(`${where}: not framed`, "DENY", headers["x-frame-options"])
        if (fs.existsSync("/proc/net/tcp") && where === "/__attio/") {
          bench.same("the key is not kept", "no-store", headers["cache-control"])
          bench.same(`${where}: the key of its own user`, true, text.includes(`<meta name="attio-key" content="${dev.secret}"`))
        }
      }
      const plain = await dev.http("GET", "/__attio/page.js")
      bench.same("a file", [200, fs.readFileSync(path.join(folder, "page.js"), "utf8").length], [plain.status, plain.text.length])
      bench.same("its type", "text/javascript; charset=utf-8", plain.headers["content-type"])
      bench.same("no key in it", false, plain.text.includes(dev.secret))
      const packed = await dev.http("GET", "/__attio/page.js", {headers: {"Accept-Encoding": "gzip, br"}})
      bench.same("packed", ["gzip", true], [packed.headers["content-encoding"], packed.headers.etag !== plain.headers.etag])
      const again = await dev.http("GET", "/__attio/page.js", {headers: {"If-None-Match": plain.headers.etag}})
      bench.same("known already", [304, ""], [again.status, again.text])
      bench.same("a page's style", 200, (await dev.http("GET", "/__attio/page.css")).status)
      for (const where of ["/__attio/nothing.js", "/__attio/..%2frun.json", "/__attio/.hidden.js", "/__attio/page.js/x", "/__attio/page.js.gz", "/__attio/%00"]) {
        bench.same(where, 404, (await dev.http("GET", where)).status)
      }
      bench.same("a POST", 405, (await dev.http("POST", "/__attio/", {body: {}})).status)
      const evil = await dev.http("GET", "/__attio/", {headers: {Host: "evil.example"}})
      bench.same("by a name that points here", [403, false], [evil.status, evil.text.includes(dev.secret)])
      const foreign = await dev.http("GET", "/__attio/", {headers: {Origin: "https://evil.example"}})
      bench.same("for another origin", [403, false], [foreign.status, foreign.text.includes(dev.secret)])
    })
  },

  "attio open, and dev --open": async (bench) => {
    seedApp(bench)
    // In the place of a browser: it writes down what it was given.
    const seen = path.join(bench.folder, "seen")
    bench.write({"browser.sh": `#!/bin/sh\necho "$@" >>${seen}\n`})
    const browser = path.join(bench.app, "browser.sh")
    fs.chmodSync(browser, 0o755)
    const lines = () => (fs.existsSync(seen) ? fs.readFileSync(seen, "utf8").split("\n").filter(Boolean) : [])
    await withDev(bench, {args: ["--open"], env: {BROWSER: browser}}, async (dev) => {
      await until("the browser", () => lines().length === 1)
      bench.same("what it opens", [`${dev.url}/__attio/`], lines())
      const printed = await dev.attio("open", "people/ada", "--no-browser")
      bench.same("printed", [0, `${dev.url}/__attio/#/people/ada`, false], [printed.code, printed.url, printed.opened])
      bench.same("no second one", 1, lines().length)
      bench.same("the secret in no address", false, lines().join().includes(dev.secret))
    })
  },
}
