// Any surface of the app, with any props, on any record: mounted and drawn, or triggered where it is an action.
import {useEffect, useState} from "preact/hooks"
import {api} from "../base/api.js"
import {commandOf} from "../base/command.js"
import {filter} from "../base/route.js"
import {objects, tell, tellError} from "../base/store.js"
import {Surface} from "../draw/index.jsx"
import {Badge, Button, Command, Failure, Field} from "../ui/index.js"
import {session} from "../workspace/session.js"
import {Frame, read, Rows, useAnswer, useWork} from "./parts.jsx"

// How a kind is asked for: mounted as this, or triggered with records.
const mounts = {"record-widget": "widget", "record-tab": "tab", page: "page", "workspace-settings": "settings", "workflow-block": "configurator"}
const onRecord = /^record-|^bulk-record-action$/
const keyOf = (one) => `${one.kind} ${one.id ?? ""}`

// A record of an object, found by its words.
function RecordPicker({value, onPick, label = "Record"}) {
  const [object, setObject] = useState("people")
  const [text, setText] = useState("")
  const [items, setItems] = useState([])
  useEffect(() => {
    const control = new AbortController()
    api("GET", `/records/${object}?limit=20${text && `&q=${encodeURIComponent(text)}`}`, undefined, control).then((answer) => setItems(answer.items), (error) => error.name !== "AbortError" && setItems([]))
    return () => control.abort()
  }, [object, text])
  const name = (record) => record.values.name?.[0]?.full_name ?? record.values.name?.[0]?.value ?? record.id.record_id
  return (
    <div class="i-form">
      <Field label="Object" as="select" value={object} onChange={(event) => setObject(event.currentTarget.value)}>{objects.value.map((one) => <option key={one.slug} value={one.slug}>{one.plural}</option>)}</Field>
      <Field label="Search records" type="search" value={text} onInput={(event) => setText(event.currentTarget.value)} />
      <Field label={label} as="select" value={value} onChange={(event) => onPick(event.currentTarget.value)}>
        <option value="">none</option>
        {value !== "" && !items.some((one) => `${object}/${one.id.record_id}` === value) && <option value={value}>{value}</option>}
        {items.map((one) => <option key={one.id.record_id} value={`${object}/${one.id.record_id}`}>{name(one)}</option>)}
      </Field>
    </div>
  )
}

function Shown({surface, kind}) {
  const user = session.value
  return (
    <div class="i-surface">
      <Surface session={user} surface={surface} kind={kind} />
    </div>
  )
}

function Try({one}) {
  const [record, setRecord] = useState("")
  const [props, setProps] = useState("{}")
  const [mounted, setMounted] = useState([])
  const [error, setError] = useState(null)
  const [busy, run] = useWork()
  const user = session.value
  const kind = mounts[one.kind]
  useEffect(() => () => mounted.forEach((surface) => session.peek()?.close(surface)), [])
  const wanted = (given) => {
    const more = {...(record !== "" && (one.kind === "bulk-record-action" ? {records: [record]} : {record}))}
    if (kind === undefined) return {kind: one.kind, id: one.id, ...more, ...given}
    return {kind, ...(kind !== "settings" && {id: one.id}), ...more, ...(Object.keys(given).length > 0 && (kind === "configurator" ? {config: given} : {props: given}))}
  }
  const now = () => {
    try {
      return wanted(read(props, "the props"))
    } catch {
      return wanted({})
    }
  }
  const go = () => run(async () => {
    setError(null)
    const body = wanted(read(props, "the props"))
    if (kind === undefined) {
      const {flow} = await user.trigger(body)
      tell(`${one.label ?? one.id} began`, "neutral", flow)
      return
    }
    try {
      const {surface} = await user.mount(body)
      setMounted([...mounted, surface])
    } catch (failed) {
      setError(failed)
      tellError(failed)
    }
  })
  const close = (surface) => {
    user.close(surface)
    setMounted(mounted.filter((other) => other !== surface))
  }
  return (
    <section class="i-block" aria-label={one.label ?? one.id}>
      <header><h2>{one.label ?? one.name ?? one.id ?? "Settings page"}</h2> <Badge>{one.kind}</Badge> <code>{one.id}</code></header>
      {onRecord.test(one.kind) && <RecordPicker value={record} onPick={setRecord} />}
      <Field label={kind === undefined ? "More arguments, as JSON" : kind === "configurator" ? "Configuration, as JSON" : "Props, as JSON"} as="textarea" rows={4} spellcheck={false} value={props} onInput={(event) => setProps(event.currentTarget.value)} />
      <div class="i-buttons"><Button variant="primary" busy={busy} reason={user === null ? "there is no session yet" : ""} onClick={go}>{kind === undefined ? "Trigger" : "Mount"}</Button></div>
      <Command text={kind === undefined ? commandOf("POST", "/actions/run", now()) : commandOf("POST", "/surfaces/show", now())} />
      <Failure error={error} />
      {mounted.filter((surface) => user?.surfaces.value.some((live) => live.surface === surface)).map((surface) => (
        <figure key={surface} class="i-mounted"><figcaption>{surface} <Button small onClick={() => close(surface)}>Close</Button></figcaption><Shown surface={surface} kind={one.kind} /></figure>
      ))}
    </section>
  )
}

export function Surfaces({query}) {
  const [answer, error] = useAnswer("/surfaces", ["running"])
  const items = answer?.items ?? []
  const chosen = items.find((one) => keyOf(one) === query.get("of"))
  return (
    <Frame title="Surfaces" command={commandOf("GET", "/surfaces")} answer={answer} error={error} empty="The app registers none.">
      <Rows label="Surfaces" heads={["Kind", "Id", "Label", "Objects", ""]} rows={items.map((one) => ({
        key: keyOf(one), marked: one === chosen,
        cells: [one.kind, <code>{one.id ?? ""}</code>, one.label ?? one.name ?? "", Array.isArray(one.objects) ? one.objects.join(", ") : "", <Button small onClick={() => filter({of: keyOf(one)})}>Try {one.id ?? one.kind}</Button>],
      }))} />
      {chosen && <Try key={keyOf(chosen)} one={chosen} />}
    </Frame>
  )
}
