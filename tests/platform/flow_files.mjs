// Flows as files: saved, replayed on the same code, on other code and from another folder.
import {spawn} from "node:child_process"
import fs from "node:fs"
import path from "node:path"
import {root, run} from "../probes/probe.mjs"
import {request} from "./alc.mjs"
import {rigApp} from "./apps.mjs"
import {withDesk} from "./desk.mjs"
import {until, withDev} from "./dev.mjs"
import {Third, thirdOrigin} from "./third.mjs"

const secret = "planted-secret-5f2c"
const flood = "src/app/extensions/rig/flood.server.ts"

async function saved(bench) {
  rigApp(bench)
  fs.writeFileSync(path.join(bench.app, ".env"), `THIRD_KEY=${secret}\n`)
  const third = await new Third().start()
  const {value} = await bench.json("call", flood, "--args", JSON.stringify([`${thirdOrigin}/a?key=${secret}`, 1]), "--route", `${thirdOrigin}=${third.url}`)
  bench.same("it ran", {200: 1}, value.outcomes)
  const file = path.join(bench.app, "one.flow.json")
  const answer = await bench.json("flow", "save", "last", file)
  await third.stop()
  bench.same("saved", [0, true], [answer.code, fs.existsSync(file)])
  return file
}

const steps = (...list) => list.flatMap((step) => ["--step", step])

// One of each kind of flow at the support desk, with changes by hand between them.
async function day(dev, desk) {
  const told = (body) => ({headers: {"Content-Type": "application/json"}, body: JSON.stringify(body)})
  const ada = ["--record", "people/ada"]
  await dev.attio("connection", "add", "--workspace", "--oauth", "--value-env", "DESK_KEY")
  await dev.attio("connection", "add", "--user", "--value-env", "DESK_USER_KEY")
  const [hook] = desk.hooks.values()
  await desk.tell(hook, {id: "e1", event: "ticket.opened", ticket: {id: "T-1", email: "new@desk.example", queue: "q-bugs"}})
  await dev.attio("records", "set", "people/ada", "--values", '{"job_title": "Countess"}')
  await dev.attio("settings", "set", "copy_me", "true")
  const form = steps("fill subject=It broke", 'choose Queue "Bugs"', "fill Urgency=high", "submit", "toast action")
  await dev.attio("action", "run", "open-ticket", ...ada, ...form)
  desk.refuse["POST /v1/tickets"] = [422, {error: "This queue is closed"}]
  await dev.attio("action", "run", "open-ticket", ...ada, ...form)
  await dev.attio("widget", "show", "tickets", ...ada, ...steps("click Desk"))
  await dev.attio("clock", "+2h")
  await dev.attio("action", "run", "close-all", ...ada)
  await dev.attio("settings", "show", ...steps("fill Queue=q-sales"))
  await dev.attio("block", "run", "ask-desk", "--config", '{"queue": "q-sales", "email": "ada@desk.example", "subject": "?"}')
  const {callback, id} = desk.tickets.at(-1)
  await request("POST", callback, told({ticket: id, by: "bob@desk.example", at: 0}))
  await dev.attio("block", "activate", "ticket-opened", "--config", '{"queue": "q-bugs"}')
  await desk.tell([...desk.hooks.values()].at(-1), {event: "ticket.opened", ticket: {id: "T-9", queue: "q-bugs"}})
  await dev.attio("block", "deactivate", "ticket-opened")
  await dev.attio("records", "delete", "people/nikola")
  await dev.attio("event", "send", "connection-added", "--connection", "workspace")
  await dev.attio("connection", "rm", "workspace")
}

// Keeps the flow of one call of a server function.
async function savedCall(bench, module, args) {
  const {code, error} = await bench.json("call", module, "--args", JSON.stringify(args))
  bench.same(`${module}: ${error?.message ?? ""}`, 0, code)
  const file = path.join(bench.app, "one.flow.json")
  bench.same("saved", 0, (await bench.json("flow", "save", "last", file)).code)
  return file
}

// Reads all that a state has, and leaves a key behind that it must not find again.
const look = `
import {attioFetch, getCurrentUser, kv} from "attio/server"
let calls = 0
export default async function look(what: string) {
  const names = async (object: string) => {
    const {data} = (await attioFetch({method: "POST", path: \`/objects/\${object}/records/query\`, body: {}})) as any
    return data.map(({values}: any) => values.name?.[0]?.full_name ?? values.name?.[0]?.value)
  }
  const {data} = (await attioFetch({method: "POST", path: "/objects/people/records/query", body: {}})) as any
  const entries = (await attioFetch({method: "POST", path: "/lists/fleet/entries/query", body: {}})) as any
  const found = await kv.get("left")
  await kv.set("left", what)
  const made = (await attioFetch({method: "POST", path: "/objects/boats/records", body: {data: {values: {name: what}}}})) as any
  await attioFetch({method: "PATCH", path: \`/objects/boats/records/\${made.data.id.record_id}\`, body: {data: {values: {name: "again"}}}})
  return {
    calls: ++calls, found, boats: await names("boats").then((all: any) => all.slice(0, 1)), companies: await names("companies"), entries: entries.data.length,
    titles: data.map(({values}: any) => values.job_title?.[0]?.value), day: new Date().toISOString().slice(0, 10), user: getCurrentUser(),
    kept: await kv.mget(["by-hand", "seeded"]),
  }
}
`

export default {
  "each kind of flow, saved after the whole day, replays equal, in a copy of the app too": (bench) =>
    withDesk(bench, async (dev, desk) => {
      await day(dev, desk)
      const {items} = await dev.attio("flow", "list", "--limit", "1000")
      const files = []
      for (const {id, kind, name} of items.reverse()) {
        const {code, error, diff} = await bench.json("flow", "save", id, `${id}.flow.json`)
        bench.same(`save ${kind} ${name}: ${error?.message ?? ""} ${diff ?? ""}`, 0, code)
        files.push(`${id}.flow.json`)
      }
      bench.same("kinds", ["action", "block", "connection", "surface", "webhook"], [...new Set(items.map(({kind}) => kind))].sort())
      const schema = path.join(bench.folder, "flow.schema.json")
      fs.writeFileSync(schema, (await run(bench.bin, ["help", "schema", "flow"], {env: bench.env})).stdout)
      const conform = await run(process.execPath, [path.join(root, "tests/sdk/conform.mjs"), schema, ...files], {cwd: bench.app})
      bench.same("as the schema says", [0, ""], [conform.code, conform.stderr + conform.stdout])
      const texts = files.map((file) => fs.readFileSync(path.join(bench.app, file), "utf8")).join("")
      for (const secret of [bench.env.DESK_KEY, bench.env.DESK_USER_KEY, dev.secret, dev.api_token]) bench.same("no secret", false, texts.includes(secret))
      const equal = async (what) => {
        const {code, items} = await bench.json("flow", "replay", ...files)
        bench.same(what, [0, files.length, []], [code, items?.length, items?.filter(({equal}) => !equal)])
      }
      for (const what of ["once", "twice", "three times"]) await equal(what)
      bench.same("the platform beside has not seen it", items.length, (await dev.attio("flow", "list", "--limit", "1000")).items.length)
      const copy = path.join(bench.folder, "elsewhere/app")
      fs.cpSync(bench.app, copy, {recursive: true, filter: (name) => !name.includes("/.attio")})
      const {app} = bench
      bench.app = copy
      await equal("in a copy")
      bench.app = app
    }),

  "what the user sees is told when the code changes it, and nothing when it does not": async (bench) => {
    rigApp(bench)
    const file = await savedCall(bench, "src/app/extensions/rig/store.server.ts", ["set", "a", {b: 1}])
    const source = path.join(bench.app, "src/app/extensions/rig/store.server.ts")
    const code = fs.readFileSync(source, "utf8")
    const replay = () => bench.json("flow", "replay", file).then(({code, items}) => [code, items[0].diff])
    fs.writeFileSync(source, `// moved\nimport {attioFetch, kv} from "attio/server"\nvoid attioFetch\n${code.replace(/import.*\n/, "").replaceAll("value", "worth")}`)
    bench.same("a rename, another order, other lines", [0, ""], await replay())
    fs.writeFileSync(source, code.replace("return kv.set(key,", "return kv.set(`the-${key}`,"))
    const [exit, diff] = await replay()
    bench.same("another key", [1, ['-     /input/key: "a"', '+     /input/key: "the-a"']], [exit, diff.split("\n").filter((line) => /^[-+]/.test(line))])
    fs.writeFileSync(source, code.replace("return kv.set(key,", "kv.set(key,").replace("export", "const n: number = 'no'\nexport"))
    bench.same("code that does not build", 1, (await bench.json("flow", "replay", file)).code)
  },

  "the state is that before the flow, of everything that it may see": async (bench) => {
    rigApp(bench, {
      "world.json": JSON.stringify({
        objects: [{api_slug: "boats", singular_noun: "Boat", plural_noun: "Boats", attributes: [{api_slug: "name", type: "text"}, {api_slug: "kind", type: "select", options: ["Sail", "Motor"]}]}],
        lists: [{api_slug: "fleet", name: "Fleet", parent_object: "people", workspace_access: "full-access", workspace_member_access: [], attributes: [{api_slug: "berth", type: "text"}]}],
        records: {boats: [{name: "Beagle", kind: "Sail"}]},
        kv: {seeded: {deep: [1, 2]}},
      }),
      "src/app/extensions/rig/look.server.ts": look,
    })
    const call = (...args) => bench.json("call", "src/app/extensions/rig/look.server.ts", "--args", JSON.stringify(args), "--as", "alan")
    const say = async (...words) => {
      const answer = await bench.json(...words)
      bench.same(`${words.join(" ")}: ${answer.error?.message ?? ""} ${answer.diff ?? ""}`, 0, answer.code)
      return answer
    }
    await say("state", "seed", "world.json")
    const {record} = await say("records", "get", "people/ada")
    bench.write({"more.json": JSON.stringify({entries: {fleet: [{parent_object: "people", parent_record_id: record.id.record_id, entry_values: {berth: "3"}}]}})})
    await say("state", "seed", "more.json")
    await say("records", "set", "people/ada", "--values", '{"job_title": "Countess"}')
    await say("records", "delete", "people/nikola")
    await say("records", "create", "people", "--values", '{"name": "Hopper, Grace"}')
    await say("kv", "put", "by-hand", '"kept"')
    const {value, code, error} = await call("first")
    bench.same(`it looks: ${error?.message ?? ""}`, 0, code)
    bench.same("it looked", ["Beagle"], value?.boats)
    // All of that is other data when it is saved.
    await say("records", "set", "people/ada", "--values", '{"job_title": "Nobody"}')
    await say("records", "delete", "people/Grace Hopper")
    await say("records", "delete", "boats/Beagle")
    await say("kv", "delete", "by-hand")
    await call("second")
    const {items} = await bench.json("flow", "list")
    await say("flow", "save", items.at(-1).id, "look.flow.json")
    const {state, saw, start} = JSON.parse(fs.readFileSync(path.join(bench.app, "look.flow.json"), "utf8"))
    bench.same("who acts", "alan.turing@local.example", start.body.as)
    bench.same("records", [true, true, true], ["boats", "fleet", "people"].map((owner) => state.records[owner] !== undefined))
    bench.same("deleted ones", 1, Object.values(state.records.people).filter((one) => one === null).length)
    bench.same("keys", {"by-hand": {value: "kept"}, seeded: {value: {deep: [1, 2]}}}, state.kv)
    bench.same("it saw that", [true, true], ["Countess", "Beagle"].map((text) => saw.join().includes(text)))
    for (let i = 0; i < 2; i++) bench.same("equal", 0, (await bench.json("flow", "replay", "look.flow.json", "look.flow.json")).code)
  },

  "a saved flow replays equal, again and again, without the third party": async (bench) => {
    const file = await saved(bench)
    bench.same("no secret in it", false, fs.readFileSync(file, "utf8").includes(secret))
    for (let i = 0; i < 3; i++) {
      const {code, items} = await bench.json("flow", "replay", file)
      bench.same(`replay ${i}`, [0, true, ""], [code, items?.[0].equal, items?.[0].diff])
    }
  },

  "the same address is answered in its order, a failure too, and no further time": async (bench) => {
    rigApp(bench, {
      "src/app/extensions/rig/poll.server.ts": `
export default async function poll(times: number) {
  const seen: string[] = []
  for (let i = 0; i < times; i++) {
    try {
      seen.push(await (await fetch("https://third.example/job")).text())
    } catch (error) {
      seen.push((error as Error).message)
    }
  }
  return seen
}
`,
    })
    const answers = ["queued", "running", "done"]
    const third = await new Third().start()
    Object.defineProperty(third, "answer", {get: () => answers.shift() ?? ""})
    const module = "src/app/extensions/rig/poll.server.ts"
    const {value} = await bench.json("call", module, "--args", "[3]", "--route", `${thirdOrigin}=${third.url}`)
    await third.stop()
    bench.same("asked", ["queued", "running", "done"], value)
    const {value: failed} = await bench.json("call", module, "--args", "[1]", "--route", `${thirdOrigin}=${third.url}`)
    bench.same("nobody there", 1, failed?.length)
    const {items} = await bench.json("flow", "list")
    for (const [name, id] of [["good", items[1].id], ["bad", items[0].id]]) {
      const {code, diff} = await bench.json("flow", "save", id, `${name}.flow.json`)
      bench.same(`save ${name} ${diff ?? ""}`, 0, code)
    }
    bench.same("equal", 0, (await bench.json("flow", "replay", "good.flow.json", "bad.flow.json")).code)
    const file = path.join(bench.app, "good.flow.json")
    const document = JSON.parse(fs.readFileSync(file, "utf8"))
    document.start.body.args = [4]
    fs.writeFileSync(file, JSON.stringify(document))
    const {code, items: [more]} = await bench.json("flow", "replay", file)
    bench.same("once more", [1, true], [code, more.diff.includes("has no (further) answer to GET https://third.example/job")])
    document.may_vary = ["/input", "/output/value/*", "/output", "/input/0"]
    document.start.body.args = [2]
    fs.writeFileSync(file, JSON.stringify(document))
    const less = (await bench.json("flow", "replay", file)).items[0].diff.split("\n").filter((line) => line.startsWith("-"))
    bench.same("only what may not vary", ["-   fetch GET https://third.example/job"], less)
  },

  "an answer that the log has cut is refused with a sentence": async (bench) => {
    rigApp(bench)
    const third = await new Third().start()
    third.answer = "x".repeat(300_000)
    const ran = await bench.json("call", flood, "--args", JSON.stringify([`${thirdOrigin}/big`, 1]), "--route", `${thirdOrigin}=${third.url}`)
    await third.stop()
    bench.same("it ran", 0, ran.code)
    const {code, error} = await bench.json("flow", "save", "last", "big.flow.json")
    bench.same("refused", [4, true, false], [code, error.message.includes("256 KB"), fs.existsSync(path.join(bench.app, "big.flow.json"))])
  },

  "of flows at the same time none has what another wrote later": (bench) => {
    rigApp(bench, {
      "src/app/extensions/rig/both.server.ts": `
import {kv} from "attio/server"
export default async function both(mine: string) {
  const before = await kv.get("seen")
  await kv.set(mine, mine)
  await fetch("https://third.example/" + mine)
  return {before: before ?? null, mine: (await kv.get(mine))?.value ?? null}
}
`,
    })
    return withDev(bench, {routes: {}}, async (dev) => {
      const third = await new Third().start()
      await third.stop()
      const call = (mine) => dev.api("POST", "/server/call", {module: "app/extensions/rig/both.server", args: [mine]})
      await Promise.all(["a", "b", "c", "d"].map(call))
      await dev.attio("kv", "put", "seen", '"later"')
      const {items} = await dev.attio("flow", "list")
      for (const {id} of items) {
        const {code, diff} = await bench.json("flow", "save", id, `${id}.flow.json`)
        bench.same(`save ${id} ${diff ?? ""}`, 0, code)
        const {state} = JSON.parse(fs.readFileSync(path.join(bench.app, `${id}.flow.json`), "utf8"))
        bench.same("without the later one", undefined, state.kv?.seen)
      }
      bench.same("equal", 0, (await bench.json("flow", "replay", ...items.map(({id}) => `${id}.flow.json`))).code)
    })
  },

  "attio test replays them, several by one platform, and tells each by itself": async (bench) => {
    const file = await saved(bench)
    const text = fs.readFileSync(file, "utf8")
    const all = {}
    for (let i = 10; i < 40; i++) all[`tests/f${i}.flow.json`] = text
    bench.write({...all, "tests/f12.flow.json": "{", "tests/f20.flow.json": text.replace('"200": 1', '"200": 1').replace('"/input/0:', '"/input/9:').replace("/output/outcomes", "/output/results")})
    const {code, tests, summary} = await bench.json("test")
    bench.same("counts", [1, 28, 2], [code, summary?.passed, summary?.failed])
    const failed = Object.fromEntries(tests.filter(({status}) => status === "failed").map((one) => [one.file, one.message]))
    bench.same("which", ["tests/f12.flow.json", "tests/f20.flow.json"], Object.keys(failed))
    bench.same("the broken one", true, failed["tests/f12.flow.json"].includes("f12.flow.json:1:2: this is not valid JSON"))
    bench.same("the other one", true, failed["tests/f20.flow.json"].includes("- "))
  },

  "again, with changes, in the state of now": async (bench) => {
    rigApp(bench)
    const store = "src/app/extensions/rig/store.server.ts"
    await bench.json("call", store, "--args", '["set", "a", 1]')
    const {code, nodes} = await bench.json("flow", "again", "last", "--set", "/1=b", "--set", "/2=2")
    bench.same("it ran", [0, ["set", "b", 2]], [code, nodes?.[0].input])
    bench.same("keys", ["a", "b"], (await bench.json("kv", "list")).items.map(({key}) => key))
    bench.same("no change", 2, (await bench.json("flow", "again", "last", "--set", "b")).code)
    bench.same("no flow", 4, (await bench.json("flow", "again", "999")).code)
  },

  "a replay that is killed leaves nothing that the next one does not remove": async (bench) => {
    const file = await saved(bench)
    const folder = path.join(bench.folder, "tmp")
    fs.mkdirSync(folder)
    const left = () => fs.readdirSync(folder).filter((name) => name.startsWith("attio-flow-"))
    const child = spawn(bench.bin, ["flow", "replay", ...Array(200).fill(file)], {cwd: bench.app, env: {...bench.env, TMPDIR: folder}, stdio: "ignore"})
    const gone = new Promise((done) => child.once("close", done))
    await until("it has begun", () => left().some((name) => fs.existsSync(path.join(folder, name, "platform.db"))))
    child.kill("SIGKILL")
    await gone
    bench.same("it is there", 1, left().length)
    bench.env.TMPDIR = folder
    bench.same("the next one", 0, (await bench.json("flow", "replay", file)).code)
    bench.same("nothing is left", [], left())
  },

  "what the file expects otherwise is told, and accepted with --update": async (bench) => {
    const file = await saved(bench)
    const document = JSON.parse(fs.readFileSync(file, "utf8"))
    const last = document.saw.length - 1
    const line = document.saw[last]
    document.saw[last] = "something else"
    fs.writeFileSync(file, JSON.stringify(document))
    const {code, items} = await bench.json("flow", "replay", file)
    bench.same("differs", [1, true, true], [code, items[0].diff.includes("- something else\n"), items[0].diff.includes(`+ ${line}\n`)])
    bench.same("accepted", [0, true], await bench.json("flow", "replay", "--update", file).then(({code, items}) => [code, items[0].updated]))
    bench.same("equal then", 0, (await bench.json("flow", "replay", file)).code)
  },

  "files that are no flows are told with their place, and do not stop the others": async (bench) => {
    const good = await saved(bench)
    const file = path.join(bench.app, "bad.flow.json")
    const texts = {
      "": "1:1",
      "{": "1:2",
      "[]": "1:1",
      "{}": "1:1",
      '{\n  "schema": "attio.flow/2"}': "2:13",
      '{"schema": "attio.flow/1", "start": {"path": "/state/reset", "body": {}}, "saw": []}': "1:1",
    }
    for (const [text, place] of Object.entries(texts)) {
      fs.writeFileSync(file, text)
      const {code, error, items} = await bench.json("flow", "replay", file, good)
      bench.same(text, [2, "usage", `${file}:${place}:`, [false, true]], [code, error.kind, error.message.split(" ")[0], items.map((item) => item.equal)])
      bench.same(`${text}: cause and remedy`, [true, true], [error.why !== "", error.fix !== ""])
    }
  },

  "a file that was damaged is told with its place and a remedy": async (bench) => {
    rigApp(bench)
    const file = await savedCall(bench, "src/app/extensions/rig/store.server.ts", ["set", "a", 1])
    const text = fs.readFileSync(file, "utf8")
    const with_ = (change) => {
      const document = JSON.parse(text)
      change(document)
      return JSON.stringify(document, null, 2)
    }
    const whole = {crlf: text.replaceAll("\n", "\r\n"), bom: `\ufeff${text}`}
    for (const [name, one] of Object.entries(whole)) {
      fs.writeFileSync(file, one)
      bench.same(name, 0, (await bench.json("flow", "replay", file)).code)
    }
    const damaged = {
      "a merge": [text.replace('  "saw"', '<<<<<<< HEAD\n  "saw"'), /git has left both sides/],
      cut: [text.slice(0, text.length / 2), /not valid JSON/],
      "two documents": [text + text, /nothing may follow/],
      "other bytes": [Buffer.concat([Buffer.from(text), Buffer.from([0xff])]), /not valid UTF-8/],
      "a later version": [text.replace("attio.flow/1", "attio.flow/2"), /`schema` is not/],
      "no moment": [with_((one) => (one.state.now = "noon")), /`now` must be a moment/],
      "no limit": [with_((one) => (one.state.limits_off = "noise")), /no limit called `noise`/],
      "no such table": [with_((one) => (one.state.rows = {nope: {set: [{row: 1}]}})), /rows of `nope`/],
      "rows that are none": [with_((one) => (one.state.rows = {notes: 7})), /`notes` must be an object/],
      "a set that is none": [with_((one) => (one.state.rows = {notes: {set: 7}})), /`set` must be a list/],
      "a record that is none": [with_((one) => (one.state.records = {people: {x: 7}})), /`x` must be an object, or null/],
      "no such object": [with_((one) => (one.state.records = {peple: {}})), /records of `peple`/],
      "a key that is none": [with_((one) => (one.state.kv = {a: 7})), /`a` must be an object/],
      "a name that is none": [with_((one) => (one.state.env = {A: 7})), /`A` must be a text/],
      "a status that is none": [with_((one) => (one.outside = [{method: "GET", url: "https://a.example", answer: {status: 7}}])), /`status` from 100/],
      "a start without its name": [with_((one) => (one.start.body = {})), /`module` is missing/],
      "a member more": [with_((one) => (one.state.more = 1)), /no member `more`/],
    }
    for (const [name, [one, told]] of Object.entries(damaged)) {
      fs.writeFileSync(file, one)
      const {code, error} = await bench.json("flow", "replay", file)
      const said = `${error?.message} ${error?.why}`
      bench.same(`${name}: ${said}`, [2, true, true, true], [code, told.test(said), said.startsWith(`${file}:`) && /:\d+:\d+: /.test(said), error?.fix !== ""])
    }
    fs.writeFileSync(file, text)
    const {code, stdout, stderr} = await bench.attio("flow", "replay", file, file)
    bench.same("equal ones print nothing, and say so", [0, "", "2 flows replayed, all equal\n"], [code, stdout, stderr])
    bench.same("--quiet", ["", ""], await bench.attio("flow", "replay", file, "--quiet").then((one) => [one.stdout, one.stderr]))
  },
}
