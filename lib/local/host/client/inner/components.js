// The plain components: each one node, with its slots (elements in a prop) as named children.
import React from "./react.js"
import {chartTable} from "./charts.js"
import {call} from "./bridge.js"
import {slips} from "./props.js"
import {SurfaceContext, finding} from "./surfaces.js"
import {family, named} from "./trap.js"

const h = React.createElement

// Tells the slips in a component's props once per surface and answers the surface.
export function useChecked(name, props) {
  const surface = React.useContext(SurfaceContext)
  for (const message of slips(name, props)) finding(surface, message)
  return surface
}

function render(type, props, slots) {
  const {children, ...rest} = props
  const parts = []
  for (const slot of slots) {
    if (rest[slot] === undefined || rest[slot] === null) continue
    parts.push(h("attio:Slot", {key: slot, name: slot}, rest[slot]))
    delete rest[slot]
  }
  return parts.length === 0 ? h(`attio:${type}`, rest, children) : h(`attio:${type}`, rest, children, ...parts)
}

// `change(props, surface)` may answer other props.
export function component(type, {slots = [], change} = {}) {
  function Component(props) {
    const surface = useChecked(type, props)
    return render(type, change ? change(props, surface) : props, slots)
  }
  Component.displayName = type
  return Component
}

const bannerProps = (props, surface) => {
  if (props.size === "large" && !props.title) finding(surface, 'Banner: a large banner needs the prop "title"')
  if (props.size !== "large" && props.title) finding(surface, 'Banner: only a large banner has a "title"')
  return props
}

// The declared name is onSelect; the comment beside it says onTrigger.
const menuItem = ({onTrigger, onSelect, ...rest}) => ({...rest, onSelect: onSelect ?? onTrigger})

const chart = (type) => component(`Chart.${type}`, {change: (props) => ({...props, table: chartTable(type, props)})})

const link = (props) => ({...props, onClick: () => void call("navigate", {to: props.to})})

function DialogList(props) {
  useChecked("DialogList", props)
  const {children, ...rest} = props
  return h("attio:DialogList", rest, children)
}
DialogList.displayName = "DialogList"

const text = named("Widget.Text", {
  Primary: component("Widget.Text.Primary"),
  Secondary: component("Widget.Text.Secondary"),
})

const textWidget = component("Widget.TextWidget", {
  change: (props, surface) => ({...props, appTitle: surface?.facts.appTitle}),
})

export const plainComponents = {
  Avatar: component("Avatar"),
  Badge: component("Badge"),
  Banner: component("Banner", {change: bannerProps}),
  Button: component("Button"),
  Column: component("Column"),
  DescriptionList: family("DescriptionList", component("DescriptionList"), {
    Item: family("DescriptionList.Item", component("DescriptionList.Item"), {
      Tag: component("DescriptionList.Item.Tag"),
    }),
    Menu: family("DescriptionList.Menu", component("DescriptionList.Menu"), {
      Item: component("DescriptionList.Menu.Item", {change: menuItem}),
    }),
  }),
  DialogList: family("DialogList", DialogList, {Item: component("DialogList.Item", {slots: ["suffix"]})}),
  Divider: component("Divider"),
  Experimental_AttioLink: component("AttioLink", {change: link}),
  Experimental_Card: component("Card"),
  Experimental_Chart: named("Experimental_Chart", {
    Bar: chart("Bar"),
    Line: chart("Line"),
    Pie: chart("Pie"),
    Metric: chart("Metric"),
    Loading: component("Chart.Loading"),
  }),
  Experimental_EmptyState: component("EmptyState"),
  Experimental_Grid: component("Grid"),
  Experimental_Stack: component("Stack"),
  Json: component("Json"),
  Link: component("Link"),
  LoadingState: component("LoadingState"),
  Row: component("Row"),
  Section: component("Section"),
  StatusBadge: component("StatusBadge"),
  Table: family("Table", component("Table"), {
    Header: component("Table.Header"),
    HeaderCell: component("Table.HeaderCell"),
    Body: component("Table.Body"),
    Row: component("Table.Row"),
    Cell: family("Table.Cell", component("Table.Cell"), {
      Badge: component("Table.Cell.Badge"),
      Avatar: component("Table.Cell.Avatar"),
    }),
  }),
  TextBlock: component("TextBlock"),
  Typography: named("Typography", {
    Body: component("Typography.Body"),
    Title: component("Typography.Title"),
    Caption: component("Typography.Caption"),
  }),
  Widget: family("Widget", component("Widget"), {
    Title: component("Widget.Title"),
    Decoration: component("Widget.Decoration"),
    Loading: component("Widget.Loading"),
    Badge: component("Widget.Badge"),
    Text: text,
    TextWidget: textWidget,
  }),
}
