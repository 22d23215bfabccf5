// `attio dev --workspace`: what is pushed to Attio, when, and what happens when that fails.
import fs from "node:fs"
import path from "node:path"
import {templateApp} from "./apps.mjs"
import {command, Dev, until, withDev, within} from "./dev.mjs"
import {app, channel, Far, workspace} from "./far.mjs"

async function withFar(bench, use) {
  const far = await new Far().start()
  try {
    await use(far)
    bench.same("what the log service got", [], far.problems)
    const said = far.said ?? ""
    for (const secret of ["far-token-1", "far-secret", "far-log-1", "far-value"]) bench.same(`${secret} is told`, false, said.includes(secret))
  } finally {
    far.stop()
  }
}

// With the far side alone: no platform here.
async function withRemote(bench, {template = "minimal", files = {}, args = []}, use) {
  await templateApp(bench, template)
  for (const [name, text] of Object.entries(files)) write(bench, name, text)
  await withFar(bench, async (far) => {
    const dev = new RemoteDev(bench, {args: ["--remote", ...args], env: far.env})
    try {
      await use(dev, far)
      if (dev.code === undefined) await dev.end()
    } finally {
      far.said = dev.text.stdout + dev.text.stderr
      if (dev.code === undefined) dev.killAll()
    }
  })
}

class RemoteDev extends Dev {
  pushed(number) {
    return until(`push ${number}`, () => this.lines.filter((one) => one.event === "push" && one.ok).length >= number)
  }

  async end(code = 0) {
    this.child.kill("SIGINT")
    await within("the end after Ctrl-C", this.ended)
    this.bench.same("exit code", code, this.code)
    await this.nobodyLeft()
  }
}

// `attio logs`, as a Dev that is no platform.
class Follower extends RemoteDev {
  constructor(bench, env) {
    super(bench, {args: ["--app", "my-app"], env}, ["logs", "--json"])
  }
}

const write = (bench, name, text) => {
  const file = path.join(bench.app, name)
  fs.mkdirSync(path.dirname(file), {recursive: true})
  fs.writeFileSync(file, text)
}

const source = "src/app/extensions/say-hello/extension.ts"
const edit = (bench, text) => fs.appendFileSync(path.join(bench.app, source), `\n${text}\n`)
const isVersion = /^POST .*\/dev-versions$/
const isBundle = /\/bundles$/
const isComplete = /\/complete$/

export default {
  "the start makes the calls of the official CLI, in its order": (bench) =>
    withRemote(bench, {files: {".env": "A_KEY=one\nEMPTY=\nexport QUOTED=\"two words\"\n", ".env.local": "A_KEY=far-value\nMORE=3\n"}}, async (dev, far) => {
      await dev.pushed(1)
      const calls = far.calls.map(({what}) => what).filter((what) => !/installation|ably/.test(what))
      bench.same("calls", [
        "GET /api/apps/by-slug/my-app",
        "GET /api/dev-workspaces",
        `POST /api/apps/${app}/dev-versions`,
        `POST /api/apps/${app}/dev-versions/v1/bundles`,
        "PUT /up/b1/client",
        "PUT /up/b1/server",
        `POST /api/apps/${app}/dev-versions/v1/bundles/b1/complete`,
      ], [...calls.slice(0, 4), ...calls.slice(4, 6).sort(), ...calls.slice(6)])
      const body = (pattern) => far.calls.find(({what}) => pattern.test(what)).body
      const env = {A_KEY: "far-value", QUOTED: "two words", MORE: "3"}
      bench.same("version", {major: 1, target_workspace_id: workspace, environment_variables: env, cli_version: "1.0.4"}, body(isVersion))
      bench.same("order of variables", Object.keys(env), Object.keys(body(isVersion).environment_variables))
      bench.same("bundle", {sdk_version: "2026-07-24", workflow_block_ids: []}, body(isBundle))
      bench.same("complete", {}, body(isComplete))
      const put = far.calls.find(({what}) => what.startsWith("PUT")).headers
      bench.same("headers of an upload", ["text/javascript", undefined, undefined], [put["content-type"], put.authorization, put["x-attio-platform"]])
      bench.same("code was uploaded", true, far.uploaded(1, "client").length > 100)
    }),

  "blocks are uploaded by their ids": (bench) =>
    withRemote(bench, {template: "workflow"}, async (dev, far) => {
      await dev.pushed(1)
      const ids = far.calls.find(({what}) => isBundle.test(what)).body.workflow_block_ids
      bench.same("there are blocks", true, ids.length > 0)
      for (const id of ids) bench.same(`block ${id}`, true, far.uploaded(1, id)?.length > 100)
    }),

  "what changes during a push is pushed once after it": (bench) =>
    withRemote(bench, {}, async (dev, far) => {
      let go
      far.next(/^PUT .*server/, () => new Promise((done) => (go = () => done())))
      await until("the first upload", () => go)
      for (let i = 0; i < 5; i++) {
        const built = dev.lines.length
        edit(bench, `export const late${i} = "late ${i}"; console.log(late${i})`)
        await dev.event("build", (one) => one.ok, built)
      }
      go()
      await dev.pushed(2)
      bench.same("bundles", 2, far.count(isBundle))
      bench.same("the last change is in it", true, `${far.uploaded(2, "client")}${far.uploaded(2, "server")}`.includes("late 4"))
    }),

  "an edit of the variables begins a new version, one of a comment nothing": (bench) =>
    withRemote(bench, {files: {".env": "A_KEY=1\n"}}, async (dev, far) => {
      await dev.pushed(1)
      write(bench, ".env", "# a comment\nA_KEY=1\n")
      write(bench, ".env.local", "B_KEY=2\n")
      await dev.pushed(2)
      const versions = far.calls.filter(({what}) => isVersion.test(what)).map(({body}) => body.environment_variables)
      bench.same("versions", [{A_KEY: "1"}, {A_KEY: "1", B_KEY: "2"}], versions)
      bench.same("the build goes to the new one", 1, far.count(/dev-versions\/v2\/bundles$/))
    }),

  "an edit of the variables that Attio does not take is told, and the build pushed all the same": (bench) =>
    withRemote(bench, {files: {".env": "A_KEY=1\n"}}, async (dev, far) => {
      await dev.pushed(1)
      write(bench, ".env", "A_KEY=1\nlower=far-value\n")
      const {error} = await dev.event("push", (one) => !one.ok)
      bench.same("why", "`lower` must begin with a capital letter", error.why)
      await dev.pushed(2)
      bench.same("versions", 1, far.count(isVersion))
      write(bench, ".env", "A_KEY=2\n")
      await dev.pushed(3)
      bench.same("versions then", 2, far.count(isVersion))
    }),

  "a push that fails is repeated, whatever failed": (bench) =>
    withRemote(bench, {}, async (dev, far) => {
      await dev.pushed(1)
      const rows = [
        [isBundle, () => [500, {message: "no"}], "service"],
        [/^PUT .*client/, () => [403, {}], "service"],
        [isComplete, () => [200, {success: false}], "service"],
        [isBundle, () => [404, {}], "not-found"],
      ]
      for (const [i, [pattern, answer, kind]] of rows.entries()) {
        const from = dev.lines.length
        far.next(pattern, answer)
        edit(bench, `console.log("try ${i}")`)
        const {error, again_in_s} = await dev.event("push", (one) => !one.ok, from)
        bench.same(`kind of ${i}`, kind, error.kind)
        bench.same(`told when of ${i}`, 2, again_in_s)
        await dev.pushed(i + 2)
      }
      bench.same("a version that is gone is made anew", 2, far.count(isVersion))
    }),

  "one that nothing but the developer can change waits for the next build": (bench) =>
    withRemote(bench, {}, async (dev, far) => {
      far.next(isBundle, () => [403, {message: "not yours"}])
      const {error, again_in_s} = await dev.event("push", (one) => !one.ok)
      bench.same("kind", ["auth", undefined], [error.kind, again_in_s])
      edit(bench, 'console.log("more")')
      await dev.pushed(1)
    }),

  "an edit of a query is pushed": (bench) =>
    withRemote(bench, {files: {"src/app/who.graphql": "query who { currentUser { id } }\n"}}, async (dev, far) => {
      const text = fs.readFileSync(path.join(bench.app, source), "utf8")
      write(bench, source, `import who from "../../who.graphql"\n${text}\nconsole.log(who)\n`)
      await until("the query", () => far.calls.some(({body}) => String(body).includes("query who")))
      write(bench, "src/app/who.graphql", "query who { currentUser { id name } }\n")
      await until("the edit", () => far.calls.some(({body}) => /query who[^}]*name/.test(String(body))))
    }),

  "a build that breaks is not pushed": (bench) =>
    withRemote(bench, {}, async (dev, far) => {
      await dev.pushed(1)
      edit(bench, "const x = {")
      await dev.event("build", (one) => !one.ok)
      const text = fs.readFileSync(path.join(bench.app, source), "utf8")
      write(bench, source, text.replace("const x = {", 'console.log("good again")'))
      await dev.pushed(2)
      bench.same("bundles", 2, far.count(isBundle))
    }),

  "Ctrl-C in the middle of an upload ends at once, and completes nothing": (bench) =>
    withRemote(bench, {}, async (dev, far) => {
      let begun = false
      far.next(/^PUT .*client/, () => new Promise(() => (begun = true)))
      await until("the upload", () => begun)
      await dev.end()
      bench.same("completed", 0, far.count(isComplete))
    }),

  "beside the platform here: the log of the workspace, and how to install the app": async (bench) => {
    await templateApp(bench, "minimal")
    await withFar(bench, async (far) => {
      far.installed = false
      far.script = [
        '> {"action":4,"connectionId":"c1","connectionDetails":{"connectionKey":"k1"}}',
        `< {"action":10,"channel":"${channel}"}`,
        `> {"action":11,"channel":"${channel}"}`,
        `< {"action":14,"channel":"${channel}","msgSerial":0,"presence":[{"action":2}]}`,
        '> {"action":1,"msgSerial":0,"count":1}',
        `> ${JSON.stringify({action: 15, channel, messages: [{name: "app-dev-log-emitted", encoding: "json", data: JSON.stringify({data: {message: "from afar", severity: "INFO", timestamp: "2026-11-29T00:00:01.000Z"}})}]})}`,
        `< {"action":14,"channel":"${channel}","msgSerial":1,"presence":[{"action":3}]}`,
        '> {"action":1,"msgSerial":1,"count":1}',
        `< {"action":12,"channel":"${channel}"}`,
        `> {"action":13,"channel":"${channel}"}`,
      ]
      await withDev(bench, {args: ["--workspace", "acme"], env: far.env}, async (dev) => {
        await dev.event("push", (one) => one.ok)
        await until("the page", () => dev.text.stderr.includes(`${far.url}/acme/settings/apps/my-app`))
        far.installed = true
        const {text, workspace: where, at} = await dev.event("log", (one) => one.workspace)
        bench.same("entry", ["from afar", "acme", "2026-11-29T00:00:01.000Z"], [text, where, at])
        far.said = dev.text.stdout + dev.text.stderr
      })
      bench.same("the log service was left", [], far.scripted.rest())
    })
  },

  "Ctrl-C ends logs at once, wherever it waits": async (bench) => {
    await templateApp(bench, "minimal")
    const never = () => new Promise(() => {})
    const rows = [
      ["the installation", (far) => (far.installed = false), (far) => far.count(/dev-installation/) > 1],
      ["leave to read", (far) => far.next(/ably/, never), (far) => far.count(/ably/) > 0],
      ["the greeting", (far) => (far.script = []), (far) => far.count(/WEBSOCKET/) > 0],
    ]
    for (const [what, prepare, waits] of rows)
      await withFar(bench, async (far) => {
        prepare(far)
        const logs = new Follower(bench, far.env)
        try {
          await until(`that it waits for ${what}`, () => waits(far))
          await until("that Ctrl-C is caught", () => logs.text.stderr.includes("workspace: Acme"))
          await logs.end(130)
        } finally {
          if (logs.code === undefined) logs.killAll()
        }
      })
  },

  "a log that is refused is told, and the rest goes on": (bench) =>
    withRemote(bench, {}, async (dev) => {
      await until("the refusal", () => dev.text.stderr.includes("going on without the log"))
      await dev.pushed(1)
    }),

  "against the local platform: what is pushed runs there, and its log comes back, to dev and to logs": async (bench) => {
    await templateApp(bench, "workflow")
    write(bench, "src/app/greet.server.ts", 'export default async function greet() {\n  console.log("one")\n  return process.env.GREETING\n}\n')
    write(bench, ".env", "GREETING=hello\n")
    await withDev(bench, {args: ["--no-build"]}, async (far) => {
      const env = {ATTIO_API_URL: `${far.url}/api`, ATTIO_TOKEN: far.secret}
      const dev = new RemoteDev(bench, {args: ["--remote"], env})
      const logs = new Follower(bench, env)
      try {
        await dev.pushed(1)
        await far.event("running")
        const greet = async () => (await far.api("POST", "/server/call", {module: "app/greet.server"})).json?.value
        await until("that dev listens", () => dev.text.stderr.includes("following the log"))
        await until("that logs listens", () => logs.text.stderr.includes("following the log"))
        bench.same("its environment", "hello", await greet())
        const {text, level} = await dev.event("log", (one) => one.workspace)
        bench.same("the log in dev", ["one", "info"], [text, level])
        bench.same("the log in logs", "one", (await logs.event("log")).text)
        const from = far.lines.length
        write(bench, ".env", "GREETING=hello again\n")
        await dev.pushed(2)
        await far.event("running", () => true, from)
        bench.same("the new environment", "hello again", await greet())
        await dev.end()
        await logs.end()
      } finally {
        for (const one of [dev, logs]) if (one.code === undefined) one.killAll()
      }
    })
  },

  "what keeps it from starting has its exit code": async (bench) => {
    await templateApp(bench, "minimal")
    await withFar(bench, async (far) => {
      bench.env = {...bench.env, ...far.env}
      const dev = (...args) => command(bench, "dev", "--remote", "--json", ...args)
      write(bench, ".env", "ATTIO_X=far-value\n2nd=1\n")
      const env = await dev()
      bench.same("variables", [1, "findings", "`ATTIO_X` begins as the platform's own names do; `2nd` must begin with a capital letter"], [env.code, JSON.parse(env.stdout).error.kind, JSON.parse(env.stdout).error.why])
      bench.same("no version was made", 0, far.count(isVersion))
      write(bench, ".env", "A=1\n")
      far.next(isVersion, () => [400, {code: "ENV_VARIABLES_VALIDATION_FAILED", errors: [{code: "KEY_TOO_LONG", key: "A", max_bytes: 1, message: "m"}, {code: "NEW_ONE", message: "something new"}, {code: "TOO_MANY_VARIABLES", limit: 5, message: "m"}]}])
      const judged = await dev()
      bench.same("Attio's verdict", [1, "`A` is too long a name (at most 1 bytes); something new; there are too many variables (at most 5)"], [judged.code, JSON.parse(judged.stdout).error.why])
      for (const [status, code] of [[401, 3], [403, 3], [409, 4], [422, 5], [500, 5]]) {
        far.next(isVersion, () => [status, {message: "no"}])
        bench.same(`exit code of ${status}`, code, (await dev()).code)
      }
      bench.same("without builds", 2, (await dev("--no-build")).code)
      bench.same("another workspace", 4, (await dev("--workspace", "other")).code)
      far.said = env.stdout + judged.stdout
    })
  },
}
