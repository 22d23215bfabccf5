// Where the other server is: the test has written it down.
import {kv} from "attio/server"

export default async function elsewhere(): Promise<string> {
  return String((await kv.get("elsewhere-address"))?.value)
}
