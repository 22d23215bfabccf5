// One surface: its tree of nodes, with the footer of a dialog apart.
import {useMemo, useRef} from "preact/hooks"
import {charts} from "./charts.jsx"
import {comboboxes} from "./combobox.jsx"
import {config} from "./config.jsx"
import {inputs} from "./inputs.jsx"
import {lists} from "./lists.jsx"
import {plain} from "./plain.jsx"
import {Tree} from "./tree.js"
import {View, kids, top} from "./view.jsx"

const parts = {...plain, ...lists, ...charts, ...inputs, ...comboboxes}
const configParts = {...parts, ...config}

export function SurfaceView({session, surface, kind, tree, color}) {
  const box = useRef(null)
  const view = useMemo(
    () => ({session, surface, kind, tree, color, box, sent: false, parts: kind === "workflow-block" ? configParts : parts}),
    [session, surface, kind, tree, color],
  )
  const roots = tree.roots.value
  const isFooter = (id) => typeof id !== "string" && tree.cell(id)?.peek().type === "Footer"
  const footer = roots.filter(isFooter)
  const body = {type: "", children: roots.filter((id) => !isFooter(id))}
  return (
    <View.Provider value={view}>
      <div class={`d-surface d-kind-${kind ?? "page"}`} ref={box} tabIndex={kind === "dialog" ? 0 : undefined}>{kids(body, top)}</div>
      {footer.length > 0 && kids({type: "", children: footer}, top)}
    </View.Provider>
  )
}

// `nodes`: when they are not those that the session follows.
export function Surface({session, surface, kind, nodes, color}) {
  const own = useMemo(() => {
    if (nodes === undefined) return undefined
    const tree = new Tree()
    tree.replace(nodes)
    return tree
  }, [nodes])
  const live = session.surfaces?.value.find((one) => one.surface === surface)
  const tree = own ?? live?.tree
  if (tree === undefined) return <div class="d-loading" role="status"><span class="d-spin" aria-hidden="true" />Loading...</div>
  return <SurfaceView {...{session, surface, tree, color}} kind={kind ?? live?.kind} />
}
