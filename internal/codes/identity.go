package codes

import (
	"strconv"

	"kezhi/internal/calendar"
)

// Identity is what a resident identity card says about its holder. It is personal data of the most protected class.
type Identity struct {
	Number   string        // 18 characters, upper case
	Province string        // two digits of the division that issued it
	Division string        // six digits; the division may have been dissolved since
	Birth    calendar.Date // day of birth
	Female   bool
	Upgraded bool // was written in the old form of 15 digits
}

// issuers are the provinces whose numbers exist, with Taiwan, Hong Kong, Macao and the residence permits 83.
var issuers = map[string]bool{
	"11": true, "12": true, "13": true, "14": true, "15": true, "21": true, "22": true, "23": true, "31": true, "32": true, "33": true,
	"34": true, "35": true, "36": true, "37": true, "41": true, "42": true, "43": true, "44": true, "45": true, "46": true, "50": true,
	"51": true, "52": true, "53": true, "54": true, "61": true, "62": true, "63": true, "64": true, "65": true, "71": true, "81": true,
	"82": true, "83": true,
}

// CheckIdentity checks a resident identity number (GB 11643): 18 characters with a real date of birth and a check character, or the old 15
// digits, which are completed. Text in another form, or with a day that does not exist, is Malformed.
func CheckIdentity(s string) (Identity, Check) {
	n := compact(s)
	id := Identity{}
	if len(n) == 15 && digitsOnly(n) {
		n = n[:6] + "19" + n[6:]
		n += string(identityCheck(n))
		id.Upgraded = true
	}
	if len(n) != 18 || !digitsOnly(n[:17]) || !issuers[n[:2]] || n[17] != 'X' && !digitsOnly(n[17:]) {
		return Identity{}, Malformed
	}
	year, month, day := atoi(n[6:10]), atoi(n[10:12]), atoi(n[12:14])
	birth, err := calendar.Of(year, month, day)
	if err != nil || year < 1850 {
		return Identity{}, Malformed
	}
	id.Number, id.Province, id.Division, id.Birth = n, n[:2], n[:6], birth
	id.Female = (n[16]-'0')%2 == 0
	if identityCheck(n[:17]) != n[17] {
		return id, BadCheck
	}
	return id, OK
}

// identityCheck gives the 18th character for 17 digits (ISO 7064 MOD 11-2).
func identityCheck(n string) byte {
	p := 0
	for i := range 17 {
		p = (p + int(n[i]-'0')) * 2 % 11
	}
	return "0123456789X"[(12-p)%11]
}

func digitsOnly(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// atoi reads digits that digitsOnly has seen.
func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}
