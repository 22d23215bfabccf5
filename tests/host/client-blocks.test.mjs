// Workflow blocks on the client side: configurators with every input, outcomes, watch; and the pure builders.
import assert from "node:assert/strict"
import {after, before, test} from "node:test"
import {action, bundle, found, go, good, logs, mount, startHost} from "./client-host.mjs"

let host
before(async () => {
  host = await startHost({
    server: async () => ({value: [{value: "c1", label: "Campaign"}]}),
    rest: async ({path}) => {
      if (path === "/v2/lists") return {status: 200, body: {data: [{api_slug: "vips", name: "VIPs"}]}}
      if (path.endsWith("/options")) return {status: 200, body: {data: [{id: {option_id: "o1"}, title: "Hot"}]}}
      if (path === "/v2/objects") return {status: 200, body: {data: [{api_slug: "people", plural_noun: "People"}]}}
      if (path.endsWith("/attributes")) return {status: 200, body: {data: [{api_slug: "name", title: "Name"}]}}
      return {status: 200, body: {data: []}}
    },
  })
})
after(() => host.close())

const block = (schema, body, {type = "step", before: first = ""} = {}) => bundle(`
  const C = root.Workflows.ConfigSchema, O = sdk.Workflows.OutcomeSchema
  ${first}
  const block = root.Workflows.defineWorkflowBlock({type: "${type}", id: "b", title: "B", description: "d", configSchema: C.struct(${schema})})
  const Configurator = sdk.Workflows.defineConfigurator(block, (block) => { ${body} })
  return {"workflow-block": [{type: "${type}", id: "b", block: {...block, Configurator}}]}`)

async function run(text, steps, config) {
  const app = await host.load(text)
  assert.deepEqual(app.errors, [])
  const transcript = await app.script({mount: {kind: "workflow-block", id: "b", config}}, steps)
  await app.drop()
  return transcript
}

test("every input of a configurator, filled and kept as the value of its type", async () => {
  const leaves = {
    TextInput: "string", RichTextInput: "richText", NumberInput: "number", CheckboxInput: "boolean", TimestampInput: "timestamp", DateInput: "date", PersonalNameInput: "personalName",
    CurrencyInput: "currency", DurationInput: "duration", EmailAddressInput: "emailAddress", DomainInput: "domain", PhoneNumberInput: "phoneNumber", LocationInput: "location",
    AttioActorInput: "attioActor", AttioSequenceInput: "attioSequence", AttioSelectInput: "attioSelect", AttioRecordInput: "attioRecord", AttioAttributeInput: "attioAttribute", AttioListInput: "attioList", AttioObjectInput: "attioObject",
  }
  const more = {
    AttioActorInput: ', allowedActorTypes: ["workspace-member"]', AttioSelectInput: ', objectSlug: "people", attributeSlug: "stage"', AttioRecordInput: ', objectSlug: "people"',
    AttioAttributeInput: ', entityDefinitionSlug: "people", disableVariables: true', AttioListInput: ", disableVariables: true", AttioObjectInput: ", disableVariables: true",
  }
  const schema = `{${Object.entries(leaves).map(([name, type]) => `${name}: C.${type}().optional()`).join(", ")}, many: C.array(C.emailAddress()), pick: C.stringEnum(["a", "b"])}`
  const inputs = Object.keys(leaves).map((name) => `h(c.${name}, {name: "${name}", label: "${name}", key: "${name}"${more[name] ?? ""}})`)
  const text = block(schema, `const c = sdk.Workflows.useConfigurator(block, {TextInput: "first"})
    const now = c.watch("TimestampInput")
    const rich = c.watch("RichTextInput")
    return [...[${inputs.join(", ")}], h(c.EmailAddressInput, {name: "many", label: "Many", key: "m", multi: true}), h(c.ComboboxInput, {key: "p", name: "pick", label: "Pick", options: [{value: "a", label: "Aa"}]}),
      h(sdk.Typography.Caption, {key: "x"}, String(now?.value instanceof Date), String(rich?.value?.toPlainText?.()), JSON.stringify(c.watch("LocationInput") ?? null))]`)
  const transcript = good(await run(text, [
    "fill TextInput=text", 'fill RichTextInput="**bold** word"', "fill NumberInput=2", "fill CheckboxInput=true", "fill TimestampInput=2024-01-02T03:04:05Z", "fill DateInput=2024-01-02", 'fill PersonalNameInput="Ada Lovelace"',
    'fill CurrencyInput="12.5 EUR"', "fill DurationInput=P1D", "fill EmailAddressInput=Ada@Mail.Example.com", "fill DomainInput=https://www.example.com/x", 'fill PhoneNumberInput="+44 20 1"', {fill: "LocationInput", value: {type: "dynamic"}},
    "fill AttioActorInput=m1", "fill AttioSequenceInput=q1", "choose AttioSelectInput Hot", "fill AttioRecordInput=people/r1", "choose AttioAttributeInput Name", "choose AttioListInput VIPs", "choose AttioObjectInput People",
    "fill many=a@b.c,d@e.f", "choose Pick Aa",
  ]))
  assert.deepEqual(found(transcript), [])
  const {config} = transcript.config
  assert.deepEqual(config.TextInput, "text")
  assert.deepEqual(config.RichTextInput, "**bold** word")
  assert.deepEqual([config.NumberInput, config.CheckboxInput, config.TimestampInput, config.DateInput, config.DurationInput, config.pick], [2, true, "2024-01-02T03:04:05.000Z", {value: "2024-01-02"}, {value: "P1D"}, "a"])
  assert.deepEqual(config.PersonalNameInput, {first_name: "Ada", last_name: "Lovelace", full_name: "Ada Lovelace"})
  assert.deepEqual(config.CurrencyInput, {value: 12.5, code: "EUR"})
  assert.deepEqual(config.EmailAddressInput, {original: "Ada@Mail.Example.com", normalized: "ada@mail.example.com", domain: "mail.example.com", root_domain: "example.com", local_specifier: "ada"})
  assert.deepEqual(config.DomainInput, {original: "https://www.example.com/x", normalized: "www.example.com", root: "example.com"})
  assert.deepEqual(config.PhoneNumberInput, {original: "+44 20 1", normalized: "+44201", country_code: ""})
  assert.deepEqual([config.AttioSelectInput, config.AttioRecordInput], [{selectOptionId: "o1", attribute: "stage", object: "people"}, {recordId: "r1", object: "people"}])
  assert.deepEqual([config.AttioActorInput, config.AttioSequenceInput, config.AttioListInput, config.AttioObjectInput], [{actorId: "m1", actorType: "workspace-member"}, {sequenceId: "q1"}, {list: "vips"}, {object: "people"}])
  assert.deepEqual(config.many.map(({normalized}) => normalized), ["a@b.c", "d@e.f"])
  assert.equal(transcript.surface.tree.at(-1), 'Typography.Caption "truebold word{\\"type\\":\\"dynamic\\"}"')
})

test("stored values come before initial ones; watch and onChange follow", async () => {
  const text = block("{a: C.string(), inner: C.struct({n: C.number()})}", `const {TextInput, NumberInput, watch} = sdk.Workflows.useConfigurator(block, {a: "initial", inner: {n: 1}})
    return [h(TextInput, {key: 1, name: "a", label: "A", onChange: (value) => console.log(JSON.stringify(value))}), h(NumberInput, {key: 2, name: "inner.n", label: "N"}), h(sdk.Typography.Body, {key: 3}, JSON.stringify(watch()))]`)
  const transcript = good(await run(text, ["fill a=typed", "fill N=5"], {a: "stored"}))
  assert.deepEqual(logs(transcript), ['{"type":"static","value":"typed"}'])
  assert.deepEqual(transcript.config.config, {a: "typed", inner: {n: 5}})
  assert.equal(transcript.surface.tree[2], 'Typography.Body "{\\"type\\":\\"static\\",\\"value\\":{\\"a\\":\\"typed\\",\\"inner\\":{\\"n\\":5}}}"')
})

test("variables: not where they are disabled, never in a trigger", async () => {
  const body = `const {TextInput} = sdk.Workflows.useConfigurator(block); return [h(TextInput, {key: 1, name: "a", label: "A"}), h(TextInput, {key: 2, name: "b", label: "B", disableVariables: true})]`
  const schema = "{a: C.string(), b: C.string()}"
  const bind = (name) => [{fill: name, value: {type: "dynamic"}}]
  const step = good(await run(block(schema, body), bind("a")))
  assert.deepEqual(step.surface.tree[0], 'TextInput a "A" = {variable} (required)')
  assert.match((await run(block(schema, body), bind("b"))).error.message, /"b" takes no variables/)
  assert.match((await run(block(schema, body, {type: "trigger"}), bind("a"))).error.message, /"a" takes no variables/)
})

test("older forms of useConfigurator, and a block that is defined with `schema`", async () => {
  for (const call of ["sdk.Workflows.useConfigurator(block.configSchema, {a: 'x'})", "sdk.Workflows.useConfigurator({a: 'x'})"]) {
    assert.deepEqual(good(await run(block("{a: C.string()}", `const {TextInput} = ${call}; return h(TextInput, {name: "a", label: "A"})`))).config.config, {a: "x"})
  }
  assert.deepEqual(good(await run(block("{a: C.string()}", `const {Outcome} = sdk.Workflows.useConfigurator(); return h(Outcome, {slug: "old", schema: null})`).replace("configSchema: C", "schema: C"))).config,
    {config: {}, outcomes: [{id: "old", label: null, schema: null}]})
})

test("outcomes come from the settled tree, with their schemas", async () => {
  const text = block("{campaign: C.string()}", `const {ComboboxInput, Outcome} = sdk.Workflows.useConfigurator(block)
    const {values} = sdk.useAsyncCache({options: load})
    return [h(ComboboxInput, {key: 1, name: "campaign", label: "Campaign", options: values.options}),
      h(Outcome, {key: 2, id: "done", label: "Done", schema: O.struct({lead: O.string().title("Lead").optional(), mails: O.array(O.emailAddress()).title("Mails"), who: O.attioRecord().object({slug: "people"}).description("d")})}),
      h(Outcome, {key: 3, id: "plain", schema: {n: O.number(), deep: {s: O.stringEnum(["a"])}}}), h(Outcome, {key: 4, id: "none", schema: null})]`, {before: `const load = () => runServerFunction("options", [])`})
  const transcript = good(await run(text, ["choose Campaign Campaign"]))
  assert.deepEqual(transcript.config.config, {campaign: "c1"})
  const [done, plain, none] = transcript.config.outcomes
  assert.deepEqual(done, {id: "done", label: "Done", schema: {type: "struct", fields: {
    lead: {type: "union", nodes: [{type: "string", title: "Lead"}, {type: "undefined"}]},
    mails: {type: "array", element: {type: "email-address"}, title: "Mails"},
    who: {type: "attio-entity-reference", object_slug: "people", description: "d"}}}})
  assert.deepEqual(plain.schema, {type: "struct", fields: {n: {type: "number"}, deep: {type: "struct", fields: {s: {type: "string-enum", values: ["a"]}}}}})
  assert.equal(none.schema, null)
  const app = await host.load(text)
  const {surface} = await app.request("client.mount", {node: 1, session: "q", kind: "workflow-block", id: "b", config: {campaign: "c9"}})
  const {config, outcomes} = await app.request("client.config", {session: "q", surface})
  assert.deepEqual([config, outcomes.length], [{campaign: "c9"}, 3])
  await app.drop()
})

test("outcomes that come and go are told", async () => {
  const text = block("{on: C.boolean()}", `const {CheckboxInput, Outcome, watch} = sdk.Workflows.useConfigurator(block)
    return [h(CheckboxInput, {key: 1, name: "on", label: "On"}), watch("on")?.value ? h(Outcome, {key: 2, id: "late", schema: null}) : null]`)
  assert.deepEqual(found(await run(text, ["click On"])), ["the outcomes were none at first and are late now"])
})

test("collections hold structs between their smallest and largest number", async () => {
  const text = block("{rows: C.array(C.struct({name: C.string()}))}", `const {CollectionInput, TextInput} = sdk.Workflows.useConfigurator(block)
    return h(CollectionInput, {name: "rows", label: "Rows", minItems: 1, maxItems: 2, addItemLabel: "New row", children: (path, index) => h(TextInput, {name: path + ".name", label: "Name " + index})})`)
  const transcript = good(await run(text, ['fill "Name 0"=first', 'click "New row"', 'fill "Name 1"=second']))
  assert.deepEqual(transcript.config.config, {rows: [{name: "first"}, {name: "second"}]})
  assert.deepEqual(good(await run(text, ['click "New row"', 'fill "Name 1"=b', 'click "Remove 1"'])).config.config, {rows: [{name: "b"}]})
  assert.match((await run(text, ['click "New row"', 'click "New row"'])).error.message, /at most 2/)
  assert.match((await run(text, ['click "Remove 1"'])).error.message, /at least 1/)
})

test("slips in a configurator are told", async () => {
  const transcript = await run(block("{a: C.number()}", `const {TextInput, Outcome} = sdk.Workflows.useConfigurator(block)
    return [h(TextInput, {key: 1, name: "a", label: "A"}), h(TextInput, {key: 2, name: "z", label: "Z"}), h(Outcome, {key: 3, schema: null})]`))
  assert.deepEqual(found(transcript), ['TextInput "a": the config schema says number', 'TextInput: the block\'s config schema has no "z"', 'Outcome needs the prop "id"'])
})

test("the pure builders of attio and attio/client", async () => {
  const app = await host.load(action(`
    const V = sdk.Workflows.OutcomeValue, C = root.Workflows.ConfigSchema
    const rich = V.richText("# Title\\n**bold** and [link](https://a.example)")
    const record = V.attioRecord({recordId: "r", object: "people"})
    return {record, same: record.constructor === V.attioRecord({recordId: "x", object: "y"}).constructor, rich: [rich.toPlainText(), rich.toMarkdown(), JSON.stringify({rich})],
      currency: V.currency({value: 1, code: root.CurrencyISO4217Code.EURO}), location: V.location({locality: "Ulm"}),
      node: C.record(C.string().optional()).title("T"), twice: C.string().optional().optional().nodes.length, values: Object.keys(sdk.Workflows.OutcomeValue).length,
      schemas: [Object.keys(C).length, Object.keys(sdk.Workflows.OutcomeSchema).length], codes: Object.keys(root.CurrencyISO4217Code).length, taiwan: root.CurrencyISO4217Code.NEW_TAIWAN_DOLLAR, actor: root.ActorType.WORKSPACE_MEMBER,
      platform: sdk.platform, extension: sdk.Extensions.defineExtension({type: "x"}), settings: root.Settings.defineWorkspaceSchema({a: root.Settings.string()})}`), {platform: "mobile-app"})
  const {result} = good(await app.script(go))
  assert.deepEqual(result, {
    record: {recordId: "r", object: "people"}, same: true, rich: ["Title\nbold and link", "# Title\n**bold** and [link](https://a.example)", '{"rich":"# Title\\n**bold** and [link](https://a.example)"}'],
    currency: {value: 1, code: "EUR"}, location: {locality: "Ulm"},
    node: {type: "record", value: {type: "union", nodes: [{type: "string"}, {type: "undefined"}]}, title: "T"}, twice: 2, values: 18, schemas: [26, 24], codes: 47, taiwan: "NTD", actor: "workspace-member",
    platform: "mobile-app", extension: {type: "x"}, settings: {scope: "workspace", fields: {a: {type: "string"}}},
  })
  await app.drop()
})
