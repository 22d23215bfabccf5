import {getCurrentUser, getUserConnection, getWorkspaceConnection} from "attio/server"

export default async function connection(of: "user" | "workspace") {
  const {value, ...rest} = of === "user" ? getUserConnection() : getWorkspaceConnection()
  return {...rest, length: value.length, user: getCurrentUser()?.id ?? null}
}
