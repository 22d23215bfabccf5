import {Settings} from "attio"

export default Settings.defineWorkspaceSchema({
  queue: Settings.Schema.string(),
  copy_me: Settings.Schema.boolean(),
  limit: Settings.Schema.number(),
})
