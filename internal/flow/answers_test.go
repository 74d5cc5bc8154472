package flow

import (
	"slices"
	"testing"
)

func TestTheLastWordIsTheAnswer(t *testing.T) {
	step := func(key, do, next string) Step { return Step{Key: key, Do: do, Next: []Branch{{To: next}}} }
	def := &Definition{
		Steps: []Step{
			step("first_word", DoAnswer, "look"), step("look", DoFill, "both"),
			{Key: "both", Together: []string{"told", "booked"}, Next: []Branch{{To: "check"}}},
			{Key: "told", Do: DoAnswer},
			{Key: "booked", Do: DoFill},
			{Key: "check", Do: DoDecide, Rejected: "first_word", Next: []Branch{{To: "done"}}},
			step("sorry", DoAnswer, "declined"),
		},
		Ends: []End{{Key: "done"}, {Key: "declined"}},
	}
	if got := LastAnswers(def); !slices.Equal(got, []string{"told", "sorry"}) {
		t.Errorf("%v: a rejection leads back to the first word, which makes it no later one", got)
	}
}
