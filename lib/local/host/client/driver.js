// Plays the user of a headless run (client.script): answers host calls, does the steps on settled trees, and writes
// down everything in the order in which it was seen. A confirm is never answered with yes by itself.
import {findClick, findForm, findInput, findKey, pickOption, radioItems} from "./find.js"
import {lines, outcomesOf, textOf} from "./print.js"
import {StepError, parseSteps} from "./steps.js"

const patience = 10000 // ms without rest; six times that is what an action may wait for its own timers
const mostConfirms = 1000 // an app that asks again and again must come to an end
const kindNames = {
  "no-user-connection": "user",
  "no-workspace-connection": "workspace",
  "connection-expired": "expired",
}

const plainError = (error) => ({
  name: error.name ?? "Error",
  message: error.message,
  ...(error.code === undefined ? {} : {code: error.code}),
  ...(error.stack && error.name !== "StepError" ? {stack: error.stack} : {}),
})

// Whether a tree shows that something is being loaded.
const loaders = new Set(["LoadingState", "Widget.Loading", "Chart.Loading"])
const loads = (nodes) => nodes.some(({type, children}) => loaders.has(type) || (children !== undefined && loads(children)))

class Run {
  constructor(realm, params, cause) {
    this.realm = realm
    this.params = params
    this.cause = cause
    this.steps = []
    this.dialogs = [] // {id, title, closed, nodes}
    this.frames = [] // {id, ..., closed}
    this.toastIds = new Map()
    this.confirm = null // {reply, entry}: waits for an answer
    this.surface = null
    this.connection = null
    this.failure = null // of the action itself
    this.done = false
    this.restless = false
    this.handlers = 0 // events whose handlers have not come to their end
    this.dialogsBefore = 0 // open ones, when the last of them began
    this.loadEnd = null // until when loading is waited for
    this.result = null
    this.transcript = {
      ok: true,
      error: null,
      toasts: [],
      alerts: [],
      confirms: [],
      dialogs: [],
      surface: null,
      config: null,
      iframes: [],
      opened: [],
      navigated: [],
      progress: [],
      logs: [],
      findings: [],
      needs: null,
      result: null,
      seen: [], // all of the lists above that the user saw, in order: "toasts.0", "alerts.0"
    }
  }

  // ---- what the realm tells

  saw(list, entry) {
    const entries = {dialogs: this.dialogs, iframes: this.frames}[list] ?? this.transcript[list]
    this.transcript.seen.push(`${list}.${entries.push(entry) - 1}`)
  }

  logged(level, text) {
    if (!this.over) this.transcript.logs.push({level, text})
  }

  found(code, message) {
    const {findings} = this.transcript
    if (!this.over && !findings.some((one) => one.code === code && one.message === message))
      findings.push({code, message})
  }

  failed(error, where) {
    const dialog = this.dialogs.find((one) => one.id === where)
    if (where !== undefined && (dialog || where === this.surface)) {
      this.broken ??= error
      this.found(
        "broken",
        `${dialog ? `the dialog "${dialog.title}"` : "the surface"} threw ${error.name}: ${error.message}`,
      )
      return
    }
    this.uncaught ??= error
    this.found("error", `${error.name}: ${error.message}`)
  }

  refused(op, error) {
    if (op === "server" && kindNames[error.code] !== undefined) this.connection = error
  }

  closed(id) {
    const dialog = this.dialogs.find((one) => one.id === id)
    if (dialog) dialog.closed = true
  }

  toast(op, args) {
    const {toasts} = this.transcript
    const {id, action, durationMs, ...rest} = args
    let toast = this.toastIds.get(id)
    if (toast === undefined) {
      toast = {
        id: `t${toasts.length + 1}`,
        title: "",
        text: null,
        variant: "neutral",
        duration_ms: 4000,
        hidden: false,
        updates: 0,
      }
      this.toastIds.set(id, toast)
      this.saw("toasts", toast)
    }
    if (op === "toast.hide") toast.hidden = true
    if (op === "toast.upsert") toast.hidden = false
    if (op === "toast.update" || op === "toast.upsert") toast.updates++
    for (const key of ["title", "text", "variant", "progress", "dismissable"])
      if (rest[key] !== undefined) toast[key] = rest[key]
    if (durationMs !== undefined) toast.duration_ms = durationMs
    if (action === null) delete toast.action
    else if (action !== undefined) toast.action = action.label
    Object.defineProperty(toast, "ref", {
      value: action === null ? undefined : (action?.ref ?? toast.ref),
      configurable: true,
      enumerable: false,
    })
  }

  iframe(op, args) {
    if (op === "iframe.open") {
      const {id, on_message, on_close, ...rest} = args
      const frame = {...rest, sent: [], closed: false}
      Object.defineProperty(frame, "refs", {value: {id, on_message, on_close}, enumerable: false})
      this.saw("iframes", frame)
      return
    }
    const frame = this.frames.find((one) => one.refs.id === args.id)
    if (frame === undefined) return
    if (op === "iframe.post") frame.sent.push(args.message)
    else frame.closed = true
  }

  // A host call. Everything but a confirm is answered at once.
  ui(op, args, reply) {
    const {transcript} = this
    if (op.startsWith("toast.")) this.toast(op, args)
    else if (op.startsWith("iframe.")) this.iframe(op, args)
    else if (op === "alert") this.saw("alerts", {title: args.title ?? "", text: args.text ?? ""})
    else if (op === "dialog.open") this.saw("dialogs", {id: args.id, title: args.title, closed: false, nodes: []})
    else if (op === "window.open") this.saw("opened", args.url)
    else if (op === "navigate") this.saw("navigated", args.to)
    else if (op === "progress") transcript.progress.push(args)
    else if (op === "confirm") {
      const entry = {title: args.title ?? "", text: args.text ?? "", answer: null}
      this.saw("confirms", entry)
      this.confirm = {reply, entry}
      return
    }
    reply({value: null})
  }

  // ---- rest

  openDialogs() {
    return this.dialogs.filter((dialog) => !dialog.closed)
  }

  remember() {
    for (const dialog of this.openDialogs()) dialog.nodes = this.treeOf(dialog.id) ?? dialog.nodes
  }

  treeOf(id) {
    try {
      return this.realm.tree(id)
    } catch {
      return undefined // opened, but not yet mounted
    }
  }

  answerConfirm(value) {
    const {reply, entry} = this.confirm
    this.confirm = null
    entry.answer = value
    reply({value: value === "yes"})
  }

  giveUp() {
    this.restless = true
    this.found("restless", "the app does not come to rest: something is rendered, asked or set again and again")
  }

  // Whether the app says that more is to come: it shows that it loads, or, at the end, a handler has not ended and no
  // dialog has come up that it could be waiting for.
  unfinished(last) {
    if (last && this.handlers > 0 && this.openDialogs().length <= this.dialogsBefore) return true
    const open = [...this.openDialogs().map(({id}) => id), ...(this.surface === null ? [] : [this.surface])]
    return open.some((id) => loads(this.treeOf(id) ?? []))
  }

  // At rest and yet unfinished: a timer may bring it on, as in code that asks again some time after a failure. That is
  // waited for, once a run and not for ever.
  async waited(last) {
    const {timers} = this.realm
    if (this.restless || this.confirm !== null || this.connection !== null || !this.unfinished(last)) return false
    this.loadEnd ??= timers.now() + (this.params.patience ?? patience)
    const due = timers.next()
    if (due === null || due > this.loadEnd || timers.now() > this.loadEnd) return false
    await new Promise((done) => setTimeout(done, Math.max(0, due - timers.now())))
    return true
  }

  // Comes to rest: answers confirms that have an answer. False when one has none.
  async settle(last = false) {
    for (;;) {
      if (!(await this.realm.settled(this.cause.session, this.params.patience))) this.giveUp()
      this.remember()
      if (await this.waited(last)) continue
      if (this.confirm === null || this.restless) return true
      if (this.transcript.confirms.length > mostConfirms) this.giveUp()
      const next = this.steps[0]
      if (next?.do === "answer") {
        this.steps.shift()
        this.answerConfirm(next.value)
      } else if (this.params.answers?.confirm) this.answerConfirm(this.params.answers.confirm)
      else {
        const {title, text} = this.confirm.entry
        this.transcript.needs = {kind: "confirm", title: title || text, flag: "--confirm yes|no"}
        return false
      }
    }
  }

  // Waits for an action that nobody has to help: its timers, its calls. False when nothing more can come.
  async finish() {
    const end = this.realm.timers.now() + 6 * (this.params.patience ?? patience)
    for (;;) {
      if (!(await this.settle(true))) return false
      if (this.restless || this.done || this.openDialogs().length > 0 || this.frames.some((frame) => !frame.closed)) return true
      if (this.realm.timers.count() === 0) {
        this.found("still-waiting", "the action waits for something that nothing here will bring; it was left")
        return true
      }
      if (this.realm.timers.now() > end) {
        this.found("still-waiting", `the action had not ended after a minute; it was left`)
        return true
      }
      // Timers that only set timers tell nobody anything.
      const alarm = setTimeout(() => this.realm.wake(), Math.max(1, end - this.realm.timers.now() + 1))
      await this.realm.changed()
      clearTimeout(alarm)
    }
  }

  // ---- steps

  top() {
    const dialog = this.openDialogs().at(-1)
    return dialog?.id ?? this.surface
  }

  topNodes() {
    const id = this.top()
    if (id === null) throw new StepError("nothing is open that a step could be done in")
    return this.realm.tree(id)
  }

  // Events are not waited for: a handler may open a dialog and go on only when it is closed.
  event(element, fn, args) {
    this.handled(fn, "event", {element, fn, args})
  }

  handled(what, command, args) {
    this.handlers++
    this.dialogsBefore = this.openDialogs().length
    this.realm
      .command(command, args, this.cause)
      .catch((error) => {
        this.found("handler", `${what} threw ${error.name}: ${error.message}`)
        this.handlerError ??= error
      })
      .finally(() => this.handlers--)
  }

  fill({name, value}) {
    const input = findInput(this.topNodes(), name)
    this.enabled(input, name)
    this.event(input.id, "onChange", [inputValue(input, value)])
    if (input.props.onBlur?.$fn) this.event(input.id, "onBlur", [])
  }

  enabled(node, name) {
    if (node.props?.disabled) throw new StepError(`"${name}" is disabled`)
  }

  async choose({label, option}) {
    const input = findInput(this.topNodes(), label)
    this.enabled(input, label)
    if (input.type === "RadioGroup") {
      this.event(input.id, "onChange", [pickOption(radioItems(input), option).value])
      return
    }
    const {options, multi, value} = input.props
    if (options === undefined) throw new StepError(`"${label}" is no list to choose from: it is a ${input.type}`)
    const list = Array.isArray(options) ? options : await this.search(input, option)
    const {value: chosen} = pickOption(list, option)
    const before = value?.type === "static" ? value.value : value
    const next = multi ? [...(Array.isArray(before) ? before : []), chosen] : chosen
    this.event(input.id, "onChange", [next])
    if (input.props.onBlur?.$fn) this.event(input.id, "onBlur", [])
  }

  // Types into the search field of a combobox; an empty search shows what the list opens with.
  async search(input, text) {
    const ask = (query) =>
      this.realm.command("event", {element: input.id, fn: "options.search", args: [query]}, this.cause)
    const found = await ask(text)
    const fits =
      Array.isArray(found) &&
      found.some(({label, value}) => String(label).toLowerCase() === text.toLowerCase() || value === text)
    return fits ? found : [...(found ?? []), ...((await ask("")) ?? [])]
  }

  click({label}) {
    const target = findClick(this.topNodes(), label)
    if (target.disabled) throw new StepError(`"${label}" is disabled`)
    if (target.url !== undefined) this.saw("opened", target.url)
    else this.event(target.element ?? target.node.id, target.fn, target.args ?? [])
  }

  async press({key}) {
    if (key === "esc" || key === "escape") return this.close()
    if (key === "enter" || key === "return") return this.submit()
    const button = findKey(this.topNodes(), key)
    if (button === undefined) throw new StepError(`no button listens to the key ${key}`)
    this.enabled(button, key)
    return this.event(button.id, "onClick", [])
  }

  submit() {
    const form = findForm(this.topNodes())
    if (form === undefined) throw new StepError("there is no form to submit")
    this.event(form.id, "onSubmit", [])
  }

  async close() {
    const frame = this.frames.findLast((one) => !one.closed)
    if (frame !== undefined) {
      frame.closed = true
      await this.realm.command("callback", {ref: frame.refs.on_close, args: []}, this.cause)
      return
    }
    const dialog = this.openDialogs().at(-1)
    if (dialog === undefined) throw new StepError("no dialog is open that could be closed")
    await this.realm.command("unmount", {surface: dialog.id}, this.cause)
  }

  toastAction({label}) {
    const toasts = this.transcript.toasts.filter((toast) => toast.action !== undefined && !toast.hidden)
    const toast = label === undefined ? toasts.at(-1) : toasts.findLast((one) => one.action === label)
    if (toast === undefined) {
      const there = toasts.map((one) => JSON.stringify(one.action)).join(", ")
      throw new StepError(
        `no toast has ${label === undefined ? "an action" : `the action "${label}"`}${there ? `; there is ${there}` : ""}`,
      )
    }
    this.handled("the action of a toast", "callback", {ref: toast.ref, args: []})
  }

  async iframeSend({message}) {
    const frame = this.frames.findLast((one) => !one.closed)
    if (frame === undefined) throw new StepError("no iframe is open")
    await this.realm.command("callback", {ref: frame.refs.on_message, args: [message]}, this.cause)
  }

  expect({text}) {
    const {transcript} = this
    const shown = [
      ...(this.top() === null ? [] : lines(this.topNodes())),
      ...(this.top() === null ? [] : this.topNodes().map(textOf)),
      ...transcript.toasts.flatMap((toast) => [toast.title, toast.text ?? ""]),
      ...transcript.alerts.flatMap((alert) => [alert.title, alert.text]),
      ...this.openDialogs().map((dialog) => dialog.title),
    ]
    if (!shown.some((line) => line.includes(text))) throw new StepError(`the text ${JSON.stringify(text)} is not shown`)
  }

  async step(step) {
    const actions = {
      fill: () => this.fill(step),
      choose: () => this.choose(step),
      click: () => this.click(step),
      press: () => this.press(step),
      submit: () => this.submit(),
      close: () => this.close(),
      toast: () => this.toastAction(step),
      iframe: () => this.iframeSend(step),
      expect: () => this.expect(step),
      batch: () => undefined, // batches run by themselves; the step only waits until the realm has come to rest
      answer: () => {
        throw new StepError("no question is open that could be answered")
      },
    }
    await actions[step.do]()
  }

  // Waits until there is something that a step could be done in.
  async ready(step) {
    if (!(await this.settle())) return false
    const free = ["expect", "toast", "batch", "answer"].includes(step.do)
    if (free || this.top() !== null || this.frames.some((frame) => !frame.closed)) return true
    return this.finish()
  }

  async steps_() {
    for (let number = 1; this.steps.length > 0; number++) {
      const step = this.steps[0]
      if (!(await this.ready(step))) return
      if (this.steps[0] !== step) continue // it was the answer to a confirm
      this.steps.shift()
      try {
        await this.step(step)
      } catch (error) {
        error.message = `step ${number} (${step.source}): ${error.message}`
        throw error
      }
    }
    await this.finish()
  }

  // ---- the run

  async begin() {
    const {trigger, mount} = this.params.start ?? {}
    if (mount !== undefined) {
      const as = mount.as ?? this.params.as
      const {surface} = await this.realm.command("mount", {...mount, as}, this.cause)
      this.realm.surfaces.set(surface, this.cause)
      this.surface = surface
      this.done = true
      if (mount.kind === "workflow-block" && (await this.settle())) {
        this.firstOutcomes = outcomesOf(this.topNodes())
          .map(({id}) => id)
          .join(", ")
      }
      return
    }
    this.realm.command("trigger", {kind: trigger.kind, id: trigger.id, args: trigger.args, bare: trigger.bare, on: trigger.on?.object}, this.cause).then(
      (value) => {
        this.done = true
        this.result = value
      },
      (error) => {
        this.done = true
        this.failure = error
      },
    )
  }

  shownSurface() {
    if (this.surface === null) return null
    const nodes = this.treeOf(this.surface) ?? []
    return {tree: lines(nodes), nodes}
  }

  // A block's configurator: what is configured, and the outcomes of the settled tree.
  async readConfig() {
    if (this.params.start?.mount?.kind !== "workflow-block" || this.surface === null) return
    const {config} = await this.realm.command("config", {surface: this.surface}, this.cause)
    const outcomes = outcomesOf(this.transcript.surface.nodes)
    this.transcript.config = {config, outcomes}
    const ids = outcomes.map(({id}) => id).join(", ")
    if (this.firstOutcomes !== undefined && this.firstOutcomes !== ids) {
      this.found(
        "outcomes-changed",
        `the outcomes were ${this.firstOutcomes || "none"} at first and are ${ids || "none"} now`,
      )
    }
  }

  async end(error) {
    const {transcript} = this
    this.remember()
    transcript.dialogs = this.dialogs.map(({title, closed, nodes}) => ({
      title,
      closed,
      tree: [`dialog ${JSON.stringify(title ?? "")}`, ...lines(nodes, "  ")],
      nodes,
    }))
    transcript.iframes = this.frames
    transcript.surface = this.shownSurface()
    await this.readConfig()
    transcript.result = this.result
    for (const toast of transcript.toasts) {
      if (!toast.hidden && toast.duration_ms === "Infinity")
        this.found("toast-open", `the toast "${toast.title}" stays open for ever`)
    }
    const thrown = this.failure ?? error ?? this.handlerError ?? this.broken ?? this.uncaught
    if (thrown) {
      transcript.ok = false
      transcript.error = plainError(thrown)
      if (thrown.near !== undefined) transcript.error.near = thrown.near
      if (thrown.name === "StepError" && this.top() !== null) transcript.error.tree = lines(this.topNodes())
    }
    if (this.connection !== null && transcript.needs === null) {
      const kind = kindNames[this.connection.code]
      const title = `Connect ${this.realm.load.app?.title ?? "the app"}`
      transcript.needs = {
        kind: "connection",
        title,
        flag: `attio connection add${kind === "workspace" ? " --workspace" : kind === "user" ? " --user" : ""}`,
      }
    }
    if (transcript.needs !== null) transcript.ok = false
    return transcript
  }

  // What is left open is thrown away; its promises are never resolved, so that no code runs after the run.
  async leave() {
    this.over = true
    const left = [...this.openDialogs().map(({id}) => id), ...(this.surface === null ? [] : [this.surface])]
    for (const id of left) await this.realm.command("unmount", {surface: id, quiet: true}, this.cause).catch(() => {})
    await this.realm.settled(this.cause.session, this.params.patience)
  }
}

const booleans = {true: true, yes: true, on: true, false: false, no: false, off: false}

// What is typed (a text) as the value that the input takes.
function inputValue({type, props}, value) {
  if (typeof value !== "string") return value
  if (type === "Checkbox" || type === "Toggle" || type === "CheckboxInput") {
    if (!Object.hasOwn(booleans, value)) throw new StepError(`"${props.name}" wants true or false`)
    return booleans[value]
  }
  if (type === "NumberInput") {
    if (value !== "" && Number.isNaN(Number(value))) throw new StepError(`"${props.name}" wants a number`)
    return value === "" ? null : Number(value)
  }
  if (/^\s*[[{]/.test(value) && (props.multi || type.startsWith("Attio") || props.variables)) {
    try {
      return JSON.parse(value)
    } catch {
      return value
    }
  }
  if (props.multi) return value === "" ? [] : value.split(",").map((part) => part.trim())
  return value
}

// client.script: the whole run of one script as a transcript.
export async function runScript(realm, params, given) {
  // Two runs at once may have been given one name.
  const session = realm.drivers.has(given.session) ? `${given.session}.${++realm.lastId}` : given.session
  const cause = {...given, session}
  const run = new Run(realm, params, cause)
  realm.drivers.set(session, run)
  let error = null
  try {
    run.steps = parseSteps(params.steps)
    await run.begin()
    await run.steps_()
  } catch (thrown) {
    error = thrown
  }
  const transcript = await run.end(error)
  await run.leave()
  realm.drivers.delete(session)
  return transcript
}
