// A table of which only the rows in sight are in the document. Columns: {key, title, width?, cell(row), sort?}; `sort` is
// "up", "down" or "" for one that can be sorted, which `onSort(key)` is told of. Its rows are `rows`, or `count` of them by
// `rowAt(index)`, which gives undefined for one that is not loaded yet; `onRange(from, to)` is told what is in sight.
import {Virtualizer, elementScroll, observeElementOffset, observeElementRect} from "@tanstack/virtual-core"
import {useEffect, useLayoutEffect, useMemo, useReducer, useRef} from "preact/hooks"
import {Icon} from "./Icon.jsx"

function useVirtual(count, height, box) {
  const [, redraw] = useReducer((turn) => turn + 1, 0)
  const options = {
    count,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    overscan: 12,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    onChange: () => redraw(),
  }
  const virtual = useMemo(() => new Virtualizer(options), [])
  virtual.setOptions({...virtual.options, ...options})
  useLayoutEffect(() => virtual._didMount(), [virtual])
  useLayoutEffect(() => virtual._willUpdate())
  return virtual
}

const headHeight = 34 + 3 // with the borders

const marks = {up: "ascending", down: "descending", "": "none"}

function Head({columns, selection, all, onAll, onSort}) {
  return (
    <div role="rowgroup" class="u-head">
      <div role="row" class="u-row" aria-rowindex={1}>
        {selection && <span role="columnheader" class="u-cell u-choose"><input type="checkbox" aria-label="Select all rows" checked={all} onChange={onAll} /></span>}
        {columns.map(({key, title, sort}) => (
          <span key={key} role="columnheader" class="u-cell" title={typeof title === "string" ? title : undefined} aria-sort={sort === undefined ? undefined : marks[sort]}>
            {sort === undefined ? title : <button type="button" class="u-sort" onClick={() => onSort(key)}>{title}{sort !== "" && <Icon name={sort} />}</button>}
          </span>
        ))}
      </div>
    </div>
  )
}

function Row({row, id, index, start, height, columns, current, chosen, choosable, open, select}) {
  return (
    <div role="row" aria-rowindex={index + 2} style={{transform: `translateY(${start}px)`, height: `${height}px`}}
      class={`u-row${current ? " u-current" : ""}${chosen ? " u-chosen" : ""}`} onClick={(event) => event.target.closest("a,button,input") === null && open(row)}>
      {choosable && <span role="cell" class="u-cell u-choose">
        <input type="checkbox" aria-label={`Select row ${index + 1}`} checked={chosen} onChange={(event) => select(id, event.currentTarget.checked)} />
      </span>}
      {columns.map(({key, cell}) => <span key={key} role="cell" class="u-cell">{cell(row)}</span>)}
    </div>
  )
}

export function Table({label, columns, rows, count = rows?.length ?? 0, rowAt = (index) => rows[index], onRange, keyOf, current, onOpen, onCurrent, onEnd, height = 36, selection, onSelect, onSelectAll, onSort}) {
  const box = useRef(null)
  const virtual = useVirtual(count, height, box)
  const shown = virtual.getVirtualItems()
  const from = shown[0]?.index ?? 0
  const last = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (onEnd && count > 0 && last >= count - 20) onEnd()
  }, [last, count, onEnd])
  useEffect(() => onRange?.(from, last), [from, last, onRange])
  const template = (selection ? "36px " : "") + columns.map(({width}) => width ?? "minmax(120px, 1fr)").join(" ")
  // Head and rows are as wide as the columns need at least, both.
  const least = columns.reduce((sum, {width = "120px"}) => sum + Number(/(\d+)px/.exec(width)?.[1] ?? 120), selection ? 36 : 0)
  const cursor = Math.min(current ?? -1, count - 1)
  const move = (to) => {
    const next = Math.max(0, Math.min(count - 1, to))
    onCurrent?.(next)
    virtual.scrollToIndex(next)
  }
  const here = () => (cursor >= 0 ? rowAt(cursor) : undefined)
  const choose = (row) => row !== undefined && selection && onSelect(keyOf(row), !selection.has(keyOf(row)))
  const keys = {
    ArrowDown: () => move(cursor + 1),
    ArrowUp: () => move(cursor - 1),
    PageDown: () => move(cursor + 15),
    PageUp: () => move(cursor - 15),
    Home: () => move(0),
    End: () => move(count - 1),
    Enter: () => here() !== undefined && onOpen?.(here()),
    " ": () => choose(here()),
  }
  const onKeyDown = (event) => {
    if (event.target !== event.currentTarget || event.metaKey || event.ctrlKey || keys[event.key] === undefined) return
    event.preventDefault()
    keys[event.key]()
  }
  const all = Boolean(selection) && count > 0 && selection.size >= count
  return (
    <div class="u-table" role="table" aria-label={label} aria-rowcount={count + 1} ref={box} tabIndex={0} onKeyDown={onKeyDown} style={{"--columns": template, "--least": `${least}px`, "--whole": `${virtual.getTotalSize() + headHeight}px`}}>
      <Head {...{columns, selection, all, onSort}} onAll={() => (onSelectAll ? onSelectAll(!all) : onSelect(rows.map(keyOf), !all))} />
      <div role="rowgroup" class="u-body" style={{height: `${virtual.getTotalSize()}px`}}>
        {shown.map(({index, start}) => {
          const row = rowAt(index)
          const id = row === undefined ? `row ${index}` : keyOf(row)
          if (row === undefined) {
            return <div key={id} role="row" aria-rowindex={index + 2} class="u-row u-waits" style={{transform: `translateY(${start}px)`, height: `${height}px`}}><span role="cell" class="u-cell">…</span></div>
          }
          return <Row key={id} {...{row, id, index, start, height, columns}} current={index === cursor} chosen={Boolean(selection?.has(id))} choosable={Boolean(selection)}
            open={(one) => onOpen?.(one)} select={onSelect} />
        })}
      </div>
    </div>
  )
}
