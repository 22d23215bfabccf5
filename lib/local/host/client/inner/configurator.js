// Configurators of workflow blocks: their inputs write into one struct of values per mounted configurator.
import {getIn, setIn} from "final-form"
import React from "./react.js"
import {stringify} from "../../web/host.js"
import {useChecked} from "./components.js"
import {friendly, isVariable} from "./friendly.js"
import {normalNode, nodeAt, schemaJson} from "./nodes.js"
import * as choose from "./options.js"
import {SurfaceContext, finding} from "./surfaces.js"
import {named} from "./trap.js"

const h = React.createElement

// The values of one mounted configurator. `stored`: what the workflow has kept, as JSON.
export class ConfigState {
  constructor(block, stored) {
    this.block = block
    this.schema = normalNode(block.configSchema)
    this.values = friendly(this.schema, stored ?? {}) ?? {}
    this.listeners = new Set()
    this.version = 0
  }
  subscribe = (listener) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
  // Values to begin with: they never replace one that is there.
  begin(initial) {
    for (const key of Object.keys(initial ?? {})) {
      if (this.values[key] === undefined) this.values = {...this.values, [key]: initial[key]}
    }
  }
  at(path) {
    if (path === undefined) return {type: "static", value: this.values}
    const value = getIn(this.values, path)
    if (isVariable(value)) return {type: "dynamic"}
    return value === undefined ? undefined : {type: "static", value}
  }
  set(path, value) {
    this.values = setIn(this.values, path, value) ?? {}
    this.version++
    for (const listener of this.listeners) listener()
  }
}

function useConfig() {
  const state = React.useContext(SurfaceContext)?.config
  if (!state) throw new Error("Workflows.useConfigurator can only be used in a block's configurator")
  React.useSyncExternalStore(state.subscribe, () => state.version)
  return state
}

// Which node of the schema an input may be bound to; with `multi` an array of them.
const nodeTypes = {
  TextInput: ["string"],
  RichTextInput: ["rich-text"],
  NumberInput: ["number"],
  CheckboxInput: ["boolean"],
  TimestampInput: ["timestamp"],
  DateInput: ["date"],
  PersonalNameInput: ["personal-name"],
  ComboboxInput: ["string", "string-enum"],
  CurrencyInput: ["currency"],
  DurationInput: ["duration"],
  EmailAddressInput: ["email-address"],
  DomainInput: ["domain"],
  PhoneNumberInput: ["phone-number"],
  LocationInput: ["location"],
  AttioSelectInput: ["attio-select"],
  AttioRecordInput: ["attio-entity-reference"],
  AttioActorInput: ["attio-actor"],
  AttioAttributeInput: ["attio-attribute"],
  AttioListInput: ["attio-list"],
  AttioObjectInput: ["attio-object"],
  AttioSequenceInput: ["attio-sequence"],
}

// Where an input of ours finds what can be chosen.
const providers = {
  ComboboxInput: (props) => props.options,
  AttioSelectInput: (props) => choose.selectOptions(props.objectSlug, props.attributeSlug),
  AttioRecordInput: (props) => choose.recordOptions(props.objectSlug),
  AttioActorInput: () => choose.memberOptions,
  AttioAttributeInput: (props) => choose.attributeOptions(props.entityDefinitionSlug ?? props.entityDefinitionId),
  AttioListInput: () => choose.listOptions,
  AttioObjectInput: () => choose.objectOptions,
}

function checkPlace(surface, type, props, state) {
  const node = nodeAt(state.schema, props.name)
  const inner = props.multi && node?.type === "array" ? nodeAt(state.schema, `${props.name}.0`) : node
  if (node === undefined) finding(surface, `${type}: the block's config schema has no "${props.name}"`)
  else if (inner === undefined || !nodeTypes[type].includes(inner.type)) {
    finding(surface, `${type} "${props.name}": the config schema says ${node.type}`)
  }
  return node
}

function Input({type, given}) {
  const surface = useChecked(`config ${type}`, given)
  const state = useConfig()
  const {onChange, children, ...rest} = given
  const node = checkPlace(surface, type, given, state)
  const slugs = stringify([
    given.objectSlug,
    given.attributeSlug,
    given.entityDefinitionSlug,
    given.entityDefinitionId,
  ])
  const options = React.useMemo(() => providers[type]?.(given), [type, given.options, slugs])
  const now = state.at(given.name)
  const key = type === "ComboboxInput" && now?.type === "static" ? now.value : undefined
  const labels = choose.useLabels(type === "ComboboxInput" ? options : undefined, key)
  const variables = !given.disableVariables && state.block.type !== "trigger"
  const change = (raw) => {
    if (isVariable(raw) && !variables) throw new Error(`"${given.name}" takes no variables`)
    if (type === "LocationInput" && raw !== null && !isVariable(raw))
      throw new Error("a location can only be a variable")
    state.set(given.name, friendly(node, raw, given))
    onChange?.(state.at(given.name))
  }
  return h(`attio:${type}`, {
    ...rest,
    value: now,
    valueLabel: labels === undefined ? undefined : given.multi ? labels : labels[0],
    options: choose.isProvider(options) ? {search: options.search, getOption: options.getOption} : options,
    variables: variables || undefined,
    required: node !== undefined && nodeIsRequired(state.schema, given.name) ? true : undefined,
    onChange: change,
  })
}

function nodeIsRequired(schema, path) {
  const steps = String(path).split(".")
  const last = steps.pop()
  const parent = steps.length === 0 ? schema : nodeAt(schema, steps.join("."))
  return parent?.type === "struct" && normalNode(parent.fields[last])?.type !== "union"
}

function CollectionInput(props) {
  const surface = useChecked("config CollectionInput", props)
  const state = useConfig()
  const {children, onChange, name, minItems = 0, maxItems, ...rest} = props
  const node = nodeAt(state.schema, name)
  if (node?.type !== "array") finding(surface, `CollectionInput: "${name}" is no array of the block's config schema`)
  const now = state.at(name)
  const items = now?.type === "static" && Array.isArray(now.value) ? now.value : []
  const count = Math.max(items.length, minItems)
  const set = (next) => {
    state.set(name, next)
    onChange?.(state.at(name))
  }
  const padded = [...items, ...Array.from({length: count - items.length}, () => ({}))]
  const add = () => {
    if (maxItems !== undefined && count >= maxItems) throw new Error(`"${name}" holds at most ${maxItems} items`)
    set([...padded, {}])
  }
  const remove = (index) => {
    if (count <= minItems) throw new Error(`"${name}" holds at least ${minItems} items`)
    set(padded.filter((item, i) => i !== index))
  }
  const rendered = padded.map((item, index) => h(React.Fragment, {key: index}, children(`${name}.${index}`, index)))
  return h(
    "attio:CollectionInput",
    {...rest, name, minItems, maxItems, count, onAdd: add, onRemove: remove},
    ...rendered,
  )
}

function Outcome(props) {
  const surface = useChecked("config Outcome", props)
  const {id, slug, label, schema} = props
  if (id === undefined && slug === undefined) finding(surface, 'Outcome needs the prop "id"')
  return h("attio:Outcome", {id: id ?? slug, label, schema: schemaJson(schema)})
}

const components = {CollectionInput, Outcome}
for (const type of Object.keys(nodeTypes)) {
  components[type] = (props) => h(Input, {type, given: props})
  components[type].displayName = type
}

const isBlock = (value) => value !== null && typeof value === "object" && "configSchema" in value
const isStruct = (value) => value?.type === "struct" && value.fields !== undefined

// useConfigurator(block, initial?), and the older (configSchema, initial?) and (initial?).
function useConfigurator(...args) {
  const state = useConfig()
  const ref = React.useRef(null)
  if (ref.current === null) {
    const [first, second] = args
    state.begin(isBlock(first) || isStruct(first) ? second : first)
    ref.current = named("useConfigurator", {...components, watch: (path) => state.at(path)})
  }
  return ref.current
}

function defineConfigurator(block, render) {
  return function Configurator() {
    return render(block)
  }
}

export const configurators = {defineConfigurator, useConfigurator}
