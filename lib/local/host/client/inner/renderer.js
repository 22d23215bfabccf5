// React's host: instances are plain nodes, and what leaves the realm is JSON of them.
import React from "./react.js"
import {DefaultEventPriority, DiscreteEventPriority, NoEventPriority} from "react-reconciler/constants"
import {UnsupportedError} from "./errors.js"
import {part} from "./parts.js"
import {startRaw, stopRaw} from "./prelude.js"
import {console, performance} from "./react-names.js"
import * as scheduler from "./scheduler.js"

export const elements = new Map() // id -> node, for events
let lastId = 0
let priority = NoEventPriority

function createNode(type, props) {
  const node = {id: ++lastId, type, props, text: undefined, children: [], parent: null, hidden: false}
  if (type !== "#text") elements.set(node.id, node)
  return node
}

function remove(parent, child) {
  const at = parent.children.indexOf(child)
  if (at >= 0) parent.children.splice(at, 1)
  child.parent = null
}

function place(parent, child, before) {
  if (child.parent !== null) remove(child.parent, child)
  child.parent = parent
  const at = before ? parent.children.indexOf(before) : -1
  if (at < 0) parent.children.push(child)
  else parent.children.splice(at, 0, child)
}

function forget(node) {
  elements.delete(node.id)
  for (const child of node.children) forget(child)
}

const none = () => {}
const no = () => false
const nothing = () => null

// Effects of one root that are still to come would run when another root is rendered, in behalf of its flow: they run
// right after what committed them.
function withEffects(f) {
  f()
  reconciler().flushPassiveEffects()
}

const host = {
  rendererPackageName: "attio-local-platform",
  rendererVersion: React.version,
  extraDevToolsConfig: null,
  supportsMutation: true,
  supportsPersistence: false,
  supportsHydration: false,
  isPrimaryRenderer: true,
  warnsIfNotActing: false,

  supportsMicrotasks: true,
  scheduleMicrotask: (f) => queueMicrotask(() => withEffects(f)),
  // React holds back a second reveal after a Suspense fallback by up to 300 ms, for the eye. Nobody looks here.
  scheduleTimeout: (f) => startRaw(() => withEffects(f), 0, false, [], 0),
  cancelTimeout: (id) => stopRaw(id),
  noTimeout: -1,

  getRootHostContext: () => "",
  getChildHostContext: (context) => context,
  getPublicInstance: (node) => node,
  prepareForCommit: nothing,
  resetAfterCommit: (root) => root.changed(),
  preparePortalMount: none,

  createInstance(type, props) {
    if (typeof type !== "string" || !type.startsWith("attio:")) {
      throw new UnsupportedError(
        `<${type}> is not a component of attio/client: apps can only render the SDK's components`,
      )
    }
    return createNode(type.slice(6), props)
  },
  createTextInstance(text) {
    const node = createNode("#text", null)
    node.text = text
    return node
  },
  appendInitialChild: place,
  finalizeInitialChildren: no,
  shouldSetTextContent: no,
  appendChild: place,
  appendChildToContainer: place,
  insertBefore: place,
  insertInContainerBefore: place,
  removeChild: remove,
  removeChildFromContainer: remove,
  clearContainer: (root) => {
    root.children.length = 0
  },
  commitUpdate(node, type, previous, next) {
    node.props = next
  },
  commitTextUpdate(node, previous, next) {
    node.text = next
  },
  commitMount: none,
  resetTextContent: none,
  // Suspense hides what it covers.
  hideInstance: (node) => {
    node.hidden = true
  },
  unhideInstance: (node) => {
    node.hidden = false
  },
  hideTextInstance: (node) => {
    node.hidden = true
  },
  unhideTextInstance: (node, text) => {
    node.hidden = false
    node.text = text
  },
  detachDeletedInstance: forget,

  setCurrentUpdatePriority: (value) => {
    priority = value
  },
  getCurrentUpdatePriority: () => priority,
  resolveUpdatePriority: () => priority || DefaultEventPriority,
  resolveEventType: nothing,
  resolveEventTimeStamp: () => -1.1,
  shouldAttemptEagerTransition: no,
  trackSchedulerEvent: none,
  requestPostPaintCallback: none,
  getInstanceFromNode: nothing,
  beforeActiveInstanceBlur: none,
  afterActiveInstanceBlur: none,
  prepareScopeUpdate: none,
  getInstanceFromScope: nothing,
  maySuspendCommit: no,
  maySuspendCommitOnUpdate: no,
  maySuspendCommitInSyncRender: no,
  preloadInstance: () => true,
  startSuspendingCommit: none,
  suspendInstance: none,
  waitForCommitToBeReady: nothing,
  getSuspendedCommitReason: nothing,
  NotPendingTransition: null,
  HostTransitionContext: {
    $$typeof: Symbol.for("react.context"),
    Provider: null,
    Consumer: null,
    _currentValue: null,
    _currentValue2: null,
    _threadCount: 0,
  },
  resetFormInstance: none,
  bindToConsole: () => none,
}

const ConcurrentRoot = 1
let made

// Made when something is shown for the first time, or when the realm has had time.
export function reconciler() {
  if (made === undefined) {
    const module = {}
    part("reconciler")((name) => (name === "react" ? React : scheduler), module, console, performance)
    made = module.exports(host)
    scheduler.afterEachTask(() => made.flushPassiveEffects())
  }
  return made
}

// A root; `changed` is called after each commit, `failed(error)` when an error reached the root or React recovered
// from one by itself. Errors that a boundary caught are the boundary's business.
export function createRoot({changed, failed}) {
  const root = {children: [], changed}
  const container = reconciler().createContainer(root, ConcurrentRoot, null, false, null, "", failed, none, none, none)
  return {
    root,
    render(element) {
      made.updateContainer(element, container, null, null)
    },
    // React takes the nodes out a moment later; nobody can reach them from now on.
    unmount() {
      for (const node of root.children) forget(node)
      made.updateContainer(null, container, null, null)
    },
  }
}

// What the user did comes first.
export function discrete(f) {
  const before = priority
  priority = DiscreteEventPriority
  try {
    return f()
  } finally {
    priority = before
  }
}
