package flow

import "testing"

func TestSmoke(t *testing.T) {
	def := &Definition{Key: "x", Start: Start{}, Steps: []Step{
		{Key: "a", Do: DoFill, Seats: []Who{{Post: "starter"}}},
		{Key: "b", Do: DoDecide, Seats: []Who{{Post: "boss"}}, Rejected: "no"},
		{Key: "c", Do: DoAnswer, Seats: []Who{{Post: "starter"}}, Next: []Branch{{To: "yes"}}},
	}, Ends: []End{{Key: "yes", Good: true}, {Key: "no"}}}
	env := Env{Now: 1, Fills: func(p int64, tt Target) bool { return p == tt.Person || tt.Post == "boss" && p == 9 }}
	st, _, err := Begin(def, Beginning{By: 7}, env)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range []Act{{Kind: ActFill, By: 7}, {Kind: ActDecide, By: 9, Decision: Agree}, {Kind: ActAnswer, By: 7}} {
		if st, _, err = Apply(def, st, a, env); err != nil {
			t.Fatal(a.Kind, err)
		}
		t.Logf("%+v", st)
	}
	if st.End != "yes" {
		t.Fatal(st)
	}
}
