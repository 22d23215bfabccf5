export type * from "./a"
export type * as ns from "./b"
import defer * as d from "d"
import j from "./j.json" with {type: "json"}
class A { accessor x = 1; static { using y = z() } #p in q }
interface B<in out T> { abstract: boolean
  <U>(x: U): T }
let c: import("x").Y<Z>[] = [], e: typeof import("w"), f = g as import("v").U
type H = (string) => void
