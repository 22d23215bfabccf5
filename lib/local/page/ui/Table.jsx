// A table of which only the rows in sight are in the document. Columns: {key, title, width?, cell(row)}.
import {Virtualizer, elementScroll, observeElementOffset, observeElementRect} from "@tanstack/virtual-core"
import {useEffect, useLayoutEffect, useMemo, useReducer, useRef} from "preact/hooks"

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

export function Table({label, columns, rows, keyOf, current, onOpen, onCurrent, onEnd, height = 36, selection, onSelect}) {
  const box = useRef(null)
  const virtual = useVirtual(rows.length, height, box)
  const shown = virtual.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (onEnd && rows.length > 0 && last >= rows.length - 20) onEnd()
  }, [last, rows.length, onEnd])
  const template = (selection ? "36px " : "") + columns.map(({width}) => width ?? "minmax(120px, 1fr)").join(" ")
  const cursor = Math.min(current ?? -1, rows.length - 1)
  const move = (to) => {
    const next = Math.max(0, Math.min(rows.length - 1, to))
    onCurrent?.(next)
    virtual.scrollToIndex(next)
  }
  const keys = {
    ArrowDown: () => move(cursor + 1),
    ArrowUp: () => move(cursor - 1),
    PageDown: () => move(cursor + 15),
    PageUp: () => move(cursor - 15),
    Home: () => move(0),
    End: () => move(rows.length - 1),
    Enter: () => cursor >= 0 && onOpen?.(rows[cursor]),
    " ": () => cursor >= 0 && selection && onSelect(keyOf(rows[cursor]), !selection.has(keyOf(rows[cursor]))),
  }
  const onKeyDown = (event) => {
    if (event.target !== event.currentTarget || event.metaKey || event.ctrlKey || keys[event.key] === undefined) return
    event.preventDefault()
    keys[event.key]()
  }
  const all = selection && rows.length > 0 && rows.every((row) => selection.has(keyOf(row)))
  return (
    <div class="u-table" role="table" aria-label={label} aria-rowcount={rows.length + 1} ref={box} tabIndex={0} onKeyDown={onKeyDown}
      style={{"--columns": template}}>
      <div role="rowgroup" class="u-head">
        <div role="row" class="u-row" aria-rowindex={1}>
          {selection && <span role="columnheader" class="u-cell u-choose">
            <input type="checkbox" aria-label="Select all rows" checked={all} onChange={() => onSelect(rows.map(keyOf), !all)} />
          </span>}
          {columns.map(({key, title}) => <span key={key} role="columnheader" class="u-cell" title={typeof title === "string" ? title : undefined}>{title}</span>)}
        </div>
      </div>
      <div role="rowgroup" class="u-body" style={{height: `${virtual.getTotalSize()}px`}}>
        {shown.map(({index, start}) => {
          const row = rows[index]
          const id = keyOf(row)
          return (
            <div key={id} role="row" aria-rowindex={index + 2} style={{transform: `translateY(${start}px)`, height: `${height}px`}}
              class={`u-row${index === cursor ? " u-current" : ""}${selection?.has(id) ? " u-chosen" : ""}`}
              onClick={(event) => event.target.closest("a,button,input") === null && onOpen?.(row)}>
              {selection && <span role="cell" class="u-cell u-choose">
                <input type="checkbox" aria-label={`Select row ${index + 1}`} checked={selection.has(id)} onChange={(event) => onSelect(id, event.currentTarget.checked)} />
              </span>}
              {columns.map(({key, cell}) => <span key={key} role="cell" class="u-cell">{cell(row)}</span>)}
            </div>
          )
        })}
      </div>
    </div>
  )
}
