// The developer API of the local platform: signing in, each endpoint against its description, bundles
// by signed URLs, and dev versions that run once they are pushed.
import fs from "node:fs"
import path from "node:path"
import {request} from "./alc.mjs"
import {templateApp} from "./apps.mjs"
import {withDev} from "./dev.mjs"
import {codeIn, exchange, openPage, pkce, post, redirect, refresh, signIn} from "./identity.mjs"
import {misfits} from "./schema.mjs"

const withPlatform = async (bench, use, options = {}) => {
  await templateApp(bench, "minimal")
  await withDev(bench, options, use)
}

const plainMember = async (dev) =>
  (await dev.rest("GET", "/v2/workspace_members")).json.data.find((one) => one.access_level === "member").email_address

const put = (url, body) => request("PUT", url, {headers: {"Content-Type": "text/javascript"}, body})

// The endpoints by a token, each held against the description that the platform gives.
class Developer {
  used = new Set()

  static async of(dev, as) {
    const api = new Developer()
    const {json} = await dev.api("GET", "/developer/openapi.json")
    return Object.assign(api, {dev, described: json, token: (await signIn(dev, as)).access_token})
  }

  async ask(method, pattern, values = {}, body, wanted = 200) {
    const {dev, described, token} = this
    const where = pattern.replace(/\{(\w+)\}/g, (_, name) => values[name])
    const answer = await dev.http(method, where, {token, body})
    const one = described.paths[pattern]?.[method.toLowerCase()]
    if (!one) dev.bench.wrong(`${method} ${pattern} is not described`)
    this.used.add(`${method} ${pattern}`)
    dev.bench.same(`${method} ${where}: status`, wanted, answer.status)
    if (wanted !== 200) {
      dev.bench.same(`${method} ${where}: says why`, "string", typeof (answer.json?.message ?? answer.json?.code))
      return answer.json
    }
    dev.bench.same(`${method} ${where}: answer`, [], misfits(one.responses["200"].content["application/json"].schema, answer.json))
    return answer.json
  }

  app = async (slug) => (await this.ask("GET", "/api/apps/by-slug/{slug}", {slug})).app.app_id
  workspace = async () => (await this.ask("GET", "/api/dev-workspaces")).workspaces[0]?.workspace_id
}

const versions = "/api/apps/{app_id}/prod-versions"
const devVersions = "/api/apps/{app_id}/dev-versions"
const bundles = `${devVersions}/{app_dev_version_id}/bundles`

async function upload(dev, begun, files) {
  const {client, server, blocks = {}} = files
  const urls = begun.workflow_block_bundle_upload_urls
  const all = [[begun.client_bundle_upload_url, client], [begun.server_bundle_upload_url, server], ...Object.entries(blocks).map(([id, text]) => [urls[id], text])]
  for (const [url, text] of all) dev.bench.same(`PUT ${url.replace(/\?.*/, "")}`, 200, (await put(url, text)).status)
}

// One dev version with its bundles: what the platform then runs.
async function push(api, {app = "my-app", env = {}, files}) {
  const app_id = await api.app(app)
  const target_workspace_id = await api.workspace()
  const {app_dev_version_id} = await api.ask("POST", devVersions, {app_id}, {major: 1, target_workspace_id, environment_variables: env, cli_version: "1.0.4"})
  const begun = await api.ask("POST", bundles, {app_id, app_dev_version_id}, {sdk_version: "2026-07-24", workflow_block_ids: Object.keys(files.blocks ?? {})})
  await upload(api.dev, begun, files)
  const bundle_id = begun.app_dev_version_bundle_id
  await api.ask("POST", `${bundles}/{bundle_id}/complete`, {app_id, app_dev_version_id, bundle_id}, {})
}

// What our own build makes of the app.
async function build(bench) {
  const {code, stderr} = await bench.attio("build")
  if (code !== 0) throw new Error(`build ends with ${code}\n${stderr}`)
  const read = (name) => fs.readFileSync(path.join(bench.app, "dist", name), "utf8")
  return {client: read("index.js"), server: read("server.js")}
}

const isPage = (bench, what, {status, headers, text}, wanted) => {
  bench.same(`${what}: status`, wanted, status)
  bench.same(`${what}: is a page`, [true, true], [/^text\/html/.test(headers["content-type"]), text.startsWith("<!doctype html>")])
  bench.same(`${what}: nothing is loaded`, true, headers["content-security-policy"].startsWith("default-src 'none'"))
  bench.same(`${what}: not framed`, "DENY", headers["x-frame-options"])
  bench.same(`${what}: no script`, false, /<script/i.test(text))
}

export default {
  "the page: asked, answered, denied": (bench) =>
    withPlatform(bench, async (dev) => {
      const {verifier, challenge} = pkce()
      const {answer, id, digits} = await openPage(dev, challenge, {state: `a&b"<c>`})
      isPage(bench, "the page", answer, 200)
      bench.same("the form may lead back", true, answer.headers["content-security-policy"].includes(`form-action 'self' ${redirect}`))
      const member = answer.text.match(/<option value="([^"]+)"/)[1]
      const wrong = digits === "000000" ? "000001" : "000000"
      const choose = (fields) => post(dev, "/oidc/authorize", {request: id, member, ...fields})
      isPage(bench, "no choice", await choose({digits}), 200)
      isPage(bench, "wrong digits", await choose({choice: "approve", digits: wrong}), 200)
      isPage(bench, "no digits", await choose({choice: "approve"}), 200)
      const foreign = await post(dev, "/oidc/authorize", {request: id, member, digits, choice: "approve"}, {Origin: "https://evil.example"})
      bench.same("from a page of another origin", 403, foreign.status)
      const yes = await choose({choice: "approve", digits})
      bench.same("approved", 303, yes.status)
      const to = new URL(yes.headers.location)
      bench.same("leads to", [redirect, `a&b"<c>`], [to.origin, to.searchParams.get("state")])
      isPage(bench, "a second time", await choose({choice: "approve", digits}), 404)
      const {json} = await exchange(dev, codeIn(to.href), verifier)
      const me = await dev.http("GET", "/api/auth/whoami", {token: json.access_token})
      bench.same("who that is", member, me.json?.user?.id)
      // Refused, by hand and by guessing.
      const other = await openPage(dev, challenge)
      const no = await post(dev, "/oidc/authorize", {request: other.id, choice: "deny"})
      bench.same("denied", `${redirect}?error=access_denied&state=state-1`, no.headers.location)
      const guessed = await openPage(dev, challenge)
      const answers = []
      for (let i = 0; i < 6; i++)
        answers.push((await post(dev, "/oidc/authorize", {request: guessed.id, member, choice: "approve", digits: guessed.digits === "111111" ? "222222" : "111111"})).status)
      bench.same("guesses", [200, 200, 200, 200, 303, 404], answers)
      const wrongDigits = (digits) => (digits === "111111" ? "222222" : "111111")
      const tried = []
      for (let i = 0; i < 20; i++) {
        const one = await openPage(dev, challenge)
        for (let j = 0; j < 4; j++) tried.push((await post(dev, "/oidc/authorize", {request: one.id, member, choice: "approve", digits: wrongDigits(one.digits)})).status)
      }
      bench.same("going through them all ends", [200, 403], [tried[0], tried.at(-1)])
      const last = await openPage(dev, challenge)
      isPage(bench, "with the right ones too", await post(dev, "/oidc/authorize", {request: last.id, member, choice: "approve", digits: last.digits}), 403)
      bench.same("a script may", 200, (await dev.api("POST", `/sign-ins/${last.id}/approve`, {})).status)
      isPage(bench, "the end", await request("GET", new URL("/authorized", dev.url), {}), 200)
    }),

  "requests to sign in that are wrong": (bench) =>
    withPlatform(bench, async (dev) => {
      const {challenge} = pkce()
      const stays = [{client_id: "x"}, {redirect_uri: "https://evil.example"}, {redirect_uri: "http://localhost.evil.example:1"}, {redirect_uri: ""}, {state: "x".repeat(513)}]
      for (const more of stays) isPage(bench, JSON.stringify(more).slice(0, 60), (await openPage(dev, challenge, more)).answer, 400)
      const told = {
        unsupported_response_type: {response_type: "token"},
        invalid_request: {code_challenge_method: "plain"},
        invalid_scope: {scope: "everything"},
      }
      for (const [error, more] of Object.entries(told)) {
        const {answer} = await openPage(dev, challenge, more)
        bench.same(error, [303, `${redirect}?error=${error}&state=state-1`], [answer.status, answer.headers.location])
      }
      bench.same("nobody waits", [], (await dev.api("GET", "/sign-ins")).json.items)
    }),

  "codes and tokens": (bench) =>
    withPlatform(bench, async (dev) => {
      const {verifier, challenge} = pkce()
      const code = async () => {
        const {id} = await openPage(dev, challenge)
        return codeIn((await dev.api("POST", `/sign-ins/${id}/approve`, {})).json.location)
      }
      const refused = async (what, error, coming) => {
        const {status, json} = await coming
        bench.same(what, [400, error, "string"], [status, json?.error, typeof json?.error_description])
      }
      const used = await code()
      bench.same("a good code", 200, (await exchange(dev, used, verifier)).status)
      await refused("a used code", "invalid_grant", exchange(dev, used, verifier))
      const spoilt = await code()
      await refused("a wrong verifier", "invalid_grant", exchange(dev, spoilt, pkce().verifier))
      await refused("a code that was tried", "invalid_grant", exchange(dev, spoilt, verifier))
      await refused("another redirect_uri", "invalid_grant", exchange(dev, await code(), verifier, {redirect_uri: "http://localhost:1"}))
      await refused("another client", "invalid_client", exchange(dev, await code(), verifier, {client_id: "x"}))
      await refused("another grant", "unsupported_grant_type", exchange(dev, await code(), verifier, {grant_type: "password"}))
      await refused("an empty form", "invalid_request", post(dev, "/oidc/token", {}))
      await refused("the code `undefined`", "invalid_grant", exchange(dev, "undefined", verifier))
      const late = await code()
      await dev.api("POST", "/clock", {advance_ms: 61000})
      await refused("a code after a minute", "invalid_grant", exchange(dev, late, verifier))
      const first = await signIn(dev, await plainMember(dev))
      bench.same("how long", ["Bearer", 3600], [first.token_type, first.expires_in])
      const whoami = async (token) => (await dev.http("GET", "/api/auth/whoami", {token})).status
      const second = (await refresh(dev, first.refresh_token)).json
      bench.same("rotated", true, second.refresh_token !== first.refresh_token && second.access_token !== first.access_token)
      bench.same("the new one", 200, await whoami(second.access_token))
      await dev.api("POST", "/clock", {advance_ms: 3600000})
      bench.same("after an hour", 401, await whoami(second.access_token))
      const third = (await refresh(dev, second.refresh_token)).json
      bench.same("refreshed", 200, await whoami(third.access_token))
      await refused("a spent refresh token", "invalid_grant", refresh(dev, second.refresh_token))
      bench.same("then the sign-in is over", 401, await whoami(third.access_token))
      bench.same("the secret of the run is a token too", 200, await whoami(dev.secret))
      bench.same("that of REST is none", 401, await whoami(dev.api_token))
    }),

  "a login outlives the run, and no token is in the store": async (bench) => {
    let token
    await withPlatform(bench, async (dev) => {
      token = (await signIn(dev)).access_token
    })
    await withDev(bench, {}, async (dev) => {
      bench.same("after a restart", 200, (await dev.http("GET", "/api/auth/whoami", {token})).status)
    })
    const folder = path.join(bench.app, ".attio/local")
    for (const name of fs.readdirSync(folder)) bench.same(name, false, fs.readFileSync(path.join(folder, name)).includes(token))
  },

  "each endpoint": (bench) =>
    withPlatform(bench, async (dev) => {
      const api = await Developer.of(dev)
      await api.ask("GET", "/api/auth/whoami")
      const {value} = await api.ask("GET", "/api/developer-accounts")
      const apps = "/api/developer-accounts/{account}/apps"
      const fresh = {slug: "fresh-app", title: "Fresh App", avatar_id: null}
      await api.ask("GET", "/api/apps/by-slug/{slug}", {slug: "fresh-app"}, undefined, 404)
      const made = await api.ask("PUT", apps, {account: value[0].slug}, fresh)
      await api.ask("PUT", apps, {account: value[0].slug}, fresh, 409)
      await api.ask("PUT", apps, {account: "other"}, fresh, 404)
      await api.ask("PUT", apps, {account: value[0].slug}, {...fresh, slug: "b", title: ""}, 422)
      await api.ask("PUT", apps, {account: value[0].slug}, {slug: "b"}, 400)
      const {app} = await api.ask("GET", "/api/apps/by-slug/{slug}", {slug: "fresh-app"})
      bench.same("the app", made, app)
      const {app_id} = app
      const wish = {major: 2, cli_version: "1.0.4", sdk_version: "2026-07-24", workflow_block_ids: ["a b", "c/d?e"]}
      const begun = await api.ask("POST", versions, {app_id}, wish)
      const complete = `${versions}/{major}/{minor}/bundles/{bundle_id}/complete`
      const ended = {app_id, major: begun.major, minor: begun.minor, bundle_id: begun.app_prod_version_bundle_id}
      await api.ask("POST", complete, ended, {}, 400)
      await upload(dev, begun, {client: "c", server: "s", blocks: {"a b": "1", "c/d?e": "2"}})
      await api.ask("POST", complete, ended, {})
      bench.same("an upload after that", 404, (await put(begun.client_bundle_upload_url, "x")).status)
      const {app_prod_versions: listed} = await api.ask("GET", versions, {app_id})
      bench.same("the list", [[2, 0]], listed.map(({major, minor}) => [major, minor]))
      const workspace_id = await api.workspace()
      const installation = "/api/apps/{app_id}/workspace/{workspace_id}/dev-installation"
      await api.ask("GET", installation, {app_id, workspace_id})
      await api.ask("GET", installation, {app_id, workspace_id: app_id}, undefined, 403)
      await push(api, {app: "fresh-app", files: {client: "", server: "", blocks: {x: ""}}})
      await api.ask("GET", versions, {app_id: workspace_id}, undefined, 404)
      const leave = (workspace, app) => ({token_params: {capability: JSON.stringify({[`ecosystem-app-logs:${workspace}:${app}`]: ["subscribe"]})}})
      const {token, issued, expires} = await api.ask("POST", "/api/integrations/ably/auth", {}, leave(workspace_id, app_id))
      bench.same("leave lasts", [true, 3600000], [token.length > 40, expires - issued])
      for (const [workspace, app] of [[app_id, app_id], [workspace_id, workspace_id], ["*", "*"]]) await api.ask("POST", "/api/integrations/ably/auth", {}, leave(workspace, app), 403)
      for (const bad of [{}, {token_params: {}}, {token_params: {capability: "x"}}]) await api.ask("POST", "/api/integrations/ably/auth", {}, bad, 400)
      // Of the rest: pages and forms, which the other tests see to.
      const rest = ["GET /oidc/authorize", "POST /oidc/authorize", "GET /authorized", "POST /oidc/token", "PUT /upload/{of}/{row}/{kind}", "GET /"]
      const all = Object.entries(api.described.paths).flatMap(([route, one]) => Object.keys(one).map((method) => `${method.toUpperCase()} ${route}`))
      bench.same("none was left out", [], all.filter((one) => !api.used.has(one) && !rest.includes(one)))
    }),

  "URLs of uploads expire, and are for one bundle": (bench) =>
    withPlatform(bench, async (dev) => {
      const api = await Developer.of(dev)
      const app_id = await api.app("my-app")
      const wish = {major: 1, cli_version: "1.0.4", sdk_version: "2026-07-24", workflow_block_ids: []}
      const {client_bundle_upload_url: url, server_bundle_upload_url: other} = await api.ask("POST", versions, {app_id}, wish)
      bench.same("without its signature", 403, (await put(url.replace(/\?.*/, ""), "x")).status)
      bench.same("with another's", 403, (await put(url.replace(/\?.*/, "") + other.replace(/.*\?/, "?"), "x")).status)
      bench.same("twice", [200, 200], [(await put(url, "x")).status, (await put(url, "y")).status])
      await dev.api("POST", "/clock", {advance_ms: 15 * 60000 + 1000})
      bench.same("later", 403, (await put(url, "x")).status)
    }),

  "environments are judged": (bench) =>
    withPlatform(bench, async (dev) => {
      const api = await Developer.of(dev)
      const values = {app_id: await api.app("my-app")}
      const body = {major: 1, target_workspace_id: await api.workspace(), cli_version: "1.0.4"}
      const ask = (environment_variables, status) => api.ask("POST", devVersions, values, {...body, environment_variables}, status)
      await ask({A: "1", B_2: "x y"}, 200)
      const wrong = {a: "1", ATTIO_X: "1", E: " ", ["K".repeat(200)]: "1", V: "x".repeat(20000)}
      const {code, errors, message} = await ask(wrong, 400)
      bench.same("code, and no message beside it", ["ENV_VARIABLES_VALIDATION_FAILED", undefined], [code, message])
      const found = errors.map(({code: one, key, max_bytes}) => [one, key.slice(0, 7), typeof max_bytes])
      bench.same("errors", [["INVALID_KEY_FORMAT", "a", "undefined"], ["RESERVED_KEY_PREFIX", "ATTIO_X", "undefined"], ["EMPTY_VALUE", "E", "undefined"], ["KEY_TOO_LONG", "KKKKKKK", "number"], ["VALUE_TOO_LARGE", "V", "number"]], found)
      const many = Object.fromEntries(Array.from({length: 101}, (_, i) => [`K${i}`, "1"]))
      bench.same("too many", ["TOO_MANY_VARIABLES", 100], (({code: one, limit}) => [one, limit])((await ask(many, 400)).errors[0]))
      for (const bad of [{A: 1}, "x", null, undefined]) await ask(bad, 400)
      await api.ask("POST", devVersions, values, {...body, environment_variables: {}, target_workspace_id: values.app_id}, 403)
    }),

  "failures that are ordered": (bench) =>
    withPlatform(bench, async (dev) => {
      const order = async (body) => (await dev.api("POST", "/faults", body)).status
      const whoami = () => dev.http("GET", "/api/auth/whoami", {token: dev.secret}).then(({status, headers, text}) => ({status, headers, text}), (error) => error.code)
      const good = await whoami()
      bench.same("a status", 200, await order({endpoint: "GET /api/auth/whoami", failure: "status", status: 429, headers: {"Retry-After": "2"}, times: 2}))
      for (let i = 0; i < 2; i++) bench.same("asked", [429, "2", {message: "this failure was ordered"}], await whoami().then(({status, headers, text}) => [status, headers["retry-after"], JSON.parse(text)]))
      bench.same("then it is over", 200, (await whoami()).status)
      await order({endpoint: "*", failure: "status", status: 200, body: "{]"})
      bench.same("another body", [200, "{]"], await whoami().then(({status, text}) => [status, text]))
      await order({endpoint: "/api/auth/whoami", failure: "reset"})
      bench.same("no answer", "ECONNRESET", await whoami())
      await order({endpoint: "/api/auth/whoami", failure: "cut"})
      bench.same("half an answer", "ECONNRESET", await whoami())
      await order({endpoint: "/api/auth/whoami", failure: "slow", ms: 20})
      bench.same("a slow one is whole", good.text, (await whoami()).text)
      const make = (slug) => dev.http("PUT", "/api/developer-accounts/local-developer/apps", {token: dev.secret, body: {slug, title: "T", avatar_id: null}})
      const there = async (slug) => (await dev.http("GET", `/api/apps/by-slug/${slug}`, {token: dev.secret})).status
      await order({endpoint: "PUT /api/developer-accounts/{account}/apps", failure: "status", status: 503, done: true})
      bench.same("failed, but done", [503, 200], [(await make("done")).status, await there("done")])
      await order({endpoint: "PUT /api/developer-accounts/{account}/apps", failure: "status", status: 503})
      bench.same("failed", [503, 404], [(await make("not-done")).status, await there("not-done")])
      await order({endpoint: "/api/apps/by-slug/{slug}", failure: "status", times: 9})
      bench.same("told", ["/api/apps/by-slug/{slug}", "status", 9], Object.values((await dev.api("GET", "/faults")).json.items[0]))
      await dev.api("DELETE", "/faults")
      bench.same("taken back", 200, await there("done"))
      const wrong = [{endpoint: "/nowhere", failure: "cut"}, {endpoint: "*", failure: "x"}, {endpoint: "*", failure: "cut", times: 0}, {endpoint: "*", failure: "status", status: 99}, {endpoint: "*", failure: "status", headers: {A: "b\r\nC: d"}}]
      for (const one of wrong) bench.same(JSON.stringify(one), 400, await order(one))
    }),

  "trouble by chance": (bench) =>
    withPlatform(
      bench,
      async (dev) => {
        const whoami = () => dev.http("GET", "/api/auth/whoami", {token: dev.secret}).then(({status, text}) => [status, text], (error) => [error.code])
        const order = async (spec) => (await dev.api("PUT", "/chaos", {spec})).json.developer
        bench.same("as started", [503, {message: "this failure was ordered"}], await whoami().then(([status, text]) => [status, JSON.parse(text)]))
        bench.same("others are not in it", 200, (await dev.rest("GET", "/v2/self")).status)
        bench.same("no answer", 100, (await order("developer.error=100%")).error_percent)
        bench.same("none came", ["ECONNRESET"], await whoami())
        bench.same("late", 20, (await order("developer.latency=20")).latency_ms)
        const late = await whoami()
        bench.same("a late one is whole", [200, "object"], [late[0], typeof JSON.parse(late[1]).user])
        const some = async () => {
          await order("developer.500=30%,seed=5")
          const codes = []
          for (let i = 0; i < 40; i++) codes.push((await whoami())[0])
          return codes.join(" ")
        }
        const first = await some()
        bench.same("some of them", [true, true], [first.includes("200"), first.includes("500")])
        bench.same("the same with the same seed", first, await some())
        await dev.api("DELETE", "/chaos")
        bench.same("no more", 200, (await whoami())[0])
      },
      {args: ["--chaos", "developer.503=100%"]},
    ),

  "a member who is no admin": (bench) =>
    withPlatform(bench, async (dev) => {
      const api = await Developer.of(dev, await plainMember(dev))
      bench.same("has no workspaces", undefined, await api.workspace())
    }),

  "what is pushed runs when nothing was built here": async (bench) => {
    await templateApp(bench, "minimal")
    const files = await build(bench)
    const options = {args: ["--no-build"]}
    const surfaces = async (dev) => (await dev.api("GET", "/surfaces")).json?.items?.map(({id}) => id)
    await withDev(bench, options, async (dev) => {
      const api = await Developer.of(dev)
      await push(api, {files})
      await dev.event("running")
      bench.same("told", [true, "my-app"], await dev.event("pushed").then(({runs, app}) => [runs, app]))
      bench.same("its surface", ["say-hello"], await surfaces(dev))
      const from = dev.lines.length
      await push(api, {files: {...files, client: files.client.replaceAll('"say-hello"', '"say-more"')}})
      await dev.event("running", () => true, from)
      bench.same("the next push", ["say-more"], await surfaces(dev))
      const named = async () => Object.values((await dev.api("GET", "/status")).json.app).slice(0, 2)
      bench.same("under its own name", ["my-app", "My App"], await named())
      const again = dev.lines.length
      await dev.http("PUT", "/api/developer-accounts/local-developer/apps", {token: dev.secret, body: {slug: "other", title: "The Other", avatar_id: null}})
      await push(api, {app: "other", files})
      await dev.event("running", () => true, again)
      bench.same("another app's push", ["other", "The Other"], await named())
      const back = dev.lines.length
      await push(api, {files: {...files, client: files.client.replaceAll('"say-hello"', '"say-more"')}})
      await dev.event("running", () => true, back)
      bench.same("and back", ["my-app", "My App"], await named())
    })
    await withDev(bench, options, async (dev) => {
      await dev.event("running")
      bench.same("and in the next run", ["say-more"], await surfaces(dev))
    })
    await withDev(bench, {}, async (dev) => {
      await push(await Developer.of(dev), {files: {client: "throw 1", server: ""}})
      bench.same("beside a build of its own", false, (await dev.event("pushed")).runs)
      bench.same("that runs on", ["say-hello"], await surfaces(dev))
    })
  },
}
