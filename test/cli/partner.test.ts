import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CliPlace, lines } from './onrecord.js'

describe('onrecord partner', () => {
  let place: CliPlace
  beforeAll(async () => { place = await CliPlace.open() })
  afterAll(() => place.remove())
  const UUID = /^[0-9a-f-]{36}$/

  it('adds a partner, gives it a contract and a key once shown, rotates and revokes it', async () => {
    expect((await place.run(['partner', 'list'])).err).toMatch(/^There are no partners\. "onrecord partner add" adds one\.\n$/)
    const added = await place.run(['partner', 'add', '--name', 'Bay Radio', '--contact', 'Night desk', '--email', 'night@bayradio.example'])
    expect(added).toMatchObject({ code: 0, err: expect.stringMatching(/^Bay Radio is a partner\./) })
    const id = added.out.trim()
    expect(id).toMatch(UUID)
    expect(await place.run(['partner', 'add', '--name', 'BAY RADIO', '--phone', '110'])).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^There is a partner "BAY RADIO" already/) })

    expect(await place.run(['partner', 'contract', 'bay radio', '--desks', 'Metro, Sport', '--topics', 'all', '--archive', '30', '--embargo', 'advance'])).toEqual({ code: 0, out: 'contract  Bay Radio  number 1  desks Metro, Sport; all topics; 30 days; embargoed copy in advance\n', err: '' })
    expect(await place.run(['partner', 'contract', id, '--desks', 'all', '--topics', 'medtop:04000000,medtop:16000000', '--archive', 'all', '--registered-only', '--from', '2999-01-01T00:00:00Z', '--until', '2999-02-01T00:00:00Z'])).toMatchObject({ code: 0, out: 'contract  Bay Radio  number 2  all desks; topics medtop:04000000, medtop:16000000; whole archive; registered documents only\n' })

    const issued = await place.run(['partner', 'key', 'issue', 'Bay Radio', '--label', 'website', '--scopes', 'read', '--expires', '365'])
    expect(issued).toMatchObject({ code: 0, out: expect.stringMatching(/^onr_partner_[\w-]{43}\n$/), err: expect.stringMatching(/^A key for Bay Radio, website, until \d{4}-\d\d-\d\d\. It is not shown again/) })
    const all = await place.run(['partner', 'list'])
    expect(lines(all.out)).toEqual([expect.stringMatching(/^ID +NAME +KEYS +CONTRACT$/), expect.stringMatching(/^[\w-]{36} {2}Bay Radio {2}1 {5}desks Metro, Sport; all topics; 30 days; embargoed copy in advance$/)])

    const keyOf = async (state: RegExp) => lines((await place.run(['partner', 'list', 'Bay Radio'])).out).find((line) => state.test(line))!.slice(0, 36)
    const rotated = await place.run(['partner', 'key', 'rotate', await keyOf(/website .*valid$/), '--overlap', '0'])
    expect(rotated).toMatchObject({ code: 0, out: expect.stringMatching(/^onr_partner_[\w-]{43}\n$/) })
    expect(rotated.out).not.toBe(issued.out)
    const valid = await keyOf(/website .*valid$/)
    expect(await place.run(['partner', 'key', 'revoke', valid])).toEqual({ code: 0, out: `revoked  ${valid}\n`, err: '' })
    expect(await place.run(['partner', 'key', 'revoke', valid])).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^The key was revoked on .* already/) })

    const shown = (await place.run(['partner', 'list', id])).out
    expect(shown).toMatch(/^Bay Radio {2}[\w-]{36}\nAt night: Night desk, night@bayradio\.example\n\nCONTRACT +FROM +UNTIL +COVERS\n2 +2999-01-01 +2999-02-01 .*\n1 .*\n\nKEY +LABEL +SCOPES +ISSUED +EXPIRES +STATE\n/)
    expect(lines(shown).slice(-2).map((line) => line.replace(/ \d{4}-\d\d-\d\d$/, '').split(/ +/).at(-1)).toSorted()).toEqual(['expired', 'revoked'])
    for (const secret of [issued.out, rotated.out]) expect(all.out + shown).not.toContain(secret.trim().slice(12, 24))
  }, 120_000)

  it.each([
    [['add', '--name', ' ', '--phone', '110'], 1, /^name has 1 to 200 characters/],
    [['add', '--name', 'a\nb', '--phone', '110'], 1, /^name has 1 to 200 characters/],
    [['add', '--name', 'Bay Post'], 2, /^Give --email or --phone, by which/],
    [['add', '--name', 'Bay Post', '--email', 'nobody'], 1, /is not an e-mail address/],
    [['add', '--phone', '110'], 2, /required option '--name <name>'/],
    [['contract', 'Nobody', '--desks', 'all', '--topics', 'all', '--archive', 'all'], 2, /^There is no partner "Nobody"/],
    [['contract', 'Bay Radio', '--topics', 'all', '--archive', 'all'], 2, /required option '--desks <desks>'/],
    [['contract', 'Bay Radio', '--desks', 'Metro,,Sport', '--topics', 'all', '--archive', 'all'], 2, /Give names with commas between them/],
    [['contract', 'Bay Radio', '--desks', 'all', '--topics', 'economy', '--archive', 'all'], 1, /is not an IPTC Media Topics code/],
    [['contract', 'Bay Radio', '--desks', Array.from({ length: 201 }, (_, n) => `d${n}`).join(), '--topics', 'all', '--archive', 'all'], 1, /has more than 200 entries/],
    [['contract', 'Bay Radio', '--desks', 'all', '--topics', 'all', '--archive', '-3'], 2, /Give whole days, from 1, or "all"/],
    [['contract', 'Bay Radio', '--desks', 'all', '--topics', 'all', '--archive', '0'], 2, /Give whole days, from 1, or "all"/],
    [['contract', 'Bay Radio', '--desks', 'all', '--topics', 'all', '--archive', '99999'], 1, /is more than 36500 days/],
    [['contract', 'Bay Radio', '--desks', 'all', '--topics', 'all', '--archive', 'all', '--embargo', 'yes'], 2, /Allowed choices are none, advance/],
    [['contract', 'Bay Radio', '--desks', 'all', '--topics', 'all', '--archive', 'all', '--from', 'tomorrow'], 2, /Give an instant with an offset/],
    [['contract', 'Bay Radio', '--desks', 'all', '--topics', 'all', '--archive', 'all', '--from', '2999-02-01T00:00:00Z', '--until', '2999-01-01T00:00:00Z'], 1, /which is not after its begin/],
    [['key', 'issue', 'Nobody', '--label', 'x'], 2, /^There is no partner "Nobody"/],
    [['key', 'issue', 'Bay Radio', '--label', ''], 1, /^label has 1 to 200 characters/],
    [['key', 'issue', 'Bay Radio', '--label', 'x', '--scopes', 'write'], 2, /Allowed are read and embargoed/],
    [['key', 'issue', 'Bay Radio', '--label', 'x', '--scopes', 'embargoed'], 1, /lacks READ/],
    [['key', 'issue', 'Bay Radio', '--label', 'x', '--expires', '0'], 1, /is past; a key ends in the future/],
    [['key', 'rotate', '12'], 2, /^"12" is not the id of a key/],
    [['key', 'rotate', '00000000-0000-4000-8000-000000000000'], 1, /^There is no such key/],
    [['key', 'rotate', '00000000-0000-4000-8000-000000000000', '--overlap', '2161'], 1, /is more than 2160/],
    [['key', 'revoke', '00000000-0000-4000-8000-000000000000'], 1, /^There is no such key/],
    [['list', 'Nobody'], 2, /^There is no partner "Nobody"/],
  ])('refuses %j', async (args, code, message) => {
    const result = await place.run(['partner', ...args])
    expect({ code: result.code, out: result.out }).toEqual({ code, out: '' })
    expect(result.err).toMatch(message)
    expect(result.err).not.toMatch(/\n\s+at /)
  }, 30_000)
})
