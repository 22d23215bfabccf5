// Records that a value refers to: chips of those that are chosen, and a search for more.
import {useEffect, useId, useState} from "preact/hooks"
import {api} from "../base/api.js"
import {objects} from "../base/store.js"
import {Icon} from "../ui/Icon.jsx"
import {learn, nameOf} from "./names.js"
import {titleOf} from "./text.js"

const most = 6

function useFound(slugs, text) {
  const [found, setFound] = useState([])
  useEffect(() => {
    const control = new AbortController()
    const q = text.trim() === "" ? "" : `&q=${encodeURIComponent(text)}`
    const timer = setTimeout(async () => {
      const all = await Promise.all(slugs.map((object) => api("GET", `/records/${encodeURIComponent(object)}?limit=${most}${q}`, undefined, control).then(({items}) => {
        learn(items)
        return items.map((record) => ({object, id: record.id.record_id, title: titleOf(record)}))
      }, () => [])))
      if (!control.signal.aborted) setFound(all.flat().slice(0, most))
    }, 80)
    return () => {
      clearTimeout(timer)
      control.abort()
    }
  }, [slugs.join(), text])
  return found
}

export function Picker({label, attribute, draft, setDraft, error}) {
  const name = useId()
  const [text, setText] = useState("")
  const [at, setAt] = useState(0)
  const [open, setOpen] = useState(false)
  const slugs = attribute.objects?.length > 0 ? attribute.objects : objects.value.map(({slug}) => slug)
  const found = useFound(slugs, text).filter(({id}) => !draft.some((one) => one.id === id))
  const add = ({object, id}) => {
    setDraft(attribute.multiple ? [...draft, {object, id}] : [{object, id}])
    setText("")
    setAt(0)
    setOpen(false)
  }
  const cursor = Math.min(at, found.length - 1)
  const onKeyDown = (event) => {
    const keys = {
      ArrowDown: () => setAt(open ? (cursor + 1) % Math.max(1, found.length) : cursor),
      ArrowUp: () => setAt((cursor - 1 + found.length) % Math.max(1, found.length)),
      Enter: () => found[cursor] && add(found[cursor]),
    }
    if (event.key === "Escape" && open) {
      event.stopPropagation()
      return setOpen(false)
    }
    if (event.key === "Backspace" && text === "" && draft.length > 0) return setDraft(draft.slice(0, -1))
    if (keys[event.key] === undefined || (event.key === "Enter" && !open)) return undefined
    event.preventDefault()
    setOpen(true)
    return keys[event.key]()
  }
  return (
    <div class="u-field w-picker">
      <label for={name} class="u-hidden">{label}</label>
      {draft.length > 0 && <ul class="w-chips" aria-label={`${label}: chosen`}>{draft.map((one) => (
        <li key={one.id}>{nameOf(one.object, one.id)} <button type="button" aria-label={`Take ${nameOf(one.object, one.id)} away`} onClick={() => setDraft(draft.filter((other) => other !== one))}><Icon name="close" /></button></li>
      ))}</ul>}
      <input id={name} role="combobox" autocomplete="off" aria-autocomplete="list" aria-expanded={open && found.length > 0} aria-controls={`${name}-list`}
        aria-activedescendant={open && found.length > 0 ? `${name}-${cursor}` : undefined} aria-invalid={error ? true : undefined} aria-describedby={error ? `${name}-told` : undefined}
        placeholder={`Search ${slugs.length > 3 ? "records" : slugs.join(", ")}…`} value={text} ref={(node) => node && document.activeElement === document.body && node.focus()}
        onFocus={() => setOpen(true)} onBlur={() => setTimeout(() => setOpen(false), 120)} onKeyDown={onKeyDown}
        onInput={(event) => {
          setText(event.currentTarget.value)
          setOpen(true)
        }} />
      <ul class="w-options" role="listbox" id={`${name}-list`} aria-label={label} hidden={!open || found.length === 0}>
        {found.map((one, index) => (
          <li key={one.id} id={`${name}-${index}`} role="option" aria-selected={index === cursor} onPointerDown={(event) => {
            event.preventDefault()
            add(one)
          }}>{one.title} <span class="u-muted">{one.object}</span></li>
        ))}
      </ul>
      {error && <p id={`${name}-told`} class="u-error">{error}</p>}
    </div>
  )
}
