import { afterAll, beforeAll, expect, it } from 'vitest'
import { draft, TestDesk } from '../stories/desk.js'
import { TestNewsroom } from '../support/newsroom.js'

let newsroom: TestNewsroom
let desk: TestDesk
beforeAll(async () => {
  newsroom = await TestNewsroom.open()
  desk = new TestDesk(newsroom)
})
afterAll(() => newsroom.close())

it('finds topics and journalists by the names that stories use which may be read, and by no others', async () => {
  const entries = (topic: string, journalist: string) => ({ topics: [{ code: 'medtop:04000000', name: topic }], journalists: [{ key: 'sam-reyes', name: journalist }, { key: 'editor-vo', name: 'Linh Vo' }] })
  await desk.create(draft('hidden-names', entries('Zebraplan', 'Quillon Hidden')))
  await desk.publish(draft('public-names', entries('Water', 'Anna Public')))
  const found = async (name: string) => {
    const { data, errors } = await newsroom.read('query ($name: String!) { topics(name: $name) { nodes { name } } journalists(name: $name) { nodes { name } } }', { name })
    expect(errors).toBeUndefined()
    return [...data!['topics'].nodes, ...data!['journalists'].nodes].map((node: { name: string }) => node.name)
  }
  for (const hidden of ['Zebra', 'Quillon']) expect(await found(hidden)).toEqual([])
  expect(await found('wat')).toEqual(['Water'])
  expect(await found('Anna')).toEqual(['Anna Public'])
})
