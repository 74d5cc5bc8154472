package codes

import "strings"

const (
	usccLength   = 18
	usccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY" // no I, O, S, V, Z
	orgAlphabet  = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
)

var (
	usccWeights = [17]int{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28}
	orgWeights  = [8]int{3, 7, 9, 10, 5, 8, 4, 2}
)

// CheckUSCC checks a unified social credit code (GB 32100-2015) and gives it in its normal form: half width, upper case, without spaces. The form is: registering authority and kind of body, six
// digits of a division, nine characters of the organisation, one check character over them all. The check character of the
// organisation part (GB 11714) counts too: with a wrong one the result is BadCheck.
func CheckUSCC(s string) (string, Check) {
	code := compact(s)
	if len(code) != usccLength || !usccForm(code) {
		return code, Malformed
	}
	sum := 0
	for i, w := range usccWeights {
		sum += strings.IndexByte(usccAlphabet, code[i]) * w
	}
	if usccAlphabet[(31-sum%31)%31] != code[17] || organisationCheck(code[8:16]) != code[16] {
		return code, BadCheck
	}
	return code, OK
}

// usccForm says whether every place holds a character it may hold.
func usccForm(code string) bool {
	for i := range len(code) {
		if strings.IndexByte(usccAlphabet, code[i]) < 0 {
			return false
		}
	}
	for i := 1; i < 8; i++ {
		if code[i] > '9' {
			return false
		}
	}
	return strings.IndexByte("123456789NY", code[0]) >= 0
}

// organisationCheck gives the ninth character of an organisation code.
func organisationCheck(body string) byte {
	sum := 0
	for i, w := range orgWeights {
		sum += strings.IndexByte(orgAlphabet, body[i]) * w
	}
	switch c := 11 - sum%11; c {
	case 10:
		return 'X'
	case 11:
		return '0'
	default:
		return byte('0' + c) //nolint:gosec // 1 to 9
	}
}

// USCCCheckCharacter gives the last character for the first 17 of a code, for demo data; false if they are not of the right form.
func USCCCheckCharacter(first17 string) (byte, bool) {
	if len(first17) != usccLength-1 || !usccForm(first17+"0") {
		return 0, false
	}
	sum := 0
	for i, w := range usccWeights {
		sum += strings.IndexByte(usccAlphabet, first17[i]) * w
	}
	return usccAlphabet[(31-sum%31)%31], true
}

// OrganisationCheckCharacter gives the ninth character for the first eight of an organisation code (GB 11714), for demo data.
func OrganisationCheckCharacter(first8 string) (byte, bool) {
	if len(first8) != 8 {
		return 0, false
	}
	for i := range 8 {
		if strings.IndexByte(orgAlphabet, first8[i]) < 0 {
			return 0, false
		}
	}
	return organisationCheck(first8), true
}
