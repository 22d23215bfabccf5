import {Extensions, runQuery, showToast} from "attio/client"
import getPeople from "../../../queries/people.graphql"
import close from "../tickets/close.server"

export default Extensions.defineExtension({
  type: "bulk-record-action",
  id: "close-all",
  label: "Close tickets",
  objects: "people",
  onTrigger: async ({runRecordBatches}) => {
    const outcome = await runRecordBatches(
      {
        batchSize: 50,
        onStart: ({totalRecords}) => ({title: "Closing", text: `of ${totalRecords} people`}),
        onProgress: ({processedRecords, totalRecords}) => ({title: "Closing", text: `${processedRecords} of ${totalRecords}`}),
      },
      async ({recordIds}) => {
        const {people} = await runQuery(getPeople, {ids: recordIds})
        return close(people.records.flatMap((person) => person?.email_addresses ?? []))
      },
    )
    if (!outcome.success) {
      await showToast({title: "Not all are closed", variant: "error"})
      return
    }
    const closed = outcome.results.reduce((sum, one) => sum + one.closed, 0)
    await showToast({title: `${closed} closed`, variant: "success"})
  },
})
