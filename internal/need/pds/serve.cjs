// Runs a PDS (the server on which accounts of Bluesky live) with a directory of
// identities of its own, all in memory. Its argument is the folder into which npm
// installed @atproto/dev-env. It prints its address, and ends with its standard
// input, that is with the test that started it.
'use strict'
const net = require('node:net')
const path = require('node:path')
const { pathToFileURL } = require('node:url')

// Both servers would listen on every interface: they get the loopback alone.
const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (where, ...rest) {
  if (typeof where === 'number' && typeof rest[0] !== 'string') {
    return listen.call(this, where, '127.0.0.1', ...rest)
  }
  if (where && typeof where === 'object' && where.port !== undefined && !where.host) {
    return listen.call(this, { ...where, host: '127.0.0.1' }, ...rest)
  }
  return listen.call(this, where, ...rest)
}

process.stdin.resume()
process.stdin.on('end', () => process.exit(0))

const entry = path.join(process.argv[2], 'node_modules/@atproto/dev-env/dist/index.js')
import(pathToFileURL(entry).href)
  .then((env) => env.TestNetworkNoAppView.create({ pds: { hostname: 'localhost' } }))
  .then((network) => console.log('PDS http://127.0.0.1:' + network.pds.port))
  .catch((err) => { console.error(err); process.exit(1) })
