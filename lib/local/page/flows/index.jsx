// The flow panel: what people and third parties began, as it happens. The filters are in the address.
import {useEffect, useRef, useState} from "preact/hooks"
import "./flows.css"
import {filter, route} from "../base/route.js"
import {commandOf} from "../base/command.js"
import {Button, Command, Icon, Table, Time} from "../ui/index.js"
import {Detail} from "./detail.jsx"
import {begin, failure, openFlow, paused, ready, replay, rows, togglePause} from "./store.js"
import {duration, matches} from "./tree.js"

const number = {key: "id", title: "#", width: "52px", cell: (flow) => flow.id}
const rest = [
  {key: "name", title: "What", width: "minmax(100px, 1fr)", cell: (flow) => <span title={flow.error ?? undefined} class={flow.error ? "f-failed-name" : ""}><span class={`f-kind f-kind-${flow.kind}`}>{flow.kind}</span> {flow.name}{flow.error ? ` · ${flow.error}` : ""}</span>},
  {key: "ms", title: "ms", width: "78px", cell: (flow) => duration(flow.ms)},
  {key: "again", title: <span class="u-hidden">Replay</span>, width: "34px", cell: (flow) => <button type="button" class="f-again" aria-label={`Replay flow ${flow.id}`} title={commandOf("POST", `/flows/${flow.id}/replay`, {})} onClick={() => replay(flow.id)}><Icon name="again" /></button>},
]
const columns = [number, ...rest]
const wideColumns = [number, {key: "at", title: "Began", width: "84px", cell: (flow) => <Time at={flow.started_at} />}, ...rest]

const typing = (target) => target.closest?.("input,textarea,select,[contenteditable],dialog") !== null

// j and k go through the rows, Enter opens, / searches: wherever nobody types.
function useKeys(list, current, setCurrent, search) {
  useEffect(() => {
    const onKeyDown = (event) => {
      if (typing(event.target) || event.metaKey || event.ctrlKey || event.altKey) return
      const keys = {
        j: () => setCurrent(Math.min(current + 1, list.length - 1)),
        k: () => setCurrent(Math.max(current - 1, 0)),
        "/": () => search.current?.focus(),
      }
      if (event.key === "Enter" && document.activeElement === document.body && list[current]) {
        openFlow(list[current].id)
        return
      }
      if (keys[event.key] === undefined) return
      event.preventDefault()
      keys[event.key]()
    }
    document.addEventListener("keydown", onKeyDown)
    return () => document.removeEventListener("keydown", onKeyDown)
  })
}

// The flows that fit the filters in the address.
function useFlows() {
  useEffect(begin, [])
  const {query} = route.value
  const asked = {text: query.get("flow") ?? "", kind: query.get("kind") ?? "", failed: query.get("failed") ?? ""}
  return {asked, list: rows.value.filter((flow) => matches(flow, asked))}
}

function Filters({asked, search}) {
  const kinds = [...new Set(rows.value.map((flow) => flow.kind))].sort()
  return (
    <div class="f-bar-top" role="search">
      <input ref={search} type="search" aria-label="Search flows" placeholder="Search  /" value={asked.text} onInput={(event) => filter({flow: event.currentTarget.value})} />
      <select aria-label="Kind" value={asked.kind} onChange={(event) => filter({kind: event.currentTarget.value})}>
        <option value="">all kinds</option>
        {kinds.map((kind) => <option key={kind} value={kind}>{kind}</option>)}
      </select>
      <label class="f-check"><input type="checkbox" checked={asked.failed !== ""} onChange={(event) => filter({failed: event.currentTarget.checked ? "1" : ""})} /> failed</label>
      <Button small aria-pressed={paused.value} onClick={togglePause}>{paused.value ? "Go on" : "Pause"}</Button>
    </div>
  )
}

// All flows, with the filters above them.
function List({wide}) {
  const [current, setCurrent] = useState(-1)
  const search = useRef(null)
  const {asked, list} = useFlows()
  useKeys(list, current, setCurrent, search)
  const table = <Table label="Flows" columns={wide ? wideColumns : columns} rows={list} keyOf={(flow) => flow.id} current={current} onCurrent={setCurrent} onOpen={(flow) => openFlow(flow.id)} height={30} />
  return (
    <>
      <Filters asked={asked} search={search} />
      {failure.value && <p class="f-error" role="alert">{failure.value.message}</p>}
      {ready.value && rows.value.length === 0 && <p class="f-muted">Nothing happened yet. Run an action, or send a webhook.</p>}
      {rows.value.length > 0 && list.length === 0 && <p class="f-muted">None of the {rows.value.length} flows fits the filters.</p>}
      {list.length > 0 && (wide ? table : <div class="f-list">{table}</div>)}
    </>
  )
}

// Beside the list of all it shows the newest alone, beside one flow the list alone.
export function FlowPanel() {
  const {list} = useFlows()
  const [first, id] = route.value.path
  const all = first === "flows" && id === undefined
  return (
    <div class="f-panel">
      {!all && <List />}
      {!(first === "flows" && id !== undefined) && list[0] !== undefined && <Detail id={list[0].id} />}
    </div>
  )
}

export const FlowsPage = () => <div class="f-all"><header class="w-head"><h1>Flows</h1><span class="f-muted">{rows.value.length}</span></header><List wide /><Command text="attio flow list" /></div>

export function FlowPage({id}) {
  return <div class="f-page"><h1>Flow {id}</h1><Detail id={id} /></div>
}
