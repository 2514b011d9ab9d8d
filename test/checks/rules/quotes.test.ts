import { marked as m, plain as p } from '../support/marked.js'
import { table } from '../support/table.js'

const record = (...texts: string[]) => [{ key: 'r', kind: 'TRANSCRIPT' as const, segments: texts.map((text, at) => ({ startMs: at, endMs: at + 1, text })) }]
const linked = { q1: { record: { record: 'r' } } }
const said = (quote: string, spoken: string, more = {}) => m(`{!“${quote},”} <p.quill:Ada Quill> ^said^.`, { quotes: { q1: { record: { record: 'r' }, ...more } }, records: record(spoken) })

table('quote-not-verbatim', {
  flagged: [
    said('We will shut the pier in May', 'We will sell the pier in May.'),
    said('Nobody was hurt that night', 'The weather was fine, and the band played.'),
    said('We will shut the pier', 'Cerraremos el puente en mayo.', { translation: { original: 'Cerraremos el muelle en mayo', language: 'es' } }),
    m('{!“The pier is safe and sound,”} <o.wa:the Water Authority> ^said^ in a statement.', { statements: [{ key: 's', issuer: 'wa', channel: 'WRITTEN_STATEMENT', texts: [{ takenAt: '2026-03-01T09:00:00Z', text: 'The pier is safe and dry.' }], attributions: ['a1'] }] }),
  ],
  fine: [
    said('We will shut the pier in May', 'we’ll see. We will shut the pier — in May!'),
    said('We will … shut [the pier] in May', 'We will, sadly, shut it in May.'),
    said('We will shut the pier', 'Cerraremos el muelle en mayo.', { translation: { original: 'Cerraremos el muelle', language: 'es' } }),
    m('{!“We will shut the pier,”} <p.quill:Ada Quill> ^said^.'),
    m('{!“We will shut the pier,”} <p.quill:Ada Quill> ^said^.', { quotes: linked, records: [{ key: 'r', kind: 'NOTES' }] }),
  ],
})

table('unmarked-alteration', {
  flagged: [
    said('We will shut the pier', 'We will not shut the pier.'),
    said('We will shut the pier in May', 'We will shut the old pier in May.'),
    said('We will … shut the pier', 'We will not, whatever they say, shut the pier.'),
    said('We never promised a date for it', 'We promised a date for it.'),
  ],
  fine: [
    said('We will … shut the pier', 'We will, as agreed in March, shut the pier.'),
    said('We will not shut the pier', 'We will not shut the pier.'),
    said('It is late. … We will shut the pier', 'It is late. Nobody wanted this. We will shut the pier.'),
    m('{!“We will shut the pier,”} <p.quill:Ada Quill> ^said^.'),
  ],
})

table('quote-without-record', {
  flagged: [
    [m('{!“Nobody told us that the pier was cracked,”} <p.quill:Ada Quill> ^said^.'), 'Nobody told us that the pier was cracked,'],
    m('{*The report was “a scandal from the first page to the last one”}, <p.quill:Ada Quill> ^said^.'),
    m('{!“No,”} <p.quill:Ada Quill> ^said^.'),
    p('"Nobody told us that the pier was cracked," said Ada Quill, the owner.'),
  ],
  fine: [
    m('{!“Nobody told us that the pier was cracked,”} <p.quill:Ada Quill> ^said^.', { quotes: linked, records: [{ key: 'r', kind: 'NOTES' }] }),
    m('{*The report was “a scandal”}, <p.quill:Ada Quill> ^said^.'),
    m('{!“The pier was cracked in nine places and nobody knew,”} <d.audit:the audit> ^says^.'),
    said('We will shut the pier in May', 'We will shut the pier in May.'),
  ],
})

table('partial-quote-without-speaker', {
  flagged: [
    [m('The town sees a “residual hazard” in the pier.'), 'residual hazard'],
    m('The bank may label it a “systemic risk case” and cut it off.'),
    m('{*It may call the firm a “supply risk”}, <s.x:two clerks> ^think^. || The crew lives in “temporary company housing” near the quay.'),
  ],
  fine: [
    m('{*The pier is a “residual hazard”}, <p.quill:Ada Quill> ^said^.'),
    m('The report is called “residual hazard”. The song “Harbor Lights” was played.'),
    m('The “bridge” swayed.'),
    m('According to the town, the pier is a “residual hazard”.'),
  ],
})

table('loaded-attribution-verb', {
  flagged: [
    [m('<p.quill:Ada Quill> ^claimed^ {that the pier was sound}.'), 'claimed'],
    [m('<p.quill:Ada Quill> ^pointed out^ {that the pier was old}.'), 'pointed out'],
    m('<o.wa:The Water Authority> ^insisted^ {the pier was sound}.'),
    p('The Water Authority admitted that the pier was cracked.'),
  ],
  fine: [
    m('<p.quill:Ada Quill> ^said^ {that the pier was sound}.'),
    m('<g.x:The rebels> ^claimed^ {responsibility for the blast}.'),
    m('<p.quill:Ada Quill> ^admitted^ {that she had sold the plans}. || Quill pleaded guilty in May.'),
    p('Quill showed visitors around, noting the marks that the flood had left on the wall.'),
  ],
})

table('statement-missing-metadata', {
  flagged: [
    m('{The pier is safe}, <o.wa:the Water Authority> ^said^ in a statement.', { statements: [{ key: 's', issuer: 'wa', channel: 'WRITTEN_STATEMENT', attributions: ['a1'] }] }),
    m('{The pier is safe}, <o.wa:the Water Authority> ^said^.', { statements: [{ key: 's', issuer: 'wa', channel: 'SOCIAL_MEDIA', url: 'https://water.example/1', attributions: ['a1'] }] }),
    m('{The pier is safe}, <o.wa:the Water Authority> ^said^.', { statements: [{ key: 's', issuer: 'wa', channel: 'WRITTEN_STATEMENT', issuedAt: '2026-03-01T09:00:00Z', attributions: ['a1'] }] }),
    p('The Water Authority said in a written statement that the pier was safe.'),
  ],
  fine: [
    m('{The pier is safe}, <o.wa:the Water Authority> ^said^.', { statements: [{ key: 's', issuer: 'wa', channel: 'WRITTEN_STATEMENT', issuedAt: '2026-03-01T09:00:00Z', url: 'https://water.example/1', attributions: ['a1'] }] }),
    m('{The pier is safe}, <o.wa:the Water Authority> ^said^.', { statements: [{ key: 's', issuer: 'wa', channel: 'PRESS_RELEASE', issuedAt: '2026-03-01T09:00:00Z', texts: [{ takenAt: '2026-03-01T09:00:00Z', text: 'The pier is safe.' }], attributions: ['a1'] }] }),
    m('{The pier is safe}, <o.wa:the Water Authority> ^said^ on Monday.'),
    p('Ada Quill said in an interview that the pier was safe.'),
  ],
})

const outlets = { courier: 'The Courier', wire: 'The Wire' }
table('vague-outlet-credit', {
  flagged: [
    m('The Courier earlier reported some details of the plan.', { outlets, credits: [{ outlet: 'courier', mention: 'The Courier', credits: 'some details of the plan' }] }),
    m('The Courier was first.', { outlets, credits: [{ outlet: 'courier', mention: 'The Courier' }] }),
    m('The Courier reported that the pier would close.', { outlets, credits: [{ outlet: 'courier', mention: 'The Courier', credits: 'that the pier would close' }] }),
    p('The New York Times reported earlier on some details of the plan.'),
  ],
  fine: [
    m('The Courier first reported that the pier would close.', { outlets, credits: [{ outlet: 'courier', mention: 'The Courier', credits: 'that the pier would close', url: 'https://courier.example/pier' }] }),
    m('The Wire reported some details of the plan.', { outlets, providers: ['wire'], credits: [{ outlet: 'wire', mention: 'The Wire', credits: 'some details of the plan' }] }),
    p('The New York Times reported on Monday that the minister would resign.'),
  ],
})

table('told-outlet-mismatch', {
  flagged: [
    [m('{The pier will close}, <s.x:an engineer> ^told^ @courier:The Courier@.', { outlets, providers: ['wire'] }), 'The Courier'],
    m('<p.quill:Ada Quill> ^told^ @courier:The Courier@ {that the pier would close}.', { outlets, providers: ['wire'] }),
    m('<s.x:Two clerks> ^told^ @courier:The Courier@ {that the safe was empty}. || {It is true}, <p.quill:Ada Quill> ^told^ @wire:The Wire@.', { outlets, providers: ['wire'] }),
  ],
  fine: [
    m('{The pier will close}, <s.x:an engineer> ^told^ @wire:The Wire@.', { outlets, providers: ['wire'] }),
    m('{The pier will close}, <s.x:an engineer> ^told^ @courier:The Courier@.', { outlets, providers: ['wire'], credits: [{ outlet: 'courier', mention: 'The Courier' }] }),
    m('{The pier will close}, <s.x:an engineer> ^told^ @courier:The Courier@.', { outlets, providers: ['wire'], sources: { x: { heldBy: 'courier' } } }),
    p('The pier will close, an engineer told The Washington Post.'),
  ],
})
