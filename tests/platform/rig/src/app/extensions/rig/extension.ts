// Takes every server function into the bundle; `attio call` calls them.
import {Extensions, showToast} from "attio/client"
import connection from "./connection.server"
import env from "./env.server"
import fail from "./fail.server"
import flood from "./flood.server"
import heap from "./heap.server"
import hooks from "./hooks.server"
import loop from "./loop.server"
import rest from "./rest.server"
import slow from "./slow.server"
import spin from "./spin.server"
import store from "./store.server"
import unseen from "./unseen.server"

const functions = {connection, env, fail, flood, heap, hooks, loop, rest, slow, spin, store, unseen}

export default Extensions.defineExtension({
  type: "record-action",
  id: "rig",
  label: "Rig",
  objects: "people",
  onTrigger: async () => {
    await showToast({title: Object.keys(functions).join(" "), variant: "neutral"})
    await fail("error") // uncaught: the action fails with it
  },
})
