// Forms: the builders, every input, validation of what is mounted, submit; and the form of the settings page.
import assert from "node:assert/strict"
import {after, before, test} from "node:test"
import {action, bundle, dialog, found, go, good, logs, startHost} from "./client-host.mjs"

let host
const members = [
  {id: {workspace_member_id: "m1"}, first_name: "Ada", last_name: "Lovelace", email_address: "ada@example.com"},
  {id: {workspace_member_id: "m2"}, first_name: "Alan", last_name: "Turing", email_address: "alan@example.com"},
]
const records = [{id: {record_id: "r1"}, object_slug: "people", record_text: "Grace Hopper"}]
const asked = []

before(async () => {
  host = await startHost({
    rest: async ({method, path, body}) => {
      asked.push(`${method} ${path} ${body?.query ?? ""} ${body?.objects ?? ""}`.trim())
      if (path === "/v2/workspace_members") return {status: 200, body: {data: members}}
      if (method === "GET") return {status: 200, body: {data: {values: {name: [{full_name: `Name of ${path.split("/").at(-1)}`}]}}}}
      return {status: 200, body: {data: records.filter((record) => record.record_text.includes(body.query))}}
    },
  })
})
after(() => host.close())

async function run(text, steps, more) {
  const app = await host.load(text)
  assert.deepEqual(app.errors, [])
  const transcript = await app.script(go, steps, more)
  await app.drop()
  return transcript
}

// A dialog with a form of `schema`, whose inputs are `fields`.
const form = (schema, initial, fields, validate = "undefined", submit = "console.log(JSON.stringify(values)); hideDialog()") => dialog(`({hideDialog}) => {
  const F = sdk.Forms
  const form = sdk.useForm(${schema}, ${initial}, ${validate})
  return h(form.Form, {onSubmit: async (values) => { ${submit} }}, ${fields}, h(form.SubmitButton, {label: "Save"}))
}`)
const tree = (transcript) => transcript.dialogs[0].tree.slice(2).map((line) => line.trim())
const values = (transcript) => logs(good(transcript)).map((line) => JSON.parse(line))

test("builders are immutable and say what they are", async () => {
  const {result} = good(await run(action(`
    const F = sdk.Forms
    const text = F.string()
    const more = text.optional().multiline().minLength(1).maxLength(9).url({protocol: /https/, message: "m"}).default("d")
    return [text, more, F.number().min(1, {message: "low"}).max(3), F.boolean().optional(), F.dateTime().min(new Date(0)), F.plainDate().default("2020-01-01"),
      F.attioRecord().object({slug: "people"}), F.array(F.string()).optional(), text.isOptional, more.isOptional, more.type, F.array({a: text}).elementType.a === text]`)))
  assert.deepEqual(result[0], {type: "string", isOptional: false, isMultiline: false, isUrl: false})
  assert.deepEqual(result[1], {type: "string", isOptional: true, isMultiline: true, isUrl: true, urlOptions: {protocol: "/https/", message: "m"}, defaultValue: "d", minLength: 1, maxLength: 9})
  assert.deepEqual(result[2], {type: "number", isOptional: false, minimum: 1, minimumMessage: "low", maximum: 3})
  assert.deepEqual(result[6], {type: "attio-record", isOptional: false, objects: ["people"]})
  assert.deepEqual(result.slice(8), [false, true, "string", true])
})

test("every input keeps its value under its name", async () => {
  const fields = `
    h(form.InputGroup, null, h(form.TextInput, {name: "text", label: "Text"}), h(form.TextArea, {name: "area", label: "Area", resizable: true}), h(form.NumberInput, {name: "n", label: "N"})),
    h(form.RichTextInput, {name: "rich", label: "Rich"}), h(form.Checkbox, {name: "check", label: "Check"}), h(form.Toggle, {name: "toggle", label: "Toggle"}),
    h(form.DateTimeInput, {name: "when", label: "When"}), h(form.PlainDateInput, {name: "day", label: "Day"}),
    h(form.Fieldset, {legend: "Kind"}, h(form.RadioGroup, {name: "radio"}, h(form.RadioGroup.Item, {value: "a", label: "A"}), h(form.RadioGroup.Item, {value: "b", label: "B"}))),
    h(form.Combobox, {name: "one", label: "One", options: [{value: "x", label: "Ex"}, {value: "y", label: "Why"}]}),
    h(form.Combobox, {name: "many", label: "Many", options: [{value: "x", label: "Ex"}, {value: "y", label: "Why"}]}),
    h(form.AttioUserCombobox, {name: "user", label: "User"}), h(form.AttioRecordCombobox, {name: "record", label: "Record", object: ["people"]}),
    h(form.AttioRecordCombobox, {name: "records", label: "Records"})`
  const schema = `{text: F.string(), area: F.string().multiline(), n: F.number(), rich: F.string(), check: F.boolean(), toggle: F.boolean(), when: F.dateTime(), day: F.plainDate(),
    radio: F.string(), one: F.string(), many: F.array(F.string()), user: F.string(), record: F.attioRecord().object({slug: "people"}), records: F.array(F.attioRecord()).optional()}`
  const transcript = await run(form(schema, "{text: 'old'}", fields, "undefined",
    `console.log(JSON.stringify({...values, date: values.when instanceof Date})); hideDialog()`), [
    "fill text=new words", 'fill Area="two"', "fill N=4.5", "fill rich=**bold**", "click Check", "fill toggle=yes", "fill when=2024-02-03T04:05:06Z", "fill day=2024-02-03",
    "choose Kind B", "choose One Why", "choose Many Ex", "choose Many Why", 'choose User "Ada Lovelace"', 'choose Record "Grace Hopper"', "fill records=people/r1,companies/c1", "submit",
  ])
  assert.deepEqual(found(transcript), [])
  assert.deepEqual(values(transcript), [{
    text: "new words", area: "two", n: 4.5, rich: "**bold**", check: true, toggle: true, when: "2024-02-03T04:05:06.000Z", day: "2024-02-03", radio: "b", one: "y",
    many: ["x", "y"], user: "m1", record: {recordId: "r1", object: "people"}, records: [{recordId: "r1", object: "people"}, {recordId: "c1", object: "companies"}], date: true,
  }])
  assert.ok(asked.includes("POST /v2/objects/records/search Grace Hopper people"), asked.join("\n"))
  const lines = tree(transcript)
  assert.ok(lines.includes('Combobox one "One" = y "Why" (required)'), lines.join("\n"))
  assert.ok(lines.includes('AttioRecordCombobox record "Record" = people/r1 "Name of r1" (required)'), lines.join("\n"))
  assert.ok(lines.includes('AttioUserCombobox user "User" = m1 "Ada Lovelace" (required)'), lines.join("\n"))
})

test("only what is mounted is checked; what is not given gets its default, addresses their protocol", async () => {
  const text = form("{a: F.string(), b: F.string(), url: F.string().url(), d: F.string().default('dd'), n: F.number(), ok: F.boolean()}", "{}",
    `h(form.TextInput, {name: "a", label: "A"}), h(form.TextInput, {name: "url", label: "URL"}),
     h(form.WithState, {values: true, children: ({values}) => values.a === "more" ? h(form.TextInput, {name: "b", label: "B"}) : null})`)
  assert.deepEqual(values(await run(text, ["fill a=x", "fill url=attio.com/x", "submit"])), [{n: 0, ok: false, a: "x", url: "https://attio.com/x", d: "dd"}])
  const open = good(await run(text, ["fill a=more", "fill url=http://attio.com", "submit"]))
  assert.deepEqual(tree(open), ['TextInput a "A" = more (required)', 'TextInput url "URL" = http://attio.com (required)', 'TextInput b "B" = "" (required)  ✖ Required', "footer: [Save ⏎]"])
})

test("the schema's errors, and its word over the app's", async () => {
  const one = async (node, input, value, initial = "{}") => {
    const transcript = await run(form(`{v: ${node}}`, initial, `h(form.${input}, {name: "v", label: "V", options: []})`), [...(value === null ? [] : [{fill: "v", value}]), "submit"])
    return /✖ (.*)$/.exec(tree(good(transcript))[0])?.[1] ?? null
  }
  const cases = [
    ["F.string()", "TextInput", null, "Required"], ["F.string().optional()", "TextInput", "", null], ["F.string().minLength(3)", "TextInput", "ab", "Must be at least 3 characters"],
    ["F.string().maxLength(3)", "TextInput", "abcd", "Must be at most 3 characters"], ["F.string().url()", "TextInput", "no address", "Must be a valid URL"],
    ["F.string().url()", "TextInput", "ftp://a.example", "Must be a valid URL"], ["F.string().url({protocol: /ftp/, message: 'FTP!'})", "TextInput", "https://a.example", "FTP!"],
    ["F.string().url()", "TextInput", "localhost", "Must be a valid URL"], ["F.string().url()", "TextInput", "https://a.example:8080/p?q#h", null],
    ["F.number()", "NumberInput", "", "Required"], ["F.number().min(2)", "NumberInput", "1", "Must be at least 2"], ["F.number().max(2)", "NumberInput", "3", "Must be at most 2"],
    ["F.dateTime().min(new Date('2024-01-01'), {message: 'too early'})", "DateTimeInput", "2023-12-31T00:00:00Z", "too early"],
    ["F.dateTime()", "DateTimeInput", "whenever", "Must be a date and time"], ["F.plainDate()", "PlainDateInput", "31.12.2023", "Must be a date (YYYY-MM-DD)"],
    ["F.attioRecord().object({slug: 'deals'})", "AttioRecordCombobox", "people/r1", "Must be a record of deals"],
    ["F.array(F.string().minLength(2))", "Combobox", "a", "Must be at least 2 characters"], ["F.array(F.string())", "Combobox", null, "Required"],
  ]
  for (const [node, input, value, message] of cases) assert.equal(await one(node, input, value), message, `${node} ${value}`)
})

test("validate runs on submit and then on each change; its errors may be nested", async () => {
  const text = form("{rows: F.array({street: F.string()}), a: F.string()}", "{rows: [{street: 'x'}], a: 'bad'}",
    `h(form.Collection, {name: "rows", label: "Row", children: ({path, index}) => h(form.CollectionItem, {label: "No. " + index}, h(form.TextInput, {name: path + ".street", label: "Street"}))}), h(form.TextInput, {name: "a", label: "A"}),
     h(form.WithState, {errors: true, submitting: true, children: ({errors, submitting}) => h(sdk.Typography.Caption, null, JSON.stringify(errors), String(submitting))})`,
    `(v) => { console.log(JSON.stringify("check " + v.a)); return {a: v.a === "bad" ? "bad A" : undefined, rows: v.rows.map((row) => ({street: row.street === "x" ? "bad street" : undefined}))} }`)
  const first = good(await run(text, ["fill a=bad", "submit"]))
  assert.deepEqual(tree(first), [
    'Collection rows "Row"', 'CollectionItem "No. 0"', 'TextInput rows.0.street "Street" = x (required)  ✖ bad street', 'TextInput a "A" = bad (required)  ✖ bad A',
    'Typography.Caption "{\\"a\\":\\"bad A\\",\\"rows.0.street\\":\\"bad street\\"}false"', "footer: [Save ⏎]",
  ])
  const last = await run(text, ["submit", "fill a=good", 'click "Add Row"', "fill rows.1.street=z", "fill rows.0.street=y", "submit"])
  const lines = values(last)
  assert.deepEqual(lines.find((line) => typeof line === "object"), {rows: [{street: "y"}, {street: "z"}], a: "good"})
  assert.ok(lines.includes("check good"))
  const removed = await run(text, ["fill a=good", 'click "Add Row"', "fill rows.1.street=z", 'click "Remove Row 1"', "submit"])
  assert.deepEqual(values(removed).find((line) => typeof line === "object"), {rows: [{street: "z"}], a: "good"})
})

test("while a form is sent it cannot be sent again; what onSubmit throws is shown and the dialog stays", async () => {
  let calls = 0
  host.answers.server = async () => {
    calls++
    throw new Error("refused")
  }
  const text = form("{a: F.string()}", "{a: 'x'}", `h(form.TextInput, {name: "a", label: "A"}),
    h(sdk.Button, {label: "Twice", onClick: () => { form.submit(); form.submit() }}), h(sdk.Button, {label: "Change", onClick: () => form.change("a", "changed")}),
    h(form.WithState, {submitting: true, children: ({submitting}) => (console.log(submitting), null)})`, "undefined", `await runServerFunction("send", [values])`)
  const transcript = await run(text, ["click Change", "click Twice"])
  assert.deepEqual([transcript.ok, transcript.error.message], [false, "refused"])
  assert.deepEqual(transcript.dialogs[0].tree.slice(1, 3), ["  Form  ✖ refused", '    TextInput a "A" = changed (required)'])
  assert.deepEqual(found(transcript), ["Error: refused"])
  assert.deepEqual([calls, logs(transcript)], [1, ["false", "true", "false"]])
})

test("names that shipped apps still use work", async () => {
  const transcript = await run(form("{a: F.string(), b: F.string().optional()}", "{a: 'x'}",
    `h(form.Experimental_RichTextInput, {name: "a", label: "A"}), h(form.Combobox, {name: "b", label: "B", options: [], __experimental_decorated: true}),
     h(sdk.Row, null, h(sdk.Column, null, ["Experimental_DateTimeInput", "Experimental_PlainDateInput", "Experimental_AttioUserCombobox", "Experimental_AttioRecordCombobox"].map((name) => typeof form[name]).join()))`), [])
  assert.deepEqual(found(transcript), [])
  assert.ok(tree(transcript).includes('Column "function,function,function,function"'))
})

test("a combobox with a provider searches, and asks for a label once per value", async () => {
  const transcript = await run(form("{a: F.string(), b: F.string()}", "{a: 'v2', b: ''}",
    `h(form.Combobox, {name: "a", label: "A", options: provider}), h(form.TextInput, {name: "b", label: "B"})`, "undefined", "console.log('sent', values.a); hideDialog()").replace("const Dialog", `
    const all = [{value: "v1", label: "First", categoryLabel: "c"}, {value: "v2", label: "Second"}]
    const provider = {search: async (query) => { console.log("search", query); return all.filter(({label}) => label.startsWith(query)) }, getOption: async (value) => { console.log("option", value); return all.find((one) => one.value === value) }}
    const Dialog`), ["fill b=x", "fill b=y", "choose A First", "fill b=z", "submit"])
  assert.deepEqual(logs(good(transcript)), ["option v2", "search First", "option v1", "sent v1"])
  for (const thrown of ['new Error("no such")', '"no such"']) {
    const only = `{search: async () => [{value: "NEW", label: "Create one"}], getOption: async (value) => { throw ${thrown} }}`
    const chosen = good(await run(form("{a: F.string()}", "{}", `h(form.Combobox, {name: "a", label: "A", options: ${only}})`, "undefined", `console.log(values.a)`), ['choose A "Create one"', "submit"]))
    assert.deepEqual([logs(chosen), found(chosen)], [["NEW"], ['getOption threw for "NEW": no such']])
  }
  const missing = await run(form("{a: F.string()}", "{}", `h(form.Combobox, {name: "a", label: "A", options: {search: async () => [{value: "v", label: "Only"}], getOption: async () => undefined}})`), ["choose A Ony"])
  assert.match(missing.error.message, /there is no option "Ony"; did you mean "Only"\?/)
})

test("slips in a form are told: a name or type that the schema does not have, props", async () => {
  const transcript = await run(form("{a: F.string()}", "{a: 'x'}", `h(form.TextInput, {name: "b", label: "B"}), h(form.NumberInput, {name: "a", label: "A", color: "red"}), h(form.Checkbox, {name: "a"})`), [])
  assert.deepEqual(found(transcript), [
    'TextInput: the schema has no "b"', 'NumberInput has no prop "color"', 'NumberInput "a": the schema says string', 'Checkbox needs the prop "label"', 'Checkbox "a": the schema says string',
  ])
})

const settingsPage = (fields, extra = "") => bundle(`
  const schema = root.Settings.defineWorkspaceSchema({team: root.Settings.Schema.string(), every: root.Settings.number(), on: root.Settings.Schema.boolean()})
  ${extra}
  const page = sdk.Settings.defineWorkspacePage(schema, () => {
    const form = sdk.Settings.useForm(schema)
    const values = sdk.Settings.useSettings(schema)
    return h(form.Form, null, ${fields}, h(sdk.Typography.Caption, null, JSON.stringify(values)))
  })
  return {"workspace-settings": [page], "record-action": [{id: "go", label: "Go", onTrigger: async () => {
    console.log(JSON.stringify([await sdk.Settings.getSettings(schema), await sdk.Settings.getSettings(schema, "team"), await sdk.getWorkspaceSettings()]))
    await sdk.setWorkspaceSetting("every", 5)
    await sdk.Settings.setSettings(schema, "on", null)
  }}]}`, `{workspace: {team: {type: "string"}, every: {type: "number"}, on: {type: "boolean"}}}`)

test("settings save by themselves: texts and numbers when they are left, the others when they change", async () => {
  const stored = {}
  host.answers["settings.set"] = async ({key, value}) => {
    stored[key] = value
    return {}
  }
  host.answers["settings.get"] = async () => stored
  const fields = `h(form.Section, {title: "S"}, h(form.TextInput, {name: "team", label: "Team", minLength: 2}), h(form.NumberInput, {name: "every", label: "Every", min: 1}), h(form.Toggle, {name: "on", label: "On", description: "d"})),
    h(form.Button, {title: "T", label: "Sync", onClick: () => console.log("sync")}), h(form.WithState, {values: true, errors: true, children: (state) => h(sdk.Typography.Body, null, JSON.stringify(state))})`
  const app = await host.load(settingsPage(fields), {settings: {workspace: {team: "core"}}})
  assert.deepEqual(app.settings_schema, {workspace: {team: {type: "string"}, every: {type: "number"}, on: {type: "boolean"}}})
  const start = {mount: {kind: "workspace-settings", props: {}}}
  const transcript = good(await app.script(start, ["fill Team=x", "fill every=30", "click On", "click Sync"]))
  assert.deepEqual(stored, {every: 30, on: true})
  assert.deepEqual(transcript.surface.tree.map((line) => line.trim()), [
    "SettingsForm", 'Section "S"', 'TextInput team "Team" = x  ✖ Must be at least 2 characters', 'NumberInput every "Every" = 30', 'Toggle on "On" = true', 'SettingsButton "T" [Sync]',
    'Typography.Body "{\\"values\\":{\\"team\\":\\"x\\",\\"every\\":30,\\"on\\":true},\\"errors\\":{\\"team\\":\\"Must be at least 2 characters\\"}}"',
    'Typography.Caption "{\\"team\\":\\"core\\",\\"every\\":30,\\"on\\":true}"',
  ])
  const member = await app.script(start, ["fill every=31"], {as: "member"})
  assert.match(member.error.message, /"every" is disabled/)
  stored.team = "sales"
  const actions = good(await app.script(go))
  assert.deepEqual(JSON.parse(logs(actions)[0]), [{team: "sales", every: 30, on: true}, "sales", {team: "sales", every: 30, on: true}])
  assert.deepEqual(stored, {team: "sales", every: 5, on: null})
  await app.request("client.settings", {values: {team: "from outside"}})
  const later = good(await app.script(start))
  assert.equal(later.surface.tree.at(-1).trim(), 'Typography.Caption "{\\"team\\":\\"from outside\\",\\"every\\":null,\\"on\\":null}"')
  await app.drop()
})
