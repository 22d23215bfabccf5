// The app that the stories are: each story is a surface of its own.
import {Button} from "attio/client"
import {state, take} from "./h.js"
import {calls} from "./calls.jsx"
import {charts} from "./charts.jsx"
import {blocks} from "./configurators.jsx"
import {forms} from "./forms.jsx"
import {layout} from "./layout.jsx"
import {lists} from "./lists.jsx"
import {SettingsStory, schema} from "./settings.jsx"
import {texts} from "./texts.jsx"
import {widgets} from "./widgets.jsx"

const stories = [...texts, ...lists, ...widgets, ...charts, ...layout, ...forms, ...calls, ...blocks, {component: "Settings.useForm", kind: "workspace-settings", Story: SettingsStory}]

const prefixes = {"workflow-block": "config ", "workspace-settings": "settings "}
const surfaces = {"record-action": [], "bulk-record-action": [], "record-widget": [], "object-action": [], "workflow-block": [], "workspace-settings": [], page: []}

// Props are noted under the name that the SDK's rules have for them: those of settings and blocks have their own.
const begin = (kind) => {
  state.prefix = prefixes[kind] ?? ""
}

stories.forEach(({kind, Story, run, block, color, label}, i) => {
  const id = `story-${i}`
  const Shown = () => {
    begin(kind)
    return Story()
  }
  if (kind === "call") surfaces["record-action"].push({id, label: id, onTrigger: run})
  else if (kind === "bulk") surfaces["bulk-record-action"].push({id, label: label ?? id, onTrigger: run})
  else if (kind === "record-widget") surfaces[kind].push({id, label: id, color, Widget: Shown})
  else if (kind === "workflow-block") surfaces[kind].push({id, type: block.type, block: {...block, id, Configurator: Shown}})
  else if (kind === "workspace-settings") surfaces[kind].push({Page: Shown})
  else surfaces.page.push({id, path: id, name: id, Page: Shown})
})

const index = () => stories.map(({component, kind = "page", about, color}) => ({component, kind, about, color}))
surfaces.page.push({id: "notes", path: "notes", name: "Notes", Page: () => React.createElement(React.Fragment, null,
  React.createElement(Button, {label: "Index", onClick: index}),
  React.createElement(Button, {label: "Notes", onClick: () => (begin(""), take())}))})

registerSettingsSchema({workspace: schema})
registerSurfaces(surfaces)
