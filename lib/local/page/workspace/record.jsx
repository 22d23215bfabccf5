// One record: what the app can do with it, its widgets and tabs, its attributes with their history.
import {useEffect, useState} from "preact/hooks"
import {api} from "../base/api.js"
import {runCommand} from "../base/command.js"
import {first} from "../base/first.js"
import {later, loadLater, painted} from "../base/later.js"
import {filter, href} from "../base/route.js"
import {changed, objects, surfaces, surfacesKnown} from "../base/store.js"
import {Button} from "../ui/Button.jsx"
import {Tabs} from "../ui/Tabs.jsx"
import {Empty, Failure} from "../ui/small.jsx"
import {Mounted} from "./mounted.jsx"
import {learn} from "./names.js"
import {askVerdicts, doubt, labelOf, ofKind, offered, whyNot} from "./offers.js"
import {recordPath} from "./paths.js"
import {Offered} from "./offered.jsx"
import {paletteHint} from "./platform.js"
import {trigger} from "./session.js"
import {titleOf} from "./text.js"
import {Values} from "./values.jsx"

// What came with the page is shown at once, and asked for when it may have changed.
const given = (object, ref) => (first?.record?.object === object && first.record.record.id.record_id === ref && changed.peek() === 0 ? {record: first.record.record, path: recordPath(object, ref)} : {})

function useRecord(object, ref) {
  const [state, setState] = useState(() => given(object, ref))
  const turn = changed.value
  useEffect(() => {
    if (turn === 0 && state.record) return undefined
    let over = false
    const path = recordPath(object, ref)
    api("GET", path).then(({record}) => {
      if (over) return
      learn([record])
      setState({record, path})
    }, (error) => over || setState((old) => (error.kind === "network" && old.path === path ? old : {error})))
    return () => {
      over = true
    }
  }, [object, ref, turn])
  return state
}

function Attribute({object, id, attribute, values, editing, onEdit, onHistory}) {
  const {Editor} = later.value ?? {}
  return (
    <div class="w-attribute">
      <dt title={`${attribute.slug}: ${attribute.type}`}>{attribute.title}</dt>
      <dd>
        {editing && Editor
          ? <Editor object={object} id={id} attribute={attribute} values={values} onDone={() => onEdit(null)} />
          : <><span class="w-values"><Values values={values} /></span>
              <span class="w-attribute-do">
                {attribute.writable && <Button small aria-label={`Edit ${attribute.title}`} onClick={() => onEdit(attribute.slug)}>Edit</Button>}
                <Button small aria-label={`History of ${attribute.title}`} onClick={() => onHistory(attribute)}>History</Button>
              </span></>}
      </dd>
    </div>
  )
}

const inner = new Set(["record_id", "created_at", "created_by"])

function Attributes({object, record, attributes}) {
  const [editing, setEditing] = useState(null)
  const [looking, setLooking] = useState(null)
  const {History} = later.value ?? {}
  const id = record.id.record_id
  // What Attio keeps by itself comes last.
  const ordered = [...attributes].sort((a, b) => Number(inner.has(a.slug)) - Number(inner.has(b.slug)))
  const filled = ordered.filter(({slug}) => record.values[slug]?.length > 0)
  const empty = ordered.filter(({slug}) => !(record.values[slug]?.length > 0))
  const row = (attribute) => (
    <Attribute key={attribute.slug} {...{object, id, attribute}} values={record.values[attribute.slug]} editing={editing === attribute.slug} onEdit={setEditing} onHistory={setLooking} />
  )
  return (
    <section class="w-attributes" aria-label="Attributes">
      <dl>{filled.map(row)}</dl>
      {empty.length > 0 && <details><summary>{empty.length} without a value</summary><dl>{empty.map(row)}</dl></details>}
      {looking && History && <History object={object} id={id} attribute={looking} onClose={() => setLooking(null)} />}
    </section>
  )
}

export const run = (surface, object, record) => trigger({kind: surface.kind, id: surface.id, object, record})

// Where there is no action to click: what there is.
function Instead({any, object, newcomer}) {
  if (any) return <p class="u-muted">The app has no action for this object; {paletteHint} shows why.</p>
  if (newcomer && offered("record-widget", object).length > 0) return <p class="w-click">look at the widget <span aria-hidden="true">↓</span></p>
  return <p class="u-muted">The app has no actions on records{ofKind("workflow-block").length > 0 && <>; it has <a href={href(["blocks"])}>workflow blocks</a></>}.</p>
}

// Those that apply, then the others with their reason.
function Actions({object, id, newcomer}) {
  const all = ofKind("record-action").map((action) => ({action, reason: whyNot(action, object)})).sort((a, b) => (a.reason === "" ? 0 : 1) - (b.reason === "" ? 0 : 1))
  const usable = all.filter(({reason}) => reason === "")
  const items = all.map(({action, reason}, index) => ({
    id: action.id, label: labelOf(action), reason, doubt: doubt(action, object), variant: index === 0 && reason === "" ? "primary" : "plain",
    command: runCommand({id: action.id, object, record: id}), run: () => run(action, object, id),
  }))
  if (!surfacesKnown.value) return <div class="w-offers" />
  return (
    <>
      {items.length > 0 && <Offered label="Actions of the app" items={items} before={newcomer && usable.length > 0 && <span class="w-click">click it <span aria-hidden="true">→</span></span>} />}
      {usable.length === 0 && <div class="w-offers"><Instead any={all.length > 0} object={object} newcomer={newcomer} /></div>}
    </>
  )
}

const face = (title) => title.split(/\s+/).map((word) => [...word][0] ?? "").slice(0, 2).join("")

export function Record({path: [object, ref], query}) {
  const {record, error} = useRecord(object, ref)
  useEffect(() => {
    if (record === undefined) return
    painted(() => {
      performance.mark("attio-ready")
      loadLater()
      if (surfacesKnown.value) askVerdicts(object)
    })
  }, [object, record === undefined, surfaces.value])
  if (error) return <><h1>{ref}</h1><Failure error={error} /></>
  if (record === undefined) return <Empty whole title="Loading…" />
  const id = record.id.record_id
  const title = titleOf(record)
  const attributes = objects.value.find(({slug}) => slug === object)?.attributes ?? Object.keys(record.values).map((slug) => ({slug, title: slug, writable: false, options: []}))
  const tabs = offered("record-tab", object)
  const tab = query.get("tab") ?? "overview"
  const widgets = offered("record-widget", object)
  return (
    <article class="w-record">
      <header class="w-head">
        <span class="w-face" aria-hidden="true">{face(title)}</span>
        <h1>{title}</h1>
        <Actions object={object} id={id} newcomer={query.get("first") !== null} />
      </header>
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
