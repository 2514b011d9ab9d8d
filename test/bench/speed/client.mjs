import { readFileSync } from 'node:fs'
import net from 'node:net'

// Sends the requests of a file (one body a line) in turn over keep-alive connections, and prints what came of it as JSON. "@@UNIQUE@@" in a body is replaced in each.
// With `rate` it sends so many a second, whatever the answers take, and counts from when each was due.
const { port, path, file, headers = {}, connections, seconds, rate, unique } = JSON.parse(process.argv[2])
const bodies = readFileSync(file, 'utf8').trim().split('\n')
const head = `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\naccept: application/json\r\n${Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join('')}content-length: `
const framed = (body) => Buffer.from(`${head}${Buffer.byteLength(body)}\r\n\r\n${body}`)
const fixed = bodies.map((body) => (body.includes('@@UNIQUE@@') ? undefined : framed(body)))
const LENGTH = /content-length: (\d+)/i
let [next, count, errors] = [0, 0, 0]
const taken = []
const end = performance.now() + seconds * 1000
/** How long answers take is told from then on: this program begins slowly itself. */
const steady = performance.now() + Math.min(2000, (seconds * 1000) / 2)
const due = []
const idle = []

function bytes() {
  const at = next++ % bodies.length
  return fixed[at] ?? framed(bodies[at].replaceAll('@@UNIQUE@@', `${unique}-${next}`))
}

class Connection {
  since = 0
  #expected = -1
  #received = 0

  constructor() {
    this.socket = net.connect({ port, host: '127.0.0.1', noDelay: true })
    this.socket.on('connect', () => this.done()).on('data', (chunk) => this.read(chunk)).on('error', () => { errors += 1 })
  }

  send(since) {
    this.since = since
    this.#expected = -1
    this.#received = 0
    this.socket.write(bytes())
  }

  read(chunk) {
    if (this.#expected < 0) {
      const text = chunk.latin1Slice(0, Math.min(chunk.length, 16_384))
      const from = text.indexOf('\r\n\r\n')
      if (!text.startsWith('HTTP/1.1 200')) errors += 1
      this.#expected = from + 4 + Number(LENGTH.exec(text.slice(0, from))[1])
    }
    this.#received += chunk.length
    if (this.#received < this.#expected) return
    if (this.since >= steady) taken.push(performance.now() - this.since)
    count += 1
    this.done()
  }

  done() {
    if (performance.now() >= end) return void this.socket.destroy()
    if (rate === undefined) return this.send(performance.now())
    const since = due.shift()
    if (since === undefined) idle.push(this)
    else this.send(since)
  }
}

const began = performance.now()
for (let at = 0; at < connections; at += 1) new Connection()
if (rate !== undefined) {
  let sent = 0
  const timer = setInterval(() => {
    const now = performance.now()
    if (now >= end) {
      clearInterval(timer)
      for (const each of idle) each.socket.destroy()
      return
    }
    for (; sent < ((now - began) / 1000) * rate; sent += 1) {
      const at = began + (sent / rate) * 1000
      const free = idle.pop()
      if (free) free.send(at)
      else due.push(at)
    }
  }, 1)
}
process.once('beforeExit', () => {
  taken.sort((a, b) => a - b)
  const at = (part) => taken[Math.min(taken.length - 1, Math.floor(taken.length * part))] ?? NaN
  process.stdout.write(JSON.stringify({ requests: count, seconds: (performance.now() - began) / 1000, errors, p50: at(0.5), p99: at(0.99), longest: taken.at(-1) }))
})
