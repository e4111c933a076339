package declaration

import "github.com/qooqie/qooqie/cookies"

// kinds are the three kinds of cookies, as visitors are told about them.
var kinds = []struct {
	class cookies.Class
	name  Text
	text  Text
}{
	{cookies.Functional, Text{"Functionele cookies", "Functional cookies"}, Text{
		"Deze cookies zijn strikt noodzakelijk voor iets waar u zelf om vraagt, zoals het onthouden van uw bezwaar.",
		"These cookies are strictly necessary for something that you ask for yourself, such as remembering your objection.",
	}},
	{cookies.Analytic, Text{"Analytische cookies", "Analytic cookies"}, Text{
		"Met deze cookies meten wij hoe goed onze site en onze campagnes werken. Ze worden niet gebruikt om u te volgen of anders te behandelen dan anderen.",
		"With these cookies we measure how well our site and our campaigns work. They are not used to follow you or to treat you differently from others.",
	}},
	{cookies.Tracking, Text{"Trackingcookies", "Tracking cookies"}, Text{
		"Deze cookies doen meer dan tellen: met wat zij vertellen kunnen afzonderlijke bezoekers worden gevolgd of benaderd. Dat gebeurt alleen na uw toestemming.",
		"These cookies do more than count: by what they tell, single visitors can be followed or approached. That only happens after you have consented.",
	}},
}

var (
	sidPurposes = []Text{{
		"Onthoudt welk telefoonnummer u op deze site ziet, zodat wij kunnen tellen welke campagne telefoontjes oplevert.",
		"Remembers which telephone number you see on this site, so that we can count which campaign brings calls.",
	}}
	sidFields = []Text{
		{"een willekeurige code, niet afgeleid van uw apparaat", "a random code, not derived from your device"},
		{"het tijdstip van de eerste keer", "the time of the first issue"},
		{"de telefoonnummers die u ziet en tot wanneer ze voor u zijn", "the telephone numbers that you see, and until when they are yours"},
		{"een handtekening tegen vervalsing", "a signature against forgery"},
	}
	campaignPurposes = []Text{{
		"Onthoudt via welke campagne u kwam, om te meten of die campagne werkte. U kunt de inhoud in uw browser lezen.",
		"Remembers which campaign brought you, to measure whether it worked. You can read what it holds in your browser.",
	}}
	campaignFields = []Text{
		{"bron, medium, naam, kanaal, zoekterm en inhoud van de campagne", "source, medium, name, channel, term and content of the campaign"},
		{"welk soort klikkenmerk er in het adres stond, niet het kenmerk zelf", "which kind of click id was in the address, not the id itself"},
		{"de host waar u vandaan kwam en het pad van de eerste pagina", "the host that you came from, and the path of the first page"},
		{"het tijdstip van de eerste keer", "the time of the first issue"},
		{"een handtekening tegen vervalsing", "a signature against forgery"},
	}
	objectionPurposes = []Text{{
		"Onthoudt dat u bezwaar hebt gemaakt. Wordt alleen geplaatst als u dat doet, en vervalt als u het bezwaar intrekt.",
		"Remembers that you objected. It is only set if you do, and ends when you take the objection back.",
	}}
	objectionFields = []Text{
		{"één vaste waarde, voor iedereen dezelfde", "one fixed value, the same for everybody"},
	}
)

// The sentences of a declaration. What they promise is what package tracking
// does: a sentence may only be changed together with the code.
var (
	noAddress = Text{
		"Uw IP-adres wordt niet opgeslagen en staat in geen van deze cookies.",
		"Your IP address is not stored, and is in none of these cookies.",
	}
	basisNetherlands = Text{
		"Zonder uw toestemming gebruiken wij deze cookies alleen analytisch, tenzij u weigert of bezwaar maakt. " +
			"Wij beroepen ons daarvoor op artikel 11.7a, derde lid, onder b, van de Telecommunicatiewet.",
		"Without your consent we use these cookies for analytic purposes only, unless you refuse or object. " +
			"For that we rely on article 11.7a(3)(b) of the Dutch Telecommunications Act (Telecommunicatiewet).",
	}
	basisStrict = Text{
		"Deze cookies plaatsen wij alleen na uw toestemming (artikel 11.7a, eerste lid, van de Telecommunicatiewet). Die kunt u altijd intrekken.",
		"We set these cookies only after you have consented (article 11.7a(1) of the Dutch Telecommunications Act, Telecommunicatiewet). " +
			"You can withdraw your consent at any time.",
	}
	basisTracking = Text{
		"Wat hieronder bij \"alleen met toestemming\" staat, doen wij pas na uw toestemming (artikel 11.7a, eerste lid, van de Telecommunicatiewet). Die kunt u altijd intrekken.",
		"What stands below under \"only with consent\" we do only after you have consented (article 11.7a(1) of the Dutch Telecommunications Act, Telecommunicatiewet). " +
			"You can withdraw your consent at any time.",
	}
	noRulingNetherlands = Text{
		"Over telefoonnummers per bezoeker is ons geen uitspraak van een rechter of toezichthouder bekend. " +
			"Dat dit onder artikel 11.7a, derde lid, onder b, van de Telecommunicatiewet valt, is onze eigen lezing.",
		"We know of no ruling of a court or regulator on telephone numbers per visitor. " +
			"That they fall under article 11.7a(3)(b) of the Dutch Telecommunications Act is our own reading.",
	}
	noRulingStrict = Text{
		"Over telefoonnummers per bezoeker is ons geen uitspraak van een rechter of toezichthouder bekend. " +
			"Wij vragen er daarom toestemming voor (artikel 11.7a, eerste lid, van de Telecommunicatiewet).",
		"We know of no ruling of a court or regulator on telephone numbers per visitor. " +
			"We therefore ask for consent (article 11.7a(1) of the Dutch Telecommunications Act).",
	}
	signalsNetherlands = Text{
		"Stuurt uw browser Sec-GPC: 1 of DNT: 1, dan blijft het bij analytisch gebruik. Het signaal gaat voor, ook als u eerder toestemming gaf.",
		"If your browser sends Sec-GPC: 1 or DNT: 1, use stays analytic. The signal goes first, also if you consented before.",
	}
	signalsStrict = Text{
		"Stuurt uw browser Sec-GPC: 1 of DNT: 1, dan blijft het bij analytisch gebruik waarvoor u toestemming gaf. Voor het overige gaat het signaal voor.",
		"If your browser sends Sec-GPC: 1 or DNT: 1, use stays with the analytic use that you consented to. For all else the signal goes first.",
	}
	addressCap = Text{
		"Tegen misbruik wordt bijgehouden hoeveel telefoonnummers er naar een groep IP-adressen gaan. " +
			"Dat gebeurt in het werkgeheugen, met een sleutel die steeds wisselt, en wordt niet opgeslagen.",
		"Against abuse it is counted how many telephone numbers go to a group of IP addresses. " +
			"That is done in memory, with a key that keeps changing, and is not stored.",
	}
	otherOrigin = Text{
		"Op deze site worden cookies ook door een andere host geplaatst. Safari bewaart die hoogstens 7 dagen.",
		"On this site cookies are also set by another host. Safari keeps those for 7 days at most.",
	}
)
