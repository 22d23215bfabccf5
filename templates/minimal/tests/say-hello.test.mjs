// The app on a platform of its own: `attio test`.
import assert from "node:assert/strict"
import {test} from "node:test"
import {start} from "#attio/testing"

test("the action says hello", async () => {
  const app = await start()
  try {
    const seen = await app.runAction("say-hello", {record: "people/ada"})
    assert.deepEqual(seen.toasts.map((toast) => toast.title), ["Hello from {{title}}"])
  } finally {
    await app.stop()
  }
})
