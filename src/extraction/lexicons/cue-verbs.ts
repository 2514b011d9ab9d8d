/**
 * Verbs that credit words or thoughts to somebody. Origin: written by hand for Onrecord; frames after reading news copy and our own examples.
 *
 * Frames:
 *   t  a clause, with "that" or without        w  a question ("whether", "how", "what")
 *   q  a quotation                             v  may stand before its subject ("said Okafor")
 *   a  an addressee first ("told reporters")   i  "to" and a verb ("vowed to fight")
 *   o  an object, "to" and a verb ("urged Congress to act")
 *   n  a noun phrase that is the content ("confirmed the talks")
 *   s  an object and what it is called ("called it a sham", "described him as weak")
 *   r  an object and a reproach or reason ("accused them of fraud", "blamed him for")
 *   p  "of", "about" or "against" and a noun phrase ("warned of delays")
 *   m  thought, not speech                     d  usual of documents and figures ("show", "find")
 */
export type Frame = 't' | 'w' | 'q' | 'v' | 'a' | 'i' | 'o' | 'n' | 's' | 'r' | 'p' | 'm' | 'd'

const TABLE = `
say tqwv: says said saying
tell tqwao: tells told telling
add tqv: adds added adding
argue tqvp: argues argued arguing
announce tqvni: announces announced announcing
note tqv: notes noted noting
claim tqvi: claims claimed claiming
insist tqv: insists insisted insisting
explain tqwv: explains explained explaining
state tqwv: states stated stating
write tqwv: writes wrote writing written
tweet tqv: tweets tweeted tweeting
post qt: posts posted posting
declare tqvs: declares declared declaring
deny tn: denies denied denying
acknowledge tqvn: acknowledges acknowledged acknowledging
admit tqvp: admits admitted admitting
concede tqv: concedes conceded conceding
suggest tqvd: suggests suggested suggesting
warn tqvaop: warns warned warning
predict tqvn: predicts predicted predicting
promise tqvia: promises promised promising
vow tqvi: vows vowed vowing
pledge tqvi: pledges pledged pledging
threaten ti: threatens threatened threatening
assert tqv: asserts asserted asserting
contend tqv: contends contended contending
maintain tqv: maintains maintained maintaining
allege tqv: alleges alleged alleging
complain tqvp: complains complained complaining
joke tqv: jokes joked joking
quip tqv: quips quipped quipping
lament tqv: laments lamented lamenting
bemoan tqv: bemoans bemoaned bemoaning
remark tqv: remarks remarked remarking
observe tqv: observes observed observing
comment tqv: comments commented commenting
respond tqv: responds responded responding
reply tqv: replies replied replying
retort tqv: retorts retorted retorting
answer tqv: answers answered answering
recall tqwv: recalls recalled recalling
recount tqwv: recounts recounted recounting
remember tqv: remembers remembered
stress tqv: stresses stressed stressing
emphasize tqv: emphasizes emphasized emphasizing emphasised
underscore tq: underscored underscores underscoring
confirm tqvn: confirms confirmed confirming
disclose tn: discloses disclosed disclosing
reveal tqn: reveals revealed revealing
testify tqv: testifies testified testifying
caution tqvap: cautions cautioned cautioning
conclude tqvd: concludes concluded concluding
boast tqvp: boasts boasted boasting
brag tqvp: brags bragged bragging
repeat tqv: repeats repeated repeating
reiterate tqv: reiterates reiterated reiterating
continue qv: continues continued continuing
exclaim tqv: exclaims exclaimed exclaiming
shout tqv: shouts shouted shouting
yell tqv: yells yelled yelling
scream qv: screamed screams screaming
whisper tqv: whispered whispers whispering
chant qv: chanted chants chanting
counter tqv: counters countered countering
hint tqv: hints hinted hinting
imply tq: implies implied implying
insinuate tq: insinuated insinuates insinuating
signal ti: signaled signals signaling signalled
indicate tqd: indicates indicated indicating
show td: shows showed showing shown
find td: finds found finding
report tqvnd: reports reported reporting
estimate td: estimates estimated estimating
project t: projects projected projecting
forecast t: forecasts forecast forecasted
calculate t: calculates calculated calculating
propose tni: proposes proposed proposing
recommend tn: recommends recommended recommending
demand tniq: demands demanded demanding
appeal oq: appeals appealed appealing
urge oqv: urges urged urging
implore oqv: implores implored imploring
beg oq: begs begged begging
ask tqwvo: asks asked asking
order o: orders ordered ordering
instruct o: instructs instructed instructing
call sq: calls called calling
describe s: describes described describing
characterize s: characterizes characterized characterizing characterised
dub s: dubs dubbed dubbing
label s: labels labeled labeling labelled
brand s: brands branded branding
deem s: deems deemed deeming
denounce rs: denounces denounced denouncing
condemn rsn: condemns condemned condemning
accuse r: accuses accused accusing
criticize rsq: criticizes criticized criticizing criticised
praise rsq: praises praised praising
blast rsq: blasts blasted blasting
slam rsq: slams slammed slamming
blame r: blames blamed blaming
mock rq: mocks mocked mocking
ridicule rq: ridicules ridiculed ridiculing
fault r: faults faulted faulting
hail sr: hails hailed hailing
credit r: credits credited crediting
tout rsq: touts touted touting
reason tqv: reasons reasoned reasoning
opine tqv: opines opined opining
muse tqv: muses mused musing
speculate tqv: speculates speculated speculating
theorize tq: theorizes theorized theorizing theorised
guess tqv: guesses guessed guessing
swear ti: swears swore swearing
assure taq: assures assured assuring
reassure ta: reassures reassured reassuring
remind taq: reminds reminded reminding
inform ta: informs informed informing
notify ta: notifies notified notifying
advise taoq: advises advised advising
dispute tn: disputes disputed disputing
rule t: ruled
learn t: learned learns learnt
profess ti: professes professed professing
proclaim tqvs: proclaims proclaimed proclaiming
marvel tqv: marveled marvels marvelling marveling
sigh qv: sighed sighs
laugh qv: laughed laughs
scoff tqv: scoffed scoffs scoffing
snap qv: snapped snaps
interject qv: interjected interjects
volunteer qt: volunteered
elaborate qv: elaborated elaborating
clarify tqv: clarified clarifies clarifying
mention t: mentions mentioned mentioning
plead oq: pleaded pleads pleading pled
question w: questions questioned questioning
inquire wqv: inquired inquires
wonder twqvm: wonders wondered wondering
read q: reads reading
confide tq: confides confided confiding
relay tn: relays relayed relaying
divulge tn: divulges divulged
confess tqi: confesses confessed confessing
underline tq: underlines underlined underlining
affirm tqvn: affirms affirmed affirming
reaffirm tqn: reaffirms reaffirmed reaffirming
attest t: attests attested
venture qt: ventured
posit tq: posits posited
gush qv: gushed gushes
grumble tqv: grumbled grumbles grumbling
fume tqv: fumed fumes fuming
deadpan qv: deadpanned deadpans
mutter tqv: muttered mutters muttering
murmur qv: murmured murmurs
thunder qv: thundered thunders
bark qv: barked barks
roar qv: roared roars
cry qv: cried cries
crow tqv: crowed crows
gripe tqv: griped gripes
rage qv: raged
sneer qv: sneered
chuckle qv: chuckled chuckles
text tqa: texted texts texting
email tqa: emailed emails emailing
blog tq: blogged
preach tq: preached preaches
caption q: captioned
surmise tq: surmised surmises
hypothesize tq: hypothesized hypothesizes
rebut q: rebutted
demur qv: demurred demurs
liken r: likens likened likening
compare r: compares compared comparing
decry rsn: decries decried decrying
deride rs: derides derided deriding
lambaste rs: lambasted lambastes lambasting
rip rs: ripped
lambast rs: lambasts
assail rs: assails assailed assailing
attack r: attacked
chastise r: chastised
scold r: scolded
rebuke r: rebuked
applaud rsn: applauds applauded applauding
laud rs: lauds lauded lauding
thank r: thanked thanks thanking
dismiss sr: dismisses dismissed dismissing
portray s: portrays portrayed portraying
depict s: depicts depicted depicting
believe tqm: believes believed believing
think tqm: thinks thought thinking
hope tqim: hopes hoped hoping
fear tm: fears feared fearing
feel tm: feels felt feeling
wish tim: wishes wished wishing
figure tqm: figures figured
worry tqm: worries worried worrying
doubt tm: doubts doubted doubting
suspect tm: suspects suspected suspecting
expect tonim: expects expected expecting
anticipate tm: anticipates anticipated
agree tqi: agrees agreed agreeing
decline w: declines declined declining
offer i: offered
express m: expressed expresses expressing
voice m: voiced voices voicing
want oim: wants wanted
consider m: considers considered considering
discuss wm: discussed discussing
weigh wm: weighing weighed
decide wim: decided
determine twm: determined determines
`

export interface CueVerb { readonly lemma: string; readonly frames: ReadonlySet<Frame> }

function readTable(): Map<string, CueVerb> {
  const forms = new Map<string, CueVerb>()
  for (const line of TABLE.trim().split('\n')) {
    const [head, rest] = line.split(':') as [string, string]
    const [lemma, frames] = head.trim().split(' ') as [string, string]
    const verb: CueVerb = { lemma, frames: new Set(frames) as Set<Frame> }
    for (const form of [lemma, ...rest.trim().split(' ')]) if (!forms.has(form)) forms.set(form, verb)
  }
  return forms
}

/** Every form of every cue verb, lower case. */
export const CUE_VERBS: ReadonlyMap<string, CueVerb> = readTable()

/** Nouns that carry a clause: "the claim that", "his promise to". */
export const CUE_NOUNS: ReadonlySet<string> = new Set(`claim claims allegation allegations accusation accusations assertion assertions argument contention statement
  announcement warning warnings promise promises pledge vow prediction predictions suggestion suggestions insistence admission acknowledgment complaint complaints
  declaration testimony reports report belief fears concerns view rumor rumors speculation suspicion suspicions`.split(/\s+/))
