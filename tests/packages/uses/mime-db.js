import db from "mime-db"

export default () => [Object.keys(db).length, db["application/json"]]
