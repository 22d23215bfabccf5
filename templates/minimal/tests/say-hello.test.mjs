// The app on a platform of its own: `attio test`.
import assert from "node:assert/strict"
import {test} from "node:test"
import {withApp} from "#attio/testing"

test("the action says hello", withApp(async (app) => {
  const seen = await app.runAction("say-hello", {record: "people/ada"})
  assert.deepEqual(seen.toasts.map((toast) => toast.title), ["Hello from {{title}}"])
}))
