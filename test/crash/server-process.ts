import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { ROOT, SERVER } from '../support/programs.js'

const LONGEST_START = 120_000

/** The server as its users run it, in a process of its own. */
export class ServerProcess {
  private constructor(readonly child: ChildProcess, readonly url: string, readonly log: string[], readonly metricsUrl: string | undefined) {}

  /** Resolves once it answers. @throws with what it said where it ends instead. */
  static async start(env: Readonly<Record<string, string>>): Promise<ServerProcess> {
    const child = spawn(process.execPath, [SERVER], { cwd: ROOT, env: { ...process.env, PORT: '0', HOST: '127.0.0.1', ONRECORD_DEMO: 'off', ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    const log: string[] = []
    let said = ''
    child.stderr!.setEncoding('utf8').on('data', (text: string) => log.push(text))
    const url = await new Promise<string>((resolve, reject) => {
      const late = setTimeout(() => { child.kill('SIGKILL'); reject(new Error(`The server did not start: ${said} ${log.join('')}`)) }, LONGEST_START)
      child.stdout!.setEncoding('utf8').on('data', (text: string) => {
        said += text
        const [, address] = /public contract +(http:\S+)\/graphql\n[\s\S]*\n\n$/.exec(said) ?? []
        if (address) { clearTimeout(late); resolve(address) }
      })
      child.once('close', (code) => { clearTimeout(late); reject(new Error(`The server ended with ${code}: ${log.join('')}`)) })
    })
    return new ServerProcess(child, url, log, /metrics +(http:\S+)/.exec(said)?.[1])
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (!this.isRunning) return
    const ended = once(this.child, 'exit')
    this.child.kill(signal)
    await ended
  }
}
