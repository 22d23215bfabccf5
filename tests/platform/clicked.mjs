// What a user did on the page, saved as a file: typed, chosen, submitted, answered, closed. The file replays equal.
import fs from "node:fs"
import path from "node:path"
import {rigApp} from "./apps.mjs"
import {until, withDev} from "./dev.mjs"
import {Screen} from "./screen.mjs"

const act = `import {alert, Button, Checkbox, Combobox, confirm, Extensions, Forms, showDialog, showToast, useForm} from "attio/client"
import {useState} from "react"
import set from "./store.server"
const schema = {title: Forms.string().minLength(3), count: Forms.number(), kind: Forms.string()}
function Ask({hideDialog}: {hideDialog: () => void}) {
  const [n, more] = useState(0)
  const {Form, TextInput, NumberInput, Combobox, SubmitButton} = useForm(schema, {title: "", count: 1, kind: "a"})
  return <>
    <Form onSubmit={async (values) => {
      if (!(await confirm({title: "Really?"}))) return
      await set("told", {...values, n})
      await alert({title: "Kept", text: values.title})
      await showToast({title: "Done", variant: "success", action: {label: "Undo", onClick: async () => { await set("told", null) }}})
      hideDialog()
    }}>
      <TextInput name="title" label="Title" />
      <NumberInput name="count" label="Count" />
      <Combobox name="kind" label="Kind" options={[{value: "a", label: "One"}, {value: "b", label: "Two"}]} />
      <SubmitButton label="Keep" />
    </Form>
    <Button label="More" onClick={() => more(n + 1)} />
  </>
}
export default Extensions.defineExtension({
  type: "record-action", id: "ask", label: "Ask", objects: "people",
  onTrigger: async () => {
    await showDialog({title: "Ask", Dialog: ({hideDialog}) => <Ask hideDialog={hideDialog} />})
    return {any: "value"}
  },
})
void [alert, Button, Checkbox, Combobox]
`

const files = {
  "src/app/extensions/ask/extension.tsx": act,
  "src/app/extensions/look/extension.tsx": `import {Badge, Extensions, showDialog, Widget} from "attio/client"
function Look() {
  return <Widget.TextWidget onTrigger={() => showDialog({title: "Look", Dialog: () => <Badge>looked</Badge>})}><Widget.Title>Look here</Widget.Title></Widget.TextWidget>
}
export default Extensions.defineExtension({type: "record-widget", id: "look", label: "Look", color: "#0f766e", objects: ["people"], Widget: Look})
`,
  "src/app/extensions/ask/store.server.ts": `import {kv} from "attio/server"
export default async function set(key: string, value: unknown) {
  await kv.set(key, value as never)
}
`,
}

const of = (type, label) => (node) => node.type === type && (label === undefined || node.props?.label === label)

// Types as the page does: a letter, an event.
async function types(screen, surface, label, ...texts) {
  const field = (node) => node.props?.label === label && node.props.onChange
  for (const text of texts) await screen.act(surface, field, "onChange", text)
  if (screen.surfaces.get(surface).find(field).props.onBlur) await screen.act(surface, field, "onBlur")
}

export default {
  "a dialog of the page: filled in, submitted, answered, undone; saved, and replayed equal": async (bench) => {
    rigApp(bench, files)
    await withDev(bench, {args: ["--no-check"]}, async (dev) => {
      const screen = await Screen.open(dev)
      try {
        const {flow} = await screen.post("trigger", {id: "ask", record: "people/ada"})
        const {id: surface} = await screen.ui("dialog.open")
        await screen.when("its tree", () => screen.surfaces.get(surface)?.find(of("TextInput")))
        await types(screen, surface, "Title", "G", "Go", "Go on")
        await types(screen, surface, "Count", 2, 23)
        await types(screen, surface, "Kind", "b")
        await screen.act(surface, of("Button", "More"), "onClick")
        await screen.act(surface, of("Form"), "onSubmit")
        await screen.post("answer", {call: (await screen.ui("confirm")).call, value: true})
        await screen.post("answer", {call: (await screen.ui("alert")).call, value: null})
        const {action} = await screen.ui("toast.show")
        await screen.event("done", (event) => event.flow === flow)
        await screen.post("callback", {ref: action.ref, args: []})
        const ended = async () => (await dev.api("GET", `/flows/${flow}`)).json.nodes.every(({ms}) => ms !== null)
        await until("all of it is over", ended)
        const file = path.join(bench.app, "ask.flow.json")
        const saved = await bench.json("flow", "save", flow, file)
        bench.same(`saved: ${saved.error?.message} ${saved.diff ?? ""}`, 0, saved.code)
        const {start} = JSON.parse(fs.readFileSync(file, "utf8"))
        bench.same("the steps", [{fill: "title", value: "Go on"}, {fill: "count", value: 23}, {fill: "kind", value: "b"}, {click: "More"},
          {submit: true}, {answer: "confirm", value: "yes"}, {toast: "action", label: "Undo"}], start.body.steps)
        for (let i = 0; i < 2; i++) bench.same("replayed", 0, (await bench.json("flow", "replay", file)).code)
        const source = path.join(bench.app, "src/app/extensions/ask/extension.tsx")
        fs.writeFileSync(source, act.replace('"Kept"', '"It is kept"'))
        const other = await bench.json("flow", "replay", file)
        bench.same("another text is told", [1, true], [other.code, other.items[0].diff.includes("It is kept")])
      } finally {
        screen.close()
      }
    })
  },

  "a widget of the page: clicked, its dialog closed; what is still open is not saved": async (bench) => {
    rigApp(bench, files)
    await withDev(bench, {args: ["--no-check"]}, async (dev) => {
      const screen = await Screen.open(dev)
      try {
        const {surface, flow} = await screen.post("mount", {kind: "widget", id: "look", record: "people/ada"})
        await screen.shows(surface, "Look here")
        await screen.act(surface, of("Widget.TextWidget"), "onTrigger")
        const dialog = await screen.ui("dialog.open")
        await screen.shows(dialog.id, "looked")
        const open = await bench.json("flow", "save", flow, "look.flow.json")
        bench.same("open", [4, true], [open.code, open.error?.fix.includes("close what is still open")])
        bench.same("closed", 200, (await dev.api("DELETE", `/sessions/${screen.session}/surfaces/${dialog.id}`)).status)
        await until("all of it is over", async () => (await dev.api("GET", `/flows/${flow}`)).json.nodes.every(({ms}) => ms !== null))
        const saved = await bench.json("flow", "save", flow, "look.flow.json")
        bench.same(`saved: ${saved.error?.message} ${saved.diff ?? ""}`, 0, saved.code)
        const {start} = JSON.parse(fs.readFileSync(path.join(bench.app, "look.flow.json"), "utf8"))
        bench.same("the steps", [{click: "Look here"}, {close: true}], start.body.steps)
        bench.same("replayed", 0, (await bench.json("flow", "replay", "look.flow.json")).code)
      } finally {
        screen.close()
      }
    })
  },
}
