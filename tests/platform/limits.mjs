// The platform's limits: on by default, each to be turned off by its name; and what may not be told.
import fs from "node:fs"
import path from "node:path"
import {call, withRig} from "./failures.mjs"
import {thirdOrigin} from "./third.mjs"

const secret = "s3cr3t-of-the-env-file-91"

export default {
  "30 requests a second": (bench) =>
    withRig(bench, async (dev) => {
      const {value} = await call(dev, "flood", `${thirdOrigin}/x`, 100)
      const outcomes = value?.outcomes ?? {}
      const others = Object.keys(outcomes).filter((one) => one !== "200")
      bench.same("what is refused", ["Error: Egress Rate limit exceeded"], others)
      bench.same("what goes out at least", true, outcomes["200"] >= 30)
    }),

  "what one action asks for does not make the next one fail": (bench) =>
    withRig(bench, async (dev) => {
      for (const turn of ["first", "second"]) {
        const {value} = await call(dev, "flood", `${thirdOrigin}/${turn}`, 30)
        bench.same(`${turn}: all go out`, {200: 30}, value?.outcomes)
        const rest = await call(dev, "flood", "https://api.attio.com/v2/self", 30, dev.api_token)
        bench.same(`${turn}: REST`, {200: 30}, rest.value?.outcomes)
      }
    }),

  "requests one after the other take their time, a loop over kv does not": (bench) =>
    withRig(bench, async (dev, third) => {
      const refused = "Error: Egress Rate limit exceeded"
      const {value: outside, flow} = await call(dev, "loop", "fetch", `${thirdOrigin}/one`, 45)
      bench.same("outside", [{200: 45}, 45], [outside, third.paths.length])
      const {nodes} = await dev.attio("flow", "show", String(flow))
      bench.same("and it is told", true, nodes.some((node) => (node.notes ?? []).some(({code}) => code === "waited")))
      const {value: rest} = await call(dev, "loop", "write", "https://api.attio.com/v2/objects/people/records", 30, dev.api_token)
      bench.same("REST", {200: 30}, rest)
      const {value: mixed} = await call(dev, "loop", "mixed", `${thirdOrigin}/two`, 40)
      bench.same("with kv between them", {200: 40}, mixed)
      const {value: kv} = await call(dev, "loop", "kv", "", 200)
      bench.same("kv alone", ["200", refused], Object.keys(kv ?? {}).sort())
    }),

  "30 requests a second, turned off": (bench) =>
    withRig(
      bench,
      async (dev) => {
        const {value} = await call(dev, "flood", `${thirdOrigin}/x`, 100)
        bench.same("all go out", {200: 100}, value?.outcomes)
      },
      {args: ["--limits", "egress=off"]},
    ),

  "REST answers 429": (bench) =>
    withRig(bench, async (dev) => {
      const all = await Promise.all(Array.from({length: 400}, () => dev.rest("GET", "/v2/objects")))
      const [refused] = all.filter((one) => one.status === 429)
      bench.same("statuses", [200, 429], [...new Set(all.map((one) => one.status))].sort())
      bench.same(
        "the body",
        {
          status_code: 429,
          type: "rate_limit_error",
          code: "rate_limit_exceeded",
          message: "Rate limit exceeded, please try again later",
        },
        refused?.json,
      )
      const retry = refused?.headers["retry-after"]
      bench.same("Retry-After is a date", true, /^[A-Z][a-z]{2}, \d\d .* GMT$/.test(retry))
    }),

  "an app sees the 429": (bench) =>
    withRig(
      bench,
      async (dev) => {
        const {value} = await call(dev, "flood", "https://api.attio.com/v2/objects", 400, dev.api_token)
        bench.same("statuses", ["200", "429"], Object.keys(value?.outcomes ?? {}).sort())
        bench.same("Retry-After", true, / GMT$/.test(value?.retryAfter))
      },
      {args: ["--limits", "egress=off"]},
    ),

  "of many writes at once those over 25 are refused, and none waits": (bench) =>
    withRig(bench, async (dev) => {
      const {value, flow} = await call(dev, "loop", "burst", "https://api.attio.com/v2/objects/people/records", 29, dev.api_token)
      bench.same("those that are let in", true, value?.["200"] >= 25) // more where a second begins in between
      const {nodes} = await dev.attio("flow", "show", String(flow))
      bench.same("notes", [], nodes.flatMap((node) => node.notes ?? []).filter(({code}) => code === "waited"))
    }),

  "attioFetch, one after the other and all at once": (bench) =>
    withRig(bench, async (dev) => {
      const {value: paced, flow} = await call(dev, "rest", 60, false)
      bench.same("one after the other", {done: 60}, paced)
      const {nodes} = await dev.attio("flow", "show", String(flow))
      const waited = nodes.flatMap((node) => node.notes ?? []).filter((one) => one.code === "waited")
      bench.same("and it is told", true, waited.length > 0)
      const {value: burst} = await call(dev, "rest", 90, true)
      bench.same("all at once", ["Rate limit exceeded, please try again later", "done"], Object.keys(burst ?? {}).sort())
    }),

  "REST without its limit": (bench) =>
    withRig(
      bench,
      async (dev) => {
        const all = await Promise.all(Array.from({length: 400}, () => dev.rest("GET", "/v2/objects")))
        bench.same("statuses", [200], [...new Set(all.map((one) => one.status))])
      },
      {args: ["--limits", "rest=off"]},
    ),

  "what --net deny refuses": (bench) =>
    withRig(
      bench,
      async (dev) => {
        const {value} = await call(dev, "flood", "https://nowhere.example/x", 1)
        const [outcome] = Object.keys(value?.outcomes ?? {})
        bench.same("refused", true, /^TypeError: fetch failed/.test(outcome))
        const rest = await call(dev, "flood", "https://api.attio.com/v2/self", 1, dev.api_token)
        bench.same("the platform itself", {200: 1}, rest.value?.outcomes)
      },
      {args: ["--net", "deny"]},
    ),

  "keys of the store end in time": (bench) =>
    withRig(bench, async (dev) => {
      await call(dev, "store", "set", "short", {a: [1, "é"]}, 60)
      await call(dev, "store", "set", "long", "stays")
      bench.same("before", {value: {a: [1, "é"]}}, (await call(dev, "store", "get", "short")).value)
      await dev.attio("clock", "+61s")
      const {value} = await call(dev, "store", "mget", "short long never")
      bench.same("afterwards", {short: null, long: {value: "stays"}, never: null}, value)
      await call(dev, "store", "delete", "long")
      await call(dev, "store", "delete", "never")
      bench.same("deleted", null, (await call(dev, "store", "get", "long")).value)
    }),

  "values of the environment are not told": async (bench) => {
    let said = ""
    await withRig(
      bench,
      async (dev) => {
        const seen = await call(dev, "env", "THE_SECRET")
        bench.same("the app has it", true, seen.ok)
        const missing = await call(dev, "env", "NOT_SET")
        bench.same("what is not set", null, missing.value)
        const told = (line) => JSON.stringify(line).includes("NOT_SET")
        await dev.event("warning", told).catch(() => bench.wrong("a variable that is not set is not told"))
        said += JSON.stringify(await dev.attio("flow", "show", String(seen.flow)))
        said += JSON.stringify(await dev.attio("logs"))
        bench.same("its name instead", true, said.includes("THE_SECRET"))
        said += dev.text.stdout
      },
      {more: {".env": `THE_SECRET=${secret}\n`}},
    )
    bench.same("the secret in what is said", false, said.includes(secret))
    const folder = path.join(bench.app, ".attio/local")
    for (const name of fs.readdirSync(folder).filter((one) => /\.db/.test(one))) {
      const bytes = fs.readFileSync(path.join(folder, name), "latin1")
      bench.same(`the secret in ${name}`, false, bytes.includes(secret))
    }
  },
}
