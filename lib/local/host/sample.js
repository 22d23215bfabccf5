// An app that does what most apps do, as bundles, for compile.js.
export const client = `
const {alert, showToast, runQuery, Widget} = ATTIO_CLIENT_EXTENSION_SDK
registerSettingsSchema({workspace: {}})
registerSurfaces({
  "record-action": [{
    id: "act",
    label: "Act",
    objects: "person",
    onTrigger: async ({recordId}) => {
      const {hideToast} = await showToast({title: "Begins", variant: "neutral"})
      const {person} = await runQuery("query one($id: String!) { person(id: $id) { name { full_name } } }", {id: recordId})
      await runServerFunction("call", [recordId, person.name.full_name])
      await hideToast()
      await alert({title: "Ends", text: "All is well"})
    },
  }],
  "bulk-record-action": [],
  "record-widget": [{
    id: "see",
    label: "See",
    objects: "person",
    color: "blue",
    Widget: ({recordId}) => {
      const [count, setCount] = React.useState(0)
      React.useEffect(() => setCount(1), [])
      return React.createElement(Widget.TextWidget, null, React.createElement(Widget.Title, null, recordId + count))
    },
  }],
  "object-action": [],
  "call-recording-insight-text-selection-action": [],
  "call-recording-summary-text-selection-action": [],
  "call-recording-transcript-text-selection-action": [],
  "workflow-block": [],
  "workspace-settings": [],
})
`

export const server = `
var modules = {
  call: async (given) => {
    const answer = await fetch("https://example.com/", {method: "POST", headers: {Accept: "application/json"}, body: JSON.stringify(given)})
    return answer.ok ? await answer.json() : null
  },
}
var stdin_default = async (id, args) => await modules[id](...args)
`
