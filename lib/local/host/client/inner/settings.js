// Settings of the workspace: values (null until they are set), the hooks that follow them, and the form of the
// settings page, whose inputs save by themselves: texts and numbers when they are left, the others when they change.
import React from "./react.js"
import {call, failure} from "./bridge.js"
import {component, useChecked} from "./components.js"
import {Field} from "./fields.js"
import {Fieldset, InputGroup, RadioItem} from "./form.js"
import {urlError} from "./forms.js"
import {SurfaceContext} from "./surfaces.js"
import {family, named} from "./trap.js"

const h = React.createElement

const state = {schema: {workspace: {}}, values: {}, all: {}, version: 0}
const listeners = new Set()

function changed() {
  state.version++
  const nulls = Object.fromEntries(Object.keys(state.schema.workspace ?? {}).map((key) => [key, null]))
  state.all = {...nulls, ...state.values}
  for (const listener of listeners) listener()
}

export function setSchema(schema) {
  state.schema = schema ?? {workspace: {}}
  changed()
}
export const settingsSchema = () => state.schema

// Values as the platform knows them (at load, or changed from outside).
export function setValues(values) {
  state.values = {...values}
  changed()
}

const subscribe = (listener) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useSettings() {
  return React.useSyncExternalStore(subscribe, () => state.all)
}

async function refresh() {
  setValues(await call("settings.get", {}))
  return state.all
}

async function getSettings(schema, key) {
  const all = await refresh()
  return key === undefined ? all : (all[key] ?? null)
}

async function setSetting(key, value) {
  await call("settings.set", {key, value: value ?? null})
  state.values = {...state.values, [key]: value ?? null}
  changed()
}

// What the props of an input ask of a value.
function problem(props, value) {
  if (value === null || value === undefined || value === "") return undefined
  const {minLength, maxLength, min, max, url} = props
  if (minLength !== undefined && value.length < minLength) return `Must be at least ${minLength} characters`
  if (maxLength !== undefined && value.length > maxLength) return `Must be at most ${maxLength} characters`
  if (min !== undefined && value < min) return `Must be at least ${min}`
  if (max !== undefined && value > max) return `Must be at most ${max}`
  return url ? urlError(value, url === true ? {} : url) : undefined
}

const saveOnBlur = new Set(["TextInput", "NumberInput", "RichTextInput"])

class SettingsForm {
  constructor() {
    this.drafts = new Map() // key -> what is typed and not yet saved
    this.problems = {}
    this.listeners = new Set()
    this.version = 0
  }
  subscribe = (listener) => {
    this.listeners.add(listener)
    listeners.add(listener)
    return () => {
      this.listeners.delete(listener)
      listeners.delete(listener)
    }
  }
  tell() {
    this.version++
    for (const listener of this.listeners) listener()
  }
  shown = (key) => (this.drafts.has(key) ? this.drafts.get(key) : (state.all[key] ?? undefined))
  save(key, props) {
    const value = this.drafts.get(key)
    const error = problem(props, value)
    this.problems = {...this.problems, [key]: error}
    if (error === undefined) delete this.problems[key]
    this.tell()
    if (error !== undefined) return
    const stored = value === undefined || value === "" ? null : value
    setSetting(key, stored).then(
      () => {
        if (this.drafts.get(key) === value) this.drafts.delete(key)
        this.tell()
      },
      (thrown) => {
        this.problems = {...this.problems, [key]: String(thrown.message)}
        this.tell()
        failure(thrown, `setting ${key}`)
      },
    )
  }
  change = (key, value, props, type) => {
    this.drafts.set(key, value)
    this.tell()
    if (!saveOnBlur.has(type)) this.save(key, props)
  }
  blur = (key, props, type) => {
    if (saveOnBlur.has(type) && this.drafts.has(key)) this.save(key, props)
  }
}

const nodeOf = (key) => {
  const node = state.schema.workspace?.[key]
  return node === undefined ? undefined : {type: node.type, isOptional: true}
}

function storeOf(form) {
  return {
    use(key) {
      const version = React.useSyncExternalStore(form.subscribe, () => `${form.version} ${state.version}`)
      return [form.shown(key), form.problems[key], version]
    },
    mount: () => undefined,
    schema: nodeOf,
    change: form.change,
    blur: form.blur,
    // Only administrators may edit settings; every member may see them.
    readOnly: () => React.useContext(SurfaceContext)?.as === "member",
  }
}

const rulesOf = {
  TextInput: "settings TextInput",
  NumberInput: "settings NumberInput",
  RichTextInput: "settings RichTextInput",
  Toggle: "settings Toggle",
}
const types = [
  "TextInput",
  "NumberInput",
  "RichTextInput",
  "Checkbox",
  "Toggle",
  "Combobox",
  "RadioGroup",
  "AttioUserCombobox",
]

function SettingsFormComponent(props) {
  useChecked("settings Form", props)
  return h("attio:SettingsForm", {}, props.children)
}

function SettingsButton(props) {
  useChecked("settings Button", props)
  return h("attio:SettingsButton", props)
}

function settingsApi() {
  const form = new SettingsForm()
  const store = storeOf(form)
  const api = {}
  for (const type of types) {
    api[type] = (props) => h(Field, {type, store, given: props, rules: rulesOf[type] ?? type})
    api[type].displayName = type
  }
  family("RadioGroup", api.RadioGroup, {Item: RadioItem})
  return named("Settings.useForm", {
    ...api,
    Form: SettingsFormComponent,
    Section: component("Section"),
    InputGroup,
    Fieldset,
    Button: SettingsButton,
    WithState(props) {
      useChecked("settings WithState", props)
      const {children, values, errors} = props
      React.useSyncExternalStore(form.subscribe, () => `${form.version} ${state.version}`)
      const drafts = Object.fromEntries([...form.drafts].map(([key, value]) => [key, value ?? null]))
      return children({
        values: values ? {...state.all, ...drafts} : undefined,
        errors: errors ? form.problems : undefined,
      })
    },
  })
}

function useSettingsForm() {
  const ref = React.useRef(null)
  ref.current ??= settingsApi()
  return ref.current
}

export const Settings = named("attio/client Settings", {
  defineWorkspacePage: (schema, render) => ({
    scope: "workspace",
    schema,
    Page: function SettingsPage() {
      return render()
    },
  }),
  getSettings,
  setSettings: (schema, key, value) => setSetting(key, value),
  useForm: useSettingsForm,
  useSettings,
})

// The calls from before there were folders.
export const oldSettings = {
  getWorkspaceSettings: () => getSettings(),
  setWorkspaceSetting: (key, value) => setSetting(key, value),
  useWorkspaceSettings: useSettings,
  useWorkspaceSettingsForm: useSettingsForm,
  experimental_useWorkspaceSettingsForm: useSettingsForm,
}
