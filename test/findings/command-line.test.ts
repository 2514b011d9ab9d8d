import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CliPlace, jsonl, lines } from '../cli/onrecord.js'
import { weakStory } from '../support/weak-story.js'

describe('onrecord, where a finding is an error,', () => {
  let place: CliPlace
  beforeAll(async () => {
    place = await CliPlace.open()
    expect(await place.run(['import', '-'], { input: jsonl([weakStory('weak-1'), weakStory('weak-2')]) })).toMatchObject({ code: 0 })
  }, 60_000)
  afterAll(() => place.remove())

  it('publishes nothing, and prints the findings with their places', async () => {
    const { code, out, err } = await place.run(['publish', 'weak-1', 'weak-2'])
    expect([code, out]).toEqual([1, ''])
    expect(lines(err)).toEqual(['weak-1', 'weak-2'].flatMap((slug) => [expect.stringMatching(new RegExp(`^"${slug}" cannot be published: one finding is an error \\(bare-source-descriptor\\)`)), expect.stringMatching(/^ {2}paragraphs\[1\] {2}bare-source-descriptor: /)]))
  }, 60_000)

  it('goes by the profile of the settings: a name, or a file', async () => {
    const file = await place.file('profile.json', JSON.stringify({ extends: 'house', rules: { 'bare-source-descriptor': 'warning' } }))
    expect(await place.run(['publish', 'weak-1'], { env: { ONRECORD_PROFILE: 'ap' } })).toMatchObject({ code: 1, err: expect.stringContaining('anonymity-without-approval') })
    expect(await place.run(['publish', 'weak-1'], { env: { ONRECORD_PROFILE: file } })).toMatchObject({ code: 0, out: 'published  weak-1  version 1\n' })
  }, 60_000)

  it.each([
    ['nonsense', undefined, /ONRECORD_PROFILE: "nonsense" is none of ap, reuters, bbc, house, and there is no such file/],
    ['broken.json', '{', /broken\.json cannot be read as JSON/],
    ['unknown.json', '{"rules": {"no-such-rule": "error"}}', /unknown\.json: .*\n.*no-such-rule/],
  ])('says what is wrong with the profile %s', async (name, content, problem) => {
    const setting = content === undefined ? name : await place.file(name, content)
    const { code, err } = await place.run(['publish', 'weak-2'], { env: { ONRECORD_PROFILE: setting } })
    expect(code).toBe(1)
    expect(err).toMatch(problem)
  }, 60_000)

  it('refuses to publish what it imports, dry or not, and stores what was published before as it was', async () => {
    const input = jsonl([weakStory('weak-3'), weakStory('weak-4', { publication: { firstPublishedAt: '2026-02-01T08:00:00Z' } })])
    for (const flags of [['--dry-run'], []]) {
      const { code, err } = await place.run(['import', '--publish', ...flags, '-'], { input })
      expect(code).toBe(1)
      expect(lines(err)).toEqual([expect.stringMatching(/^stdin:1: paragraphs\[1\] bare-source-descriptor: /)])
    }
    expect((await place.run(['export', '--all'])).out.split('\n').filter((line) => line.includes('"publication"')).map((line) => JSON.parse(line).slug)).toEqual(expect.arrayContaining(['weak-4']))
    expect((await place.run(['export', '--all'])).out).not.toContain('weak-3')
  }, 90_000)

  it('ties a token to the journalist that its owner is in bylines', async () => {
    expect(await place.run(['token', 'issue', '--name', 'S. R.', '--role', 'editor', '--journalist', 'Sam Reyes'])).toMatchObject({ code: 2 })
    expect(await place.run(['token', 'issue', '--name', 'S. R.', '--role', 'editor', '--journalist', 'sam-reyes'])).toMatchObject({ code: 0 })
    expect(await place.inside(async (database) => (await database.prisma()).staffToken.findMany({ select: { name: true, journalist: true } }))).toEqual([{ name: 'S. R.', journalist: 'sam-reyes' }])
  }, 60_000)
})
