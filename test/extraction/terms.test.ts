import { describe, expect, it } from 'vitest'
import { extract } from '../../src/extraction/index.js'
import { onlySource } from './support/lines.js'

describe('the terms of an unnamed source', () => {
  it.each<[text: string, terms: string, reason: string | undefined]>([
    ['An official said on condition of anonymity, because he was not authorized to speak, that the base will close.', 'on condition of anonymity', 'he was not authorized to speak'],
    ['The base will close, said an official, who spoke on condition of anonymity because the plan is secret.', 'on condition of anonymity', 'the plan is secret'],
    ['The base will close, an official said, speaking on the condition of anonymity to discuss a secret plan.', 'on the condition of anonymity', 'to discuss a secret plan'],
    ['An official said the base will close. The official spoke on condition of anonymity, citing the secrecy of the plan.', 'on condition of anonymity', 'citing the secrecy of the plan'],
    ['An official said the base will close. He spoke anonymously for fear of losing his job.', 'anonymously', 'fear of losing his job'],
    ['An official said on background that the base will close.', 'on background', undefined],
    ['An official said the base will close. The official asked not to be named because the plan is secret.', 'not to be named', 'the plan is secret'],
    ['An official, who requested anonymity because the plan is secret, said the base will close.', 'anonymity', 'the plan is secret'],
    ['An official who was granted anonymity to speak freely said the base will close.', 'anonymity', 'to speak freely'],
    ['An official who declined to be identified said the base will close.', 'declined to be identified', undefined],
  ])('and their reason are read from: %s', (text, terms, reason) => {
    const source = onlySource(text, 'ANONYMOUS')
    expect(source.terms?.text).toBe(terms)
    expect(source.reason?.text).toBe(reason)
    expect(extract(text).document.attributions[0]!.groundRules?.terms).toBe('BACKGROUND')
  })

  it('are unstated where the copy says nothing', () => {
    const text = 'An official said the base will close.'
    expect(onlySource(text, 'ANONYMOUS').terms).toBeUndefined()
    expect(extract(text).document.attributions[0]!.groundRules?.terms).toBe('UNSTATED')
  })

  it('have their words in the text', () => {
    const text = 'An official said on condition of anonymity, because he was not authorized to speak, that the base will close.'
    const { range } = onlySource(text, 'ANONYMOUS').reason!
    expect(text.slice(range!.start, range!.end)).toBe('he was not authorized to speak')
  })
})

describe('a request for comment', () => {
  it.each<[text: string, whom: string, outcome: string, line: string]>([
    ['The Pentagon declined to comment.', 'Department of Defense', 'DECLINED', 'The Pentagon declined to comment'],
    ['Tarrant Steel Corp. did not immediately respond to a request for comment.', 'Tarrant Steel Corp.', 'NO_RESPONSE', 'Tarrant Steel Corp. did not immediately respond to a request for comment'],
    ['The White House did not respond to requests for comment.', 'White House', 'NO_RESPONSE', 'The White House did not respond to requests for comment'],
    ['Ruth Calder could not be reached for comment.', 'Ruth Calder', 'UNREACHABLE', 'Ruth Calder could not be reached for comment'],
    ['The Pentagon would not comment.', 'Department of Defense', 'DECLINED', 'The Pentagon would not comment'],
    ['The Pentagon had no comment.', 'Department of Defense', 'DECLINED', 'The Pentagon had no comment'],
    ['A spokesman for the Pentagon declined to comment on the talks.', 'Department of Defense', 'DECLINED', 'A spokesman for the Pentagon declined to comment on the talks'],
    ['Ruth Calder declined an interview request.', 'Ruth Calder', 'DECLINED', 'Ruth Calder declined an interview request'],
    ['Ruth Calder did not return calls seeking comment.', 'Ruth Calder', 'NO_RESPONSE', 'Ruth Calder did not return calls seeking comment'],
    ['The Pentagon didn’t respond to emailed questions.', 'Department of Defense', 'NO_RESPONSE', 'The Pentagon didn’t respond to emailed questions'],
    ['The Pentagon declined to say whether the base will close.', 'Department of Defense', 'DECLINED', 'The Pentagon declined to say whether the base will close'],
    ['Asked for comment, the Pentagon said the base will close.', 'Department of Defense', 'ANSWERED', 'Asked for comment, the Pentagon said'],
    ['In response to a request for comment, the Pentagon said the base will close.', 'Department of Defense', 'ANSWERED', 'In response to a request for comment, the Pentagon said'],
    ['Representatives for the Pentagon did not respond to a message seeking comment.', 'Department of Defense', 'NO_RESPONSE', 'Representatives for the Pentagon did not respond to a message seeking comment'],
  ])('%s', (text, whom, outcome, line) => {
    const { document } = extract(`Officials met on Monday. ${text}`)
    expect(document.requestsForComment).toHaveLength(1)
    const [request] = document.requestsForComment
    expect([...document.people, ...document.organizations].find(({ key }) => key === (request!.person ?? request!.organization))?.name).toBe(whom)
    expect(request!.outcome).toBe(outcome)
    expect(request!.outcomeLine && document.paragraphs[0]!.text.slice(request!.outcomeLine.start, request!.outcomeLine.end)).toBe(line)
  })

  it.each(['The court declined to hear the case.', 'She responded to the fire.', 'Nobody reached the summit.', 'He commented on the game.'])('is none in: %s', (text) => {
    expect(extract(text).document.requestsForComment).toEqual([])
  })
})
