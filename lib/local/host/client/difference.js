// How a tree of nodes became another: a list of {id, node}, parents first. A child that was in the same parent before
// stands as {"$ref": id}; what changed inside of it has an entry of its own. undefined: only the whole tree tells it, or
// it is shorter.
const isText = (node) => typeof node === "string"

const same = (a, b) => a === b || JSON.stringify(a) === JSON.stringify(b)

// Whether the two lists name the same children in the same order, texts included.
const sameList = (a, b) =>
  a.length === b.length && a.every((one, i) => (isText(one) || isText(b[i]) ? one === b[i] : one.id === b[i].id))

function compare(before, after, changes) {
  const old = before.children ?? []
  const now = after.children ?? []
  const known = new Map(old.filter((one) => !isText(one)).map((one) => [one.id, one]))
  const stays = (one) => !isText(one) && known.get(one.id)?.type === one.type
  if (!same(before.props, after.props) || !sameList(old, now)) {
    const children = now.map((one) => (stays(one) ? {$ref: one.id} : one))
    changes.push({id: after.id, node: {...after, ...(now.length > 0 ? {children} : {})}})
  }
  for (const one of now) if (stays(one)) compare(known.get(one.id), one, changes)
}

export function difference(before, after) {
  if (!sameList(before, after)) return undefined
  const changes = []
  for (const [i, one] of after.entries()) {
    if (isText(one)) continue
    if (before[i].type !== one.type) return undefined
    compare(before[i], one, changes)
  }
  if (changes.length === 0) return changes
  return JSON.stringify(changes).length < JSON.stringify(after).length ? changes : undefined
}
