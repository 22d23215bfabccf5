// One input of a form: a node with its value, error and the functions that change it. The store it belongs to
// (a form, the settings) says how values are read and kept.
import React from "./react.js"
import {useChecked} from "./components.js"
import {isRequired} from "./forms.js"
import {isProvider, memberOptions, recordKey, recordOptions, useLabels} from "./options.js"
import {finding} from "./surfaces.js"

const h = React.createElement

export const inputs = [
  "TextInput",
  "TextArea",
  "NumberInput",
  "RichTextInput",
  "Checkbox",
  "Toggle",
  "DateTimeInput",
  "PlainDateInput",
  "RadioGroup",
  "Combobox",
  "AttioUserCombobox",
  "AttioRecordCombobox",
]

// Which types of a schema an input may be bound to.
const fits = {
  TextInput: ["string"],
  TextArea: ["string"],
  RichTextInput: ["string"],
  RadioGroup: ["string"],
  NumberInput: ["number"],
  Checkbox: ["boolean"],
  Toggle: ["boolean"],
  DateTimeInput: ["date-time"],
  PlainDateInput: ["plain-date"],
  Combobox: ["string", "array"],
  AttioUserCombobox: ["string", "array"],
  AttioRecordCombobox: ["attio-record", "array"],
}

const record = (value) => {
  if (typeof value !== "string") return value ?? undefined
  const [object, recordId] = value.split("/")
  return recordId === undefined ? undefined : {recordId, object}
}

const list = (value) =>
  Array.isArray(value) ? value : value === undefined || value === null || value === "" ? [] : [value]

// A value as events bring it (JSON) as the value that the form keeps.
function kept(type, value, multi) {
  if (type === "NumberInput") return value === "" || value === null || value === undefined ? undefined : Number(value)
  if (type === "Checkbox" || type === "Toggle") return value === true || value === "true"
  if (type === "DateTimeInput") return value ? new Date(value) : undefined
  if (type === "PlainDateInput") return value || undefined
  if (type === "AttioRecordCombobox") return multi ? list(value).map(record) : record(value)
  if (multi) return list(value)
  return value ?? undefined
}

function choices(type, props) {
  if (type === "AttioUserCombobox") return memberOptions
  if (type === "AttioRecordCombobox") return recordOptions(props.object)
  return type === "Combobox" ? props.options : undefined
}

const keyOf = (type, value) => {
  if (type !== "AttioRecordCombobox") return value
  return Array.isArray(value) ? value.map(recordKey) : recordKey(value)
}

export function Field({type, store, given, rules}) {
  const surface = useChecked(rules, given)
  const {children, name, __experimental_decorated: old, ...rest} = given
  const [value, error] = store.use(name)
  React.useLayoutEffect(() => store.mount(name), [name])
  const node = store.schema(name)
  if (node === undefined) finding(surface, `${type}: the schema has no "${name}"`)
  else if (!fits[type].includes(node.type)) finding(surface, `${type} "${name}": the schema says ${node.type}`)
  const multi = node?.type === "array"
  const objects = [given.object].flat().join()
  const options = React.useMemo(() => choices(type, given), [type, given.options, objects])
  const key = keyOf(type, value)
  const labels = useLabels(options, key)
  const readOnly = store.readOnly?.() ?? false
  return h(
    `attio:${type}`,
    {
      ...rest,
      ...(old === undefined ? {} : {decorated: old}),
      name,
      value,
      error,
      valueLabel: labels === undefined ? undefined : multi ? labels : labels[0],
      options: isProvider(options) ? {search: options.search, getOption: options.getOption} : options,
      multi: multi || undefined,
      multiline: node?.isMultiline || given.multiline || undefined,
      required: isRequired(node) || undefined,
      disabled: rest.disabled || readOnly || undefined,
      onChange: (next) => store.change(name, kept(type, next, multi), given, type),
      onBlur: store.blur ? () => store.blur(name, given, type) : undefined,
    },
    children,
  )
}
