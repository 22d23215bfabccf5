// The Worker of a server realm.
import {work} from "../worker.js"
import {createServerRealm} from "./realm.js"

work("server", createServerRealm)
