package swap_test

// kept has what is no telephone call, or part of something longer.
var kept = []table{
	{"left alone", nl, []example{
		same("more digits after a space, at the end", "<p>085 123 45 67 89</p>"),
		same("more digits after a space, and a comma", "<p>085 123 45 67 89, x</p>"),
		same("two numbers with a slash", "<p>085-1234567/085-1234568</p>"),
		same("an IBAN in groups", "<p>NL36 ABNA 0851 2345 67</p>"),
		same("an IBAN in groups, in two elements", "<p><b>NL36 ABNA</b> 0851 2345 67</p>"),
		same("a number sign", "<p>#0851234567</p>"),
		same("an underscore", "<p>order_0851234567</p>"),
		same("an at sign before", "<p>x@0851234567</p>"),
		same("an at sign after", "<p>0851234567@x.nl</p>"),
		same("an equals sign", "<p>?q=0851234567</p>"),
		same("a trunk zero after the calling code", "<p>+310851234567</p>"),
		same("no trunk zero", "<p>85 123 45 67</p>"),
		same("a calling code without a plus", "<p>31851234567</p>"),
		same("a plus and the trunk zero", "<p>+0851234567</p>"),
		same("another calling code in brackets", "<p>(+32) 085 1234567</p>"),
		same("another exit code", "<p>0032 085 1234567</p>"),
		same("a currency before dots", "<p>€ 085.123.4567</p>"),
		same("a currency by reference", "<p>&euro;085.123.4567</p>"),
		same("a currency by code", "<p>EUR 085.123.4567</p>"),
		same("a currency after dots", "<p>085.123.4567 €</p>"),
		same("a comma within", "<p>085,1234567</p>"),
		same("a colon within", "<p>085:1234567</p>"),
		same("a zero in brackets after the area code", "<p>+31 85 (0)1234567</p>"),
		same("another digit in brackets", "<p>+31 (1)85 1234567</p>"),
		same("two hyphens within", "<p>085--1234567</p>"),
		same("a full stop and a space within", "<p>085. 1234567</p>"),
		same("a bracket that closes twice", "<p>(085)) 1234567</p>"),
		same("brackets within brackets", "<p>(085 (1234567))</p>"),
		same("a digit before", "<p>1085-1234567</p>"),
		same("a letter after", "<p>085-1234567x</p>"),
		same("a decimal after", "<p>085-1234567.5</p>"),
		same("a time after", "<p>085-1234567:30</p>"),
		same("a file name", "<p>085-1234567.2.pdf</p>"),
		same("a messenger's address", "<p>whatsapp:+31851234567</p>"),
		same("a letter of another script", "<p>ж0851234567</p>"),
		same("half of it", "<p>085-123</p>"),
		same("it ends within", "<p>085-12345"),
	}},
	{"left alone, American", us, []example{
		same("an extension glued to it", "<p>212-555-0123x5</p>"),
		same("a price", "<p>$212.555.0123</p>"),
		same("a price in dollars", "<p>USD 212.555.0123</p>"),
		same("another calling code", "<p>+44 (212) 555-0123</p>"),
		same("another exit code", "<p>0044 212 555 0123</p>"),
		{"no price: no dots", "<p>212 555 0123 USD</p>", "<p>646 555 0187 USD</p>"},
	}},
	{"left alone, Spanish", es, []example{
		same("a price", "<p>€810.123.456</p>"),
		same("a digit before", "<p>1810 123 456</p>"),
	}},
}

// boundaries has what stands beside a number without being part of it.
var boundaries = []table{
	{"beside", nl, []example{
		{"five digits after a space", "<p>085 123 45 67 12345</p>", "<p>085 765 43 21 12345</p>"},
		{"digits after a compact one", "<p>0851234567 89</p>", "<p>0857654321 89</p>"},
		{"digits after its last hyphen", "<p>085-1234567 89</p>", "<p>085-7654321 89</p>"},
		{"a bracket that closes", "<p>(bel 085-1234567)</p>", "<p>(bel 085-7654321)</p>"},
		{"a full stop", "<p>Bel 085-1234567.</p>", "<p>Bel 085-7654321.</p>"},
		{"a full stop and a sentence", "<p>Bel 085-1234567. 24 uur.</p>", "<p>Bel 085-7654321. 24 uur.</p>"},
		{"a hyphen and a space", "<p>085-1234567 - Jansen</p>", "<p>085-7654321 - Jansen</p>"},
		{"a slash and a space", "<p>085-1234567 / 085-1234568</p>", "<p>085-7654321 / 085-1234568</p>"},
		{"a slash at the end", "<p>085-1234567/</p>", "<p>085-7654321/</p>"},
		{"a less-than sign", "<p>a <085-1234567 <</p>", "<p>a <085-7654321 <</p>"},
		{"a semicolon that ends no reference", "<p>a & b;085-1234567</p>", "<p>a & b;085-7654321</p>"},
		{"quotation marks", "<p>\"085-1234567\"</p>", "<p>\"085-7654321\"</p>"},
		{"a year before", "<p>sinds 1998 085-1234567</p>", "<p>sinds 1998 085-7654321</p>"},
		{"many spaces after", "<p>085-1234567" + blanks + "12</p>", "<p>085-7654321" + blanks + "12</p>"},
		{"many spaces before", "<p>(" + blanks + "085-1234567</p>", "<p>(" + blanks + "085-7654321</p>"},
		{"bytes that are no UTF-8", "<p>\xff085-1234567\xff\xc3</p>", "<p>\xff085-7654321\xff\xc3</p>"},
		{"NUL bytes", "\x00085-1234567\x00", "\x00085-7654321\x00"},
		same("tags that take too much room", "<p>085<b title='"+blanks+"'>1234567</b></p>"),
		same("spaces that take too much room", "<p>085"+blanks+"1234567</p>"),
		{"as much room as there is", "<p>085<b>" + blanks[:205] + "1234567</b></p>", "<p>085<b>" + blanks[:205] + "7654321</b></p>"},
		same("a space more", "<p>085<b>"+blanks[:206]+"1234567</b></p>"),
		same("more digits where the room ends", "<p>085<b>"+blanks[:205]+"1234567</b>89</p>"),
		same("more digits where nothing is looked at", "<p>085<b>"+blanks[:268]+"1234567</b>89</p>"),
		same("a letter before a long tag", "<p>x<b title='"+blanks[:150]+"'>085-1234567</b>"),
		{"a letter before a very long tag", "<p>x<b title='" + blanks + "'>085-1234567</b>", "<p>x<b title='" + blanks + "'>085-7654321</b>"},
	}},
}

// blanks is longer than a number may be.
const blanks = "                                                                                                    " +
	"                                                                                                    " +
	"                                                                                                    " +
	"                                                                                                    "
