// `--public-url`: the base of all addresses that third parties are given, with a path of its own or
// none. What comes through the tunnel may still have that path in front, or have lost it on the way.
import {Alc, request} from "./alc.mjs"
import {templateApp} from "./apps.mjs"
import {command, withDev} from "./dev.mjs"
import {call, withRig} from "./failures.mjs"
import {connect} from "./seed.mjs"

const bases = [
  ["https://tunnel.example", ""],
  ["https://tunnel.example/", ""],
  ["https://Tunnel.example:443/base", "/base"],
  ["http://tunnel.example:8080/some/base//", "/some/base"],
  ["https://tunnel.example/a", "/a"],
  ["https://tunnel.example/v2", "/v2"],
]
const originOf = (url) => new URL(url).origin
const hostOf = (url) => new URL(url).host

const ways = (base, pathname) => [pathname, ...(base === "" ? [] : [pathname.slice(base.length)])]

async function hooks(bench, dev, url, base) {
  const {value: handler} = await call(dev, "hooks", "create", "hook")
  const {origin, pathname} = new URL(handler.url)
  bench.same("the address", [originOf(url), true], [origin, pathname.startsWith(`${base}/a/`)])
  const seen = `${pathname}/more`
  for (const path of ways(base, pathname)) {
    for (const headers of [{Host: hostOf(url), "X-Forwarded-Proto": "https"}, {}]) {
      const answer = await request("POST", `${dev.url}${path}/more?x=1`, {headers, body: "b"})
      const told = answer.status === 418 ? JSON.parse(answer.text) : {}
      bench.same(`what the handler sees at ${path}`, [418, seen, "?x=1", "b"], [answer.status, told.path, told.search, told.body])
    }
  }
  const {value: own} = await call(dev, "flood", handler.url, 1)
  bench.same("the app calls itself", {418: 1}, own?.outcomes)
  const {value: other} = await call(dev, "flood", `${originOf(url)}${base}/elsewhere`, 1)
  bench.same("another path is somebody else's", true, /denied/.test(Object.keys(other?.outcomes ?? {})[0]))
  const headers = {Host: hostOf(url)}
  const authorization = {Authorization: `Bearer ${dev.secret}`}
  for (const path of ["/__attio/api/status", `${base}/__attio/api/status`, "/v2/self", `${base}/v2/self`, base || "/", `${base}/b/c`, `${base || "/x"}a/b/c`]) {
    const {status} = await request("GET", `${dev.url}${path}`, {headers: {...headers, ...authorization}})
    bench.same(`nothing else is there: ${path}`, 404, status)
  }
  bench.same("the platform's own door", [200, `${originOf(url)}${base}`], [(await dev.api("GET", "/status")).status, (await dev.api("GET", "/status")).json.hooks_url])
}

export default {
  ...Object.fromEntries(
    bases.map(([url, base]) => [
      `webhooks at ${url}`,
      (bench) => withRig(bench, (dev) => hooks(bench, dev, url, base), {args: ["--public-url", url, "--net", "deny"]}),
    ]),
  ),

  "callbacks of blocks": async (bench) => {
    await templateApp(bench, "workflow")
    const alc = await new Alc("alc-secret-2b7e151628aed2a6").start()
    await withDev(bench, {alc, args: ["--public-url", "https://tunnel.example/base"]}, async (dev) => {
      await connect(dev)
      await dev.attio("block", "activate", "lead-processed", "--config", '{"status": "interested"}')
      const [{url}] = alc.webhooks.values()
      bench.same("the address", true, url.startsWith("https://tunnel.example/base/w/"))
      const headers = {Host: "tunnel.example", "Content-Type": "application/json"}
      for (const [i, path] of ways("/base", new URL(url).pathname).entries()) {
        const body = JSON.stringify({lead_id: `lead-${i}`, status: "interested", score: 8})
        bench.same(`the answer at ${path}`, 200, (await request("POST", `${dev.url}${path}`, {headers, body})).status)
      }
      const {items} = await dev.attio("block", "list")
      bench.same("runs started", 2, items.find((one) => one.id === "lead-processed").runs.length)
    })
    await alc.stop()
  },

  "what is no address of a tunnel": async (bench) => {
    await templateApp(bench, "minimal")
    for (const url of ["tunnel.example", "ftp://tunnel.example", "https://", "https://tunnel.example/?a=b", "https://tunnel.example/#a", "https:///base"]) {
      const {code, stderr} = await command(bench, "dev", "--port", "0", "--public-url", url)
      bench.same(url, [2, true], [code, /(`--public-url`|https:\/\/\/base`) is no (http or https )?address/.test(stderr)])
    }
  },
}
