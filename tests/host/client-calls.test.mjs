// Host calls: toasts, prompts, dialogs, iframes, navigation, bulk actions, queries and server functions, and the
// scripted user that answers them.
import assert from "node:assert/strict"
import {after, before, test} from "node:test"
import {action, bundle, dialog, found, go, good, logs, mount, startHost} from "./client-host.mjs"

let host
before(async () => {
  host = await startHost()
})
after(() => host.close())

async function run(text, steps, more, start = go) {
  const app = await host.load(text)
  assert.deepEqual(app.errors, [])
  const transcript = await app.script(start, steps, more)
  await app.drop()
  return transcript
}

test("toasts are kept in order with their updates", async () => {
  const transcript = good(await run(action(`
    const one = await sdk.showToast({title: "One", variant: "neutral", durationMs: Infinity, dismissable: false})
    const two = await sdk.showToast({title: "Two", text: "more", variant: "warning", progress: 10, action: {label: "Stop", onClick: () => console.log("stopped")}})
    await one.updateToast({title: "Uno", variant: "success", durationMs: 4000})
    await two.updateToast({action: null, progress: 50})
    await two.hideToast()
    await two.upsertToast({title: "Zwei", action: {label: "Again", onClick: () => console.log("again")}})`), ["toast action Again"]))
  assert.deepEqual(transcript.toasts, [
    {id: "t1", title: "Uno", text: null, variant: "success", duration_ms: 4000, hidden: false, updates: 1, dismissable: false},
    {id: "t2", title: "Zwei", text: "more", variant: "warning", duration_ms: 4000, hidden: false, updates: 2, progress: 50, action: "Again"},
  ])
  assert.deepEqual(logs(transcript), ["again"])
})

test("a toast that stays for ever is told", async () => {
  const transcript = good(await run(action(`await sdk.showToast({title: "Wait", variant: "neutral", durationMs: Infinity})`)))
  assert.equal(transcript.toasts[0].duration_ms, "Infinity")
  assert.deepEqual(found(transcript), ['the toast "Wait" stays open for ever'])
})

test("alerts are answered at once, a confirm only when there is an answer", async () => {
  const text = action(`await sdk.alert({title: "A", text: "b"}); console.log(await sdk.confirm({title: "Delete?", text: "All of it", confirmLabel: "Delete"}))`)
  const open = await run(text)
  assert.equal(open.ok, false)
  assert.deepEqual(open.needs, {kind: "confirm", title: "Delete?", flag: "--confirm yes|no"})
  assert.deepEqual(open.alerts, [{title: "A", text: "b"}])
  assert.deepEqual(open.confirms, [{title: "Delete?", text: "All of it", answer: null}])
  assert.deepEqual(logs(open), [])
  assert.deepEqual(logs(good(await run(text, ["answer confirm no"]))), ["false"])
  assert.deepEqual(logs(good(await run(text, [], {answers: {confirm: "yes"}}))), ["true"])
})

test("showDialog resolves when the dialog is closed, by the app or by the user", async () => {
  const text = dialog(`({hideDialog}) => h(sdk.Button, {label: "Done", onClick: () => { hideDialog(); hideDialog(); console.log("hidden") }})`).replace(
    `Dialog})}`, `Dialog}); console.log("closed")}`)
  const left = good(await run(text))
  assert.deepEqual([left.dialogs[0].closed, logs(left)], [false, []])
  assert.deepEqual(left.dialogs[0].tree, ['dialog "Dialog"', "  footer: [Done]"])
  const done = good(await run(text, ["click Done"]))
  assert.deepEqual([done.dialogs[0].closed, logs(done)], [true, ["hidden", "closed"]])
  for (const step of ["close", "press esc"]) assert.deepEqual(logs(good(await run(text, [step]))), ["closed"])
})

test("what nobody catches fails the run, wherever it is thrown", async () => {
  const click = (body) => [dialog(`() => h(sdk.Button, {label: "Go", onClick: ${body}})`), "click Go"]
  const sent = (submit, check) => [dialog(`() => { const form = sdk.useForm({}, {}, ${check}); return h(form.Form, {onSubmit: ${submit}}, h(form.SubmitButton, {label: "Go"})) }`), "click Go"]
  const ways = {
    "a handler": click(`() => { throw new Error("E") }`),
    "a handler, later": click(`async () => { await null; throw new Error("E") }`),
    "a stray promise": click(`() => { Promise.reject(new Error("E")) }`),
    "a timer": click(`() => { setTimeout(() => { throw new Error("E") }, 0) }`),
    "onSubmit": sent(`() => { throw new Error("E") }`),
    "onSubmit, later": sent(`async () => { await null; throw new Error("E") }`),
    "onSubmit, a text": sent(`async () => { throw "E" }`),
    "the form's check": sent(`() => {}`, `() => { throw new Error("E") }`),
    "rendering": click(`() => sdk.showDialog({title: "Second", Dialog: () => { throw new Error("E") }})`),
    "a toast's action": [action(`await sdk.showToast({title: "T", variant: "neutral", action: {label: "Go", onClick: () => { throw new Error("E") }}})`), "toast action"],
    "an iframe's message": [action(`await sdk.showIframe({width: "1px", height: "1px", html: "", onMessage: () => { throw new Error("E") }})`), "iframe.send 1"],
    "the action": [action(`throw new Error("E")`)],
  }
  for (const [way, [text, ...steps]] of Object.entries(ways)) {
    const {ok, error} = await run(text, steps)
    assert.deepEqual([way, ok, error?.message.replace(/^step .*: /, "")], [way, false, "E"])
  }
})

test("what the user saw stands in its order", async () => {
  const transcript = good(await run(action(`
    await sdk.showToast({title: "1", variant: "neutral"}); await sdk.alert({title: "2", text: ""}); window.open("3")
    await sdk.showToast({title: "4", variant: "neutral"}); await sdk.alert({title: "5", text: ""}); await sdk.confirm({title: "6"})
    await sdk.showDialog({title: "7", Dialog: () => null})`), ["answer confirm no"]))
  assert.deepEqual(transcript.seen, ["toasts.0", "alerts.0", "opened.0", "toasts.1", "alerts.1", "confirms.0", "dialogs.0"])
})

test("dialogs stack: steps go to the one on top", async () => {
  const transcript = good(await run(dialog(
    `({hideDialog}) => h(sdk.Button, {label: "Next", keyboardHint: "n", onClick: () => sdk.showDialog({title: "Second", Dialog: Second})})`,
    `const Second = ({hideDialog}) => h(sdk.Button, {label: "Back", onClick: hideDialog})`), ["press n", "expect text Second", "click Back", "click Next"]))
  assert.deepEqual(transcript.dialogs.map(({title, closed}) => [title, closed]), [["Dialog", false], ["Second", true], ["Second", false]])
})

test("a dialog may suspend without a Suspense of its own, and an error in it is shown in it", async () => {
  host.answers.server = async ({args}) => ({value: args[0] * 2})
  const loads = `const [n, setN] = React.useState(2); const {values, invalidate} = sdk.useAsyncCache({double: [load, n], plain: load2})
    console.log("render", values.double, values.plain)
    return [h(sdk.Typography.Body, {key: 1}, "double ", values.double), h(sdk.Button, {key: 2, label: "More", onClick: () => setN(n + 1)}), h(sdk.Button, {key: 3, label: "Again", onClick: () => invalidate("double")})]`
  const before_ = `let count = 0; const load = (n) => (console.log("load", n), runServerFunction("double", [n])); const load2 = async () => ++count`
  const transcript = good(await run(dialog(`() => {${loads}}`, before_), ["click More", "click Again"]))
  assert.deepEqual(logs(transcript).filter((line) => line.startsWith("load")), ["load 2", "load 3", "load 3"])
  assert.equal(transcript.dialogs[0].tree[1], '  Typography.Body "double 6"')
  host.answers.server = async () => {
    throw Object.assign(new Error("third party is down"), {code: "x-y"})
  }
  const broken = await run(dialog(`() => {${loads}}`, before_))
  assert.deepEqual([broken.ok, broken.error.message, broken.error.code], [false, "third party is down", "x-y"])
  assert.deepEqual(broken.dialogs[0].tree, ['dialog "Dialog"', "  ✖ Error: third party is down"])
})

test("what is not a component of the SDK is an error by name", async () => {
  const transcript = await run(dialog(`() => h("div", null, "x")`))
  assert.equal(transcript.ok, false)
  assert.match(transcript.error.message, /^<div> is not a component of attio\/client/)
})

test("iframes: messages in both directions, closed by the app or by the user", async () => {
  const text = action(`
    await sdk.showIframe({width: "10px", height: "20px", html: "<p>", initialData: {a: 1}, onMessage: (message, {hideIframe, sendMessage}) => {
      console.log(message.type)
      if (message.type === "ready") sendMessage({type: "data", list: [1]})
      else hideIframe()
    }})
    console.log("closed")`)
  const transcript = good(await run(text, ['iframe.send {"type": "ready"}', 'iframe.send {"type": "done"}']))
  assert.deepEqual(logs(transcript), ["ready", "done", "closed"])
  assert.deepEqual(transcript.iframes, [
    {width: "10px", height: "20px", html: "<p>", initialData: {a: 1}, sent: [{type: "data", list: [1]}], closed: true},
  ])
  assert.deepEqual(logs(good(await run(text, ["close"]))), ["closed"])
  assert.deepEqual(good(await run(text)).iframes.map(({closed}) => closed), [false])
})

test("where the app sends the user is written down", async () => {
  const transcript = good(await run(action(`
    window.open("https://a.example/", "_blank")
    const to = sdk.experimental_Destinations
    sdk.experimental_navigate(to.record({recordId: "r", object: "people"}, {tab: "notes"}))
    sdk.experimental_navigate(to.appPage("home"))
    sdk.experimental_navigate(to.appSettings())`)))
  assert.deepEqual(transcript.opened, ["https://a.example/"])
  assert.deepEqual(transcript.navigated, [
    {type: "record", recordId: "r", objectSlug: "people", tab: "notes"}, {type: "app-page", slug: "home"}, {type: "app-settings"},
  ])
})

const bulk = (body) => bundle(`return {"bulk-record-action": [{id: "b", label: "Bulk", onTrigger: async ({runRecordBatches, object}) => {${body}}}]}`)
const onMany = (count) => ({trigger: {kind: "bulk-record-action", id: "b", args: {object: "people", recordIds: Array.from({length: count}, (x, i) => `r${i}`)}}})

test("bulk actions run in batches, one after the other, with a progress toast", async () => {
  const transcript = good(await run(bulk(`
    const seen = []
    const outcome = await runRecordBatches({
      batchSize: 50, onStart: () => ({title: "Starting"}), onProgress: ({batchIndex, processedRecords}) => ({text: batchIndex + ":" + processedRecords}),
      onComplete: async (context) => { console.log(JSON.stringify(context)); return {title: "Done"} },
    }, async ({recordIds}) => { seen.push(recordIds[0] + "+" + recordIds.length); return recordIds.length === 20 ? undefined : recordIds.length })
    return {object, outcome, seen}`), [], {}, onMany(120)))
  assert.deepEqual(transcript.result, {object: "people", outcome: {success: true, results: [50, 50]}, seen: ["r0+50", "r50+50", "r100+20"]})
  assert.deepEqual(transcript.progress.map(({title, text, progress, state}) => [title, text ?? null, progress, state]), [
    ["Starting", null, 0, "running"], ["Starting", "0:50", 42, "running"], ["Starting", "1:100", 83, "running"],
    ["Starting", "2:120", 100, "running"], ["Done", "2:120", 100, "success"],
  ])
  assert.deepEqual(JSON.parse(logs(transcript)[0]), {processedRecords: 120, totalRecords: 120, batchSize: 50, batchIndex: 2, totalBatches: 3, lastBatchSize: 20})
})

test("a batch that throws ends the run with what there is; a size that is not allowed is refused", async () => {
  const transcript = good(await run(bulk(`
    const outcome = await runRecordBatches({batchSize: 1, onError: (context, error) => ({text: error.message + " in " + context.batchIndex})}, async ({recordIds}) => {
      if (recordIds[0] === "r1") throw new Error("no")
      return recordIds[0]
    })
    return {...outcome, error: outcome.error.message}`), [], {}, onMany(3)))
  assert.deepEqual(transcript.result, {success: false, partialResults: ["r0"], error: "no"})
  assert.deepEqual([transcript.progress.at(-1).state, transcript.progress.at(-1).text], ["error", "no in 1"])
  for (const size of [0, 251, 1.5]) {
    const refused = await run(bulk(`await runRecordBatches({batchSize: ${size}}, async () => {})`), [], {}, onMany(1))
    assert.deepEqual([refused.ok, refused.error.name], [false, "RangeError"])
  }
})

test("errors of server functions and queries can be caught, with their code and their list", async () => {
  host.answers.server = async () => {
    throw Object.assign(new Error("no room"), {name: "QuotaError", code: "quota"})
  }
  host.answers.query = async () => {
    throw Object.assign(new Error("first"), {data: {errors: [{message: "first"}, {message: "second"}]}})
  }
  const {result} = good(await run(action(`
    const server = await runServerFunction("f", []).catch((error) => error)
    const query = await sdk.runQuery("query").catch((error) => error)
    return [server instanceof Error, server.name, server.message, server.code, query instanceof Error, query.message, query.errors.length]`)))
  assert.deepEqual(result, [true, "QuotaError", "no room", "quota", true, "first", 2])
})

test("an action that throws fails with its own lines", async () => {
  const transcript = await run(action(`await null; throw new TypeError("oops")`))
  assert.deepEqual([transcript.ok, transcript.error.name, transcript.error.message], [false, "TypeError", "oops"])
  assert.match(transcript.error.stack, /dist\/index\.js:\d+/)
  assert.doesNotMatch(transcript.error.stack, /attio-runtime/)
  const odd = await run(action(`throw {reason: 7}`))
  assert.deepEqual(odd.error, {name: "NonError", message: '{"reason":7}'})
})

test("a missing connection ends the run with what is needed, even when the app catches it", async () => {
  host.answers.server = async () => {
    throw Object.assign(new Error("connect first"), {name: "AttioNoUserConnectionError", code: "no-user-connection"})
  }
  const transcript = await run(action(`await runServerFunction("f", []).catch(() => {})`))
  assert.deepEqual([transcript.ok, transcript.needs], [false, {kind: "connection", title: "Connect Test App", flag: "attio connection add --user"}])
})

test("useQuery suspends, and a widget shows the host's loader until then", async () => {
  let release
  host.answers.query = ({variables}) => new Promise((resolve) => (release = () => resolve({data: {name: variables.id}})))
  const app = await host.load(bundle(`return {"record-widget": [{id: "w", label: "W", color: "#112233", Widget: ({recordId}) => {
    const {name} = sdk.useQuery("query Q { name }", {id: recordId})
    return h(sdk.Widget.TextWidget, {onTrigger: () => console.log("triggered")}, h(sdk.Widget.Text.Primary, null, name))
  }}]}`))
  const {surface} = await app.request("client.mount", {node: 5, session: "m", kind: "record-widget", id: "w", props: {recordId: "r7"}, as: "admin"})
  const first = await host.notified(({method, params}) => method === "tree" && params.surface === surface)
  assert.deepEqual(first.params.nodes.map(({type}) => type), ["Widget.Loading"])
  release()
  await app.request("client.settled", {session: "m"})
  const {nodes} = await app.request("client.tree", {surface})
  assert.deepEqual(nodes, [{id: nodes[0].id, type: "Widget.TextWidget", props: {onTrigger: {$fn: true}, appTitle: "Test App"}, children: [
    {id: nodes[0].children[0].id, type: "Widget.Text.Primary", children: ["r7"]}]}])
  await app.request("client.event", {node: 6, session: "m", surface, element: nodes[0].id, fn: "onTrigger", args: []})
  const log = await host.notified(({method, params}) => method === "log" && params.text === "triggered")
  assert.deepEqual([log.params.node, log.params.session], [6, "m"])
  await app.request("client.unmount", {surface})
  await assert.rejects(app.request("client.tree", {surface}), /no open surface/)
  await assert.rejects(app.request("client.event", {session: "m", surface, element: nodes[0].id, fn: "onTrigger"}), /that part of the screen is gone/)
  await app.drop()
})

// A loader that fails twice and asks again after a while, as data libraries do.
const again = `let tries = 0
  const wait = (ms) => new Promise((done) => setTimeout(done, ms))
  const load = async () => { for (;;) { try { return await runServerFunction("f", []) } catch { tries++; await wait(60 * tries) } } }`
const flaky = () => {
  let calls = 0
  host.answers.server = () => {
    if (++calls < 3) throw new Error("busy")
    return {value: `after ${calls}`}
  }
}

test("what shows that it loads is waited for, while a timer may bring it on", async () => {
  const widgets = {
    "with its own fallback": `React.Suspense, {fallback: h(sdk.Widget.Loading)}`,
    "with the host's": `React.Fragment, null`,
  }
  for (const [name, around] of Object.entries(widgets)) {
    flaky()
    const transcript = good(await run(bundle(`${again}
      let promise
      const Inner = () => h(sdk.Widget.Text.Primary, null, React.use((promise ??= load())))
      return {"record-widget": [{id: "w", label: "W", color: "#112233", Widget: () =>
        h(${around}, h(sdk.Widget.TextWidget, null, h(Inner)))}]}`), [], {}, mount("record-widget", "w")))
    assert.deepEqual(transcript.surface.tree.at(-1), '  Widget.Text.Primary "after 3"', name)
  }
  flaky()
  const page = `${again}
    return {page: [{id: "p", path: "p", name: "P", Page: () => {
      const [text, setText] = React.useState(null)
      React.useEffect(() => void load().then(setText), [])
      return text === null ? h(sdk.LoadingState, null, "Loading") : h(sdk.Button, {label: text, onClick: () => console.log("clicked")})
    }}]}`
  const transcript = good(await run(bundle(page), ["click \"after 3\""], {}, mount("page", "p")))
  assert.deepEqual(logs(transcript), ["clicked"])
})

test("a loader without a timer, and one that never ends, are left", async () => {
  const page = (timer) => bundle(`return {page: [{id: "p", path: "p", name: "P", Page: () => {
    React.useEffect(() => { ${timer} }, [])
    return h(sdk.LoadingState, null, "Loading")
  }}]}`)
  for (const timer of ["", "setTimeout(() => {}, 3600000)", "setInterval(() => {}, 20)"]) {
    const {surface} = good(await run(page(timer), [], {patience: 200}, mount("page", "p")))
    assert.deepEqual(surface.tree, ['LoadingState "Loading"'], timer)
  }
})

test("a handler that takes its time is waited for at the end, not what waits for a dialog", async () => {
  const wait = "await new Promise((done) => setTimeout(done, 80))"
  const page = (handler) => bundle(`return {page: [{id: "p", path: "p", name: "P", Page: () =>
    h(sdk.Button, {label: "Go", onClick: async () => { ${handler} }})}]}`)
  const slow = good(await run(page(`${wait}; console.log("done")`), ["click Go"], {}, mount("page", "p")))
  assert.deepEqual(logs(slow), ["done"])
  const ticks = "let ticks = 0; setInterval(() => { if (++ticks === 100) console.log('waited') }, 20)"
  const opens = page(`${ticks}; await sdk.showDialog({title: "D", Dialog: () => h(sdk.Typography.Body, null, "hi")})`)
  const waits = good(await run(opens, ["click Go"], {}, mount("page", "p")))
  assert.deepEqual([waits.dialogs[0].closed, logs(waits)], [false, []])
})

test("a person's answers reach the action: confirm, dialog, toast", async () => {
  const app = await host.load(dialog(`({hideDialog}) => h(sdk.Typography.Body, null, "hi")`).replace("await sdk.showDialog", `
    console.log(await sdk.confirm({title: "Sure?"}))
    await sdk.showDialog`).replace("Dialog})}", `Dialog}); console.log("closed")}`))
  const session = "p1"
  const done = app.request("client.trigger", {node: 9, session, kind: "record-action", id: "go", args: {}})
  const ui = (op) => host.notified(({method, params}) => method === "ui" && params.op === op && params.session === session)
  const {params: confirm} = await ui("confirm")
  assert.deepEqual([confirm.wants_answer, confirm.title, confirm.confirmLabel], [true, "Sure?", "OK"])
  await app.request("client.answer", {session, call: confirm.call, value: true})
  const {params: opened} = await ui("dialog.open")
  const tree = await host.notified(({method, params}) => method === "tree" && params.surface === opened.id)
  assert.deepEqual([tree.params.session, tree.params.nodes[0].children], [session, ["hi"]])
  await app.request("client.unmount", {surface: opened.id})
  await done
  await ui("dialog.close")
  const lines = host.told.filter(({method, params}) => method === "log" && params.session === session).map(({params}) => params.text)
  assert.deepEqual(lines, ["true", "closed"])
  await app.drop()
})

test("steps that cannot be done say what there is", async () => {
  const text = dialog(`({hideDialog}) => h(sdk.Section, {title: "S"}, h(sdk.Button, {label: "Save", onClick() {}, disabled: true}), h(sdk.Button, {label: "Save all", onClick() {}}), h(sdk.Button, {label: "Go", onClick() {}}), h(sdk.Button, {label: "Go", onClick() {}}))`)
  for (const [step, message] of [
    ["click Sav", /there is no button or link "Sav"; did you mean "Save", "Save all"\?/],
    ["click Save", /"Save" is disabled/],
    ["click Go", /"Go" is there 2 times: say which one with Button:3, Button:4/],
    ["fill name=x", /there is no input "name"/],
    ["press x", /no button listens to the key x/],
    ["submit", /there is no form/],
    ["toast action", /no toast has an action/],
    ["answer confirm yes", /no question is open/],
    ['expect text "Nothing"', /is not shown/],
    ["iframe.send {}", /no iframe is open/],
    ["jump high", /step 1: unknown step: jump high/],
    ["fill", /fill wants NAME=VALUE/],
  ]) {
    const transcript = await run(text, [step])
    assert.deepEqual([transcript.ok, transcript.error.name], [false, "StepError"], step)
    assert.match(transcript.error.message, message)
  }
  good(await run(text, ["click Button:4", {click: "Save all"}, {expect: "Dialog"}]))
})

test("an action that waits for what never comes is left, not waited for", async () => {
  const transcript = await run(action(`await new Promise(() => {})`))
  assert.equal(transcript.findings[0].code, "still-waiting")
})

test("a mounted page can be clicked through", async () => {
  const transcript = good(await run(bundle(`return {page: [{id: "home", path: "home", name: "Home", Page: () => {
    const [n, setN] = React.useState(0)
    return h(sdk.Section, {title: "Home"}, h(sdk.Typography.Body, null, "n is ", n), h(sdk.Button, {label: "Add", variant: "primary", onClick: () => setN((m) => m + 1)}))
  }}]}`), ["click Add", "click Add", 'expect text "n is 2"'], {}, mount("page", "home")))
  assert.deepEqual(transcript.surface.tree, ['Section "Home"', '  Typography.Body "n is 2"', "  [Add]"])
})

test("two runs at once do not meet; an action can be named without its kind", async () => {
  const app = await host.load(action(`console.log(args.object); await new Promise((done) => setTimeout(done, 1)); await sdk.showToast({title: args.object, variant: "neutral"})`))
  const run = (object) => app.request("client.script", {node: 1, session: "script", start: {trigger: {id: "go", args: {object}}}})
  for (const [i, transcript] of (await Promise.all([run("one"), run("two"), run("three")])).entries()) {
    const name = ["one", "two", "three"][i]
    assert.deepEqual([logs(good(transcript)), transcript.toasts.map(({title}) => title)], [[name], [name]])
  }
  const missing = await app.script({trigger: {id: "gone"}})
  assert.equal(missing.error.message, 'the app has no action "gone"; did you mean "go"?')
  await app.drop()
})

test("a record action and a bulk action of one id: the records say which", async () => {
  const one = (kind) => `[{id: "go", label: "Go", onTrigger: () => console.log("${kind}")}]`
  const app = await host.load(bundle(`return {"record-action": ${one("one")}, "bulk-record-action": ${one("many")}, "object-action": [{id: "other", label: "O", onTrigger: () => {}}]}`))
  for (const [args, ran] of [[{recordId: "r", recordIds: ["r"], object: "people"}, "one"], [{recordIds: ["r", "s"], object: "people"}, "many"]]) {
    assert.deepEqual(logs(good(await app.script({trigger: {id: "go", args}}))), [ran])
  }
  await app.drop()
  const three = await host.load(bundle(`return {"record-action": ${one("one")}, "object-action": ${one("other")}}`))
  assert.match((await three.script({trigger: {id: "go", args: {recordId: "r"}}})).error.message, /say which kind/)
  await three.drop()
})

test("an action is run on the objects that it is offered on", async () => {
  const action = (objects) => `{id: "x", label: "X", objects: ${objects}, onTrigger: () => console.log("ran")}`
  const on = {object: {object: "people", isStandard: true, attributes: [], objects: ["people", "companies"]}}
  for (const [objects, code] of [[`"people"`, undefined], [`["companies", "people"]`, undefined], ["undefined", undefined], [`({object}) => object === "people"`, undefined], [`"companies"`, "not-offered"], ["[]", "not-offered"], [`({object}) => object === "companies"`, "not-offered"]]) {
    for (const kind of ["record-action", "bulk-record-action", "object-action"]) {
      const app = await host.load(bundle(`return {"${kind}": [${action(objects)}]}`))
      const run = (more) => app.script({trigger: {kind, id: "x", args: {recordId: "r", object: "people"}, ...more}})
      const answer = await run({on})
      assert.equal(answer.error?.code, code, `${kind} ${objects}`)
      if (code === undefined) assert.deepEqual(logs(good(answer)), ["ran"])
      assert.deepEqual(logs(good(await run({}))), ["ran"], "without an object nobody asks")
      await app.drop()
    }
  }
})

test("an action or widget that Attio never runs without a record wants one when none was named", async () => {
  const app = await host.load(bundle(`
    const surface = {id: "x", label: "X", objects: [], Widget: () => null, Page: () => null, onTrigger: async (args) => {
      if (args.runRecordBatches) await args.runRecordBatches({batchSize: 5}, async ({recordIds}) => console.log(recordIds.join()))
    }}
    return {"record-action": [surface], "bulk-record-action": [surface], "object-action": [surface], "record-widget": [surface]}`))
  const code = async (start) => (await app.script(start)).error?.code
  for (const kind of ["record-action", "bulk-record-action"]) {
    assert.equal(await code({trigger: {kind, id: "x", args: {}, bare: true}}), "needs-record", kind)
    assert.equal(await code({trigger: {kind, id: "x", args: {recordId: "r"}}}), undefined, kind)
  }
  assert.equal(await code({mount: {kind: "record-widget", id: "x", props: {}, bare: true}}), "needs-record")
  assert.equal(await code({trigger: {kind: "object-action", id: "x", args: {object: "people"}, bare: true}}), undefined)
  assert.equal(await code({trigger: {kind: "record-action", id: "x", args: {recordIds: ["r", "s"]}}}), "needs-record")
  const one = await app.script({trigger: {kind: "bulk-record-action", id: "x", args: {recordId: "r"}}})
  assert.deepEqual(logs(good(one)), ["r"])
  await app.drop()
})

test("what was not given of a selected text follows from what was", async () => {
  const trigger = "onTrigger: (args) => console.log(JSON.stringify(args))"
  const insight = "call-recording-insight-text-selection-action"
  const transcript = "call-recording-transcript-text-selection-action"
  const app = await host.load(bundle(`return {"${insight}": [{id: "i", label: "I", ${trigger}}], "${transcript}": [{id: "t", label: "T", ${trigger}}]}`))
  const told = async (kind, id, args) => JSON.parse(logs(good(await app.script({trigger: {kind, id, args}})))[0])
  assert.deepEqual(await told(insight, "i", {text: "said"}), {text: "said", markdown: "said"})
  assert.deepEqual(await told("call-recording-insight-text-action", "i", {text: "a", markdown: "*a*"}), {text: "a", markdown: "*a*"})
  assert.deepEqual(await told(transcript, "t", {text: "said"}), {text: "said", transcript: [{speaker: "Speaker", text: "said"}], url: ""})
  await app.drop()
})
