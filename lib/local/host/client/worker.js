// The Worker of a client realm.
import {work} from "../worker.js"
import {createClientRealm} from "./realm.js"

work("client", createClientRealm, ["reconciler"])
