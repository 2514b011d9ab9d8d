import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FolderHeldError } from '../../src/database/index.js'
import { lockFolder } from '../../src/database/folder-lock.js'

const HOLDER = `import { lockFolder } from './src/database/folder-lock.ts'; await lockFolder(process.argv[1]); console.log('held'); setInterval(() => undefined, 1000)`
const HOLDING = ['--import', '@oxc-node/core/register', '--input-type=module', '-e', HOLDER]

describe('the data folder', () => {
  let folder: string
  let child: ChildProcess | undefined
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'onrecord-lock-'))
  })
  afterEach(async () => {
    child?.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  })
  const holdInAnotherProcess = async () => {
    child = spawn(process.execPath, [...HOLDING, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(child.stdout!, 'data')
    return child.pid!
  }

  it('is refused to a second process, with who holds it and what to do', async () => {
    const pid = await holdInAnotherProcess()
    await expect(lockFolder(folder)).rejects.toThrow(FolderHeldError)
    await expect(lockFolder(folder)).rejects.toThrow(new RegExp(`held by process ${pid} on ${hostname()} \\(since .*\\)\\. Stop that process, or give this one a folder of its own with ONRECORD_DATA`))
  })

  it('is free again after its holder was killed', async () => {
    await holdInAnotherProcess()
    child!.kill('SIGKILL')
    await once(child!, 'exit')
    await (await lockFolder(folder)).release()
  })

  it.runIf(existsSync('/proc/self/stat'))('is free after its holder was killed, also while nobody has asked what became of it', async () => {
    // The shell starts the holder, becomes a program that asks after no child, and is the parent of a zombie from then on.
    child = spawn('sh', ['-c', '"$0" "$@" & exec sleep 60', process.execPath, ...HOLDING, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(child.stdout!, 'data')
    const { pid } = JSON.parse(await readFile(path.join(folder, 'lock'), 'utf8')) as { pid: number }
    process.kill(pid, 'SIGKILL')
    await vi.waitFor(async () => expect(await readFile(`/proc/${pid}/stat`, 'utf8')).toMatch(/\) Z /))
    await (await lockFolder(folder)).release()
  })

  it('is free although another process has the number of the one that was killed', async () => {
    await writeFile(path.join(folder, 'lock'), JSON.stringify({ pid: process.pid, host: hostname(), since: '2026-01-01T00:00:00Z', started: '1' }))
    await (await lockFolder(folder)).release()
  })

  it('is not taken from another machine, whose processes cannot be seen', async () => {
    await writeFile(path.join(folder, 'lock'), JSON.stringify({ pid: 1, host: 'elsewhere', since: '2026-01-01T00:00:00Z', started: '' }))
    await expect(lockFolder(folder)).rejects.toThrow('held by process 1 on elsewhere')
  })

  it('is free after it was released, and its lock names this process while it is held', async () => {
    const lock = await lockFolder(folder)
    expect(JSON.parse(await readFile(path.join(folder, 'lock'), 'utf8'))).toMatchObject({ pid: process.pid, host: hostname() })
    await lock.release()
    await (await lockFolder(folder)).release()
  })
})
