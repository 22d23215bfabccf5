import {Extensions, Typography} from "attio/client"

export default Extensions.defineExtension({
  type: "record-tab",
  id: "details",
  label: "Tracker",
  objects: "people",
  Tab: ({recordId}: {recordId: string}) => <Typography.Body>{`Tracked since ever: ${recordId.length} letters`}</Typography.Body>,
})
