import {tell} from "./values"

export default async function describe(...args: unknown[]) {
  return args.map(tell)
}
