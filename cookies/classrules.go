package cookies

// The sources of the rules. Regulators are cited where the law leaves the answer
// open.
const (
	lawConsent  = "Telecommunicatiewet, art. 11.7a(1)"
	lawAnalytic = "Telecommunicatiewet, art. 11.7a(3)(b)"
	lawPersonal = "GDPR/AVG, art. 4(1)"
	gdprObject  = "GDPR/AVG, art. 21"
	gdprPseudo  = "GDPR/AVG, art. 4(5)"
	gdprBasis   = "GDPR/AVG, art. 6(1)(f)"
	history     = "Kamerstukken II 33 902"
	apAnalytic  = "Autoriteit Persoonsgegevens, analytische cookies"
	apTracking  = "Autoriteit Persoonsgegevens, tracking cookies"
	cnil        = "CNIL, mesure d'audience"
)

// classRule is a reason and when it applies.
type classRule struct {
	applies func(Use) bool
	ClassReason
}

// classRules are all reasons, the weightiest first. What a text says has to be
// true of every use that its rule applies to, also of one that is Tracking by
// another rule.
var classRules = []classRule{
	{func(u Use) bool { return u.Uploads }, ClassReason{Tracking, lawConsent + "; " + cnil,
		"Data about single visits or calls is sent to third parties, so it is not only used by this site to count.",
		"Gegevens over afzonderlijke bezoeken of telefoongesprekken gaan naar derden; ze dienen dus niet alleen om voor deze site te tellen."}},
	{func(u Use) bool { return u.JoinCalls }, ClassReason{Tracking, lawConsent + "; " + cnil,
		"A visit is joined to a telephone call, which is more than counting.",
		"Een bezoek wordt gekoppeld aan een telefoongesprek; dat is meer dan tellen."}},
	{func(u Use) bool { return u.ClickIDs }, ClassReason{Tracking, lawConsent + "; " + lawPersonal,
		"The id that an advertising network gave to a click is kept. The network knows whose click it was.",
		"Het kenmerk dat een advertentienetwerk aan een klik gaf, wordt bewaard. Dat netwerk weet van wie de klik was."}},
	{func(u Use) bool { return u.Personalise }, ClassReason{Tracking, lawConsent + "; " + apAnalytic,
		"Visitors are treated differently by what the cookies tell about them.",
		"Bezoekers worden verschillend behandeld op grond van wat de cookies over hen vertellen."}},
	{func(u Use) bool { return u.UniqueLabels }, ClassReason{Tracking, lawConsent + "; " + lawPersonal,
		"Campaign labels that belong to few visitors are kept, such as those in one recipient's mail. They can point at a person.",
		"Campagnelabels van weinig bezoekers worden bewaard, zoals die in een mail aan één ontvanger. Zo'n label kan naar een persoon wijzen."}},
	{func(u Use) bool { return u.Shared }, ClassReason{Tracking, lawConsent + "; " + apTracking + "; " + cnil,
		"The same cookies are read on several sites, so a visitor can be followed from one to the other.",
		"Dezelfde cookies worden op meer sites gelezen; een bezoeker is zo van de ene naar de andere te volgen."}},
	{func(u Use) bool { return u.CookieLife() > maxLife }, ClassReason{Tracking, lawConsent + "; " + cnil,
		"The cookies live longer than 13 months.",
		"De cookies leven langer dan 13 maanden."}},
	{func(u Use) bool { return u.VisitorNumbers }, ClassReason{Analytic, lawAnalytic + "; " + apAnalytic,
		"A random code keeps the same telephone number on the pages of one visitor, to count which campaign brings calls. " +
			"It is not derived from the device.",
		"Een willekeurige code houdt op de pagina's van één bezoeker hetzelfde telefoonnummer, om te tellen welke campagne telefoontjes oplevert. " +
			"De code is niet afgeleid van het apparaat."}},
	{func(u Use) bool { return u.Campaigns }, ClassReason{Analytic, lawAnalytic + "; " + history,
		"Which campaign brought the visitor is kept, to measure whether that campaign worked.",
		"Bewaard wordt via welke campagne de bezoeker kwam, om te meten of die campagne werkte."}},
	{func(u Use) bool { return stored(u) && !u.Shared }, ClassReason{Analytic, cnil,
		"The cookies are read on this site only, and mean nothing on any other.",
		"De cookies worden alleen op deze site gelezen en zeggen niets op een andere."}},
	{stored, ClassReason{Analytic, cnil,
		"The cookies live for a fixed time from their first issue, which a new visit does not extend.",
		"De cookies leven een vaste tijd vanaf het eerste bezoek; een nieuw bezoek verlengt die niet."}},
	{stored, ClassReason{Analytic, gdprPseudo,
		"What is stored is pseudonymised. It remains personal data.",
		"Wat wordt opgeslagen, is gepseudonimiseerd. Het blijven persoonsgegevens."}},
	{func(Use) bool { return true }, ClassReason{Functional, lawAnalytic + "; " + gdprObject,
		"Whoever objects gets a cookie with one fixed value, the same for everybody, so that the objection is honoured.",
		"Wie bezwaar maakt, krijgt een cookie met één vaste waarde, voor iedereen dezelfde, zodat het bezwaar wordt nageleefd."}},
	{func(u Use) bool { return u.CallersInClear }, ClassReason{0, gdprBasis,
		"The numbers of callers are kept for a short time to call them back. They come from the telephone network; no cookie is used for it.",
		"De nummers van bellers worden kort bewaard om te kunnen terugbellen. Ze komen van het telefoonnet; er is geen cookie voor nodig."}},
}

// stored reports whether anything about visitors is stored at all.
func stored(u Use) bool { return u.VisitorNumbers || u.Campaigns }
