// The errors that the SDK throws by itself. Apps cannot import the classes; they see `code`.
class AttioError extends Error {
  static is(error) {
    return error instanceof this
  }
}

function errorClass(name, code, message) {
  const Class = class extends AttioError {
    constructor() {
      super(message)
    }
    get code() {
      return code
    }
  }
  Object.defineProperty(Class, "name", {value: name})
  Object.defineProperty(Class.prototype, "name", {value: name, writable: true, configurable: true})
  return Class
}

export const NoUserConnection = errorClass("AttioNoUserConnectionError", "no-user-connection", "There is no user connection")
export const NoWorkspaceConnection = errorClass("AttioNoWorkspaceConnectionError", "no-workspace-connection", "There is no workspace connection")
export const ConnectionExpired = errorClass("AttioConnectionExpiredError", "connection-expired", "The connection has expired and could not be refreshed")
export const UnexpectedTransport = errorClass("AttioUnexpectedTransportError", "unexpected-transport-error", "The call did not get through")

const natives = {TypeError, RangeError, SyntaxError}

// An error of the platform's as one of this realm.
export function revive({name, message, code}) {
  if (code === "unexpected-transport-error") return Object.assign(new UnexpectedTransport(), {message})
  const error = new (Object.hasOwn(natives, name) ? natives[name] : Error)(message)
  if (error.name !== name && typeof name === "string") {
    Object.defineProperty(error, "name", {value: name, writable: true, configurable: true})
  }
  if (typeof code === "string") error.code = code
  return error
}
