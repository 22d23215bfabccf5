// Comboboxes: a line that shows what is chosen and, when it is opened, takes a search; the list hangs in the top layer,
// where no scrolling dialog cuts it.
import {useEffect, useId, useLayoutEffect, useRef, useState} from "preact/hooks"
import {useDraft} from "./draft.js"
import {Icon} from "./icons.jsx"
import {Frame, marks} from "./inputs.jsx"
import {color, isFn, list, text} from "./values.js"

const patience = 150 // ms without a key before the app is asked
const most = 100 // options that are shown

// Values of records have two parts; a list is chosen from by one text.
const keyOf = (value) => (value?.recordId !== undefined ? `${text(value.object)}/${text(value.recordId)}` : text(value))
const keysOf = (value) => (Array.isArray(value) ? value.map(keyOf) : keyOf(value) === "" ? [] : [keyOf(value)])

const fits = (option, query) =>
  query === "" || [option?.label, option?.description, ...list(option?.keywords)].some((word) => text(word).toLowerCase().includes(query))

// The options for `query`, as the app's provider or its list has them; a late answer to an older query is dropped.
function useOptions(view, node, options, query, open) {
  const [state, setState] = useState({found: [], busy: false, error: ""})
  const turn = useRef(0)
  const provider = options !== null && typeof options === "object" && !Array.isArray(options)
  useEffect(() => {
    if (!open || !provider || !isFn(options.search)) return undefined
    const mine = ++turn.current
    const take = (next) => mine === turn.current && setState(next)
    setState((now) => ({...now, busy: true}))
    const ask = () =>
      view.session.event(view.surface, node.id, "options.search", [query]).then(
        (found) => take({found: list(found), busy: false, error: ""}),
        (error) => take({found: [], busy: false, error: error.message}),
      )
    const timer = setTimeout(ask, query === "" ? 0 : patience)
    return () => clearTimeout(timer)
  }, [open, query, provider])
  if (provider) return state
  const wanted = query.trim().toLowerCase()
  return {found: list(options).filter((option) => fits(option, wanted)), busy: false, error: ""}
}

function Mark({option}) {
  if (option?.color !== undefined) return <i class="d-dot" style={{"--c": color(option.color) ?? "var(--muted)"}} />
  if (option?.avatarUrl !== undefined) return <span class="d-avatar d-round d-small" aria-hidden="true">{text(option.label).slice(0, 1).toUpperCase()}</span>
  return option?.icon === undefined ? null : <Icon name={option.icon} />
}

// Below the line, or above it where there is no room; it goes along when something is scrolled.
function usePlace(line, own, open) {
  useLayoutEffect(() => {
    if (!open) return undefined
    const pop = own.current
    pop.showPopover?.()
    const place = () => {
      const box = line.current.getBoundingClientRect()
      const below = innerHeight - box.bottom - 12
      const up = below < 200 && box.top > below
      const width = Math.min(Math.max(box.width, 220), innerWidth - 16)
      Object.assign(pop.style, {
        left: `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`,
        width: `${width}px`,
        maxHeight: `${Math.min(320, up ? box.top - 12 : below)}px`,
        top: up ? "auto" : `${box.bottom + 4}px`,
        bottom: up ? `${innerHeight - box.top + 4}px` : "auto",
      })
    }
    place()
    addEventListener("scroll", place, true)
    addEventListener("resize", place)
    return () => {
      removeEventListener("scroll", place, true)
      removeEventListener("resize", place)
    }
  }, [open])
}

function Options({id, found, busy, error, chosen, at, pick}) {
  let category
  return (
    <div id={`${id}o`} role="listbox" aria-labelledby={`${id}l`} class="d-options">
      {found.slice(0, most).map((option, i) => {
        const head = option?.categoryLabel !== category && option?.categoryLabel !== undefined
        category = option?.categoryLabel
        return (
          <>
            {head && <div class="d-category" role="presentation" key={`c${i}`}>{text(category)}</div>}
            <div
              key={`${i} ${text(option?.value)}`}
              id={`${id}o${i}`}
              role="option"
              aria-selected={chosen.includes(text(option?.value))}
              class={i === at ? "d-option d-at" : "d-option"}
              onPointerDown={(event) => event.preventDefault()}
              onClick={(event) => {
                event.stopPropagation() // a click on the line opens the list, which has just been shut
                pick(option)
              }}
            >
              <Mark option={option} />
              <span class="d-option-text">{text(option?.label)}{option?.description !== undefined && <small>{text(option.description)}</small>}</span>
            </div>
          </>
        )
      })}
      {found.length === 0 && <div class="d-option-none" role="option" aria-disabled="true" aria-selected="false">{busy ? "Searching…" : error || "Nothing found"}</div>}
      {found.length > most && <div class="d-option-none" role="presentation">{`${found.length - most} more: search to find them`}</div>}
    </div>
  )
}

// `value`: of the input; `change(value)` is told a text, or a list of texts of a combobox for several.
export function Choose({id, node, view, value, change, leave, options, multi, labels}) {
  const {props} = node
  const [open, setOpen] = useState(false)
  const [query, setQuery] = useState("")
  const [at, setAt] = useState(0)
  const [named, setNamed] = useState({})
  const line = useRef(null)
  const pop = useRef(null)
  const state = useOptions(view, node, options, query, open)
  usePlace(line, pop, open)
  const chosen = keysOf(value)
  const given = [labels].flat()
  const optionOf = (key) => (Array.isArray(options) ? options.find((option) => text(option?.value) === key) : undefined)
  const label = (key, i) => text(named[key] ?? given[i] ?? optionOf(key)?.label ?? key)
  const shut = () => {
    setOpen(false)
    setQuery("")
    setAt(0)
  }
  const pick = (option) => {
    const key = text(option?.value)
    setNamed({...named, [key]: option?.label})
    if (multi) change(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key])
    else change(key)
    if (!multi) shut()
  }
  const drop = (key) => change(multi ? chosen.filter((one) => one !== key) : null)
  const key = (event) => {
    const last = Math.min(state.found.length, most) - 1
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key]
    if (step !== undefined) {
      event.preventDefault()
      if (!open) setOpen(true)
      else setAt(Math.max(0, Math.min(last, at + step)))
    } else if (event.key === "Enter") {
      event.preventDefault()
      if (open && state.found[at] !== undefined) pick(state.found[at])
      else setOpen(true)
    } else if (event.key === "Escape" && open) {
      event.preventDefault()
      event.stopPropagation()
      shut()
    } else if (event.key === "Backspace" && query === "" && chosen.length > 0) drop(chosen.at(-1))
  }
  const single = !multi && chosen.length > 0
  const placeholder = props.placeholder?.label ?? props.placeholder
  const hint = open ? text(props.searchPlaceholder ?? "Search...") : single ? "" : text(placeholder ?? "Select…")
  return (
    <div class={open ? "d-choose d-open" : "d-choose"} ref={line} onClick={() => props.disabled !== true && setOpen(true)}>
      {!open && single && (props.decorated || optionOf(chosen[0])?.color !== undefined) && <Mark option={optionOf(chosen[0]) ?? {icon: undefined}} />}
      {multi && chosen.map((one, i) => (
        <span class="d-chip" key={one}>
          {label(one, i)}
          <button type="button" aria-label={`Remove ${label(one, i)}`} disabled={props.disabled === true} onClick={(event) => { event.stopPropagation(); drop(one) }}>×</button>
        </span>
      ))}
      <input
        {...marks(id, props)}
        role="combobox"
        autoComplete="off"
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={open ? `${id}o` : undefined}
        aria-activedescendant={open && state.found.length > 0 ? `${id}o${at}` : undefined}
        readOnly={props.disableSearch === true}
        value={open ? query : single ? label(chosen[0], 0) : ""}
        placeholder={hint}
        onInput={(event) => { setOpen(true); setQuery(event.currentTarget.value); setAt(0) }}
        onKeyDown={key}
        onBlur={() => { shut(); leave?.() }}
      />
      {single && !props.required && props.disabled !== true && <button type="button" class="d-bare" aria-label={`Clear ${text(props.label)}`} onClick={(event) => { event.stopPropagation(); drop(chosen[0]) }}>×</button>}
      <Icon name="ChevronDown" plain />
      {open && <div class="d-pop" popover="manual" ref={pop}><Options {...{id, ...state, chosen, at, pick}} /></div>}
    </div>
  )
}

const asIs = {show: (value) => value, read: (value) => value ?? undefined}

const combobox = (node, at, view) => {
  const id = useId()
  const {props} = node
  const {shown, change, leave} = useDraft(view, node, {value: props.value, ...asIs, read: (value) => value ?? undefined})
  return (
    <Frame id={id} props={props}>
      <Choose {...{id, node, view, change, leave}} value={shown} options={props.options} multi={props.multi === true} labels={props.valueLabel} />
    </Frame>
  )
}

export const comboboxes = {Combobox: combobox, AttioUserCombobox: combobox, AttioRecordCombobox: combobox}
