package bot_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/qooqie/qooqie/tracking/bot"
)

// TestProgramsStayProgramsBehindBrowsers holds that a program can't become a
// person by adding what browsers say, wherever it says it.
func TestProgramsStayProgramsBehindBrowsers(t *testing.T) {
	t.Parallel()
	people, programs := rapid.SampledFrom(lines(t, "people.txt")), rapid.SampledFrom(lines(t, "programs.tsv"))
	rapid.Check(t, func(t *rapid.T) {
		_, program, _ := strings.Cut(programs.Draw(t, "program"), "\t")
		if bot.Person == classify(program+" (x)") {
			t.Skip("known only by what it does not say")
		}
		person := people.Draw(t, "person")
		if agent := program + " " + person; classify(agent) == bot.Person {
			t.Fatalf("%q is a person", agent)
		}
	})
}

// TestWordsOfPeopleStayPeople holds that no mixture of what two browsers say
// looks like a program.
func TestWordsOfPeopleStayPeople(t *testing.T) {
	t.Parallel()
	people := rapid.SampledFrom(lines(t, "people.txt"))
	rapid.Check(t, func(t *rapid.T) {
		agent := people.Draw(t, "one") + " " + people.Draw(t, "other")
		if k := classify(agent); k != bot.Person {
			t.Fatalf("%q is a %s", agent, k)
		}
	})
}
