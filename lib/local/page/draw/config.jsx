// The inputs of a block's configurator, which may hold a variable in place of a value, and the outcomes that it declares.
import {useId} from "preact/hooks"
import {Choose} from "./combobox.jsx"
import {useDraft} from "./draft.js"
import {Icon} from "./icons.jsx"
import {Check, Frame, Rich, items, kinds, line, marks} from "./inputs.jsx"
import {list, text} from "./values.js"

const isVariable = (value) => value?.type === "dynamic"

const same = (value) => value
// What an input shows of a value with fields; what it sends are texts, which the platform reads as they are typed.
const texts = (of) => ({of, show: same, read: same})
const forms = {
  text: kinds.text,
  number: kinds.number,
  yes: kinds.yes,
  time: kinds.time,
  date: texts((value) => text(value?.value)),
  name: texts((value) => text(value?.full_name)),
  duration: texts((value) => text(value?.value)),
  sequence: texts((value) => text(value?.sequenceId ?? value)),
  original: texts((value) => text(value?.original ?? value)),
}

function useConfig(view, node, {of = same, show = same, read = same, sent = same}) {
  const {value} = node.props
  const draft = useDraft(view, node, {value: of(value?.type === "static" ? value.value : undefined), show, read})
  return {
    ...draft,
    change: (raw) => draft.change(raw, sent(raw)),
    variable: isVariable(value),
    bind: () => draft.put({type: "dynamic"}),
    free: () => draft.put(null),
  }
}

function Variable({on, bind, free, props}) {
  if (props.variables !== true) return null
  return (
    <button type="button" class="d-variable" aria-pressed={on} title={on ? "Type a value instead" : "Use a variable"} onClick={on ? free : bind}>
      {"{ }"}
    </button>
  )
}

function Framed({id, props, state, children, group}) {
  return (
    <Frame id={id} props={props} group={group || state.variable} aside={<Variable on={state.variable} {...state} props={props} />}>
      {state.variable ? <div class="d-bound" aria-labelledby={`${id}l`} role="group"><Icon name="Bolt" plain />A variable of the workflow<button type="button" class="d-bare" aria-label={`Remove the variable of ${text(props.label)}`} onClick={state.free}>×</button></div> : children}
    </Frame>
  )
}

function input(form, draw) {
  return (node, at, view) => {
    const id = useId()
    const state = useConfig(view, node, forms[form])
    const {props} = node
    return <Framed {...{id, props, state}}>{draw({id, props, kind: form, ...state})}</Framed>
  }
}

const limited = (given) => (
  <>
    {line(given)}
    {given.props.maxLength !== undefined && <p class="d-help">{`${text(given.shown).length} of ${text(given.props.maxLength)}`}</p>}
  </>
)

const check = (node, at, view) => {
  const id = useId()
  const {props} = node
  const state = useConfig(view, node, forms.yes)
  if (state.variable) return <Framed {...{id, props, state}} />
  return <div class="d-beside"><Check {...{id, props}} {...state} /><Variable on={false} {...state} props={props} /></div>
}

// Several texts: one line each. What is sent is the whole list.
function several(one) {
  return (node, at, view) => {
    if (node.props.multi !== true) return one(node, at, view)
    const id = useId()
    const {props} = node
    const many = {
      of: (value) => list(value).map((item) => text(item?.original ?? item)).join("\n"),
      sent: (raw) => raw.split("\n").filter((row) => row.trim() !== ""),
    }
    const state = useConfig(view, node, many)
    return (
      <Framed {...{id, props, state}}>
        <textarea class="d-input" rows={2} {...marks(id, props)} value={state.shown} placeholder={text(props.placeholder ?? "One a line")} onInput={(event) => state.change(event.currentTarget.value)} onBlur={state.leave} />
      </Framed>
    )
  }
}

// What stands for a chosen value in the list: the key of one with fields.
const keys = {
  AttioSelectInput: (value) => text(value?.selectOptionId ?? value),
  AttioActorInput: (value) => text(value?.actorId ?? value),
  AttioAttributeInput: (value) => text(value?.attribute ?? value),
  AttioListInput: (value) => text(value?.list ?? value),
  AttioObjectInput: (value) => text(value?.object ?? value),
  AttioSequenceInput: (value) => text(value?.sequenceId ?? value),
}

const choice = (node, at, view) => {
  const id = useId()
  const {props, type} = node
  const multi = props.multi === true
  const key = keys[type] ?? ((value) => value)
  const of = (value) => (multi ? list(value).map(key) : value === undefined || value === null ? undefined : key(value))
  const state = useConfig(view, node, {of})
  return (
    <Framed {...{id, props, state}}>
      <Choose {...{id, node, view, change: state.change, leave: state.leave, multi}} value={state.shown} options={props.options} labels={props.valueLabel} />
    </Framed>
  )
}

const codes = ["USD", "EUR", "GBP", "CHF", "JPY", "AUD", "CAD", "SEK", "NOK", "DKK"]

const currency = (node, at, view) => {
  const id = useId()
  const {props} = node
  const allowed = props.allowedCodes === undefined ? codes : [props.allowedCodes].flat().map(text)
  const of = (value) => ({amount: text(value?.value), code: text(value?.code ?? allowed[0])})
  const sent = ({amount, code}) => (amount === "" ? null : {value: Number(amount), code})
  const state = useConfig(view, node, {of, sent})
  const {amount, code} = state.shown
  return (
    <Framed {...{id, props, state}}>
      <div class="d-pair">
        <input class="d-input" inputMode="decimal" {...marks(id, props)} value={amount} placeholder={text(props.placeholder ?? "0.00")} onInput={(event) => state.change({amount: event.currentTarget.value, code})} onBlur={state.leave} />
        <select class="d-input" aria-label={`Currency of ${text(props.label)}`} value={code} onChange={(event) => state.change({amount, code: event.currentTarget.value})}>
          {[...new Set([...allowed, code])].map((one) => <option key={one}>{one}</option>)}
        </select>
      </div>
    </Framed>
  )
}

const place = (node, at, view) => {
  const id = useId()
  const {props} = node
  const state = useConfig(view, node, forms.text)
  return <Framed {...{id, props, state}} group><button type="button" class="d-button d-secondary" onClick={state.bind}>{text(props.placeholder ?? "Choose a variable")}</button></Framed>
}

const schemaWords = (schema) => {
  if (schema === null || schema === undefined) return "nothing"
  if (schema.type === "struct") return `{${Object.keys(schema.fields ?? {}).join(", ")}}`
  if (schema.type === "array") return `list of ${schemaWords(schema.element)}`
  if (schema.type === "union") return `${list(schema.nodes).filter(({type}) => type !== "undefined").map(schemaWords).join(" or ")}, optional`
  return text(schema.type)
}

const outcome = ({props}) => (
  <div class="d-outcome">
    <Icon name="GitBranch" plain />
    <strong>{text(props.label ?? props.id)}</strong>
    <code>{text(props.id)}</code>
    <span class="d-muted">{`gives ${schemaWords(props.schema)}`}</span>
  </div>
)

export const config = {
  TextInput: input("text", limited),
  RichTextInput: input("text", (given) => <Rich {...given} />),
  NumberInput: input("number", line),
  CheckboxInput: check,
  TimestampInput: input("time", line),
  DateInput: input("date", line),
  PersonalNameInput: input("name", line),
  DurationInput: input("duration", (given) => line({...given, props: {placeholder: given.props.allowNegativeDurations ? "PT1H or -PT1H" : "PT1H", ...given.props}})),
  CurrencyInput: currency,
  EmailAddressInput: several(input("original", (given) => line({...given, type: "email"}))),
  DomainInput: several(input("original", line)),
  PhoneNumberInput: several(input("original", (given) => line({...given, type: "tel"}))),
  AttioSequenceInput: several(input("sequence", line)),
  LocationInput: place,
  ComboboxInput: choice,
  AttioSelectInput: choice,
  AttioRecordInput: choice,
  AttioActorInput: choice,
  AttioAttributeInput: choice,
  AttioListInput: choice,
  AttioObjectInput: choice,
  CollectionInput: items,
  Outcome: outcome,
}
