// The command that a button shows is one that the program takes: by the program's own description of its commands.
import assert from "node:assert/strict"
import {execFileSync} from "node:child_process"
import fs from "node:fs"
import path from "node:path"
import test from "node:test"
import {fileURLToPath} from "node:url"

globalThis.location = {origin: "http://127.0.0.1:8700"}
const top = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..")
// As a module, which Node 18 takes a .js file for only where a package.json says so.
const source = fs.readFileSync(path.join(top, "lib/local/page/base/command.js"), "utf8")
const {commandOf, curlCommand, runCommand} = await import(`data:text/javascript,${encodeURIComponent(source)}`)
const attio = path.join(path.resolve(process.env.ATTIO_BUILD ?? path.join(top, "build")), "attio")
const skip = fs.existsSync(attio) ? false : `there is no ${attio}`

// As a shell reads it.
const words = (text) => execFileSync("sh", ["-c", `for word in ${text.replace(/^attio /, "")}; do printf '%s\\0' "$word"; done`]).toString().split("\0").slice(0, -1)

const requests = [
  ["POST", "/actions/run", {id: "send", record: "people/ada", as: "ada@example.com"}, "action run send --record people/ada --as ada@example.com"],
  ["POST", "/actions/run", {id: "send", records: ["people/ada", "people/b's"], kind: "bulk-record-action"}],
  ["POST", "/actions/run", {id: "list", object: "people"}],
  ["POST", "/actions/run", {id: "note", text: "it's $HOME \"quoted\" `here`\nand more"}],
  ["POST", "/actions/run", {id: "send", record: "people/ada", steps: ["submit"]}, "api"],
  ["POST", "/surfaces/show", {kind: "widget", id: "score", record: "people/ada", as: "Ada"}],
  ["POST", "/surfaces/show", {kind: "settings"}, "settings show"],
  ["POST", "/surfaces/show", {kind: "configurator", id: "ring", config: {who: "Ada"}}],
  ["POST", "/surfaces/show", {kind: "page", id: "p", props: {a: 1}}, "api"],
  ["POST", "/server/call", {module: "app/a.server", args: [1, {a: "b"}], as: "ada@example.com"}],
  ["POST", "/connections", {owner: "user", as: "ada@example.com", value: "secret", force: true}],
  ["POST", "/connect", {owner: "workspace"}],
  ["DELETE", "/connections/5f0c"],
  ["DELETE", "/connections/5f0c?force=1", undefined, "connection rm 5f0c --force"],
  ["POST", "/connections/5f0c/expire"],
  ["POST", "/webhooks/send", {handler: "lead", method: "PUT", path: "/x", query: "a=1", body: {a: "b c"}}],
  ["POST", "/webhooks/send", {handler: "lead", headers: {a: "b"}, body: "x"}, "api"],
  ["POST", "/deliveries/7/replay", {set: [{pointer: "/a/b", value: "x y"}]}],
  ["POST", "/events/send", {event: "connection-added", connection: "5f"}],
  ["PUT", "/kv/a%2Fb%20c", {value: {a: 1}, ttl: 60}, "kv put 'a/b c' '{\"a\":1}' --ttl 60"],
  ["DELETE", "/kv/x"],
  ["POST", "/clock", {advance_ms: 3600000}, "clock +3600s"],
  ["POST", "/clock", {now: "2030-01-01T00:00:00Z"}],
  ["POST", "/clock", {real: true}, "clock real"],
  ["POST", "/clock", {advance_ms: 1500}, "api"],
  ["POST", "/state/save", {name: "before"}],
  ["POST", "/state/restore", {name: "before"}],
  ["POST", "/state/reset", {}],
  ["PATCH", "/settings", {values: {region: "eu"}}],
  ["PATCH", "/settings", {values: {a: 1, b: 2}}, "api"],
  ["POST", "/blocks/ring/run", {config: {who: "Ada"}, finish: {body: "{}"}}],
  ["POST", "/blocks/ring/activate", {config: {}}],
  ["POST", "/blocks/ring/activate", {activation: "a1"}, "api"],
  ["POST", "/blocks/ring/trigger", {activation: "a1", request: {method: "POST"}}],
  ["POST", "/blocks/ring/finish", {run: "r1", request: {body: "x"}}],
  ["POST", "/blocks/ring/deactivate", {activation: "a1"}],
  ["GET", "/versions/diff?from=1.1&to=1.2", undefined, "version diff --local 1.1 1.2"],
  ["POST", "/graphql", {query: "query {\n  a\n}"}, "api"],
  ["GET", "/chaos", undefined, "api GET /chaos"],
]

test("what is shown fits the program", {skip}, () => {
  const {commands} = JSON.parse(execFileSync(attio, ["help", "--json"]).toString())
  const all = requests.map(([method, where, body, wanted]) => [commandOf(method, where, body), wanted, body])
  all.push([runCommand({id: "send", object: "people", record: "ada", as: "ada@example.com"}), "action run send --record people/ada --as ada@example.com"])
  all.push([runCommand({id: "send", object: "people", records: ["a", "b"]}), "action run send --record people/a --record people/b"])
  for (const [text, wanted, body] of all) {
    assert.match(text, /^attio /)
    if (wanted) assert.ok(text.slice(6).startsWith(wanted), `${text}, not ${wanted}`)
    const given = words(text)
    const command = commands.find(({name}) => given.join(" ").startsWith(`${name} `) || given.join(" ") === name)
    assert.ok(command, `${text}: there is no such command`)
    for (const option of given.filter((word) => /^--[a-z]/.test(word)).map((word) => word.slice(2)))
      assert.ok(command.options.some(({name}) => name === option), `${text}: ${command.name} has no --${option}`)
    if (body?.text) assert.ok(given.includes(body.text), `${text}: the shell makes something else of it`)
    if (body?.value === "secret") assert.ok(!text.includes("secret"), "a secret is shown")
  }
})

test("as curl, with the secret's name", () => {
  const text = curlCommand("POST", "/kv/a", {value: "it's"})
  assert.match(text, /Authorization: Bearer \$ATTIO_LOCAL_SECRET/)
  assert.match(text, /127\.0\.0\.1:8700\/__attio\/api\/kv\/a/)
})
