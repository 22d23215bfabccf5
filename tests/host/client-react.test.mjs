// React in the client realm: each of its functions works with the globals that app code has there.
import assert from "node:assert/strict"
import {after, before, test} from "node:test"
import {bundle, found, good, mount, startHost} from "./client-host.mjs"

let host
before(async () => {
  host = await startHost()
})
after(() => host.close())

// Bodies of a component that shows "done" in the end; `show(text)` is what it shows, `kept` outlives a rendering.
const wait = "Promise.resolve('done')"
const bodies = {
  lazy: `const Late = (kept.Late ??= React.lazy(async () => ({default: () => show("done")})))
    return h(React.Suspense, {fallback: show("waits")}, h(Late))`,
  "use, a promise": `return show(React.use((kept.promise ??= ${wait})))`,
  "use, a context": `const Context = React.createContext("nothing")
    const Inner = () => show(React.use(Context))
    return h(Context, {value: "done"}, h(Inner))`,
  useContext: `const Context = React.createContext("done")
    const Inner = () => show(React.useContext(Context))
    return h(Inner)`,
  "useTransition, async": `const [text, setText] = React.useState("waits")
    const [pending, start] = React.useTransition()
    React.useEffect(() => start(async () => { const next = await ${wait}; start(() => setText(next)) }), [])
    return show(pending ? "pending" : text)`,
  startTransition: `const [text, setText] = React.useState("waits")
    React.useEffect(() => React.startTransition(() => setText("done")), [])
    return show(text)`,
  useActionState: `const [text, go] = React.useActionState(async () => await ${wait}, "waits")
    React.useEffect(() => React.startTransition(() => go()), [])
    return show(text)`,
  useOptimistic: `const [text, setText] = React.useState("waits")
    const [shown, setShown] = React.useOptimistic(text)
    React.useEffect(() => React.startTransition(async () => { setShown("soon"); setText(await ${wait}) }), [])
    return show(shown)`,
  useDeferredValue: `const [text, setText] = React.useState("waits")
    React.useEffect(() => setText("done"), [])
    return show(React.useDeferredValue(text))`,
  "useReducer, useId, useMemo, useCallback": `const [n, add] = React.useReducer((n) => n + 1, 0)
    const again = React.useCallback(() => add(), [])
    React.useEffect(again, [])
    const id = React.useId()
    React.useDebugValue(id)
    return show(React.useMemo(() => (n === 1 && id !== "" ? "done" : "waits"), [n, id]))`,
  "effects in their order": `const list = React.useRef([])
    const [text, setText] = React.useState("waits")
    React.useInsertionEffect(() => void list.current.push("i"), [])
    React.useLayoutEffect(() => void list.current.push("l"), [])
    React.useEffect(() => setText([...list.current, "e"].join("") === "ile" ? "done" : list.current.join("")), [])
    return show(text)`,
  useSyncExternalStore: `const store = (kept.store ??= {text: "waits", tell: () => {}})
    React.useEffect(() => { store.text = "done"; store.tell() }, [])
    return show(React.useSyncExternalStore((tell) => { store.tell = tell; return () => {} }, () => store.text))`,
  "useImperativeHandle, forwardRef": `const ref = React.useRef(null)
    const [text, setText] = React.useState("waits")
    const Inner = (kept.Inner ??= React.forwardRef((props, own) => {
      React.useImperativeHandle(own, () => ({text: "done"}), [])
      return show("inner")
    }))
    React.useEffect(() => setText(ref.current.text), [])
    return text === "waits" ? h(Inner, {ref}) : show(text)`,
  useEffectEvent: `const [text, setText] = React.useState("waits")
    const event = React.useEffectEvent(() => setText("done"))
    React.useEffect(() => event(), [])
    return show(text)`,
  "memo, Fragment, StrictMode, Profiler, Activity": `const Inner = (kept.Memo ??= React.memo(({text}) => show(text)))
    return h(React.StrictMode, null, h(React.Profiler, {id: "p", onRender: () => {}},
      h(React.Activity, {mode: "visible"}, h(React.Fragment, null, h(Inner, {text: "done"})))))`,
  "Children, cloneElement, isValidElement": `const one = h(sdk.Typography.Body, null, "waits")
    const ok = React.isValidElement(one) && React.Children.count([one, one]) === 2
    return React.cloneElement(one, null, ok ? "done" : "waits")`,
  "a class that catches": `const Caught = (kept.Caught ??= class extends React.Component {
      state = {text: null}
      static getDerivedStateFromError = (error) => ({text: error.message})
      render() { return this.state.text === null ? h(Throws) : show(this.state.text) }
    })
    const Throws = () => { throw new Error("done") }
    return h(Caught)`,
  cache: `return show(React.cache((text) => text)("done"))`,
}

test("each function of React", async () => {
  for (const [name, body] of Object.entries(bodies)) {
    const app = await host.load(
      bundle(`const kept = {}
        const show = (text) => h(sdk.Typography.Body, null, text)
        return {page: [{id: "p", path: "p", name: "P", Page: () => { ${body} }}]}`),
    )
    assert.deepEqual(app.errors, [])
    const transcript = good(await app.script(mount("page", "p")))
    assert.deepEqual([found(transcript), transcript.surface.tree], [[], ['Typography.Body "done"']], name)
    await app.drop()
  }
})
