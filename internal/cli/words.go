package cli

import (
	"fmt"
	"os"
	"strings"

	"kezhi/internal/errs"
	"kezhi/internal/words"
)

// lang is the language of help and messages: "zh" or "en".
type lang string

// pick chooses between the two wordings.
func (l lang) pick(zh, en string) string {
	if l == "en" {
		return en
	}
	return zh
}

// language finds --lang before anything is parsed, because help needs it too; then KEZHI_LANG, then the system's.
func language(args []string) (lang, error) {
	want := os.Getenv("KEZHI_LANG")
	for i, a := range args {
		if a == "--" {
			break
		}
		if v, ok := strings.CutPrefix(a, "--lang="); ok {
			want = v
		} else if a == "--lang" && i+1 < len(args) {
			want = args[i+1]
		}
	}
	switch {
	case want == "":
	case strings.HasPrefix(want, "zh"):
		return "zh", nil
	case strings.HasPrefix(want, "en"):
		return "en", nil
	default:
		return "zh", fmt.Errorf("--lang %s: zh | en", want)
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if strings.HasPrefix(os.Getenv(name), "en") {
			return "en", nil
		}
	}
	return "zh", nil
}

// explainError turns an error into what a person reads: the sentence of its code, then each wrong field.
func explainError(l lang, err error) string {
	e, ok := errs.As(err)
	if !ok {
		return err.Error()
	}
	var b strings.Builder
	b.WriteString(words.Sentence(string(l), e.Code, e.Args))
	for _, f := range e.Fields {
		b.WriteString("\n  " + f.Path + ": " + words.Sentence(string(l), f.Code, f.Args))
	}
	if e.Kind == errs.Internal || e.Kind == errs.Unavailable {
		if inner := e.Unwrap(); inner != nil {
			b.WriteString("\n  (" + inner.Error() + ")")
		}
	}
	return b.String()
}
