// What the page looks into besides what the app did: findings of the last build, names of the environment, trouble on
// order, limits, versions. All by the control API.
import fs from "node:fs"
import http from "node:http"
import path from "node:path"
import {rigApp, templateApp} from "./apps.mjs"
import {until, withDev} from "./dev.mjs"

const asked = async (dev, method, where, body) => (await dev.api(method, where, body)).json
const extension = (body) => `import {Extensions, showToast} from "attio/client"
void showToast
export default Extensions.defineExtension({type: "record-action", id: "broken", label: "Broken", onTrigger: async () => { ${body} }})
`
const file = "src/app/extensions/broken/extension.ts"

// Until GET /findings says it.
const findings = (dev, what, fits) =>
  until(what, async () => {
    const answer = await asked(dev, "GET", "/findings")
    return fits(answer) ? answer : false
  })

export default {
  "findings: of the build and of the check, with frames; gone when they are mended": async (bench) => {
    rigApp(bench)
    await withDev(bench, {}, async (dev) => {
      const ours = ({items}) => items.filter((item) => item.file === file)
      const first = await findings(dev, "the first check", ({step}) => step === "check")
      bench.same("before", [false, null, true, []], [first.checking, first.error, first.running > 0, ours(first)])
      // It bundles, but a rule says no: it runs all the same.
      bench.write({[file]: extension('window.alert("x")')})
      const checked = await findings(dev, "a rule's finding", (answer) => answer.step === "check" && ours(answer).length > 0)
      const one = ours(checked).find(({frame}) => frame.includes("window.alert"))
      bench.same("its place", [3, "error", true], [one?.range?.start?.line, one?.severity, checked.running > first.running])
      bench.same("its frame", true, /extension\.ts:3:\d+/.test(one?.frame ?? "") && one.frame.includes("window.alert"))
      bench.same("its fields", [], ["code", "name", "message", "help", "fingerprint", "related"].filter((key) => !(key in (one ?? {}))))
      // It does not bundle: what ran goes on running.
      bench.write({[file]: extension("(((")})
      const broken = await findings(dev, "a broken build", ({step, ok}) => step === "build" && !ok)
      bench.same("what runs", [checked.running, true], [broken.running, broken.items.some((item) => item.file === file && item.frame.includes("(((") && item.severity === "error")])
      // What only throws when it is evaluated is no finding, and told beside them.
      bench.write({[file]: `${extension("")}\nthrow new Error("at the top")\n`})
      const thrown = await findings(dev, "what it threw", ({code}) => code.length > 0)
      bench.same("whose it is", ["client", "at the top"], [thrown.code[0].realm, thrown.code[0].error.message])
      bench.write({[file]: extension('await showToast({title: "x", variant: "neutral"})')})
      const mended = await findings(dev, "mended", (answer) => answer.step === "check" && answer.code.length === 0 && ours(answer).length === 0)
      bench.same("another build runs", true, mended.running > thrown.running)
    })
  },

  "events: who follows them hears what standard output says of builds": async (bench) => {
    rigApp(bench)
    await withDev(bench, {}, async (dev) => {
      const heard = []
      const following = http.get(new URL("/__attio/api/events", dev.url), {headers: {Authorization: `Bearer ${dev.secret}`}, agent: false}, (answer) => {
        answer.setEncoding("utf8").on("data", (text) => heard.push(...[...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data))))
        answer.on("error", () => {})
      })
      following.on("error", () => {})
      await until("the stream", async () => (await dev.api("PUT", "/kv/a", {value: 1})) && heard.length > 0)
      const of = (events) => events.filter(({event}) => ["build", "running", "check"].includes(event)).map(({event, ok, generation}) => [event, ok ?? generation])
      const from = dev.lines.length
      bench.write({[file]: `${extension("")}\nthrow new Error("at the top")\n`})
      const {errors} = await dev.event("running", () => true, from)
      bench.same("what it threw", "at the top", errors[0]?.error.message)
      await dev.event("check", () => true, from).catch(() => {})
      bench.same("heard", of(dev.lines.slice(from)), await until("as many", () => of(heard).length >= of(dev.lines.slice(from)).length && of(heard)))
      following.destroy()
    })
  },

  "environment: names and places, never a value": async (bench) => {
    rigApp(bench, {
      ".env": "FIRST_NAME=value-one-5521\nSECOND_NAME=value-two-5522\n",
      ".env.local": "SECOND_NAME=value-three-5523\n",
      "src/app/extensions/env-look/look.server.ts": `export default async function look() {
  const {FIRST_NAME} = process.env
  return [FIRST_NAME, process.env.SECOND_NAME, process.env["THIRD_NAME"]].filter(Boolean).length
}
`,
    })
    await withDev(bench, {}, async (dev) => {
      const {text, json} = await until("the names", async () => {
        const answer = await dev.api("GET", "/environment")
        return answer.json.files.length > 0 ? answer : false
      })
      const named = Object.fromEntries(json.items.map((one) => [one.name, one]))
      const lines = (name) => named[name]?.read.filter((one) => one.file.endsWith("env-look/look.server.ts")).map((one) => one.line)
      bench.same("where they are set", [[".env"], [".env", ".env.local"], []], ["FIRST_NAME", "SECOND_NAME", "THIRD_NAME"].map((name) => named[name]?.files))
      bench.same("where they are read", [[2], [3], [3]], ["FIRST_NAME", "SECOND_NAME", "THIRD_NAME"].map(lines))
      bench.same("no value", false, /value-(one|two|three)/.test(text))
    })
  },

  "chaos and failures: ordered one by one, listed, taken back": async (bench) => {
    rigApp(bench, {
      "src/app/extensions/asks/self.server.ts": `import {ATTIO_API_TOKEN} from "attio/server"
export default async function self() {
  return (await fetch("https://api.attio.com/v2/self", {headers: {authorization: \`Bearer \${ATTIO_API_TOKEN}\`}})).status
}
`,
      "src/app/extensions/asks/extension.ts": extension("await self()").replace('"broken"', '"asks"').replace("export", 'import self from "./self.server"\nexport'),
    })
    await withDev(bench, {args: ["--chaos", "fetch.latency=5"]}, async (dev) => {
      bench.same("as started", 5, (await asked(dev, "GET", "/chaos")).fetch.latency_ms)
      bench.same("changed", {error_percent: 10, status: 503, status_percent: 5, latency_ms: 0}, (await asked(dev, "PUT", "/chaos", {spec: "fetch.error=10%,fetch.503=5%,rest.429=100%"})).fetch)
      const status = async () => (await asked(dev, "POST", "/server/call", {module: "app/extensions/asks/self.server", args: []})).value
      bench.same("REST runs into it", 429, await status())
      const wrong = await dev.api("PUT", "/chaos", {spec: "fetch.mood=1"})
      bench.same("no trouble of that name", [400, "usage"], [wrong.status, wrong.json.error.kind])
      bench.same("what was asked before stays", 100, (await asked(dev, "GET", "/chaos")).rest.status_percent)
      bench.same("taken back", 0, (await asked(dev, "DELETE", "/chaos")).rest.status_percent)
      bench.same("REST answers again", 200, await status())
      for (const endpoint of ["POST /oidc/token", "*"]) await asked(dev, "POST", "/faults", {endpoint, failure: "reset"})
      bench.same("one of two", ["*"], (await asked(dev, "DELETE", "/faults/0")).items.map((one) => one.endpoint))
      for (const number of ["7", "-1", "x", "18446744073709551616"]) {
        const none = await dev.api("DELETE", `/faults/${number}`)
        bench.same(`number ${number}`, [404, "not_found"], [none.status, none.json.error.kind])
      }
      bench.same("none", [], (await asked(dev, "DELETE", "/faults/0")).items)
    })
  },

  "limits: each turned off and on": async (bench) => {
    rigApp(bench)
    await withDev(bench, {args: ["--limits", "json=off"]}, async (dev) => {
      const on = async () => (await asked(dev, "GET", "/limits")).items.filter((one) => one.on).map((one) => one.name)
      bench.same("as started", ["time", "egress", "rest"], await on())
      await dev.api("PUT", "/limits", {name: "rest", on: false})
      await dev.api("PUT", "/limits", {name: "json", on: true})
      bench.same("changed", ["time", "egress", "json"], await on())
      const {rate} = await asked(dev, "GET", "/requests")
      bench.same("REST has none", null, rate.rest_reads.limit)
      const wrong = await dev.api("PUT", "/limits", {name: "speed", on: true})
      bench.same("no limit of that name", [400, "usage"], [wrong.status, wrong.json.error.kind])
    })
  },

  "versions: what was deployed here, and what is different": async (bench) => {
    await templateApp(bench, "minimal")
    await withDev(bench, {}, async (dev) => {
      bench.same("none yet", [[], []], await asked(dev, "GET", "/versions").then(({items, dev: pushed}) => [items, pushed]))
      bench.same("deployed", 0, (await dev.attio("deploy", "--local")).code)
      const at = path.join(bench.app, "src/app/extensions")
      const extensionFile = fs.readdirSync(at, {recursive: true}).map((name) => path.join(at, name)).find((name) => /extension\.tsx?$/.test(name) && fs.readFileSync(name, "utf8").includes("label:"))
      fs.writeFileSync(extensionFile, fs.readFileSync(extensionFile, "utf8").replace(/label: "[^"]*"/, 'label: "Another name"'))
      bench.same("again", 0, (await dev.attio("deploy", "--local")).code)
      const {items} = await asked(dev, "GET", "/versions")
      bench.same("the newest first", true, items.length === 2 && items.every((one) => one.bytes > 0 && one.bundles.length >= 2))
      const diff = await asked(dev, "GET", `/versions/diff?from=${items[1].version}&to=${items[0].version}`)
      bench.same("what users notice", true, diff.changes.some((one) => one.after === "Another name"))
      const none = await dev.api("GET", "/versions/diff?from=9.9")
      bench.same("one that is not there", [404, "not_found"], [none.status, none.json.error.kind])
    })
  },
  "errors that are gone are told to be, once all are, in files that the app does not take": async (bench) => {
    await templateApp(bench, "minimal")
    await withDev(bench, {}, async (dev) => {
      await findings(dev, "the first check", ({step}) => step === "check")
      const told = (ok, count, from) => dev.event("check", (one) => one.ok === ok && one.findings.length === count, from)
      for (const text of ["export const a = (", "export const a: string = 1"]) {
        let from = dev.lines.length
        bench.write({"src/one.ts": text, "src/two.ts": text})
        bench.same(`${text}: wrong`, undefined, (await told(false, 2, from)).healed)
        from = dev.lines.length
        fs.rmSync(path.join(bench.app, "src/one.ts"))
        bench.same(`${text}: one is left`, undefined, (await told(false, 1, from)).healed)
        from = dev.lines.length
        fs.rmSync(path.join(bench.app, "src/two.ts"))
        bench.same(`${text}: none is left`, true, (await told(true, 0, from)).healed)
      }
    })
  },
}
