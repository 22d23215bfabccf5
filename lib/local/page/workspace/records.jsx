// All records of an object, or entries of a list: a table that loads as one scrolls, a search, actions on chosen rows.
import {useEffect, useMemo, useRef, useState} from "preact/hooks"
import {api} from "../base/api.js"
import {runCommand} from "../base/command.js"
import {filter, go, href} from "../base/route.js"
import {changed, lists, objects} from "../base/store.js"
import {Button, Command, Empty, Failure, Field, Table} from "../ui/index.js"
import {labelOf, ofKind, whyNot} from "./offers.js"
import {trigger} from "./session.js"
import {Values, titleOf} from "./values.jsx"

const batch = 200
const shownTypes = new Set(["text", "email-address", "phone-number", "domain", "select", "status", "currency", "number", "checkbox", "date", "personal-name"])

// Rows of a path, more with each call of `more`. What was loaded stays until what is newer is there.
function usePages(path, turn) {
  const [state, setState] = useState({rows: null, error: null})
  const run = useRef({})
  const load = async (mine, rows, atLeast) => {
    let all = rows
    try {
      do {
        const {items} = await api("GET", `${path}${path.includes("?") ? "&" : "?"}limit=${batch}&offset=${all.length}`)
        if (run.current !== mine) return
        all = [...all, ...items]
        mine.over = items.length < batch
      } while (!mine.over && all.length < atLeast)
      mine.rows = all
      setState({rows: all, error: null})
    } catch (error) {
      if (run.current === mine) setState({rows: rows.length > 0 ? rows : null, error})
    } finally {
      mine.loading = false
    }
  }
  useEffect(() => {
    const known = run.current.path === path ? (run.current.rows?.length ?? 0) : 0
    const mine = {path, loading: true, over: false, rows: known > 0 ? run.current.rows : undefined}
    if (known === 0) setState({rows: null, error: null})
    run.current = mine
    load(mine, [], known)
  }, [path, turn])
  const more = () => {
    const mine = run.current
    if (mine.loading || mine.over || !mine.rows) return
    mine.loading = true
    load(mine, mine.rows, 0)
  }
  return {...state, more}
}

function Bulk({object, chosen, clear}) {
  const ids = [...chosen]
  const actions = ofKind("bulk-record-action")
  return (
    <div class="w-bulk" role="region" aria-label="Chosen rows">
      <strong>{ids.length} chosen</strong>
      {actions.map((action) => (
        <Button key={action.id} small reason={whyNot(action, object)} onClick={() => trigger({kind: action.kind, id: action.id, object, records: ids})}>{labelOf(action)}</Button>
      ))}
      {actions.length === 0 && <span class="u-muted">the app has no bulk action</span>}
      {actions.length > 0 && ids.length <= 3 && <Command text={runCommand({id: actions[0].id, object, records: ids})} />}
      <Button small onClick={clear}>Clear</Button>
    </div>
  )
}

export function Records({path: [slug], query}) {
  const object = objects.value.find((one) => one.slug === slug)
  const q = query.get("q") ?? ""
  const {rows, error, more} = usePages(`/records/${encodeURIComponent(slug)}${q === "" ? "" : `?q=${encodeURIComponent(q)}`}`, changed.value)
  const [chosen, setChosen] = useState(new Set())
  const [current, setCurrent] = useState(-1)
  useEffect(() => setChosen(new Set()), [slug])
  const columns = useMemo(() => [
    {key: "title", title: object?.title ?? "Record", width: "minmax(160px, 1.4fr)", cell: (row) => <a class="w-strong" href={href([slug, row.id.record_id])}>{titleOf(row)}</a>},
    ...(object?.attributes ?? []).filter(({slug: name, type}) => name !== "name" && name !== "record_id" && !name.endsWith("_url") && shownTypes.has(type)).slice(0, 4)
      .map((attribute) => ({key: attribute.slug, title: attribute.title, cell: (row) => <Values values={row.values[attribute.slug]} />})),
  ], [object, slug])
  const select = (ids, on) => {
    const next = new Set(chosen)
    for (const id of [ids].flat()) on ? next.add(id) : next.delete(id)
    setChosen(next)
  }
  if (objects.value.length > 0 && object === undefined) return <Empty title={`There is no object \`${slug}\``}><a href="#/">Back</a></Empty>
  return (
    <div class="w-records">
      <header class="w-head">
        <h1>{object?.plural ?? slug}</h1><span class="u-muted">{object?.count}</span>
        <Field label="Search" hideLabel type="search" placeholder="Search…" value={q} onInput={(event) => filter({q: event.currentTarget.value})} />
        {ofKind("object-action").filter((action) => whyNot(action, slug) === "").map((action) => (
          <Button key={action.id} onClick={() => trigger({kind: action.kind, id: action.id, object: slug})}>{labelOf(action)}</Button>
        ))}
      </header>
      {chosen.size > 0 && <Bulk object={slug} chosen={chosen} clear={() => setChosen(new Set())} />}
      <Failure error={error} />
      {rows === null ? !error && <Empty title="Loading…" /> : rows.length === 0
        ? <Empty title={q === "" ? "No records yet" : `Nothing has \`${q}\` in it`} />
        : <Table label={object?.plural ?? slug} columns={columns} rows={rows} keyOf={(row) => row.id.record_id} onEnd={more} current={current} onCurrent={setCurrent}
            selection={chosen} onSelect={select} onOpen={(row) => go([slug, row.id.record_id])} />}
    </div>
  )
}

export function Entries({rest: [slug]}) {
  const list = lists.value.find((one) => one.slug === slug)
  const {rows, error, more} = usePages(`/lists/${encodeURIComponent(slug)}/entries`, changed.value)
  const columns = [
    {key: "parent", title: "Record", cell: (row) => <a class="w-strong" href={href([row.parent_object, row.parent_record_id])}>{row.parent_object} {row.parent_record_id.slice(0, 8)}</a>},
    ...(list?.attributes ?? []).slice(0, 5).map((attribute) => ({key: attribute.slug, title: attribute.title, cell: (row) => <Values values={row.entry_values[attribute.slug]} />})),
  ]
  return (
    <div class="w-records">
      <header class="w-head"><h1>{list?.title ?? slug}</h1><span class="u-muted">{list?.count}</span></header>
      <Failure error={error} />
      {rows?.length > 0 ? <Table label={list?.title ?? slug} columns={columns} rows={rows} keyOf={(row) => row.id.entry_id} onEnd={more} onOpen={(row) => go([row.parent_object, row.parent_record_id])} />
        : rows && <Empty title="No entries yet" />}
    </div>
  )
}
