// The app's settings in a workspace. Each value is null until somebody sets it.
import {Settings} from "attio"

export default Settings.defineWorkspaceSchema({
  default_step: Settings.Schema.string(),
  days: Settings.Schema.number(),
  ask_before_clearing: Settings.Schema.boolean(),
})
