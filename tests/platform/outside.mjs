// The platform and what is outside: recordings, the stream of events, large bodies, the page
// that plays a third party's consent.
import fs from "node:fs"
import http from "node:http"
import path from "node:path"
import {request} from "./alc.mjs"
import {rigApp} from "./apps.mjs"
import {within, withDev} from "./dev.mjs"
import {call, withRig} from "./failures.mjs"
import {person} from "./seed.mjs"
import {Third, thirdOrigin} from "./third.mjs"

const outcomes = async (dev, url) => (await call(dev, "flood", url, 1)).value?.outcomes ?? {}

// The first event of the stream that fits.
function streamed(dev, matches) {
  return new Promise((done, fail) => {
    const headers = {Authorization: `Bearer ${dev.secret}`, Accept: "text/event-stream"}
    const sent = http.request(`${dev.url}/__attio/api/events`, {headers, agent: false}, (answer) => {
      let text = ""
      answer.setEncoding("utf8").on("data", (part) => {
        text += part
        const lines = text.split("\n").filter((line) => line.startsWith("data:"))
        const found = lines.map((line) => line.slice(5)).find(matches)
        if (!found) return
        sent.destroy()
        done({type: answer.headers["content-type"], data: JSON.parse(found)})
      })
    })
    sent.on("error", fail)
    sent.end()
  })
}

// Header names of an answer, but those of the connection.
const names = ({headers}) => Object.keys(headers).filter((name) => !/^(connection|content-length|date)$/.test(name)).sort()

export default {
  "headers are those of the service and of the app, and no others": (bench) =>
    withRig(bench, async (dev) => {
      const always = ["access-control-allow-origin", "access-control-expose-headers", "content-type", "x-attio-execution-id", "x-frame-options"]
      const query = ["x-accurate-at", "x-attio-record-query-score"]
      const asked = [
        ["GET", "/v2/objects", ["x-accurate-at"]],
        ["POST", "/v2/objects/people/records/query", query, {limit: 1}],
        ["GET", "/v2/self", []],
        ["GET", "/v2/objects/none", []],
        ["GET", "/v2/none", []],
        ["POST", "/v2/sql", [], {sql: "SELECT 1"}],
        ["GET", "/scim/v2/Schemas", []],
      ]
      for (const [method, path, more, body] of asked) {
        const answer = await dev.rest(method, path, body)
        bench.same(`${method} ${path}`, [...always, ...more].sort(), names(answer))
        if (/sql|scim/.test(path)) bench.same(`${path} is told`, [501, 501, "not_implemented", true], [answer.status, answer.json.status_code, answer.json.code, answer.json.message.includes(`${method} ${path}`)])
      }
    }),

  "a HEAD of app code brings no body": (bench) =>
    withRig(
      bench,
      async (dev) => {
        const {value} = await dev.attio("call", "src/app/extensions/rig/head.server.ts", "--args", JSON.stringify([thirdOrigin]))
        bench.same("of Attio, of its own webhook, of a third party", [[200, ""], [201, ""], [200, ""]], value)
      },
      {
        more: {
          "src/app/webhooks/head.webhook.ts": `export default async () => new Response("text", {status: 201})\n`,
          "src/app/extensions/rig/head.server.ts": `import {ATTIO_API_TOKEN, createWebhookHandler} from "attio/server"
export default async function head(third: string) {
  const {url} = await createWebhookHandler({fileName: "head"})
  const hook = url.replace(/^https?:\\/\\/[^/]+/, "https://hooks.attio.com")
  const all = []
  for (const one of ["https://api.attio.com/v2/objects", hook, third + "/a"]) {
    const answer = await fetch(one, {method: "HEAD", headers: {Authorization: \`Bearer \${ATTIO_API_TOKEN}\`}})
    all.push([answer.status, await answer.text()])
  }
  return all
}
`,
        },
      },
    ),

  "a command without attio dev takes what is outside itself": async (bench) => {
    rigApp(bench)
    const third = await new Third().start()
    const flood = (...more) => bench.json("call", "src/app/extensions/rig/flood.server.ts", "--args", JSON.stringify([`${thirdOrigin}/a`, 1]), ...more)
    const route = ["--route", `${thirdOrigin}=${third.url}`]
    bench.same("sent elsewhere", {200: 1}, (await flood(...route)).value.outcomes)
    bench.same("refused", true, /^TypeError: fetch failed/.test(Object.keys((await flood("--net", "deny")).value.outcomes)[0]))
    bench.same("trouble", {503: 1}, (await flood(...route, "--chaos", "fetch.503=100%")).value.outcomes)
    bench.same("kept", {200: 1}, (await flood(...route, "--net", "record")).value.outcomes)
    bench.same("given again", {200: 1}, (await flood("--net", "replay")).value.outcomes)
    for (const wrong of [["--route", "x"], ["--chaos", "x"], ["--net", "x"]]) bench.same(`${wrong}`, [2, "usage"], [(await flood(...wrong)).code, (await flood(...wrong)).error.kind])
    await withDev(bench, {}, async () => {
      for (const late of [route, ["--net", "deny"], ["--chaos", "seed=1"]]) {
        const {code, error} = await flood(...late)
        bench.same(`${late[0]} beside a running dev`, [2, true], [code, error.message.includes(`\`${late[0]}\` comes too late`)])
      }
    })
    await third.stop()
  },

  "recordings are passed on without secrets, and found with others": async (bench) => {
    rigApp(bench)
    const third = await new Third().start()
    const flood = (secret, ...more) => bench.json("call", "src/app/extensions/rig/flood.server.ts", "--args", JSON.stringify([`${thirdOrigin}/a?key=${secret}`, 1]), ...more)
    const secrets = ["first-secret-value", "second-secret-value"]
    const use = (value) => fs.writeFileSync(path.join(bench.app, ".env"), `THIRD_KEY=${value}\n`)
    use(secrets[0])
    bench.same("recorded", {200: 1}, (await flood(secrets[0], "--route", `${thirdOrigin}=${third.url}`, "--net", "record")).value.outcomes)
    await third.stop()
    const {items} = await bench.json("recording", "list")
    bench.same("list", [["GET", 200]], items.map((one) => [one.method, one.answer.status]))
    const file = path.join(bench.folder, "recordings.json")
    bench.same("export", [0, 1], [(await bench.json("recording", "export", "--out", file)).code, JSON.parse(fs.readFileSync(file, "utf8")).length])
    bench.same("no secret in it", false, fs.readFileSync(file, "utf8").includes(secrets[0]))
    fs.rmSync(path.join(bench.app, ".attio/local"), {recursive: true})
    use(secrets[1])
    bench.same("not there", 0, (await bench.json("recording", "list")).items.length)
    bench.same("import", [0, 1], [(await bench.json("recording", "import", file)).code, (await bench.json("recording", "list")).items.length])
    bench.same("replayed with another secret", {200: 1}, (await flood(secrets[1], "--net", "replay")).value.outcomes)
    fs.writeFileSync(file, '[{"method": "GET"}]')
    const wrong = await bench.json("recording", "import", file)
    bench.same("no recording", [2, "usage"], [wrong.code, wrong.error.kind])
  },

  "recorded, then replayed without the third party": async (bench) => {
    rigApp(bench)
    const third = await new Third().start()
    await withDev(bench, {routes: third.routes, args: ["--net", "record"]}, async (dev) => {
      bench.same("recorded", {200: 1}, await outcomes(dev, `${thirdOrigin}/a?b=1`))
    })
    await third.stop()
    await withDev(bench, {args: ["--net", "replay"]}, async (dev) => {
      bench.same("replayed", {200: 1}, await outcomes(dev, `${thirdOrigin}/a?b=1`))
      const [refused] = Object.keys(await outcomes(dev, `${thirdOrigin}/never-asked`))
      bench.same("what was not recorded", true, /^TypeError: fetch failed/.test(refused))
    })
    bench.same("requests that went out", 1, third.paths.length)
  },

  "bundles that another tool makes anew are loaded": async (bench) => {
    const server = (value) => `"use strict";\nvar stdin_default = async () => ${value};\n`
    const client = `"use strict"; registerSettingsSchema({workspace: {}}); registerSurfaces({"record-action": []});\n`
    rigApp(bench, {"made/index.js": client, "made/server.js": server(1)})
    await withDev(bench, {args: ["--bundles", "made", "--no-check"]}, async (dev) => {
      bench.same("at first", 1, (await call(dev, "spin")).value)
      const from = dev.lines.length
      bench.write({"made/server.js": server(2)})
      await dev.event("running", () => true, from)
      bench.same("then", 2, (await call(dev, "spin")).value)
    })
  },

  "an answer of a webhook handler whose headers are too long": (bench) =>
    withRig(
      bench,
      async (dev) => {
        const {value: handler} = await call(dev, "hooks", "create", "long")
        for (const length of [100, 10000, 40000, 1000000]) {
          const {status} = await request("POST", handler.url, {body: String(length)})
          bench.same(`${length} characters`, length > 16000 ? 500 : 200, status)
        }
      },
      {more: {"src/app/webhooks/long.webhook.ts": `export default async function long(request: Request) {\n  return new Response("x", {headers: {"X-Long": "v".repeat(Number(await request.text()))}})\n}\n`}},
    ),

  "a third party that is not there": (bench) =>
    withRig(bench, async (dev, third) => {
      await third.stop()
      const [refused] = Object.keys(await outcomes(dev, `${thirdOrigin}/x`))
      bench.same("the error", true, /^TypeError: fetch failed/.test(refused))
      await third.start()
    }),

  "the stream of events": (bench) =>
    withRig(bench, async (dev) => {
      const coming = within("an event", streamed(dev, (data) => data.includes("hello-stream")))
      // What came before somebody listened is not told; so it is said until it is heard.
      let heard = false
      coming.then(() => (heard = true), () => (heard = true))
      while (!heard) await call(dev, "env", "hello-stream")
      const {type, data} = await coming
      bench.same("an event", [true, "string"], [type.startsWith("text/event-stream"), typeof data.event])
    }),

  "the log of requests": (bench) =>
    withRig(bench, async (dev) => {
      const requests = async (filters = "") => (await dev.api("GET", `/requests${filters}`)).json
      const {next} = await requests()
      const {flow} = await call(dev, "flood", `${thirdOrigin}/a?b=1`, 2)
      await call(dev, "flood", "http://127.0.0.1:1/none", 1)
      await call(dev, "flood", "https://api.attio.com/v2/self", 1)
      await dev.rest("GET", "/v2/objects?limit=1")
      await dev.rest("GET", "/v2/objects", undefined, "no-token")
      const {items, rate} = await requests(`?since=${next}`)
      bench.same(
        "what was asked",
        [
          ["fetch", "GET", `${thirdOrigin}/a?b=1`, 200],
          ["fetch", "GET", `${thirdOrigin}/a?b=1`, 200],
          ["fetch", "GET", "http://127.0.0.1:1/none", null],
          ["rest", "GET", "https://api.attio.com/v2/self", 400],
          ["rest", "GET", "https://api.attio.com/v2/objects?limit=1", 200],
          ["rest", "GET", "https://api.attio.com/v2/objects", 401],
        ],
        items.map(({kind, method, url, status}) => [kind, method, url, status]),
      )
      bench.same("whose they are", [flow, flow, true, true, null, null], items.map((one, i) => (i === 2 || i === 3 ? one.flow !== null : one.flow)))
      bench.same("why there was no answer", true, /^fetch failed/.test(items[2]?.error))
      bench.same("the meter", [30, 100, 25], [rate.egress.limit, rate.rest_reads.limit, rate.rest_writes.limit])
      const counts = {"status=4xx": 2, "status=401": 1, "status=failed": 1, "kind=fetch": 3, "kind=rest&status=2xx": 1, "limit=1": 1}
      for (const [filter, count] of Object.entries(counts)) {
        bench.same(filter, count, (await requests(`?since=${next}&${filter}`)).items.length)
      }
      bench.same("no such status", 400, (await dev.api("GET", "/requests?status=often")).status)
      bench.same("nothing new", [], (await requests(`?since=${items.at(-1).id}`)).items)
    }),

  "large bodies": (bench) =>
    withRig(bench, async (dev) => {
      const {value: handler} = await call(dev, "hooks", "create", "hook")
      const body = "0123456789abcdef".repeat(3 << 16) // 3 MiB
      const answer = await request("POST", handler.url, {body})
      bench.same("the webhook", [418, body.length], [answer.status, JSON.parse(answer.text).body?.length])
      const id = await person(dev, {name: "Long, Lara"})
      const text = "é".repeat(500000)
      const patched = await dev.rest("PATCH", `/v2/objects/people/records/${id}`, {data: {values: {description: text}}})
      bench.same("REST", [200, text.length], [patched.status, patched.json?.data.values.description[0]?.value.length])
      const huge = "x".repeat(40 << 20)
      const refused = await request("POST", handler.url, {body: huge}).catch((error) => ({status: error.code}))
      bench.same("too much", true, [413, "EPIPE", "ECONNRESET"].includes(refused.status))
      bench.same("afterwards", 200, (await dev.api("GET", "/status")).status)
    }),

  "the page that plays a third party's consent": (bench) =>
    withRig(bench, async (dev, third) => {
      const {json} = await dev.api("POST", "/connect", {owner: "workspace"})
      const page = await request("GET", json?.url)
      bench.same("a page", [200, true], [page.status, page.headers["content-type"].startsWith("text/html")])
      bench.same("nothing runs on it", false, /<script/i.test(page.text))
      const elsewhere = await request("GET", `${json?.url}x`)
      bench.same("another key", true, elsewhere.status >= 400)
      bench.same("nothing is connected yet", [], (await dev.attio("connection", "list")).items)
      bench.same("the handler did not run", false, third.paths.some((one) => one.startsWith("/added")))
    }),
}
