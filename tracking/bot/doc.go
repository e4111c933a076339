// Package bot tells people from programs by what a request says about itself.
// Use [Classify]:
//
//	if bot.Classify(r) != bot.Person {
//		// Show the site's own number; take none from the pool.
//	}
//
// # What a verdict is for
//
// For the choice of a phone number, never for blocking. A program that hides is
// taken for a person, and a number is lent for nothing; a person who is taken
// for a program sees the number that the site had all along and loses nothing.
// Every doubt is decided for the person.
//
// # What is looked at
//
// The User-Agent header and those by which browsers announce speculative loads
// and programs introduce themselves. The address of the client is not, and
// nothing is stored.
//
// # Concurrency
//
// The package has no state that changes. Classify is safe for concurrent use,
// does not allocate, and looks at 2 KiB of a header at most.
package bot
