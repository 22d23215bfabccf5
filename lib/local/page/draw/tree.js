// The nodes of one surface, each a signal of its own: what changed is drawn again, and nothing else. Nothing here calls
// itself, so that no nest is too deep.
import {batch, signal} from "@preact/signals"

const ref = (child) => (typeof child === "string" ? child : (child.$ref ?? child.id))

// Whether two values of JSON are equal; a function is one that the app keeps.
export function equal(a, b) {
  if (Object.is(a, b)) return true
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]))
}

export class Tree {
  cells = new Map() // id -> signal of {id, type, props, children: texts and ids}
  roots = signal([])
  lastSwept = 0

  cell(id) {
    return this.cells.get(id)
  }

  // Puts nodes with all that is in them; {"$ref": id} stands for one that is known and the same.
  put(nodes) {
    const todo = [...nodes]
    while (todo.length > 0) {
      const node = todo.pop()
      if (typeof node === "string" || node === null || node.$ref !== undefined) continue
      const {id, type, props = {}, children = []} = node
      const flat = {id, type, props, children: children.map(ref)}
      const known = this.cells.get(id)
      if (known === undefined) this.cells.set(id, signal(flat))
      else if (!equal(known.peek(), flat)) known.value = flat
      for (const child of children) todo.push(child)
    }
  }

  replace(nodes) {
    batch(() => {
      this.put(nodes)
      const roots = nodes.map(ref)
      if (!equal(this.roots.peek(), roots)) this.roots.value = roots
    })
    this.sweep()
  }

  // `changes`: [{id, node}], a changed node each; without an id the list of what is at the top.
  patch(changes) {
    batch(() => {
      for (const {id, node, nodes} of changes) {
        if (node !== undefined && node !== null) this.put([node])
        else if (nodes !== undefined && (id === undefined || id === null)) {
          this.put(nodes)
          this.roots.value = nodes.map(ref)
        }
      }
    })
    this.sweep()
  }

  // Forgets what nothing leads to any more, now and then: never more work than what was put since.
  sweep() {
    if (this.cells.size < 2 * this.lastSwept + 1000) return
    const reached = new Set()
    const todo = [...this.roots.peek()]
    while (todo.length > 0) {
      const id = todo.pop()
      if (typeof id === "string" || reached.has(id)) continue
      reached.add(id)
      for (const child of this.cells.get(id)?.peek().children ?? []) todo.push(child)
    }
    for (const id of this.cells.keys()) if (!reached.has(id)) this.cells.delete(id)
    this.lastSwept = this.cells.size
  }
}
