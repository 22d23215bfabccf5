/* The table is sorted by name; several names may stand for one country. Of countries that share a
 * calling code the one that most numbers are of is named in `first_of`. In the North American plan
 * the area codes tell: those of the table, those of Canada in `canada`, else the United States. */
#include "local/world/countries.h"

#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/str.h"

struct country {
	const char *iso;
	const char *code; /* with the area code in the North American plan */
	const char *name;
};

static const struct country countries[] = {
	{"AF", "93", "Afghanistan"},
	{"AX", "358", "Åland Islands"},
	{"AL", "355", "Albania"},
	{"DZ", "213", "Algeria"},
	{"AS", "1684", "American Samoa"},
	{"AD", "376", "Andorra"},
	{"AO", "244", "Angola"},
	{"AI", "1264", "Anguilla"},
	{"AG", "1268", "Antigua and Barbuda"},
	{"AR", "54", "Argentina"},
	{"AM", "374", "Armenia"},
	{"AW", "297", "Aruba"},
	{"AU", "61", "Australia"},
	{"AT", "43", "Austria"},
	{"AZ", "994", "Azerbaijan"},
	{"BS", "1242", "Bahamas"},
	{"BH", "973", "Bahrain"},
	{"BD", "880", "Bangladesh"},
	{"BB", "1246", "Barbados"},
	{"BY", "375", "Belarus"},
	{"BE", "32", "Belgium"},
	{"BZ", "501", "Belize"},
	{"BJ", "229", "Benin"},
	{"BM", "1441", "Bermuda"},
	{"BT", "975", "Bhutan"},
	{"BO", "591", "Bolivia"},
	{"BA", "387", "Bosnia and Herzegovina"},
	{"BW", "267", "Botswana"},
	{"BR", "55", "Brazil"},
	{"IO", "246", "British Indian Ocean Territory"},
	{"VG", "1284", "British Virgin Islands"},
	{"BN", "673", "Brunei"},
	{"BG", "359", "Bulgaria"},
	{"BF", "226", "Burkina Faso"},
	{"BI", "257", "Burundi"},
	{"KH", "855", "Cambodia"},
	{"CM", "237", "Cameroon"},
	{"CA", "1", "Canada"},
	{"CV", "238", "Cape Verde"},
	{"KY", "1345", "Cayman Islands"},
	{"CF", "236", "Central African Republic"},
	{"TD", "235", "Chad"},
	{"CL", "56", "Chile"},
	{"CN", "86", "China"},
	{"CO", "57", "Colombia"},
	{"KM", "269", "Comoros"},
	{"CG", "242", "Congo"},
	{"CD", "243", "Democratic Republic of the Congo"},
	{"CK", "682", "Cook Islands"},
	{"CR", "506", "Costa Rica"},
	{"CI", "225", "Ivory Coast"},
	{"HR", "385", "Croatia"},
	{"CU", "53", "Cuba"},
	{"CW", "599", "Curaçao"},
	{"CY", "357", "Cyprus"},
	{"CZ", "420", "Czech Republic"},
	{"CZ", "420", "Czechia"},
	{"DK", "45", "Denmark"},
	{"DJ", "253", "Djibouti"},
	{"DM", "1767", "Dominica"},
	{"DO", "1809", "Dominican Republic"},
	{"EC", "593", "Ecuador"},
	{"EG", "20", "Egypt"},
	{"SV", "503", "El Salvador"},
	{"GQ", "240", "Equatorial Guinea"},
	{"ER", "291", "Eritrea"},
	{"EE", "372", "Estonia"},
	{"SZ", "268", "Eswatini"},
	{"ET", "251", "Ethiopia"},
	{"FK", "500", "Falkland Islands"},
	{"FO", "298", "Faroe Islands"},
	{"FJ", "679", "Fiji"},
	{"FI", "358", "Finland"},
	{"FR", "33", "France"},
	{"GF", "594", "French Guiana"},
	{"PF", "689", "French Polynesia"},
	{"GA", "241", "Gabon"},
	{"GM", "220", "Gambia"},
	{"GE", "995", "Georgia"},
	{"DE", "49", "Germany"},
	{"DE", "49", "Deutschland"},
	{"GH", "233", "Ghana"},
	{"GI", "350", "Gibraltar"},
	{"GR", "30", "Greece"},
	{"GL", "299", "Greenland"},
	{"GD", "1473", "Grenada"},
	{"GP", "590", "Guadeloupe"},
	{"GU", "1671", "Guam"},
	{"GT", "502", "Guatemala"},
	{"GG", "44", "Guernsey"},
	{"GN", "224", "Guinea"},
	{"GW", "245", "Guinea-Bissau"},
	{"GY", "592", "Guyana"},
	{"HT", "509", "Haiti"},
	{"HN", "504", "Honduras"},
	{"HK", "852", "Hong Kong"},
	{"HU", "36", "Hungary"},
	{"IS", "354", "Iceland"},
	{"IN", "91", "India"},
	{"ID", "62", "Indonesia"},
	{"IR", "98", "Iran"},
	{"IQ", "964", "Iraq"},
	{"IE", "353", "Ireland"},
	{"IM", "44", "Isle of Man"},
	{"IL", "972", "Israel"},
	{"IT", "39", "Italy"},
	{"JM", "1876", "Jamaica"},
	{"JP", "81", "Japan"},
	{"JE", "44", "Jersey"},
	{"JO", "962", "Jordan"},
	{"KZ", "7", "Kazakhstan"},
	{"KE", "254", "Kenya"},
	{"KI", "686", "Kiribati"},
	{"XK", "383", "Kosovo"},
	{"KW", "965", "Kuwait"},
	{"KG", "996", "Kyrgyzstan"},
	{"LA", "856", "Laos"},
	{"LV", "371", "Latvia"},
	{"LB", "961", "Lebanon"},
	{"LS", "266", "Lesotho"},
	{"LR", "231", "Liberia"},
	{"LY", "218", "Libya"},
	{"LI", "423", "Liechtenstein"},
	{"LT", "370", "Lithuania"},
	{"LU", "352", "Luxembourg"},
	{"MO", "853", "Macau"},
	{"MG", "261", "Madagascar"},
	{"MW", "265", "Malawi"},
	{"MY", "60", "Malaysia"},
	{"MV", "960", "Maldives"},
	{"ML", "223", "Mali"},
	{"MT", "356", "Malta"},
	{"MH", "692", "Marshall Islands"},
	{"MQ", "596", "Martinique"},
	{"MR", "222", "Mauritania"},
	{"MU", "230", "Mauritius"},
	{"YT", "262", "Mayotte"},
	{"MX", "52", "Mexico"},
	{"FM", "691", "Micronesia"},
	{"MD", "373", "Moldova"},
	{"MC", "377", "Monaco"},
	{"MN", "976", "Mongolia"},
	{"ME", "382", "Montenegro"},
	{"MS", "1664", "Montserrat"},
	{"MA", "212", "Morocco"},
	{"MZ", "258", "Mozambique"},
	{"MM", "95", "Myanmar"},
	{"NA", "264", "Namibia"},
	{"NR", "674", "Nauru"},
	{"NP", "977", "Nepal"},
	{"NL", "31", "Netherlands"},
	{"NL", "31", "The Netherlands"},
	{"NC", "687", "New Caledonia"},
	{"NZ", "64", "New Zealand"},
	{"NI", "505", "Nicaragua"},
	{"NE", "227", "Niger"},
	{"NG", "234", "Nigeria"},
	{"NU", "683", "Niue"},
	{"KP", "850", "North Korea"},
	{"MK", "389", "North Macedonia"},
	{"MP", "1670", "Northern Mariana Islands"},
	{"NO", "47", "Norway"},
	{"OM", "968", "Oman"},
	{"PK", "92", "Pakistan"},
	{"PW", "680", "Palau"},
	{"PS", "970", "Palestine"},
	{"PA", "507", "Panama"},
	{"PG", "675", "Papua New Guinea"},
	{"PY", "595", "Paraguay"},
	{"PE", "51", "Peru"},
	{"PH", "63", "Philippines"},
	{"PL", "48", "Poland"},
	{"PT", "351", "Portugal"},
	{"PR", "1787", "Puerto Rico"},
	{"QA", "974", "Qatar"},
	{"RE", "262", "Réunion"},
	{"RO", "40", "Romania"},
	{"RU", "7", "Russia"},
	{"RW", "250", "Rwanda"},
	{"BL", "590", "Saint Barthélemy"},
	{"SH", "290", "Saint Helena"},
	{"KN", "1869", "Saint Kitts and Nevis"},
	{"LC", "1758", "Saint Lucia"},
	{"MF", "590", "Saint Martin"},
	{"PM", "508", "Saint Pierre and Miquelon"},
	{"VC", "1784", "Saint Vincent and the Grenadines"},
	{"WS", "685", "Samoa"},
	{"SM", "378", "San Marino"},
	{"ST", "239", "Sao Tome and Principe"},
	{"SA", "966", "Saudi Arabia"},
	{"SN", "221", "Senegal"},
	{"RS", "381", "Serbia"},
	{"SC", "248", "Seychelles"},
	{"SL", "232", "Sierra Leone"},
	{"SG", "65", "Singapore"},
	{"SX", "1721", "Sint Maarten"},
	{"SK", "421", "Slovakia"},
	{"SI", "386", "Slovenia"},
	{"SB", "677", "Solomon Islands"},
	{"SO", "252", "Somalia"},
	{"ZA", "27", "South Africa"},
	{"KR", "82", "South Korea"},
	{"SS", "211", "South Sudan"},
	{"ES", "34", "Spain"},
	{"LK", "94", "Sri Lanka"},
	{"SD", "249", "Sudan"},
	{"SR", "597", "Suriname"},
	{"SE", "46", "Sweden"},
	{"CH", "41", "Switzerland"},
	{"SY", "963", "Syria"},
	{"TW", "886", "Taiwan"},
	{"TJ", "992", "Tajikistan"},
	{"TZ", "255", "Tanzania"},
	{"TH", "66", "Thailand"},
	{"TL", "670", "Timor-Leste"},
	{"TG", "228", "Togo"},
	{"TK", "690", "Tokelau"},
	{"TO", "676", "Tonga"},
	{"TT", "1868", "Trinidad and Tobago"},
	{"TN", "216", "Tunisia"},
	{"TR", "90", "Turkey"},
	{"TR", "90", "Türkiye"},
	{"TM", "993", "Turkmenistan"},
	{"TC", "1649", "Turks and Caicos Islands"},
	{"TV", "688", "Tuvalu"},
	{"UG", "256", "Uganda"},
	{"UA", "380", "Ukraine"},
	{"AE", "971", "United Arab Emirates"},
	{"AE", "971", "UAE"},
	{"GB", "44", "United Kingdom"},
	{"GB", "44", "UK"},
	{"GB", "44", "Great Britain"},
	{"GB", "44", "England"},
	{"GB", "44", "Scotland"},
	{"GB", "44", "Wales"},
	{"US", "1", "United States"},
	{"US", "1", "United States of America"},
	{"US", "1", "USA"},
	{"UY", "598", "Uruguay"},
	{"VI", "1340", "US Virgin Islands"},
	{"UZ", "998", "Uzbekistan"},
	{"VU", "678", "Vanuatu"},
	{"VA", "39", "Vatican City"},
	{"VE", "58", "Venezuela"},
	{"VN", "84", "Vietnam"},
	{"WF", "681", "Wallis and Futuna"},
	{"EH", "212", "Western Sahara"},
	{"YE", "967", "Yemen"},
	{"ZM", "260", "Zambia"},
	{"ZW", "263", "Zimbabwe"},
};

static const char *const first_of[] = {"US", "RU", "GB", "IT", "AU", "FI", "MA", "RE", "GP", "NO"};

static const char canada[] =
	"204 226 236 249 250 257 263 289 306 343 354 365 367 368 382 403 416 418 "
	"428 431 437 438 450 468 474 506 514 519 548 579 581 584 587 604 613 "
	"639 647 672 683 705 709 742 753 778 780 782 807 819 825 867 873 879 902 905";
/* Area codes of the Dominican Republic and Puerto Rico besides those in the table. */
static const char *const more_areas[][2] = {
	{"1829", "DO"}, {"1849", "DO"}, {"1939", "PR"}, {"1658", "JM"}};

static const char *north_american(const char *digits)
{
	char area[4];

	if (strlen(digits) < 4)
		return "US";
	memcpy(area, digits + 1, 3);
	area[3] = '\0';
	for (size_t i = 0; i < ARRAY_LEN(more_areas); i++)
		if (str_starts(digits, more_areas[i][0]))
			return more_areas[i][1];
	for (size_t i = 0; i < ARRAY_LEN(countries); i++)
		if (strlen(countries[i].code) == 4 && str_starts(digits, countries[i].code))
			return countries[i].iso;
	return strstr(canada, area) != NULL ? "CA" : "US";
}

static bool is_first(const char *iso)
{
	for (size_t i = 0; i < ARRAY_LEN(first_of); i++)
		if (str_is(first_of[i], iso))
			return true;
	return false;
}

const char *country_of_number(const char *digits, size_t *code_len)
{
	const char *found = NULL;

	if (digits[0] == '1') {
		*code_len = 1;
		return north_american(digits);
	}
	/* Kazakhstan's numbers begin with +7 6 and +7 7. */
	if (digits[0] == '7' && (digits[1] == '6' || digits[1] == '7')) {
		*code_len = 1;
		return "KZ";
	}
	for (size_t i = 0; i < ARRAY_LEN(countries); i++) {
		if (!str_starts(digits, countries[i].code) ||
		    (found != NULL && !is_first(countries[i].iso)))
			continue;
		found = countries[i].iso;
		*code_len = strlen(countries[i].code);
	}
	return found;
}

const char *country_calling_code(const char *iso)
{
	for (size_t i = 0; i < ARRAY_LEN(countries); i++)
		if (strcasecmp(countries[i].iso, iso) == 0)
			return strlen(countries[i].code) == 4 ? "1" : countries[i].code;
	return NULL;
}

const char *country_by_name(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(countries); i++)
		if (strcasecmp(countries[i].name, name) == 0 ||
		    strcasecmp(countries[i].iso, name) == 0)
			return countries[i].iso;
	return NULL;
}
