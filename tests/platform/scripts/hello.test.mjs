import assert from "node:assert/strict"
import {test} from "node:test"
import {start, withApp} from "#attio/testing"

test("says hello", withApp(async (app) => {
  const seen = await app.runAction("say-hello", {record: "people/ada"})
  assert.equal(seen.toasts[0].title, "Hello from My App")
}))

test("by hand", async () => {
  const app = await start({now: "2030-01-01T00:00:00Z"})
  try {
    const {now} = await app.moveClock("+1h")
    assert.match(now, /^2030-01-01T01/)
  } finally {
    await app.stop()
  }
})
