import { describe, expect, it } from 'vitest'
import { extract } from '../../src/extraction/index.js'
import { attributionLines, quotesOf } from './support/lines.js'

describe('a quotation', () => {
  it.each<[what: string, text: string, lines: string[]]>([
    ['in curly marks', '“The dam held,” Ruth Calder said.', ['Ruth Calder | said | “The dam held,” | direct']],
    ['in straight marks', '"The dam held," Ruth Calder said.', ['Ruth Calder | said | "The dam held," | direct']],
    ['in two single marks', "``The dam held,'' Ruth Calder said.", ["Ruth Calder | said | ``The dam held,'' | direct"]],
    ['in single marks', '‘The dam held,’ Ruth Calder said.', ['Ruth Calder | said | ‘The dam held,’ | direct']],
    ['in guillemets', '«The dam held,» Ruth Calder said.', ['Ruth Calder | said | «The dam held,» | direct']],
    ['after its cue', 'Ruth Calder said, “The dam held.”', ['Ruth Calder | said | “The dam held.” | direct']],
    ['after a colon', 'Ruth Calder said: “The dam held.”', ['Ruth Calder | said | “The dam held.” | direct']],
    ['before an inverted cue', '“The dam held,” said Ruth Calder.', ['Ruth Calder | said | “The dam held,” | direct']],
    ['split by its cue', '“The dam,” she said, “held all night.”', ['she | said | “The dam,” … “held all night.” | direct']],
    ['split by an inverted cue', '“The dam,” said Ruth Calder, “held all night.”', ['Ruth Calder | said | “The dam,” … “held all night.” | direct']],
    ['split at a sentence', '“The dam held,” Ruth Calder said. “Nobody slept.”', ['Ruth Calder | said | “The dam held,” … “Nobody slept.” | direct']],
    ['of one question', '“Who sleeps?” Ruth Calder asked.', ['Ruth Calder | asked | “Who sleeps?” | direct']],
    ['with another inside', '“She told me, ‘The dam held,’ and left,” Ruth Calder said.', ['Ruth Calder | said | “She told me, ‘The dam held,’ and left,” | direct']],
    ['with apostrophes', '“It’s the engineers’ dam, and it didn’t move,” Ruth Calder said.', ['Ruth Calder | said | “It’s the engineers’ dam, and it didn’t move,” | direct']],
    ['with straight apostrophes', '"It\'s the engineers\' dam, and it didn\'t move," Ruth Calder said.', ['Ruth Calder | said | "It\'s the engineers\' dam, and it didn\'t move," | direct']],
    ['with dashes', '“The dam — all of it — held,” Ruth Calder said.', ['Ruth Calder | said | “The dam — all of it — held,” | direct']],
    ['of several sentences', '“It rained. The dam held. Nobody slept,” Ruth Calder said.', ['Ruth Calder | said | “It rained. The dam held. Nobody slept,” | direct']],
    ['that is a part of a clause', 'Ruth Calder said the dam was “as solid as the day it was built.”', ['Ruth Calder | said | the dam was “as solid as the day it was built.” | mixed']],
    ['signed with a dash', '“The dam held all night.” — Ruth Calder', ['Ruth Calder | - | “The dam held all night.” | direct']],
  ])('%s', (_, text, lines) => {
    expect(attributionLines(text)).toEqual(lines)
  })

  it('runs on over paragraphs that reopen it without closing the one before', () => {
    const text = '“The water came at night,” Ruth Calder said. “We had no warning.\n\n“Nobody had. The sirens were off.\n\n“By morning it was over.”\n\nThe council met.'
    expect(quotesOf(text)).toEqual(['ruth-calder: The water came at night, … We had no warning. … Nobody had. The sirens were off. … By morning it was over.'])
  })

  it('goes on without a cue in the next sentence and the next paragraph', () => {
    expect(quotesOf('Ruth Calder was tired. “We had no warning,” she said.\n\n“The sirens were off.”')).toEqual(['ruth-calder: We had no warning, … The sirens were off.'])
  })

  it('of a mixed sentence is a quote for itself', () => {
    expect(quotesOf('Ruth Calder said the dam was “solid” and the sirens were “a joke.”')).toEqual(['ruth-calder: solid', 'ruth-calder: a joke.'])
  })

  it('that nobody is credited with is reported and belongs to nobody', () => {
    const { document, diagnostics } = extract('The sign on the gate has hung there for years. It is green. On it are the words “no fishing from the wall” in white.')
    expect(document.quotes).toEqual([])
    expect(diagnostics.map(({ code }) => code)).toContain('ORPHAN_QUOTE')
  })

  it('left open ends with its paragraph', () => {
    expect(attributionLines('“The dam held, Ruth Calder said.\n\nThe council met on Tuesday. Mayor Tom Reed said it was late.').at(-1)).toBe('Mayor Tom Reed | said | it was late | indirect')
  })

  it('of a title or a nickname is no speech', () => {
    expect(attributionLines('The film “Under the Dam” opens on Friday. Its director is known as “the Duke.”')).toEqual([])
  })
})
