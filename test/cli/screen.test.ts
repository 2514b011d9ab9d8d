import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { columns, count, Screen } from '../../src/cli/screen.js'

function screenOn(kind: { isTTY: boolean; colors: boolean }) {
  const written: string[] = []
  const stream = Object.assign(new PassThrough(), { isTTY: kind.isTTY, columns: 20, hasColors: () => kind.colors })
  stream.on('data', (data: Buffer) => written.push(data.toString()))
  return { screen: new Screen({ out: stream, err: stream }), text: () => written.join('') }
}

describe('what commands print', () => {
  it('has colours on a terminal that shows them, and nowhere else', () => {
    expect(screenOn({ isTTY: true, colors: true }).screen.styled('wrong', 'red')).toBe('\u001b[31mwrong\u001b[39m')
    expect(screenOn({ isTTY: true, colors: false }).screen.styled('wrong', 'red')).toBe('wrong')
    expect(screenOn({ isTTY: false, colors: true }).screen.styled('wrong', 'red')).toBe('wrong')
  })

  it('shows progress on a terminal in one line, and lines about the work above it', () => {
    const { screen, text } = screenOn({ isTTY: true, colors: false })
    screen.show('1 document')
    screen.say('file:1: is wrong')
    screen.show('a progress line that is much too long for it')
    screen.hide()
    expect(text()).toBe('1 document\r\u001b[Kfile:1: is wrong\n1 document\r\u001b[Ka progress line tha\r\u001b[K')
  })

  it('shows no passing line elsewhere', () => {
    const { screen, text } = screenOn({ isTTY: false, colors: false })
    screen.show('1 document')
    screen.say('done')
    expect(text()).toBe('done\n')
  })

  it('is aligned and counted', () => {
    expect(columns(['A', 'LONG'], [['abc', 'd'], ['e', 'f']])).toEqual(['A    LONG', 'abc  d', 'e    f'])
    expect([count(1, 'story', 'stories'), count(10_000, 'document')]).toEqual(['1 story', '10,000 documents'])
  })
})
