import { describe, expect, it } from 'vitest'
import { tokenize } from '../../src/extraction/tokens.js'
import { sentencesOf } from './support/lines.js'

const wordsOf = (text: string): string[] => tokenize(text).map((token) => token.text)

describe('sentences', () => {
  it.each<[what: string, ...sentences: string[]]>([
    ['two plain ones', 'The bridge closed.', 'Nobody was hurt.'],
    ['an abbreviated country before a noun', 'She is a U.S. national.', 'He is not.'],
    ['an abbreviated country at the end', 'They flew back to the U.S.', 'The trip took a day.'],
    ['an abbreviated country and an office', 'The U.S. Senate voted.', 'It passed.'],
    ['an hour before a day', 'The gates open at 5 p.m. Friday.', 'Entry is free.'],
    ['an hour at the end', 'The gates open at 5 p.m.', 'The show starts later.'],
    ['a saint’s city', 'He left St. Louis at noon.', 'She stayed.'],
    ['titles', 'Mr. Boyle met Dr. Anders and Sen. Ruth Lowell.', 'Gov. Hale did not come.'],
    ['initials', 'J. P. Morrow and Lyndon B. Tate signed it.', 'W. E. Rudd did not.'],
    ['a company', 'Tarrant Inc. bought Bell Corp. for cash.', 'Analysts were surprised.'],
    ['a company at the end', 'The buyer is Tarrant Inc.', 'The seller was not named.'],
    ['a decimal', 'Prices rose 3.5 percent to $1.25 a pound.', 'Wages fell.'],
    ['a date', 'The vote was on Feb. 3, 2016, in Bern.', 'It failed.'],
    ['an ellipsis inside', 'It was … a hard year.', 'It is over.'],
    ['three full stops inside', 'It was ... a hard year.', 'It is over.'],
    ['a question and an exclamation', 'Why now?', 'Nobody knows!', 'The board is silent.'],
    ['the inner sentences of a quotation', '“I left. I never came back. Why would I?” Moreno said.', 'She was 19.'],
    ['a quotation and its speaker before it', 'Moreno said: “I left. I never came back.”', 'She was 19.'],
    ['a question before its speaker', '“Why now?” Moreno asked.', 'Nobody answered.'],
    ['a quotation that ends a sentence', 'He called it “a farce.”', 'The crowd laughed.'],
    ['a full stop after the closing mark', 'He called it “a farce”.', 'The crowd laughed.'],
    ['two quotations in a row', '“I left.”', '“I never came back.”'],
    ['a bracket', 'The fund (it was set up in May) is empty.', 'It closes today.'],
    ['"no" at the end', 'He said no.', 'She said yes.'],
    ['a numbered thing', 'It was No. 3 on the list.', 'Nobody knew.'],
    ['a number first', 'The fire spread.', '12 houses burned.'],
  ])('are cut in a text with %s', (_, ...sentences) => {
    expect(sentencesOf(sentences.join(' '))).toEqual(sentences)
  })

  it('end with their paragraph', () => {
    expect(sentencesOf('A headline without a stop\n\nThe bridge closed')).toEqual(['A headline without a stop', 'The bridge closed'])
  })

  it('stay together over a line that was only wrapped', () => {
    expect(sentencesOf('The bridge was closed on\nmonday by the wind.')).toHaveLength(1)
  })
})

describe('tokens', () => {
  it.each<[text: string, tokens: string[]]>([
    ['It’s the officials’ plan.', ['It', '’s', 'the', 'officials', '’', 'plan', '.']],
    ["She didn't go.", ['She', "didn't", 'go', '.']],
    ['$3.5 million, 1,200 people', ['$3.5', 'million', ',', '1,200', 'people']],
    ['at 5 p.m. Friday', ['at', '5', 'p.m.', 'Friday']],
    ['the U.S. team', ['the', 'U.S.', 'team']],
    ['Jean-Luc O’Neill', ['Jean-Luc', 'O’Neill']],
    ['no… yes', ['no', '…', 'yes']],
    ['well---maybe', ['well', '---', 'maybe']],
    ['“Go,” he said', ['“', 'Go', ',', '”', 'he', 'said']],
  ])('of %j', (text, tokens) => {
    expect(wordsOf(text)).toEqual(tokens)
  })

  it('cover every character that is no space, once and in order', () => {
    const text = 'A “mixed” line… 3.5% of U.S. growth — 🎉 שלום, she’d said. \u0000 end'
    const tokens = tokenize(text)
    let at = 0
    for (const { start, end, text: own } of tokens) {
      expect(text.slice(at, start).trim()).toBe('')
      expect(text.slice(start, end)).toBe(own)
      at = end
    }
    expect(text.slice(at).trim()).toBe('')
  })
})
