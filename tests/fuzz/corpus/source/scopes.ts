import {kv} from "attio/server"
function a(kv: string, {b, c: [d = kv]}: any, ...e: any[]) { var kv2 = kv; { let kv = 1; kv } for (const kv of []) kv
  try { kv } catch ({message: kv}) { kv } switch (1) { case 1: { class kv {} } } label: for (;;) break label }
const f = function kv() { return kv }, g = async kv => kv, h = class kv {}
type F = (kv: string) => typeof kv
