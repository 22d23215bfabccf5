import a, {b as c, type D, default as e} from "./a"
import * as ns from 'pkg'
import type {T} from "./t"
import "./side"
import r = require("./r")
import {type E} from "./e"
export * from "./s"
export * as all from "./s"
export {x as default, y as "string name"} from "./x"
export type {Q} from "./q"
const l = () => import("./lazy"), q = require('./q')
export default function f(b: T): D { const c = 1; return [a, c, e, ns, r, l, q] as any }
