// Who gets in: a page of another origin, a host name that somebody made point here, and a request
// without the secret get nothing.
import fs from "node:fs"
import net from "node:net"
import os from "node:os"
import path from "node:path"
import {seedApp} from "./apps.mjs"
import {withDev} from "./dev.mjs"

const controlRoutes = ["/status", "/openapi.json", "/events", "/surfaces", "/connections", "/records/people", "/kv", "/logs", "/flows", "/requests", "/state"]

async function connects(host, port) {
  const socket = net.connect({host, port})
  try {
    return await new Promise((done) => {
      socket.on("connect", () => done(true))
      socket.on("error", () => done(false))
    })
  } finally {
    socket.destroy()
  }
}

// Refused, and without a word about what is here.
function refused(bench, what, answer) {
  bench.same(`${what}: status`, true, answer.status >= 400 && answer.status < 500)
  const {"access-control-allow-origin": origin} = answer.headers
  bench.same(`${what}: no origin is let in`, undefined, origin)
  bench.same(`${what}: nothing is told`, false, /"items"|"data"|"surfaces"|"clock"/.test(answer.text))
}

// A value of each property's type, so that one wrong value is not hidden behind another.
function filler(schema) {
  const some = {string: "x", object: {}, array: [], boolean: true, number: 1, integer: 1}
  const properties = Object.entries(schema?.properties ?? {})
  return Object.fromEntries(properties.map(([name, one]) => [name, some[[one.type].flat()[0]] ?? "x"]))
}

const withSeed = (bench, use) => {
  seedApp(bench)
  return withDev(bench, {}, use)
}

export default {
  "a request without the secret": (bench) =>
    withSeed(bench, async (dev) => {
      for (const route of controlRoutes) {
        for (const token of [undefined, "", "x", dev.api_token, `${dev.secret}x`, dev.secret.slice(1)]) {
          const headers = token === undefined ? {} : {Authorization: `Bearer ${token}`}
          const answer = await dev.http("GET", `/__attio/api${route}`, {headers})
          refused(bench, `${route} with ${token === dev.api_token ? "the api token" : "no secret"}`, answer)
          bench.same(`${route}`, 401, answer.status)
        }
      }
      for (const method of ["POST", "PUT", "DELETE", "PATCH"]) {
        const answer = await dev.http(method, "/__attio/api/state/reset", {body: {}})
        bench.same(`${method} without the secret`, 401, answer.status)
      }
      bench.same("with the secret", 200, (await dev.api("GET", "/status")).status)
      const query = await dev.http("GET", `/__attio/api/status?secret=${dev.secret}&token=${dev.secret}`)
      bench.same("the secret in the address", 401, query.status)
    }),

  "a page of another origin": (bench) =>
    withSeed(bench, async (dev) => {
      for (const origin of ["https://evil.example", "null", "http://localhost:1", `${dev.url}.evil.example`]) {
        for (const where of ["/__attio/api/status", "/v2/objects"]) {
          const token = where.startsWith("/v2") ? dev.api_token : dev.secret
          const headers = {Origin: origin, Authorization: `Bearer ${token}`}
          refused(bench, `${where} from ${origin}`, await dev.http("GET", where, {headers}))
        }
        const preflight = await dev.http("OPTIONS", "/__attio/api/state/reset", {
          headers: {Origin: origin, "Access-Control-Request-Method": "POST"},
        })
        refused(bench, `preflight from ${origin}`, preflight)
      }
    }),

  "a host name that points here": (bench) =>
    withSeed(bench, async (dev) => {
      const {port} = new URL(dev.url)
      for (const host of [`evil.example:${port}`, "evil.example", `127.0.0.1.evil.example:${port}`, `[::1].evil:${port}`]) {
        for (const where of ["/__attio/api/status", "/v2/objects", "/"]) {
          const token = where.startsWith("/v2") ? dev.api_token : dev.secret
          const headers = {Host: host, Authorization: `Bearer ${token}`}
          refused(bench, `${where} as ${host}`, await dev.http("GET", where, {headers}))
        }
      }
      const own = await dev.http("GET", "/__attio/api/status", {
        headers: {Host: `localhost:${port}`, Authorization: `Bearer ${dev.secret}`},
      })
      bench.same("as localhost", 200, own.status)
    }),

  "only this machine": (bench) =>
    withSeed(bench, async (dev) => {
      const {port} = new URL(dev.url)
      bench.same("loopback", true, await connects("127.0.0.1", port))
      for (const {address, internal} of Object.values(os.networkInterfaces()).flat()) {
        if (!internal) bench.same(`connects to ${address}`, false, await connects(address, port))
      }
    }),

  "the secret": async (bench) => {
    const secrets = []
    seedApp(bench)
    for (let i = 0; i < 2; i++) {
      await withDev(bench, {}, async (dev) => {
        secrets.push(dev.secret, dev.api_token)
        const stat = fs.statSync(dev.runFile)
        bench.same("mode of the run file", "600", (stat.mode & 0o777).toString(8))
        bench.same("pid in the run file", dev.child.pid, dev.pid)
        bench.same("length of the api token", 64, dev.api_token.length)
        const host = await dev.hostPid()
        for (const pid of [dev.child.pid, host]) {
          const words = fs.readFileSync(`/proc/${pid}/cmdline`, "utf8")
          bench.same("the secret in the command line", false, words.includes(dev.secret))
        }
        const environment = fs.readFileSync(`/proc/${host}/environ`, "utf8")
        bench.same("environment of the child", ["MALLOC_ARENA_MAX=1"], environment.split("\0").filter(Boolean))
        bench.same("the secret is not printed", false, dev.text.stdout.includes(dev.secret))
      })
    }
    bench.same("the secret is new each time", 4 - (secrets[1] === secrets[3]), new Set(secrets).size)
    bench.same("the folder of the store", ["700"], [
      (fs.statSync(path.join(bench.app, ".attio/local")).mode & 0o777).toString(8),
    ])
  },

  "odd requests are answered, and nothing breaks": (bench) =>
    withSeed(bench, async (dev) => {
      const {json} = await dev.api("GET", "/openapi.json")
      const values = [null, 1, -1, "", "x", "\u0000", [], [[]], {}, {a: {a: {}}}, true, "9".repeat(400)]
      let known = 0
      const ids = ["none", "%00", "..%2f..", "%ff", "a".repeat(2000), "0"]
      for (const [where, operations] of Object.entries(json.paths)) {
        for (const [method, operation] of Object.entries(operations)) {
          if (where.endsWith("/events") || method === "parameters") continue
          const body = operation.requestBody?.content?.["application/json"]?.schema
          const names = Object.keys(body?.properties ?? {})
          const bodies = method === "get" ? [undefined] : [undefined, ...values]
          for (const name of names) for (const value of values) bodies.push({...filler(body), [name]: value})
          for (const [i, one] of bodies.entries()) {
            const path = "/__attio/api" + where.replace(/\{[^}]+\}/g, ids[i % ids.length])
            const token = dev.secret
            const answer = await dev.http(method.toUpperCase(), path, {token, body: one}).catch((error) => ({status: error.message}))

            const what = `${method} ${path.slice(0, 80)} ${JSON.stringify(one)?.slice(0, 80)}`
            if (answer.status !== 401 && answer.status !== 404) known++
            if (!(answer.status < 500)) bench.same(what, "an answer below 500", [answer.status, answer.text])
            if (dev.code !== undefined) throw dev.trouble(`ended with ${dev.code} after ${what}`)
          }
        }
      }
      bench.same("hundreds came to a row", true, known > 300)
    }),

  "the description of the control API": (bench) =>
    withSeed(bench, async (dev) => {
      const {json} = await dev.api("GET", "/openapi.json")
      bench.same("version", true, /^3\.1\./.test(json?.openapi))
      const told = Object.keys(json?.paths ?? {}).map((one) => one.replace(/^\/__attio\/api/, ""))
      for (const route of [...controlRoutes.filter((one) => !/records/.test(one)), "/actions/run", "/records/{object}"]) {
        bench.same(`${route} is described`, true, told.includes(route))
      }
      // Every row that is described is there.
      for (const [where, operations] of Object.entries(json?.paths ?? {})) {
        const filled = where.replace(/^\/__attio\/api/, "").replace(/\{[^}]+\}/g, "none")
        if (operations.get && filled !== "/events" && !/follow/.test(filled)) {
          const {status, json: answer} = await dev.api("GET", filled)
          const right = status < 400 || (status === 404 && answer?.error?.kind === "not_found")
          bench.same(`GET ${filled}`, true, right || status < 500)
        }
      }
      const unknown = await dev.api("GET", "/no-such-thing")
      bench.same("an unknown row", [404, "not_found"], [unknown.status, unknown.json?.error?.kind])
    }),
}
