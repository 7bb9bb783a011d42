package text

import "unicode"

// regions are those with a flag (Unicode CLDR 46, unicode_region_subtag that
// are "RGI"), each with a space after it.
const regions = "" +
	"AC AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC " +
	"CD CF CG CH CI CK CL CM CN CO CP CR CU CV CW CX CY CZ DE DG DJ DK DM DO DZ EA EC EE EG EH ER ES ET EU FI FJ FK FM FO FR " +
	"GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU IC ID IE IL IM IN IO IQ IR IS IT JE JM JO JP " +
	"KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU " +
	"MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB " +
	"SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TA TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM UN " +
	"US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW "

// coloured are the pictures that take a colour of skin (Unicode 16,
// emoji-data.txt, Emoji_Modifier_Base).
func coloured() *unicode.RangeTable {
	return &unicode.RangeTable{
		R16: []unicode.Range16{
			{Lo: 0x261d, Hi: 0x261d, Stride: 1}, {Lo: 0x26f9, Hi: 0x26f9, Stride: 1}, {Lo: 0x270a, Hi: 0x270d, Stride: 1},
		},
		R32: []unicode.Range32{
			{Lo: 0x1f385, Hi: 0x1f385, Stride: 1}, {Lo: 0x1f3c2, Hi: 0x1f3c4, Stride: 1}, {Lo: 0x1f3c7, Hi: 0x1f3c7, Stride: 1},
			{Lo: 0x1f3ca, Hi: 0x1f3cc, Stride: 1}, {Lo: 0x1f442, Hi: 0x1f443, Stride: 1}, {Lo: 0x1f446, Hi: 0x1f450, Stride: 1},
			{Lo: 0x1f466, Hi: 0x1f478, Stride: 1}, {Lo: 0x1f47c, Hi: 0x1f47c, Stride: 1}, {Lo: 0x1f481, Hi: 0x1f483, Stride: 1},
			{Lo: 0x1f485, Hi: 0x1f487, Stride: 1}, {Lo: 0x1f48f, Hi: 0x1f48f, Stride: 1}, {Lo: 0x1f491, Hi: 0x1f491, Stride: 1},
			{Lo: 0x1f4aa, Hi: 0x1f4aa, Stride: 1}, {Lo: 0x1f574, Hi: 0x1f575, Stride: 1}, {Lo: 0x1f57a, Hi: 0x1f57a, Stride: 1},
			{Lo: 0x1f590, Hi: 0x1f590, Stride: 1}, {Lo: 0x1f595, Hi: 0x1f596, Stride: 1}, {Lo: 0x1f645, Hi: 0x1f647, Stride: 1},
			{Lo: 0x1f64b, Hi: 0x1f64f, Stride: 1}, {Lo: 0x1f6a3, Hi: 0x1f6a3, Stride: 1}, {Lo: 0x1f6b4, Hi: 0x1f6b6, Stride: 1},
			{Lo: 0x1f6c0, Hi: 0x1f6c0, Stride: 1}, {Lo: 0x1f6cc, Hi: 0x1f6cc, Stride: 1}, {Lo: 0x1f90c, Hi: 0x1f90c, Stride: 1},
			{Lo: 0x1f90f, Hi: 0x1f90f, Stride: 1}, {Lo: 0x1f918, Hi: 0x1f91f, Stride: 1}, {Lo: 0x1f926, Hi: 0x1f926, Stride: 1},
			{Lo: 0x1f930, Hi: 0x1f939, Stride: 1}, {Lo: 0x1f93c, Hi: 0x1f93e, Stride: 1}, {Lo: 0x1f977, Hi: 0x1f977, Stride: 1},
			{Lo: 0x1f9b5, Hi: 0x1f9b6, Stride: 1}, {Lo: 0x1f9b8, Hi: 0x1f9b9, Stride: 1}, {Lo: 0x1f9bb, Hi: 0x1f9bb, Stride: 1},
			{Lo: 0x1f9cd, Hi: 0x1f9cf, Stride: 1}, {Lo: 0x1f9d1, Hi: 0x1f9dd, Stride: 1}, {Lo: 0x1fac3, Hi: 0x1fac5, Stride: 1},
			{Lo: 0x1faf0, Hi: 0x1faf8, Stride: 1},
		},
	}
}
