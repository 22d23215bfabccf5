// runRecordBatches: batches one after the other, with the progress toast that the host shows.
import {call} from "./bridge.js"
import {newSurfaceId} from "./surfaces.js"

const largest = 250

function split(ids, size) {
  const parts = []
  for (let i = 0; i < ids.length; i += size) parts.push(ids.slice(i, i + size))
  return parts
}

// The function that an action gets; `label` is the action's.
export function batchesOf(recordIds, label) {
  return async function runRecordBatches(options, worker) {
    const {batchSize} = options
    if (!Number.isInteger(batchSize) || batchSize < 1 || batchSize > largest) {
      throw new RangeError(`batchSize must be a whole number from 1 to ${largest}`)
    }
    const parts = split(recordIds, batchSize)
    const id = newSurfaceId("p")
    let title = label
    let text
    let processed = 0
    const context = (batchIndex) => ({
      processedRecords: processed,
      totalRecords: recordIds.length,
      batchSize,
      batchIndex,
      totalBatches: parts.length,
      lastBatchSize: parts.length === 0 ? 0 : parts[parts.length - 1].length,
    })
    const show = async (hook, args, state) => {
      const changes = (await options[hook]?.(...args)) ?? {}
      title = changes.title ?? title
      text = changes.text ?? text
      const progress = recordIds.length === 0 ? 100 : Math.round((100 * processed) / recordIds.length)
      await call("progress", {id, title, text, progress, state, processed, total: recordIds.length})
    }
    const results = []
    let index = 0
    try {
      await show("onStart", [context(0)], "running")
      for (; index < parts.length; index++) {
        const result = await worker({recordIds: parts[index]})
        if (result !== undefined) results.push(result)
        processed += parts[index].length
        await show("onProgress", [context(index)], "running")
      }
      await show("onComplete", [context(Math.max(0, index - 1))], "success")
      return {success: true, results}
    } catch (error) {
      await show("onError", [context(index), error], "error")
      return {success: false, partialResults: results, error}
    }
  }
}
