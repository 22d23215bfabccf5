// An attribute's value, changed in its place, by the form that its type has.
import {useState} from "preact/hooks"
import {api} from "../base/api.js"
import {recordCommand} from "../base/command.js"
import {changed, member, members} from "../base/store.js"
import {Button, Command, Field} from "../ui/index.js"
import {recordPath} from "./paths.js"
import {Picker} from "./picker.jsx"
import {choicesOf, draftOf, formOf, hintOf, placeFields, writtenOf} from "./written.js"

// One of several that can be ticked.
function Ticks({label, choices, draft, setDraft, error}) {
  const change = (value, on) => setDraft(on ? [...draft, value] : draft.filter((one) => one !== value))
  return (
    <fieldset class="w-ticks">
      <legend class="u-hidden">{label}</legend>
      {choices.map(({value, title}) => (
        <label key={value}><input type="checkbox" checked={draft.includes(value)} onChange={(event) => change(value, event.currentTarget.checked)} /> {title}</label>
      ))}
      {error && <p class="u-error" role="alert">{error}</p>}
    </fieldset>
  )
}

function Place({label, draft, setDraft, error}) {
  return (
    <fieldset class="w-place">
      <legend class="u-hidden">{label}</legend>
      {placeFields.map(([name, title], index) => (
        <Field key={name} label={title} value={draft[name]} inputRef={index === 0 ? focus : undefined} onInput={(event) => setDraft({...draft, [name]: event.currentTarget.value})} />
      ))}
      {error && <p class="u-error" role="alert">{error}</p>}
    </fieldset>
  )
}

// Once, when it appears.
function focus(input) {
  if (!input || input.dataset.begun) return
  input.dataset.begun = "1"
  input.focus()
}

function Form({attribute, draft, setDraft, error}) {
  const label = attribute.title
  const form = formOf(attribute)
  const people = members.value.map(({id, name}) => ({value: id, title: name}))
  const input = {label, hideLabel: true, error, hint: hintOf(attribute), value: draft, inputRef: focus, onInput: (event) => setDraft(event.currentTarget.value)}
  if (form === "place") return <Place {...{label, draft, setDraft, error}} />
  if (form === "records") return <Picker {...{label, attribute, draft, setDraft, error}} />
  if (form === "some") return <Ticks {...{label, draft, setDraft, error}} choices={attribute.options.map((title) => ({value: title, title}))} />
  if (form === "members" && attribute.multiple) return <Ticks {...{label, draft, setDraft, error}} choices={people} />
  if (form === "members")
    return <Field as="select" {...input} onInput={undefined} value={draft[0] ?? ""} onChange={(event) => setDraft(event.currentTarget.value === "" ? [] : [event.currentTarget.value])}>
      <option value="">–</option>{people.map(({value, title}) => <option key={value} value={value}>{title}</option>)}
    </Field>
  if (form === "one") return <Field as="select" {...input} onInput={undefined} onChange={input.onInput}><option value="">–</option>{choicesOf(attribute).map((choice) => <option key={choice} value={choice}>{choice}</option>)}</Field>
  return <Field {...input} type={attribute.type === "date" && !attribute.multiple ? "date" : "text"} />
}

export function Editor({object, id, attribute, values, onDone}) {
  const [draft, setDraft] = useState(draftOf(attribute, values))
  const [error, setError] = useState(null)
  const [busy, setBusy] = useState(false)
  const written = {[attribute.slug]: writtenOf(attribute, draft)}
  const save = async (event) => {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    try {
      await api("PUT", recordPath(object, id), {values: written, ...(member.peek() && {as: member.peek()})})
      changed.value++
      onDone()
    } catch (failure) {
      setError(failure)
      setBusy(false)
    }
  }
  const told = error && [[error.message, error.why].filter(Boolean).join(": "), error.fix].filter(Boolean).join(" · ")
  return (
    <form class="w-edit" aria-label={`Change ${attribute.title}`} onSubmit={save} onKeyDown={(event) => event.key === "Escape" && onDone()}>
      <Form {...{attribute, draft, setDraft}} error={told} />
      <div class="w-edit-foot">
        <button class="u-button u-primary u-small" type="submit" aria-busy={busy || undefined}>Save</button><Button small onClick={onDone}>Cancel</Button>
        <Command text={`${recordCommand("PUT", object, id, written)} --overwrite`} />
      </div>
    </form>
  )
}
