// Rows of a path that gives `items` by limit and offset, loaded as they come in sight; what was loaded stays to be seen
// until what is newer is there.
import {useCallback, useEffect, useReducer, useRef} from "preact/hooks"
import {api} from "../base/api.js"

const size = 100
const kept = 60 // pages; those that are farther from what is in sight go
const most = 500 // rows in one answer

const ask = (path, limit, offset) => api("GET", `${path}${path.includes("?") ? "&" : "?"}limit=${limit}&offset=${offset}`)

class Pages {
  constructor(path, total, redraw) {
    Object.assign(this, {path, total, redraw, pages: new Map(), stale: new Set(), loading: new Set(), error: null, end: undefined, range: [0, 0], ready: false})
  }

  // How many rows there are, as far as that is known: it grows while one scrolls where nobody has counted them.
  get count() {
    if (this.end !== undefined) return this.end
    const known = Math.max(0, ...[...this.pages].map(([page, rows]) => page * size + rows.length))
    return this.total ?? (known === 0 ? 0 : known + 1)
  }

  row(index) {
    return this.pages.get(Math.floor(index / size))?.[index % size]
  }

  want(from, to) {
    this.range = [from, to]
    for (let page = Math.floor(from / size); page <= Math.floor(to / size); page++) {
      if (!this.pages.has(page) || this.stale.has(page)) this.load(page)
    }
  }

  async load(page) {
    if (this.loading.has(page) || (this.end !== undefined && page * size >= this.end && page > 0 && !this.stale.has(page))) return
    this.loading.add(page)
    this.stale.delete(page)
    try {
      const {items} = await ask(this.path, size, page * size)
      this.pages.set(page, items)
      if (items.length < size && (items.length > 0 || page === 0)) this.end = page * size + items.length
      else if (items.length === 0) this.end = Math.min(this.end ?? Infinity, page * size)
      else if (this.end !== undefined && this.end < (page + 1) * size) this.end = undefined
      this.error = null
    } catch (error) {
      this.error = error
    }
    this.loading.delete(page)
    this.ready = true
    this.forget(page)
    this.redraw()
  }

  forget(near) {
    if (this.pages.size <= kept) return
    const far = [...this.pages.keys()].sort((a, b) => Math.abs(b - near) - Math.abs(a - near))
    for (const page of far.slice(0, this.pages.size - kept)) this.pages.delete(page)
  }

  // Something changed: what is in sight is asked for anew, the rest when it comes in sight.
  renew(total) {
    this.total = total
    this.end = undefined
    for (const page of this.pages.keys()) this.stale.add(page)
    this.want(...this.range)
  }

  async all() {
    const rows = []
    for (;;) {
      const {items} = await ask(this.path, most, rows.length)
      rows.push(...items)
      if (items.length < most) return rows
    }
  }
}

// `total`: how many rows there are, where that is known; `turn` grows when they may have changed.
export function usePages(path, total, turn) {
  const [, redraw] = useReducer((one) => one + 1, 0)
  const kept = useRef(null)
  if (kept.current?.path !== path) kept.current = new Pages(path, total, redraw)
  const pages = kept.current
  useEffect(() => pages.renew(total), [pages, total, turn])
  const onRange = useCallback((from, to) => pages.want(from, to), [pages])
  return {pages, onRange}
}
