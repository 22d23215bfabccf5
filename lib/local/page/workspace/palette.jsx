// Everything by name: actions of the record in sight (those that do not apply with the reason), places, records.
import {useEffect, useState} from "preact/hooks"
import {inspectors} from "../inspect/index.jsx"
import {api} from "../base/api.js"
import {go, route} from "../base/route.js"
import {lists, objects, palette} from "../base/store.js"
import {Modal} from "../ui/index.js"
import {askVerdicts, labelOf, ofKind, whyNot} from "./offers.js"
import {run} from "./record.jsx"
import {trigger} from "./session.js"
import {titleOf} from "./text.js"

// The record that is in sight: by the route, or what the first screen shows.
function place() {
  const [object, ref] = route.value.path
  return objects.value.some(({slug}) => slug === object) ? {object, ref} : {}
}

// Whoever went somewhere by the keyboard goes on from there: the focus is where the content is.
function goTo(path) {
  go(path)
  requestAnimationFrame(() => document.getElementById("p-main")?.focus())
}

function commands(object, ref) {
  const acts = ofKind("record-action").map((surface) => ({
    id: `run ${surface.id}`, group: "Actions of this record", title: labelOf(surface),
    reason: ref === undefined ? "open a record first" : whyNot(surface, object), act: () => run(surface, object, ref),
  }))
  const wide = ofKind("object-action").map((surface) => ({
    id: `object ${surface.id}`, group: "Actions of this object", title: labelOf(surface),
    reason: object === undefined ? "open an object first" : whyNot(surface, object), act: () => trigger({kind: surface.kind, id: surface.id, object}),
  }))
  const to = (title, path) => ({id: path, group: "Go to", title, act: () => goTo(path)})
  return [
    ...acts, ...wide,
    ...objects.value.map(({plural, slug}) => to(plural, slug)), ...lists.value.map(({title, slug}) => to(title, `lists/${slug}`)),
    ...ofKind("page").map((page) => to(labelOf(page), `pages/${page.id}`)),
    to("Settings page", "settings"), to("Call recording", "recording"), to("Flows", "flows"), ...inspectors.map(({slug, title}) => to(title, slug)),
  ]
}

function useFound(text) {
  const [found, setFound] = useState([])
  useEffect(() => {
    if (text.trim().length < 2) return setFound([])
    const control = new AbortController()
    const timer = setTimeout(async () => {
      const search = ({slug, title}) => api("GET", `/records/${slug}?limit=5&q=${encodeURIComponent(text)}`, undefined, control).then(
        ({items}) => items.map((record) => ({id: record.id.record_id, group: "Records", title: titleOf(record), note: title, act: () => goTo([slug, record.id.record_id])})), () => [])
      const all = (await Promise.all(objects.value.map(search))).flat()
      if (!control.signal.aborted) setFound(all)
    }, 80)
    return () => {
      clearTimeout(timer)
      control.abort()
    }
  }, [text])
  return found
}

export function Palette() {
  const [text, setText] = useState("")
  const [at, setAt] = useState(0)
  const found = useFound(text)
  const {object, ref} = place()
  useEffect(() => {
    if (object !== undefined) askVerdicts(object)
  }, [object])
  const items = (() => {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean)
    const fits = ({title, group}) => words.every((word) => `${title} ${group}`.toLowerCase().includes(word))
    return [...commands(object, ref).filter(fits), ...found]
  })()
  const close = () => (palette.value = false)
  const use = (item) => {
    if (item === undefined || item.reason) return
    close()
    item.act()
  }
  const onKeyDown = (event) => {
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key]
    if (step) setAt((Math.min(at, items.length - 1) + step + items.length) % Math.max(1, items.length))
    else if (event.key === "Enter") use(items[Math.min(at, items.length - 1)])
    else return
    event.preventDefault()
  }
  const cursor = Math.min(at, items.length - 1)
  useEffect(() => document.getElementById(`w-item-${cursor}`)?.scrollIntoView({block: "nearest"}), [cursor])
  return (
    <Modal title="Search or run" bare onClose={close}>
      <div class="w-palette">
        <input role="combobox" aria-label="Search or run" aria-expanded="true" aria-controls="w-items" aria-activedescendant={items.length > 0 ? `w-item-${cursor}` : undefined}
          placeholder="Search or run…" value={text} ref={(node) => node?.focus()} onKeyDown={onKeyDown}
          onInput={(event) => {
            setText(event.currentTarget.value)
            setAt(0)
          }} />
        <ul role="listbox" id="w-items" aria-label="What there is">
          {items.map((item, index) => (
            <li key={`${item.group} ${item.id}`} id={`w-item-${index}`} role="option" aria-selected={index === cursor} aria-disabled={item.reason ? true : undefined}
              onPointerMove={() => setAt(index)} onClick={() => use(item)}>
              <span>{item.title}</span><span class="w-note">{item.reason || item.note || (items[index - 1]?.group !== item.group ? item.group : "")}</span>
            </li>
          ))}
        </ul>
        {items.length === 0 && <p class="u-muted w-nothing">Nothing has this name.</p>}
      </div>
    </Modal>
  )
}
