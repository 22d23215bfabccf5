// The page: navigation at the left, what the route names in the middle, flows at the right, and what lies above.
import {render} from "preact"
import "./app.css"
import {Overlays} from "./draw/index.jsx"
import {FlowPage, FlowPanel} from "./flows/index.jsx"
import {inspectors} from "./inspect/index.jsx"
import {hasKey} from "./base/api.js"
import {route} from "./base/route.js"
import {broken, connected, flowPanel, notice, palette, start, status, toggleFlowPanel} from "./base/store.js"
import {Empty} from "./ui/index.js"
import {openSession, session} from "./workspace/session.js"
import {Broken} from "./workspace/broken.jsx"
import {KeyQuestion} from "./workspace/key.jsx"
import {Navigation} from "./workspace/navigation.jsx"
import {Palette} from "./workspace/palette.jsx"
import {places} from "./workspace/places.jsx"

function Place() {
  const {path, query} = route.value
  const [first, ...rest] = path.length === 0 ? ["home"] : path
  if (first === "flows" && rest[0] !== undefined) return <FlowPage id={rest[0]} />
  const inspector = inspectors.find(({slug}) => slug === first)
  if (inspector !== undefined) return <inspector.Component path={rest} query={query} />
  const Found = places[first] ?? (first === "home" ? places.home : places.records)
  return Found === undefined ? <Empty title="There is nothing here" /> : <Found path={path} rest={rest} query={query} />
}

function Page() {
  if (status.value === null && !hasKey()) return <KeyQuestion />
  return (
    <div class={`p-page${flowPanel.value ? "" : " p-no-flows"}`}>
      <a class="p-skip" href="#p-main" onClick={(event) => {
        event.preventDefault()
        document.getElementById("p-main").focus()
      }}>Skip to the content</a>
      <Navigation />
      <main id="p-main" tabIndex={-1}>
        {!connected.value && <div class="p-banner p-lost" role="status">The platform does not answer. Is <code>attio dev</code> still running? Trying again…</div>}
        {broken.value && <Broken generation={broken.value} />}
        <Place />
      </main>
      <aside class="p-flows" aria-label="Flows">
        <button type="button" class="u-button u-plain u-small p-flows-toggle" aria-expanded={flowPanel.value} onClick={toggleFlowPanel}>
          {flowPanel.value ? "Hide flows ⟩" : "⟨ Flows"}
        </button>
        {flowPanel.value && <FlowPanel />}
      </aside>
      {palette.value && <Palette />}
      {session.value && <Overlays session={session.value} />}
      <div class="p-notice" role="status">{notice.value && <span class={`p-notice-${notice.value.variant}`}>{notice.value.text}</span>}</div>
    </div>
  )
}

addEventListener("keydown", (event) => {
  if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
    event.preventDefault()
    palette.value = !palette.value
  }
})

if (hasKey()) {
  start()
  openSession()
}
render(<Page />, document.getElementById("page"))
