import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { CheckProgress } from '../../src/cli/check-progress.js'
import { checkStories } from '../../src/cli/check-stories.js'
import { Screen } from '../../src/cli/screen.js'

function terminal(kind: { readonly isTTY: boolean; readonly colors?: boolean }) {
  const stream = () => {
    const written: string[] = []
    const pass = Object.assign(new PassThrough(), { isTTY: kind.isTTY, columns: 100, hasColors: () => kind.colors === true })
    pass.on('data', (data: Buffer) => written.push(data.toString()))
    return { pass, text: () => written.join('') }
  }
  const [out, err] = [stream(), stream()]
  return { screen: new Screen({ out: out.pass, err: err.pass }), out: out.text, err: err.text }
}

describe('a check on a terminal', () => {
  const flags = { profile: 'house', format: 'pretty', severity: 'info', failOn: 'error' } as const
  const file = new URL('../extraction/stories/bridge.json', import.meta.url).pathname
  it('is coloured where the terminal shows colours, and only there', async () => {
    for (const colors of [true, false]) {
      const { screen, out } = terminal({ isTTY: true, colors })
      // The file is no story document: what is wrong with it goes to standard error.
      await checkStories(screen, [file], flags)
      expect(out().includes('\u001b[')).toBe(false)
      const fresh = terminal({ isTTY: true, colors })
      await checkStories(fresh.screen, [new URL('../../README.md', import.meta.url).pathname], { ...flags, archive: true })
      expect(fresh.out().includes('\u001b[')).toBe(colors)
    }
  })
})

describe('the progress of a long check', () => {
  it('is a bar with count, findings and speed on a terminal, wiped in the end', () => {
    const { screen, err } = terminal({ isTTY: true })
    let now = 0
    const progress = new CheckProgress(screen, 4, () => now)
    for (let done = 1; done <= 3; done += 1) {
      now = done * 400
      progress.step(done * 2)
    }
    progress.end()
    expect(err()).toContain('[######------------------]  25% 1 story checked, 2 findings, 3 a second')
    expect(err()).toContain('[##################------]  75% 3 stories checked, 6 findings, 3 a second')
    expect(err().endsWith('\r\u001b[K')).toBe(true)
  })
  it('is silent for a short run', () => {
    const { screen, err } = terminal({ isTTY: true })
    const progress = new CheckProgress(screen, 4, () => 0)
    progress.step(1)
    progress.end()
    expect(err()).toBe('')
  })
  it('is a line for every thousand stories elsewhere', () => {
    const { screen, err } = terminal({ isTTY: false })
    let now = 0
    const progress = new CheckProgress(screen, undefined, () => (now += 1))
    for (let done = 1; done <= 2_500; done += 1) progress.step(0)
    expect(err().split('\n').filter((line) => line !== '')).toHaveLength(2)
    expect(err()).toContain('2,000 stories checked, 0 findings, 1,000 a second')
  })
})
