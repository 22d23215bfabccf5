// Evaluated before all other modules: the start of the Workers takes longest, and all else is done
// meanwhile.
import {createPool} from "./pool.js"

// Before any Worker starts: what app code sees of the machine is the same everywhere.
process.env.TZ = "UTC"

export const pool = createPool(__dirname, {compiled: process.argv[2]})
pool.warm()
