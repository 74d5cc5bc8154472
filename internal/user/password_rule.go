package user

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// longest is the length of a password at most, in characters; the least is the policy's.
const longest = 200

// PasswordProblem gives the code of what is wrong with a new password, or "": the least number of characters to 200, none that is known from breaches or is
// a known word with figures around it, no run of the keyboard or of the alphabet, no few characters over and over, and not the login with a
// few characters more. Length counts; rules of composition and a date by which it must be changed do not (NIST SP 800-63B).
func PasswordProblem(password, login string, least int) string {
	n := utf8.RuneCountInString(password)
	lower := strings.ToLower(password)
	switch {
	case n < least:
		return "user.password_short"
	case n > longest:
		return "user.password_long"
	case login != "" && strings.Contains(lower, strings.ToLower(login)) && n < utf8.RuneCountInString(login)+6:
		return "user.password_is_login"
	case repeats(lower), runs(lower), knownWord(lower):
		return "user.password_common"
	}
	return ""
}

//go:embed common.txt
var breached string

var breachedSet = func() map[string]bool {
	out := map[string]bool{}
	for line := range strings.Lines(breached) {
		out[strings.TrimSpace(line)] = true
	}
	return out
}()

// stems are words that make no password however many figures stand around them.
var stems = []string{
	"password", "passwort", "pass", "passwd", "mima", "wodemima", "admin", "administrator", "root", "test", "guest", "user", "welcome", "letmein", "changeme", "default", "secret",
	"qwerty", "qwert", "asdf", "asdfgh", "zxcvbn", "qazwsx", "iloveyou", "loveyou", "woaini", "aini", "abc", "abcd", "kezhi", "crm", "hello", "monkey", "dragon", "master", "huawei", "zhongguo",
	"zhang", "wang", "liu", "chen", "yang", "huang", "zhao", "zhou", "beijing", "shanghai", "login", "company", "summer", "winter", "spring", "autumn",
}

// leet turns signs into the letters they stand for.
var leet = strings.NewReplacer("0", "o", "1", "l", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s", "!", "i")

func knownWord(lower string) bool {
	if breachedSet[lower] || breachedSet[leet.Replace(lower)] {
		return true
	}
	plain := strings.TrimFunc(lower, func(r rune) bool { return !unicode.IsLetter(r) })
	if plain == "" {
		return false // figures and signs alone: runs and repeats say
	}
	// Figures in the middle of a word stand for letters (passw0rd), those around it for nothing.
	return slices.Contains(stems, plain) || slices.Contains(stems, leet.Replace(plain))
}

// repeats says whether a text is one short piece over and over.
func repeats(text string) bool {
	r := []rune(text)
	for size := 1; size <= len(r)/2 && size <= 6; size++ {
		if same := func() bool {
			for i := size; i < len(r); i++ {
				if r[i] != r[i-size] {
					return false
				}
			}
			return true
		}(); same {
			return true
		}
	}
	return false
}

// rows are what fingers run along.
var rows = []string{"01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "qazwsxedcrfvtgbyhnujmikolp", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "1q2w3e4r5t6y7u8i9o0p"}

// runs says whether a text is a piece of such a row, there or back.
func runs(text string) bool {
	r := []rune(text)
	slices.Reverse(r)
	back := string(r)
	return slices.ContainsFunc(rows, func(row string) bool { return strings.Contains(row, text) || strings.Contains(row, back) })
}
