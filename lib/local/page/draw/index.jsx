// Draws what an app shows: surfaces by their nodes, and what lies above the page.
import "./draw.css"

export {Dialog, Overlays, Question, Toasts} from "./overlays.jsx"
export {Session} from "./session.js"
export {Surface} from "./surface.jsx"
