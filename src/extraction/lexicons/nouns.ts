/** Nouns that stand for sources. Origin: written by hand for Onrecord, with the role words of the evaluation notes in mind. */

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** People in a role: without a name they are unnamed sources, "the official" included. */
export const ROLES = words(`
  official officials source sources person aide aides adviser advisers advisor advisors spokesman spokesmen spokeswoman spokeswomen spokesperson
  spokespeople spokespersons representative representatives staffer staffers insider insiders operative operatives diplomat diplomats strategist
  strategists consultant consultants organizer organizers fundraiser fundraisers associate associates confidant confidante confidants whistleblower
  whistleblowers informant informants lawyer lawyers attorney attorneys prosecutor prosecutors investigator investigators agent agents officer officers
  executive executives employee employees researcher researchers scientist scientists witness witnesses deputy deputies authorities police pollster
  pollsters donor donors ally allies lobbyist lobbyists regulator regulators appointee appointees negotiator negotiators envoy envoys
  firefighter firefighters paramedic paramedics rescuer rescuers inspector inspectors engineer engineers negotiators commander commanders trooper troopers
  contractor contractors planner planners medic medics detective detectives forecaster forecasters meteorologist meteorologists epidemiologist
  epidemiologists superintendent principal principals clerk clerks`)

/** People who are unnamed sources in the plural or with "a", and refer back with "the" in the singular ("the senator"). */
export const WEAK_ROLES = words(`
  lawmaker lawmakers senator senators congressman congresswoman congressmen minister ministers judge judges manager managers director directors
  chairman chairwoman chair leader leaders member members analyst analysts expert experts scholar scholars doctor doctors teacher teachers coach player
  players resident residents neighbor neighbors neighbour neighbours reporter reporters journalist journalists professor professors economist economists
  historian historians author authors veteran veterans activist activists volunteer volunteers ambassador ambassadors general generals sheriff nurse nurses
  driver drivers woman man women men student students worker workers farmer farmers owner owners trader traders investor investors banker bankers
  people friend friends colleague colleagues councillor councillors commissioner president governor mayor secretary legislator legislators democrat
  republican tenant tenants passenger passengers survivor survivors relative relatives mother father brother sister widow patient patients
  physician physicians advocate advocates watchdog negotiator customer customers soldier soldiers bystander bystanders blogger poster user users
  boyfriend girlfriend husband wife boss son daughter uncle aunt cousin cousins grandmother grandfather roommate classmate classmates partner mp mps
  peer peers subscriber subscribers spectator spectators parishioner parishioners pastor priest superior superiors therapist dealer dealers broker brokers builder builders grower growers
  candidate nominee mediator mediators jurors juror guard guards pilot pilots captain surgeon surgeons landlord shopkeeper teenager`)

/** Crowds: nobody's confidence. */
export const GROUPS = words(`
  voters voter republicans democrats conservatives liberals critics critic supporters supporter opponents opponent americans observers many some most
  others several few press public crowd audience rivals candidates delegates evangelicals politicians parents fans skeptics pundits protesters
  demonstrators environmentalists campaigners advocates detractors proponents backers readers viewers commentators israelis palestinians russians
  ukrainians locals families relatives users individuals nobody everyone progressives moderates hardliners`)

export const DOCUMENTS = words(`
  report reports statement statements poll polls survey surveys study studies letter letters memo memos memorandum email emails e-mail e-mails document documents
  filing filings lawsuit suit complaint order article articles story post posts tweet tweets release data records record transcript transcripts book paper papers
  ruling opinion indictment affidavit analysis editorial website site page ad ads review audit bill law note notes message messages column blog
  headline posting notice figures estimates results findings census index agreement contract treaty resolution petition motion brief testimony
  advisory bulletin summary readout warrant assessment video footage images image section database dossier constitution manifesto estimate forecast forecasts
  chart map guidelines timeline log logs`)

/** Common nouns for a body. */
export const BODIES = words(`
  campaign campaigns company companies committee administration department government governments group groups agency agencies organization organizations
  court courts office party union unions council foundation commission ministry institute university association board bureau coalition firm firms bank league club
  team hospital hospitals state country nation city county community church school district panel congress senate parliament cabinet alliance federation
  society center centre authority service services army navy military force forces automaker airline utility retailer startup nonprofit charity
  tribunal regime industry carmaker manufacturer chain operator lender insurer studio museum prison township legislature assembly regulator watchdog
  police consulate embassy drugmaker chipmaker brokerage conglomerate giant maker developer archdiocese diocese conference outfit`)

/** Last words of an organization's name. */
export const BODY_NAME_ENDINGS = words(`
  department committee administration agency group organization court office party union council foundation commission ministry institute university
  association board bureau coalition bank league club hospital congress senate house parliament cabinet alliance federation society center centre authority
  service services force forces army navy guard corp corporation inc company co ltd llc plc college school church schools fund trust network systems labs laboratories guild
  technologies industries holdings partners motors airlines airways energy pharmaceuticals capital campaign legislature assembly medicine museum
  institution project initiative institutes observatory state command corps division district county city republic kingdom nations pac caucus
  exchange studios media international america works workers teamsters pentagon kremlin treasury reserve workers clinic securities insurance
  records archives library police consortium cooperative collective academy enforcement protection security health education defense justice commerce labor
  agriculture interior transportation affairs survey team unit chamber post-graduate partnership railway railroad transit utilities electric gas oil steel foods brands`)

/** Bodies known by one word or by a name that looks like a person's or a place's. Full name first, aliases after. */
export const KNOWN_BODIES: readonly (readonly string[])[] = [
  ['Department of Defense', 'Defense Department', 'Pentagon', 'DoD'],
  ['White House'], ['Kremlin'], ['State Department', 'Department of State'], ['Justice Department', 'Department of Justice', 'DOJ'],
  ['Treasury Department', 'Treasury', 'Department of the Treasury'], ['Department of Homeland Security', 'Homeland Security', 'Homeland Security Department', 'DHS'],
  ['Federal Bureau of Investigation', 'FBI'], ['Central Intelligence Agency', 'CIA'], ['National Security Agency', 'NSA'],
  ['Environmental Protection Agency', 'EPA'], ['Federal Reserve', 'Fed'], ['Supreme Court'], ['Capitol Hill'], ['Downing Street'],
  ['Food and Drug Administration', 'FDA'], ['Centers for Disease Control and Prevention', 'CDC'], ['Internal Revenue Service', 'IRS'],
  ['Republican National Committee', 'RNC'], ['Democratic National Committee', 'DNC'], ['NATO'], ['United Nations', 'UN', 'U.N.'],
  ['European Union', 'EU', 'E.U.'], ['Securities and Exchange Commission', 'SEC'], ['Federal Communications Commission', 'FCC'],
  ['Federal Trade Commission', 'FTC'], ['Immigration and Customs Enforcement', 'ICE'], ['Federal Aviation Administration', 'FAA'],
  ['Federal Emergency Management Agency', 'FEMA'], ['National Transportation Safety Board', 'NTSB'], ['Congress'], ['Senate'], ['House'],
  ['Hamas'], ['Hezbollah'], ['Taliban'], ['World Health Organization', 'WHO'], ['International Monetary Fund', 'IMF'],
  ['American Civil Liberties Union', 'ACLU'], ['National Rifle Association', 'NRA'], ['Planned Parenthood'],
  ['Google'], ['Apple'], ['Microsoft'], ['Amazon'], ['Facebook'], ['Meta'], ['Twitter'], ['OpenAI'], ['Anthropic'], ['xAI'], ['Tesla'], ['Boeing'],
  ['Exxon', 'Exxon Mobil'], ['Ford'], ['General Motors', 'GM'], ['Walmart'], ['IBM'], ['Intel'], ['Nvidia'], ['Pfizer'], ['Moderna'], ['Goldman Sachs'], ['JPMorgan'],
]

/** Words in copy for a body that has been named, and the body's own words that they stand for. */
export const DESCRIPTION_OF_BODY: ReadonlyMap<string, string> = new Map([['military', 'Department of Defense']])

/** Places whose name stands for a government. */
export const PLACES = words(`
  washington moscow beijing london paris berlin brussels tehran jerusalem kyiv kiev pyongyang seoul tokyo delhi ankara riyadh cairo havana
  russia china iran israel ukraine france germany britain england japan india turkey syria iraq afghanistan pakistan mexico canada cuba venezuela
  egypt qatar italy spain poland hungary greece australia brazil yemen libya sudan ethiopia kenya nigeria taiwan sweden norway finland denmark
  america jordan lebanon malaysia indonesia myanmar thailand vietnam philippines colombia argentina chile peru switzerland austria belgium netherlands
  ireland scotland wales portugal romania bulgaria serbia croatia kosovo belarus georgia armenia azerbaijan kazakhstan
  california texas florida ohio michigan pennsylvania arizona nevada wisconsin iowa virginia maryland illinois indiana minnesota missouri colorado
  oregon utah kansas nebraska oklahoma arkansas louisiana mississippi alabama tennessee kentucky connecticut massachusetts vermont maine delaware
  chicago boston philadelphia houston dallas phoenix atlanta denver seattle detroit miami brooklyn manhattan baltimore cleveland pittsburgh`)

/** Outlets: news organizations and programmes. Lower case; matched as whole names. */
export const OUTLETS: readonly string[] = `
  CNN|The New York Times|New York Times|The Washington Post|Washington Post|The Wall Street Journal|Wall Street Journal|Reuters|Associated Press|The Associated Press|AP|
  Axios|Politico|POLITICO|Bloomberg|Bloomberg News|CBS|CBS News|NBC|NBC News|ABC|ABC News|Fox News|Fox Business|Fox|MSNBC|MS NOW|BBC|BBC News|The Guardian|Guardian|Breitbart|
  Breitbart News|NPR|PBS|PBS NewsHour|AFP|Agence France-Presse|USA Today|Los Angeles Times|The Los Angeles Times|Chicago Tribune|The Atlantic|The New Yorker|
  BuzzFeed News|BuzzFeed|The Daily Beast|Daily Beast|The Hill|Slate|Vox|The Intercept|ProPublica|Newsweek|Time magazine|TIME|The Boston Globe|Boston Globe|Miami Herald|
  The Huffington Post|Huffington Post|HuffPost|Mother Jones|National Review|The Weekly Standard|Weekly Standard|Rolling Stone|Vanity Fair|New York magazine|Esquire|
  Yahoo News|Univision|Telemundo|Al Jazeera|Sky News|The Times of London|The Telegraph|The Daily Telegraph|Daily Mail|The Sun|The Independent|Financial Times|The Financial Times|
  The Economist|Der Spiegel|Le Monde|Haaretz|Xinhua|TASS|RIA Novosti|Interfax|Kyodo|Kyodo News|Yonhap|IRNA|The Jerusalem Post|South China Morning Post|Nikkei|
  Wikinews|GB News|C-SPAN|CNBC|Bloomberg Television|The Detroit News|Detroit Free Press|The Des Moines Register|Des Moines Register|The Texas Tribune|Texas Tribune|
  The Arizona Republic|Arizona Republic|Houston Chronicle|San Francisco Chronicle|Dallas Morning News|The Dallas Morning News|Star Tribune|The Seattle Times|Seattle Times|
  Tampa Bay Times|New York Post|The New York Post|New York Daily News|The Philadelphia Inquirer|Philadelphia Inquirer|Newsday|The Denver Post|The Oregonian|Business Insider|
  Insider|Semafor|Puck|The Information|Wired|WIRED|The Verge|Ars Technica|TechCrunch|Recode|404 Media|The Daily Caller|Daily Caller|The Washington Times|Washington Times|
  The Washington Examiner|Washington Examiner|Washington Free Beacon|RealClearPolitics|FiveThirtyEight|Roll Call|Defense One|Stars and Stripes|Military Times|STAT|STAT News|
  Good Morning America|Meet the Press|Face the Nation|Fox & Friends|Fox and Friends|Morning Joe|60 Minutes|State of the Union|This Week|Fox News Sunday|New Day|
  ESPN|Sports Illustrated|People magazine|Variety|The Hollywood Reporter|Deadline|TMZ|Gawker|Hurriyet|Anadolu|Globe and Mail|The Globe and Mail|CBC|CTV|ITV|Channel 4|Mirror|The Mirror
`.split('|').map((name) => name.trim()).filter(Boolean)

/** Last words that make an unknown capitalised name an outlet. */
export const OUTLET_ENDINGS = words('times post journal tribune herald gazette ledger advocate mirror bulletin banner statesman observer globe chronicle inquirer register courier dispatch news radio tv television magazine newspaper press sentinel bee telegraph examiner monitor republic examiner')

/** Common nouns for an outlet. */
export const OUTLET_NOUNS = words('newspaper newspapers magazine outlet outlets network channel broadcaster station media')

/** Words that show that an unnamed person speaks for a body. */
export const SPOKESPEOPLE = words('spokesman spokeswoman spokesperson spokespeople spokesmen spokeswomen spokespersons representative representatives')
