// Changes of an app's code (turns/), and what `attio flow replay` says of each: what changes nothing that anybody sees,
// sends or keeps is not told, everything else is, in few lines.
import fs from "node:fs"
import path from "node:path"
import {root} from "../probes/probe.mjs"
import {Third} from "./third.mjs"

const offer = "src/app/extensions/offer/"
const action = `${offer}extension.tsx`
const dialog = `${offer}dialog.tsx`
const price = `${offer}price.server.ts`
const count = `${offer}count.server.ts`
const send = `${offer}send.server.ts`
const query = `${offer}person.graphql`
const board = "src/app/extensions/board/extension.tsx"
const hook = "src/app/webhooks/paid.webhook.ts"
const tax = "src/shared/tax.ts"

// Each: a name, then files with what is replaced in them by what.
const silent = [
  ["a local has another name", action, [/\bfound\b/g, "record"], [/\bname\b(?=[,}`) ])(?!=)/g, "fullName"]],
  ["imports in another order", action, [/(import {OfferDialog}.*\n)(import count.*\n)/, "$2$1"]],
  ["a comment and other lines", action, [/^/, "// one\n\n\n// two\n"]],
  ["a helper of the same file", price, [/^export default/m, "const address = (path: string) => `${service}${path}`\n\nexport default"], ["`${service}/v1/price?pieces", "`${address(\"/v1/price\")}?pieces"]],
  ["a helper in a file of its own", tax, [/[^]*/, 'export {taxed} from "./taxed"\n']],
  ["a line for the console, on both sides", action, ["const name =", 'console.log("found", found)\n    const name =']],
  ["a line for the console of the server", price, ["const response", 'console.info("asks")\n  const response']],
  ["parallel calls in another order", action, ["[cost, times] = await Promise.all([price(name, 2), count(recordId)])", "[times, cost] = await Promise.all([count(recordId), price(name, 2)])"]],
  ["members of a result in another order", price, ['{amount: taxed(net), failed: null}', "{failed: null, amount: taxed(net)}"]],
  ["members of what is sent in another order", send, ["{amount: offer.amount, note: offer.note,", "{note: offer.note, amount: offer.amount,"]],
  ["headers in another order, and in capitals", price, ['{accept: "application/json", "x-app": "turns"}', '{"X-App": "turns", Accept: "application/json"}']],
  ["members of arguments in another order", dialog, ["{amount: values.amount ?? \"\", note: values.note ?? null}", "{note: values.note ?? null, amount: values.amount ?? \"\"}"]],
  ["members of a toast in another order", action, ["{title: `For ${name}`, variant: \"neutral\"}", "{variant: \"neutral\", title: `For ${name}`}"]],
  ["properties of an input in another order", dialog, ['name="note" label="Note"', 'label="Note" name="note"']],
  ["fields of a query in another order", query, [/(    name \{[^}]*\}\n)(    email_addresses\n)/, "$2$1"]],
  ["blanks and comments of a query", query, [/^query person/, "# Who it is.\nquery    person"], ["full_name", "full_name,"]],
  ["a fragment of React around the form", dialog, ["<Form onSubmit={submit}>", "<><Form onSubmit={submit}>"], ["</Form>", "</Form></>"]],
  ["a component of its own for a part", dialog, [/^export function/m, 'const Part = ({Input}: {Input: any}) => <Input name="note" label="Note" />\n\nexport function'], ['<TextInput name="note" label="Note" />', "<Part Input={TextInput} />"]],
  ["a memoised component", board, ["function Board", "const Board = memo(function Board"], [/^}$/m, "})"], [/^/, 'import {memo} from "react"\n']],
  ["a text put together in another way", board, ["{`${values.times} so far`}", "{values.times}{\" so far\"}"]],
  ["async and await in another way", price, ["const {net} = (await response.json()) as {net: number}", "const net = await response.json().then((all) => (all as {net: number}).net)"]],
  ["a class instead of a function", tax, ["export const taxed =", "class Tax {static of(net: number) {return `${(net * (1 + rate)).toFixed(2)} EUR`}}\nexport const taxed = (net: number) => Tax.of(net)\nexport const untaxed ="]],
  ["a number written in another way", send, ["86_400_000", "24 * 60 * 60 * 1000"]],
  ["a switch instead of an if", price, [/if \(!response.ok\) (return .*)/, "switch (response.ok) {\n    case false:\n      $1\n  }"]],
  ["types only", count, ["const key =", "const key: `offers:${string}` ="]],
  ["a server function in another folder", action, ['from "./price.server"', 'from "../../prices/price.server"']],
  ["a Request object instead of arguments", price, ["await fetch(`", "await fetch(new Request(`"], [/^  }\)$/m, "  }))"]],
  ["a URL put together by URL", price, [/await fetch\(`[^`]*`, /, 'await fetch(Object.assign(new URL(`${service}/v1/price`), {search: `pieces=${pieces}&for=${encodeURIComponent(name)}`}).href, ']],
  ["a webhook that reads its body as text", hook, ["(await request.json())", "JSON.parse(await request.text())"]],
  ["an answer by Response.json", hook, ['new Response(JSON.stringify({thanks: offer}), {status: 202, headers: {"x-taken": "yes"}})', 'new Response(`{"thanks":${JSON.stringify(offer)}}`, {headers: {"X-Taken": "yes"}, status: 202})']],
  ["what is asked at once, in another order", send, [/(    kv\.get\("last"\),\n)(    fetch\([^\n]*\n)(    kv\.set[^\n]*\n)/, "$1$3$2"]],
  ["a default written out", action, ['variant: "neutral"})', 'variant: "neutral", text: undefined})']],
  ["filters in another order", send, ['{limit: 1, filter: {name: {last_name: "Lovelace"}}}', '{filter: {name: {last_name: "Lovelace"}}, limit: 1}']],
]

// The same, and then all lines of the difference.
const told = [
  ["the text of a toast", action, ["`For ${name}`", "`Dear ${name}`"], [
    '- /output/toasts/0/title: "For Ada Lovelace"', '+ /output/toasts/0/title: "Dear Ada Lovelace"',
    '- /input/title: "For Ada Lovelace"', '+ /input/title: "Dear Ada Lovelace"',
  ]],
  ["the variant of a toast", action, ["variant: \"success\"})", "variant: \"neutral\"})"], [
    '- /output/toasts/1/variant: "success"', '+ /output/toasts/1/variant: "neutral"',
    '- /input/variant: "success"', '+ /input/variant: "neutral"',
  ]],
  ["a field of a form", dialog, ['<TextInput name="note"', '<TextInput name="extra" label="Extra" />\n      <TextInput name="note"'], ["amount: Forms.string().minLength(1)", "amount: Forms.string().minLength(1), extra: Forms.string().optional()"], [
    '+ /output/dialogs/0/nodes/Form/TextInput:extra/label: "Extra"',
    '+ /output/dialogs/0/nodes/Form/TextInput:extra/name: "extra"',
    "+ /output/dialogs/0/nodes/Form/TextInput:extra/onChange/$fn: true",
    '+ /output/dialogs/0/tree: "    TextInput extra \\"Extra\\" = \\"\\""',
  ]],
  ["a field of a query", query, ["email_addresses", "email_addresses\n    job_title"], [
    "+ /input/query/person(id:$id)/job_title",
    '+ /output/data/person/job_title: "Chief Scientist"',
  ]],
  ["one field less of a query", query, ["    email_addresses\n", ""], [
    "- /input/query/person(id:$id)/email_addresses",
    '- /output/data/person/email_addresses/0: "ada@analytical-engines.example"',
  ]],
  ["the query of an address", price, ["pieces=${pieces}", "count=${pieces}"], [
    '- /input/url: "https://prices.example/v1/price?pieces=2&for=Ada%20Lovelace"', '+ /input/url: "https://prices.example/v1/price?count=2&for=Ada%20Lovelace"',
  ]],
  ["a header", price, ['"x-app": "turns"', '"x-app": "turned"'], ['- /input/headers/x-app: "turns"', '+ /input/headers/x-app: "turned"']],
  ["one header more", price, ['"x-app": "turns"', '"x-app": "turns", "x-new": "1"'], ['+ /input/headers/x-new: "1"']],
  ["a member of what is sent", send, ["note: offer.note,", 'note: offer.note, kind: "first",'], ['+ /input/body/kind: "first"']],
  ["a part of a form", send, ['form.append("amount"', 'form.append("sum"'], null],
  ["the name of a file", send, ['"offer.txt"', '"paper.txt"'], null],
  ["one more that is asked at once", send, ['    kv.set("last", offer.amount),\n', '    kv.set("last", offer.amount),\n    kv.set("next", 1),\n'], ["+ kv kv.set", '+ /input/key: "next"', "+ /input/value: 1", "+ /output: {}"]],
  ["null that is not sent any more", send, ["note: offer.note,", "note: offer.note ?? undefined,"], ["- /input/body/note: null"]],
  ["another span of time", send, ["inDays(7)", "inDays(14)"], ['- /input/body/valid_until: "<time+7d>"', '+ /input/body/valid_until: "<time+14d>"']],
  ["another span of a number", send, ["sent_at: Date.now()", "sent_at: Date.now() + 3_600_000"], ["- /input/body/sent_at: <time>", "+ /input/body/sent_at: <time+1h>"]],
  ["how long a key is kept", count, ["3600", "7200"], ["- /input/ttl: 3600", "+ /input/ttl: 7200", "- /input/ttl: 3600", "+ /input/ttl: 7200"]],
  ["another key", count, ["`offers:${", "`all:${"], null],
  ["the change of a record", send, ["`offered ${", "`sent ${"], ['- /input/body/data/values/job_title: "offered 9"', '+ /input/body/data/values/job_title: "sent 9"']],
  ["a status that is taken for good", send, ["response.status === 201", "response.status === 200"], null],
  ["what a widget shows", board, ["so far", "in all"], ['- /output/surface/tree: "  Widget.Text.Primary \\"2 so far\\""', '+ /output/surface/tree: "  Widget.Text.Primary \\"2 in all\\""']],
  ["the title of a widget", board, ["<Widget.Title>Offers", "<Widget.Title>All offers"], null],
  ["the status of a webhook's answer", hook, ["status: 202", "status: 200"], ["- /output/response/status: 202", "+ /output/response/status: 200"]],
  ["a header of a webhook's answer", hook, ['"x-taken": "yes"', '"x-taken": "no"'], ['- /output/response/headers/x-taken: "yes"', '+ /output/response/headers/x-taken: "no"']],
  ["the body of a webhook's answer", hook, ["{thanks: offer}", "{thanks: true}"], ['- /output/response/body/thanks: "7"', "+ /output/response/body/thanks: true"]],
  ["a calculation", tax, ["0.2", "0.25"], [
    '- /output/toasts/1/title: "It costs 12.00 EUR"', '+ /output/toasts/1/title: "It costs 12.50 EUR"',
    '- /output/amount: "12.00 EUR"', '+ /output/amount: "12.50 EUR"',
    '- /input/title: "It costs 12.00 EUR"', '+ /input/title: "It costs 12.50 EUR"',
  ]],
  ["another path", price, ["/v1/price", "/v2/price"], null],
  ["another host", price, ["prices.example", "price.example"], null],
  ["another method", send, ['method: "POST",\n    headers', 'method: "PUT",\n    headers'], null],
  ["one call more", action, ["const name =", 'await count("again")\n    const name ='], null],
  ["a call that waits for the other", action, ["const [cost, times] = await Promise.all([price(name, 2), count(recordId)])", "const times = await count(recordId)\n    const cost = await price(name, times)"], null],
  ["toasts in another order", action, [/(    await showToast\(\{title: `For.*\n)(    await showToast\(\{title: `It.*\n)/, "$2$1"], null],
  ["no dialog", action, [/    await showDialog.*\n/, ""], null],
  ["an error", price, ["const {net} =", 'throw new Error("broken")\n  const {net} ='], null],
  ["an action of another name", action, ['id: "offer"', 'id: "offers"'], null],
]

const files = ["offer.flow.json", "board.flow.json", "paid.flow.json"]

async function recorded(bench) {
  fs.cpSync(path.join(root, "tests/platform/turns"), bench.app, {recursive: true})
  bench.write({"src/shared/taxed.ts": fs.readFileSync(path.join(bench.app, tax), "utf8"), "src/app/prices/price.server.ts": fs.readFileSync(path.join(bench.app, price), "utf8").replace("../../../shared", "../../shared")})
  bench.linkSdk()
  const third = await new Third().start()
  third.answer = JSON.stringify({net: 10})
  third.status = 201
  const step = (...list) => list.flatMap((one) => ["--step", one])
  bench.env.OFFER_KEY = "a-key-of-the-offers"
  const out = ["--route", `https://prices.example=${third.url}`]
  const run = async (...words) => {
    const answer = await bench.json(...words)
    if (answer.code !== 0) throw new Error(`${words.join(" ")}: ${JSON.stringify(answer)}`)
  }
  const save = (file) => run("flow", "save", "last", file)
  await run("connection", "add", "--workspace", "--value-env", "OFFER_KEY")
  await run("action", "run", "offer", "--record", "people/ada", ...step("fill amount=9", "submit"), ...out)
  await third.stop()
  await save(files[0])
  await run("widget", "show", "board", "--record", "people/ada", ...step("click Offers"))
  await save(files[1])
  await run("webhook", "send", "paid", "--body", '{"offer": "7"}')
  await save(files[2])
}

// Changes files, lets `then` run, and puts them back.
async function changed(bench, changes, then) {
  const kept = new Map()
  for (const [name, file, ...edits] of changes) {
    const full = path.join(bench.app, file)
    let text = fs.readFileSync(full, "utf8")
    kept.set(full, text)
    for (const [from, to] of edits) {
      const next = text.replace(from, to)
      if (next === text) throw new Error(`${name}: nothing is replaced by ${from}`)
      text = next
    }
    fs.writeFileSync(full, text)
  }
  try {
    return await then()
  } finally {
    for (const [full, text] of kept) fs.writeFileSync(full, text)
  }
}

async function replayed(bench, ...more) {
  const {code, items = [], error} = await bench.json("flow", "replay", ...files, ...more)
  const diff = items.map((one) => one.diff || one.error?.message || "").join("") + (error?.why ?? "")
  const lines = diff.split("\n").filter((line) => /^[-+]/.test(line)).map((line) => line.replace(/^(.) +/, "$1 "))
  return {code, diff, lines}
}

// Of each file one, as often as there is one left.
function rounds(changes) {
  const found = []
  for (const change of changes) {
    const round = found.find((one) => one.every(([, file]) => file !== change[1]))
    if (round) round.push(change)
    else found.push([change])
  }
  return found
}

// Sends what it knows in every spelling that an app may choose.
const keyed = `
import {getWorkspaceConnection} from "attio/server"
const text = (value: string) => unescape(encodeURIComponent(value))
const hex = (value: string) => [...new TextEncoder().encode(value)].map((one) => one.toString(16).padStart(2, "0")).join("")
export default async function keyed() {
  const {value} = getWorkspaceConnection()
  const key = process.env.OFFER_KEY ?? "none"
  const all = {value, key, nested: JSON.stringify({value, key}), hex: hex(value + key)}
  const query = "?key=" + encodeURIComponent(key) + "&value=" + encodeURIComponent(value) + "&code=" + encodeURIComponent(btoa(text(value)))
  const headers = {authorization: "Basic " + btoa(text("me:" + key)), "x-value": btoa(text("u:" + value + ":x"))}
  const first = await fetch(process.env.OFFER_URL + "/form" + query, {method: "POST", headers, body: new URLSearchParams(all)})
  const second = await fetch(process.env.OFFER_URL + "/json", {method: "POST", body: JSON.stringify(all)})
  return {first: await first.text(), second: await second.json(), known: key !== "none", mode: process.env.OFFER_MODE}
}
`
const module = "src/app/extensions/offer/keyed.server.ts"
const secrets = {value: 'conn-value/77+zz=?&"x', key: "Sup3r/secret+key=\u00e4x 91"}

// All of them that a text could show.
const spellings = ({value, key}) =>
  [value, key].flatMap((one) => [one, JSON.stringify(one).slice(1, -1), encodeURIComponent(one), String(new URLSearchParams({a: one})).slice(2), Buffer.from(one).toString("base64").slice(0, -4), Buffer.from(one).toString("hex")])

async function keyedFlow(bench) {
  const environment = {OFFER_KEY: secrets.key, OFFER_URL: "https://recorded-offers.example", OFFER_MODE: "true"}
  const dotenv = (values) => bench.write({".env": Object.entries(values).map(([name, value]) => `${name}=${JSON.stringify(value)}\n`).join("")})
  fs.cpSync(path.join(root, "tests/platform/turns"), bench.app, {recursive: true})
  bench.write({[module]: keyed})
  bench.linkSdk()
  dotenv(environment)
  const third = await new Third().start()
  const [ascii, plain] = [secrets.key.replace("\u00e4", "\\u00e4"), JSON.stringify(secrets.value)]
  third.answer = `{"value":${plain},"key":"${ascii}","again":${JSON.stringify(JSON.stringify(secrets))},"code":"${Buffer.from(secrets.value).toString("base64")}"}`
  bench.env.KEY_OF_OFFERS = secrets.value
  await bench.json("connection", "add", "--workspace", "--value-env", "KEY_OF_OFFERS")
  const called = await bench.json("call", module, "--route", `https://recorded-offers.example=${third.url}`)
  await third.stop()
  bench.same(`it ran ${called.error?.message ?? ""}`, [0, true], [called.code, called.value?.known])
  const {code, diff, error} = await bench.json("flow", "save", "last", "keyed.flow.json")
  bench.same(`saved ${error?.message ?? ""} ${diff ?? ""}`, 0, code)
  return {environment, dotenv}
}

export default {
  "no secret is in a file, however it is spelled, and where there are others or none the flow is the same": async (bench) => {
    const {environment, dotenv} = await keyedFlow(bench)
    const text = fs.readFileSync(path.join(bench.app, "keyed.flow.json"), "utf8")
    const told = JSON.stringify(JSON.parse(text).saw)
    for (const one of spellings(secrets)) bench.same(`no ${one}`, [false, false], [text.includes(one), told.includes(JSON.stringify(one).slice(1, -1))])
    const equal = async (what) => {
      const {code, items, error} = await bench.json("flow", "replay", "keyed.flow.json")
      bench.same(`${what} ${error?.message ?? ""}`, [0, ""], [code, items?.[0]?.diff])
    }
    await equal("the same machine")
    dotenv({...environment, OFFER_KEY: "quite another key, and longer", OFFER_URL: "https://offers.test.example"})
    await equal("another .env")
    fs.rmSync(path.join(bench.app, ".env"))
    await equal("no .env")
    const home = path.join(bench.folder, "another home")
    fs.mkdirSync(home)
    Object.assign(bench.env, {HOME: home, TZ: "Pacific/Kiritimati", LC_ALL: "de_DE.UTF-8", LANG: "de_DE.UTF-8"})
    await equal("another home, time zone and language")
    for (const version of ["node20", "node22", "node24"]) {
      const node = path.join(root, "tests/nodes/node_modules", version, "bin/node")
      if (!fs.existsSync(node)) continue
      bench.env.ATTIO_NODE = node
      await equal(version)
    }
  },
  "what nobody sees is not told": async (bench) => {
    await recorded(bench)
    const quiet = async (changes) => {
      const {code, diff} = await changed(bench, changes, () => replayed(bench))
      if (code === 0 && diff === "") return
      if (changes.length > 1) for (const one of changes) await quiet([one])
      else bench.same(changes[0][0], [0, ""], [code, diff])
    }
    for (const round of rounds(silent)) await quiet(round)
  },
  "everything else is, in few lines, and can be accepted": async (bench) => {
    await recorded(bench)
    const kept = files.map((file) => fs.readFileSync(path.join(bench.app, file)))
    for (const [number, change] of told.entries()) {
      const wanted = change.at(-1)
      await changed(bench, [change.slice(0, -1)], async () => {
        const {code, diff, lines} = await replayed(bench)
        if (process.env.SHOW) console.log(`== ${change[0]} ${code}\n${diff}`)
        bench.same(change[0], [1, ...(wanted ?? lines)], [code, ...lines])
        if (number % 4 > 0) return
        bench.same(`${change[0]}: accepted`, 0, (await replayed(bench, "--update")).code)
        bench.same(`${change[0]}: equal then`, [0, ""], await replayed(bench).then((one) => [one.code, one.diff]))
      })
      files.forEach((file, i) => fs.writeFileSync(path.join(bench.app, file), kept[i]))
    }
  },
}
