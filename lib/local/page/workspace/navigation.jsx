// The left side: what there is, in groups. Each row is a link.
import {useState} from "preact/hooks"
import {later, loadLater} from "../base/later.js"
import {href, route} from "../base/route.js"
import {lists, member, objects, palette, status, surfaces} from "../base/store.js"
import {paletteHint} from "./platform.js"

function Row({to, title, count}) {
  const current = route.value.path[0] === to[0] && (to.length === 1 || route.value.path[1] === to[1])
  return (
    <li><a href={href(to)} aria-current={current ? "page" : undefined}>
      <span>{title}</span>{count !== undefined && <span class="w-count">{count}</span>}
    </a></li>
  )
}

const Group = ({title, children}) => (
  <section><h2>{title}</h2><ul>{children}</ul></section>
)

function open() {
  palette.value = true
  loadLater()
}

export function Navigation() {
  const [unfolded, setUnfolded] = useState(false) // on narrow screens
  const app = status.value?.app
  const kinds = (kind) => surfaces.value.filter((surface) => surface.kind === kind)
  const inspectors = later.value?.inspectors ?? []
  const groups = [...new Set(inspectors.map(({group}) => group))].filter((group) => group !== "App")
  const inspect = (group) => inspectors.filter((one) => one.group === group).map(({slug, title}) => <Row key={slug} to={[slug]} title={title} />)
  return (
    <nav class="p-nav" aria-label="Places">
      <div class="p-top">
        <a class="w-app" href="#/"><span class="w-logo" aria-hidden="true">{(app?.title ?? "a")[0].toUpperCase()}</span>{app?.title ?? "attio dev"}</a>
        <button type="button" class="w-search" onClick={open}><span>Search or run…</span><kbd>{paletteHint}</kbd></button>
        <button type="button" class="u-button u-plain p-menu" aria-expanded={unfolded} aria-controls="p-places" onClick={() => setUnfolded(!unfolded)}>Menu</button>
      </div>
      <div id="p-places" class={`p-places${unfolded ? " p-open" : ""}`} onClick={(event) => event.target.closest("a") && setUnfolded(false)}>
        <Group title="Records">
          {objects.value.map(({slug, plural, count}) => <Row key={slug} to={[slug]} title={plural} count={count} />)}
          {lists.value.map(({slug, title, count}) => <Row key={slug} to={["lists", slug]} title={title} count={count} />)}
          <Row to={["recording"]} title="Call recording" />
        </Group>
        <Group title="App">
          {kinds("page").map(({id, label, name, title}) => <Row key={id} to={["pages", id]} title={label ?? title ?? name ?? id} />)}
          <Row to={["settings"]} title="Settings page" />
          {inspect("App")}
        </Group>
        {groups.map((group) => <Group key={group} title={group}>{group === "Platform" && <Row to={["flows"]} title="Flows" />}{inspect(group)}</Group>)}
        <p class="w-as">{member.value === "" ? "as admin" : `as ${member.value}`}</p>
      </div>
    </nav>
  )
}
