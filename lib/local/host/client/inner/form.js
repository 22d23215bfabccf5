// useForm: final-form is the engine; only fields that are mounted are checked by the schema (an app may render a
// required field only on demand), and nothing is checked before the first submit.
import {createForm, getIn} from "final-form"
import React from "./react.js"
import {parse, stringify} from "../../web/host.js"
import {failure} from "./bridge.js"
import {Field, inputs} from "./fields.js"
import {useChecked} from "./components.js"
import {errorJson} from "./errors.js"
import {checkValue, schemaAt, startValue, submitted} from "./forms.js"
import {family, named} from "./trap.js"

const h = React.createElement

// Nested errors as {path: message}.
function flatErrors(errors, path = "", out = {}) {
  if (typeof errors === "string") out[path] = errors
  else if (errors !== null && typeof errors === "object") {
    for (const key of Object.keys(errors)) flatErrors(errors[key], path ? `${path}.${key}` : key, out)
  }
  return out
}

class FormState {
  constructor(schema, initialValues) {
    this.schema = schema
    this.validate = undefined // the app's own, of the last render
    this.onSubmit = undefined
    this.checking = false // errors are looked for (and shown) from the first submit on, until one succeeds
    this.failure = null // what onSubmit threw
    this.listeners = new Set()
    this.version = 0
    this.engine = createForm({
      initialValues: {...startValue(schema), ...initialValues},
      onSubmit: (values) => this.run(values),
      validate: (values) => this.ownErrors(values),
    })
    this.engine.subscribe(() => this.tell(), {values: true, errors: true, submitting: true, submitFailed: true})
  }

  subscribe = (listener) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  tell() {
    this.version++
    for (const listener of this.listeners) listener()
  }

  ownErrors(values) {
    return (this.checking && this.validate?.(values)) || {}
  }

  // Registers a mounted field; answers the function that takes it out again.
  mount(path) {
    return this.engine.registerField(
      path,
      () => {},
      {},
      {
        getValidator: () => {
          const node = schemaAt(this.schema, path)
          return this.checking && node !== undefined ? (value) => checkValue(node, value) : undefined
        },
      },
    )
  }

  value(path) {
    return getIn(this.engine.getState().values, path)
  }

  errors() {
    return this.checking ? flatErrors(this.engine.getState().errors ?? {}) : {}
  }

  change = (path, value) => {
    this.engine.change(path, value)
  }

  // Runs all checks again: setting the engine's validator is its way to ask for that.
  check() {
    this.engine.setConfig("validate", (values) => this.ownErrors(values))
  }

  submit = async () => {
    if (this.engine.getState().submitting) return
    this.checking = true
    this.failure = null
    this.check()
    await this.engine.submit()
    if (!this.engine.getState().submitFailed && this.failure === null) {
      this.checking = false
      this.check()
    }
    this.tell()
  }

  async run(values) {
    try {
      await this.onSubmit?.(submitted(this.schema, values))
    } catch (error) {
      this.failure = error
      failure(error, "onSubmit")
    }
  }
}

// The part of the form's state that `select` answers; renders again only when a part of it changes.
export function useSelected(form, select) {
  const last = React.useRef(null)
  return React.useSyncExternalStore(form.subscribe, () => {
    const next = select(form)
    const known = last.current
    if (known !== null && next.length === known.length && next.every((part, i) => Object.is(part, known[i])))
      return known
    last.current = next
    return next
  })
}

function formComponent(form) {
  return function Form(props) {
    useChecked("Form", props)
    const [submitting, failed] = useSelected(form, () => [form.engine.getState().submitting, form.failure])
    form.onSubmit = props.onSubmit
    return h(
      "attio:Form",
      {
        submitting: submitting || undefined,
        error: failed === null ? undefined : errorJson(failed).message,
        onSubmit: form.submit,
      },
      props.children,
    )
  }
}

function submitButton(form) {
  return function SubmitButton(props) {
    useChecked("SubmitButton", props)
    const [submitting] = useSelected(form, () => [form.engine.getState().submitting])
    return h("attio:SubmitButton", {label: props.label, submitting: submitting || undefined, onClick: form.submit})
  }
}

function withState(form) {
  return function WithState(props) {
    useChecked("WithState", props)
    const {children, values, submitting, errors} = props
    const state = useSelected(form, () => {
      const now = form.engine.getState()
      return [
        values ? now.values : undefined,
        submitting ? now.submitting : undefined,
        errors ? stringify(form.errors()) : undefined,
      ]
    })
    return children({
      values: state[0],
      submitting: state[1],
      errors: state[2] === undefined ? undefined : parse(state[2]),
    })
  }
}

function collection(form) {
  return function Collection(props) {
    useChecked("Collection", props)
    const {children, name, label} = props
    const [items, error] = useSelected(form, () => [form.value(name), form.errors()[name]])
    React.useLayoutEffect(() => form.mount(name), [name])
    const list = Array.isArray(items) ? items : []
    const node = schemaAt(form.schema, name)
    const add = () => form.change(name, [...list, node ? startValue(node.elementType) : undefined])
    const remove = (index) =>
      form.change(
        name,
        list.filter((item, i) => i !== index),
      )
    const rendered = list.map((item, index) =>
      h(React.Fragment, {key: index}, children({path: `${name}.${index}`, index})),
    )
    return h("attio:Collection", {name, label, count: list.length, error, onAdd: add, onRemove: remove}, ...rendered)
  }
}

function passing(type) {
  function Component(props) {
    useChecked(type, props)
    const {children, ...rest} = props
    return h(`attio:${type}`, rest, children)
  }
  Component.displayName = type
  return Component
}

export const InputGroup = passing("InputGroup")
export const Fieldset = passing("Fieldset")
export const RadioItem = passing("RadioGroup.Item")

// Old names that shipped apps and older documents still use.
const oldNames = ["RichTextInput", "DateTimeInput", "PlainDateInput", "AttioUserCombobox", "AttioRecordCombobox"]

function formApi(form) {
  const store = {
    use: (path) => useSelected(form, () => [form.value(path), form.errors()[path]]),
    mount: (path) => form.mount(path),
    schema: (path) => schemaAt(form.schema, path),
    change: form.change,
  }
  const field = (type) => {
    const Input = (props) => h(Field, {type, store, given: props, rules: type})
    Input.displayName = type
    return Input
  }
  const api = Object.fromEntries(inputs.map((type) => [type, field(type)]))
  family("RadioGroup", api.RadioGroup, {Item: RadioItem})
  for (const name of oldNames) api[`Experimental_${name}`] = api[name]
  return named("useForm", {
    ...api,
    submit: () => {
      form.submit().catch((error) => failure(error, "submit"))
    },
    change: form.change,
    Form: formComponent(form),
    InputGroup,
    Fieldset,
    Collection: collection(form),
    CollectionItem: passing("CollectionItem"),
    SubmitButton: submitButton(form),
    WithState: withState(form),
  })
}

export function useForm(schema, initialValues, validate) {
  const ref = React.useRef(null)
  if (ref.current === null) {
    const form = new FormState(schema, initialValues ?? {})
    ref.current = {form, api: formApi(form)}
  }
  ref.current.form.schema = schema
  ref.current.form.validate = validate
  return ref.current.api
}
