/** First names with their usual gender, and surnames so well known that copy uses them alone. Origin: written by hand for Onrecord. */

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

export const MALE_NAMES = words(`
  aaron adam adrian ahmed alan albert alejandro alex alexander alfred ali allen amir andre andrew andy anthony antonio arthur barack barry ben benjamin bernard bernie bill billy
  bob bobby boris brad brandon brett brian bruce bryan cameron carl carlos charles charlie chris christian christopher chuck clarence craig curtis dale dan daniel danny dario darren
  dave david dean dennis derek dick dmitry dominic don donald doug douglas drew dwight dylan earl ed eddie eduardo edward edwin elijah elon emmanuel eric erik ernest ethan eugene
  evan felix fernando francis francisco frank fred gabriel gary gavin gene george gerald gilbert glenn gordon graham grant greg gregory guy harold harry hassan henry herbert
  howard hugh ian ibrahim isaac ivan jack jacob jaime jake james jamie jared jason javier jay jeff jeffrey jeremy jerome jerry jesse jim jimmy joe joel john johnny jon jonathan
  jorge jose joseph josh joshua juan julian justin karl keith ken kenneth kevin kim kurt kyle lance larry lawrence lee leo leon leonard lewis lindsey lloyd louis lucas luis luke
  manuel marc marco marcus mario mark martin marvin matt matthew max melvin michael miguel mike mitch mitt mohamed mohammed morgan nathan neil newt nicholas nick nigel noah
  norman oliver omar oscar owen patrick paul pedro pete peter phil philip phillip rafael ralph ramon randy raul ray raymond reince ricardo richard rick ricky rob robby robert
  roberto rodney roger roland ron ronald ross roy rudy russell ryan sam samuel scott sean sebastian sergei sergey seth shane shawn simon spencer stan stanley stephen steve steven
  stuart ted terrence terry theodore thomas tim timothy todd tom tommy tony travis trevor tyler vernon victor vincent vladimir volodymyr walter warren wayne wesley will william
  xavier zachary emeka rajiv viktor diego hakeem jd`)

export const FEMALE_NAMES = words(`
  abigail alice alicia alison allison alyssa amanda amber amy ana andrea angela angelica anita ann anna anne annie april ashley audrey barbara beatrice becky beth betsy betty beverly
  bonnie brenda brittany brooke candace carla carly carmen carol caroline carolyn carrie catherine cathy cecilia charlotte cheryl chloe christina christine cindy claire clara
  claudia connie courtney crystal cynthia dana danielle dawn deborah debbie debra denise diana diane dolores donna dora doris dorothy edith eileen elaine eleanor elena elise elizabeth ella
  ellen emily emma erica erin esther eva evelyn fatima felicia fiona florence frances gabrielle gail gina ginger gloria grace gretchen gwen hannah harriet heather heidi helen
  hilary hillary hope huma ida ilana irene isabel ivanka jackie jacqueline jan jane janet janice jasmine jean jeanne jen jenna jennifer jenny jessica jill jo joan joanna jocelyn josephine
  joy joyce juanita judith judy julia julie june kamala karen karine karoline kate katherine kathleen kathryn kathy katie kay kayla kayleigh kellyanne kelly kiara kimberly kirsten kristen kristin
  laura lauren leah lena leslie lillian linda lisa liz lois loretta lori louise lucia lucy lydia lynn mackenzie madeleine margaret maria marie marilyn marina marissa marjorie
  martha mary maureen maya megan melania melanie melissa mercedes mia michelle mildred miriam molly monica nadia nancy naomi natalie natasha nicole nikki nina nora norma olga olivia pamela pat
  patricia patty paula penny phyllis priya rachel rebecca regina renee rita roberta robin rosa rose rosemary ruth sally samantha sandra sara sarah sharon sheila sherry shirley sofia sonia
  sophia stacy stephanie sue susan suzanne sylvia tamara tammy tara teresa theresa tiffany tina tracy tulsi ursula valerie vanessa vera veronica victoria virginia wanda wendy whitney yolanda
  yvette yvonne zoe amina ngozi leila suella pam kristi`)

/** Used without a first name from the start of a story. */
export const FAMOUS = new Map<string, 'male' | 'female' | 'unknown'>([
  ...'Trump Obama Biden Bush Reagan Nixon Sanders Cruz Rubio Romney McConnell Ryan Pence Vance Putin Zelensky Zelenskyy Netanyahu Comey Mueller Musk Zuckerberg Bezos Schumer McCain Kasich Christie Giuliani Gingrich Kaine Bannon Manafort Assange Snowden Macron Erdogan Modi Xi Hegseth Kushner Podesta Assad Khamenei'.split(' ').map((name) => [name, 'male'] as const),
  ...'Clinton Pelosi Harris Warren Merkel Palin Haley Conway Fiorina Ocasio-Cortez Leavitt Wasserman'.split(' ').map((name) => [name, 'female'] as const),
])

/** First names of women and men alike: they say nothing of gender. */
export const EITHER_NAMES = words('kim alex morgan jamie cameron terry lindsey robin pat leslie dana jo jean francis kelly tracy shannon ashley casey jordan taylor quinn riley avery jan kerry lynn lee jesse')

export const MALE_TITLES = words('mr congressman chairman spokesman king prince lord sir father businessman councilman')
export const FEMALE_TITLES = words('mrs ms congresswoman chairwoman spokeswoman queen princess lady sister mother businesswoman councilwoman')
/** Descriptions that a person's own title may refer back to. */
export const PERSON_TITLES = words(`
  mr mrs ms mx dr prof sen senator rep representative congressman congresswoman gov governor president vice-president premier chancellor minister secretary attorney general
  lt col colonel gen maj major capt captain cmdr commander sgt sergeant adm admiral judge justice mayor sheriff chief director chairman chairwoman chair ceo cfo coo cto executive officer founder co-founder
  professor chancellor ambassador commissioner superintendent councilman councilwoman councillor assemblyman assemblywoman speaker leader whip spokesman spokeswoman spokesperson
  detective deputy inspector undersecretary treasurer comptroller auditor king queen prince princess pope cardinal bishop archbishop rev reverend imam rabbi father sister
  coach manager editor reporter correspondent author economist analyst strategist adviser advisor lawyer attorney prosecutor actor actress singer curator historian
  nominee candidate activist consultant pollster organizer organiser owner resident farmer teacher nurse physicist scientist researcher engineer vice former acting interim deputy
  billionaire businessman businesswoman developer mogul senator-elect president-elect ex-president barrister campaigner blogger partner principal dean provost captain`)
