// All records of an object, or entries of a list: a table that loads what comes in sight, search, filter and order in the
// address, actions on chosen rows.
import {useEffect, useMemo, useState} from "preact/hooks"
import {apiCommand, listCommand, runCommand} from "../base/command.js"
import {filter, go, href} from "../base/route.js"
import {changed, lists, objects, tellError} from "../base/store.js"
import {Button, Command, Empty, Failure, Field, Table} from "../ui/index.js"
import {filterable, queryOf, sortable} from "./filters.js"
import {learn, nameOf} from "./names.js"
import {Offered} from "./offered.jsx"
import {askVerdicts, labelOf, ofKind, whyNot} from "./offers.js"
import {usePages} from "./pages.js"
import {trigger} from "./session.js"
import {titleOf} from "./text.js"
import {Values} from "./values.jsx"
import {choicesOf} from "./written.js"

const shownTypes = new Set(["text", "email-address", "phone-number", "domain", "select", "status", "currency", "number", "checkbox", "date", "personal-name", "record-reference", "actor-reference", "rating"])
const mostColumns = 5

function Bulk({object, chosen, clear}) {
  const ids = [...chosen]
  const actions = ofKind("bulk-record-action")
  const shown = ids.slice(0, 3)
  return (
    <div class="w-bulk" role="region" aria-label="Chosen rows">
      <strong role="status">{ids.length} chosen</strong>
      <Offered small label="Actions on the chosen rows" items={actions.map((action) => ({
        id: action.id, label: labelOf(action), reason: whyNot(action, object), run: () => trigger({kind: action.kind, id: action.id, object, records: ids}),
        command: `${runCommand({id: action.id, object, records: shown})}${ids.length > shown.length ? " …" : ""}`,
      }))}>
        {actions.length === 0 && <span class="u-muted">the app has no bulk action</span>}
        <Button small onClick={clear}>Clear</Button>
      </Offered>
    </div>
  )
}

// One attribute and what it has to have.
function Where({attributes, where}) {
  const [slug, ...rest] = where.split(":")
  const text = rest.join(":")
  const of = attributes.find((one) => one.slug === slug)
  const choices = of && ["select", "status", "checkbox"].includes(of.type) ? choicesOf(of) : null
  const set = (value) => filter({where: value})
  return (
    <div class="w-where" role="group" aria-label="Filter">
      <Field as="select" label="Filter by" hideLabel value={of ? slug : ""} onChange={(event) => set(event.currentTarget.value === "" ? "" : `${event.currentTarget.value}:`)}>
        <option value="">All</option>{attributes.filter(filterable).map((one) => <option key={one.slug} value={one.slug}>{one.title}</option>)}
      </Field>
      {of && (choices
        ? <Field as="select" label={`${of.title} is`} hideLabel value={text} onChange={(event) => set(`${slug}:${event.currentTarget.value}`)}><option value="">is…</option>{choices.map((one) => <option key={one} value={one}>{one}</option>)}</Field>
        : <Field label={`${of.title} has`} hideLabel placeholder="has…" value={text} onInput={(event) => set(`${slug}:${event.currentTarget.value}`)} />)}
      {where !== "" && <Button small onClick={() => set("")}>All</Button>}
    </div>
  )
}

function columnsOf(object, slug, sort) {
  const all = object?.attributes ?? []
  const mark = (attribute) => (attribute && sortable(attribute) ? (sort === attribute.slug ? "up" : sort === `-${attribute.slug}` ? "down" : "") : undefined)
  const name = all.find(({slug: one}) => one === "name")
  return [
    {key: "name", title: object?.title ?? "Record", width: "minmax(160px, 1.4fr)", sort: mark(name), cell: (row) => <a class="w-strong" href={href([slug, row.id.record_id])}>{titleOf(row)}</a>},
    ...all.filter(({slug: one, type}) => one !== "name" && one !== "record_id" && one !== "created_by" && !one.endsWith("_url") && shownTypes.has(type)).slice(0, mostColumns)
      .map((attribute) => ({key: attribute.slug, title: attribute.title, sort: mark(attribute), cell: (row) => <Values values={row.values[attribute.slug]} />})),
  ]
}

function useSelection(pages, keyOf) {
  const [chosen, setChosen] = useState(new Set())
  useEffect(() => setChosen(new Set()), [pages])
  const onSelect = (id, on) => {
    const next = new Set(chosen)
    if (on) next.add(id)
    else next.delete(id)
    setChosen(next)
  }
  const onSelectAll = (on) => (on ? pages.all().then((rows) => setChosen(new Set(rows.map(keyOf))), tellError) : setChosen(new Set()))
  return {chosen, clear: () => setChosen(new Set()), onSelect, onSelectAll}
}

function Rows({label, pages, empty, ...rest}) {
  const [current, setCurrent] = useState(-1)
  if (!pages.ready) return <Empty whole title="Loading…" />
  if (pages.count === 0) return pages.error ? null : empty
  return <Table label={label} count={pages.count} rowAt={(index) => pages.row(index)} current={current} onCurrent={setCurrent} {...rest} />
}

const recordId = (row) => row.id.record_id

export function Records({path: [slug], query}) {
  const object = objects.value.find((one) => one.slug === slug)
  const attributes = object?.attributes ?? []
  const [q, where, sort] = ["q", "where", "sort"].map((name) => query.get(name) ?? "")
  const asked = queryOf(attributes, {q, where, sort})
  const path = `/records/${encodeURIComponent(slug)}${asked === "" ? "" : `?${asked}`}`
  const whole = q === "" && !asked.includes("filter=")
  const {pages, onRange} = usePages(path, whole ? object?.count : undefined, changed.value)
  const {chosen, clear, onSelect, onSelectAll} = useSelection(pages, recordId)
  const columns = useMemo(() => columnsOf(object, slug, sort), [object, slug, sort])
  const wide = ofKind("object-action").map((action) => ({
    id: action.id, label: labelOf(action), reason: whyNot(action, slug), command: runCommand({id: action.id, object: slug}), run: () => trigger({kind: action.kind, id: action.id, object: slug}),
  }))
  useEffect(() => askVerdicts(slug), [slug])
  if (objects.value.length > 0 && object === undefined) return <Empty whole title={`There is no object or place \`${slug}\``}><a href="#/">Back</a></Empty>
  return (
    <div class="w-records">
      <header class="w-head">
        <h1>{object?.plural ?? slug}</h1><span class="u-muted">{object?.count}</span>
        {wide.length > 0 && <Offered label="Actions of the app on this object" items={wide} />}
        <div class="w-tools">
          <Where attributes={attributes} where={where} />
          <Field label="Search" hideLabel type="search" placeholder="Search…" value={q} onInput={(event) => filter({q: event.currentTarget.value})} />
        </div>
      </header>
      {chosen.size > 0 && <Bulk object={slug} chosen={chosen} clear={clear} />}
      <Failure error={pages.error} />
      <Rows label={object?.plural ?? slug} pages={pages} columns={columns} onRange={onRange} keyOf={recordId} selection={chosen} onSelect={onSelect} onSelectAll={onSelectAll}
        onSort={(key) => filter({sort: sort === key ? `-${key}` : sort === `-${key}` ? "" : key})} onOpen={(row) => {
          learn([row])
          go([slug, recordId(row)])
        }}
        empty={<Empty title={whole ? "No records yet" : "No record fits"}>{whole ? <code>{`attio records create ${slug} --values '{}'`}</code> : <Button small onClick={() => filter({q: "", where: ""})}>Show all</Button>}</Empty>} />
      <Command text={where === "" && sort === "" ? listCommand(slug, q) : apiCommand("GET", path)} />
    </div>
  )
}

const entryId = (row) => row.id.entry_id

export function Entries({rest: [slug]}) {
  const list = lists.value.find((one) => one.slug === slug)
  const path = `/lists/${encodeURIComponent(slug)}/entries`
  const {pages, onRange} = usePages(path, list?.count, changed.value)
  const columns = useMemo(() => [
    {key: "parent", title: "Record", cell: (row) => <a class="w-strong" href={href([row.parent_object, row.parent_record_id])}>{nameOf(row.parent_object, row.parent_record_id)}</a>},
    ...(list?.attributes ?? []).filter(({slug: one}) => one !== "entry_id" && one !== "parent_record").slice(0, mostColumns)
      .map((attribute) => ({key: attribute.slug, title: attribute.title, cell: (row) => <Values values={row.entry_values[attribute.slug]} />})),
  ], [list])
  if (lists.value.length > 0 && list === undefined) return <Empty whole title={`There is no list \`${slug ?? ""}\``}><a href="#/">Back</a></Empty>
  return (
    <div class="w-records">
      <header class="w-head"><h1>{list?.title ?? slug}</h1><span class="u-muted">{list?.count}</span></header>
      <Failure error={pages.error} />
      <Rows label={list?.title ?? slug} pages={pages} columns={columns} onRange={onRange} keyOf={entryId} onOpen={(row) => go([row.parent_object, row.parent_record_id])}
        empty={<Empty title="No entries yet" />} />
      <Command text={apiCommand("GET", path)} />
    </div>
  )
}
