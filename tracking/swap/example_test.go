package swap_test

import (
	"fmt"
	"io"
	"log"
	"os"
	"strings"

	"github.com/qooqie/qooqie/tracking/swap"
)

// Example replaces the number of a shop while its page passes.
func Example() {
	plan, err := swap.Compile(swap.Target{
		Number:       "+31851234567",
		Replacements: []string{"+31857654321", "+318001234"},
	})
	if err != nil {
		log.Fatal(err)
	}
	const page = `<a href="tel:+31851234567" title="Bel +31 (0)85 123 45 67">085-1234567</a>
<p>Bel (085) 123 <b>45 67</b>, of stuur een <a href="https://wa.me/31851234567">bericht naar 085-1234567</a>.</p>
<p data-qooqie="off">Fax: 085-1234567</p>
<script>const order = "0851234567"</script>
`
	for _, number := range []string{"+31857654321", "+318001234"} {
		w := swap.NewWriter(os.Stdout, plan, func(target int) (string, bool) { return number, true })
		if _, err := io.Copy(w, strings.NewReader(page)); err != nil {
			log.Fatal(err)
		}
		if err := w.Close(); err != nil {
			log.Fatal(err)
		}
		fmt.Println()
	}
	// Output:
	// <a href="tel:+31857654321" title="Bel +31 (0)85 765 43 21">085-7654321</a>
	// <p>Bel (085) 765 <b>43 21</b>, of stuur een <a href="https://wa.me/31851234567">bericht naar 085-1234567</a>.</p>
	// <p data-qooqie="off">Fax: 085-1234567</p>
	// <script>const order = "0851234567"</script>
	//
	// <a href="tel:+318001234" title="Bel +31 800 1234">0800 1234</a>
	// <p>Bel 0800 1234<b></b>, of stuur een <a href="https://wa.me/31851234567">bericht naar 085-1234567</a>.</p>
	// <p data-qooqie="off">Fax: 085-1234567</p>
	// <script>const order = "0851234567"</script>
}
