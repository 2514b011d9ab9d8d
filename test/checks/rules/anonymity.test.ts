import { marked as m, plain as p } from '../support/marked.js'
import { table } from '../support/table.js'

const editor = { journalists: [{ key: 'ed', name: 'Edda Marsh' }] }
const approved = (knowsIdentity: boolean) => ({ agreed: { reason: 'Would be fired.', approvals: [{ use: 'This story.', approvedBy: 'ed', at: '2026-03-01T08:00:00Z', knowsIdentity }] } })

table('missing-anonymity-reason', {
  flagged: [
    [m('{The fleet is sold}, <s.x:a deckhand> ^said^.'), 'a deckhand'],
    m('<s.x:Three party members> ^said^ {the vote was bought}.'),
    m('{The fleet is sold}, ^said^ <s.x:a deckhand>, who spoke on condition of anonymity.'),
    p('The school will close in June, a teacher at the school said. Parents have not been told.'),
  ],
  fine: [
    m('{The fleet is sold}, ^said^ <s.x:a deckhand>, who asked not to be named because the owner has sued others.', { sources: { x: { reason: 'because the owner has sued others' } } }),
    m('{The fleet is sold}, ^said^ <s.x:a deckhand>, who requested anonymity for fear of losing the berth.'),
    m('{The fleet is sold}, <p.quill:Ada Quill> ^said^.'),
    p('A draft was sent to both sides, an aide said. The aide, who was not authorized to brief the press and spoke on condition of anonymity, gave no date.'),
    p('Witnesses said the truck had no lights. Some residents said they heard nothing.'),
  ],
})

table('boilerplate-anonymity-reason', {
  flagged: [
    m('{The fleet is sold}, ^said^ <s.x:a deckhand>, who spoke on condition of anonymity because he was not authorized to speak to the press.'),
    m('{The fleet is sold}, ^said^ <s.x:a broker>, granted anonymity because of the sensitivity of the issue.', { sources: { x: { reason: 'because of the sensitivity of the issue' } } }),
    m('{The fleet is sold}, ^said^ <s.x:a broker>, who asked not to be named in order to speak freely.'),
  ],
  fine: [
    m('{The fleet is sold}, ^said^ <s.x:a deckhand>, who spoke on condition of anonymity because the owner has threatened two others with court.'),
    m('{The fleet is sold}, ^said^ <s.x:a broker>, who asked not to be named for fear of deportation.', { sources: { x: { reason: 'for fear of deportation' } } }),
    m('The mate was not authorized to speak for the crew on the radio that night.'),
  ],
})

table('missing-byline-on-anonymous', {
  flagged: [
    m('{The fleet is sold}, <s.x:a deckhand> ^said^.'),
    m('{The fleet is sold}, <p.quill:Ada Quill> ^said^. || <s.x:Two bankers> ^said^ {the price was low}.'),
    p('The fleet will be sold, three people at the shipping line said.'),
  ],
  fine: [
    m('{The fleet is sold}, <s.x:a deckhand> ^said^.', { ...editor, bylines: [{ journalist: 'ed' }] }),
    m('{The fleet is sold}, <p.quill:Ada Quill> ^said^.'),
    p('By Carla Mendez\n\nThe fleet will be sold, three people at the shipping line said. The line has 40 ships.'),
    p('The fleet will be sold, residents said.'),
  ],
})

table('anonymity-without-approval', {
  flagged: [
    m('{The fleet is sold}, <s.x:a deckhand> ^said^.', { sources: { x: { agreed: { reason: 'Would be fired.', approvals: [] } } } }),
    m('{The fleet is sold}, <s.x:a deckhand> ^said^.', { ...editor, sources: { x: approved(false) } }),
    m('<s.x:Two bankers> ^said^ {the price was low}.'),
  ],
  fine: [
    m('{The fleet is sold}, <s.x:a deckhand> ^said^.', { ...editor, sources: { x: approved(true) } }),
    m('{The fleet is sold}, <p.quill:Ada Quill> ^said^.'),
    m('{The fleet is sold}, <s.x:a deckhand> ^said^.', { outlets: { wire: 'The Wire' }, sources: { x: { heldBy: 'wire' } } }),
    p('The fleet will be sold, a deckhand said.'),
  ],
})

table('lead-rests-on-anonymous', {
  flagged: [
    [m('{The fleet is sold}, <s.x:a deckhand> ^said^.\n\n{The price is fair}, <p.quill:Ada Quill> ^said^.'), 'a deckhand said'],
    m('<s.x:Two bankers> ^told^ @:the Herald@ {the bank is for sale}.'),
    m('# {Bank is for sale}, <s.x:insiders> ^say^\n\nThe bank opened at nine.'),
  ],
  fine: [
    m('{The fleet is sold}, <p.quill:Ada Quill> ^said^.\n\n{The price is low}, <s.x:a deckhand> ^said^.'),
    m('The fleet has a new owner.\n\n{The price is low}, <s.x:a deckhand> ^said^.'),
    m('%c:{The fleet is sold}%, <s.x:a deckhand> ^said^.\n\n%c:{The fleet is sold}%, <p.quill:Ada Quill> ^confirmed^.'.replaceAll('%c:{', '{%c:').replaceAll('}%', '%}')),
    p('The fire doubled in size overnight, fire officials said Friday.'),
  ],
})

table('no-named-speaker', {
  flagged: [
    m('{The fleet is sold}, <s.x:a deckhand> ^said^. || {The price is low}, <s.y:two bankers> ^said^.'),
    m('{The fleet is sold}, <s.x:a deckhand> ^said^. || {We do not comment}, <o.line:a spokesperson for Harbor Line> ^said^.'),
    p('The fleet will be sold, two bankers at the firm said. The price was low, one of the bankers said.'),
  ],
  fine: [
    m('{The fleet is sold}, <s.x:a deckhand> ^said^. || {!“It is true,”} <p.quill:Ada Quill> ^said^.'),
    m('{The fleet is sold}, <o.line:Harbor Line> ^said^.'),
    p('The fleet will be sold, two bankers said. "We had no choice," said Ada Quill, the owner.'),
  ],
})

table('single-anonymous-source-claim', {
  flagged: [
    m('{%c:The reserve was emptied in May%}, <s.x:a clerk> ^said^.'),
    m('{%c:The judge took money%}, <s.x:a bailiff> ^said^.', { claims: { c: { kind: 'ALLEGATION' } } }),
    m('{%c:The ship was overloaded%}, <s.x:one sailor> ^said^. || {%c:It was overloaded by a third%}, <s.x:the sailor> ^said^.'),
    p('The reserve was emptied in May, according to a clerk at the bank. The bank is 90 years old.'),
  ],
  fine: [
    m('{%c:The reserve was emptied in May%}, <s.x:two clerks> ^said^.'),
    m('{%c:The ship was overloaded%}, <s.x:one sailor> ^said^. || {%c:It was overloaded%}, <p.quill:Ada Quill> ^said^.'),
    m('{%c:The reserve was emptied%}, <s.x:a clerk> ^said^.', { documents: { ledger: { title: 'Ledger' } }, claims: { c: { documents: ['ledger'] } } }),
    p('A spokesperson for Harbor Line did not say whether the ship was overloaded.'),
  ],
})

table('institutional-response-anonymous', {
  flagged: [
    m('Asked for comment, <s.x:a senior ministry official> ^said^ {the claim was false}.', { organizations: { min: { name: 'Ministry' } }, requests: [{ organization: 'min', outcome: 'ANSWERED', answeredBy: { attribution: 'a1' }, line: 'Asked for comment' }] }),
    p('When asked for comment, a senior airport official said: "Nobody was in danger at any time that night."'),
    p('In response to questions, a bank executive said the vault was never open.'),
  ],
  fine: [
    m('Asked for comment, <p.quill:Ada Quill> ^said^ {the claim was false}.', { organizations: { min: { name: 'Ministry' } }, requests: [{ organization: 'min', outcome: 'ANSWERED', answeredBy: { attribution: 'a1' }, line: 'Asked for comment' }] }),
    m('<s.x:A senior ministry official> ^said^ {the claim was false}.'),
    p('Asked for comment, a spokesperson for the ministry said the claim was false.'),
  ],
})

table('unnamed-spokesperson', {
  flagged: [
    [m('{The dam is safe}, <o.wa:a Water Authority spokesman> ^said^.'), 'a Water Authority spokesman'],
    m('<o.bank:A spokeswoman for the bank> ^said^ {the vault was shut}.'),
    p('Harbor Line has 40 ships. A company spokesperson said the sale was news to the crew.'),
  ],
  fine: [
    m('{The dam is safe}, <p.quill:spokesman Ada Quill> ^said^.'),
    m('{The dam is safe}, <o.wa:the Water Authority> ^said^.'),
    p('"The dam is safe," Water Authority spokeswoman Ada Quill said on Monday.'),
    p('Ada Quill, a spokeswoman for the Water Authority, said the dam was safe.'),
  ],
})
