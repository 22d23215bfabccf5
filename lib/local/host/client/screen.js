// What a user at a screen sees of the surfaces of this realm: each commit is told as what it changed, at most once in a
// frame, and never more than a screen can take.
import {difference} from "./difference.js"

const frame = 16 // milliseconds of the machine's time
const treeRoom = 2 << 20 // characters of a tree, about
export const most = 100 // things (toasts, dialogs ...) that a session shows in a second
const second = 1000

export class Screen {
  // `look(surface, room)` gives the tree; `tell(surface, method, params)` sends a notification on its behalf;
  // `config(surface)` gives the values of a configurator, undefined for others.
  constructor({look, tell, config = () => undefined}) {
    this.look = look
    this.tell = tell
    this.config = config
    this.shown = new Map() // surface -> {nodes and config: as they were told last, at, timer, cut}
    this.counts = new Map() // session -> {since, count}
  }

  // A commit: at once when none was told in this frame, else at its end.
  changed(surface) {
    const one = this.shown.get(surface) ?? {nodes: undefined, at: -frame, timer: undefined, cut: false}
    this.shown.set(surface, one)
    if (one.timer !== undefined) return
    const wait = one.at + frame - performance.now()
    // The commit that is being told of may be one of several that follow each other at once.
    if (wait <= 0) this.show(surface, one)
    else one.timer = setTimeout(() => this.show(surface, one), wait)
  }

  show(surface, one) {
    clearTimeout(one.timer)
    one.timer = undefined
    let nodes
    let config
    try {
      nodes = this.limited(surface)
      config = this.config(surface)
    } catch {
      return // it was closed meanwhile
    }
    one.at = performance.now()
    const before = one.nodes
    one.nodes = nodes
    const changes = before && difference(before, nodes)
    const text = config === undefined ? undefined : JSON.stringify(config)
    const values = (text === one.config && changes) || text?.length > treeRoom ? {} : {config}
    one.config = text
    if (changes?.length === 0 && values.config === undefined) return
    if (changes) this.tell(surface, "patch", {surface, changes, ...values})
    else this.tell(surface, "tree", {surface, nodes, ...values})
  }

  limited(surface) {
    const nodes = this.look(surface, treeRoom)
    const one = this.shown.get(surface)
    if (one && !one.cut && nodes.at(-1)?.type === "Cut") {
      one.cut = true
      const message = `what ${surface} shows is larger than ${treeRoom >> 20} MB: the rest of it was left out`
      this.tell(surface, "told", {surface, code: "tree-too-large", message})
    }
    return nodes
  }

  // As it was told last.
  nodes(surface) {
    return this.shown.get(surface)?.nodes ?? []
  }

  again(surface) {
    const one = this.shown.get(surface)
    if (one === undefined) return
    one.nodes = undefined
    this.show(surface, one)
  }

  closed(surface) {
    clearTimeout(this.shown.get(surface)?.timer)
    this.shown.delete(surface)
  }

  // Whether the session may show one more thing now.
  lets(session) {
    const now = performance.now()
    let one = this.counts.get(session)
    if (one === undefined || now - one.since > second) this.counts.set(session, (one = {since: now, count: 0}))
    return ++one.count <= most
  }

  isFirstLeftOut(session) {
    return this.counts.get(session)?.count === most + 1
  }
}
