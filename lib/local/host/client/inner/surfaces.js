// Mounted surfaces: widgets, tabs, pages, settings pages, configurators and dialogs. Each is a React root of its own
// with the host's Suspense and error boundary around the app's component, a cache for its loaders, and its findings.
import React from "./react.js"
import {failure, notify, warning} from "./bridge.js"
import {errorJson} from "./errors.js"
import {createRoot} from "./renderer.js"
import {snapshot} from "./snapshot.js"

const h = React.createElement
export const SurfaceContext = React.createContext(null)
const open = new Map()
let lastNumber = 0

class Boundary extends React.Component {
  constructor(props) {
    super(props)
    this.state = {error: null}
  }
  static getDerivedStateFromError(thrown) {
    return {error: {thrown}}
  }
  componentDidCatch(thrown) {
    failure(thrown, this.props.surface.id)
  }
  render() {
    if (this.state.error === null) return this.props.children
    const {name, message, stack} = errorJson(this.state.error.thrown)
    return h("attio:Error", {name, message, stack})
  }
}

export function newSurfaceId(letter) {
  return `${letter}${++lastNumber}`
}

// Opens surface `id` with what `element` gives; `closed` is called once when it is closed.
export function openSurface({id, kind, element, closed, facts = {}, as = "admin"}) {
  const surface = {id, kind, facts, as, cache: new Map(), told: new Set(), config: null, closed}
  surface.root = createRoot({
    changed: () => {
      if (open.has(id)) notify("dirty", {of: id})
    },
    failed: (error) => failure(error, id),
  })
  open.set(id, surface)
  const fallback = h(kind === "record-widget" ? "attio:Widget.Loading" : "attio:LoadingState")
  const Body = () => element(surface)
  surface.root.render(
    h(SurfaceContext.Provider, {value: surface}, h(Boundary, {surface}, h(React.Suspense, {fallback}, h(Body)))),
  )
  return surface
}

// Closing twice is harmless. With `quiet` nobody is told (the run of a script is over).
export function closeSurface(id, quiet = false) {
  const surface = open.get(id)
  if (surface === undefined) return
  open.delete(id)
  surface.root.unmount()
  notify("closed", {of: id})
  if (!quiet && surface.closed) surface.closed()
}

export function surfaceOf(id) {
  const surface = open.get(id)
  if (surface === undefined) throw new Error(`there is no open surface "${id}"`)
  return surface
}

// A slip of the app's in this surface, told once.
export function finding(surface, message) {
  if (surface !== null) {
    if (surface.told.has(message)) return
    surface.told.add(message)
  }
  warning("sdk-prop", message)
}

export function surfaceTree(id, room) {
  const surface = surfaceOf(id)
  return snapshot(surface.root.root, surface.kind, (message) => finding(surface, message), room)
}
