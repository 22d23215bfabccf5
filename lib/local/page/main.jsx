// The page: navigation at the left, what the route names in the middle, flows at the right, and what lies above.
import {render} from "preact"
import {hasKey} from "./base/api.js"
import {later, loadLater, painted} from "./base/later.js"
import {route} from "./base/route.js"
import {broken, connected, flowPanel, loadFindings, palette, start, toggleFlowPanel} from "./base/store.js"
import {Icon} from "./ui/Icon.jsx"
import {Empty} from "./ui/small.jsx"
import {Broken} from "./workspace/broken.jsx"
import {Home} from "./workspace/home.jsx"
import {KeyQuestion} from "./workspace/key.jsx"
import {Navigation} from "./workspace/navigation.jsx"
import {Notices} from "./workspace/notices.jsx"
import {Record} from "./workspace/record.jsx"
import {openSession, session} from "./workspace/session.js"

const own = ["lists", "pages", "settings", "recording", "flows"]

function Place() {
  const {path, query} = route.value
  const [first, ...rest] = path
  const more = later.value
  if (first === undefined) return <Home />
  const inspector = more?.inspectors.find(({slug}) => slug === first)
  if (inspector !== undefined) return <inspector.Component path={rest} query={query} />
  if (rest.length > 0 && !own.includes(first)) return <Record key={path.join("/")} path={path} query={query} />
  if (more === null) return <Empty whole title="Loading…" />
  if (first === "flows") return rest[0] === undefined ? <more.FlowsPage /> : <more.FlowPage id={rest[0]} />
  const Found = more.places[first] ?? more.places.records
  return <Found path={path} rest={rest} query={query} />
}

function Page() {
  if (!hasKey()) return <KeyQuestion />
  const more = later.value
  const open = flowPanel.value
  return (
    <div class={`p-page${open ? "" : " p-no-flows"}`}>
      <a class="p-skip" href="#p-main" onClick={(event) => {
        event.preventDefault()
        document.getElementById("p-main").focus()
      }}>Skip to the content</a>
      <Navigation />
      <main id="p-main" tabIndex={-1}>
        {!connected.value && <div class="p-banner p-lost" role="status">The platform does not answer. Is <code>attio dev</code> still running? Trying again…</div>}
        {broken.value && <Broken broken={broken.value} />}
        <Place />
      </main>
      <aside class="p-flows" aria-label="Flows">
        <button type="button" class="u-button u-plain u-small p-flows-toggle" aria-expanded={open} onClick={toggleFlowPanel}>
          {open ? <>Hide flows <Icon name="right" /></> : <><Icon name="left" /> Flows</>}
        </button>
        {open && more && <more.FlowPanel />}
      </aside>
      {palette.value && more && <more.Palette />}
      {session.value && more && <more.Overlays session={session.value} />}
      <Notices />
    </div>
  )
}

addEventListener("keydown", (event) => {
  if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
    event.preventDefault()
    palette.value = !palette.value
    loadLater()
  }
})

if (hasKey()) start()
render(<Page />, document.getElementById("page"))
if (hasKey()) {
  openSession()
  // The first screen does without.
  painted(loadFindings)
  // A record asks for the rest when it is seen.
  const {path} = route.peek()
  if (path.length === 1 || own.includes(path[0])) loadLater()
}
