import { useState } from 'react'
import { vaultFindings, type Finding } from '../../checks/index.js'
import { namesInCopy, openedVaultOf, type VaultSession } from '../../vault/client/index.js'
import type { RecordContent } from '../../vault/seal/index.js'
import { plural, severityOf } from '../words'
import { ForAMinute } from './for-a-minute'
import { useWork } from './key-forms'
import { storiesOf } from './stories-of'

interface Found { readonly slug: string; readonly findings: readonly Finding[]; readonly names: readonly { readonly place: string; readonly who: string }[] }
interface Result { readonly found: readonly Found[]; readonly stories: number; readonly records: number; readonly absent: number }

/** The checks that need to know who a source is, run in this page over all stories and the records of whoever is here. */
export function Check({ session }: { readonly session: VaultSession }) {
  const [result, setResult] = useState<Result>()
  const [step, setStep] = useState<string>()
  const { isWorking, problem, run } = useWork()
  const check = () => void run(async () => {
    setResult(undefined)
    try {
      setResult(await checked(session, setStep))
    } finally {
      setStep(undefined)
    }
  })
  return (
    <section aria-labelledby="check">
      <div className="section-head">
        <h2 id="check">Check the stories with what you know</h2>
        <button type="button" disabled={isWorking} onClick={check}>{isWorking ? 'Checking …' : 'Check all stories'}</button>
      </div>
      <p className="help">One person under two descriptors, a plural that is one person, overlapping groups, too few candidates, a name that stands in the copy. It opens all your records and reads all stories, so that the server does not learn which ones it is about; what it finds stays in this page, for a minute.</p>
      <p role="status" className="help">{step}</p>
      {problem !== undefined && <p className="problem" role="alert">{problem}</p>}
      {result && <ForAMinute title="What your records show" onOver={() => setResult(undefined)}><Results of={result} /></ForAMinute>}
    </section>
  )
}

async function checked(session: VaultSession, say: (step: string) => void): Promise<Result> {
  const contents: { readonly id: string; readonly content: RecordContent }[] = []
  const records = await session.server.records(session.key)
  for (const { id } of records) {
    say(`Opening record ${contents.length + 1} of ${records.length} …`)
    contents.push({ id, content: (await session.open(id)).content })
  }
  say('Reading the stories …')
  const documents = await storiesOf(session, (count) => say(`Reading the stories: ${count} …`))
  const findings = new Map(vaultFindings(documents, openedVaultOf(contents)).map((each) => [each.slug, each.findings]))
  const known = new Set(documents.map(({ slug }) => slug))
  return {
    found: documents.map((document) => ({ slug: document.slug, findings: findings.get(document.slug) ?? [], names: namesInCopy(document, contents.map(({ content }) => content)) })).filter((each) => each.findings.length > 0 || each.names.length > 0),
    stories: documents.length, records: contents.length,
    absent: new Set(contents.flatMap(({ content }) => content.entries.map(({ story }) => story)).filter((slug) => !known.has(slug))).size,
  }
}

function Results({ of: { found, stories, records, absent } }: { readonly of: Result }) {
  return (
    <>
      <p>{plural(stories, 'story', 'stories')} checked with {plural(records, 'record')}: {found.length === 0 ? 'nothing found that the copy alone does not show.' : `${plural(found.length, 'story', 'stories')} with something to look at.`}{absent > 0 && ` ${plural(absent, 'story', 'stories')} of the records ${absent === 1 ? 'is' : 'are'} not among them.`}</p>
      {found.map(({ slug, findings, names }) => (
        <article key={slug} className="found">
          <h3>{slug}</h3>
          <ul>
            {names.map(({ place, who }) => <li key={place + who}><p><span className="chip">error</span> <strong>The name of a confidential source stands in the story</strong></p><p>{place} holds it ({who}). Take it out before anybody else reads it.</p></li>)}
            {findings.map((finding) => (
              <li key={`${finding.fingerprint} ${finding.what}`}>
                <p><span className="chip">{severityOf(finding.severity.toUpperCase())}</span> <strong>{finding.title}</strong></p>
                <p>{finding.message}</p>
                {finding.exact !== '' && <p className="help">“{finding.exact}”</p>}
              </li>
            ))}
          </ul>
        </article>
      ))}
    </>
  )
}
