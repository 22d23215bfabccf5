import {Extensions, showToast} from "attio/client"

export default Extensions.defineExtension({
  type: "bulk-record-action",
  id: "tag-all",
  label: "Tag them",
  objects: "people",
  onTrigger: async ({runRecordBatches}) => {
    const outcome = await runRecordBatches(
      {batchSize: 2, onProgress: ({processedRecords, totalRecords}) => ({title: "Tagging", text: `${processedRecords} of ${totalRecords}`})},
      async ({recordIds}) => recordIds.length,
    )
    if (outcome.success) await showToast({title: `${outcome.results.reduce((sum, one) => sum + one, 0)} tagged`, variant: "success"})
  },
})
