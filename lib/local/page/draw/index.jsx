// Nothing is drawn yet.
export class Session {
  constructor({id, api}) {
    Object.assign(this, {id, api})
  }
  trigger(what) {
    return this.api("POST", `/sessions/${this.id}/trigger`, what)
  }
  mount(what) {
    return this.api("POST", `/sessions/${this.id}/mount`, what)
  }
  close(surface) {
    return this.api("DELETE", `/sessions/${this.id}/surfaces/${surface}`)
  }
}
export const Surface = () => null
export const Overlays = () => null
