// Users at a screen: what the page does with the control API, here by a program in its place. App code runs in the
// host; what it shows comes as events.
import {rigApp} from "./apps.mjs"
import {until, withDev} from "./dev.mjs"
import {Screen} from "./screen.mjs"

const extension = "src/app/extensions/screen/extension.tsx"

// An action whose body is given; a widget that counts; a page.
const files = (body, more = "") => ({
  [extension]: `import {alert, Badge, confirm, Divider, Extensions, Forms, showDialog, showIframe, showToast, Typography, useForm, Widget} from "attio/client"
import {useEffect, useState} from "react"
import env from "../rig/env.server"
${more}
export default Extensions.defineExtension({
  type: "record-action", id: "act", label: "Act", objects: "people",
  onTrigger: async ({recordId}) => {
    ${body}
  },
})
void [alert, Badge, confirm, Divider, Forms, showDialog, showIframe, showToast, Typography, useEffect, useState, useForm, Widget, env]
`,
})

const widget = (word = "count", body = "") => ({
  "src/app/extensions/counter/extension.tsx": `import {Extensions, Widget} from "attio/client"
import {useEffect, useState} from "react"
function Counter({recordId}: {recordId: string}) {
  const [n, set] = useState(0)
  useEffect(() => { ${body} }, [])
  return <Widget.TextWidget onTrigger={async () => { set((m) => m + 1) }}>
    <Widget.Title>{recordId.length > 9 ? "a record" : "none"}</Widget.Title>
    <Widget.Text.Primary>{"${word} " + n}</Widget.Text.Primary>
  </Widget.TextWidget>
}
export default Extensions.defineExtension({type: "record-widget", id: "counter", label: "Counter", color: "#0f766e", objects: ["people"], Widget: Counter})
`,
})

const block = (label) => ({
  "src/app/blocks/ring/block.ts": `import {Workflows} from "attio"
export default Workflows.defineWorkflowBlock({type: "step", id: "ring", title: "Ring", description: "Rings somebody", configSchema: Workflows.ConfigSchema.struct({
  who: Workflows.ConfigSchema.string(), phone: Workflows.ConfigSchema.phoneNumber().optional(), due: Workflows.ConfigSchema.date().optional(), tags: Workflows.ConfigSchema.array(Workflows.ConfigSchema.string()).optional(),
})})
`,
  "src/app/blocks/ring/configurator.tsx": `import {Workflows} from "attio/client"
import block from "./block"
export default Workflows.defineConfigurator(block, (one) => {
  const {TextInput, PhoneNumberInput, DateInput, Outcome} = Workflows.useConfigurator(one, {who: "nobody"})
  return <><TextInput name="who" label="${label}" /><PhoneNumberInput name="phone" label="Phone" /><DateInput name="due" label="Due" /><Outcome id="rang" label="Rang" schema={Workflows.OutcomeSchema.struct({who: Workflows.OutcomeSchema.string()})} /></>
})
`,
  "src/app/blocks/ring/execute.ts": `import {Workflows} from "attio/server"
import block from "./block"
export default Workflows.defineWorkflowBlockExecute(block, async ({config}) => ({type: "outcome", id: "rang", data: {who: config.who}}))
`,
})

async function withScreen(bench, more, use, {args = []} = {}) {
  rigApp(bench, more)
  await withDev(bench, {args}, async (dev) => {
    const screen = await Screen.open(dev)
    await use(screen, dev)
    screen.close()
  })
}

const ofType = (type) => (node) => node.type === type
const flowOf = async (dev, id) => (await dev.api("GET", `/flows/${id}`)).json
const names = ({nodes}) => nodes.map(({kind, name}) => `${kind} ${name}`)

export default {
  "a session: opened, followed, ended": (bench) =>
    withScreen(bench, files(""), async (screen, dev) => {
      bench.same("whose it is", ["admin", true], [screen.opened.as, /^u[0-9a-f]{32}$/.test(screen.session)])
      for (const [where, body] of [["trigger", {id: "act"}], ["event", {surface: "m1", element: 1, fn: "x"}], ["answer", {call: 1}]]) {
        const answer = await dev.api("POST", `/sessions/unknown/${where}`, body)
        bench.same(`${where} of no session`, [404, "not_found"], [answer.status, answer.json?.error?.kind])
      }
      bench.same("its events without the secret", 401, (await dev.http("GET", `/__attio/api/sessions/${screen.session}/events`)).status)
      bench.same("events of no session", 404, (await dev.api("GET", "/sessions/u0/events")).status)
      bench.same("an action that is not there", 404, (await dev.api("POST", `/sessions/${screen.session}/trigger`, {id: "nothing"})).status)
      const closed = await dev.api("DELETE", `/sessions/${screen.session}`)
      bench.same("closed", [200, screen.session], [closed.status, closed.json.closed])
      await screen.when("the end of its stream", () => screen.ended || undefined).catch(() => {})
      bench.same("afterwards", 404, (await dev.api("DELETE", `/sessions/${screen.session}`)).status)
    }),

  "an action: toasts, a question, an alert, its flow": (bench) =>
    withScreen(
      bench,
      files(`const toast = await showToast({title: "hello <b>", variant: "neutral", action: {label: "Undo", onClick: async () => { await alert({title: "undone", text: recordId}) }}})
    const yes = await confirm({title: "Go on?"})
    await toast.updateToast({title: yes ? "went" : "stayed"})
    await env("PLAIN")`),
      async (screen, dev) => {
        const {flow} = await screen.post("trigger", {id: "act", record: "people/ada"})
        const toast = await screen.ui("toast.show")
        bench.same("the toast", ["hello <b>", "neutral", "Undo", flow], [toast.title, toast.variant, toast.action.label, toast.flow])
        const question = await screen.ui("confirm")
        bench.same("the question", ["Go on?", true], [question.title, question.wants_answer])
        await screen.post("answer", {call: question.call, value: true})
        bench.same("the update", "went", (await screen.ui("toast.update")).title)
        await screen.event("done", (event) => event.flow === flow)
        // The toast's action opens an alert: the answer does not wait for the user.
        const {pending, flow: same} = await screen.post("callback", {ref: toast.action.ref, args: []})
        bench.same("an action of the toast", [true, flow], [pending, same])
        const undone = await screen.ui("alert")
        await screen.post("answer", {call: undone.call})
        const answered = await screen.post("answer", {call: undone.call}, 422)
        bench.same("answered twice", "findings", answered.error?.kind)
        const tree = await flowOf(dev, flow)
        bench.same("all in one flow", true, ["action act", "host confirm", "user answer", "host toast.show", `user ${toast.action.ref}`].every((one) => names(tree).includes(one)))
        const parent = (name) => tree.nodes.find(({id}) => id === tree.nodes.find((one) => one.name === name).cause)?.name
        bench.same("what belongs to what", ["confirm", "toast.show"], [parent("answer"), parent(toast.action.ref)])
        bench.same("the server function is in it", true, tree.nodes.some(({kind}) => kind === "server"))
      },
    ),

  "an action that throws is told": (bench) =>
    withScreen(bench, files(`throw new Error("broken " + recordId.length)`), async (screen) => {
      const {flow} = await screen.post("trigger", {id: "act", record: "people/ada"})
      const told = await screen.event("error")
      bench.same("the error", [flow, "broken 36"], [told.flow, told.error.message])
      await screen.post("trigger", {id: "act"})
      bench.same("without a record", true, /needs a record/.test((await screen.event("error", (one) => one.flow !== flow)).error.message))
    }),

  "a widget: tree, click, patch, closed": (bench) =>
    withScreen(bench, {...files(""), ...widget()}, async (screen, dev) => {
      const {surface, flow} = await screen.post("mount", {kind: "widget", id: "counter", record: "people/ada"})
      await screen.shows(surface, "count 0")
      const shown = screen.surfaces.get(surface)
      bench.same("what it is", ["record-widget", "counter", "people"], [shown.kind, shown.id, shown.props.object])
      const clicked = await screen.act(surface, ofType("Widget.TextWidget"), "onTrigger")
      await screen.shows(surface, "count 1")
      bench.same("as a patch", true, screen.events.some(({type}) => type === "patch"))
      bench.same("in the flow of its surface", flow, clicked.flow)
      const {json} = await dev.api("GET", `/sessions/${screen.session}/surfaces/${surface}`)
      bench.same("the tree, asked for", JSON.stringify(json.nodes), JSON.stringify(screen.surfaces.get(surface).nodes))
      const {error} = await screen.post("event", {surface, element: 99999, fn: "onTrigger"}, 422)
      bench.same("an element that is gone", true, /gone/.test(error?.message))
      await screen.post("mount", {kind: "widget", id: "counter"}, 400)
      await screen.post("mount", {kind: "widget", id: "none", record: "people/ada"}, 404)
      bench.same("closed", 200, (await dev.api("DELETE", `/sessions/${screen.session}/surfaces/${surface}`)).status)
      bench.same("told", "closed", (await screen.event("gone", (one) => one.surface === surface)).reason)
    }),

  "a configurator: its values are told, fit a run, and survive another build": (bench) =>
    withScreen(bench, {...files(""), ...block("Who")}, async (screen, dev) => {
      const {surface} = await screen.post("mount", {kind: "configurator", id: "ring"})
      await screen.when("its tree", () => screen.surfaces.get(surface))
      const config = () => screen.events.filter((one) => one.surface === surface && one.config).at(-1)?.config
      const labelled = (label) => (node) => node.props?.label === label
      const type = (label, value) => screen.act(surface, labelled(label), "onChange", value)
      bench.same("what it begins with", {who: "nobody"}, config())
      await type("Who", "Ada")
      await type("Phone", "+15558675309")
      await type("Due", "2030-01-02")
      const typed = await screen.when("what was typed", () => (config()?.due ? config() : undefined))
      bench.same("its words", ["Ada", true], [typed.who, JSON.stringify(typed.phone).includes("+15558675309")])
      const ran = (await dev.api("POST", "/blocks/ring/run", {config: typed})).json
      bench.same("a run with it", [true, {id: "rang", data: {who: "Ada"}}], [ran.ok, ran.run?.outcome])
      const before = screen.events.length
      bench.write(block("Whom"))
      await screen.when("the next build", () => screen.surfaces.get(surface)?.find(labelled("Whom")))
      await screen.when("told again", () => screen.events.slice(before).find((one) => one.surface === surface && one.config))
      bench.same("afterwards", typed, config())
    }),

  "a dialog with a form": (bench) =>
    withScreen(
      bench,
      files(
        `await showDialog({title: "Form", Dialog: ({hideDialog}) => <Ask hideDialog={hideDialog} />}); await showToast({title: "closed", variant: "success"})`,
        `function Ask({hideDialog}: {hideDialog: () => void}) {
  const {Form, TextInput, SubmitButton} = useForm({name: Forms.string().minLength(3)}, {name: ""})
  return <Form onSubmit={async ({name}) => { await showToast({title: "got " + name, variant: "success"}); hideDialog() }}><TextInput name="name" label="Name" /><SubmitButton label="Send" /></Form>
}`,
      ),
      async (screen, dev) => {
        const {flow} = await screen.post("trigger", {id: "act", record: "people/ada"})
        const dialog = await screen.ui("dialog.open")
        await screen.when("its tree", () => screen.surfaces.get(dialog.id)?.find(ofType("TextInput")))
        bench.same("title", "Form", dialog.title)
        await screen.act(dialog.id, ofType("TextInput"), "onChange", "ab")
        await screen.act(dialog.id, ofType("Form"), "onSubmit")
        const wrong = await screen.when("the error of the field", () => screen.surfaces.get(dialog.id)?.find((node) => node.type === "TextInput" && node.props?.error))
        bench.same("of the field", true, String(wrong.props.error).length > 3)
        await screen.act(dialog.id, ofType("TextInput"), "onChange", "abc")
        const sent = await screen.act(dialog.id, ofType("Form"), "onSubmit")
        bench.same("in the flow of the action", flow, sent.flow)
        bench.same("sent", "got abc", (await screen.ui("toast.show")).title)
        await screen.event("gone", (one) => one.surface === dialog.id)
        await screen.event("done")
        // The user's own way out of it.
        const from = screen.events.length
        await screen.post("trigger", {id: "act", record: "people/ada"})
        const second = await screen.ui("dialog.open", from)
        bench.same("closed by the user", 200, (await dev.api("DELETE", `/sessions/${screen.session}/surfaces/${second.id}`)).status)
        await screen.event("done", () => true, from)
        bench.same("the app goes on", "closed", (await screen.ui("toast.show", from)).title)
      },
    ),

  "a frame": (bench) =>
    withScreen(
      bench,
      files(`await showIframe({title: "F", html: "<p id=x>in a frame</p>", onMessage: async (message, frame) => { await showToast({title: "heard " + JSON.stringify(message), variant: "neutral"}); frame.hideIframe() }})`),
      async (screen, dev) => {
        await screen.post("trigger", {id: "act", record: "people/ada"})
        const frame = await screen.ui("iframe.open")
        const where = `/__attio/frame/${screen.session}/${frame.call}`
        const {status, headers, text} = await dev.http("GET", where)
        bench.same("its document", [200, "<p id=x>in a frame</p>"], [status, text])
        const policy = headers["content-security-policy"]
        bench.same("a stranger to us", [true, false], [/^sandbox allow-scripts allow-forms allow-popups;/.test(policy), /same-origin|top-navigation/.test(policy)])
        bench.same("of another session", 404, (await dev.http("GET", `/__attio/frame/u${"0".repeat(32)}/${frame.call}`)).status)
        await screen.post("callback", {ref: frame.on_message, args: [{a: 1}]})
        bench.same("a message", 'heard {"a":1}', (await screen.ui("toast.show")).title)
        await screen.ui("iframe.close")
        bench.same("closed", 404, (await dev.http("GET", where)).status)
        await screen.event("done")
      },
    ),

  "another build: what was mounted comes again, the rest is over": (bench) =>
    withScreen(bench, {...files(`await showDialog({title: "D", Dialog: () => <Typography.Body>old</Typography.Body>})`), ...widget()}, async (screen, dev) => {
      const {surface} = await screen.post("mount", {kind: "widget", id: "counter", record: "people/ada"})
      await screen.shows(surface, "count 0")
      await screen.post("trigger", {id: "act", record: "people/ada"})
      const dialog = await screen.ui("dialog.open")
      await screen.shows(dialog.id, "old")
      bench.write(widget("number"))
      await screen.event("generation")
      await screen.shows(surface, "number 0")
      bench.same("the dialog is gone", true, screen.events.some(({type, surface: id}) => type === "gone" && id === dialog.id))
      await screen.act(surface, ofType("Widget.TextWidget"), "onTrigger")
      await screen.shows(surface, "number 1")
      bench.same("a dialog of the old build", 404, (await dev.api("GET", `/sessions/${screen.session}/surfaces/${dialog.id}`)).status)
    }),

  "a page that was left does not come again": (bench) =>
    withScreen(bench, {...files(""), ...widget()}, async (screen, dev) => {
      const {surface} = await screen.post("mount", {kind: "widget", id: "counter", record: "people/ada"})
      await screen.shows(surface, "count 0")
      const left = await Screen.open(dev)
      await left.post("mount", {kind: "widget", id: "counter", record: "people/ada"})
      await left.event("tree")
      left.close()
      await until("its end is seen", async () => {
        bench.write(widget(`n${Date.now()}`))
        await screen.event("generation", () => true, screen.events.length)
        return (await dev.api("DELETE", `/sessions/${left.session}`)).status === 404
      })
    }),

  "who comes back misses nothing": (bench) =>
    withScreen(bench, {...files(""), ...widget()}, async (screen) => {
      const {surface} = await screen.post("mount", {kind: "widget", id: "counter", record: "people/ada"})
      await screen.shows(surface, "count 0")
      const {last} = screen
      screen.close()
      for (let i = 0; i < 3; i++) await screen.act(surface, ofType("Widget.TextWidget"), "onTrigger")
      screen.follow(last)
      await screen.shows(surface, "count 3")
    }),

  "a million toasts": (bench) =>
    withScreen(bench, files(`for (let i = 0; i < 1000000; i++) { showToast({title: "t" + i, variant: "neutral"}).catch(() => {}); if (i % 1000 === 0) await null }`), async (screen, dev) => {
      await screen.post("trigger", {id: "act", record: "people/ada"})
      const told = await screen.event("told")
      bench.same("what is told", "too-many-shown", told.code)
      await screen.when("its end", () => screen.events.find(({type}) => type === "done" || type === "error"))
      const toasts = screen.events.filter(({op}) => op === "toast.show").length
      bench.same("some are shown, not all", true, toasts >= 100 && toasts < 10000)
      bench.same("the platform answers", 200, (await dev.api("GET", "/status")).status)
      const {nodes} = await flowOf(dev, told.flow)
      bench.same("a note in the flow", true, JSON.stringify(nodes).includes("too-many-shown"))
    }),

  "a tree of 100 MB, an endless loop": (bench) =>
    withScreen(
      bench,
      {
        ...files(`const text = "x".repeat(5000000); await showDialog({title: "Big", Dialog: () => <>{Array.from({length: 20}, (_, i) => <Typography.Body key={i}>{text}</Typography.Body>)}</>})`),
        ...widget("count", "if (recordId.length > 36) for (;;);"),
        "src/app/extensions/loop/extension.ts": `import {Extensions} from "attio/client"
export default Extensions.defineExtension({type: "record-action", id: "loop", label: "Loop", objects: "people", onTrigger: async () => { for (;;); }})
`,
      },
      async (screen, dev) => {
        await screen.post("trigger", {id: "act", record: "people/ada"})
        const dialog = await screen.ui("dialog.open")
        bench.same("cut", "tree-too-large", (await screen.event("told")).code)
        await screen.when("what is left of it", () => screen.surfaces.get(dialog.id)?.find(ofType("Cut")))
        bench.same("no event is long", true, JSON.stringify(screen.surfaces.get(dialog.id).nodes).length < 5000000)
        const {surface} = await screen.post("mount", {kind: "widget", id: "counter", record: "people/ada"})
        await screen.shows(surface, "count 0")
        const {flow} = await screen.post("trigger", {id: "loop", record: "people/ada"})
        bench.same("the platform answers meanwhile", 200, (await dev.api("GET", "/status")).status)
        const ended = await screen.event("told", ({code}) => code === "app-ended")
        bench.same("why", true, /did not give back control/.test(ended.message))
        bench.same("the action", flow, (await screen.event("error", (one) => one.flow === flow)).flow)
        await screen.event("gone", (one) => one.surface === surface)
        // A fresh realm is there.
        const again = await screen.post("mount", {kind: "widget", id: "counter", record: "people/ada"})
        await screen.shows(again.surface, "count 0")
      },
    ),

  "a surface that draws itself without end": (bench) =>
    withScreen(bench, {...files(""), ...widget("count", "const step = () => { set((m) => m + 1); setTimeout(step, 0) }; step()")}, async (screen, dev) => {
      const begin = Date.now()
      const {surface} = await screen.post("mount", {kind: "widget", id: "counter", record: "people/ada"})
      await screen.when("some of it", () => screen.events.length > 20)
      bench.same("at most one in a frame", true, screen.events.length <= 5 + (Date.now() - begin) / 16)
      bench.same("the platform answers", 200, (await dev.api("GET", "/status")).status)
      await dev.api("DELETE", `/sessions/${screen.session}/surfaces/${surface}`)
    }),
}
