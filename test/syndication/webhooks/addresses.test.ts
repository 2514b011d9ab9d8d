import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { endpointProblem, isPublicAddress, urlProblem } from '../../../src/syndication/webhooks/index.js'

const STRICT = { allowsLoopback: false }

describe('an address that events may be sent to', () => {
  it.each([
    '127.0.0.1', '127.255.255.254', '0.0.0.0', '0.1.2.3', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', '100.100.100.200', '169.254.169.254', '169.254.170.2', '168.63.129.16', '192.0.0.1', '192.0.0.192',
    '192.0.2.1', '198.18.0.1', '198.51.100.7', '203.0.113.9', '192.88.99.1', '224.0.0.1', '239.255.255.250', '240.0.0.1', '255.255.255.255',
    '::', '::1', 'fe80::1', 'fe80::1%eth0', 'febf::1', 'fec0::1', 'fc00::1', 'fd00:ec2::254', 'ff02::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '::ffff:7f00:1', '::7f00:1', '::127.0.0.1', '::ffff:0:127.0.0.1',
    '64:ff9b::7f00:1', '64:ff9b::8.8.8.8', '64:ff9b:1::a00:1', '2002:7f00:1::', '2002:808:808::1', '2001::1', '2001:db8::1', '2001:20::1', '100::1', '3fff::1', '5f00::1', '4000::1', 'e000::1',
    '', 'localhost', '2130706433', '0x7f000001', '0177.0.0.1', '127.1', '127.0.1', '0x7f.1', '1.1.1.1.', ' 1.1.1.1', '1.1.1.256', '1.1.1', '[::1]', '::g',
  ])('is not %s', (address) => expect(isPublicAddress(address)).toBe(false))

  it.each(['8.8.8.8', '1.1.1.1', '93.184.215.14', '172.15.0.1', '172.32.0.1', '100.63.255.255', '100.128.0.1', '169.253.0.1', '2606:4700:4700::1111', '2a00:1450:4001::200e'])('can be %s', (address) => expect(isPublicAddress(address)).toBe(true))

  it('is none of version 4 in any spelling of version 6', () => {
    fc.assert(fc.property(fc.ipV4(), (address) => {
      const [a, b, c, d] = address.split('.').map(Number) as [number, number, number, number]
      const hex = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`
      for (const text of [`::ffff:${address}`, `::ffff:${hex}`, `64:ff9b::${hex}`, `2002:${hex}::`, `::${hex}`]) expect(isPublicAddress(text), text).toBe(false)
    }))
  })
})

describe('the URL of an endpoint', () => {
  it.each([
    // Spellings that some client would take for this machine, or for one beside it.
    'https://127.0.0.1/', 'https://127.1/', 'https://2130706433/', 'https://0x7f000001/', 'https://0x7f.0.0.1/', 'https://0177.0.0.1/', 'https://017700000001/', 'https://127.0.0.1./', 'https://127.0.0.1:8443/', 'https://①②⑦.0.0.1/', 'https://127。0。0。1/',
    'https://%31%32%37.0.0.1/', 'https://[::1]/', 'https://[0:0:0:0:0:0:0:1]/', 'https://[::ffff:127.0.0.1]/', 'https://[::ffff:7f00:1]/', 'https://[::127.0.0.1]/', 'https://[64:ff9b::7f00:1]/', 'https://[2002:7f00:1::]/', 'https://[fe80::1]/', 'https://[fd00:ec2::254]/',
    'https://localhost/', 'https://LOCALHOST/', 'https://localhost./', 'https://api.localhost/', 'https://localhost:8443/', 'https://169.254.169.254/latest/meta-data/', 'https://0xa9fea9fe/', 'https://10.1.2.3/', 'https://192.168.0.1/', 'https://0/', 'https://0.0.0.0/',
    'https://intranet/', 'https://intranet./', 'https://desk/onrecord',
  ])('is refused as not on the internet: %s', (url) => expect(urlProblem(url, STRICT)).toMatch(/^is not on the internet/))

  it.each([
    ['http://desk.example/', /^is not "https:"/], ['http://127.0.0.1/', /^is not "https:"/], ['ftp://desk.example/', /^is not an address/], ['file:///etc/passwd', /^is not an address/], ['javascript:alert(1)', /^is not an address/], ['desk.example', /^is not an address/],
    ['', /^is not an address/], ['https://', /^is not an address/], ['https://desk.example/a b', /^is not an address/], ['https://desk.example\\@127.0.0.1/', /^is not an address/], [' https://desk.example/', /^is not an address/], ['https://desk.example/\n', /^is not an address/], ['https:desk.example', /^is not an address/],
    ['https://user@desk.example/', /^holds a name or password/], ['https://user:pass@desk.example/', /^holds a name or password/], ['https://127.0.0.1@desk.example/', /^holds a name or password/], ['https://desk.example@127.0.0.1/', /^holds a name or password/],
    ['https://desk.example/#127.0.0.1', /^has a part behind "#"/], ['https://desk.example:22/', /^has port 22; allowed are/], ['https://desk.example:6379/', /^has port 6379/], ['https://8.8.8.8:5432/', /^has port 5432/], [`https://desk.example/${'x'.repeat(2_000)}`, /^is longer than 2000/],
  ])('is refused: %s', (url, why) => expect(urlProblem(url, STRICT)).toMatch(why))

  it.each(['https://desk.example/onrecord', 'https://desk.example', 'https://desk.example:443/x?y=1', 'https://desk.example:8443/', 'https://desk.example./x', 'https://8.8.8.8/x', 'https://[2606:4700:4700::1111]/x', 'HTTPS://DESK.EXAMPLE/'])('can be %s', (url) => expect(urlProblem(url, STRICT)).toBeUndefined())

  it('can be one of this machine where that is allowed, and no other that is not public', () => {
    const lax = { allowsLoopback: true }
    for (const url of ['http://127.0.0.1:9000/x', 'http://localhost:9000/', 'https://[::1]:9000/']) expect(urlProblem(url, lax), url).toBeUndefined()
    for (const url of ['http://10.0.0.1/', 'https://10.0.0.1/', 'http://desk.example/', 'https://169.254.169.254/', 'https://[::ffff:127.0.0.1]/', 'https://desk.example:9000/']) expect(urlProblem(url, lax), url).toBeDefined()
  })

  it.each([
    [['8.8.8.8'], undefined], [['8.8.8.8', '2606:4700:4700::1111'], undefined], [[], /^has a host that cannot be found/], [['127.0.0.1'], /^is not on the internet/], [['8.8.8.8', '10.0.0.1'], /^is not on the internet/], [['::ffff:10.0.0.1'], /^is not on the internet/], [['fe80::1%eth0'], /^is not on the internet/],
  ])('whose host has the addresses %j is looked up, and every one of them counts', async (addresses, why) => {
    const problem = await endpointProblem('https://desk.example/', STRICT, async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })))
    if (why) expect(problem).toMatch(why)
    else expect(problem).toBeUndefined()
  })
})
