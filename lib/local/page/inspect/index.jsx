// What one looks into beside the records: each has an address, and shows the command that tells the same.
import "./inspect.css"
import {Blocks, Clock, Graphql, Kv, Logs, Parity, States, Values} from "./data.jsx"
import {Connections, Requests, Webhooks} from "./outside.jsx"

export const inspectors = [
  {slug: "connections", title: "Connections", group: "Outside", Component: Connections},
  {slug: "webhooks", title: "Webhooks", group: "Outside", Component: Webhooks},
  {slug: "requests", title: "Requests", group: "Outside", Component: Requests},
  {slug: "kv", title: "KV", group: "Data", Component: Kv},
  {slug: "graphql", title: "GraphQL", group: "Data", Component: Graphql},
  {slug: "values", title: "Setting values", group: "Data", Component: Values},
  {slug: "blocks", title: "Blocks", group: "App", Component: Blocks},
  {slug: "logs", title: "Logs", group: "Platform", Component: Logs},
  {slug: "clock", title: "Clock", group: "Platform", Component: Clock},
  {slug: "parity", title: "Parity", group: "Platform", Component: Parity},
  {slug: "states", title: "Saved states", group: "Platform", Component: States},
]
