module.exports = ATTIO_ROOT_SDK
