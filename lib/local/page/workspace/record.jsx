// One record: what the app can do with it, its widgets and tabs, its attributes with their history.
import {useEffect, useState} from "preact/hooks"
import {api} from "../base/api.js"
import {recordCommand, runCommand} from "../base/command.js"
import {filter} from "../base/route.js"
import {changed, member, objects, tell} from "../base/store.js"
import {Button, Command, Empty, Failure, Field, Modal, Tabs, Time} from "../ui/index.js"
import {Mounted} from "./mounted.jsx"
import {labelOf, offered} from "./offers.js"
import {trigger} from "./session.js"
import {Values, editable, inputText, titleOf, writtenValue} from "./values.jsx"

const pathOf = (object, ref) => `/records/${encodeURIComponent(object)}/${encodeURIComponent(ref)}`

function useRecord(object, ref) {
  const [state, setState] = useState({})
  const turn = changed.value
  useEffect(() => {
    let over = false
    api("GET", pathOf(object, ref)).then(({record}) => over || setState({record}), (error) => over || setState({error}))
    return () => {
      over = true
    }
  }, [object, ref, turn])
  return state
}

function History({object, id, attribute, onClose}) {
  const [state, setState] = useState({})
  useEffect(() => {
    api("GET", `${pathOf(object, id)}/history/${encodeURIComponent(attribute.slug)}`).then(({items}) => setState({items}), (error) => setState({error}))
  }, [])
  return (
    <Modal title={`History of ${attribute.title}`} onClose={onClose}>
      <Failure error={state.error} />
      {state.items?.length === 0 && <p class="u-muted">Never set.</p>}
      <ol class="w-history">
        {[...(state.items ?? [])].reverse().map((value, index) => (
          <li key={index} class={value.active_until ? "w-past" : ""}>
            <Values values={[value]} /><span class="u-muted">{value.created_by_actor.type} · <Time at={value.active_from} absolute /></span>
          </li>
        ))}
      </ol>
    </Modal>
  )
}

function Editor({object, id, attribute, values, onDone}) {
  const [text, setText] = useState(inputText(attribute, values))
  const [error, setError] = useState(null)
  const written = {[attribute.slug]: writtenValue(attribute, text)}
  const save = async (event) => {
    event.preventDefault()
    try {
      await api("PUT", pathOf(object, id), {values: written, ...(member.peek() && {as: member.peek()})})
      changed.value++
      onDone()
    } catch (failure) {
      setError(failure)
    }
  }
  const choices = attribute.type === "checkbox" ? ["true", "false"] : !attribute.multiple && attribute.options.length > 0 ? attribute.options : null
  const told = error && [error.message, error.why].filter(Boolean).join(": ")
  const input = {label: attribute.title, hideLabel: true, value: text, error: told, autofocus: true, ref: (node) => node?.focus?.(),
    hint: attribute.multiple ? "several with ; between them" : attribute.type === "personal-name" ? "Last, First" : undefined,
    onInput: (event) => setText(event.currentTarget.value)}
  return (
    <form class="w-edit" onSubmit={save} onKeyDown={(event) => event.key === "Escape" && onDone()}>
      {choices ? <Field as="select" {...input}><option value="">–</option>{choices.map((choice) => <option key={choice} value={choice}>{choice}</option>)}</Field>
        : <Field {...input} type={{date: "date"}[attribute.type] ?? "text"} />}
      <div class="w-edit-foot">
        <button class="u-button u-primary u-small" type="submit">Save</button><Button small onClick={onDone}>Cancel</Button>
        <Command text={`${recordCommand("PUT", object, id, written)} --overwrite`} />
      </div>
    </form>
  )
}

function Attributes({object, record, attributes}) {
  const [editing, setEditing] = useState(null)
  const [looking, setLooking] = useState(null)
  const id = record.id.record_id
  const filled = attributes.filter(({slug}) => record.values[slug]?.length > 0)
  const empty = attributes.filter(({slug}) => !(record.values[slug]?.length > 0))
  const row = (attribute) => (
    <div key={attribute.slug} class="w-attribute">
      <dt title={`${attribute.slug}: ${attribute.type}`}>{attribute.title}</dt>
      <dd>
        {editing === attribute.slug
          ? <Editor object={object} id={id} attribute={attribute} values={record.values[attribute.slug]} onDone={() => setEditing(null)} />
          : <><span class="w-values"><Values values={record.values[attribute.slug]} /></span>
              <span class="w-attribute-do">
                {editable(attribute) && <Button small aria-label={`Edit ${attribute.title}`} onClick={() => setEditing(attribute.slug)}>Edit</Button>}
                <Button small aria-label={`History of ${attribute.title}`} onClick={() => setLooking(attribute)}>History</Button>
              </span></>}
      </dd>
    </div>
  )
  return (
    <section class="w-attributes" aria-label="Attributes">
      <dl>{filled.map(row)}</dl>
      <details><summary>{empty.length} without a value</summary><dl>{empty.map(row)}</dl></details>
      {looking && <History object={object} id={id} attribute={looking} onClose={() => setLooking(null)} />}
    </section>
  )
}

export function run(surface, object, record) {
  tell(`${labelOf(surface)}…`)
  return trigger({kind: surface.kind, id: surface.id, object, record})
}

export function Record({path: [object, ref], query}) {
  const newcomer = query.get("first") !== null
  const {record, error} = useRecord(object, ref)
  if (error) return <Failure error={error} />
  if (record === undefined) return <Empty title="Loading…" />
  const id = record.id.record_id
  const attributes = objects.value.find(({slug}) => slug === object)?.attributes ?? Object.keys(record.values).map((slug) => ({slug, title: slug, writable: false, options: []}))
  const actions = offered("record-action", object)
  const tabs = offered("record-tab", object)
  const tab = query.get("tab") ?? "overview"
  const widgets = offered("record-widget", object)
  return (
    <article class="w-record">
      <header class="w-head">
        <span class="w-face" aria-hidden="true">{titleOf(record).split(" ").map((word) => word[0]).slice(0, 2).join("")}</span>
        <h1>{titleOf(record)}</h1>
        <div class="w-actions" role="group" aria-label="Actions of the app">
          {newcomer && actions.length > 0 && <span class="w-click">click it →</span>}
          {actions.map((action, index) => <Button key={action.id} variant={index === 0 ? "primary" : "plain"} onClick={() => run(action, object, id)}>{labelOf(action)}</Button>)}
        </div>
      </header>
      {actions.length > 0 ? <Command text={runCommand({id: actions[0].id, object, record: id})} /> : <p class="u-muted">The app has no action for this object; ⌘K shows why.</p>}
      <Tabs label="Parts of the record" current={tab} onChange={(next) => filter({tab: next === "overview" ? "" : next})}
        tabs={[{id: "overview", title: "Overview"}, ...tabs.map((one) => ({id: one.id, title: labelOf(one)}))]}>
        {tab === "overview" ? <>
          {widgets.length > 0 && <div class="w-widgets">{widgets.map((widget) => (
            <section key={widget.id} aria-label={labelOf(widget)}><Mounted kind="record-widget" id={widget.id} object={object} record={id} color={widget.color} /></section>
          ))}</div>}
          <Attributes object={object} record={record} attributes={attributes} />
        </> : <Mounted key={tab} kind="record-tab" id={tab} object={object} record={id} />}
      </Tabs>
    </article>
  )
}
