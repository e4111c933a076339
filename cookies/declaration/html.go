package declaration

import (
	"html/template"
	"io"

	"github.com/qooqie/qooqie/cookies"
)

// labels are the words between the texts.
var labels = map[string]Text{
	"title":      {"Cookieverklaring", "Cookie declaration"},
	"controller": {"Verantwoordelijke", "Controller"},
	"recipients": {"Ontvangers", "Recipients"},
	"nobody":     {"niemand anders", "nobody else"},
	"none":       {"Deze zijn er niet.", "There are none."},
	"purpose":    {"Doel", "Purpose"},
	"consented":  {"Alleen met toestemming", "Only with consent"},
	"fields":     {"Inhoud", "Content"},
	"value":      {"Waarde", "Value"},
	"life":       {"Levensduur", "Life"},
	"hosts":      {"Wordt gestuurd naar", "Is sent to"},
	"reasons":    {"Waarom zo ingedeeld", "Why so classified"},
	"source":     {"Bron", "Source"},
	"objection":  {"Bezwaar", "Objection"},
	"explain": {
		"U kunt altijd bezwaar maken. Daarna onthoudt uw browser alleen nog dat u bezwaar hebt gemaakt.",
		"You can object at any time. Your browser then remembers only that you objected.",
	},
	"object":   {"Ik maak bezwaar", "I object"},
	"takeBack": {"Ik trek mijn bezwaar in", "I take my objection back"},
	"review":   {"Juridisch bekeken door", "Legally reviewed by"},
}

// page has no script and no style, so that it works under any Content Security
// Policy.
var page = template.Must(template.New("").Parse(`<!DOCTYPE html>
<html lang="{{.Lang}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{.L.title}}</title>
</head>
<body>
<main>
<h1>{{.L.title}}</h1>
<p>{{.L.controller}}: {{.Controller}}</p>
<p>{{.L.recipients}}: {{range $i, $r := .Recipients}}{{if $i}}, {{end}}{{$r}}{{else}}{{.L.nobody}}{{end}}</p>
{{range .Statements}}<p>{{.}}</p>
{{end}}{{range .Kinds}}<h2>{{.Name}}</h2>
<p>{{.Text}}</p>
{{range .Cookies}}<h3><code>{{.Name}}</code></h3>
<dl>
<dt>{{$.L.purpose}}</dt>{{range .Purposes}}<dd>{{.}}</dd>{{end}}
{{if .Consented}}<dt>{{$.L.consented}}</dt>{{range .Consented}}<dd>{{.}}</dd>{{end}}
{{end}}<dt>{{$.L.fields}}</dt>{{range .Fields}}<dd>{{.}}</dd>{{end}}
{{if .Value}}<dt>{{$.L.value}}</dt><dd><code>{{.Value}}</code></dd>
{{end}}<dt>{{$.L.life}}</dt><dd>{{.Life}}</dd>
<dt>{{$.L.hosts}}</dt><dd>{{$.Hosts}}</dd>
</dl>
{{else}}<p>{{$.L.none}}</p>
{{end}}{{end}}<h2>{{.L.reasons}}</h2>
<ul>
{{range .Reasons}}<li>{{.Text}} {{$.L.source}}: {{.Source}}.</li>
{{end}}</ul>
{{if .Objection}}<h2>{{.L.objection}}</h2>
<p>{{.L.explain}}</p>
<form method="post" action="{{.Objection}}">
<button name="objection" value="object">{{.L.object}}</button>
<button name="objection" value="take-back">{{.L.takeBack}}</button>
</form>
{{end}}{{with .Review}}<p>{{$.L.review}}: {{.By}}, {{.Date}}</p>
{{end}}</main>
</body>
</html>
`))

// view is what page shows: texts of one language.
type view struct {
	Lang, Controller, Hosts, Objection string
	L                                  map[string]string
	Recipients, Statements             []string
	Kinds                              []kindView
	Reasons                            []reasonView
	Review                             *LegalReview
}

type kindView struct {
	Name, Text string
	Cookies    []cookieView
}

type cookieView struct {
	Name, Value, Life           string
	Purposes, Consented, Fields []string
}

type reasonView struct{ Text, Source string }

// WriteHTML writes the declaration as a page in a language of [Language]; any
// other is taken for Dutch. The error is the writer's.
func (d Declaration) WriteHTML(w io.Writer, lang string) error {
	if lang != english {
		lang = dutch
	}
	v := view{
		Lang: lang, Controller: d.cfg.Controller, Recipients: d.cfg.Recipients, Objection: d.cfg.Objection,
		Hosts: hosts(d.cfg.Scope).in(lang), Statements: all(d.statements, lang), L: make(map[string]string),
	}
	for name, label := range labels {
		v.L[name] = label.in(lang)
	}
	for _, k := range kinds {
		v.Kinds = append(v.Kinds, kindView{k.name.in(lang), k.text.in(lang), d.under(k.class, lang)})
	}
	for _, r := range d.reasons {
		v.Reasons = append(v.Reasons, reasonView{reasonText(r).in(lang), r.Source})
	}
	if r, ok := d.LegalReview(); ok {
		v.Review = &r
	}
	return page.Execute(w, v)
}

// under returns the cookies of a class.
func (d Declaration) under(class cookies.Class, lang string) (views []cookieView) {
	for _, c := range d.cookies {
		if c.Class == class {
			views = append(views, cookieView{
				Name: c.Name, Value: c.Value, Life: c.life().in(lang),
				Purposes: all(c.Purposes, lang), Consented: all(c.Consented, lang), Fields: all(c.Fields, lang),
			})
		}
	}
	return views
}

// all returns the texts in a language.
func all(texts []Text, lang string) []string {
	in := make([]string, len(texts))
	for i, t := range texts {
		in[i] = t.in(lang)
	}
	return in
}
