// What one looks into beside the records: each has an address, and shows the command that tells the same.
import "./inspect.css"
import {Environment, Findings, Limits, Parity, Versions} from "./app.jsx"
import {Blocks} from "./blocks.jsx"
import {Kv, Logs, Values} from "./data.jsx"
import {Graphql} from "./graphql.jsx"
import {Connections, Requests, Webhooks} from "./outside.jsx"
import {Surfaces} from "./surfaces.jsx"
import {Chaos, Clock, States} from "./trouble.jsx"

export const inspectors = [
  {slug: "connections", title: "Connections", group: "Outside", Component: Connections},
  {slug: "webhooks", title: "Webhooks", group: "Outside", Component: Webhooks},
  {slug: "requests", title: "Requests", group: "Outside", Component: Requests},
  {slug: "kv", title: "KV", group: "Data", Component: Kv},
  {slug: "graphql", title: "GraphQL", group: "Data", Component: Graphql},
  {slug: "values", title: "Setting values", group: "Data", Component: Values},
  {slug: "blocks", title: "Blocks", group: "App", Component: Blocks},
  {slug: "surfaces", title: "Surfaces", group: "App", Component: Surfaces},
  {slug: "findings", title: "Findings", group: "App", Component: Findings},
  {slug: "environment", title: "Environment", group: "App", Component: Environment},
  {slug: "versions", title: "Versions", group: "App", Component: Versions},
  {slug: "logs", title: "Logs", group: "Platform", Component: Logs},
  {slug: "clock", title: "Clock", group: "Platform", Component: Clock},
  {slug: "chaos", title: "Chaos", group: "Platform", Component: Chaos},
  {slug: "limits", title: "Limits", group: "Platform", Component: Limits},
  {slug: "states", title: "Saved states", group: "Platform", Component: States},
  {slug: "parity", title: "Parity", group: "Platform", Component: Parity},
]
