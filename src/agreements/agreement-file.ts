import DataLoader from 'dataloader'
import type { Queries } from '../database/index.js'
import type { StoryReader } from '../database/read/index.js'
import { NOTHING_ON_FILE, type AgreementsOnFile } from '../document/index.js'
import { EMPTY_FILE, filesBySlug, filesOf, type AgreementFile } from './agreement.store.js'

const loaders = new WeakMap<StoryReader, DataLoader<string, AgreementFile>>()

/** What is on file about a story's sources; all that are asked for in one tick come with one SQL statement (I10). */
export function fileOfStory(reader: StoryReader, storyId: string): Promise<AgreementFile> {
  let loader = loaders.get(reader)
  if (!loader) {
    loader = new DataLoader<string, AgreementFile>(async (ids) => {
      const files = await filesOf(reader.queries, ids)
      return ids.map((id) => files.get(id) ?? EMPTY_FILE)
    })
    loaders.set(reader, loader)
  }
  return loader.load(storyId)
}

/** As the checks need it. */
export function onFile({ agreements, groundRules, approvals, changes, noted }: AgreementFile): AgreementsOnFile {
  if (agreements.length + groundRules.length + approvals.length + changes.length + noted.length === 0) return NOTHING_ON_FILE
  return {
    granted: agreements.map(({ source, terms, agreedAt }) => ({ source, terms, at: agreedAt })),
    approvals: approvals.map(({ source, use, attributions, present, approvedBy, approvedByName, approvedAt, knowsIdentity, revokedAt }) => ({ source, use, attributions, present, approvedBy, approvedByName, at: approvedAt, knowsIdentity, revokedAt })),
    noted,
    terms: groundRules.map(({ attributions, terms, agreedAt }) => ({ attributions, terms, at: agreedAt })),
    removals: changes.map(({ source, attributions }) => ({ source, attributions })),
  }
}

/** For the checks of one story. */
export async function agreementsOf(queries: Queries, storyId: string): Promise<AgreementsOnFile> {
  return onFile((await filesOf(queries, [storyId])).get(storyId) ?? EMPTY_FILE)
}

/** For the checks of stories by slug; of all stories, where none is named. */
export async function agreementsBySlug(queries: Queries, slugs?: readonly string[]): Promise<(slug: string) => AgreementsOnFile> {
  const files = await filesBySlug(queries, slugs)
  return (slug) => onFile(files.get(slug) ?? EMPTY_FILE)
}
